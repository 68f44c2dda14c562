"""A table that grows page by page: cells of the pages so far, and the ways to add the next page's."""

from __future__ import annotations

import math
from dataclasses import dataclass
from operator import attrgetter

from perflint.document import Cell, Confidence, PagePlace, Table
from perflint.readers.grid.model import Box, GridCell, GridTable, PageGrid, Piece, text_of, turned
from perflint.readers.grid.passages import passage

_row_and_column = attrgetter("row", "column")

SAME_EDGE = 4.0
"""Points by which an edge may differ from one page to the next."""


@dataclass(slots=True)
class GrowingCell:
    """A cell, perhaps with parts on several pages; `x0` and `x1` count from the table's left edge."""

    row: int
    row_span: int
    x0: float
    x1: float
    lines: tuple[Piece, ...]
    boxes: list[tuple[PageGrid, Box]]
    open_top: bool
    open_bottom: bool
    sure: bool = True

    @property
    def text(self) -> str:
        """The printed lines, one below the other."""
        return text_of(self.lines)

    @property
    def width(self) -> float:
        """Points between its sides."""
        return self.x1 - self.x0

    def beside(self, other: GrowingCell) -> bool:
        """Say whether both stand between the same sides."""
        return abs(self.x0 - other.x0) <= SAME_EDGE and abs(self.x1 - other.x1) <= SAME_EDGE


@dataclass(slots=True)
class GrowingTable:
    """The cells of the pages so far; `width` in points, `boxes` the outer edges on every page."""

    cells: list[GrowingCell]
    rows: int
    width: float
    boxes: list[tuple[PageGrid, Box]]

    def first_row(self) -> list[GrowingCell]:
        """Return the cells that touch the upper edge."""
        return [cell for cell in self.cells if cell.row == 0]

    def last_row(self) -> list[GrowingCell]:
        """Return the cells that touch the lower edge."""
        return [cell for cell in self.cells if cell.row + cell.row_span == self.rows]

    def starts_of_cells(self) -> list[list[float]]:
        """Return for each row where the cells that it runs through begin, from left to right."""
        rows: list[list[float]] = [[] for _ in range(self.rows)]
        for cell in self.cells:
            for row in range(cell.row, cell.row + cell.row_span):
                rows[row].append(cell.x0)
        return [sorted(row) for row in rows]

    def rows_of_cells(self) -> dict[int, list[GrowingCell]]:
        """Return the cells that begin in each row."""
        rows: dict[int, list[GrowingCell]] = {}
        for cell in self.cells:
            rows.setdefault(cell.row, []).append(cell)
        return rows


def growing(table: GridTable, page: PageGrid) -> GrowingTable:
    """Return one page's table as the beginning of a longer one."""
    left = table.xs[0]
    return GrowingTable(
        [_growing_cell(cell, left, page) for cell in table.cells],
        len(table.ys) - 1,
        table.xs[-1] - left,
        [(page, table.box)],
    )


def _growing_cell(cell: GridCell, left: float, page: PageGrid) -> GrowingCell:
    box = cell.box
    return GrowingCell(
        cell.row,
        cell.row_span,
        box[0] - left,
        box[2] - left,
        cell.lines,
        [(page, box)],
        cell.open_top,
        cell.open_bottom,
        cell.sure,
    )


def finished(table: GrowingTable) -> Table:
    """Return the table as a document holds it: unit columns over all its pages, cells in order."""
    columns = _columns(sorted({cell.x0 for cell in table.cells} | {cell.x1 for cell in table.cells}))
    ruled, inferred = Confidence.RULED, Confidence.INFERRED
    cells = []
    for cell in table.cells:
        column = columns[cell.x0]
        text = passage(text_of(cell.lines), _place(cell.boxes), ruled if cell.sure else inferred)
        cells.append(Cell(cell.row, column, cell.row_span, columns[cell.x1] - column or 1, text))
    cells.sort(key=_row_and_column)
    return Table(tuple(cells), table.rows, max(columns.values()), _place(table.boxes))


def _columns(sides: list[float]) -> dict[float, int]:
    """Number the sides of all cells in ascending order, those of different pages that are meant as one alike."""
    columns: dict[float, int] = {}
    number, last = -1, -math.inf
    for side in sides:
        if side - last > SAME_EDGE:
            number, last = number + 1, side
        columns[side] = number
    return columns


def _place(boxes: list[tuple[PageGrid, Box]]) -> PagePlace:
    """Return the place of the first part, with the others behind it."""
    page, box = boxes[0]
    first = turned(box, page.quarters, page.width, page.height) if page.quarters else box
    if len(boxes) == 1:
        return PagePlace(page.number, first)
    return PagePlace(page.number, first, tuple([_place([other]) for other in boxes[1:]]))
