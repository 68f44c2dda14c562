"""The tables and lines of a page in the order in which they are read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from perflint.readers.grid.model import Box, GridTable, Piece, PrintedLine

Item = GridTable | PrintedLine


def in_order(tables: Sequence[GridTable], lines: Sequence[PrintedLine]) -> list[Item]:
    """Return the tables and lines of a page from top to bottom, those of a left column before the right one's.

    Where two tables stand side by side, their titles are pieces of one line; each goes with its table. Lines that
    run across both columns stand above them or below.
    """
    gutter = _gutter(tables)
    if gutter is None:
        return sorted([*tables, *lines], key=_top)
    left, right = gutter
    top = min(table.box[1] for table in tables)
    items: list[Item] = [*tables, *(part for line in lines for part in _parted(line, left, right))]
    found: list[tuple[int, tuple[float, float], Item]] = []
    for item in items:
        if item.box[0] < left and item.box[2] > right:
            column = 0 if item.box[1] < top else 3
        else:
            column = 1 if _is_left(item.box, left, right) else 2
        found.append((column, _top(item), item))
    return [item for *_, item in sorted(found, key=lambda each: each[:2])]


def _top(item: Item) -> tuple[float, float]:
    return (item.box[1], item.box[0])


def _gutter(tables: Sequence[GridTable]) -> tuple[float, float] | None:
    """Return the sides of the room between two columns of tables; None where no two stand side by side."""
    boxes = sorted(table.box for table in tables)
    for number in range(1, len(boxes)):
        left, right = max(box[2] for box in boxes[:number]), boxes[number][0]
        if left <= right and any(
            one[1] < other[3] and other[1] < one[3] for one in boxes[:number] for other in boxes[number:]
        ):
            return left, right
    return None


def _is_left(box: Box, left: float, right: float) -> bool:
    return box[0] + box[2] < left + right


def _parted(line: PrintedLine, left: float, right: float) -> Iterator[PrintedLine]:
    """Yield the pieces of a line on both sides of a gutter as lines; the line itself where one runs across."""
    if any(piece.box[0] < left and piece.box[2] > right for piece in line.pieces):
        yield line
        return
    for is_left in (True, False):
        pieces = tuple(piece for piece in line.pieces if _is_left(piece.box, left, right) is is_left)
        if pieces:
            yield PrintedLine(" ".join(piece.text for piece in pieces), _around(pieces), pieces)


def _around(pieces: Sequence[Piece]) -> Box:
    lefts, tops, rights, bottoms = zip(*(piece.box for piece in pieces), strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)
