"""The cells of one form, out of as many tables as it stands in, looked up by row and column."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import compress
from operator import attrgetter

from perflint.document import Cell, PagePlace, Passage, Place, Table, worst

_column = attrgetter("column")
_text = attrgetter("passage.text")


@dataclass(frozen=True)
class Grid:
    """Tables set one below the other; rows counted on, columns as they are in each table."""

    cells: tuple[Cell, ...]
    rows: int
    columns: int

    @cached_property
    def _by_row(self) -> tuple[tuple[Cell, ...], ...]:
        rows = [*map(list, self._starting)]
        entered: set[int] = set()
        for cell in self.cells:
            if cell.row_span > 1:
                for row in range(cell.row + 1, min(end_row(cell), self.rows)):
                    rows[row].append(cell)
                    entered.add(row)
        for row in entered:
            rows[row].sort(key=_column)
        return tuple(map(tuple, rows))

    @cached_property
    def _starting(self) -> tuple[tuple[Cell, ...], ...]:
        rows: list[list[Cell]] = [[] for _ in range(self.rows)]
        for cell in sorted(self.cells, key=_column):
            rows[cell.row].append(cell)
        return tuple(map(tuple, rows))

    @cached_property
    def _filled(self) -> tuple[tuple[Cell, ...], ...]:
        return tuple(cells_saying(cells, str.strip) for cells in self._starting)

    @cached_property
    def by_column(self) -> tuple[Mapping[int, Cell], ...]:
        """The cells that stand in each row or span it, by their first column."""
        return tuple(dict(zip(map(_column, cells), cells, strict=True)) for cells in self._by_row)

    def texts(self) -> Iterator[str]:
        """Return what stands in the cells, in their order."""
        return map(_text, self.cells)

    def covering(self, row: int) -> tuple[Cell, ...]:
        """Return the cells that stand in a row or span it, from the left; none for a row outside the grid."""
        return self._by_row[row] if 0 <= row < self.rows else ()

    def starting(self, row: int) -> tuple[Cell, ...]:
        """Return the cells whose first row this is, from the left."""
        return self._starting[row] if 0 <= row < self.rows else ()

    def filled(self, row: int) -> tuple[Cell, ...]:
        """Return the cells whose first row this is and that hold a text, from the left."""
        return self._filled[row] if 0 <= row < self.rows else ()

    def at(self, row: int, column: int) -> Cell | None:
        """Return the cell over a row and column, None in a gap."""
        if not 0 <= row < self.rows:
            return None
        return self.by_column[row].get(column) or next(
            (cell for cell in self._by_row[row] if cell.column <= column < end_column(cell)), None
        )

    def right_of(self, cell: Cell) -> Cell | None:
        """Return the cell that touches this one on the right, in its first row."""
        return self.at(cell.row, end_column(cell))

    def below(self, cell: Cell) -> Cell | None:
        """Return the cell under the left end of this one."""
        return self.at(end_row(cell), cell.column)


def stack(tables: Sequence[Table]) -> Grid:
    """Return the rows of several tables as one grid."""
    cells: list[Cell] = []
    top = 0
    for table in tables:
        cells += table.cells if top == 0 else (replace(cell, row=cell.row + top) for cell in table.cells)
        top += table.rows
    return Grid(tuple(cells), top, max((table.columns for table in tables), default=0))


def cells_saying(cells: Sequence[Cell], is_meant: Callable[[str], object]) -> tuple[Cell, ...]:
    """Return the cells that hold a text of a kind.

    A page has over a hundred cells and every kind is asked of each: no step of the search is Python code where
    `is_meant` remembers its answers (lru_cache).
    """
    return tuple(compress(cells, map(is_meant, map(_text, cells))))


def end_row(cell: Cell) -> int:
    """Return the row below the cell."""
    return cell.row + cell.row_span


def end_column(cell: Cell) -> int:
    """Return the column right of the cell."""
    return cell.column + cell.column_span


def joined(passages: Sequence[Passage], text: str) -> Passage:
    """Return one passage with this text for several pieces, at the place of the first."""
    return Passage(
        text,
        passages[0].place,
        worst(passage.confidence for passage in passages),
        "\n".join(passage.original or passage.text for passage in passages),
    )


def page_of(place: Place) -> int | None:
    """Return the page of a place, None where there are no pages."""
    return place.page if isinstance(place, PagePlace) else None
