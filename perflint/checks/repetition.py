"""What stands twice in one form: indicators, and words inside a name or value."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from perflint.checks.comparing import comparable_name, comparable_target
from perflint.checks.hit import Hit, Spot
from perflint.checks.once import once_a_form
from perflint.checks.rows import rows
from perflint.checks.texts import plain
from perflint.model import Form, Indicator
from perflint.targets import Target
from perflint.values.measures import kind_of
from perflint.words import words

# Two characters at least, so that reduplications (人人, 点点) are no finding: 成本成本.
DOUBLED = re.compile(r"(?P<word>[\u4e00-\u9fff]{2,8})(?P=word)(?P<after>[\u4e00-\u9fff]{0,2})")


def duplicate_indicator(form: Form, params: Mapping[str, Any]) -> Iterator[Hit]:
    """Hit the later copies of an indicator: the same name with the same target.

    A copy on the other side of a page break gets the severity `after_break`: the copy may come from the
    break.
    """
    for copies in groups_by_name(form):
        seen: dict[tuple[str, ...], Indicator] = {}
        for row, target in copies:
            first = seen.setdefault(comparable_target(target), row)
            if first is not row:
                severity = params["after_break"] if break_between(form, first, row) else None
                yield repeated(row, first, "name", row.name.text, severity)


def conflicting_indicator(form: Form, params: Mapping[str, Any]) -> Iterator[Hit]:
    """Hit the later copies of an indicator: the same name with another target.

    A lower and an upper bound do not conflict.
    """
    for copies in groups_by_name(form):
        first, first_target = copies[0]
        told = {comparable_target(first_target)}
        for row, target in copies[1:]:
            if comparable_target(target) in told or are_two_bounds(first_target, target):
                continue
            told.add(comparable_target(target))
            yield repeated(row, first, "target", target.text)


def repeated(row: Indicator, first: Indicator, field: str, excerpt: str, severity: str | None = None) -> Hit:
    """Return the hit on a later copy, with the first one beside it."""
    first_text = first.target.text if first.target else ""
    values = {"first": str(first.index), "first_target": first_text, "first_name": first.name.text}
    return Hit(
        Spot(row.index, field), excerpt, values, related=(Spot(first.index, field),), severity=severity
    )


@once_a_form
def groups_by_name(form: Form) -> tuple[Sequence[tuple[Indicator, Target]], ...]:
    """Return the indicators that share a name, each with its target; those without a value are left out."""
    groups: dict[str, list[tuple[Indicator, Target]]] = {}
    for row in rows(form):
        name = comparable_name(row.indicator.name.text)
        if name and not row.indicator.value_lost:
            groups.setdefault(name, []).append((row.indicator, row.target))
    return tuple(group for group in groups.values() if len(group) > 1)


def break_between(form: Form, first: Indicator, second: Indicator) -> bool:
    """Say whether a page break stands between two indicators."""
    return any(row.after_break for row in form.indicators if first.index < row.index <= second.index)


def are_two_bounds(first: Target, second: Target) -> bool:
    """Say whether two targets bound one measure from below and above: pH值 ≥6 and ≤9."""
    lower, upper = (first, second) if first.comparator in ("≥", ">") else (second, first)
    if lower.number is None or upper.number is None or lower.measure != upper.measure:
        return False
    return lower.comparator in ("≥", ">") and upper.comparator in ("≤", "<") and lower.number < upper.number


def near_duplicate_indicator(form: Form, params: Mapping[str, Any]) -> Iterator[Hit]:
    """Hit the later of two names that differ only in endings and fillers: 项目实施及时率, 实施的及时性."""
    seen: dict[str, Indicator] = {}
    for row in form.indicators:
        core = name_core(row.name.text)
        if len(core) < words(params["words"])["variant_length"]:
            continue
        first = seen.setdefault(core, row)
        names = {comparable_name(first.name.text), comparable_name(row.name.text)}
        # 辅具适配 300件 counts what is done, 辅具适配率 95% is a share of it.
        doing_and_share = core in names and are_of_two_kinds(first.target, row.target)
        if len(names) == 2 and not doing_and_share:
            yield repeated(row, first, "name", row.name.text)


def are_of_two_kinds(first: Target | None, second: Target | None) -> bool:
    """Say whether two targets are measured in units of different kinds."""
    kinds = [kind_of(target.measure) for target in (first, second) if target is not None]
    return len(kinds) == 2 and None not in kinds and kinds[0] != kinds[1]


@lru_cache(maxsize=8192)
def name_core(name: str) -> str:
    """Return a name without the beginnings, endings and fillers that make no other measure of it."""
    lists = words("sameness")
    core = comparable_name(name)
    for filler in lists["variant_fillers"]:
        core = core.replace(filler, "")
    for beginning in lists["variant_beginnings"]:
        core = core.removeprefix(beginning)
    ending = next((ending for ending in lists["variant_endings"] if core.endswith(ending)), "")
    return core.removesuffix(ending)


def doubled_word(form: Form, params: Mapping[str, Any]) -> Iterator[Hit]:
    """Hit a word that stands twice in a name or value: 成本成本, 及时完成及时性."""
    for row in form.indicators:
        for field, passage in (("name", row.name), ("target", row.target_passage)):
            text = plain(passage.text) if passage is not None else ""
            doubled = doubling(text, params["words"])
            if doubled is not None:
                excerpt, mended = doubled
                suggestion = text.replace(excerpt, mended, 1) if mended else None
                yield Hit(Spot(row.index, field), text, {"doubled": excerpt}, suggestion)


@lru_cache(maxsize=8192)
def doubling(text: str, subject: str) -> tuple[str, str] | None:
    """Return what is doubled in a text and what it becomes, None for nothing doubled.

    What it becomes is empty where that is not clear.
    """
    lists = words(subject)
    for match in DOUBLED.finditer(text):
        word, after = match["word"], match["after"]
        # What opens a text is nobody's second word: 项目项目验收合格率, but 维修项目|项目验收合格率.
        begins_another = match.start() and after.startswith(tuple(lists["begins_another"].get(word, ())))
        if word in lists["natural"] or begins_another:
            continue
        return word + word, word
    around = re.search(lists["around"], text)
    return (around.group(), "") if around else None
