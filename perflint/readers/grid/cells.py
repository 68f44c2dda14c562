"""Touching ruling lines → the cells between them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from perflint.readers.grid.model import GridCell
from perflint.readers.grid.rulings import REACH, Stroke, Strokes, distinct, nearest

OVERHANG = 6.0
"""Points by which lines must stick out beyond the last crossing line before a side that is not drawn is assumed."""


SHARE = 0.7
"""Share of a unit that a line must cover to part it from the next."""


class Lattice(NamedTuple):
    """A table without its text: `owner[row][column]` is the number in `frames` of the cell that holds the unit."""

    xs: list[float]
    ys: list[float]
    frames: list[GridCell]
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
    beside = list(zip(*_drawn(strokes.vertical, xs, ys), strict=True))
    above = _drawn(strokes.horizontal, ys, xs)
    frames: list[GridCell] = []
    owner = [[-1] * columns for _ in range(rows)]
    for row, (sides, upper_line, taken) in enumerate(zip(beside, above, owner, strict=False)):
        column = 0
        while column < columns:
            end = column + 1
            if taken[column] < 0:
                while end < columns and not sides[end] and taken[end] < 0:
                    end += 1
                bottom, sure = row + 1, True
                lower = above[bottom][column:end]
                if False in lower and bottom < rows:
                    bottom, sure = _bottom(row, column, end, beside, above)
                    lower = above[bottom][column:end]
                for units in owner[row:bottom]:
                    units[column:end] = [len(frames)] * (end - column)
                upper = upper_line[column:end]
                sure = sure and (row == 0 or False not in upper) and (column == 0 or sides[column])
                box = (xs[column], ys[row], xs[end], ys[bottom])
                open_top, open_bottom = True not in upper, True not in lower
                frames.append(
                    GridCell(row, column, bottom - row, end - column, box, open_top, open_bottom, sure)
                )
            column = end
    outer = [[sides[0] for sides in beside], [sides[-1] for sides in beside]]
    return Lattice(xs, ys, frames, owner, outer) if len(frames) > 1 else None


def _bottom(
    row: int, column: int, end: int, beside: Sequence[Sequence[bool]], above: Sequence[Sequence[bool]]
) -> tuple[int, bool]:
    """Return the unit row behind the last one of a cell that no whole line closes below its first, and whether one does.

    `beside` says for each unit row whether a line is drawn at each border of the columns, `above` for each border of
    the rows whether one is drawn at each unit column. The height is not sure where the surface below is none of the
    cell's width: a border is missing somewhere.
    """
    columns = len(beside[0]) - 1
    below = row + 1
    while below < len(beside):
        line, sides = above[below][column:end], beside[below]
        if False not in line:
            break
        closed = (column == 0 or sides[column]) and (end == columns or sides[end])
        if True in line or not closed or True in sides[column + 1 : end]:
            return below, False
        below += 1
    return below, True


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
    needed = [_needed(high - low) for low, high in pairwise(marks)]
    drawn = [[False] * units for _ in places]
    for at, start, end in lines:
        row = drawn[nearest(places, at)]
        first, last = bisect_right(marks, start, 1) - 1, bisect_right(marks, end, 0, units) - 1
        row[first + 1 : last] = [True] * (last - first - 1)
        for unit in {first, last} if first <= last else ():
            low, high = marks[unit], marks[unit + 1]
            if (end if end < high else high) - (start if start > low else low) >= needed[unit]:
                row[unit] = True
    return drawn


def _needed(width: float) -> float:
    """Return how much of a unit a line must cover; it may miss the marks on both sides.

    Of a narrow unit it is a half at least: lines run over the ends of others.
    """
    rest = width - 2 * REACH
    if rest < width / 2:
        return width / 2
    return rest if rest < SHARE * width else SHARE * width
