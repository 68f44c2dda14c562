"""What shows only when several forms of a run are seen side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from perflint.checks.comparing import comparable_name, comparable_target, comparable_text
from perflint.checks.hit import Hit, Spot
from perflint.checks.naming import Direction, direction
from perflint.checks.pairing import pairs, same_project
from perflint.checks.results import are_comparable, scaled
from perflint.model import Form, FormKind, Indicator
from perflint.targets import Target, TargetKind
from perflint.words import words


def copied_indicator_table(forms: Sequence[Form], params: Mapping[str, Any]) -> Iterator[Hit]:
    """Hit groups of forms of one kind and of different projects with the same names and targets.

    Once a group.
    """
    groups: dict[object, list[int]] = {}
    for position, form in enumerate(forms):
        table = frozenset(
            (comparable_name(row.name.text), comparable_target(row.target))
            for row in form.indicators
            if row.target is not None
        )
        if len(table) >= words(params["words"])["copied_table_rows"] and len(form.indicators) >= len(table):
            groups.setdefault((form.kind, table), []).append(position)
    named = words(params["words"])["named_projects"]
    yield from (group_hit(group, forms, None, named) for group in distinct_projects(groups.values(), forms))


def copied_goal(forms: Sequence[Form], params: Mapping[str, Any]) -> Iterator[Hit]:
    """Hit goal texts that stand word for word in forms of different projects, once a text."""
    groups: dict[str, list[int]] = {}
    roles: dict[tuple[str, int], str] = {}
    for position, form in enumerate(forms):
        for entry in form.goals:
            text = comparable_text(entry.value.text) if entry.value is not None else ""
            if len(text) < words(params["words"])["copied_goal_length"] or (text, position) in roles:
                continue
            roles[text, position] = f"goals:{entry.role or entry.label}"
            groups.setdefault(text, []).append(position)
    seen: set[tuple[int, ...]] = set()
    for text, group in groups.items():
        for projects in distinct_projects([group], forms):
            if tuple(projects) not in seen:
                seen.add(tuple(projects))
                fields = [roles[text, position] for position in projects]
                yield group_hit(projects, forms, fields, words(params["words"])["named_projects"])


def distinct_projects(groups: Any, forms: Sequence[Form]) -> Iterator[list[int]]:
    """Yield the groups of forms with one form a project, where at least two projects are left."""
    for group in groups:
        kept: list[int] = []
        for position in group:
            if not any(same_project(forms[position], forms[other]) for other in kept):
                kept.append(position)
        if len(kept) > 1:
            yield kept


def group_hit(group: Sequence[int], forms: Sequence[Form], fields: Sequence[str] | None, named: int) -> Hit:
    """Return the hit on a group of forms: on its second one, the others related.

    `others` names as many of their projects as `named` says; `more` is how many are left, empty for none.
    """
    first, second, *rest = range(len(group))
    spots = [Spot(None, fields[at] if fields else None, group[at]) for at in (second, first, *rest)]
    names = [name_of(forms[group[at]]) for at in (first, *rest)]
    excerpt = name_of(forms[group[second]])
    if fields is not None:
        entry = forms[group[second]].entry(fields[second].partition(":")[2])
        excerpt = entry.value.text if entry is not None and entry.value is not None else excerpt
    more = len(names) - named
    values = {
        "others": "、".join(names[:named]),
        "count": str(len(names)),
        "more": str(more) if more > 0 else "",
    }
    return Hit(spots[0], excerpt, values, related=tuple(spots[1:]))


def name_of(form: Form) -> str:
    """Return a form's project name, its title where it has none."""
    return form.project_name.text if form.project_name is not None else form.title.text


def changed_target(forms: Sequence[Form], params: Mapping[str, Any]) -> Iterator[Hit]:
    """Hit targets of a self-evaluation that differ from the declaration of the same project and year."""
    for declared, evaluated in pairs(forms, FormKind.DECLARATION, FormKind.SELF_EVALUATION, 0):
        approved = by_name(forms[declared])
        for name, row in by_name(forms[evaluated]).items():
            before = approved.get(name)
            if (
                before is None
                or before.target is None
                or row.target is None
                or before.value_lost
                or row.value_lost
            ):
                continue
            if comparable_target(before.target) != comparable_target(row.target):
                yield Hit(
                    Spot(row.index, "target", evaluated),
                    row.target.text,
                    {"approved": before.target.text},
                    before.target.text,
                    (Spot(before.index, "target", declared),),
                )


def dropped_indicator(forms: Sequence[Form], params: Mapping[str, Any]) -> Iterator[Hit]:
    """Hit approved indicators that the self-evaluation of the project leaves out, and those that it adds."""
    for declared, evaluated in pairs(forms, FormKind.DECLARATION, FormKind.SELF_EVALUATION, 0):
        approved, reported = by_name(forms[declared], False), by_name(forms[evaluated], False)
        for name, row in approved.items():
            if name not in reported:
                values = {"name": row.name.text, "change": "dropped"}
                yield Hit(
                    Spot(None, None, evaluated),
                    row.name.text,
                    values,
                    related=(Spot(row.index, "name", declared),),
                )
        for name, row in reported.items():
            if name not in approved:
                values = {"name": row.name.text, "change": "added"}
                yield Hit(
                    Spot(row.index, "name", evaluated),
                    row.name.text,
                    values,
                    related=(Spot(None, None, declared),),
                )


def by_name(form: Form, unique: bool = True) -> dict[str, Indicator]:
    """Return a form's indicators by comparable name.

    Of a name that stands twice none (`unique`) or the first.
    """
    found: dict[str, Indicator] = {}
    twice: set[str] = set()
    for row in form.indicators:
        name = comparable_name(row.name.text)
        if name and found.setdefault(name, row) is not row:
            twice.add(name)
    return {name: row for name, row in found.items() if not (unique and name in twice)}


def target_below_last_year(forms: Sequence[Form], params: Mapping[str, Any]) -> Iterator[Hit]:
    """Hit targets below what the same project reached, by its self-evaluation, in the year before.

    Costs aside.
    """
    for evaluated, declared in pairs(forms, FormKind.SELF_EVALUATION, FormKind.DECLARATION, 1):
        results = by_name(forms[evaluated])
        for name, row in by_name(forms[declared]).items():
            before = results.get(name)
            actual = before.actual if before is not None else None
            if (
                before is None
                or actual is None
                or row.target is None
                or not falls_short(row, row.target, actual)
            ):
                continue
            yield Hit(
                Spot(row.index, "target", declared),
                row.target.text,
                {"reached": actual.text},
                related=(Spot(before.index, "actual", evaluated),),
            )


def falls_short(row: Indicator, target: Target, actual: Target) -> bool:
    """Say whether a target asks for less than was reached, where more is better."""
    if target.kind is not TargetKind.NUMBER or not are_comparable(target, actual):
        return False
    is_cost = "cost" in (row.level1.kind if row.level1 else None, row.level2.kind if row.level2 else None)
    less_is_better = target.comparator in ("≤", "<") or direction(row.name.text) is Direction.LESS
    return not is_cost and not less_is_better and scaled(target) < scaled(actual)
