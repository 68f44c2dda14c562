"""Copies of the checked files with the findings written into them as comments; the originals stay."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath

from perflint.render import RenderOptions
from perflint.render.annotated.docx import annotate_docx
from perflint.render.annotated.note import Note
from perflint.render.annotated.pdf import annotate_pdf
from perflint.render.annotated.xlsx import annotate_xlsx
from perflint.render.pictures import original_of
from perflint.report import SEVERITIES, DocumentJson, FindingJson, ReportJson
from perflint.wording import Wording, wording

Writer = Callable[[bytes, Sequence[Note], datetime], bytes]
WRITERS: Mapping[str, Writer] = {"pdf": annotate_pdf, "xlsx": annotate_xlsx, "docx": annotate_docx}
"""By the format of the document in the report."""


@dataclass(frozen=True, slots=True)
class _Refusal:
    """A file of which there is no copy: its path and the key of the reason."""

    path: str
    reason: str


def render(report: ReportJson, options: RenderOptions) -> Mapping[str, bytes]:
    """Return a copy of each file with findings, by a name made of its path, with a comment at every cell.

    Only findings that count are written. Files that can hold no comments or have changed since the run are
    listed, with the reason, in a text file of the same folder.
    """
    texts = wording("html", options.language)
    copies: dict[str, bytes] = {}
    refusals = []
    for document in report["documents"]:
        notes = notes_of(document, texts)
        if not notes:
            continue
        copy = _copy(document, notes, options)
        if isinstance(copy, _Refusal):
            refusals.append(copy)
        else:
            copies[_free_name(document["path"], texts("annotation.suffix"), copies)] = copy
    if refusals:
        lines = [f"{refusal.path}\t{texts('annotation.' + refusal.reason)}\n" for refusal in refusals]
        copies[texts("annotation.list")] = "".join(lines).encode("utf-8")
    return copies


def notes_of(document: DocumentJson, texts: Wording) -> list[Note]:
    """Return the notes to write into a document: one for each place with findings that count."""
    cells: dict[str, list[FindingJson]] = {}
    for finding in document["findings"]:
        if finding["suppressed"] is None and finding["place"]:
            cells.setdefault(json.dumps(finding["place"], sort_keys=True), []).append(finding)
    return [_note(findings, texts) for findings in cells.values()]


def _note(findings: Sequence[FindingJson], texts: Wording) -> Note:
    """Return the findings on one place as a note."""
    severity = min((finding["severity"] for finding in findings), key=SEVERITIES.index)
    paragraphs = [
        "\n".join(
            part
            for part in (
                f"{texts('severity.' + finding['severity'])} {finding['code']}",
                finding["message"],
                finding["suggestion"],
            )
            if part
        )
        for finding in findings
    ]
    return Note(findings[0]["place"], severity, "\n\n".join(paragraphs), texts("annotation.author"))


def _copy(document: DocumentJson, notes: Sequence[Note], options: RenderOptions) -> bytes | _Refusal:
    """Return the annotated copy of a document, or why there is none."""
    writer = WRITERS.get(document["format"])
    if writer is None:
        return _Refusal(document["path"], "no_comments")
    data = original_of(options.base, document["path"], document["sha256"])
    if data is None:
        return _Refusal(document["path"], "changed")
    try:
        return writer(data, notes, options.generated_at)
    except Exception:
        # Whatever a library makes of a hostile or damaged file, the other copies must be written.
        return _Refusal(document["path"], "failed")


def _free_name(path: str, suffix: str, taken: Mapping[str, bytes]) -> str:
    """Return a file name for the copy of a path: folders become part of the name, no name is used twice.

    The suffix keeps a copy from taking the place of its original where both lie in one folder.
    """
    parts = [part for part in PurePath(path).parts if part.strip("./\\:")]
    name = PurePath("_".join(parts) or "document")
    candidate, number = f"{name.stem}.{suffix}{name.suffix}", 1
    while candidate in taken:
        number += 1
        candidate = f"{name.stem}.{suffix} ({number}){name.suffix}"
    return candidate
