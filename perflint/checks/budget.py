"""The form's money: whether its parts add up and its cost indicators fit it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import combinations
from typing import Any

from perflint.checks.hit import Hit, Spot
from perflint.checks.money import Cost, budgets, costs, decimal_of
from perflint.model import Entry, Form
from perflint.targets import Target, TargetKind
from perflint.words import any_word, words


def funding_does_not_add_up(form: Form, params: Mapping[str, Any]) -> Iterator[Hit]:
    """Hit a total that its printed parts do not come to.

    `sums` lists totals with the roles of their parts; an empty part counts as 0. A part that the form does
    not have may be any money, so that only a sum above the total is wrong then; one of `may_lack` is none,
    unless the form has an amount under a label that nobody knows. `tolerance` is in the form's unit, for
    each part.
    """
    entries = form.funding.entries
    stands_unknown = any(map(is_unknown_money, (*entries, *form.header)))
    for total_role, part_roles in params["sums"].items():
        total = next((entry for entry in entries if entry.role == total_role), None)
        parts = [entry for entry in entries if entry.role in part_roles]
        needed = needed_parts(part_roles, params, stands_unknown)
        yield from sum_hits(total, parts, needed, f"funding:{total_role}", params)
    columns = {column for row in form.funding.rows for column in row.columns if column in params["columns"]}
    for column in sorted(columns):
        cells = [(row.role, row.columns[column]) for row in form.funding.rows if column in row.columns]
        total = next((cell for role, cell in cells if role == "annual_total"), None)
        part_roles = params["sums"]["annual_total"]
        parts = [
            Entry(cell.label, role, cell.value, cell.place) for role, cell in cells if role in part_roles
        ]
        stands_unknown = any(
            is_unknown_money(Entry("", role, cell.value, cell.place)) for role, cell in cells
        )
        needed = needed_parts(part_roles, params, stands_unknown)
        yield from sum_hits(total, parts, needed, f"funding:annual_total.{column}", params)


def is_unknown_money(entry: Entry) -> bool:
    """Say whether an entry has an amount under a label that is none of the known ones: 社会投入 | 20."""
    return entry.role is None and bool(decimal_of(entry.value))


def needed_parts(roles: Sequence[str], params: Mapping[str, Any], stands_unknown: bool) -> frozenset[str]:
    """Return the parts that a form must print for its total to be the sum of the printed ones."""
    return frozenset(roles) if stands_unknown else frozenset(roles) - frozenset(params["may_lack"])


def sum_hits(
    total: Entry | None, parts: Sequence[Entry], needed: frozenset[str], field: str, params: Mapping[str, Any]
) -> Iterator[Hit]:
    """Hit a total that is not the sum of its parts; less than the total only where all `needed` are there."""
    stated = decimal_of(total.value) if total is not None else None
    amounts = [decimal_of(part.value) if part.value is not None else Decimal(0) for part in parts]
    if (
        total is None
        or total.value is None
        or stated is None
        or None in amounts
        or all(part.value is None for part in parts)
    ):
        return
    numbers = [amount for amount in amounts if amount is not None]
    found = sum(numbers, Decimal(0))
    tolerance = Decimal(str(params["tolerance"])) * len(numbers)
    if abs(found - stated) <= tolerance:
        return
    if found < stated and not needed <= {part.role for part in parts}:
        return
    # 中央资金 and 地方资金 may be parts of a 财政拨款 that is printed too: then some of the parts must come
    # to the total.
    nested = len({part.role for part in parts}) < len(parts)
    if nested and any(abs(sum(some, Decimal(0)) - stated) <= tolerance for some in selections(numbers)):
        return
    yield Hit(
        Spot(None, field),
        total.value.text,
        {
            "label": total.label,
            "sum": f"{found:,f}",
            "total": total.value.text,
            "parts": " + ".join(f"{number:,f}" for number in numbers),
        },
    )


def selections(numbers: Sequence[Decimal]) -> Iterator[tuple[Decimal, ...]]:
    """Yield every selection of some of a few numbers."""
    for size in range(1, len(numbers) + 1):
        yield from combinations(numbers, size)


def cost_above_budget(form: Form, params: Mapping[str, Any]) -> Iterator[Hit]:
    """Hit a form whose cost indicators exceed its larger total by more than `tolerance`, a share of it."""
    stated, found = budgets(form), costs(form)
    if not stated:
        return
    spent, summed = cost_sum(found, stated[-1])
    if spent > stated[-1] * (1 + Decimal(str(params["tolerance"]))):
        yield cost_hit(summed, spent, stated[-1])


def cost_below_budget(form: Form, params: Mapping[str, Any]) -> Iterator[Hit]:
    """Hit a form whose cost indicators come to less than each of its totals by `share` or more.

    Silent where a cost is given as a price for each of something, or as money that cannot be added (20-30万元, a
    bare ≤40): it may cover the rest. `money_words` tell money.
    """
    stated, found = budgets(form), costs(form)
    if not stated or any(cost.unit_price or cannot_be_added(cost, params["money_words"]) for cost in found):
        return
    spent, summed = cost_sum(found, stated[-1])
    if spent and spent <= stated[0] * (1 - Decimal(str(params["share"]))):
        yield cost_hit(summed, spent, stated[0])


def cost_sum(found: Sequence[Cost], total: Decimal) -> tuple[Decimal, list[Cost]]:
    """Return what the cost indicators come to, and those that were added.

    Where one of them is the whole (项目总成本) and the others its parts, the whole counts.
    """
    summed = [cost for cost in found if cost.yuan is not None]
    amounts = sorted(cost.yuan for cost in summed if cost.yuan is not None)
    if not amounts:
        return Decimal(0), []
    largest, others = amounts[-1], sum(amounts[:-1], Decimal(0))
    near_total = abs(largest - total) <= total / 100
    if len(amounts) > 1 and (near_total or largest == others) and others <= largest:
        return largest, [cost for cost in summed if cost.yuan == largest][:1]
    return largest + others, summed


def cost_hit(summed: Sequence[Cost], spent: Decimal, budget: Decimal) -> Hit:
    """Return the hit on the form's cost indicators, amounts in 万元."""
    texts = [cost.row.target.text for cost in summed if cost.row.target is not None]
    values = {
        "sum": in_ten_thousands(spent),
        "budget": in_ten_thousands(budget),
        "rest": in_ten_thousands(abs(budget - spent)),
    }
    return Hit(
        Spot(None, None),
        " + ".join(texts),
        values,
        related=tuple(Spot(cost.row.index, "target") for cost in summed),
    )


def in_ten_thousands(yuan: Decimal) -> str:
    """Write an amount in 万元 without needless zeros: 850000 → 85."""
    text = f"{yuan / 10000:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def no_cost_amount(form: Form, params: Mapping[str, Any]) -> Iterator[Hit]:
    """Hit a form that has cost indicators with values, not one of which states money."""
    found = costs(form)
    rows = [cost.row for cost in found]
    if not rows or any(cost.yuan is not None or cost.unit_price for cost in found):
        return
    if any(row.target is not None and may_be_money(row.target, params["money_words"]) for row in rows):
        return
    excerpt = "；".join(row.target.text for row in rows if row.target is not None)
    yield Hit(
        Spot(None, None),
        excerpt,
        {"count": str(len(rows))},
        related=tuple(Spot(row.index, "target") for row in rows),
    )


def cannot_be_added(cost: Cost, money_words: Sequence[str]) -> bool:
    """Say whether a cost indicator speaks of spending without an amount that adds up with others."""
    target = cost.row.target
    if cost.yuan is not None or target is None or any_word("money", "no_spending").search(cost.row.name.text):
        return False
    return may_be_money(target, money_words)


def may_be_money(target: Target, money_words: Sequence[str]) -> bool:
    """Say whether a value speaks of an amount in whatever way: 每人每月2000元, 人工费5万元、设备费8万元.

    A bare number (≤88) is one whose unit was left out; so is 250万.
    """
    if target.kind is TargetKind.NUMBER and target.unit in (None, *words("measures")["scales"]):
        return True
    digits = any(character.isdigit() for character in target.text)
    return digits and any(word in target.text for word in money_words)
