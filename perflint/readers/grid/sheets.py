"""Several pages printed side by side on one sheet: read one after the other, from the left."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from perflint.readers.grid.model import Box, PageGrid, Piece, PrintedLine


def pages_on(sheet: PageGrid) -> Iterator[PageGrid]:
    """Yield the pages that stand side by side on a sheet, each with its own tables and lines; mostly the sheet itself.

    Pages are parted in the gap between tables that no other table and no printed line crosses.
    """
    gap = _gap(sheet) if len(sheet.tables) > 1 else None
    if gap is None:
        yield sheet
        return
    left = tuple(table for table in sheet.tables if table.box[2] <= gap)
    right = tuple(table for table in sheet.tables if table.box[2] > gap)
    yield replace(sheet, tables=left, lines=tuple(_lines(sheet.lines, -math.inf, gap)))
    yield from pages_on(
        replace(sheet, tables=right, lines=tuple(_lines(sheet.lines, gap, math.inf)), left=gap)
    )


def _gap(sheet: PageGrid) -> float | None:
    """Return the middle of the first gap from the left between tables, None where there is none."""
    tables = sorted(sheet.tables, key=lambda table: table.box[0])
    edge = 0.0
    for table in tables:
        start = table.box[0]
        if 0 < edge < start:
            boxes = [piece.box for line in sheet.lines for piece in line.pieces]
            gap = (edge + start) / 2
            return None if any(box[0] < gap < box[2] for box in boxes) else gap
        edge = max(edge, table.box[2])
    return None


def _lines(lines: Iterable[PrintedLine], start: float, end: float) -> Iterator[PrintedLine]:
    """Yield what stands of printed lines between two places."""
    for line in lines:
        own = tuple(piece for piece in line.pieces if start <= (piece.box[0] + piece.box[2]) / 2 < end)
        if len(own) == len(line.pieces):
            yield line
        elif own:
            yield PrintedLine(" ".join(piece.text for piece in own), _around(own), own)


def _around(pieces: Sequence[Piece]) -> Box:
    sides = list(zip(*(piece.box for piece in pieces), strict=True))
    return (min(sides[0]), min(sides[1]), max(sides[2]), max(sides[3]))
