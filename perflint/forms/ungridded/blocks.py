"""Two indicator blocks side by side: the whole period's on the left, the year's on the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from perflint.forms.ungridded.sections import Heading

_OF_ANOTHER_PERIOD = {"name": "other_name", "target": "other_target"}


def ways_to_read(headings: Sequence[Heading]) -> tuple[tuple[Heading, ...], ...]:
    """Return what the headings of a table may stand for, one way where there is but one block.

    Of two blocks the last is the year's. The first is of the whole period; many forms print it and leave it
    empty, and without columns its empty cells leave no trace: so the table may as well have the last alone.
    """
    names = [number for number, heading in enumerate(headings) if heading.role == "name"]
    between = headings[names[0] : names[-1]] if names else ()
    if not any(heading.role == "target" for heading in between):
        return (tuple(headings),)
    # Its level 2 belongs to a block, level 1 in front of both to the table.
    begin = next(number for number in range(names[-1], 0, -1) if headings[number - 1].role != "level2")
    levels = tuple(heading for heading in headings[: names[0]] if heading.role in ("level1", "level2"))
    first = tuple(
        replace(heading, role=_OF_ANOTHER_PERIOD.get(heading.role, heading.role))
        for heading in headings[names[0] : begin]
    )
    last = tuple(headings[begin:])
    return (*levels, *first, *last), (*levels, *last)
