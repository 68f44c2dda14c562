"""What was there before: a baseline of fingerprints, or another report, against which only new findings
count.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from perflint.config import shown
from perflint.config.refusal import Mistake, SettingsError
from perflint.report import DocumentJson, FindingJson
from perflint.report.verdict import NOT_CHECKED

FORMAT = 1
"""Version of the file; an unknown one is refused."""

NEVER_BASELINED = NOT_CHECKED | {"E901", "E902"}
"""What says that something was not checked stays visible, however old it is."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Findings of one fingerprint in a baseline; `path` is the file of the first. What is beside `fingerprint` and
    `count` tells equal findings apart, helps to prune, and is for people.
    """

    fingerprint: str
    count: int
    code: str
    project: str
    excerpt: str
    path: str


@dataclass(frozen=True, slots=True)
class Baseline:
    """The findings that were there before, and the file that says so."""

    source: str
    entries: tuple[Entry, ...]


def read_json(path: Path, problem: str) -> Any:
    """Read a JSON file; `problem` is what a file of another kind is refused with. Raises SettingsError."""
    try:
        return json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise SettingsError([Mistake("no-file", {}, str(path))]) from error
    except (ValueError, RecursionError) as error:
        raise SettingsError([Mistake(problem, {"detail": str(error)[:200]}, shown(path))]) from error


def load_baseline(path: Path) -> Baseline:
    """Read a baseline file. Raises SettingsError."""
    content = read_json(path, "not-baseline")
    try:
        if content["perflint-baseline"] != FORMAT:
            raise ValueError(f"version {content['perflint-baseline']}")
        entries = tuple(Entry(**entry) for entry in content["findings"])
        if not all(isinstance(entry.count, int) and isinstance(entry.fingerprint, str) for entry in entries):
            raise ValueError("fingerprint or count")
    except (KeyError, TypeError, ValueError) as error:
        detail = f"{type(error).__name__}: {error}"
        raise SettingsError([Mistake("not-baseline", {"detail": detail}, shown(path))]) from error
    return Baseline(shown(path), entries)


def baseline_of(documents: Iterable[DocumentJson], source: str = "") -> Baseline:
    """Return the findings of documents as a baseline, less those that are suppressed."""
    counts: Counter[str] = Counter()
    first: dict[str, tuple[DocumentJson, FindingJson]] = {}
    for document in documents:
        for finding in document["findings"]:
            suppressed = finding["suppressed"] and finding["suppressed"]["kind"] == "suppression"
            if suppressed or finding["code"] in NEVER_BASELINED:
                continue
            counts[finding["fingerprint"]] += 1
            first.setdefault(finding["fingerprint"], (document, finding))
    entries = [
        Entry(
            fingerprint,
            counts[fingerprint],
            finding["code"],
            project_of(document, finding),
            finding["excerpt"],
            document["path"],
        )
        for fingerprint, (document, finding) in first.items()
    ]
    return Baseline(
        source, tuple(sorted(entries, key=lambda entry: (entry.project, entry.code, entry.fingerprint)))
    )


def project_of(document: DocumentJson, finding: FindingJson) -> str:
    """Return the project of the form that a finding stands in, "" for a finding on the file."""
    return (document["forms"][finding["form"] - 1]["project_name"] or "") if finding["form"] else ""


def baseline_text(baseline: Baseline) -> str:
    """Return a baseline as a file: JSON, one finding a line, so that version control shows what changed."""
    lines = [
        json.dumps({name: getattr(entry, name) for name in Entry.__slots__}, ensure_ascii=False)
        for entry in baseline.entries
    ]
    body = ",\n".join(f"  {line}" for line in lines)
    return (
        f'{{\n "perflint-baseline": {FORMAT},\n "findings": [\n{body}\n ]\n}}\n'
        if lines
        else (f'{{\n "perflint-baseline": {FORMAT},\n "findings": []\n}}\n')
    )


def hide_known(documents: Sequence[DocumentJson], baseline: Baseline) -> None:
    """Mark the findings that a baseline holds, each fingerprint as often as it stands there.

    Of more equal findings than the baseline holds, those of the file that it names are the old ones.
    """
    left = Counter({entry.fingerprint: entry.count for entry in baseline.entries})
    paths = {entry.fingerprint: entry.path for entry in baseline.entries}
    known = [
        (document["path"], finding)
        for document in documents
        for finding in document["findings"]
        if not finding["suppressed"]
        and finding["code"] not in NEVER_BASELINED
        and finding["fingerprint"] in left
    ]
    for _, finding in sorted(known, key=lambda found: found[0] != paths[found[1]["fingerprint"]]):
        if left[finding["fingerprint"]] > 0:
            left[finding["fingerprint"]] -= 1
            finding["suppressed"] = {"kind": "baseline", "reason": baseline.source, "until": None}


def gone_from(documents: Sequence[DocumentJson], baseline: Baseline, active: Collection[str]) -> list[Entry]:
    """Return the entries of a baseline that a run could have found again and did not, with the number that is
    missing.

    It could have where their rule is among the codes `active` and their project was checked, or nothing is
    left of their file.
    """
    present = Counter(finding["fingerprint"] for document in documents for finding in document["findings"])
    projects = {form["project_name"] or "" for document in documents for form in document["forms"]}
    return [
        replace(entry, count=entry.count - present[entry.fingerprint])
        for entry in baseline.entries
        if entry.count > present[entry.fingerprint]
        and entry.code in active
        and (entry.project in projects or not Path(entry.path).exists())
    ]


def pruned(baseline: Baseline, gone: Iterable[Entry]) -> Baseline:
    """Return a baseline without what has gone."""
    missing = {entry.fingerprint: entry.count for entry in gone}
    left = (
        replace(entry, count=entry.count - missing.get(entry.fingerprint, 0)) for entry in baseline.entries
    )
    return Baseline(baseline.source, tuple(entry for entry in left if entry.count > 0))
