"""Comments in a copy of a Word document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from perflint.document import Passage, Table, TablePlace
from perflint.limits import Limits
from perflint.readers.docx import read
from perflint.render.annotated.note import Note
from perflint.render.packages import dated

NUMBER = "⟦{}⟧"
NUMBERED = re.compile(r"⟦(\d+)⟧")
"""What is written into the paragraphs of a trial copy, to see which of them the reader finds at which place."""


def annotate_docx(data: bytes, notes: Sequence[Note], made: datetime) -> bytes:
    """Return the document with a comment at the cell or paragraph of each note.

    Raises python-docx's errors for a document that it cannot read.
    """
    document = Document(BytesIO(data))
    paragraphs = list(document.element.body.iter(qn("w:p")))
    places = _places(data)
    for note in notes:
        place = note.place.get("table", -1), note.place.get("row", -1), note.place.get("column", -1)
        if place not in places:
            continue
        paragraph = Paragraph(_commentable(paragraphs[places[place]]), document._body)
        runs = paragraph.runs or [paragraph.add_run()]
        comment = document.add_comment(runs, note.body, author=note.author, initials=note.author[:1])
        comment._comment_elm.set(qn("w:date"), made.strftime("%Y-%m-%dT%H:%M:%SZ"))
    buffer = BytesIO()
    document.save(buffer)
    return dated(buffer.getvalue(), made)


def _places(data: bytes) -> dict[tuple[int, int, int], int]:
    """Return which paragraph, counted from 0, is the first at each place: table, row, column.

    The reader itself tells: text boxes, nested tables, content controls, merged cells and tracked changes make
    any other count go wrong. It reads a copy in which every paragraph begins with its number.
    """
    trial = Document(BytesIO(data))
    for number, paragraph in enumerate(trial.element.body.iter(qn("w:p"))):
        run, text = OxmlElement("w:r"), OxmlElement("w:t")
        text.text = NUMBER.format(number)
        run.append(text)
        paragraph.insert(0 if paragraph.pPr is None else 1, run)
    buffer = BytesIO()
    trial.save(buffer)
    places: dict[tuple[int, int, int], int] = {}
    for passage in _passages(buffer.getvalue()):
        place, numbers = passage.place, NUMBERED.findall(passage.original)
        if numbers and isinstance(place, TablePlace):
            key, number = (place.table, place.row, place.column), int(numbers[0])
            places[key] = min(number, places.get(key, number))
    return places


def _passages(data: bytes) -> Iterator[Passage]:
    """Give the passages that the reader finds in a document."""
    for block in read(data, Limits()).blocks:
        if isinstance(block, Table):
            yield from (cell.passage for cell in block.cells)
        else:
            yield block.passage


def _commentable(paragraph: Any) -> Any:
    """Return a paragraph, for one in a text box the one that the box hangs on: Word refuses comments in boxes."""
    boxes = list(paragraph.iterancestors(qn("w:txbxContent")))
    return next(boxes[-1].iterancestors(qn("w:p"))) if boxes else paragraph
