"""Tables inside tables (docx, HTML): those that only lay out a page are taken apart, others become a grid."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from perflint.document import Block, Cell, Confidence, Line, Passage, Table, TablePlace
from perflint.limits import Limits, enforce
from perflint.readers.clean import clean


@dataclass(frozen=True, slots=True, eq=False)
class NestedTable:
    """A table as it stands in the file; `number` counts all tables of the document from 1."""

    number: int
    cells: tuple[NestedCell, ...]
    rows: int
    columns: int


@dataclass(frozen=True, slots=True, eq=False)
class NestedCell:
    """A cell with its content in order: paragraphs, and tables. Rows and columns are counted from 0."""

    row: int
    column: int
    row_span: int
    column_span: int
    content: tuple[str | NestedTable, ...]
    place: TablePlace

    @property
    def text(self) -> str:
        """The paragraphs, one a line, without the tables."""
        return "\n".join(piece for piece in self.content if isinstance(piece, str))

    @property
    def tables(self) -> tuple[NestedTable, ...]:
        """The tables in the cell."""
        return tuple(piece for piece in self.content if isinstance(piece, NestedTable))


def blocks_of(content: Sequence[str | NestedTable], place: TablePlace, limits: Limits) -> Iterator[Block]:
    """Yield paragraphs as lines and tables as grids.

    `place` is that of the paragraphs. Raises UnreadableFile where a table is over a limit.
    """
    for piece in content:
        if isinstance(piece, str):
            if piece.strip():
                yield Line(_passage(piece, place))
        elif lays_out(piece):
            for cell in piece.cells:
                yield from blocks_of(cell.content, cell.place, limits)
        else:
            yield _grid(piece, limits)


def lays_out(table: NestedTable) -> bool:
    """Tell a table that only arranges other tables on the page from one that holds data.

    A form that keeps its indicators in a table of their own has rows of labels and values around it; a page
    that is laid out with a table has, outside the inner ones, at most one such row (a menu, a footer).
    """
    if not any(cell.tables for cell in table.cells):
        return False
    filled = [cell.row for cell in table.cells if cell.text.strip()]
    return sum(filled.count(row) >= 2 for row in set(filled)) < 2


def _grid(table: NestedTable, limits: Limits) -> Table:
    flat = _merged(table, limits)
    enforce(limits, "table_cells", len(flat.cells))
    enforce(limits, "table_extent", flat.rows * flat.columns)
    cells = tuple(
        Cell(cell.row, cell.column, cell.row_span, cell.column_span, _passage(cell.text, cell.place))
        for cell in sorted(flat.cells, key=lambda cell: (cell.row, cell.column))
    )
    return Table(cells, flat.rows, flat.columns, TablePlace(table.number, 1, 1))


def _passage(text: str, place: TablePlace) -> Passage:
    return Passage(clean(text), place, Confidence.EXACT, text)


def _merged(table: NestedTable, limits: Limits) -> NestedTable:
    """Return the table with every cell that holds a table cut into the cells of that table, as on paper."""
    inner = {cell: _merged(_stacked(cell), limits) for cell in table.cells if cell.tables}
    if not inner:
        return table
    rows = _starts(
        table.rows, ((cell.row + cell.row_span, grid.rows - cell.row_span) for cell, grid in inner.items())
    )
    columns = _starts(
        table.columns,
        ((cell.column + cell.column_span, grid.columns - cell.column_span) for cell, grid in inner.items()),
    )
    cells: list[NestedCell] = []
    for cell in table.cells:
        top, bottom = rows[cell.row], rows[cell.row + cell.row_span]
        left, right = columns[cell.column], columns[cell.column + cell.column_span]
        if cell in inner:
            cells += _stretched(inner[cell], top, bottom, left, right)
        else:
            cells.append(replace(cell, row=top, row_span=bottom - top, column=left, column_span=right - left))
    return NestedTable(table.number, tuple(cells), rows[-1], columns[-1])


def _stacked(holder: NestedCell) -> NestedTable:
    """Return what is in a cell as one table: its paragraphs and tables one below the other."""
    tables = holder.tables
    columns = max(table.columns for table in tables)
    cells: list[NestedCell] = []
    row = 0
    for piece in holder.content:
        if isinstance(piece, NestedTable):
            cells += [replace(cell, row=cell.row + row) for cell in piece.cells]
            row += piece.rows
        elif piece.strip():
            cells.append(NestedCell(row, 0, 1, columns, (piece,), holder.place))
            row += 1
    return NestedTable(tables[0].number, tuple(cells), row, columns)


def _starts(count: int, growth: Iterable[tuple[int, int]]) -> list[int]:
    """Return where each of `count` rows or columns starts, and the end, after some of them grew.

    `growth` pairs an end (exclusive) with the number of rows or columns that the one before it must gain.
    """
    sizes = [1] * count
    for end, more in growth:
        sizes[end - 1] = max(sizes[end - 1], 1 + more)
    return list(accumulate(sizes, initial=0))


def _stretched(grid: NestedTable, top: int, bottom: int, left: int, right: int) -> Iterator[NestedCell]:
    """Yield the cells of a grid moved into a larger space, whose rest goes to its last row and column."""
    for cell in grid.cells:
        end_row = cell.row + cell.row_span
        end_column = cell.column + cell.column_span
        yield replace(
            cell,
            row=top + cell.row,
            row_span=(bottom - top if end_row == grid.rows else end_row) - cell.row,
            column=left + cell.column,
            column_span=(right - left if end_column == grid.columns else end_column) - cell.column,
        )
