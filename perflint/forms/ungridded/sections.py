"""Cut text without a grid into forms, and each form at the ends of its indicator table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise, takewhile

from perflint.document import Passage
from perflint.forms.ungridded.cells import is_points
from perflint.forms.ungridded.labels import is_block_label, label_length, level_labels
from perflint.forms.ungridded.tokens import Token, merged
from perflint.forms.vocabulary import (
    bare,
    column_role,
    comparable,
    field_role,
    is_note,
    split_label,
    title_of,
)
from perflint.words import words

_LEVELS = frozenset({"level1", "level2"})
_VALUES = frozenset({"target", "other_target", "actual"})
# What may stand under a heading that is parted in a second line: 指标值 over 上年实际值, 预期当年实现值.
_PARTS_OF_A_VALUE = _VALUES | {"sign", "unit"}
# Between two headings of one table stand at most the parts of the block's label (绩效|指标).
_TOKENS_BETWEEN_HEADINGS = 2
# So many labels of levels show that a form's table stands below a title.
_LEVELS_OF_A_FORM = 3


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the indicator table with the role of its column."""

    token: Token
    role: str


@dataclass(frozen=True, slots=True)
class Section:
    """The text of one form: before the head of its indicator table, below it, and behind its last row.

    `title` is None where the form has none.
    """

    title: Token | None
    before: tuple[Token, ...]
    headings: tuple[Heading, ...]
    table: tuple[Token, ...]
    closing: tuple[Token, ...]


def sections_of(tokens: Sequence[Token]) -> tuple[Section, ...]:
    """Return the forms of a text in reading order; a title without an indicator table below it begins none.

    A title that is printed again over a table that goes on (without a project's name) begins none either.
    """
    sections: list[Section] = []
    for title, body in _stretches(tokens):
        section = _section(title, body)
        if section is None:
            continue
        if sections and _goes_on(sections[-1], section):
            sections[-1] = _continued(sections[-1], section)
        else:
            sections.append(section)
    return tuple(sections)


def titles_without_head(tokens: Sequence[Token]) -> list[Passage]:
    """Return the titles over the parts of a form, levels among them, whose head of the table was not found."""
    return [
        title.passage
        for title, body in _stretches(tokens)
        if title
        and _section(title, body) is None
        and _names_a_project(body)
        and len({token.text for token in body} & level_labels()) >= _LEVELS_OF_A_FORM
    ]


def _stretches(tokens: Sequence[Token]) -> Iterator[tuple[Token | None, list[Token]]]:
    """Yield the tokens from each title to the next; what stands before the first title comes without one.

    Without a title a form begins at its project's name.
    """
    title: Token | None = None
    body: list[Token] = []
    has_head = False
    for line in lines_of(tokens):
        whole = merged(line)
        is_title = title_of(whole.text) is not None and column_role(whole.text) is None
        if is_title or (has_head and _is_name_label(line[0].text)):
            yield title, body
            title, body, has_head = whole if is_title else None, [], False
        if not is_title:
            body += line
            has_head = has_head or any(column_role(token.text) in _LEVELS for token in line)
    yield title, body


def lines_of(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """Yield the tokens line by line."""
    line: list[Token] = []
    for token in tokens:
        if line and token.line != line[-1].line:
            yield line
            line = []
        line.append(token)
    if line:
        yield line


def _section(title: Token | None, body: Sequence[Token]) -> Section | None:
    """Cut the text of one form at the head of its indicator table; None where there is no such head."""
    runs = map(_with_parted_value, map(_from_level, _heading_runs(body)))
    heads = [run for run in runs if _is_head(run)]
    if not heads:
        return None
    first, end = heads[0][0][0], max(stop for _, stop, _ in heads[0])
    before = list(body[:first])
    has_numbers = bool(before) and column_role(before[-1].text) == "extra"
    while before and (is_block_label(before[-1]) or column_role(before[-1].text) == "extra"):
        before.pop()
    rest = _without(body[end:], [(start - end, stop - end) for run in heads[1:] for start, stop, _ in run])
    table = [*_labels_among(body, heads[0]), *rest]
    table = _without_numbers(table) if has_numbers else table
    closing = next((i for i, token in enumerate(table) if _closes(table, i, token)), _end_of_columns(table))
    return Section(
        title=title,
        before=tuple(before),
        headings=tuple(heading for _, _, heading in heads[0]),
        table=tuple(table[:closing]),
        closing=tuple(table[closing:]),
    )


Run = list[tuple[int, int, Heading]]
"""Headings one after the other, each with the numbers of its first token and of the one behind its last."""


def _heading_runs(tokens: Sequence[Token]) -> Iterator[Run]:
    """Yield the headings that follow one another closely.

    Between those of one head the labels of all rows may stand, where a converter wrote column by column.
    """
    found: Run = []
    for start, end, heading in _headings(tokens):
        between = tokens[found[-1][1] : start] if found else []
        if not _is_head(found):
            between = [token for token in between if not _is_part_of_level(token)]
        if len(between) > _TOKENS_BETWEEN_HEADINGS:
            yield found
            found = []
        found.append((start, end, heading))
    if found:
        yield found


def _is_part_of_level(token: Token) -> bool:
    """Say whether a token is the label of a level or a part of it, as a narrow cell leaves it (指标 aside)."""
    part = comparable(token.text)
    return (
        token.column is None and not is_block_label(token) and any(part in label for label in level_labels())
    )


def _labels_among(tokens: Sequence[Token], head: Run) -> list[Token]:
    """Return the labels of levels that stand between the headings of a head: they are those of its rows."""
    gaps = pairwise(head)
    return [
        token
        for (_, end, _), (start, _, _) in gaps
        for token in tokens[end:start]
        if _is_part_of_level(token)
    ]


def _headings(tokens: Sequence[Token]) -> Iterator[tuple[int, int, Heading]]:
    """Yield the headings of indicator tables among the tokens."""
    at = 0
    while at < len(tokens):
        length = label_length(tokens, at, is_heading) or (column_role(tokens[at].text) is not None)
        if not length:
            at += 1
            continue
        token = merged(tokens[at : at + length])
        role = column_role(token.text)
        if role:
            yield at, at + length, Heading(token, role)
        at += length


def is_heading(text: str) -> bool:
    """Say whether a text is a heading as the vocabulary has it, whatever stands in brackets behind it.

    An ending alone would join what does not belong together.
    """
    known = _headings_by_name()
    is_known = comparable(text) in known or (text.endswith((")", "）")) and bare(text) in known)
    return is_known and column_role(text) is not None


@cache
def _headings_by_name() -> frozenset[str]:
    """Return the headings of columns.toml for comparing."""
    entries = words("columns")["roles"].values()
    return frozenset(comparable(name) for entry in entries for name in entry["names"])


def _from_level(run: Run) -> Run:
    """Return the headings from the first level on: 实际完成情况 in front of it heads the goals."""
    first = next((index for index, (_, _, heading) in enumerate(run) if heading.role in _LEVELS), len(run))
    return run[first:]


def _with_parted_value(run: Run) -> Run:
    """Put the parts of a value's heading, which stand in a later line, in the place of the heading itself."""
    at = next((index for index, (_, _, heading) in enumerate(run) if heading.role == "target"), len(run))
    parts = list(takewhile(lambda entry: entry[2].role in _PARTS_OF_A_VALUE, reversed(run[at + 1 :])))[::-1]
    roles = {heading.role for _, _, heading in parts}
    if len(parts) < 2 or "target" not in roles or parts[0][2].token.line == run[at][2].token.line:
        return run
    return [*run[:at], *parts, *run[at + 1 : len(run) - len(parts)]]


def _without_numbers(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens without the numbers 1, 2, 3, … of the rows, each the first of its line."""
    kept: list[Token] = []
    expected = 1
    begins = False
    for token in tokens:
        if token.first and token.text == str(expected):
            expected += 1
            begins = not token.last
            continue
        kept.append(replace(token, first=True) if begins else token)
        begins = False
    return kept


def _is_head(run: Run) -> bool:
    """Say whether headings make the head of an indicator table: a level, a name and a value."""
    roles = {heading.role for _, _, heading in run}
    return bool(roles & _LEVELS) and len(roles & {*_LEVELS, "name"}) > 1 and bool(roles & _VALUES)


def _without(tokens: Sequence[Token], stretches: Sequence[tuple[int, int]]) -> list[Token]:
    """Return the tokens without some stretches: heads that a new page repeats."""
    dropped = {index for start, end in stretches for index in range(start, end)}
    return [token for index, token in enumerate(tokens) if index not in dropped]


def _closes(tokens: Sequence[Token], index: int, token: Token) -> bool:
    """Say whether the indicator table ends before a token: at the total, the grade, or a note."""
    if not token.first:
        return False
    following = [other for other in tokens[index + 1 : index + 4] if other.line == token.line]
    if field_role(token.text, "closing") and token.last:
        return index + 1 < len(tokens) and is_points(tokens[index + 1].text)
    if field_role(token.text, "closing"):
        return not any(column_role(other.text) for other in following)
    return is_note(token.text) and not following


def _end_of_columns(tokens: Sequence[Token]) -> int:
    """Return where the last line with columns ends: what stands below a table between tabs is no row of it."""
    ends = (index for index in range(len(tokens), 0, -1) if tokens[index - 1].column is not None)
    return next(ends, len(tokens))


def _goes_on(before: Section, section: Section) -> bool:
    """Say whether a section is but the rest of the one before: same title, and no project's name."""
    if section.title is None or before.title is None:
        return section.title is None and not _names_a_project(section.before)
    same = comparable(section.title.text) == comparable(before.title.text)
    return same and not _names_a_project(section.before)


def _names_a_project(tokens: Sequence[Token]) -> bool:
    """Say whether the label of the project's name is among the tokens, whole or broken over lines."""
    return any(label_length(tokens, at, _is_name_label) for at in range(len(tokens)))


def _is_name_label(text: str) -> bool:
    """Say whether a text is the label of the project's name, with or without the name behind its colon."""
    split = split_label(text)
    return field_role(split[0] if split else text, "header") == "project_name"


def _continued(before: Section, section: Section) -> Section:
    """Return a section with the rows of its continuation."""
    return Section(
        before.title,
        before.before,
        before.headings,
        (*before.table, *before.closing, *section.table),
        section.closing,
    )


def title_passage(section: Section) -> Passage:
    """Return the title, or an empty text where the form begins."""
    if section.title:
        return section.title.passage
    first = (*section.before, *(heading.token for heading in section.headings))[0].passage
    return Passage("", first.place, first.confidence)
