"""Highlights and notes in a copy of a PDF, appended to the original bytes (ISO 32000-1, 7.5.6 and 12.5.6)."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO

from pypdf import PageObject, PdfWriter
from pypdf.annotations import Highlight, MarkupAnnotation, Text
from pypdf.generic import ArrayObject, FloatObject, NameObject, TextStringObject

from perflint.render.annotated.note import COLOURS, Note
from perflint.render.boxes import Box, boxes_of

# Without a handler Python prints what pypdf finds odd in a damaged file.
logging.getLogger("pypdf").addHandler(logging.NullHandler())

ICON = 18.0
"""Points: the side of the note icon where a finding concerns a page and not a cell."""


def annotate_pdf(data: bytes, notes: Sequence[Note], made: datetime) -> bytes:
    """Return the PDF with a highlight on the cells of each note, or an icon where a note has no cell.

    The original bytes stay in front: what was signed remains so. Raises pypdf's errors for a damaged file.
    """
    writer = PdfWriter(BytesIO(data), incremental=True)
    for note in notes:
        for page, box in boxes_of(note.place):
            shown = writer.pages[page - 1]
            annotation = _highlight(shown, box, note) if box else _icon(shown, note)
            annotation[NameObject("/M")] = TextStringObject(made.strftime("D:%Y%m%d%H%M%SZ"))
            writer.add_annotation(page - 1, annotation)
    buffer = BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def _highlight(page: PageObject, box: Box, note: Note) -> MarkupAnnotation:
    """Return a highlight over a box; corners go upper left, upper right, lower left, lower right."""
    left, bottom, right, top = _on_page(page, box)
    corners = (left, top, right, top, left, bottom, right, bottom)
    highlight = Highlight(
        rect=(left, bottom, right, top),
        quad_points=ArrayObject(FloatObject(value) for value in corners),
        highlight_color=COLOURS[note.severity],
        printing=True,
        title_bar=note.author,
    )
    highlight[NameObject("/Contents")] = TextStringObject(note.body)
    return highlight


def _icon(page: PageObject, note: Note) -> MarkupAnnotation:
    """Return a note icon in the upper left corner of a page."""
    rect = _on_page(page, (ICON, ICON, 2 * ICON, 2 * ICON))
    return Text(rect=rect, text=note.body, title_bar=note.author)


def _on_page(page: PageObject, box: Box) -> Box:
    """Return a box of the shown page (from its upper left corner, downwards) in the page's own coordinates.

    The shown page is the crop box, turned clockwise by `/Rotate`; the result is left, bottom, right, top.
    """
    x0, y0, x1, y1 = (float(value) for value in page.cropbox)
    turned = page.rotation % 360
    points = [_unturned(turned, x, y, x1 - x0, y1 - y0) for x, y in ((box[0], box[1]), (box[2], box[3]))]
    horizontal, vertical = sorted(x0 + x for x, _ in points), sorted(y0 + y for _, y in points)
    return horizontal[0], vertical[0], horizontal[1], vertical[1]


def _unturned(turned: int, x: float, y: float, width: float, height: float) -> tuple[float, float]:
    """Return a point of the shown page on the unturned one, whose origin is the lower left corner."""
    if turned == 90:
        return y, x
    if turned == 180:
        return width - x, y
    if turned == 270:
        return width - y, height - x
    return x, height - y
