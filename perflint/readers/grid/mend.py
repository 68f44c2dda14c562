"""Lines that a producer lost: an empty surface open to the outside belongs to the cells above it.

Writer leaves out the sides of cells that it merges over a page end, in rows that it draws nonetheless.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from perflint.readers.grid.cells import Lattice
from perflint.readers.grid.model import GridCell


def mended(lattice: Lattice, empty: Sequence[bool]) -> list[GridCell | None]:
    """Return the frames, those of open empty surfaces as None and the ones above grown over them.

    `empty` says of each frame whether nothing is written in it. A table none of whose outer lines are drawn is left
    as it is.
    """
    frames: list[GridCell | None] = list(lattice.frames)
    for number, frame in enumerate(lattice.frames):
        if not empty[number] or frame.row == 0 or not _open_outside(lattice, frame):
            continue
        above = {lattice.owner[frame.row - 1][column] for column in _columns(frame)}
        upper = [frames[owner] for owner in above]
        if all(cell is not None and _within(cell, frame) for cell in upper):
            for owner in above:
                frames[owner] = _grown(frames[owner], frame)
            for row in range(frame.row, frame.row + frame.row_span):
                lattice.owner[row][frame.column : frame.column + frame.column_span] = lattice.owner[
                    frame.row - 1
                ][frame.column : frame.column + frame.column_span]
            frames[number] = None
    return frames


def _columns(frame: GridCell) -> range:
    return range(frame.column, frame.column + frame.column_span)


def _open_outside(lattice: Lattice, frame: GridCell) -> bool:
    """Say whether an outer line, drawn elsewhere, is missing beside a cell."""
    rows = slice(frame.row, frame.row + frame.row_span)
    sides = []
    if frame.column == 0:
        sides.append(lattice.outer[0])
    if frame.column + frame.column_span == len(lattice.xs) - 1:
        sides.append(lattice.outer[1])
    return any(any(side) and not any(side[rows]) for side in sides)


def _within(cell: GridCell, frame: GridCell) -> bool:
    return frame.column <= cell.column and cell.column + cell.column_span <= frame.column + frame.column_span


def _grown(cell: GridCell | None, frame: GridCell) -> GridCell | None:
    if cell is None:
        return None
    x0, top, x1, _ = cell.box
    return replace(
        cell,
        row_span=frame.row + frame.row_span - cell.row,
        box=(x0, top, x1, frame.box[3]),
        open_bottom=frame.open_bottom,
        sure=False,
    )
