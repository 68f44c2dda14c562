"""Known labels in a run of tokens, also those that a narrow cell broke over several lines."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from perflint.forms.ungridded.tokens import Token, joined_text
from perflint.forms.vocabulary import bare, field_role
from perflint.words import words

# 服|务|对|象|满|意|度|指|标: a label one character wide.
LONGEST_RUN = 12


def label_length(tokens: Sequence[Token], start: int, known: Callable[[str], bool]) -> int:
    """Return how many tokens from `start` make the longest known label, 0 where none does.

    Only what stands at the end of one line and at the beginning of the next can be parts of one label;
    between tabs cells are whole. What stands in brackets may follow a label, (元), but begins none.
    """
    longest = 0
    if not bare(tokens[start].text):
        return 0
    for count in range(1, LONGEST_RUN + 1):
        run = tokens[start : start + count]
        if len(run) < count or (count > 1 and not _continues(run[-2], run[-1])):
            break
        if known(joined_text(run)):
            longest = count
    return longest


def _continues(before: Token, token: Token) -> bool:
    """Say whether a token may go on with the cell of the token before it on the next line."""
    return token.column is None and before.last and token.first


def is_block_label(token: Token) -> bool:
    """Say whether a token is the label beside the indicator table (绩效指标), or a part of it (绩效)."""
    if not token.first:
        return False
    label = words("fields")["blocks"]["indicators"][0]
    return field_role(token.text, "blocks") == "indicators" or token.text in (label[:2], label[2:])
