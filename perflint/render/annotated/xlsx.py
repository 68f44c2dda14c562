"""Cell comments and fills in a copy of an Excel workbook."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO

from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from perflint.render.annotated.note import COLOURS, Note
from perflint.render.packages import dated

LINE = 18
"""Pixels: the height of a line in a comment."""
WIDTH = 320
"""Pixels: about 22 Chinese characters a line."""
PER_LINE = 22


def annotate_xlsx(data: bytes, notes: Sequence[Note], made: datetime) -> bytes:
    """Return the workbook with a comment and a fill at the cell of each note; earlier comments are kept.

    Raises openpyxl's errors for a workbook that it cannot read.
    """
    workbook = load_workbook(BytesIO(data))
    for note in notes:
        if note.place.get("sheet") not in workbook.sheetnames:
            continue
        cell = workbook[note.place["sheet"]][note.place["cell"].partition(":")[0]]
        text = "\n\n".join(part for part in (note.body, cell.comment.text if cell.comment else "") if part)
        cell.comment = Comment(text, note.author, height=_height(text), width=WIDTH)
        cell.fill = PatternFill("solid", fgColor=COLOURS[note.severity])
    buffer = BytesIO()
    workbook.save(buffer)
    return dated(buffer.getvalue(), made)


def _height(text: str) -> int:
    """Return the height in pixels that shows a comment whole."""
    return LINE * sum(1 + len(line) // PER_LINE for line in text.split("\n")) + LINE
