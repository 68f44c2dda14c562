"""The report formats: which module writes which, loaded only when asked for."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Literal

from perflint.report import ReportJson

Rendered = str | bytes | Mapping[str, bytes]


def generation_time() -> datetime:
    """Return now, or the moment of SOURCE_DATE_EPOCH
    (https://reproducible-builds.org/specs/source-date-epoch/).
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(epoch), UTC) if epoch.isdigit() else datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class RenderOptions:
    """What a renderer may know beside the report."""

    language: str = "zh"
    colour: bool = False
    width: int = 100
    """Columns of the terminal."""
    fold: bool = False
    """Long lines are broken there: for people who read them, not for programs that search them."""
    statistics: bool = False
    """Tables by rule, unit and severity below the findings."""
    pictures: Literal["none", "auto", "all"] = "auto"
    """Crops of the pages as evidence."""
    jobs: int | None = None
    """Processes that draw them: 0 as many as pay, None draws in this one."""
    base: Path = field(default_factory=Path.cwd)
    """The folder that `documents[].path` starts from; originals are read only where their SHA-256 still fits.
    """
    generated_at: datetime = field(default_factory=generation_time)


@dataclass(frozen=True, slots=True)
class Format:
    """One report format.

    `function` in `module` takes (ReportJson, RenderOptions) and returns what `kind` says: a text, bytes, or
    for a folder the content of each file by its name.
    """

    module: str
    function: str
    kind: Literal["text", "binary", "folder"]
    extension: str


FORMATS: Mapping[str, Format] = {
    "text": Format("perflint.render.text", "render", "text", ".txt"),
    "json": Format("perflint.render.json_report", "render", "text", ".json"),
    "jsonl": Format("perflint.render.jsonl", "render", "text", ".jsonl"),
    "html": Format("perflint.render.html", "render", "text", ".html"),
    "sarif": Format("perflint.render.sarif", "render", "text", ".sarif"),
    "junit": Format("perflint.render.junit", "render", "text", ".xml"),
    "github": Format("perflint.render.github", "render", "text", ".txt"),
    "gitlab": Format("perflint.render.gitlab", "render", "text", ".json"),
    "rdjson": Format("perflint.render.rdjson", "render", "text", ".json"),
    "xlsx": Format("perflint.render.findings_list", "render", "binary", ".xlsx"),
    "docx": Format("perflint.render.docx_review", "render", "binary", ".docx"),
    "annotated": Format("perflint.render.annotated", "render", "folder", ""),
}


def load_renderers(names: Iterable[str]) -> None:
    """Import what writes these formats, so that it is at hand when the report is."""
    for name in names:
        import_module(FORMATS[name].module)


def render(name: str, report: ReportJson, options: RenderOptions) -> Rendered:
    """Return the report in the format with this name (a key of FORMATS)."""
    chosen = FORMATS[name]
    function = getattr(import_module(chosen.module), chosen.function)
    rendered: Rendered = function(report, options)
    return rendered
