"""The money of a form in yuan: its budget by role, and what its cost indicators come to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from perflint.checks.hit import Abstain
from perflint.checks.naming import NameKind, read_name
from perflint.checks.once import once_a_form
from perflint.document import Passage
from perflint.model import Form, Indicator, Part
from perflint.readers.clean import fold
from perflint.targets import amount_in_yuan
from perflint.values.budget import entry_in_yuan
from perflint.values.measures import kind_of
from perflint.words import any_word, words

NUMBER = re.compile(r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Cost:
    """A cost indicator; `yuan` is None where its target is no amount.

    `unit_price` where it is one for each of something.
    """

    row: Indicator
    yuan: Decimal | None
    unit_price: bool


def decimal_of(passage: Passage | None) -> Decimal | None:
    """Read a number that stands alone in a cell, with or without %, 元 or 分 behind: 131,000.00, 99.50%.

    None for anything else.
    """
    return _decimal_in(passage.text) if passage is not None else None


@lru_cache(maxsize=8192)
def _decimal_in(text: str) -> Decimal | None:
    text = fold(text)
    match = NUMBER.match(text)
    if match is None or text[match.end() :] not in words("money")["behind_number"]:
        return None
    return Decimal(match.group().replace(",", ""))


def decimals(passage: Passage | None) -> int:
    """Return how many decimals a number is written with."""
    return len(passage.text.partition(".")[2].rstrip("%％ ")) if passage is not None else 0


def budgets(form: Form) -> list[Decimal]:
    """Return the totals that the form states, in yuan, the largest last.

    Of the project, of the year, of a self-evaluation's row.
    """
    unit = form.funding.unit
    amounts = [entry_in_yuan(form.entry(role), unit) for role in ("total", "annual_total")]
    for row in form.funding.rows:
        if row.role == "annual_total":
            amounts.extend(
                entry_in_yuan(row.columns.get(column), unit) for column in ("initial_budget", "full_budget")
            )
    return sorted({amount for amount in amounts if amount})


@once_a_form
def costs(form: Form) -> tuple[Cost, ...]:
    """Return the indicators that stand for spending: 成本指标 other than 社会成本 and 生态环境成本.

    Raises Abstain where a guessed level and the name disagree on whether a row is a cost, or a cost's value
    was lost.
    """
    found = []
    for row in form.indicators:
        by_level, by_name = is_cost(row), read_name(row.name.text).kind is NameKind.COST
        guessed = any(level is not None and not level.sure for level in (row.level1, row.level2))
        if guessed and by_level != by_name:
            raise Abstain(Part.LEVELS)
        if by_level and row.value_lost:
            raise Abstain(Part.VALUES)
        if by_level:
            found.append(Cost(row, total_amount(row), is_unit_price(row)))
    return tuple(found)


def is_cost(row: Indicator) -> bool:
    """Say whether an indicator stands under a level for spending."""
    kinds = words("money")["cost_kinds"]
    level1 = row.level1.kind if row.level1 else None
    level2 = row.level2.kind if row.level2 else None
    return level2 in kinds["level2"] or (level1 == "cost" and level2 not in kinds["side_effects"])


def total_amount(row: Indicator) -> Decimal | None:
    """Return a cost indicator's amount in yuan where it is a sum that adds up with others.

    None for any other value.
    """
    if row.target is None or is_unit_price(row) or any_word("money", "no_spending").search(row.name.text):
        return None
    if row.target.comparator in (">", "≥"):
        return None
    return amount_in_yuan(row.target)


def is_unit_price(row: Indicator) -> bool:
    """Say whether a cost indicator is a price for each of something: 元/人, 单价, 补贴标准."""
    if row.target is not None and kind_of(row.target.measure) == "money_rate":
        return True
    name = row.name.text
    shape = words("money")["unit_price_shape"]
    return any_word("money", "unit_prices").search(name) is not None or re.search(shape, name) is not None
