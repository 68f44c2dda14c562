"""Labels and values outside the indicator table of text without a grid."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from perflint.document import Passage
from perflint.forms.ungridded.labels import label_length
from perflint.forms.ungridded.tokens import Token, joined_passage, merged, parted
from perflint.forms.vocabulary import (
    comparable,
    field_role,
    funding_roles,
    is_label,
    split_label,
)
from perflint.words import words

# So many labels with a colon, and more than half of all, show that in this form a label has one.
_LABELS_WITH_COLON = 4
_FUNDING_HEADINGS_IN_A_ROW = 3


@dataclass(frozen=True, slots=True)
class Field:
    """A label with the tokens up to the next label; `roles` are what it may be, by block of fields.toml."""

    label: Token
    roles: dict[str, str]
    values: tuple[Token, ...]

    @property
    def has_colon(self) -> bool:
        """Whether the label ends in a colon."""
        return self.label.text.endswith(("：", ":"))


def fields_of(tokens: Sequence[Token]) -> list[Field]:
    """Return the labels among the tokens, each with the tokens up to the next one."""
    parts = [part for token in tokens for part in _parted(token)]
    found = _without_stray_headings(list(_labels(parts)))
    colons = sum(label.text.endswith(("：", ":")) for _, _, label, _ in found)
    if colons >= _LABELS_WITH_COLON and colons * 2 > len(found):
        found = [entry for entry in found if _stands_out(entry[2])]
    ends = [start for start, _, _, _ in found[1:]] + [len(parts)] * bool(found)
    return [
        Field(label, roles, tuple(token for token in parts[end:stop] if not _is_affix(token)))
        for (_, end, label, roles), stop in zip(found, ends, strict=True)
    ]


def roles_of(label: str) -> dict[str, str]:
    """Return what a label may be, by block of fields.toml: 年度总体目标 is a goal and the head of a block."""
    blocks = ("header", "funding", "goals", "closing", "blocks", "funding_columns")
    roles = {block: role for block in blocks if (role := field_role(label, block))}
    if "funding" in roles:
        roles["funding"] = funding_roles(label)[0]
    return roles


LabelAt = tuple[int, int, Token, dict[str, str]]
"""A label with the numbers of its first token and of the one behind its last, and what it may be."""


def _labels(tokens: Sequence[Token]) -> Iterator[LabelAt]:
    """Yield the labels among the tokens."""
    at = 0
    while at < len(tokens):
        length = label_length(tokens, at, _is_known)
        if length:
            label = merged(tokens[at : at + length])
            yield at, at + length, label, roles_of(label.text)
        at += length or 1


def _is_known(text: str) -> bool:
    return is_label(text) or field_role(text, "funding_columns") is not None


def _without_stray_headings(labels: list[LabelAt]) -> list[LabelAt]:
    """Drop the headings of a funds table (得分, 支出数) that do not stand in a row with others."""
    in_a_row: set[int] = set()
    run: list[int] = []
    for number, (start, _, _, roles) in enumerate(labels):
        follows = bool(run) and start == labels[run[-1]][1]
        if "funding_columns" not in roles:
            run = []
            continue
        run = [*run, number] if follows else [number]
        if len(run) >= _FUNDING_HEADINGS_IN_A_ROW:
            in_a_row.update(run)
    return [
        (start, end, label, _only_in_row(roles, number in in_a_row))
        for number, (start, end, label, roles) in enumerate(labels)
        if number in in_a_row or set(roles) != {"funding_columns"}
    ]


def _only_in_row(roles: dict[str, str], in_a_row: bool) -> dict[str, str]:
    """Return the roles of a label as a heading of the funds table, or else without it."""
    if in_a_row:
        return {"funding_columns": roles["funding_columns"]}
    return {block: role for block, role in roles.items() if block != "funding_columns"}


def _stands_out(label: Token) -> bool:
    """Say whether a label has a colon or a line of its own."""
    return label.text.endswith(("：", ":")) or (label.first and label.last)


def _is_affix(token: Token) -> bool:
    """Say whether a token is a word in front of a label: 其中：."""
    return comparable(token.text) in ("", *words("fields")["affixes"]["before"])


def _parted(token: Token) -> tuple[Token, ...]:
    """Part a token at the colon behind a known label: 申报单位：XX局."""
    split = split_label(token.text)
    if split is None or not split[1]:
        return (token,)
    return parted(token, len(token.text) - len(split[1]))


def value_of(field: Field) -> Passage | None:
    """Return the value of an ordinary label.

    In a line with tabs the next cell, else all up to the next label.
    """
    tokens = list(field.values)
    if field.label.column is not None:
        tokens = [token for token in tokens if token.line == field.label.line][:1]
    return joined_passage(tokens) if tokens else None
