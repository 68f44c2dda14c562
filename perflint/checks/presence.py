"""What a form must have and lacks: kinds of indicators, known level labels, filled fields."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from perflint.checks.hit import Abstain, Hit, Spot
from perflint.checks.naming import NameKind, read_name
from perflint.checks.once import once_a_form
from perflint.model import Entry, Form, Indicator, Level, Part
from perflint.records import record
from perflint.targets import TargetKind
from perflint.values.dates import first_day
from perflint.values.measures import kind_of
from perflint.words import words


def missing_level(form: Form, params: Mapping[str, Any]) -> Iterator[Hit]:
    """Hit a form without any indicator of the kinds wanted.

    `level1` and `level2` are kinds of levels that count as present; `under`, if given, is the level-1 kind
    that must be there for the level-2 kind to be wanted; `named` are kinds of names that also count (a 满意度
    filed under 效益). Silent where a level is lost or unknown, for it could be the one wanted; abstains where
    a level was guessed over a row whose name looks like the kind wanted (`looks_like`: kinds of names,
    `words`: words in a name).
    """
    if _kinds(form).has(params):
        return
    rows = [row for row in form.indicators if "under" not in params or kind(row.level1) == params["under"]]
    if not rows:
        return
    if any(kind(row.level2 if "under" in params else row.level1) is None for row in rows):
        return
    if any(is_guessed(row) and looks_like(row, params) for row in form.indicators):
        raise Abstain(Part.LEVELS)
    yield Hit(Spot(None, None), "")


@record(frozen=True, slots=True)
class _Kinds:
    """The kinds of the levels and names of a form's indicators, None for a level that is lost or unknown."""

    level1: frozenset[str | None]
    level2: frozenset[str | None]
    named: frozenset[str]

    def has(self, params: Mapping[str, Any]) -> bool:
        """Say whether one of the kinds wanted is there, by level 1, level 2 or name."""
        return not (
            self.level1.isdisjoint(params.get("level1", ()))
            and self.level2.isdisjoint(params.get("level2", ()))
            and self.named.isdisjoint(params.get("named", ()))
        )


@once_a_form
def _kinds(form: Form) -> _Kinds:
    rows = form.indicators
    return _Kinds(
        frozenset([kind(row.level1) for row in rows]),
        frozenset([kind(row.level2) for row in rows]),
        frozenset([read_name(row.name.text).kind for row in rows]),
    )


def looks_like(row: Indicator, params: Mapping[str, Any]) -> bool:
    """Say whether an indicator's name looks like the kind wanted."""
    name = row.name.text
    return read_name(name).kind in params.get("looks_like", ()) or any(
        word in name for word in params.get("words", ())
    )


def is_guessed(row: Indicator) -> bool:
    """Say whether a level over an indicator was assigned by order or meaning, not by the grid."""
    return any(level is not None and not level.sure for level in (row.level1, row.level2))


def kind(level: Level | None) -> str | None:
    """Return a level's kind, None where there is no level or no known one."""
    return level.kind if level is not None else None


def quantity_only_in_rates(form: Form, params: Mapping[str, Any]) -> Iterator[Hit]:
    """Hit a form whose indicators under 数量指标 are all rates: how much will be done is nowhere said."""
    rows = [row for row in form.indicators if kind(row.level2) == "quantity"]
    if not rows or not all(is_rate(row) for row in rows):
        return
    if any(is_guessed(row) for row in form.indicators if kind(row.level1) == "output"):
        raise Abstain(Part.LEVELS)
    values = {"count": str(len(rows)), "name": rows[0].name.text}
    related = tuple(Spot(row.index, "name") for row in rows)
    yield Hit(Spot(None, None), "、".join(row.name.text for row in rows), values, related=related)


def is_rate(row: Indicator) -> bool:
    """Say whether an indicator surely is a rate: by its name and by a value in %."""
    target = row.target
    if target is None or target.kind is not TargetKind.NUMBER:
        return False
    return read_name(row.name.text).kind is NameKind.RATE and kind_of(target.measure) == "ratio"


def unknown_level(form: Form, params: Mapping[str, Any]) -> Iterator[Hit]:
    """Hit each level label that no known layout has, once a form."""
    seen = set()
    for row in form.indicators:
        for field, level in (("level1", row.level1), ("level2", row.level2)):
            if (
                level is None
                or level.kind is not None
                or not level.sure
                or (field, level.passage.text) in seen
            ):
                continue
            seen.add((field, level.passage.text))
            yield Hit(Spot(row.index, field), level.passage.text, {"label": level.passage.text})


def empty_required_field(form: Form, params: Mapping[str, Any]) -> Iterator[Hit]:
    """Hit the required fields that the form has but leaves empty.

    `required` lists roles by kind of form; `several_years` those wanted only of a project that runs over
    years. Of a self-evaluation's funds `columns` are wanted in its total row.
    """
    if form.project_name is None:
        yield Hit(Spot(None, "project_name"), "", {"label": words("fields")["header"]["project_name"][0]})
    required = [
        *params["required"][form.judged_as],
        *(params["several_years"] if runs_over_years(form) else ()),
    ]
    for block, entries in (("header", form.header), ("funding", form.funding.entries), ("goals", form.goals)):
        yield from (
            Hit(Spot(None, f"{block}:{entry.role}"), "", {"label": entry.label})
            for entry in entries
            if entry.role in required and is_empty(entry)
        )
    for row in form.funding.rows:
        for role, entry in row.columns.items():
            if row.role == "annual_total" and role in params["columns"] and is_empty(entry):
                label = f"{row.label} {entry.label}"
                yield Hit(Spot(None, f"funding:{row.role}.{role}"), "", {"label": label})


def is_empty(entry: Entry) -> bool:
    """Say whether an entry has no value."""
    return entry.value is None or not entry.value.text.strip()


def runs_over_years(form: Form) -> bool:
    """Say whether the form's dates span more than one calendar year."""
    start, end = form.entry("start"), form.entry("end")
    if start is None or end is None or start.value is None or end.value is None:
        return False
    first, last = first_day(start.value.text), first_day(end.value.text)
    return first is not None and last is not None and first.year < last.year
