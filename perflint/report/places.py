"""From a spot in a form, as rules name it, to the place in the file, as the report shows it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from perflint.checks.hit import Spot
from perflint.document import Confidence, LinePlace, PagePlace, Passage, Place, SheetPlace, worst
from perflint.model import Entry, Form
from perflint.report import PlaceJson


def locate(form: Form, spot: Spot) -> tuple[Place, Confidence]:
    """Return the place of a spot and how surely it was read.

    A cell that is empty or lost has no place of its own: the row stands for it; a field that the form lacks
    is the whole form.
    """
    if spot.indicator is not None:
        indicator = form.indicators[spot.indicator - 1]
        passage = indicator.cells.get(spot.field or "")
        return (passage.place, passage.confidence) if passage else (indicator.place, indicator.confidence)
    found = _outside_rows(form, spot.field or "")
    if isinstance(found, Entry):
        return (found.value.place, found.value.confidence) if found.value else (found.place, Confidence.EXACT)
    if found is not None:
        return found.place, found.confidence
    # What is said of the form as a whole rests on all its rows.
    return form.place, worst([row.confidence for row in form.indicators] or [form.title.confidence])


def _outside_rows(form: Form, field: str) -> Entry | Passage | None:
    """Return the entry or passage of a field that belongs to the form as a whole."""
    block, _, key = field.partition(":")
    if block in ("header", "goals", "funding"):
        return next(
            (entry for name, entry in _entries(form, block) if key in (name, entry.role, entry.label)), None
        )
    return {
        "title": form.title,
        "project_name": form.project_name,
        "total_score": form.total_score,
        "grade": form.grade,
    }.get(field)


def _entries(form: Form, block: str) -> Iterator[tuple[str, Entry]]:
    """Give the entries of a block with the key that a spot uses: ROLE, in the table of funds ROLE.COLUMN."""
    if block != "funding":
        for entry in form.header if block == "header" else form.goals:
            yield entry.role or entry.label, entry
        return
    for entry in form.funding.entries:
        yield entry.role or entry.label, entry
    for row in form.funding.rows:
        for column, entry in row.columns.items():
            yield f"{row.role or row.label}.{column}", entry
            yield f"{row.label}.{entry.label}", entry
        yield row.role or row.label, Entry(row.label, row.role, None, row.place)


def place_json(place: Place | None) -> PlaceJson:
    """Return a place in the shape of the report; coordinates in points with two decimals."""
    if place is None:
        return {}
    if isinstance(place, PagePlace):
        shown: PlaceJson = {"page": place.page, "box": [*map(_points, place.box)]}
        if place.continued:
            shown["continued"] = [place_json(part) for part in place.continued]
        return shown
    if isinstance(place, SheetPlace):
        return {"sheet": place.sheet, "cell": place.cell}
    if isinstance(place, LinePlace):
        return {
            "line": place.line,
            "column": place.column,
            "end_line": place.end_line,
            "end_column": place.end_column,
        }
    return {"table": place.table, "row": place.row, "column": place.column}


@lru_cache(maxsize=1024)
def _points(coordinate: float) -> float:
    """Return a coordinate with two decimals; the cells of a table share their borders."""
    # Without the sum -0.0 would be shown as such, or not, by what was asked for before.
    return round(coordinate, 2) + 0.0
