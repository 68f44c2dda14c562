"""Know a form's own money: the amount of the year, written as the bound of a cost indicator."""

from __future__ import annotations

import re
from decimal import Decimal

from perflint.model import Entry, Form
from perflint.targets import NUMBER, amount_in_yuan, parse_target
from perflint.words import words

BARE = re.compile(NUMBER)
"""An amount that leaves its unit to the table: 131,000.00."""


def entry_in_yuan(entry: Entry | None, unit: str | None) -> Decimal | None:
    """Return an amount of the funds table in yuan, None for an empty or unreadable one.

    `unit` is the table's 元 or 万元; an amount that carries its own unit keeps it.
    """
    if entry is None or entry.value is None:
        return None
    text = "".join(entry.value.text.split())
    if BARE.fullmatch(text):
        one = amount_in_yuan(parse_target(f"1{unit or ''}"))
        return None if one is None else one * Decimal(text.replace(",", ""))
    stated = parse_target(text)
    return amount_in_yuan(stated if stated.unit else parse_target(f"{text}{unit or ''}"))


def budget_in_yuan(form: Form) -> Decimal | None:
    """Return the money of the year: the annual total, of a self-evaluation the full budget of the year.

    None where the form does not tell it.
    """
    for row in form.funding.rows:
        if row.role == "annual_total":
            return entry_in_yuan(row.columns.get("full_budget"), form.funding.unit)
    return entry_in_yuan(form.entry("annual_total"), form.funding.unit)


def budget_as_bound(form: Form) -> str | None:
    """Write the budget as the target of a cost indicator: ≤13.10(万元).

    None where there is none or it is zero.
    """
    yuan = budget_in_yuan(form)
    if not yuan:
        return None
    amounts = words("measures")["amounts"]
    amount = yuan / amounts["scale"]
    rounded = amount.quantize(Decimal("0.01"))
    return f"≤{rounded if rounded == amount else amount.normalize():f}({amounts['unit']})"
