"""Checks of units: does the unit of a target fit what its name asks for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from perflint.checks.hit import Hit
from perflint.checks.naming import (
    clashes,
    fitting_measures,
    refused_kinds,
    unit_in_name,
    usual_measures,
)
from perflint.checks.rows import (
    NUMBERS,
    Row,
    example_count,
    likely_comparator,
    ordinary_measure,
    proposed_unit,
    rows,
    slot,
    tells_incident,
)
from perflint.model import Form
from perflint.targets import TargetKind
from perflint.values.measures import kind_of
from perflint.words import any_word, words

COUNTED = {"count", "person"}
"""Kinds of measure words: within one of them a number may keep its value."""
WHOLE = {"%": Decimal(100), "‰": Decimal(1000)}
"""What a rate can be at most, in the units that have a bound."""


def unit_kind(form: Form, params: Mapping[str, Any]) -> Iterator[Hit]:
    """Find targets whose unit is of another kind than the name or the slot asks for.

    Params: the rule looks at names of the kinds `names`, `incident` among them, and at the slots `slots`,
    `except_names` left out; the unit's kind must be one of `accept`, or none of `refuse`; for the kinds
    `advise` it is only advice.
    """
    for row in rows(form):
        asked = (
            row.name.kind in params["names"]
            or slot(row.indicator) in params.get("slots", ())
            or ("incident" in params["names"] and tells_incident(row))
        )
        if not asked or row.name.kind in params.get("except_names", ()):
            continue
        if row.target.kind not in NUMBERS or row.target.unit is None or tells_change(row):
            continue
        unit = kind_of(row.target.measure)
        if (unit is None and "/" in row.target.unit) or (unit == "ratio" and promises_change(row)):
            continue
        if unit in params["refuse"] if "refuse" in params else unit not in params["accept"]:
            severity = "advice" if unit in params.get("advise", ()) else None
            values = {"unit": row.target.unit, "example": example_count(row)}
            yield row.hit(values, zero_in_fitting_unit(row), severity)


def missing_unit(form: Form, params: Mapping[str, Any]) -> Iterator[Hit]:
    """Find bare numbers: neither the target nor a bracket behind the name has a unit.

    Params: `except_names` kinds of names that need none, `units` the unit to propose for a kind of name.
    """
    for row in rows(form):
        target = row.target
        if (
            target.kind not in (TargetKind.NUMBER, TargetKind.RANGE)
            or target.unit is not None
            or target.words_after
        ):
            continue
        if row.name.kind in params["except_names"] or unit_in_name(row.name.text) is not None:
            continue
        yield row.hit({}, with_unit(row, proposed_unit(row, params["units"])))


def unfitting_measure_word(form: Form, params: Mapping[str, Any]) -> Iterator[Hit]:
    """Find measure words in which what the name counts clearly cannot be counted.

    Params: `except_slots` the slots of which only what is counted is judged, not whether it is time or money.
    """
    for row in rows(form):
        target = row.target
        if target.kind not in NUMBERS or target.measure is None or tells_change(row):
            continue
        # 1次/2年 under 更新周期 is how often, not how many.
        plain = not target.words_before and not target.words_after
        judged = plain and slot(row.indicator, sure=False) not in params["except_slots"]
        of_other_kind = judged and kind_of(target.measure) in refused_kinds(row.name)
        if of_other_kind or clashes(row.name.text, target.measure):
            fits = fitting_measures(row.name.text) or usual_measures(row.name)
            carries = bool(fits) and target.scale == 1 and keeps_number(target.measure, fits[0])
            suggestion = with_unit(row, fits[0]) if carries else None
            yield row.hit({"unit": target.unit or "", "fits": "、".join(fits)}, suggestion)


def keeps_number(measure: str, fitting: str) -> bool:
    """Say whether a number may keep its value with the fitting measure word.

    4 issues may have been meant where 4 times is written; 40 m² are not 40 rooms, 3 courses not 3 persons.
    """
    events = words("things")["events"]["measures"]
    return kind_of(measure) == kind_of(fitting) in COUNTED and (measure in events) == (fitting in events)


def no_such_unit(form: Form, params: Mapping[str, Any]) -> Iterator[Hit]:
    """Find units that are none: a placeholder, a mere scale, two units joined by a full stop. No params."""
    none = words("wording")["units"]["none"]
    wrong = words("measures")["joins"]["wrong"]
    joins = tuple(words("measures")["joins"]["signs"])
    for row in rows(form):
        target = row.target
        if target.kind not in NUMBERS or target.unit is None or target.measure is not None:
            continue
        # What stands behind may be a unit that nobody knows: 3.2万剂次; 620万/月 only says how often.
        behind = target.words_after and not target.words_after.startswith(joins)
        if behind and target.unit in words("measures")["scales"]:
            continue
        if target.unit in none or any(sign in target.unit for sign in wrong):
            fits = next(iter(fitting_measures(row.name.text)), None)
            plain = target.scale == 1 and target.unit in none
            yield row.hit({"unit": target.unit}, with_unit(row, fits) if plain else None)


def impossible_percentage(form: Form, params: Mapping[str, Any]) -> Iterator[Hit]:
    """Find rates above the whole or below nothing.

    Names and targets that tell of growth and the like are left alone. Params: `names` the kinds of names.
    """
    may_pass = any_word("names", "above_hundred", "words")
    for row in rows(form):
        target = row.target
        whole = WHOLE.get(target.measure or "")
        if (
            row.name.kind not in params["names"]
            or whole is None
            or target.number is None
            or tells_change(row)
        ):
            continue
        if may_pass.search(row.name.text) or may_pass.search(target.text):
            continue
        highest = max(target.number, target.upper or target.number)
        above = highest > whole and target.comparator not in ("≤", "<")
        beyond = (target.comparator, target.number) in ((">", whole), ("<", Decimal(0)))
        if above or beyond or target.number < 0:
            yield row.hit({"whole": f"{whole}{target.measure}"})


def tells_change(row: Row) -> bool:
    """Say whether a row tells of a change (门诊人次增长, 较上年下降5%), which any unit may measure."""
    told = any_word("names", "above_hundred", "targets").search(row.target.text)
    return row.name.change or told is not None


def promises_change(row: Row) -> bool:
    """Say whether a name begins with a change, whose share a percentage may state (减少农药使用量 ≥5%)."""
    return row.name.text.startswith(tuple(words("names")["changes"]))


def with_unit(row: Row, unit: str | None) -> str | None:
    """Write a target with another unit: =0(%), 次 → =0(次); None without a single number or a unit."""
    if not unit or row.target.kind != TargetKind.NUMBER:
        return None
    return f"{row.target.comparator or likely_comparator(row)}{row.target.number_text}({unit})"


def zero_in_fitting_unit(row: Row) -> str | None:
    """Write a target of 0 in the fitting measure word: no other number survives a change of unit."""
    return with_unit(row, ordinary_measure(row)) if row.target.number == 0 else None
