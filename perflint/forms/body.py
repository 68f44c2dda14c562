"""The indicator tables of a form: their heads, their rows, and the rows that close them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import zip_longest

from perflint.forms.closing import is_closing_row
from perflint.forms.columns import TableHead
from perflint.forms.grid import Grid
from perflint.forms.rows import Row, rows_of


@dataclass(frozen=True, slots=True)
class Body:
    """Heads, indicator rows and the grid rows that hold neither; all in reading order."""

    heads: tuple[TableHead, ...] = ()
    rows: tuple[Row, ...] = ()
    closing_rows: tuple[int, ...] = ()


def read_body(grid: Grid, heads_by_row: Mapping[int, TableHead]) -> Body:
    """Read every indicator table of a form; a head that is printed again goes on with its own columns."""
    heads = tuple(heads_by_row.values())
    lines: list[tuple[int, TableHead]] = []
    closing: list[int] = []
    for head, following in zip_longest(heads, heads[1:]):
        for row in range(head.end, following.first if following else grid.rows):
            if is_closing_row(grid, row, head):
                closing.append(row)
            else:
                lines.append((row, head))
    return Body(heads, rows_of(grid, lines), tuple(closing))
