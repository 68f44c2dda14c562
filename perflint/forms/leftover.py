"""What stands in the tables of a form and has no part in it: told, never dropped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from operator import attrgetter

from perflint.document import Cell, Problem, Table
from perflint.forms.body import Body
from perflint.forms.grid import Grid
from perflint.forms.vocabulary import (
    field_role,
    is_blank,
    is_label,
    is_note,
    level_kind,
    money_unit,
    title_of,
    year_line,
)

# As many texts as fit a message; the rest is counted.
_TEXTS_SHOWN = 3


_place = attrgetter("row", "column")


def unassigned(grid: Grid, body: Body, read: Iterable[Cell], unread: Iterable[Table]) -> Iterator[Problem]:
    """Yield one E904 problem for the texts in a form's tables that no part of the form took.

    `read` are the cells that were taken, `unread` tables of the form that fit none of its columns. Titles,
    heads of columns and blocks, level labels without a row and notes are understood without being kept.
    """
    taken = {*map(_place, read)}
    head_rows = {row for head in body.heads for row in range(head.first, head.end)}
    left = [
        cell
        for cell in grid.cells
        if _place(cell) not in taken
        and cell.row not in head_rows
        and not is_blank(cell.text)
        and not _is_furniture(grid, cell)
    ]
    left += [cell for table in unread for cell in table.cells if not is_blank(cell.text)]
    if left:
        texts = " | ".join(cell.text[:30] for cell in left[:_TEXTS_SHOWN])
        values = {"reason": "unassigned-text", "count": str(len(left)), "texts": texts}
        yield Problem("E904", values, left[0].passage.place, left[0].text[:80])


def _is_furniture(grid: Grid, cell: Cell) -> bool:
    """Say whether a cell is part of the form's layout: a title, a year, a unit, a label, a level, a note."""
    filled = grid.filled(cell.row)
    return bool(
        is_label(cell.text)
        or year_line(cell.text)
        or title_of(cell.text)
        or level_kind(cell.text, 1)
        or level_kind(cell.text, 2)
        or field_role(cell.text, "funding_columns")
        or is_note(filled[0].text)
        or (len(filled) == 1 and money_unit(cell.text))
    )
