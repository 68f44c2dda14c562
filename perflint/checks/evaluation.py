"""A self-evaluation's arithmetic: execution rate, scores, weights, total and grade."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from perflint.checks.hit import Hit, Spot
from perflint.checks.money import decimal_of, decimals
from perflint.document import Passage
from perflint.model import Form, FundingRow
from perflint.readers.clean import fold

PERCENT = Decimal(100)


def execution_rate_wrong(form: Form, params: Mapping[str, Any]) -> Iterator[Hit]:
    """Hit an 执行率 that is not 全年执行数 / 全年预算数, by more than `tolerance` points.

    The printed amounts are rounded: any amounts that round to them may have given the rate. A rate may stand
    as 0.995.
    """
    for row in form.funding.rows:
        spent, budget, rate = cell(row, "spent"), cell(row, "full_budget"), cell(row, "rate")
        amounts = decimal_of(spent), decimal_of(budget)
        stated = decimal_of(rate)
        if amounts[0] is None or not amounts[1] or stated is None or rate is None:
            continue
        low, high = possible_rates(amounts[0], decimals(spent), amounts[1], decimals(budget))
        tolerance = Decimal(str(params["tolerance"]))
        readings = [stated] if stated > 2 or "%" in fold(rate.text) else [stated, stated * PERCENT]
        if not any(low - tolerance <= reading <= high + tolerance for reading in readings):
            right = f"{amounts[0] / amounts[1] * PERCENT:.2f}"
            yield Hit(
                Spot(None, f"funding:{row.role or row.label}.rate"),
                rate.text,
                {
                    "label": row.label,
                    "right": right,
                    "spent": text_of(spent),
                    "budget": text_of(budget),
                },
            )


def possible_rates(
    spent: Decimal, spent_decimals: int, budget: Decimal, budget_decimals: int
) -> tuple[Decimal, Decimal]:
    """Return the lowest and highest rate in % that amounts rounded to these could have."""
    spent_half = Decimal(5).scaleb(-spent_decimals - 1)
    budget_half = min(Decimal(5).scaleb(-budget_decimals - 1), budget / 2)
    return (
        max(Decimal(0), spent - spent_half) / (budget + budget_half) * PERCENT,
        (spent + spent_half) / (budget - budget_half) * PERCENT,
    )


def execution_score_wrong(form: Form, params: Mapping[str, Any]) -> Iterator[Hit]:
    """Hit a 得分 of the funds' total row that is not 分数 × 执行率, at most 分数 (± `tolerance`)."""
    row = total_row(form)
    if row is None:
        return
    weight, rate, score = (decimal_of(cell(row, column)) for column in ("weight", "rate", "score"))
    if weight is None or rate is None or score is None:
        return
    rate_cell, score_cell = cell(row, "rate"), cell(row, "score")
    readings = [rate] if rate > 2 or "%" in fold(text_of(rate_cell)) else [rate, rate * PERCENT]
    expected = [min(weight, weight * reading / PERCENT) for reading in readings]
    spent, budget = decimal_of(cell(row, "spent")), decimal_of(cell(row, "full_budget"))
    if spent is not None and budget:
        expected.append(min(weight, weight * spent / budget))
    tolerance = Decimal(str(params["tolerance"]))
    if all(abs(score - value) > tolerance for value in expected):
        yield Hit(
            Spot(None, "funding:annual_total.score"),
            text_of(score_cell),
            {
                "right": plain(expected[0].quantize(Decimal("0.01"))),
                "weight": plain(weight),
                "rate": text_of(rate_cell),
            },
        )


def weights_do_not_add_up(form: Form, params: Mapping[str, Any]) -> Iterator[Hit]:
    """Hit weights that, the funds row's included, do not come to `total`.

    Silent where a weight is missing. Where the form prints none for the funds, `total` less
    `execution_weight` is right too.
    """
    weights = [decimal_of(row.weight) for row in form.indicators]
    if not weights or None in weights:
        return
    funds = funds_number(form, "weight")
    found = sum((weight for weight in weights if weight is not None), funds or Decimal(0))
    right = [Decimal(str(params["total"]))]
    if funds is None:
        right.append(right[0] - Decimal(str(params["execution_weight"])))
    if all(abs(found - total) > Decimal(str(params["tolerance"])) for total in right):
        yield Hit(Spot(None, None), plain(found), {"sum": plain(found), "total": plain(right[0])})


def total_score_wrong(form: Form, params: Mapping[str, Any]) -> Iterator[Hit]:
    """Hit a 总分 that is not the sum of the scores, the funds row's included.

    Silent where a score is missing.
    """
    total = decimal_of(form.total_score)
    scores = [decimal_of(row.score) for row in form.indicators]
    funds = funds_number(form, "score")
    if total is None or not scores or None in scores or form.total_score is None:
        return
    if funds is None and funds_number(form, "weight") is not None:
        return
    found = sum((score for score in scores if score is not None), funds or Decimal(0))
    if abs(found - total) > Decimal(str(params["tolerance"])):
        yield Hit(
            Spot(None, "total_score"),
            form.total_score.text,
            {"sum": plain(found), "total": form.total_score.text},
        )


def grade_does_not_fit(form: Form, params: Mapping[str, Any]) -> Iterator[Hit]:
    """Hit a grade that the total does not earn, by `grades`: names and least score of each, best first.

    Silent for a grade that is in no list.
    """
    total = decimal_of(form.total_score)
    if total is None or form.grade is None or form.total_score is None:
        return
    grade = fold(form.grade.text)
    given = next((band for band in params["grades"] if grade in band["names"]), None)
    earned = next((band for band in params["grades"] if total >= Decimal(str(band["least"]))), None)
    if given is not None and earned is not None and given is not earned:
        values = {"grade": form.grade.text, "total": form.total_score.text, "right": str(earned["names"][0])}
        yield Hit(Spot(None, "grade"), form.grade.text, values, related=(Spot(None, "total_score"),))


def spent_above_budget(form: Form, params: Mapping[str, Any]) -> Iterator[Hit]:
    """Hit rows of the funds where 全年执行数 is more than 全年预算数."""
    for row in form.funding.rows:
        spent, budget = cell(row, "spent"), cell(row, "full_budget")
        amounts = decimal_of(spent), decimal_of(budget)
        if amounts[0] is not None and amounts[1] is not None and amounts[0] > amounts[1]:
            yield Hit(
                Spot(None, f"funding:{row.role or row.label}.spent"),
                text_of(spent),
                {
                    "label": row.label,
                    "spent": text_of(spent),
                    "budget": text_of(budget),
                },
            )


def score_above_weight(form: Form, params: Mapping[str, Any]) -> Iterator[Hit]:
    """Hit scores above the weight or below 0, of indicators and of the funds' total row."""
    for row in form.indicators:
        if is_out_of_range(row.score, row.weight):
            yield Hit(
                Spot(row.index, "score"),
                text_of(row.score),
                {
                    "name": row.name.text,
                    "score": text_of(row.score),
                    "weight": text_of(row.weight),
                },
            )
    funds = total_row(form)
    if funds is not None and is_out_of_range(cell(funds, "score"), cell(funds, "weight")):
        score, weight = text_of(cell(funds, "score")), text_of(cell(funds, "weight"))
        yield Hit(
            Spot(None, "funding:annual_total.score"),
            score,
            {"name": funds.label, "score": score, "weight": weight},
        )


def is_out_of_range(score: Passage | None, weight: Passage | None) -> bool:
    """Say whether a score lies outside 0 to its weight."""
    reached, possible = decimal_of(score), decimal_of(weight)
    return reached is not None and (reached < 0 or (possible is not None and reached > possible))


def total_row(form: Form) -> FundingRow | None:
    """Return the funds' total row of a self-evaluation."""
    return next((row for row in form.funding.rows if row.role == "annual_total"), None)


def funds_number(form: Form, column: str) -> Decimal | None:
    """Return a number of the funds' total row, None where it is not printed."""
    row = total_row(form)
    return decimal_of(cell(row, column)) if row is not None else None


def cell(row: FundingRow, column: str) -> Passage | None:
    """Return what stands in a column of a funds row."""
    entry = row.columns.get(column)
    return entry.value if entry is not None else None


def text_of(passage: Passage | None) -> str:
    """Return a cell's text, empty for none."""
    return passage.text if passage is not None else ""


def plain(number: Decimal) -> str:
    """Write a number without needless zeros: 100.00 → 100."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
