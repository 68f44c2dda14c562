"""Cells whose parting lines are not drawn: a row without verticals, label and value far apart in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from perflint.readers.grid.labels import is_label
from perflint.readers.grid.model import GridCell
from perflint.readers.grid.text import BLANK, Run, parts_of

SHORTEST_LABEL = 3
"""Characters: 注, 元 and 其中 stand before a blank in any text."""
LONGEST_LABEL = 24
"""Characters: the longest with its bracket, 项目资金总额（单位：万元，保留两位小数）, has 21."""


class Part(NamedTuple):
    """A part of a cell with its lines."""

    frame: GridCell
    lines: list[Run]


def split(frame: GridCell, lines: list[Run], xs: Sequence[float]) -> list[Part]:
    """Cut a cell of one row and several unit columns at borders of other rows that stand in a gap of all its lines.

    Such a gap is wide, or stands behind a known label: a value may begin close to the line that nobody drew.
    `xs` are the table's borders. A cell with no such gap comes back whole.
    """
    whole = [Part(frame, lines)]
    end = frame.column + frame.column_span
    pieces = [piece for line in lines for part in parts_of(line) for piece in _behind_label(part)]
    if len(pieces) == len(lines):
        return whole
    spans = sorted((part[0][1], part[-1][3]) for part in pieces)
    cuts = [frame.column]
    reach = spans[0][1]
    for start, stop in spans:
        between = [column for column in range(cuts[-1] + 1, end) if reach < xs[column] < start]
        if between:
            cuts.append(between[0])
        reach = max(reach, stop)
    if len(cuts) == 1:
        return whole
    return [_part(frame, pieces, first, last, xs) for first, last in zip(cuts, [*cuts[1:], end], strict=True)]


def _behind_label(part: Run) -> Iterator[Run]:
    """Yield a label that a part begins with and what stands behind it, or else the part as it is."""
    text = part[0][0]
    for place, (before, after) in enumerate(pairwise(part), 1):
        blank = after[1] - before[3] > BLANK * (before[4] - before[2])
        if blank and len(text) >= SHORTEST_LABEL and is_label(text):
            yield part[:place]
            yield part[place:]
            return
        text += after[0]
        if len(text) > LONGEST_LABEL:
            break
    yield part


def _part(frame: GridCell, pieces: list[Run], first: int, last: int, xs: Sequence[float]) -> Part:
    """Return what stands between two of a cell's borders."""
    x0, x1 = xs[first], xs[last]
    box = (x0, frame.box[1], x1, frame.box[3])
    own = [piece for piece in pieces if x0 <= (piece[0][1] + piece[-1][3]) / 2 < x1]
    return Part(replace(frame, column=first, column_span=last - first, box=box, sure=False), own)
