"""Dates of a form: its period, and the dates and years that are said elsewhere in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from perflint.checks.hit import Hit, Spot
from perflint.checks.texts import plain
from perflint.model import Form
from perflint.values.dates import DateRead, dates_in, first_day, last_day
from perflint.words import words


def end_before_start(form: Form, params: Mapping[str, Any]) -> Iterator[Hit]:
    """Hit a planned end before the planned start, or a period that does not touch the form's year."""
    period = period_of(form)
    if period is None:
        return
    start, end = period
    values = {"start": written(form, "start"), "end": written(form, "end"), "year": str(form.year)}
    related = (Spot(None, "header:start"),)
    if end < start:
        yield Hit(
            Spot(None, "header:end"), written(form, "end"), {**values, "problem": "order"}, related=related
        )
    elif form.year is not None and not start.year <= form.year <= end.year:
        yield Hit(
            Spot(None, "header:end"), written(form, "end"), {**values, "problem": "year"}, related=related
        )


def period_of(form: Form) -> tuple[date, date] | None:
    """Return the first and last day that the form plans, None where it does not say both."""
    start, end = form.entry("start"), form.entry("end")
    if start is None or end is None or start.value is None or end.value is None:
        return None
    first, last = first_day(start.value.text), last_day(end.value.text)
    return (first, last) if first is not None and last is not None else None


def written(form: Form, role: str) -> str:
    """Return a header field as the form writes it."""
    entry = form.entry(role)
    return entry.value.text if entry is not None and entry.value is not None else ""


def date_outside_period(form: Form, params: Mapping[str, Any]) -> Iterator[Hit]:
    """Hit planned dates outside the form's period: in targets, and in the plan and goals.

    A date counts as planned where one of the `words` subject's phrases stands right before or behind it
    (完成时间2021年9月; 2027年3月底前); other dates of a text may tell of the past or name a document. A target's
    date is a planned one unless it tells what the target is compared with (较2023年提高5%).
    """
    period = period_of(form)
    if period is None or period[1] < period[0]:
        return
    lists = words(params["words"])
    referring = re.compile(f"(?:{lists['reference_before']})$"), re.compile(lists["reference_behind"])
    for row in form.indicators:
        text = plain(row.target.text) if row.target is not None else ""
        for found in dates_in(text):
            refers = referring[0].search(text[: found.start]) or referring[1].match(text, found.end)
            if is_outside(found, period) and not refers:
                yield outside(Spot(row.index, "target"), text, text, form)
                break
    planned = re.compile(f"(?:{lists['before']})$"), re.compile(lists["behind"])
    for block, entries in (("header", form.header), ("goals", form.goals)):
        for entry in entries:
            if entry.role not in params["roles"] or entry.value is None:
                continue
            text = plain(entry.value.text)
            for found in dates_in(text):
                before, behind = planned[0].search(text[: found.start]), planned[1].match(text, found.end)
                if (before or behind) and is_outside(found, period):
                    # The date with the words around it: the text may be a page long.
                    around = text[max(0, found.start - 12) : found.end + 6]
                    date = text[found.start : found.end]
                    yield outside(Spot(None, f"{block}:{entry.role}"), around, date, form)
                    break


def is_outside(found: DateRead, period: tuple[date, date]) -> bool:
    """Say whether no day that a date may mean lies in the period."""
    return found.last < period[0] or found.first > period[1]


def outside(spot: Spot, excerpt: str, date: str, form: Form) -> Hit:
    """Return the hit on a date outside the form's period."""
    values = {"date": date, "start": written(form, "start"), "end": written(form, "end")}
    return Hit(spot, excerpt, values, related=(Spot(None, "header:end"),))


def other_year_in_name(form: Form, params: Mapping[str, Any]) -> Iterator[Hit]:
    """Hit a project's name that carries a year (or span of years) that the form's year is not in.

    Silent for names that say why: 结转, 尾款, 续建.
    """
    if form.project_name is None or form.year is None:
        return
    name = form.project_name.text
    lists = words(params["words"])
    if any(word in name for word in lists["other_year_is_meant"]):
        return
    years = [
        (int(match["first"]), int(match["last"] or match["first"]))
        for match in re.finditer(lists["year_in_name"], "".join(name.split()))
    ]
    if years and not any(first <= form.year <= last for first, last in years):
        yield Hit(Spot(None, "project_name"), name, {"other": str(years[0][0]), "year": str(form.year)})
