"""Texts higher than their cell: a label in a cell that a page end has cut runs into the cells above and below."""

from __future__ import annotations

from itertools import pairwise

from perflint.readers.grid.model import GridCell
from perflint.readers.grid.text import Run

PITCH = (0.7, 2.0)
"""Shares of the character height between the middles of two lines of one text, least and most."""
ALIGNED = 0.6
"""Share of the character height by which lines of one text may differ at their left side or middle."""
CENTRED = 0.4
"""Share of the character height by which a text may miss the middle of its cell."""


NOWHERE = -1
"""The place of a run that is in no table."""

Drawn = tuple[Run, int]
"""A run of characters and its place: the number of the cell that holds it, the cells of all tables in a row."""


def settle(drawn: list[Drawn], frames: list[GridCell], held: list[list[Run]]) -> None:
    """Give all lines of a text that is higher than its cell to that cell.

    `drawn` are runs in drawing order, `held` the runs of each place.
    """
    for index, ((upper, place), (lower, other)) in enumerate(pairwise(drawn), 1):
        if upper[0][2] < lower[0][2] and place != other and _below(upper, lower):
            start, end = index - 1, index + 1
            while start and _below(drawn[start - 1][0], drawn[start][0]):
                start -= 1
            while end < len(drawn) and _below(drawn[end - 1][0], drawn[end][0]):
                end += 1
            _settle_block(drawn[start:end], frames, held)


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


def _settle_block(block: list[Drawn], frames: list[GridCell], held: list[list[Run]]) -> None:
    """Move the lines of one text to the cell that it is centred on and higher than.

    Lines of a column of low cells look the same: there, moving them would leave cells empty.
    """
    (first, _), (last, _) = block[0], block[-1]
    height = first[0][4] - first[0][2]
    top, bottom = _middle(first) - height / 2, _middle(last) + height / 2
    for _, home in block:
        if home == NOWHERE:
            continue
        _, upper, _, lower = frames[home].box
        centred = abs((top + bottom) - (upper + lower)) / 2 <= CENTRED * height
        if not centred or lower - upper >= bottom - top:
            continue
        strays = [(run, place) for run, place in block if place != home]
        if any(place != NOWHERE and all(_among(run, strays) for run in held[place]) for _, place in strays):
            continue
        for stray, place in strays:
            held[place] = [run for run in held[place] if run is not stray]
            held[home].append(stray)
        return


def _among(run: Run, strays: list[Drawn]) -> bool:
    return any(run is stray for stray, _ in strays)
