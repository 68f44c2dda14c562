"""The machine report as JSON: the contract of docs/json.md."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

import orjson

from perflint.render import RenderOptions
from perflint.report import ReportJson


def render(report: ReportJson, options: RenderOptions) -> str:
    """Return the whole report, Chinese as it is; each form and each finding has a line of its own."""
    return "\n".join(_object(report, ("documents",))) + "\n"


def _object(table: Mapping[str, object], spread: tuple[str, ...]) -> Iterator[str]:
    """Give an object as lines, a key each; the items of the lists that `spread` names have lines of their
    own.

    json's own indentation takes ten times as long, which tells in a report of thousands of forms.
    """
    yield "{"
    for number, (key, value) in enumerate(table.items(), 1):
        comma = "," if number < len(table) else ""
        if key in spread and isinstance(value, list) and value:
            yield f"{_compact(key)}: ["
            yield from _items(value)
            yield f"]{comma}"
        else:
            yield f"{_compact(key)}: {_compact(value)}{comma}"
    yield "}"


def _items(values: list[object]) -> Iterator[str]:
    for number, value in enumerate(values, 1):
        comma = "," if number < len(values) else ""
        if isinstance(value, dict) and "findings" in value:
            *lines, last = _object(value, ("forms", "findings"))
            yield from lines
            yield last + comma
        else:
            yield _compact(value) + comma


def _compact(value: object) -> str:
    """Return a value in one line."""
    try:
        return orjson.dumps(value).decode()
    except orjson.JSONEncodeError:
        # Half a surrogate pair, which some files hold: what writes the report puts a question mark in its place.
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
