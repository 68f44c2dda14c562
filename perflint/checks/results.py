"""A self-evaluation's rows: the actual value against the target, the score and the remark."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from perflint.checks.evaluation import text_of
from perflint.checks.hit import Hit, Spot
from perflint.checks.money import decimal_of
from perflint.checks.naming import Direction, direction, is_capped
from perflint.model import Form, Indicator
from perflint.readers.clean import fold
from perflint.targets import Target, TargetKind
from perflint.values.dates import first_day, last_day
from perflint.values.measures import kind_of
from perflint.words import words

# 5月31日前, 11月底前: a date that leaves out its year.
_MONTH_FIRST = re.compile(r"(?:1[0-2]|0?[1-9])月")
_ANY_YEAR = "2000年"


def full_score_target_missed(form: Form, params: Mapping[str, Any]) -> Iterator[Hit]:
    """Hit full points for an actual value that misses the target, in numbers or by its own words (未完成)."""
    admitted = tuple(words(params["words"])["missed"])
    for row in form.indicators:
        weight, score = decimal_of(row.weight), decimal_of(row.score)
        if not weight or score is None or score < weight:
            continue
        if is_missed(row) or fold(text_of(row.actual_passage)).startswith(admitted):
            yield Hit(
                Spot(row.index, "score"),
                text_of(row.score),
                row_values(row),
                related=(Spot(row.index, "actual"),),
            )


def is_missed(row: Indicator) -> bool:
    """Say whether an actual value surely misses the target: a number, or a date after the one planned."""
    target, actual = row.target, row.actual
    if target is None or actual is None:
        return False
    if target.kind is TargetKind.DATE and actual.kind is TargetKind.DATE:
        year = year_of(target.text) or year_of(actual.text) or _ANY_YEAR
        until, since = last_day(with_year(target.text, year)), first_day(with_year(actual.text, year))
        return until is not None and since is not None and since > until
    return are_comparable(target, actual) and misses(row, target, reached_in_scale(target, actual))


def year_of(text: str) -> str | None:
    """Return the year that a date states, with its sign."""
    stated = first_day(text)
    return f"{stated.year}年" if stated else None


def with_year(text: str, year: str) -> str:
    """Return a date that leaves out its year with one: 5月31日前; what names another year (次年1月) stays as it is."""
    return year + text if _MONTH_FIRST.match(text) else text


def reached_in_scale(target: Target, actual: Target) -> Decimal:
    """Return a result with its scale: 1.3 without a unit beside ≥1.2(万人次) is 13000, 9800 is itself."""
    number = actual.number or Decimal(0)
    if actual.unit is not None:
        return number * actual.scale
    return min(number, number * target.scale, key=lambda reading: abs(reading - scaled(target)))


def misses(row: Indicator, target: Target, reached: Decimal) -> bool:
    """Say whether a number surely misses a target, by the comparator, and for = by which way is better."""
    wanted = scaled(target)
    match target.comparator:
        case "≥":
            return reached < wanted
        case ">":
            return reached <= wanted
        case "≤":
            return reached > wanted
        case "<":
            return reached >= wanted
    better = direction(row.name.text)
    if better is Direction.LESS or (wanted == 0 and better is None):
        return reached > wanted
    return reached < wanted and (better is Direction.MORE or more_is_wanted(row, target))


def more_is_wanted(row: Indicator, target: Target) -> bool:
    """Say whether an exact target whose name tells no direction is one to be reached: =12(次), =100(%).

    Not a cost or a time, nor what is held down (会议次数) or dealt with (受理投诉件数).
    """
    if is_capped(row.name.text):
        return False
    if "cost" in (row.level1.kind if row.level1 else None, row.level2.kind if row.level2 else None):
        return False
    measured = kind_of(target.measure)
    return measured in ("count", "person", "extent") or (measured == "ratio" and target.number == 100)


def are_comparable(target: Target, actual: Target) -> bool:
    """Say whether both are single numbers of the same measure; one of the two may leave its unit out."""
    if target.kind is not TargetKind.NUMBER or actual.kind is not TargetKind.NUMBER:
        return False
    if target.number is None or actual.number is None or actual.comparator not in (None, "="):
        return False
    # 每月1次 beside ≥12(次) is as much.
    if actual.words_before.startswith(tuple(words("results")["for_each"])):
        return False
    if actual.unit is None and kind_of(target.measure) == "ratio" and actual.number <= 1 < target.number:
        # A spreadsheet stores 95 % as 0.95.
        return False
    units = target.unit, actual.unit
    return None in units or target.measure == actual.measure


def scaled(value: Target) -> Decimal:
    """Return a number with its scale: 1.5(万人次) → 15000."""
    return (value.number or Decimal(0)) * value.scale


def row_values(row: Indicator) -> dict[str, str]:
    """Return the cells of a row for a rule's texts."""
    return {
        "wanted": text_of(row.target_passage),
        "reached": text_of(row.actual_passage),
        "weight": text_of(row.weight),
        "score": text_of(row.score),
        "remark": text_of(row.remark),
    }


def no_reason_for_loss(form: Form, params: Mapping[str, Any]) -> Iterator[Hit]:
    """Hit points lost on an indicator without a word of why, in a form that has a column for it."""
    lists = words(params["words"])
    reason = ""
    for row in form.indicators if form.has_remarks else ():
        said = fold(text_of(row.remark))
        reason = reason if said in lists["as_above"] else said
        weight, score = decimal_of(row.weight), decimal_of(row.score)
        if weight is None or score is None or not 0 <= score < weight:
            continue
        if reason in lists["no_reason"]:
            yield Hit(
                Spot(row.index, "remark"),
                text_of(row.remark),
                {**row_values(row), "lost": str(weight - score)},
            )


def contradicting_remark(form: Form, params: Mapping[str, Any]) -> Iterator[Hit]:
    """Hit a remark that quotes another target or actual value than the row's.

    Or denies a deviation where points were lost.
    """
    lists = words(params["words"])
    for row in form.indicators:
        remark = fold(text_of(row.remark))
        if not remark:
            continue
        for field, value in (("target", row.target), ("actual", row.actual)):
            quoted = re.search(lists["quotes"][field], remark)
            if (
                quoted
                and value is not None
                and value.kind is TargetKind.NUMBER
                and Decimal(quoted["number"]) != value.number
            ):
                values = {**row_values(row), "quoted": quoted.group(), "stands": value.text}
                yield Hit(
                    Spot(row.index, "remark"), text_of(row.remark), values, related=(Spot(row.index, field),)
                )
                break
        else:
            weight, score = decimal_of(row.weight), decimal_of(row.score)
            if (
                weight is not None
                and score is not None
                and score < weight
                and remark.strip("。.") in lists["no_deviation"]
            ):
                values = {
                    **row_values(row),
                    "quoted": text_of(row.remark),
                    "stands": f"{text_of(row.score)}/{text_of(row.weight)}",
                }
                yield Hit(
                    Spot(row.index, "remark"),
                    text_of(row.remark),
                    values,
                    related=(Spot(row.index, "score"),),
                )


def actual_in_other_unit(form: Form, params: Mapping[str, Any]) -> Iterator[Hit]:
    """Hit an actual value in another unit than the target, or in words where the target is a number."""
    lists = words(params["words"])
    for row in form.indicators:
        target, actual = row.target, row.actual
        if target is None or actual is None or target.kind is not TargetKind.NUMBER:
            continue
        said = fold(actual.text).strip("-/—。.")
        answered = is_none(said, target, lists) or answers_words(said, target, lists)
        in_words = actual.kind is TargetKind.WORDS and said != "" and not answered
        if in_words or (actual.kind is TargetKind.NUMBER and units_differ(target, actual, lists)):
            yield Hit(
                Spot(row.index, "actual"), actual.text, row_values(row), related=(Spot(row.index, "target"),)
            )


def is_none(said: str, target: Target, lists: Mapping[str, Any]) -> bool:
    """Say whether words report nothing where nothing was wanted: 未发生 against =0(起)."""
    return target.number == 0 and said.startswith(tuple(lists["none"]))


def answers_words(said: str, target: Target, lists: Mapping[str, Any]) -> bool:
    """Say whether a filing system's formula (达成指标) answers a target in words: 1个工作日内转办, 接通率接近80%."""
    return said in lists["formulas"] and bool(target.words_before or target.words_after)


def units_differ(target: Target, actual: Target, lists: Mapping[str, Any]) -> bool:
    """Say whether two numbers have units that do not measure the same."""
    if target.measure is None or actual.measure is None:
        return False
    # 400元 beside ≤400(元/人·天), 12次 beside ≥12(次/年) leave out what it is for each of.
    first, second = target.measure.partition("/")[0], actual.measure.partition("/")[0]
    visits = words("measures")["visits"]["word"]
    if first == second or (first + visits) == second or first == (second + visits):
        return False
    if kind_of(first) == kind_of(second) and kind_of(first) in lists["one_kind"]:
        return False
    return not any(first in group and second in group for group in lists["same_units"])


def actual_without_evidence(form: Form, params: Mapping[str, Any]) -> Iterator[Hit]:
    """Hit a form all of whose qualitative results are the same formula (达成指标): one finding a form."""
    formulas = words(params["words"])["formulas"]
    rows = [
        row
        for row in form.indicators
        if row.target is not None and row.target.kind is TargetKind.WORDS and row.actual_passage
    ]
    if len(rows) >= params["least_rows"] and all(
        fold(text_of(row.actual_passage)).strip("。.") in formulas for row in rows
    ):
        related = tuple(Spot(row.index, "actual") for row in rows)
        yield Hit(
            Spot(None, None), text_of(rows[0].actual_passage), {"count": str(len(rows))}, related=related
        )


def target_far_exceeded(form: Form, params: Mapping[str, Any]) -> Iterator[Hit]:
    """Hit an actual value of `factor` times the target or more.

    Where more is better and the target is above `least`.
    """
    for row in form.indicators:
        target, actual = row.target, row.actual
        if target is None or actual is None or not are_comparable(target, actual) or target.number is None:
            continue
        if target.comparator in ("≤", "<") or direction(row.name.text) is Direction.LESS:
            continue
        if (row.level1 is not None and row.level1.kind == "cost") or (
            row.level2 is not None and row.level2.kind == "cost"
        ):
            continue
        if scaled(target) > params["least"] and scaled(actual) >= scaled(target) * Decimal(
            str(params["factor"])
        ):
            factor = f"{scaled(actual) / scaled(target):.1f}"
            yield Hit(
                Spot(row.index, "actual"),
                actual.text,
                {**row_values(row), "factor": factor},
                related=(Spot(row.index, "target"),),
            )
