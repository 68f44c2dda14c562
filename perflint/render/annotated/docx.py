"""Comments in a copy of a Word document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

from docx import Document
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from perflint.render.annotated.note import Note
from perflint.render.packages import dated
from perflint.report import PlaceJson


def annotate_docx(data: bytes, notes: Sequence[Note], made: datetime) -> bytes:
    """Return the document with a comment at the cell or paragraph of each note.

    Raises python-docx's errors for a document that it cannot read.
    """
    document = Document(BytesIO(data))
    body = document.element.body
    for note in notes:
        element = _element(body, note.place)
        if element is None:
            continue
        paragraph = Paragraph(element, document._body)
        runs = paragraph.runs or [paragraph.add_run()]
        comment = document.add_comment(runs, note.body, author=note.author, initials=note.author[:1])
        comment._comment_elm.set(qn("w:date"), made.strftime("%Y-%m-%dT%H:%M:%SZ"))
    buffer = BytesIO()
    document.save(buffer)
    return dated(buffer.getvalue(), made)


def _element(body: Any, place: PlaceJson) -> Any | None:
    """Return the first paragraph of the cell, or the paragraph, that a place names; None where there is none.

    Tables are counted in the order of the document, those inside cells after the one that holds them.
    """
    if not place.get("table"):
        paragraphs = list(body.iterchildren(qn("w:p")))
        row = place.get("row", 0)
        return paragraphs[row - 1] if 0 < row <= len(paragraphs) else None
    tables = list(body.iter(qn("w:tbl")))
    if place["table"] > len(tables):
        return None
    rows = list(tables[place["table"] - 1].iterchildren(qn("w:tr")))
    if place["row"] > len(rows):
        return None
    cell = next((cell for column, cell in _cells(rows[place["row"] - 1]) if column == place["column"]), None)
    return None if cell is None else next(cell.iterchildren(qn("w:p")), None)


def _cells(row: Any) -> Iterator[tuple[int, Any]]:
    """Give the cells of a row with the grid column, from 1, that each begins in."""
    column = 1 + _number(row.find(f"{qn('w:trPr')}/{qn('w:gridBefore')}"), 0)
    for cell in row.iterchildren(qn("w:tc")):
        yield column, cell
        column += _number(cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}"), 1)


def _number(setting: Any | None, default: int) -> int:
    """Return the value of a setting that counts grid columns."""
    return default if setting is None else int(setting.get(qn("w:val"), default))
