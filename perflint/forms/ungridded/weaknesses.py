"""Tell what of a form without a grid was read with low confidence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from perflint.document import Place
from perflint.forms.ungridded.cells import cannot_be_value
from perflint.forms.ungridded.levels import TRUSTED_STATES, PrintedLabel
from perflint.forms.ungridded.pieces import is_level_label
from perflint.forms.ungridded.rows import STATES_WITH_COLUMNS, Rows
from perflint.forms.ungridded.tokens import Token, joined_passage
from perflint.model import Form, FundingRow, Part, Weakness
from perflint.words import words

# A table in which more of the values are missing was not read right.
_MOST_LOST_VALUES = 1 / 3
_LONGEST_QUOTE = 40


def weaknesses_of(
    form: Form, rows: Rows, labels: Sequence[PrintedLabel], misfit: float
) -> Iterator[Weakness]:
    """Yield what of a form was read with low confidence.

    `rows` are those of its table as they were read, `labels` the level labels among them, `misfit` how little
    the cells look like those of their columns.
    """
    has_columns = rows.state in STATES_WITH_COLUMNS
    if not has_columns and misfit > words("ungridded")["costs"]["table"]["doubtful"]:
        for part in (Part.ROWS, Part.VALUES, Part.LEVELS):
            yield _weakness(part, "no_rows", form.place)
    yield from _of_levels(form, rows)
    yield from _of_rows(form, rows, labels)
    if not has_columns:
        yield from _of_values(form)
        yield from _of_empty_fields(form)


def _of_levels(form: Form, rows: Rows) -> Iterator[Weakness]:
    """Yield that levels were inferred, or that there is no row to have one."""
    unsure = [
        level for row in form.indicators for level in (row.level1, row.level2) if level and not level.sure
    ]
    if unsure or rows.state not in TRUSTED_STATES or any(row.level1 is None for row in form.indicators):
        yield _weakness(Part.LEVELS, "levels", unsure[0].passage.place if unsure else form.place)
    if not form.indicators:
        yield _weakness(Part.LEVELS, "no_rows", form.place)


def _of_rows(form: Form, rows: Rows, labels: Sequence[PrintedLabel]) -> Iterator[Weakness]:
    """Yield the values that were lost and the lines that were not understood."""
    lost = [row for row in form.indicators if row.value_lost]
    if lost:
        yield _weakness(Part.VALUES, "values", lost[0].place)
    lines_are_shared_out = rows.state == "middle" and bool(lost)
    if lines_are_shared_out or len(lost) >= _MOST_LOST_VALUES * max(len(form.indicators), 1):
        yield _weakness(Part.ROWS, "no_rows", form.place)
    for line in (*rows.unread, *_unused_labels(form, labels)):
        reason = _quoting(words("ungridded")["weaknesses"]["rows"], line)
        yield Weakness(Part.ROWS, reason, line[0].passage.place)


def _of_values(form: Form) -> Iterator[Weakness]:
    """Yield the first value that cannot be one: pieces of several cells, put together wrongly."""
    passages = (passage for row in form.indicators for passage in (row.target_passage, row.actual_passage))
    doubtful = next((passage for passage in passages if passage and cannot_be_value(passage.text)), None)
    if doubtful:
        text = doubtful.text[:_LONGEST_QUOTE]
        yield _weakness(Part.VALUES, "doubtful_value", doubtful.place, text=text)


def _of_empty_fields(form: Form) -> Iterator[Weakness]:
    """Yield the fields without a value in a text without columns: it may stand elsewhere, unread."""
    for part, entries in ((Part.HEADER, form.header), (Part.GOALS, form.goals)):
        filled = words("ungridded")["fields"]["filled"]
        empty = next((entry for entry in entries if entry.value is None and entry.role in filled), None)
        if empty:
            yield _weakness(part, "empty_field", empty.place, label=empty.label)
    for row in filter(_holds_money, form.funding.rows):
        empty = next((entry for entry in row.columns.values() if entry.value is None), None)
        if empty:
            yield _weakness(Part.FUNDING, "empty_field", empty.place, label=f"{row.label} {empty.label}")
            return


def _holds_money(row: FundingRow) -> bool:
    """Say whether a row of the funds has to be filled: the total, and any with an amount other than 0.

    Carry-over and other funds are nothing in most forms, and their rate and score are left empty.
    """
    texts = (entry.value.text for entry in row.columns.values() if entry.value)
    return row.role == "annual_total" or any(re.search("[1-9]", text) for text in texts)


def _unused_labels(form: Form, labels: Sequence[PrintedLabel]) -> Iterator[tuple[Token, ...]]:
    """Yield what was taken for the label of an unknown level and heads no row."""
    used = {level.passage for row in form.indicators for level in (row.level1, row.level2) if level}
    for label in labels:
        if label.token.passage not in used and not is_level_label(label.token.text):
            yield (label.token,)


def _weakness(part: Part, reason: str, place: Place, **values: str) -> Weakness:
    """Return a weakness for a reason of `rules/words/ungridded.toml`, its blanks filled."""
    sentences = words("ungridded")["weaknesses"][reason]
    return Weakness(part, {language: text.format(**values) for language, text in sentences.items()}, place)


def _quoting(reason: Mapping[str, str], tokens: Sequence[Token]) -> dict[str, str]:
    """Return a reason with a line of the text in it."""
    text = joined_passage(tokens).text
    quote = text if len(text) <= _LONGEST_QUOTE else f"{text[:_LONGEST_QUOTE]}…"
    return {language: sentence.format(text=quote) for language, sentence in reason.items()}
