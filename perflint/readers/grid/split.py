"""Cells whose parting lines are not drawn: a row without verticals, label and value far apart in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from perflint.readers.grid.cells import Frame
from perflint.readers.grid.text import Run, parts_of


class Part(NamedTuple):
    """A part of a cell with its lines."""

    frame: Frame
    lines: list[Run]


def split(frame: Frame, lines: list[Run], xs: Sequence[float]) -> list[Part]:
    """Cut a cell of one row and several unit columns at borders of other rows that stand in a wide gap of all its lines.

    `xs` are the table's borders. A cell with no such gap comes back whole.
    """
    whole = [Part(frame, lines)]
    end = frame.column + frame.column_span
    pieces = [part for line in lines for part in parts_of(line)]
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


def _part(frame: Frame, pieces: list[Run], first: int, last: int, xs: Sequence[float]) -> Part:
    """Return what stands between two of a cell's borders."""
    x0, x1 = xs[first], xs[last]
    box = (x0, frame.box[1], x1, frame.box[3])
    own = [piece for piece in pieces if x0 <= (piece[0][1] + piece[-1][3]) / 2 < x1]
    return Part(replace(frame, column=first, column_span=last - first, box=box, sure=False), own)
