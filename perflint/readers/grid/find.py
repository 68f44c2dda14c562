"""The cell finder: the characters and ruling lines of a page → its tables and the lines outside them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from perflint.readers.grid.cells import Frame, Lattice, lattice_of
from perflint.readers.grid.mend import mended
from perflint.readers.grid.model import Box, Character, GridCell, GridTable, PageGrid, Ruling
from perflint.readers.grid.rulings import connected, strokes_of
from perflint.readers.grid.text import Run, goes_on, lines_of, parts_of, piece_of, running_line

NEXT = 0.05
"""Share of the character height between two characters that adjoin; cells leave more room on both sides of a line."""
CLOSING = frozenset("，。、；：！？）)】》”’,.;:!?%％")
"""Marks that may hang out of the cell whose text they close."""
GAP = 0.6
"""Share of the line height between an open cell and text that still belongs to it."""


def find_tables(
    characters: Sequence[Character], rulings: Sequence[Ruling], width: float, height: float
) -> PageGrid:
    """Find the ruled tables of a page and put every character into its cell.

    `characters` come in the order in which they were drawn, without blanks; `rulings` are thin boxes (strokes, thin
    filled rectangles, dots). All boxes, and the page's `width` and `height`, are in points from the upper left corner,
    text upright. Characters in no table come back as lines with pieces.
    """
    lattices = [lattice for group in connected(strokes_of(rulings)) if (lattice := lattice_of(group))]
    return fill_tables(characters, lattices, width, height)


def fill_tables(
    characters: Sequence[Character], lattices: list[Lattice], width: float, height: float
) -> PageGrid:
    """Put every character of a page into the cell that holds it, or into a line outside the tables."""
    lattices = sorted(lattices, key=_area)
    held, outside = _distribute(characters, lattices)
    lines = [parts_of(line) for line in lines_of(outside)]
    for lattice, cells in zip(lattices, held, strict=True):
        lines = _adopt(lattice, cells, lines)
    tables = [_table(lattice, cells) for lattice, cells in zip(lattices, held, strict=True)]
    tables.sort(key=lambda table: (table.ys[0], table.xs[0]))
    return PageGrid(width, height, tuple(tables), tuple(map(running_line, lines)))


def _area(lattice: Lattice) -> float:
    return (lattice.xs[-1] - lattice.xs[0]) * (lattice.ys[-1] - lattice.ys[0])


def _distribute(
    characters: Sequence[Character], lattices: list[Lattice]
) -> tuple[list[list[list[Run]]], list[Run]]:
    """Put every character into the cell that holds its middle.

    Returns the runs of every table's cells, and those in no table. Kept free of calls: it is run for every character,
    and most stand behind the one before, in the same cell.
    """
    held: list[list[list[Run]]] = [[[] for _ in lattice.frames] for lattice in lattices]
    outside: list[Run] = []
    nested = _nested(lattices)
    owner = outside
    run: Run = []
    before: Character | None = None
    left = upper = right = lower = 0.0
    for character in characters:
        _, x0, top, x1, bottom = character
        x, y = (x0 + x1) / 2, (top + bottom) / 2
        if not (left <= x < right and upper <= y < lower):
            found, box = outside, None
            for number, lattice in enumerate(lattices):
                xs, ys = lattice.xs, lattice.ys
                if xs[0] <= x < xs[-1] and ys[0] <= y < ys[-1]:
                    cell = lattice.owner[bisect_right(ys, y) - 1][bisect_right(xs, x) - 1]
                    found, box = held[number][cell], lattice.frames[cell].box
                    break
            if found is not owner and before and _hangs_over(before, character, box):
                run.append(character)
                before = character
                continue
            if found is not owner:
                owner, before = found, None
            # Where a table stands inside another, the outer cell's box does not tell whose a character is.
            left, upper, right, lower = box if box and not nested else (0.0, 0.0, 0.0, 0.0)
        if before and goes_on(before, character):
            run.append(character)
        else:
            run = [character]
            owner.append(run)
        before = character
    return held, outside


def _nested(lattices: list[Lattice]) -> bool:
    """Say whether a table stands inside another."""
    boxes = [(lattice.xs[0], lattice.ys[0], lattice.xs[-1], lattice.ys[-1]) for lattice in lattices]
    return any(
        inner[0] < outer[2] and outer[0] < inner[2] and inner[1] < outer[3] and outer[1] < inner[3]
        for index, inner in enumerate(boxes)
        for outer in boxes[index + 1 :]
    )


def _hangs_over(before: Character, after: Character, box: Box | None) -> bool:
    """Say whether a character whose middle is beyond a border goes on with the text before it.

    `box` is its own cell's. Of a text too wide for its cell the last character stands on the border, or a closing
    mark hangs out.
    """
    border = box[0] if box else after.x0
    height = after.bottom - after.top
    if abs(after.bottom - before.bottom) > 0.5 * height or before.x0 >= border:
        return False
    if abs(after.x0 - before.x1) > NEXT * height:
        return False
    return after.x0 < border or after.text in CLOSING


def _adopt(lattice: Lattice, cells: list[list[Run]], lines: list[list[Run]]) -> list[list[Run]]:
    """Give text just above or below an open cell to it: the cell goes on there; return the other lines.

    Chromium rules a cut merged cell no further than the row beside it, though its text runs on to the page's end.
    """
    rows = len(lattice.ys) - 1
    for frame, held in zip(lattice.frames, cells, strict=True):
        if frame.open_bottom and frame.row + frame.row_span == rows:
            lines = _adopt_into(frame, held, lines, frame.box[3], below=True)
        if frame.open_top and frame.row == 0:
            lines = _adopt_into(frame, held, lines[::-1], frame.box[1], below=False)[::-1]
    return lines


def _adopt_into(
    frame: Frame, held: list[Run], lines: list[list[Run]], edge: float, below: bool
) -> list[list[Run]]:
    """Move to a cell the text that follows its edge without a gap; `lines` go away from the edge."""
    left, _, right, _ = frame.box
    kept = []
    for line in lines:
        others = []
        for part in line:
            own = [each for each in part if left <= (each[1] + each[3]) / 2 < right]
            upper, lower = min(each[2] for each in part), max(each[4] for each in part)
            gap = upper - edge if below else edge - lower
            if own and abs(gap) <= GAP * (lower - upper) and not _crosses(part, left, right):
                held.append(own)
                edge = lower if below else upper
                part = [each for each in part if each not in own]
            if part:
                others.append(part)
        if others:
            kept.append(others)
    return kept


def _crosses(part: Run, left: float, right: float) -> bool:
    """Say whether text runs without a gap from one side of a border to the other."""
    return any(
        before[1] < border < after[3] and after[1] - before[3] < NEXT * (after[4] - after[2])
        for before, after in zip(part, part[1:], strict=False)
        for border in (left, right)
    )


def _lacks_sides(lattice: Lattice) -> bool:
    return not all(map(all, lattice.outer))


def _table(lattice: Lattice, held: list[list[Run]]) -> GridTable:
    """Return a table with the text of its cells."""
    cells = []
    frames = mended(lattice, [not runs for runs in held]) if _lacks_sides(lattice) else lattice.frames
    for frame, runs in zip(frames, held, strict=True):
        if frame is None:
            continue
        lines = tuple(map(piece_of, lines_of(runs))) if runs else ()
        row, column, row_span, column_span, box, open_top, open_bottom, sure = frame
        cells.append(GridCell(row, column, row_span, column_span, box, lines, open_top, open_bottom, sure))
    return GridTable(tuple(cells), tuple(lattice.xs), tuple(lattice.ys))
