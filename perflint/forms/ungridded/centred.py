"""Values of three lines in text laid out by blanks, whose second line stands beside their label."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from perflint.document import LinePlace
from perflint.forms.ungridded.tokens import Token, merged, overlaps
from perflint.forms.vocabulary import year_line

Roles = Callable[[str], dict[str, str]]
"""Tells what a label may be, by block of fields.toml."""


def with_first_lines(lines: Sequence[Sequence[Token]], roles_of: Roles) -> list[list[Token]]:
    """Return the lines with the first line of each value of three put in front of the second.

    In a table whose cells are centred a value has as many lines above the one beside its label as below it;
    what stands below a value that has been put together is its own last line, not the first of the next.
    """
    moved = [list(line) for line in lines]
    labelled = [any(roles_of(token.text) for token in line) for line in lines]
    last_lines: set[int] = set()
    for number in range(1, len(lines) - 1):
        if not labelled[number]:
            continue
        if _has_come_down(moved[number]):
            last_lines.add(number + 1)
        elif not (labelled[number - 1] or labelled[number + 1] or number - 1 in last_lines):
            line = _put_together(moved[number - 1], moved[number], moved[number + 1], roles_of)
            if line != moved[number]:
                moved[number] = line
                last_lines.add(number + 1)
    return [line for line in moved if line]


def _has_come_down(line: Sequence[Token]) -> bool:
    """Say whether a line holds what stands above it in the text: the first of the two lines of a value."""
    places = [token.passage.place for token in line]
    return len({place.line for place in places if isinstance(place, LinePlace)}) > 1


def _put_together(
    above: list[Token], line: Sequence[Token], below: Sequence[Token], roles_of: Roles
) -> list[Token]:
    """Return a line whose values took what stands above them where as much stands below; `above` loses it."""
    result = list(line)
    for index in range(1, len(line)):
        value = line[index]
        if roles_of(value.text) or not roles_of(line[index - 1].text):
            continue
        heads = [token for token in above if overlaps(token, value) and year_line(token.text) is None]
        rests = [token for token in below if overlaps(token, value)]
        if len(heads) == len(rests) == 1:
            above.remove(heads[0])
            whole = merged([heads[0], value])
            result[index] = replace(whole, line=value.line, first=value.first, start=value.start)
    return result
