"""Texts higher than their cell: a label in a cell that a page end has cut runs into the cells above and below."""

from __future__ import annotations

from itertools import pairwise

from perflint.readers.grid.cells import Lattice
from perflint.readers.grid.text import Run
from perflint.records import record

PITCH = (0.7, 2.0)
"""Shares of the character height between the middles of two lines of one text, least and most."""
ALIGNED = 0.6
"""Share of the character height by which lines of one text may differ at their left side or middle."""
CENTRED = 0.4
"""Share of the character height by which a text may miss the middle of its cell."""


@record(frozen=True, slots=True)
class Drawn:
    """A run of characters, the table (-1 is none) and the cell in it that hold it, and that cell's runs."""

    run: Run
    place: tuple[int, int]
    owner: list[Run]


def settle(drawn: list[Drawn], lattices: list[Lattice]) -> None:
    """Give all lines of a text that is higher than its cell to that cell; `drawn` are runs in drawing order."""
    for index, (upper, lower) in enumerate(pairwise(drawn), 1):
        if upper.run[0][2] < lower.run[0][2] and upper.place != lower.place and _below(upper.run, lower.run):
            start, end = index - 1, index + 1
            while start and _below(drawn[start - 1].run, drawn[start].run):
                start -= 1
            while end < len(drawn) and _below(drawn[end - 1].run, drawn[end].run):
                end += 1
            _settle_block(drawn[start:end], lattices)


def _below(upper: Run, lower: Run) -> bool:
    """Say whether a run is the next line of the same text: right below, aligned at the left or in the middle."""
    height = upper[0][4] - upper[0][2]
    distance = _middle(lower) - _middle(upper)
    if not PITCH[0] * height <= distance <= PITCH[1] * height:
        return False
    left = abs(upper[0][1] - lower[0][1])
    middle = abs(upper[0][1] + upper[-1][3] - lower[0][1] - lower[-1][3]) / 2
    return min(left, middle) <= ALIGNED * height


def _middle(run: Run) -> float:
    return (run[0][2] + run[0][4]) / 2


def _settle_block(block: list[Drawn], lattices: list[Lattice]) -> None:
    """Move the lines of one text to the cell that it is centred on and higher than.

    Lines of a column of low cells look the same: there, moving them would leave cells empty.
    """
    height = block[0].run[0][4] - block[0].run[0][2]
    top, bottom = _middle(block[0].run) - height / 2, _middle(block[-1].run) + height / 2
    for home in block:
        table, cell = home.place
        if table < 0:
            continue
        _, upper, _, lower = lattices[table].frames[cell].box
        centred = abs((top + bottom) - (upper + lower)) / 2 <= CENTRED * height
        if not centred or lower - upper >= bottom - top:
            continue
        strays = [each for each in block if each.owner is not home.owner]
        if any(each.place[0] >= 0 and all(_among(run, strays) for run in each.owner) for each in strays):
            continue
        for each in strays:
            each.owner[:] = [run for run in each.owner if run is not each.run]
            home.owner.append(each.run)
        return


def _among(run: Run, strays: list[Drawn]) -> bool:
    return any(run is stray.run for stray in strays)
