"""The sheets of a workbook, xlsx or xls, as tables, with their addresses and with what is hidden on them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from perflint.document import Cell, Confidence, Passage, Problem, SheetPlace, Table
from perflint.limits import Limits, enforce
from perflint.readers.clean import clean


class Area(NamedTuple):
    """A rectangle of cells; rows and columns counted from 0, the last ones included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet as its file holds it; cells are keyed by (row, column), counted from 0."""

    name: str
    hidden: bool
    texts: Mapping[tuple[int, int], str]
    """What cells show; empty for a cell that is only drawn."""
    merges: tuple[Area, ...]
    hidden_rows: frozenset[int]
    hidden_columns: frozenset[int]
    uncalculated: tuple[tuple[int, int], ...] = ()
    """Cells with a formula whose result was not saved."""


def address(row: int, column: int) -> str:
    """Return the name of a cell: row 11, column 2 is C12."""
    return f"{_letters(column)}{row + 1}"


def _letters(column: int) -> str:
    """Return the name of a column: 2 is C, 27 is AB."""
    before, letter = divmod(column, 26)
    return (_letters(before - 1) if before else "") + chr(ord("A") + letter)


def read_sheet(sheet: Sheet, limits: Limits) -> tuple[tuple[Table, ...], tuple[Problem, ...]]:
    """Return the tables of a sheet, those side by side from the left, and what is wrong with the sheet.

    Rows and columns in which nothing stands are no part of a table: a figure that was typed far below a form by
    accident costs one row. A sheet without text has no table. Raises UnreadableFile where one is over a limit.
    """
    filled = [cell for cell, text in sheet.texts.items() if text.strip()]
    if not filled:
        return (), tuple(_uncalculated(sheet))
    enforce(limits, "table_cells", len(filled))
    # A merged range may reach beyond the last text: a title over all columns.
    ends = {(area.top, area.left): (area.bottom, area.right) for area in sheet.merges}
    used = _around([*filled, *(ends[cell] for cell in filled if cell in ends)])
    merges, overlapping = _disjoint(sheet.merges, used, limits)
    covered = {cell for area in merges for cell in _slots(area)}
    starts = {(area.top, area.left): area for area in merges}
    drawn = {(row, column) for row, column in sheet.texts if _within(row, column, used)} - covered
    areas = [starts.get(start, Area(*start, *start)) for start in sorted(drawn | set(starts))]
    tables = tuple(
        _table(sheet, [area for area in areas if first <= area.left <= last], limits)
        for first, last in _side_by_side(areas, {column for _, column in filled})
    )
    return tables, (*_hidden(sheet, filled), *_uncalculated(sheet), *_overlapping(sheet, overlapping))


def _side_by_side(areas: Iterable[Area], with_text: Set[int]) -> list[tuple[int, int]]:
    """Return the first and last column of each table: columns that hold nothing and are not drawn part them.

    A single column with text is no table of its own but belongs to the one beside it.
    """
    tables: list[tuple[int, int]] = []
    for run in _runs({column for area in areas for column in range(area.left, area.right + 1)}):
        pair = (run, tables[-1]) if tables else ()
        if any(len(with_text & set(range(first, last + 1))) < 2 for first, last in pair):
            tables[-1] = (tables[-1][0], run[1])
        else:
            tables.append(run)
    return tables


def _table(sheet: Sheet, areas: Sequence[Area], limits: Limits) -> Table:
    rows = _numbered(row for area in areas for row in range(area.top, area.bottom + 1))
    columns = _numbered(column for area in areas for column in range(area.left, area.right + 1))
    enforce(limits, "table_extent", len(rows) * len(columns))
    cells = tuple(_cell(sheet, area, rows[area.top], columns[area.left]) for area in areas)
    corner = f"{address(min(rows), min(columns))}:{address(max(rows), max(columns))}"
    return Table(cells, len(rows), len(columns), SheetPlace(sheet.name, corner))


def _numbered(places: Iterable[int]) -> Mapping[int, int]:
    """Return rows or columns of a sheet with the numbers that they have in its table."""
    return {place: number for number, place in enumerate(sorted(set(places)))}


def _around(cells: Iterable[tuple[int, int]]) -> Area:
    rows, columns = zip(*cells, strict=True)
    return Area(min(rows), min(columns), max(rows), max(columns))


def _within(row: int, column: int, area: Area) -> bool:
    return area.top <= row <= area.bottom and area.left <= column <= area.right


def _slots(area: Area) -> Iterator[tuple[int, int]]:
    for row in range(area.top, area.bottom + 1):
        for column in range(area.left, area.right + 1):
            yield row, column


def _disjoint(merges: Iterable[Area], used: Area, limits: Limits) -> tuple[list[Area], list[Area]]:
    """Return the merged ranges, cut to the used area, and those that overlap one before them."""
    kept: list[Area] = []
    overlapping: list[Area] = []
    covered: set[tuple[int, int]] = set()
    visited = 0
    for merge in merges:
        area = Area(
            max(merge.top, used.top),
            max(merge.left, used.left),
            min(merge.bottom, used.bottom),
            min(merge.right, used.right),
        )
        if area.top > area.bottom or area.left > area.right:
            continue
        visited += (area.bottom - area.top + 1) * (area.right - area.left + 1)
        enforce(limits, "table_extent", visited)
        if covered.isdisjoint(_slots(area)):
            covered.update(_slots(area))
            kept.append(area)
        else:
            overlapping.append(area)
    return kept, overlapping


def _cell(sheet: Sheet, area: Area, row: int, column: int) -> Cell:
    name = address(area.top, area.left)
    if (area.top, area.left) != (area.bottom, area.right):
        name = f"{name}:{address(area.bottom, area.right)}"
    text = sheet.texts.get((area.top, area.left), "")
    return Cell(
        row,
        column,
        area.bottom - area.top + 1,
        area.right - area.left + 1,
        Passage(clean(text), SheetPlace(sheet.name, name), Confidence.EXACT, text),
    )


def _hidden(sheet: Sheet, filled: Iterable[tuple[int, int]]) -> Iterator[Problem]:
    """Yield that a sheet with text is hidden, or else which of its rows and columns with text are."""
    if sheet.hidden:
        yield Problem("E904", {"reason": "hidden-sheet", "sheet": sheet.name}, SheetPlace(sheet.name, "A1"))
        return
    rows = {row for row, _ in filled} & sheet.hidden_rows
    columns = {column for _, column in filled} & sheet.hidden_columns
    if rows or columns:
        names = [f"{row + 1}:{end + 1}" for row, end in _runs(rows)]
        names += [f"{_letters(column)}:{_letters(end)}" for column, end in _runs(columns)]
        place = SheetPlace(sheet.name, address(min(rows, default=0), min(columns, default=0)))
        yield Problem("E904", {"reason": "hidden-rows", "sheet": sheet.name, "cells": _listed(names)}, place)


def _runs(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and last of each run of consecutive numbers."""
    for _, group in groupby(enumerate(sorted(numbers)), lambda pair: pair[1] - pair[0]):
        run = [number for _, number in group]
        yield run[0], run[-1]


def _uncalculated(sheet: Sheet) -> Iterator[Problem]:
    if sheet.uncalculated:
        names = [address(*cell) for cell in sheet.uncalculated]
        values = {"reason": "formula-without-value", "sheet": sheet.name, "cells": _listed(names)}
        yield Problem("E904", values, SheetPlace(sheet.name, names[0]))


def _overlapping(sheet: Sheet, areas: Sequence[Area]) -> Iterator[Problem]:
    if areas:
        names = [address(area.top, area.left) for area in areas]
        values = {"reason": "overlapping-merges", "sheet": sheet.name, "cells": _listed(names)}
        yield Problem("E904", values, SheetPlace(sheet.name, names[0]))


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names[:10]) + (", …" if len(names) > 10 else "")
