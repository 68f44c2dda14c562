"""Ruling lines made clean: dots and dashes joined, near ones snapped together, touching ones grouped."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from perflint.readers.grid.model import Box

THIN = 2.5
"""Points: a drawn line is thinner. Word's heaviest table border in common use is 2.25 pt."""
SNAP = 2.0
"""Points between two lines that are meant as one (a double rule, the two sides of neighbouring cells)."""
REACH = 3.0
"""Points by which a line may miss another and still touch it (Word leaves room for its corner squares)."""
DOT_GAP = 6.0
"""Points between two dots of a dotted line; a corner square is at least a column's width from the next."""
DOTS = 4
"""Fewer dots in a row are no line."""


class Stroke(NamedTuple):
    """A horizontal line (`at` is its y) or a vertical one (`at` is its x) from `start` to `end`."""

    at: float
    start: float
    end: float


Line = tuple[float, float, float]
"""A stroke as it is drawn: one of many that make a line."""


class Strokes(NamedTuple):
    """Lines that touch each other: the borders of one table."""

    horizontal: list[Stroke]
    vertical: list[Stroke]


def strokes_of(rulings: Iterable[Box]) -> Strokes:
    """Sort thin boxes into horizontal and vertical lines, each snapped and joined."""
    horizontal: list[Line] = []
    vertical: list[Line] = []
    dots: list[tuple[float, float]] = []
    for x0, top, x1, bottom in rulings:
        width, height = x1 - x0, bottom - top
        if width <= THIN and height <= THIN:
            dots.append(((x0 + x1) / 2, (top + bottom) / 2))
        elif height <= width:
            horizontal.append(((top + bottom) / 2, x0, x1))
        else:
            vertical.append(((x0 + x1) / 2, top, bottom))
    if len(dots) >= DOTS:
        horizontal += _dotted((y, x) for x, y in dots)
        vertical += _dotted(dots)
    return Strokes(_joined(horizontal), _joined(vertical))


def _dotted(dots: Iterable[tuple[float, float]]) -> list[Line]:
    """Return the lines that dots (place of the line, place along it) make."""
    rows: dict[int, list[float]] = defaultdict(list)
    for at, along in dots:
        rows[round(at)].append(along)
    found = []
    for at, places in rows.items():
        places.sort()
        start = 0
        for index in range(1, len(places) + 1):
            if index == len(places) or places[index] - places[index - 1] > DOT_GAP:
                if index - start >= DOTS:
                    found.append((float(at), places[start], places[index - 1]))
                start = index
    return found


def _joined(lines: list[Line]) -> list[Stroke]:
    """Give lines at one place the same place, and join those that touch."""
    lines.sort()
    joined: list[Stroke] = []
    group: list[Line] = []
    first = before = -math.inf
    for line in lines:
        at = line[0]
        if at - before > SNAP or at - first > 2 * SNAP:
            joined += _on_one_line(group)
            group, first = [], at
        group.append(line)
        before = at
    return joined + _on_one_line(group)


def _on_one_line(group: list[Line]) -> list[Stroke]:
    """Return what lines at one place, in ascending order, draw of one line."""
    if not group:
        return []
    at = (group[0][0] + group[-1][0]) / 2
    joined: list[Stroke] = []
    group.sort(key=_start)
    _, start, end = group[0]
    for _, begin, stop in group:
        if begin > end + REACH:
            joined.append(Stroke(at, start, end))
            start, end = begin, stop
        elif stop > end:
            end = stop
    joined.append(Stroke(at, start, end))
    return joined


def _start(line: Line) -> float:
    return line[1]


def connected(strokes: Strokes) -> list[Strokes]:
    """Group lines that touch: every group with at least two lines each way may be a table."""
    horizontal, vertical = strokes
    places = [stroke.at for stroke in vertical]
    first = len(horizontal)
    parent = list(range(first + len(vertical)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    for number, (y, start, end) in enumerate(horizontal):
        low, high = y - REACH, y + REACH
        one = number
        near = bisect_left(places, start - REACH)
        candidates = vertical[near : bisect_right(places, end + REACH)]
        for index, (_, top, bottom) in enumerate(candidates, first + near):
            if top <= high and low <= bottom and parent[index] != one:
                # The line joins the group that is there, so that the group's other lines need no new root.
                parent[one] = root(index)
                one = parent[one]
    groups: dict[int, Strokes] = defaultdict(lambda: Strokes([], []))
    for number, stroke in enumerate(horizontal):
        groups[root(number)].horizontal.append(stroke)
    for index, stroke in enumerate(vertical):
        groups[root(first + index)].vertical.append(stroke)
    tables = [group for group in groups.values() if _may_be_table(group)]
    _attach([group.vertical[0] for group in groups.values() if _is_lone(group)], tables)
    return tables


def _may_be_table(group: Strokes) -> bool:
    return bool(group.horizontal and group.vertical) and len(group.horizontal) + len(group.vertical) > 2


def _is_lone(group: Strokes) -> bool:
    """Say whether a group is a vertical line that touches nothing but a dash at most."""
    dashes = all(stroke.end - stroke.start <= 2 * DOT_GAP for stroke in group.horizontal)
    return len(group.vertical) == 1 and len(group.horizontal) <= 1 and dashes


def _attach(lone: Sequence[Stroke], tables: list[Strokes]) -> None:
    """Give vertical lines that touch nothing, or a dash at most, to the table whose side they are.

    The outer lines of merged cells that fill a whole page touch nothing: the cells are open above and below. A
    horizontal line that touches nothing is the rule under a running head.
    """
    if not lone:
        return
    sides = [(table.vertical[0].at, table.vertical[-1].at) for table in tables]
    heights = [_height(table) for table in tables]
    for line in lone:
        for table, (left, right), (top, bottom) in zip(tables, sides, heights, strict=True):
            as_high = abs(line.start - top) <= 2 * REACH and abs(line.end - bottom) <= 2 * REACH
            width = right - left
            if as_high and (left - width < line.at < left or right < line.at < right + width):
                table.vertical.append(line)
                break


def _height(table: Strokes) -> tuple[float, float]:
    """Return where a table begins and ends; at a page's end a row may have no lower rule."""
    top = min(table.horizontal[0].at, min(stroke.start for stroke in table.vertical))
    bottom = max(table.horizontal[-1].at, max(stroke.end for stroke in table.vertical))
    return top, bottom


def distinct(places: Sequence[float]) -> list[float]:
    """Return the places in order, those closer than REACH as one."""
    found: list[float] = []
    for place in sorted(places):
        if not found or place - found[-1] > REACH:
            found.append(place)
    return found


def nearest(places: Sequence[float], place: float) -> int:
    """Return the index of the place (in ascending order, at least one) that is nearest to another."""
    index = bisect_left(places, place)
    if index == len(places) or (index and place - places[index - 1] < places[index] - place):
        return index - 1
    return index
