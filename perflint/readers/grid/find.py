"""The cell finder: the characters and ruling lines of a page → its tables and the lines outside them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, pairwise

from perflint.readers.grid.cells import Lattice, lattice_of
from perflint.readers.grid.mend import mended
from perflint.readers.grid.model import Box, Character, GridCell, GridTable, PageGrid
from perflint.readers.grid.overflow import NOWHERE, Drawn, settle
from perflint.readers.grid.rulings import connected, strokes_of
from perflint.readers.grid.split import split
from perflint.readers.grid.text import Run, goes_on, lines_of, parts_of, piece_of, running_line

QUARTER = 0.2
"""Share of the character height from the side of a narrow character to its middle."""
NEXT = 0.05
"""Share of the character height between two characters that adjoin; cells leave more room on both sides of a line."""
CLOSING = frozenset("，。、；：！？）)】》”’,.;:!?%％")
"""Marks that may hang out of the cell whose text they close."""
MARK = 0.3
"""Share of the character height between a character and the mark that closes its text: 户 is drawn narrower than it is."""
GAP = 0.6
"""Share of the line height between an open cell and text that still belongs to it."""


def find_tables(
    characters: Sequence[Character], rulings: Sequence[Box], width: float, height: float
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

    Returns the runs of every table's cells, and those in no table. Characters printed side by side go into a cell
    together, and singly where they cross a border.
    """
    frames = [frame for lattice in lattices for frame in lattice.frames]
    held: list[list[Run]] = [[] for _ in range(len(frames) + 1)]
    drawn: list[Drawn] = []
    place = NOWHERE
    before: Character | None = None
    for character, own in _placed(characters, list(_surfaces(lattices))):
        letters, x0, top, _, bottom, _ = character
        if letters in CLOSING and len(drawn) > 1 and _ends(drawn, character):
            drawn[-2][0].append(character)
            continue
        if before:
            distance = x0 - before[3]
            if distance < 0 and len(drawn) > 1:
                _return_overrun(drawn, held, character)
            if own != place and abs(distance) <= MARK * (bottom - top):
                border = x0 if own == NOWHERE else frames[own].box[0]
                if _hangs_over(before, character, border):
                    own = place
        if before and own == place and goes_on(before, character):
            drawn[-1][0].append(character)
        else:
            run = [character]
            held[own].append(run)
            drawn.append((run, own))
        place, before = own, character
    settle(drawn, frames, held)
    cells = iter(held)
    return [list(islice(cells, len(lattice.frames))) for lattice in lattices], held[NOWHERE]


def _placed(characters: Iterable[Character], surfaces: list[Surface]) -> Iterator[tuple[Character, int]]:
    """Yield characters printed side by side with the number of the cell that holds them, singly where no one cell does.

    The cells of all tables are numbered one after the other.
    """
    for word in characters:
        _, x0, top, x1, bottom, singles = word
        y = (top + bottom) / 2
        if singles is None:
            x = (x0 + x1) / 2
            place = _cell_over(x, x, y, surfaces)
        else:
            inset, half = QUARTER * (bottom - top), (x1 - x0) / 2
            if half < inset:
                inset = half
            place = _cell_over(x0 + inset, x1 - inset, y, surfaces)
        if place is not None:
            yield word, place
        elif singles:
            yield from _placed(singles(), surfaces)


Surface = tuple[int, list[float], list[float], list[list[int]]]
"""A table: the number of its first cell, its borders, and as its owners, from the first one on, those between them.

Before the first border and behind the last one is NOWHERE.
"""


def _surfaces(lattices: list[Lattice]) -> Iterator[Surface]:
    first = 0
    for xs, ys, frames, owner, _ in lattices:
        edge = [NOWHERE] * (len(xs) + 1)
        yield first, xs, ys, [edge, *([NOWHERE, *units, NOWHERE] for units in owner), edge]
        first += len(frames)


def _cell_over(left: float, right: float, y: float, surfaces: list[Surface]) -> int | None:
    """Return the number of the cell that holds two points at one height, None where no one cell does.

    Of tables inside each other it is the inner one's, which comes first.
    """
    for first, xs, ys, owner in surfaces:
        units = owner[bisect_right(ys, y)]
        cell = units[bisect_right(xs, left)]
        if cell != units[bisect_right(xs, right)]:
            return None
        if cell != NOWHERE:
            return first + cell
    return NOWHERE


def _hangs_over(before: Character, after: Character, border: float) -> bool:
    """Say whether a character whose middle is beyond a border goes on with the text before it.

    `border` is where its own cell begins. Of a text too wide for its cell the last character stands on the border,
    or a closing mark hangs out.
    """
    height = after.bottom - after.top
    if abs(after.bottom - before.bottom) > 0.5 * height or before.x0 >= border:
        return False
    closes = after.text in CLOSING
    if abs(after.x0 - before.x1) > (MARK if closes else NEXT) * height:
        return False
    return closes or after.x0 < border + NEXT * height


def _return_overrun(drawn: list[Drawn], held: list[list[Run]], after: Character) -> None:
    """Give the last run to the one before it where it goes on with that, and its own cell's text is drawn upon it.

    Of `≥24000.00(册)` in too narrow a cell 册 lies in the next cell, under the first digits of its text, `after`.
    """
    (text, _), (over, place) = drawn[-2:]
    left = text[-1]
    height = after.bottom - after.top
    if (
        over[0].x0 < after.x0 < over[-1].x1 - MARK * height
        and abs(over[0].x0 - left.x1) <= NEXT * height
        and abs(after.bottom - left.bottom) <= 0.5 * height
    ):
        drawn.pop()
        held[place] = [run for run in held[place] if run is not over]
        text.extend(over)


def _ends(drawn: list[Drawn], mark: Character) -> bool:
    """Say whether a closing mark lies upon the last run, and ends the one before it, the text of another cell.

    Of `≥2000.00(人)` in too narrow a cell pdfium gives the bracket after the first digit of the cell that it runs into.
    """
    left, right = (run[-1] for run, _ in drawn[-2:])
    if mark.x0 >= right.x1:
        return False
    height = mark.bottom - mark.top
    return abs(mark.x0 - left.x1) <= MARK * height and abs(mark.bottom - left.bottom) <= 0.5 * height


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
    frame: GridCell, held: list[Run], lines: list[list[Run]], edge: float, below: bool
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
        for before, after in pairwise(part)
        for border in (left, right)
    )


def _lacks_sides(lattice: Lattice) -> bool:
    return not all(map(all, lattice.outer))


def _table(lattice: Lattice, held: list[list[Run]]) -> GridTable:
    """Return a table with the text of its cells."""
    frames = mended(lattice, [not runs for runs in held]) if _lacks_sides(lattice) else lattice.frames
    cells: list[GridCell] = []
    for frame, runs in zip(frames, held, strict=True):
        if frame is None:
            continue
        if not runs:
            cells.append(frame)
            continue
        lines = lines_of(runs)
        parted = frame.column_span > 1 and frame.row_span == 1
        parts = split(frame, lines, lattice.xs) if parted else ((frame, lines),)
        for cell, own in parts:
            cell.lines = tuple(map(piece_of, own))
            cells.append(cell)
    return GridTable(tuple(cells), tuple(lattice.xs), tuple(lattice.ys))
