"""Walk over the indicator rows of a form as the checks on names and values see them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from perflint.checks.hit import Hit, Spot
from perflint.checks.naming import (
    Direction,
    Name,
    NameKind,
    clashes,
    direction,
    fitting_measures,
    read_name,
    refused_kinds,
)
from perflint.checks.once import once_a_form
from perflint.checks.texts import plain
from perflint.model import Form, Indicator
from perflint.records import record
from perflint.targets import Target, TargetKind
from perflint.values.measures import kind_of
from perflint.words import words

NUMBERS = (TargetKind.NUMBER, TargetKind.RANGE, TargetKind.SEVERAL)


NEVER_IN_PERCENT = (NameKind.COUNT, NameKind.EXTENT, NameKind.COST, NameKind.YES_NO)


@record(frozen=True, slots=True)
class Row:
    """An indicator with its name and target as read."""

    indicator: Indicator
    name: Name
    target: Target

    def hit(
        self,
        values: Mapping[str, str] | None = None,
        suggestion: str | None = None,
        severity: str | None = None,
        field: str = "target",
    ) -> Hit:
        """Return a hit on this row's target, or on its name."""
        excerpt = self.name.text if field == "name" else self.target.text
        return Hit(Spot(self.indicator.index, field), excerpt, values or {}, suggestion, severity=severity)


@once_a_form
def rows(form: Form) -> tuple[Row, ...]:
    """Return the indicators that have a target."""
    return tuple(
        Row(indicator, read_name(indicator.name.text), indicator.target)
        for indicator in form.indicators
        if indicator.target is not None
        and indicator.target.kind != TargetKind.EMPTY
        and not holds_no_indicator(indicator)
    )


def holds_no_indicator(indicator: Indicator) -> bool:
    """Say whether a row only says that there is no indicator of its kind: 不涉及 | 无, 无 | 0."""
    said = words("names")["none"]["said"]
    if plain(indicator.name.text) not in said:
        return False
    target = indicator.target
    return target is None or target.number == 0 or plain(target.text) in ("", *said)


def slot(indicator: Indicator, sure: bool = True) -> str | None:
    """Return the kind of slot that an indicator stands in: its level-2 kind, else its level-1 kind.

    None where there is no known level above it, or, with `sure`, only one that the reading guessed.
    """
    for level in (indicator.level2, indicator.level1):
        if level is not None and level.kind is not None:
            return level.kind if level.sure or not sure else None
    return None


def ordinary_measure(row: Row) -> str:
    """Return the measure word in which what a row counts is ordinarily counted, an empty text for none."""
    return next(iter(fitting_measures(row.name.text)), "")


def example_count(row: Row) -> str:
    """Return a target in the ordinary measure word as an example, an empty text for none: ≥10(家), =0(起)."""
    measure = ordinary_measure(row)
    few = direction(row.name.text) == Direction.LESS or tells_incident(row)
    return f"{'=0' if few else '≥10'}({measure})" if measure else ""


def is_of_asked_kind(row: Row) -> bool:
    """Say whether a target's unit is one, and of the kind that its name asks for, as far as the name tells."""
    if row.target.measure is None and row.target.unit in words("wording")["units"]["none"]:
        return False
    unit = kind_of(row.target.measure)
    if row.name.kind in (NameKind.RATE, NameKind.SATISFACTION):
        return unit == "ratio"
    if unit == "ratio" and (row.name.kind in NEVER_IN_PERCENT or tells_incident(row)):
        return False
    if row.target.measure is not None and clashes(row.name.text, row.target.measure):
        return False
    return unit not in refused_kinds(row.name)


def tells_incident(row: Row) -> bool:
    """Say whether a name without a kind is that of what happens and is counted: 重大安全事故."""
    if row.name.kind != NameKind.OTHER:
        return False
    known = words("things")["incidents"]
    nouns = (*known["nouns"], *(known["nouns_at_zero"] if row.target.number == 0 else ()))
    return row.name.stem.endswith(nouns)


def likely_comparator(row: Row) -> str:
    """Return the comparator that a bare number stands for: its name's bound, else the number itself."""
    if direction(row.name.text) == Direction.LESS and row.target.number:
        return "≤"
    return "≥" if row.name.kind == NameKind.SATISFACTION else "="


def proposed_unit(row: Row, units: Mapping[str, str]) -> str | None:
    """Return the unit to propose for a bare number.

    That of the name's kind (`units`), else the ordinary measure word; None where nothing is sure, as for a
    rate of 0.95 and a count of 0.95.
    """
    unit, number = units.get(row.name.kind), row.target.number
    if (number is not None and 0 < number < 1) or (unit is not None and number == 1):
        return None
    return unit or ordinary_measure(row) or None


def in_frame(indicator: Indicator, kinds: list[str]) -> bool:
    """Say whether the level-1 label above an indicator is of one of these kinds."""
    return indicator.level1 is not None and indicator.level1.kind in kinds


@lru_cache(maxsize=8192)
def squeezed(text: str) -> str:
    """Return a text without blanks and without punctuation around it, for comparing words."""
    return plain(text).strip("，。；、：,.;:!！ ")
