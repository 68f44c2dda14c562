"""Part what a converter wrote without what parts two cells of an indicator table, or two rows."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import replace
from itertools import zip_longest

from perflint.forms.ungridded.cells import is_figure, looks_like_value, text_cost
from perflint.forms.ungridded.labels import level_labels
from perflint.forms.ungridded.sections import lines_of
from perflint.forms.ungridded.tokens import Token, is_wide, joined_text, parted
from perflint.forms.vocabulary import comparable
from perflint.words import words

_SHORTEST_NAME = 3
# The points of a level belong to its label: 产出目标(34).
_IN_BRACKETS = re.compile("[（(][^（()）]*[）)]")
# A unit in brackets or a percent sign ends a value; a figure or a comparator begins the next.
_BETWEEN_VALUES = re.compile(r"[)）%％](?=[≥≤=<>＝]*\d)")


def with_parted_values(tokens: Sequence[Token]) -> list[Token]:
    """Part values that stand right behind one another: ≥50.00(%)48.00(%)5.00.

    Between tabs only those whose next column is empty: the second value stands there.
    """
    parts: list[Token] = []
    for token, following in zip_longest(tokens, tokens[1:]):
        rest = token
        while _has_room(rest, following) and (length := _first_value(rest.text)):
            value, rest = parted(rest, length)
            rest = rest if rest.column is None else replace(rest, column=rest.column + 1)
            parts.append(value)
        parts.append(rest)
    return parts


def _has_room(token: Token, following: Token | None) -> bool:
    """Say whether another cell may stand between a text and the next one."""
    if token.column is None or following is None or following.line != token.line:
        return True
    return following.column is not None and following.column > token.column + 1


def _first_value(text: str) -> int:
    """Return the length of the value that others stand right behind, 0 where there is but one."""
    ends = (match.start() + 1 for match in _BETWEEN_VALUES.finditer(text))
    return next((end for end in ends if is_figure(text[:end]) and _are_values(text[end:])), 0)


def _are_values(text: str) -> bool:
    return is_figure(text) or _first_value(text) > 0


def with_parted_rows(tokens: Sequence[Token], figures: int) -> list[Token]:
    """Part lines that hold several rows of as many figures: 家长满意度 ≥95% 教职工满意度 ≥90%.

    A row ends behind its last figure where a name and a figure follow.
    """
    parts: list[Token] = []
    added = 0
    for line in lines_of(tokens):
        begins = _beginnings_of_rows(line, figures)
        for index, token in enumerate(line):
            added += index in begins
            first, last = token.first or index in begins, token.last or index + 1 in begins
            parts.append(replace(token, line=token.line + added, first=first, last=last))
    return parts


def _beginnings_of_rows(line: Sequence[Token], figures: int) -> Set[int]:
    """Return where rows begin on a line that others stand before."""
    found: set[int] = set()
    at = [index for index, token in enumerate(line) if is_figure(token.text)]
    if not figures or len(at) <= figures or any(token.column is not None or is_wide(token) for token in line):
        return found
    begin = 0
    for first, last, following in zip(
        at[::figures], at[figures - 1 :: figures], at[figures::figures], strict=False
    ):
        if _is_name(line[begin:first]) and _is_name(line[last + 1 : following]):
            found.add(last + 1)
        begin = last + 1
    return found


def _is_name(tokens: Sequence[Token]) -> bool:
    return bool(tokens) and text_cost("name", joined_text(tokens)) < 0


def with_parted_labels(tokens: Sequence[Token]) -> list[Token]:
    """Part a label, or the end of one that the line above begins, from the name glued to it.

    服务对象满意度|指标游客满意度 is a label and a name. A label that is printed by itself as well begins a
    name instead (质量指标达标率).
    """
    printed = {comparable(token.text) for token in tokens}
    parts: list[Token] = []
    for token in tokens:
        above = comparable(parts[-1].text) if parts and token.first else ""
        length = _label_in_front(above, token.text, printed) if token.column is None else 0
        parts += parted(token, length) if length else [token]
    return parts


def _label_in_front(above: str, text: str, printed: Set[str]) -> int:
    """Return the length of the label, or of the rest of the one above, at the front of a text; 0 for none."""
    for ending in words("ungridded")["names"]["label_endings"]:
        length = text.find(ending) + len(ending)
        rest = text[length:]
        if (
            length < len(ending)
            or len(rest) < _SHORTEST_NAME
            or looks_like_value(rest)
            or _IN_BRACKETS.match(rest)
        ):
            continue
        label = comparable(text[:length])
        ends_label_above = above and above + label in level_labels()
        if ends_label_above or (label in level_labels() and label not in printed):
            return length
    return 0
