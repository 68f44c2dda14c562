"""Sort the fields of a form into project name, header, funding and goals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from perflint.document import Passage
from perflint.forms.fields import Field
from perflint.forms.funding import FundingTable, funding_entries, is_money, place_of
from perflint.forms.heading import unit_of
from perflint.forms.vocabulary import field_role, period_in, period_of_label, shown_label
from perflint.model import Entry, Funding
from perflint.words import words


@dataclass(frozen=True, slots=True)
class Header:
    """What a form says outside its indicator table."""

    project_name: Passage | None
    entries: tuple[Entry, ...]
    funding: Funding
    goals: tuple[Entry, ...]


def sort_fields(fields: Sequence[Field], table: FundingTable, above: Sequence[str]) -> Header:
    """Give each field its block and role; a label that several blocks list stands in each of them.

    `table` is the funds table of a self-evaluation; `above` are the texts over the form, one of which may
    name the unit of account.
    """
    unit = unit_of([field.label for field in fields], [*table.texts, *above])
    fields = [field for field in fields if not field.head]
    named = [field for field in fields if field_role(field.label, "header") == "project_name"]
    money = [field for field in fields if is_money(field.label)]
    goals = [field for field in fields if field_role(field.label, "goals")]
    rest = [field for field in fields if _stands_in_header(field)]
    periods = [entry for field in goals for entry in _period(field)]
    return Header(
        project_name=next((field.value for field in named if field.value), None),
        entries=(*_unique([_entry(field, "header") for field in rest]), *periods),
        funding=Funding(unit, funding_entries(money), table.rows),
        goals=_unique([_goal_entry(field) for field in goals]),
    )


def _stands_in_header(field: Field) -> bool:
    """Say whether a field belongs to the header: by its role there, or for want of any other."""
    role = field_role(field.label, "header")
    if role:
        return role != "project_name"
    elsewhere = field_role(field.label, "goals") or field_role(field.label, "closing")
    return not elsewhere and not is_money(field.label)


def _entry(field: Field, block: str) -> Entry:
    """Return a field as an entry with its role in a block."""
    return Entry(shown_label(field.label), field_role(field.label, block), field.value, place_of(field))


def _goal_entry(field: Field) -> Entry:
    """Return a goal without the period that may stand in brackets before its text."""
    entry = _entry(field, "goals")
    period = period_in(entry.value.text) if entry.value else None
    if entry.value is None or period is None:
        return entry
    return replace(entry, value=replace(entry.value, text=period[1]) if period[1] else None)


def _period(field: Field) -> Iterator[Entry]:
    """Yield the period of a goal: in brackets behind its label or before its text, (2023年-2023年)."""
    label = shown_label(field.label) + words("fields")["affixes"]["period"]
    if text := period_of_label(field.label):
        passage = replace(field.label_cell.passage, text=text)
        yield Entry(label, "goal_period", passage, passage.place)
    elif field.value and (split := period_in(field.value.text)):
        yield Entry(label, "goal_period", replace(field.value, text=split[0]), field.value.place)


def _unique(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Return the entries without repeats that say nothing new: a header printed on every page."""
    filled = {entry.label for entry in entries if entry.value}
    kept: dict[tuple[str, str], Entry] = {}
    for entry in entries:
        if entry.value or entry.label not in filled:
            kept.setdefault((entry.label, entry.value.text if entry.value else ""), entry)
    return tuple(kept.values())
