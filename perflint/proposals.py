"""One text to paste into a field for which several rules propose one each: it mends all that they find."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

from perflint.checks.hit import Hit, Spot
from perflint.document import Passage
from perflint.model import Entry, Form, Indicator
from perflint.rules import Rule
from perflint.targets import parse_target

Judge = Callable[[Rule, Form], Iterable[Hit]]
"""Applies a rule to a form."""


def agreed_text(form: Form, spot: Spot, rules: Sequence[Rule], judge: Judge) -> str | None:
    """Return what is left to propose for a field when the rules' proposals are pasted one after the other.

    Of `<=15` for 培训人数 one rule makes ≥15, the other ≤15(人); what both find is mended by ≥15(人). None where the
    proposals come to no end: one rule takes back what another one wants.
    """
    text = None
    for _ in range(2 * len(rules)):
        found = (hit for rule in rules for hit in judge(rule, form) if hit.spot == spot)
        text, before = next((hit.suggestion for hit in found if hit.suggestion is not None), None), text
        if text is None:
            return before
        form = with_text(form, spot, text)
    return None


def with_text(form: Form, spot: Spot, text: str) -> Form:
    """Return a form with another text in one of its fields; the place stays that of the text before."""
    field = spot.field or ""
    if spot.indicator is not None:
        rows = [
            _row_with(row, field, text) if row.index == spot.indicator else row for row in form.indicators
        ]
        return replace(form, indicators=tuple(rows))
    block, _, role = field.partition(":")
    changes: dict[str, Any]
    if role:
        changes = {block: tuple(_entry_with(entry, role, text) for entry in getattr(form, block))}
    else:
        changes = {field: _saying(getattr(form, field), text)}
    return replace(form, **changes)


def _entry_with(entry: Entry, role: str, text: str) -> Entry:
    is_meant = entry.value is not None and role in (entry.role, entry.label)
    return replace(entry, value=_saying(entry.value, text)) if is_meant else entry


def _row_with(row: Indicator, field: str, text: str) -> Indicator:
    passage = _saying(row.cells[field], text)
    changes: dict[str, Any] = {field: passage}
    if field in ("target", "actual"):
        changes = {field: parse_target(text), f"{field}_passage": passage}
    elif field in ("level1", "level2"):
        changes = {field: replace(getattr(row, field), passage=passage)}
    return replace(row, **changes)


def _saying(passage: Passage | None, text: str) -> Passage | None:
    return replace(passage, text=text, original=text) if passage else None
