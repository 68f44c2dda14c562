"""The money of a form in text without a grid."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from perflint.forms.ungridded.fields import Field
from perflint.forms.ungridded.tokens import Token, merged
from perflint.forms.vocabulary import (
    ROLES_IN_TOTAL,
    ROLES_IN_YEAR,
    funding_roles,
    is_blank,
    money_unit,
    shown_label,
)
from perflint.model import Entry, Funding, FundingRow
from perflint.words import words

# 1,007,375.00; 80.5%; 12万元 where a form writes the unit behind each amount.
_AMOUNT = re.compile(r"-?[\d,]+(?:\.\d*)?(?:%|％|元|万元)?")
# The two parts of an amount in a column too narrow for it: 250000.0|0, 1,823,650|.5, 1,204,|000, 1,823,65|0.5, 185000|0.00,
# 86.18|%.
_BROKEN = re.compile(
    r"[\d,]+(?:\.\d?\n\d{1,2}|\n\.\d{1,2}|(?:\.\d+)?\n[%％]"
    r"|,(?:\n\d{3}|\d\n\d\d|\d\d\n\d)(?:,\d{3})*(?:\.\d+)?)|\d{5,}\n\d{1,3}\.\d{1,2}"
)
_PARTED = re.compile(r"[\d,]+\.?\d* [\d,.]+(?:%|％|元|万元)?")
_TOTALS = ("total", "annual_total")


def funding_of(fields: Sequence[Field]) -> Funding:
    """Return the money of a form: entries by label, or rows under headings in a self-evaluation."""
    money = [field for field in fields if "funding" in field.roles]
    headings = [field for field in fields if "funding_columns" in field.roles]
    unit = _unit(fields)
    if headings:
        first = fields.index(headings[-1])
        rows = [field for field in fields[first:] if "funding" in field.roles]
        rows = rows or _unlabelled_row(fields[: fields.index(headings[0])], headings[-1])
        return Funding(unit, rows=tuple(_row(field, headings) for field in rows))
    return Funding(unit, entries=tuple(_entries(money)))


def _unlabelled_row(before: Sequence[Field], last_heading: Field) -> list[Field]:
    """Return the only row of a funds table as the one of the whole block: 项目资金（万元） over the amounts."""
    block = next((field for field in reversed(before) if field.roles.get("blocks") == "funding"), None)
    if block is None or not last_heading.values:
        return []
    label = replace(block.label, line=last_heading.values[0].line)
    return [Field(label, {"funding": "annual_total"}, last_heading.values)]


def amounts_of(field: Field) -> list[Token]:
    """Return the amounts behind a label, blanks' signs among them, up to the first token that is none."""
    amounts: list[Token] = []
    for token in map(_without_blanks, field.values):
        text = token.text
        if field.label.column is not None and token.line != field.label.line:
            break
        if not (_AMOUNT.fullmatch(text) or is_blank(text) or (amounts and _is_rest(amounts[-1], token))):
            break
        amounts.append(token)
    return amounts


def _without_blanks(token: Token) -> Token:
    """Return an amount whose line end a converter wrote as a blank, 250000.0 0, as it was; else the token."""
    if token.column is None or not _PARTED.fullmatch(token.text):
        return token
    return replace(token, passage=replace(token.passage, text=token.text.replace(" ", "")))


def _whole_amounts(field: Field, expected: int) -> list[Token]:
    """Return the amounts behind a label, with those whole that a line end breaks: 250000.0|0.

    Only where more stand there than expected, and as many are broken as are too many.
    """
    amounts = amounts_of(field)
    broken: list[int] = []
    for number, pair in enumerate(pairwise(amounts)):
        # What ends one amount begins no other: 1,912,65|0.5|10.
        if number - 1 not in broken and _is_rest(*pair):
            broken.append(number)
    if not broken or len(amounts) - len(broken) != expected:
        return amounts
    whole: list[Token] = []
    for number, amount in enumerate(amounts):
        if number - 1 in broken:
            whole[-1] = merged([whole[-1], amount])
        else:
            whole.append(amount)
    return whole


def _is_rest(before: Token, token: Token) -> bool:
    """Say whether a token on the next line may be the rest of the amount before it."""
    return token.line != before.line and _BROKEN.fullmatch(f"{before.text}\n{token.text}") is not None


def _unit(fields: Sequence[Field]) -> str | None:
    """Return the unit of account as the labels of the money give it, in their brackets or behind them."""
    for field in fields:
        if field.roles.keys() & {"funding", "funding_columns", "blocks"}:
            texts = (field.label.text, *(token.text for token in field.values[:1]))
            if unit := next((unit for text in texts if (unit := money_unit(text))), None):
                return unit
    return None


def _entries(fields: Sequence[Field]) -> list[Entry]:
    """Give the amounts of a declaration their roles; a label that stands in both columns is told apart."""
    roles = [_role(fields, number) for number in range(len(fields))]
    labels = [shown_label(field.label.text) for field in fields]
    suffix = words("fields")["affixes"]["total_column"]
    entries = []
    for field, role, label in zip(fields, roles, labels, strict=True):
        amount = next(iter(_whole_amounts(field, 1)), None)
        in_total = role in ("total_fiscal", "total_other") and labels.count(label) > 1
        value = None if amount is None or is_blank(amount.text) else amount.passage
        place = amount.passage.place if amount else field.label.passage.place
        entries.append(Entry(label + suffix if in_total else label, role, value, place))
    return entries


def _role(fields: Sequence[Field], number: int) -> str | None:
    """Return the role of a funding label.

    On the left it belongs to the whole project, on the right to the year.
    """
    field = fields[number]
    known = funding_roles(field.label.text)
    if known[0] in _TOTALS:
        return known[0]
    totals = [other for other in fields if funding_roles(other.label.text)[0] in _TOTALS]
    heads = {funding_roles(total.label.text)[0]: total.label for total in totals}
    if len(heads) < 2:
        in_year = "annual_total" in heads
    else:
        in_year = _is_right(field.label, heads["total"], heads["annual_total"], fields[:number])
    return (ROLES_IN_YEAR if in_year else ROLES_IN_TOTAL).get(known[0], known[0])


def _is_right(label: Token, total: Token, annual: Token, before: Sequence[Field]) -> bool:
    """Say whether a label stands in the column of the year, by its place on the line or else by its turn."""
    if total.line == annual.line and (label.column is not None or label.line != total.line):
        same_line = [field for field in before if field.label.line == label.line]
        if label.column is not None and annual.column is not None and total.column is not None:
            return abs(label.column - annual.column) < abs(label.column - total.column)
        if same_line:
            return True
    same = [field for field in before if field.label.text == label.text]
    return (
        bool(same)
        or funding_roles(label.text)[0] == "carry_over"
        or "annual_fiscal" in funding_roles(label.text)[:1]
    )


def _row(field: Field, headings: Sequence[Field]) -> FundingRow:
    """Return a row of the funds table: its amounts stand in the order of the headings."""
    label = shown_label(field.label.text)
    known = funding_roles(field.label.text)
    amounts = _whole_amounts(field, len(headings))
    columns = {}
    for position, heading in enumerate(headings):
        role = heading.roles["funding_columns"]
        amount = _amount_under(heading, position, amounts, len(headings))
        place = amount.passage.place if amount else field.label.passage.place
        value = amount.passage if amount else None
        if role != "other":
            columns[role] = Entry(shown_label(heading.label.text), role, value, place)
    role = ROLES_IN_YEAR.get(known[0], known[0]) if known else field.roles["funding"]
    return FundingRow(label, role, columns, field.label.passage.place)


def _amount_under(heading: Field, position: int, amounts: Sequence[Token], headings: int) -> Token | None:
    """Return the amount under a heading: the one in its column where cells are missing, else by order.

    None where more amounts than headings stand in the row: a heading was not read, any could be it.
    """
    if len(amounts) != headings and heading.label.column is not None:
        return next((amount for amount in amounts if amount.column == heading.label.column), None)
    if len(amounts) > headings:
        return None
    return amounts[position] if position < len(amounts) else None
