"""Checks of what a target says: a word for a number, a bound in words, several values, a value of no use."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import Any

from perflint.checks.hit import Hit
from perflint.checks.naming import Direction, NameKind, direction, fitting_measures, unit_in_name
from perflint.checks.rows import (
    NUMBERS,
    Row,
    example_count,
    in_frame,
    is_of_asked_kind,
    likely_comparator,
    proposed_unit,
    rows,
    slot,
    squeezed,
)
from perflint.model import Form
from perflint.targets import Target, TargetKind, write_target
from perflint.values.budget import budget_as_bound
from perflint.values.measures import kind_of
from perflint.words import any_of, any_word, words

TURNED = {"≥": "≤", ">": "<", "≤": "≥", "<": ">"}
"""Each bound by the one that points the other way."""
EXACT = ("count", "person")
"""Kinds of units that come in whole numbers: more than 2 is at least 3."""


def qualitative_target(form: Form, params: Mapping[str, Any]) -> Iterator[Hit]:
    """Find words where a number belongs.

    Params: a number belongs in the slots `slots`, under names of the kinds `names` and with the endings
    `endings`. Where the reading only guessed the slot, the name must say the same: it is of a kind in
    `slot_names` or holds a word of the list `slot_words` of wording.toml. `also` are further kinds of targets
    that are no number here, with `shares_answer` not those that state a share (三分之一). `bound` says to
    propose the form's budget where one indicator has it alone.
    """
    kinds = (TargetKind.WORDS, *params.get("also", ()))
    found = [
        row
        for row in rows(form)
        if (no_number(row.target, kinds) or says_some(row))
        and asks_for_number(row, params)
        and not (params.get("shares_answer") and states_share(row.target))
    ]
    bound = budget_as_bound(form) if params.get("bound") and cost_rows(form, params["slots"]) == 1 else None
    for row in found:
        yield row.hit({"bound": bound or "", "example": example_count(row)}, bound)


def asks_for_number(row: Row, params: Mapping[str, Any]) -> bool:
    """Say whether the slot or the name of a row asks for a number."""
    if row.name.kind in params.get("names", ()) or row.name.ending in params.get("endings", ()):
        return True
    slots = params.get("slots", ())
    if slot(row.indicator) in slots:
        return True
    if slot(row.indicator, sure=False) not in slots:
        return False
    spoken = words("wording").get(params.get("slot_words", ""), {}).get("names", ())
    return row.name.kind in params.get("slot_names", ()) or any(word in row.name.text for word in spoken)


def no_number(target: Target, kinds: tuple[TargetKind, ...]) -> bool:
    """Say whether a target is words, or adds something uncounted to its number (本部及26家下属的单位)."""
    added = target.words_before.endswith(tuple(words("values")["fillers"]["additive"]))
    return target.kind in kinds or (target.kind == TargetKind.NUMBER and added)


def states_share(target: Target) -> bool:
    """Say whether a target is written as a share or a ratio: 三分之一, 1:3."""
    return target.kind == TargetKind.NORM and shares_pattern().search(target.text) is not None


@cache
def shares_pattern() -> re.Pattern[str]:
    """Return the pattern of shares among the norms."""
    return re.compile(words("values")["norms"]["shares"])


def says_some(row: Row) -> bool:
    """Say whether a target means some of it, not one: 一批, unless the name counts in that word."""
    some = squeezed(row.target.text) in words("wording")["vague"]["counts"]
    return some and row.target.measure not in fitting_measures(row.name.text)


def cost_rows(form: Form, slots: list[str]) -> int:
    """Count the indicators in these slots."""
    return sum(slot(indicator, sure=False) in slots for indicator in form.indicators)


def comparator_in_words(form: Form, params: Mapping[str, Any]) -> Iterator[Hit]:
    """Find bounds written in words (大于2次). No params."""
    for row in rows(form):
        target = row.target
        if target.kind == TargetKind.NUMBER and target.comparator is not None and target.comparator_in_words:
            # 达到90% may be a bound or a value: only its author knows.
            clear = target.comparator != "=" and not target.words_before and not target.words_after
            clear = clear and (target.unit is None or is_of_asked_kind(row))
            yield row.hit(
                {"words": target.comparator_in_words}, write_target(inclusive(target)) if clear else None
            )


def missing_comparator(form: Form, params: Mapping[str, Any]) -> Iterator[Hit]:
    """Find numbers that stand without a comparator or a word for one.

    Params: `except_names` kinds of names whose number is a value by itself, but for a length of time (30个工作日),
    which none of the `days` of a month is; `unitless` kinds of names whose number needs no unit, `units` the
    unit to propose for a kind of name.
    """
    for row in rows(form):
        target = row.target
        if target.kind != TargetKind.NUMBER or target.comparator or target.comparator_in_words:
            continue
        led_by_words = target.words_before and not leading_words().fullmatch(target.words_before)
        is_duration = kind_of(target.measure) == "time" and target.unit not in params["days"]
        stands_alone = row.name.kind in params["except_names"] and not is_duration
        if led_by_words or stands_alone:
            continue
        unitless = row.name.kind in params["unitless"] or unit_in_name(row.name.text) is not None
        unit = target.unit or (None if unitless else proposed_unit(row, params["units"]))
        # =100(%) for a count that stands in % would still be wrong.
        whole = is_of_asked_kind(row) if target.unit else unitless or unit is not None
        plain = whole and not target.words_before and not target.words_after
        signed = replace(target, comparator=likely_comparator(row), unit=unit)
        yield row.hit({}, write_target(signed) if plain else None)


@cache
def leading_words() -> re.Pattern[str]:
    """Return the pattern of words in front of a number that say nothing of its bound: 全年开展, 全县."""
    fillers = words("values")["fillers"]
    return re.compile(f"(?:{any_of((*fillers['before'], *fillers['scopes']))})+")


def several_values(form: Form, params: Mapping[str, Any]) -> Iterator[Hit]:
    """Find ranges and several numbers where one is expected. No params."""
    for row in rows(form):
        if row.target.kind in (TargetKind.RANGE, TargetKind.SEVERAL):
            yield row.hit()


def number_for_word(form: Form, params: Mapping[str, Any]) -> Iterator[Hit]:
    """Find numbers under names that ask for none: yes–no questions, and as advice other names in percent.

    Params: `advise_endings` the endings of those other names (…性).
    """
    for row in rows(form):
        if row.target.kind not in NUMBERS or row.name.change:
            continue
        if row.name.kind == NameKind.YES_NO:
            yield row.hit()
        elif row.name.ending in params["advise_endings"] and kind_of(row.target.measure) == "ratio":
            yield row.hit(severity="advice")


def satisfaction_value(form: Form, params: Mapping[str, Any]) -> Iterator[Hit]:
    """Find satisfaction targets by comparator and number.

    Params: `comparators` the comparators looked for ("" for none), `number` the number (default: any).
    """
    for row in rows(form):
        target = row.target
        if row.name.kind != NameKind.SATISFACTION or target.kind != TargetKind.NUMBER:
            continue
        if (target.comparator or "") not in params["comparators"] or kind_of(target.measure) != "ratio":
            continue
        if "number" in params and target.number != Decimal(params["number"]):
            continue
        yield row.hit({}, write_target(replace(target, comparator="≥")) if "number" not in params else None)


def wrong_direction(form: Form, params: Mapping[str, Any]) -> Iterator[Hit]:
    """Find an upper bound on what one wants more of and a lower bound on what one wants less of.

    Params: `more_slots` the slots in which counts are outputs that one wants more of.
    """
    for row in rows(form):
        target = row.target
        if target.kind != TargetKind.NUMBER or target.comparator not in TURNED:
            continue
        wanted = wanted_direction(row, params["more_slots"])
        capped = target.comparator in ("≤", "<")
        too_few = wanted == Direction.MORE and capped
        too_many = wanted == Direction.LESS and not capped and target.number != 0
        if too_few or too_many:
            turned = TURNED[target.comparator]
            yield row.hit({"turned": turned}, write_target(replace(target, comparator=turned)))


def wanted_direction(row: Row, more_slots: list[str]) -> Direction | None:
    """Say which way is better for a row; more of a count is better only where it is an output."""
    wanted = direction(row.name.text)
    share = row.name.kind in (NameKind.RATE, NameKind.SATISFACTION)
    if wanted == Direction.MORE and not share and slot(row.indicator) not in more_slots:
        return None
    return wanted


def unverifiable_target(form: Form, params: Mapping[str, Any]) -> Iterator[Hit]:
    """Find words that no one can check: vague ones, promises of punctuality, an unnamed norm, 接近85%.

    Params: `frames` level-1 kinds left alone (their routine words are customary), `output_slots` the slots in
    which a word that only repeats the name's own quality (…及时性: 及时) says nothing, `quality_ending` the
    ending of such names.
    """
    for row in rows(form):
        if in_frame(row.indicator, params["frames"]) or row.name.kind == NameKind.YES_NO:
            continue
        if about(row.target) or says_nothing(row, params["output_slots"], params["quality_ending"]):
            yield row.hit()


def about(target: Target) -> bool:
    """Say whether a target is a number that bounds nothing: 接近85%."""
    vague = target.comparator_in_words and not target.comparator and not target.words_after
    return target.kind == TargetKind.NUMBER and bool(vague)


def says_nothing(row: Row, output_slots: list[str], quality_ending: str) -> bool:
    """Say whether a target is words without content; those of a scale (考核等次: 优秀) have some."""
    lists = words("wording")["vague"]
    said = squeezed(row.target.text)
    graded = any_word("wording", "vague", "graded_names").search(row.name.text)
    if row.target.kind != TargetKind.WORDS or graded:
        return False
    if said in lists["lasting"]:
        return row.name.kind != NameKind.DURATION
    in_output = slot(row.indicator) in output_slots
    # 防火意识: 意识明显增强 begins with a part of its own name.
    own = next((end for end in range(len(said), 1, -1) if said[:end] in row.name.text), 0)
    customary = row.name.text.endswith(f"{said}{quality_ending}") and not in_output
    vague = vague_pattern().fullmatch(said) or vague_pattern().fullmatch(said[own:])
    return (said in lists["deadlines"] and in_output) or (vague is not None and not customary)


def inclusive(target: Target) -> Target:
    """Return a target with an inclusive bound where its unit comes in whole numbers: >2次 → ≥3次."""
    step = {">": ("≥", Decimal(1)), "<": ("≤", Decimal(-1))}.get(target.comparator or "")
    if step is None or target.number is None or kind_of(target.measure) not in EXACT:
        return target
    if target.number != target.number.to_integral_value():
        return target
    number = target.number.to_integral_value() + step[1]
    return replace(target, comparator=step[0], number=number, number_text=str(number))


@cache
def vague_pattern() -> re.Pattern[str]:
    """Return the pattern of values without content.

    A subject, adverbs and one or two core words (能力明显提升), a change of something without saying how far
    (提高服务水平), or an unnamed norm (符合国家要求).
    """
    lists = words("wording")["vague"]
    subjects, adverbs, cores = (any_of(lists[key]) for key in ("subjects", "adverbs", "cores"))
    conform, unnamed, norms = (any_of(lists[key]) for key in ("conform", "unnamed", "norms"))
    changes, reached = any_of(lists["changes"]), any_of(lists["reached"])
    vague = f"(?:{subjects})?(?:{adverbs})*(?:{cores}){{1,2}}"
    things = f"(?:(?!{reached})[\\u4e00-\\u9fff、，“”]){{2,}}"
    changed = f"(?:{adverbs})*(?:{changes}){things}|{things}(?:{changes})"
    return re.compile(f"{vague}|{changed}|(?:{conform})(?:{unnamed})*(?:{norms})")
