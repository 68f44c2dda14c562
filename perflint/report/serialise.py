"""From the model to the report: a form as the JSON of docs/json.md."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from perflint.document import Passage
from perflint.model import Entry, Form, Funding, Indicator, Weakness
from perflint.report import FormJson, IndicatorJson, PlaceJson, TargetJson, WeaknessJson
from perflint.report.places import place_json
from perflint.targets import Target


def form_json(form: Form, language: str) -> FormJson:
    """Return a form as read; the abstentions are filled in by whoever judges it."""
    return {
        "index": form.index,
        "kind": form.kind.value,
        "template": form.template,
        "title": form.title.text,
        "year": form.year,
        "project_name": _text(form.project_name),
        "header": {key: _text(entry.value) for key, entry in numbered(form.header)},
        "funding": _funding_json(form.funding),
        "goals": {key: _text(entry.value) for key, entry in numbered(form.goals)},
        "indicators": [_indicator_json(indicator) for indicator in form.indicators],
        "total_score": _text(form.total_score),
        "grade": _text(form.grade),
        "place": place_json(form.place),
        "places": dict(_places(form)),
        "weaknesses": [_weakness_json(weakness, language) for weakness in form.weaknesses],
        "abstentions": [],
    }


def numbered(entries: Iterable[Entry]) -> Iterator[tuple[str, Entry]]:
    """Give each entry with its label as key; a label that stands twice in a block gets a number, as in
    `其他资金 (2)`.
    """
    seen: dict[str, int] = {}
    for entry in entries:
        seen[entry.label] = seen.get(entry.label, 0) + 1
        yield entry.label if seen[entry.label] == 1 else f"{entry.label} ({seen[entry.label]})", entry


def _text(passage: Passage | None) -> str | None:
    return passage.text if passage else None


def _funding_json(funding: Funding) -> dict[str, Any]:
    entries = {key: _text(entry.value) for key, entry in numbered(funding.entries)}
    rows = {
        row.label: {entry.label: _text(entry.value) for entry in row.columns.values()} for row in funding.rows
    }
    return {"unit": funding.unit, **entries, **rows}


def _indicator_json(indicator: Indicator) -> IndicatorJson:
    row: IndicatorJson = {
        "index": indicator.index,
        "level1": indicator.level1.passage.text if indicator.level1 else None,
        "level2": indicator.level2.passage.text if indicator.level2 else None,
        "name": indicator.name.text,
        "target": _target_json(indicator.target, indicator.target_passage),
        "actual": {"text": indicator.actual_passage.text} if indicator.actual_passage else None,
        "weight": _text(indicator.weight),
        "score": _text(indicator.score),
        "remark": _text(indicator.remark),
        "confidence": indicator.confidence.value,
        "place": place_json(indicator.place),
        "places": _cell_places(indicator),
    }
    if indicator.other_targets:
        row["other_targets"] = {heading: cell.text for heading, cell in indicator.other_targets.items()}
    return row


def _target_json(target: Target | None, passage: Passage | None) -> TargetJson | None:
    if passage is None:
        return None
    if target is None:
        return {"text": passage.text, "comparator": None, "value": None, "unit": None}
    value = format(target.number, "f") if target.number is not None else None
    return {"text": passage.text, "comparator": target.comparator, "value": value, "unit": target.unit}


def _cell_places(indicator: Indicator) -> dict[str, PlaceJson]:
    return {field: place_json(cell.place) for field, cell in indicator.cells.items() if cell}


def _places(form: Form) -> Iterator[tuple[str, PlaceJson]]:
    """Give the place of each field outside the indicator rows."""
    closing = {"project_name": form.project_name, "total_score": form.total_score, "grade": form.grade}
    for field, passage in closing.items():
        if passage:
            yield field, place_json(passage.place)
    for block, entries in (("header", form.header), ("funding", form.funding.entries), ("goals", form.goals)):
        for key, entry in numbered(entries):
            yield f"{block}:{key}", place_json(entry.value.place if entry.value else entry.place)
    for row in form.funding.rows:
        for entry in row.columns.values():
            yield (
                f"funding:{row.label}.{entry.label}",
                place_json(entry.value.place if entry.value else entry.place),
            )


def _weakness_json(weakness: Weakness, language: str) -> WeaknessJson:
    return {
        "part": weakness.part.value,
        "reason": weakness.reason[language],
        "place": place_json(weakness.place),
    }
