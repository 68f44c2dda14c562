"""The side file that says which findings are accepted, why, and until when."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING, Any

from perflint.config import mistake_in, read_toml, shown
from perflint.config.refusal import SettingsError
from perflint.config.shapes import Shape, json_schema, misfits
from perflint.config.toml_places import locate
from perflint.config.toml_text import toml_value
from perflint.report import DocumentJson, FindingJson, NoticeJson
from perflint.report.fingerprints import normal
from perflint.rules import Rule
from perflint.rules.selection import Selector, UnknownSelector, selector_of

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

TABLE = "suppress"
TARGETS = ("fingerprint", "rule", "file", "project", "indicator")
"""What a suppression may name; a finding must agree with all that are given."""

ENTRY = Shape(
    "object",
    members={**{key: Shape("string") for key in (*TARGETS, "reason")}, "until": Shape("date")},
    required=("reason",),
)
FILE = Shape("object", members={TABLE: Shape("array", items=ENTRY)})


@dataclass(frozen=True, slots=True)
class Suppression:
    """One entry of the side file."""

    reason: str
    until: date | None
    fingerprint: str | None
    rule: Selector | None
    file: GitIgnoreSpec | None
    """A gitignore pattern, from the folder of the side file."""
    project: str | None
    indicator: str | None
    folder: Path
    source: str
    """The file it stands in, as messages show it."""
    line: int

    def covers(self, document: DocumentJson, finding: FindingJson) -> bool:
        """Say whether it speaks of a finding."""
        return (
            self.fingerprint in (None, finding["fingerprint"])
            and (self.rule is None or finding["code"] in self.rule.codes)
            and self.may_cover(document, finding["form"])
            and (self.indicator is None or _matches(self.indicator, _indicator_name(document, finding)))
        )

    def may_cover(self, document: DocumentJson, form: int | None) -> bool:
        """Say whether file and project fit, whatever was found there."""
        if self.file is not None:
            path = os.path.relpath(Path(document["path"]).absolute(), self.folder)
            if not self.file.match_file(Path(path).as_posix()):
                return False
        if self.project is None:
            return True
        names = [one["project_name"] or "" for one in document["forms"] if form in (None, one["index"])]
        return any(_matches(self.project, name) for name in names)


def suppressions_schema() -> dict[str, Any]:
    """Return the JSON Schema of perflint-ignore.toml."""
    schema = json_schema(FILE)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "perflint-ignore.toml",
        **schema,
    }


def load_suppressions(path: Path, rules: Sequence[Rule]) -> tuple[Suppression, ...]:
    """Read the side file. Raises SettingsError for an entry without a reason, an unknown key or rule, or a
    wrong date.
    """
    text, table = read_toml(path)
    mistakes = [
        mistake_in(path, text, misfit.problem, misfit.path, misfit.known, **misfit.values)
        for misfit in misfits(FILE, table)
    ]
    if mistakes:
        raise SettingsError(mistakes)
    suppressions = []
    for number, entry in enumerate(table.get(TABLE, ())):
        try:
            suppressions.append(
                _suppression(entry, rules, path, locate(text, (TABLE, number, "reason")).line)
            )
        except UnknownSelector as unknown:
            at = (TABLE, number, "rule")
            mistakes.append(mistake_in(path, text, unknown.problem, at, unknown.known, **unknown.values))
        if not entry["reason"].strip():
            mistakes.append(mistake_in(path, text, "empty-reason", (TABLE, number, "reason")))
        if not any(key in entry for key in TARGETS):
            mistakes.append(mistake_in(path, text, "names-nothing", (TABLE, number, "reason")))
    if mistakes:
        raise SettingsError(mistakes)
    return tuple(suppressions)


def _suppression(entry: Mapping[str, Any], rules: Sequence[Rule], path: Path, line: int) -> Suppression:
    from pathspec import GitIgnoreSpec

    return Suppression(
        reason=entry["reason"].strip(),
        until=entry.get("until"),
        fingerprint=entry.get("fingerprint"),
        rule=selector_of(entry["rule"], rules) if "rule" in entry else None,
        file=GitIgnoreSpec.from_lines([entry["file"]]) if "file" in entry else None,
        project=entry.get("project"),
        indicator=entry.get("indicator"),
        folder=path.absolute().parent,
        source=shown(path),
        line=line,
    )


def suppress(
    documents: Sequence[DocumentJson],
    suppressions: Sequence[Suppression],
    active: Collection[str],
    today: date,
    whole: bool,
) -> list[NoticeJson]:
    """Mark the findings that suppressions cover, and return notices of entries that are expired or unused.

    An entry can only be unused where what it speaks of was looked for: `active` are the codes of the rules
    that applied.

    `whole` says that the run searched folders: only then is an entry that names neither file nor project, and
    that covered nothing, known to be unused.
    """
    notices: list[NoticeJson] = []
    for entry in suppressions:
        covered = [
            finding
            for document in documents
            for finding in document["findings"]
            if entry.covers(document, finding)
        ]
        if entry.until is not None and entry.until < today:
            notices.append(_notice("expired-suppression", entry))
            continue
        for finding in covered:
            if finding["suppressed"] is None:
                until = entry.until.isoformat() if entry.until else None
                finding["suppressed"] = {"kind": "suppression", "reason": entry.reason, "until": until}
        if not covered and _was_looked_for(entry, documents, active, whole):
            notices.append(_notice("unused-suppression", entry))
    return notices


def _was_looked_for(
    entry: Suppression, documents: Sequence[DocumentJson], active: Collection[str], whole: bool
) -> bool:
    if entry.rule is not None and entry.rule.codes.isdisjoint(active):
        return False
    if entry.file is None and entry.project is None:
        return whole
    return any(entry.may_cover(document, None) for document in documents if document["status"] == "checked")


def _notice(kind: str, entry: Suppression) -> NoticeJson:
    until = entry.until.isoformat() if entry.until else ""
    return {
        "kind": kind,
        "path": entry.source,
        "line": entry.line,
        "values": {"reason": entry.reason, "until": until},
    }


def _matches(pattern: str, text: str) -> bool:
    """Compare a name with a pattern in which * stands for any text; width, case and blanks do not count."""
    return fnmatchcase(normal(text), normal(pattern).replace("[", "[[]"))


def _indicator_name(document: DocumentJson, finding: FindingJson) -> str:
    if finding["form"] is None or finding["indicator"] is None:
        return ""
    return document["forms"][finding["form"] - 1]["indicators"][finding["indicator"] - 1]["name"]


def entry_text(entry: Mapping[str, Any], comment: str = "") -> str:
    """Return an entry as TOML, after a blank line and, line by line, the comment."""
    lines = ["", *(f"# {line}" for line in comment.splitlines()), f"[[{TABLE}]]"]
    lines += [f"{key} = {toml_value(entry[key])}" for key in (*TARGETS, "reason", "until") if entry.get(key)]
    return "\n".join(lines) + "\n"
