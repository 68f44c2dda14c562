"""Touching ruling lines → the cells between them."""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple

from perflint.readers.grid.model import Box
from perflint.readers.grid.rulings import REACH, Stroke, Strokes, distinct, nearest

OVERHANG = 6.0
"""Points by which lines must stick out beyond the last crossing line before a side that is not drawn is assumed."""


SHARE = 0.7
"""Share of a unit that a line must cover to part it from the next."""


class Frame(NamedTuple):
    """A cell without its text: unit rows and columns, and what is known of its sides."""

    row: int
    column: int
    row_span: int
    column_span: int
    box: Box
    open_top: bool
    open_bottom: bool
    sure: bool


class Lattice(NamedTuple):
    """A table without its text: `owner[row][column]` is the number in `frames` of the cell that holds the unit."""

    xs: list[float]
    ys: list[float]
    frames: list[Frame]
    owner: list[list[int]]
    outer: list[list[bool]]
    """For the left and the right side, whether the outer line is drawn beside each unit row."""


def lattice_of(strokes: Strokes) -> Lattice | None:
    """Return the cells between touching lines, None where they do not part a surface into two cells at least."""
    xs = _borders(strokes.vertical, strokes.horizontal)
    ys = _borders(strokes.horizontal, strokes.vertical)
    rows, columns = len(ys) - 1, len(xs) - 1
    if rows < 1 or columns < 1 or rows * columns < 2:
        return None
    beside = _drawn(strokes.vertical, xs, ys)
    above = _drawn(strokes.horizontal, ys, xs)
    frames: list[Frame] = []
    owner = [[-1] * columns for _ in range(rows)]
    for row in range(rows):
        for column in range(columns):
            if owner[row][column] >= 0:
                continue
            column_span = 1
            while (
                column + column_span < columns
                and not beside[column + column_span][row]
                and owner[row][column + column_span] < 0
            ):
                column_span += 1
            row_span, sure = _height(row, column, column_span, beside, above)
            for unit_row in range(row, row + row_span):
                owner[unit_row][column : column + column_span] = [len(frames)] * column_span
            upper = above[row][column : column + column_span]
            lower = above[row + row_span][column : column + column_span]
            box = (xs[column], ys[row], xs[column + column_span], ys[row + row_span])
            sure = sure and (row == 0 or all(upper)) and (column == 0 or beside[column][row])
            frames.append(
                Frame(row, column, row_span, column_span, box, not any(upper), not any(lower), sure)
            )
    return Lattice(xs, ys, frames, owner, [beside[0], beside[-1]]) if len(frames) > 1 else None


def _height(
    row: int, column: int, column_span: int, beside: list[list[bool]], above: list[list[bool]]
) -> tuple[int, bool]:
    """Return how many unit rows a cell is high, and whether a line closes it there.

    It is not sure where the surface below is none of the cell's width: a border is missing somewhere.
    """
    rows, end = len(above) - 1, column + column_span
    row_span = 1
    while row + row_span < rows:
        below = row + row_span
        line = above[below][column:end]
        if all(line):
            return row_span, True
        sides = (column == 0 or beside[column][below]) and (end == len(beside) - 1 or beside[end][below])
        if any(line) or not sides or any(beside[border][below] for border in range(column + 1, end)):
            return row_span, False
        row_span += 1
    return row_span, True


def _borders(lines: list[Stroke], crossing: list[Stroke]) -> list[float]:
    """Return the places of the lines, with a side assumed where the crossing lines stick out beyond the last."""
    places = distinct([line.at for line in lines])
    start = min(line.start for line in crossing)
    end = max(line.end for line in crossing)
    if start < places[0] - OVERHANG:
        places.insert(0, start)
    if end > places[-1] + OVERHANG:
        places.append(end)
    return places


def _drawn(lines: list[Stroke], places: list[float], marks: list[float]) -> list[list[bool]]:
    """Say for each place and each unit between two marks whether a line is drawn there."""
    units = len(marks) - 1
    drawn = [[False] * units for _ in places]
    for at, start, end in lines:
        row = drawn[nearest(places, at)]
        for unit in range(max(bisect_right(marks, start) - 1, 0), min(bisect_right(marks, end), units)):
            low, high = marks[unit], marks[unit + 1]
            needed = min(SHARE * (high - low), high - low - 2 * REACH)
            if (end if end < high else high) - (start if start > low else low) >= needed:
                row[unit] = True
    return drawn
