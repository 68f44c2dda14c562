"""Several pages, or forms, that stand side by side on one sheet: read one after the other, from the left."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from perflint.readers.grid.model import Box, PageGrid, Piece, PrintedLine


def pages_on(sheet: PageGrid) -> Iterator[PageGrid]:
    """Yield the pages that stand side by side on a sheet, each with its own tables and lines; mostly the sheet itself.

    Pages are parted in the gap between tables that no other table crosses, nor a line printed beside them. A line
    that runs across above them belongs to the left page, one below them to the right.
    """
    gap = _gap(sheet) if len(sheet.tables) > 1 else None
    if gap is None:
        yield sheet
        return
    bottom = _bottom(sheet)
    parted = [(line, *_parted(line, gap, bottom)) for line in sheet.lines]
    yield replace(
        sheet,
        tables=tuple(table for table in sheet.tables if table.box[2] <= gap),
        lines=tuple(part for line, pieces, _ in parted if (part := _part(line, pieces))),
    )
    rest = replace(
        sheet,
        tables=tuple(table for table in sheet.tables if table.box[2] > gap),
        lines=tuple(part for line, _, pieces in parted if (part := _part(line, pieces))),
        left=gap,
    )
    yield from pages_on(rest)


def _gap(sheet: PageGrid) -> float | None:
    """Return the middle of the first gap from the left between tables, None where there is none."""
    tables = sorted(sheet.tables, key=lambda table: table.box[0])
    top, bottom = min(table.box[1] for table in tables), _bottom(sheet)
    edge = 0.0
    for table in tables:
        start = table.box[0]
        if 0 < edge < start:
            boxes = [piece.box for line in sheet.lines for piece in line.pieces]
            gap = (edge + start) / 2
            beside = [box for box in boxes if box[3] > top and box[1] < bottom]
            return None if any(box[0] < gap < box[2] for box in beside) else gap
        edge = max(edge, table.box[2])
    return None


def _bottom(sheet: PageGrid) -> float:
    return max(table.box[3] for table in sheet.tables)


def _parted(line: PrintedLine, gap: float, bottom: float) -> tuple[list[Piece], list[Piece]]:
    """Return the pieces of a line that belong to the left page, and those of the right one."""
    left: list[Piece] = []
    right: list[Piece] = []
    for piece in line.pieces:
        x0, top, x1, _ = piece.box
        is_left = top < bottom if x0 < gap < x1 else x1 <= gap
        (left if is_left else right).append(piece)
    return left, right


def _part(line: PrintedLine, pieces: Sequence[Piece]) -> PrintedLine | None:
    """Return these pieces of a line as a line, None for no pieces."""
    if len(pieces) == len(line.pieces):
        return line
    return (
        PrintedLine(" ".join(piece.text for piece in pieces), _around(pieces), tuple(pieces))
        if pieces
        else None
    )


def _around(pieces: Sequence[Piece]) -> Box:
    sides = list(zip(*(piece.box for piece in pieces), strict=True))
    return (min(sides[0]), min(sides[1]), max(sides[2]), max(sides[3]))
