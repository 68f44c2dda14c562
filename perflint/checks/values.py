"""Checks of what stands in the value column: nothing, a name, a policy, a placeholder, something cut off."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import Any

from perflint.checks.comparing import without_number
from perflint.checks.hit import Hit, Spot
from perflint.checks.naming import BRACKETED_END, NameKind, read_name
from perflint.checks.rows import NUMBERS, Row, holds_no_indicator, rows, slot, squeezed
from perflint.checks.texts import plain
from perflint.model import Form
from perflint.targets import Target, TargetKind, parse_target
from perflint.words import Endings, endings, words

MEASURES = (
    NameKind.RATE,
    NameKind.COUNT,
    NameKind.SATISFACTION,
    NameKind.COST,
    NameKind.DURATION,
    NameKind.EXTENT,
)
"""Kinds of names that a value cannot open with and still be a value: 培训人数: 培训人数100人."""
LONGEST_METRIC = 20
"""Characters of a value that may still be nothing but a metric's name; longer ones are sentences."""


def metric_name_in_value(form: Form, params: Mapping[str, Any]) -> Iterator[Hit]:
    """Find values that repeat the indicator's own name or name another metric.

    Params: `shortest_name` the characters a name must have for its repetition to tell anything.
    """
    for row in rows(form):
        said, name = squeezed(row.target.text), squeezed(without_number(row.name.text))
        if len(name) >= params["shortest_name"] and said.startswith(name) and stands_alone(said, name):
            yield row.hit({"how": "own"})
        elif names_metric(row, said, name):
            yield row.hit({"how": "other"})


def stands_alone(said: str, name: str) -> bool:
    """Say whether nothing but a colon, a bound, a number or a date follows the name with which a value opens."""
    behind = said.removeprefix(name)
    if behind[:1] in words("wording")["metric"]["between"]:
        return True
    value = parse_target(behind)
    return value.kind in (*NUMBERS, TargetKind.DATE) and not value.words_before


def names_metric(row: Row, said: str, name: str) -> bool:
    """Say whether a value names a metric: in front of its number, or instead of one."""
    lists = words("wording")["metric"]
    if row.target.kind in NUMBERS:
        return metric_before_number(row, name)
    if row.target.kind != TargetKind.WORDS or len(said) > LONGEST_METRIC or re.search("[，。；、,;]", said):
        return False
    # 抽检合格率（%） carries the unit of the value that is missing.
    stem = metric_stem(BRACKETED_END.sub("", said), endings("wording", "metric", "alone"))
    if stem is None or said.startswith(tuple(lists["openings"])):
        return False
    # 满意度 alone is a metric's name where it is the end of the row's own.
    return stem != "" or name.endswith(said)


def metric_before_number(row: Row, name: str) -> bool:
    """Say whether the words in front of the number are a metric's name and no mere wording of the row's own.

    The row's name again, any rate, satisfaction or count (发放情况: 发放率100%, 道路养护: 养护里程120公里), a
    metric of another kind than the name (…及时率: 建设周期不超过4个月), or one of another thing.
    响应时间≤2小时 for 故障响应, 总成本≤5万元 for 成本控制 say the same in full.
    """
    before = row.target.words_before.rstrip(words("wording")["metric"]["between"])
    if row.name.kind in MEASURES and before and repeats(row, before, name):
        return True
    stem = metric_stem(before, endings("wording", "metric", "before_number"))
    if stem is None:
        return False
    metric = read_name(before).kind
    if metric in (NameKind.RATE, NameKind.SATISFACTION, NameKind.COUNT, NameKind.EXTENT):
        return True
    if metric == NameKind.COST:
        return row.name.kind in MEASURES and row.name.kind != NameKind.COST
    other_kind = row.name.kind in MEASURES and metric in MEASURES and row.name.kind != metric
    return other_kind or (stem != "" and stem[-2:] not in name)


def repeats(row: Row, before: str, name: str) -> bool:
    """Say whether one is the end of the other, and a metric by itself: 满意度 in 主管部门满意度.

    Of money and time a longer name tells more than the row's own: 人均培训成本 for 培训成本.
    """
    if name.endswith(before):
        return before == name or read_name(before).kind in MEASURES
    return before.endswith(name) and row.name.kind not in (NameKind.COST, NameKind.DURATION)


def metric_stem(text: str, metrics: Endings) -> str | None:
    """Return what stands before the ending of a metric's name, None where it is none."""
    longest = metrics.longest(text)
    if not longest or text.endswith(tuple(words("wording")["metric"]["never"])):
        return None
    return text[: len(text) - len(longest)]


def empty_value(form: Form, params: Mapping[str, Any]) -> Iterator[Hit]:
    """Find indicators without any target, unless the reading may have lost it. No params."""
    for indicator in form.indicators:
        empty = indicator.target is None or indicator.target.kind == TargetKind.EMPTY
        if not empty or indicator.value_lost or indicator.other_targets:
            continue
        if not holds_no_indicator(indicator):
            yield Hit(Spot(indicator.index, "target"), "")


def policy_in_value(form: Form, params: Mapping[str, Any]) -> Iterator[Hit]:
    """Find a policy, a measure, a document, a definition or a formula instead of a value.

    Params: `standard_slots` the slots in which working by a rule (按文件规定执行) states a standard.
    """
    for row in rows(form):
        said = squeezed(row.target.text)
        if row.target.kind not in (TargetKind.WORDS, TargetKind.NUMBER, TargetKind.NORM):
            continue
        by_rule = tells_policy(said) and slot(row.indicator, sure=False) not in params["standard_slots"]
        by_rule = by_rule and not answers_doing(said, row.name.text)
        if by_rule or tells_measure(said) or tells_formula(without_unit(said, row.target)):
            yield row.hit()


def answers_doing(said: str, name: str) -> bool:
    """Say whether a value only tells how what the name asks of was done: 制度执行情况, 严格执行."""
    strict = words("wording")["policy"]["strict"]
    return said.startswith(strict) and said.removeprefix(strict) in name


def without_unit(said: str, target: Target) -> str:
    """Return a value without its unit, whose slash is no division: ≤28.50(元/平方米) → ≤28.50()."""
    return said.replace(target.unit, "") if target.unit is not None else said


@lru_cache(maxsize=8192)
def tells_policy(said: str) -> bool:
    """Say whether a value tells by what rules work is done."""
    return any(pattern.search(said) for pattern in policy_patterns("rules"))


@lru_cache(maxsize=8192)
def tells_measure(said: str) -> bool:
    """Say whether a value is a measure of management or a document."""
    lists = words("wording")["policy"]
    return said in lists["measures"] or any(pattern.search(said) for pattern in policy_patterns("documents"))


@lru_cache(maxsize=8192)
def tells_formula(said: str) -> bool:
    """Say whether a value defines or computes instead of stating."""
    formulas = words("wording")["policy"]["formulas"]
    possible = [formula for signs, formula in formulas.items() if not set(signs).isdisjoint(said)]
    if not any(re.search(formula, said) for formula in possible):
        return False
    return not any(pattern.fullmatch(said) for pattern in policy_patterns("not_formulas"))


@cache
def policy_patterns(key: str) -> tuple[re.Pattern[str], ...]:
    """Return the patterns of one kind of policies, documents or formulas."""
    patterns = words("wording")["policy"][key]
    return tuple(map(re.compile, [patterns] if isinstance(patterns, str) else patterns))


def truncated_value(form: Form, params: Mapping[str, Any]) -> Iterator[Hit]:
    """Find values that are cut off: an unclosed bracket, an end at which nobody stops. No params.

    Placeholders that end so (指标1：) are none.
    """
    for row in rows(form):
        if is_cut_off(row.target.text) and not is_placeholder(row.target.text):
            yield row.hit()


@lru_cache(maxsize=8192)
def is_cut_off(text: str) -> bool:
    """Say whether a text has an unclosed bracket or an end at which nobody stops."""
    lists, said = words("wording")["truncated"], plain(text)
    stops = len(said) > 1 and said.endswith(tuple(lists["ends"])) and not said.endswith(tuple(lists["words"]))
    return stops or any(said.count(pair[0]) > said.count(pair[1]) for pair in lists["pairs"])


def placeholder(form: Form, params: Mapping[str, Any]) -> Iterator[Hit]:
    """Find placeholders left in a value or a name. No params."""
    for row in form.indicators:
        if holds_no_indicator(row):
            continue
        if row.target is not None and is_placeholder(row.target.text):
            yield Hit(Spot(row.index, "target"), plain(row.target.text))
        elif is_placeholder_name(row.name.text):
            yield Hit(Spot(row.index, "name"), plain(row.name.text))


@lru_cache(maxsize=8192)
def is_placeholder(value: str) -> bool:
    """Say whether a value is a placeholder or holds one."""
    return plain(value) in words("wording")["placeholders"]["whole"] or is_placeholder_name(value)


@lru_cache(maxsize=8192)
def is_placeholder_name(name: str) -> bool:
    """Say whether a name, or a value, holds a placeholder or is one of those that names are: 指标1：."""
    said = plain(name)
    return any(pattern.search(said) for pattern in (placeholder_pattern(), placeholder_name_pattern()))


@cache
def placeholder_pattern() -> re.Pattern[str]:
    """Return the pattern of placeholders anywhere in a cell."""
    return re.compile("|".join(words("wording")["placeholders"]["anywhere"]))


@cache
def placeholder_name_pattern() -> re.Pattern[str]:
    """Return the pattern of names that are nothing but a placeholder."""
    return re.compile("|".join(words("wording")["placeholders"]["names"]))
