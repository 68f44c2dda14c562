"""Known labels in a run of tokens, also those that a narrow cell broke over several lines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from itertools import pairwise

from perflint.forms.ungridded.tokens import Token
from perflint.forms.vocabulary import LONGEST_LABEL, bare, comparable, field_role
from perflint.words import words

# 服|务|对|象|满|意|度|指|标: a label one character wide.
LONGEST_RUN = 12


def label_length(tokens: Sequence[Token], start: int, known: Callable[[str], bool]) -> int:
    """Return how many tokens from `start` make the longest known label, 0 where none does.

    What stands at the end of one line and at the beginning of the next can be parts of one label, and what
    a single blank parts, unless both are labels themselves: some converters write one for a line end inside
    a cell (项目资金总 额). Between tabs cells are whole. What stands in brackets may follow a label, (元), but
    begins none.
    """
    longest = 0
    text = ""
    if not bare(tokens[start].text):
        return 0
    for count in range(1, LONGEST_RUN + 1):
        run = tokens[start : start + count]
        if len(run) < count or (count > 1 and not _continues(run[-2], run[-1])):
            break
        text += run[-1].text
        if len(text) > LONGEST_LABEL:
            break
        if known(text) and not _are_neighbours(run, known):
            longest = count
    return longest


def _continues(before: Token, token: Token) -> bool:
    """Say whether a token may go on with the cell of the token before it."""
    return token.column is None and (
        token.first and before.last if token.line != before.line else token.gap == 1
    )


def _are_neighbours(run: Sequence[Token], known: Callable[[str], bool]) -> bool:
    """Say whether tokens on one line are labels each by itself: 其他资金 其他资金."""
    on_one_line = any(before.line == token.line for before, token in pairwise(run))
    return on_one_line and all(known(token.text) for token in run)


def is_block_label(token: Token) -> bool:
    """Say whether a token is the label beside the indicator table (绩效指标), or a part of it (绩效) or of another."""
    endings = words("ungridded")["names"]["label_endings"]
    if not token.first:
        # 满意度指标|指标|…: the rest of a label of level 2 that a page break cuts.
        return token.column is not None and not token.last and token.text in endings
    label = words("fields")["blocks"]["indicators"][0]
    return field_role(token.text, "blocks") == "indicators" or token.text in (label[:2], label[2:])


@cache
def level_labels() -> frozenset[str]:
    """Return all labels of levels for comparing."""
    entries = [entry for level in ("level1", "level2") for entry in words("levels")[level].values()]
    return frozenset(comparable(name) for entry in entries for name in entry["names"])
