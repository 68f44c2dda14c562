"""One file from its path to its part of the report, as a worker does it."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import PurePath

from perflint.checks import check_modules
from perflint.engine.documents import document_json
from perflint.engine.reading import Reading, read_forms, unreadable
from perflint.limits import Limits
from perflint.report import DocumentJson
from perflint.rules import Rule
from perflint.sources import Source


@dataclass(frozen=True, slots=True)
class Conditions:
    """What the reading and judging of every file of a run goes by."""

    language: str
    limits: Limits
    pdf_engine: str


@dataclass(frozen=True, slots=True)
class Task:
    """One file to look at, the rules that apply to it, and their digest."""

    source: Source
    rules: tuple[Rule, ...]
    rules_digest: str = ""


@dataclass(frozen=True, slots=True)
class Examined:
    """What came of a file: its part of the report, its reading, and the seconds each step took."""

    sha256: str
    document: DocumentJson
    reading: Reading
    seconds: Mapping[str, float] = field(default_factory=dict)


READERS = frozenset({"pdf", "docx", "xlsx", "html", "ofd"})
"""The readers that are called like the extension of the files that most likely need them."""


def prepare(names: Iterable[str]) -> None:
    """Import what files of these names will need, once, before the process divides into several."""
    for module in ("perflint.forms", "jinja2.sandbox"):
        import_module(module)
    for kind in {PurePath(name).suffix.lower().lstrip(".") for name in names} & READERS:
        import_module(f"perflint.readers.{kind}")
    check_modules()


def examine(conditions: Conditions, task: Task) -> Examined:
    """Read and judge one file; whatever is wrong with the file becomes a finding."""
    started = time.perf_counter()
    sha256, reading = _read(conditions, task)
    read = time.perf_counter()
    document = document_json(reading, sha256, task.rules, conditions.language)
    judged = time.perf_counter()
    return Examined(sha256, document, reading, {"read": read - started, "judge": judged - read})


def _read(conditions: Conditions, task: Task) -> tuple[str, Reading]:
    try:
        size = task.source.size()
        if size > conditions.limits.file_bytes:
            allowed = str(conditions.limits.file_bytes)
            values = {"limit": "file_bytes", "found": str(size), "allowed": allowed}
            return "", unreadable(task.source.name, "over-limit", values)
        data = task.source.read()
    except OSError as error:
        return "", unreadable(task.source.name, "not-accessible", {"detail": error.strerror or str(error)})
    sha256 = hashlib.sha256(data).hexdigest()
    return sha256, read_forms(data, task.source.name, conditions.limits, conditions.pdf_engine)


def failed(conditions: Conditions, task: Task, reason: str, detail: str) -> Examined:
    """Return what is reported of a file whose examination came to no result; it is not for the cache."""
    try:
        sha256 = hashlib.sha256(task.source.read()).hexdigest() if task.source.is_lasting else ""
    except OSError:
        sha256 = ""
    reading = unreadable(task.source.name, reason, {"detail": detail})
    return Examined(sha256, document_json(reading, sha256, task.rules, conditions.language), reading)
