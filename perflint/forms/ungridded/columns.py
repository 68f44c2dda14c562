"""Tell the columns of a table laid out by blanks: each text of a line goes to the column it looks like and stands near."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from statistics import median
from typing import Any

from perflint.forms.ungridded.cells import join_cost, looks_like_value, text_cost
from perflint.forms.ungridded.labels import level_labels
from perflint.forms.ungridded.sections import Heading, lines_of
from perflint.forms.ungridded.tokens import Token
from perflint.forms.vocabulary import comparable, looks_like_label
from perflint.words import words

# The places of the columns are found in so many rounds: first near the headings, then near what was found there.
_ROUNDS = 3
_IN_WORDS = frozenset({"name", "target", "other_target", "actual", "reason", "note"})


@dataclass(frozen=True, slots=True)
class _Column:
    """Where a column stands on a page: the usual beginning and the usual middle of its texts."""

    role: str
    start: float
    centre: float


def with_columns(headings: Sequence[Heading], tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens of a table with the number of their column, that of its heading from the left.

    Converters that lay a page out by blanks let its columns drift: a line of many Chinese characters pushes
    what follows to the right, and each page has a margin of its own. So a text's look tells its column as
    well as its place.
    """
    lines = [list(line) for line in lines_of(tokens)]
    pages = list(accumulate(int(line[0].break_before) for line in lines))
    first = [_Column(heading.role, heading.token.start, heading.token.centre) for heading in headings]
    columns: Mapping[int, Sequence[_Column]] = defaultdict(lambda: first)
    for _ in range(_ROUNDS):
        numbers = [_numbers(line, columns[page]) for line, page in zip(lines, pages, strict=True)]
        placed = [
            [replace(token, column=number) for token, number in zip(line, found, strict=True)]
            for line, found in zip(lines, numbers, strict=True)
        ]
        columns = _columns_by_page(placed, pages, first)
    return [token for line in placed for token in line]


def _columns_by_page(
    lines: Sequence[Sequence[Token]], pages: Sequence[int], first: Sequence[_Column]
) -> Mapping[int, Sequence[_Column]]:
    """Return where the columns stand on each page by the texts in them; as before where there are none."""
    by_page: dict[int, list[Token]] = defaultdict(list)
    for line, page in zip(lines, pages, strict=True):
        by_page[page] += line
    return {
        page: [
            _moved(column, [token for token in tokens if token.column == number])
            for number, column in enumerate(first)
        ]
        for page, tokens in by_page.items()
    }


def _moved(column: _Column, tokens: Sequence[Token]) -> _Column:
    if not tokens:
        return column
    return replace(
        column,
        start=median(token.start for token in tokens),
        centre=median(token.centre for token in tokens),
    )


def _numbers(line: Sequence[Token], columns: Sequence[_Column]) -> list[int]:
    """Return the columns of the texts of a line, from the left to the right, the cheapest way."""
    known: list[tuple[float, list[int]]] = [(0.0, [])]
    for position, token in enumerate(line):
        following: list[tuple[float, list[int]]] = []
        for number, column in enumerate(columns):
            options = [
                (cost + _same_cell(line, position, path, number), path)
                for cost, path in known
                if not path or path[-1] <= number
            ]
            cost, path = min(options, default=(float("inf"), []))
            following.append((cost + _cost(token, column), [*path, number]))
        known = following
    return min(known)[1]


def _same_cell(line: Sequence[Token], position: int, path: Sequence[int], number: int) -> float:
    """Return what it costs that a text stands in the same column as the one before it on the line."""
    if not path or path[-1] != number:
        return 0.0
    return join_cost([line[position - 1], line[position]])


def _cost(token: Token, column: _Column) -> float:
    """Return what it costs to read a text as one of a column: by its look, and by how far away it stands."""
    costs = _costs()
    away = min(abs(token.start - column.start), abs(token.centre - column.centre))
    misfit = min(_misfit(column.role, token.text), costs["most_misfit"])
    return float(misfit + min(away * costs["away"], costs["most_away"]))


def _misfit(role: str, text: str) -> float:
    """Return how little a text looks like one of a column: a part of a label in that of a level.

    The last characters of a broken name or value (制, 内响应) look like nothing.
    """
    costs = _costs()
    if role in _IN_WORDS and len(text) <= costs["shortest"] and not looks_like_value(text):
        return 0.0
    if role not in ("level1", "level2"):
        return text_cost(role, text)
    part = comparable(text)
    if any(part in label for label in level_labels()):
        return float(costs["label"])
    return float(costs["unknown_label"] if looks_like_label(text) else costs["most_misfit"])


def _costs() -> Any:
    return words("ungridded")["costs"]["columns"]
