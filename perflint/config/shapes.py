"""The shapes that values of a settings file may have: checked once at the edge, and told to editors as JSON
Schema.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

Path = tuple[str | int, ...]
"""The way to a value through tables and lists: ("limits", "pages"), ("select", 1)."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What a value must be.

    `type` is a JSON Schema type, `date`, or `any`; `holds` says what a text stands for (`selector`,
    `pattern`, `path`), for the checks that need to know the rules; `choices` are all that a text may be;
    `members` are the keys of a table, `keys` and `items` the shape of every key and value of an open table or
    of every item of a list.
    """

    type: str
    holds: str = ""
    choices: tuple[str, ...] = ()
    minimum: float | None = None
    members: Mapping[str, Shape] = field(default_factory=dict)
    required: tuple[str, ...] = ()
    keys: Shape | None = None
    items: Shape | None = None
    note: Mapping[str, str] = field(default_factory=dict)
    """What the key is for, by language."""


@dataclass(frozen=True, slots=True)
class Misfit:
    """A value that has not the shape it must have: `problem` is a key of wording/settings.toml, `values` fill
    it.
    """

    path: Path
    problem: str
    values: Mapping[str, str]
    known: tuple[str, ...] = ()
    """What would be right, to find the nearest."""


TYPES: Mapping[str, tuple[type, ...]] = {
    "string": (str,),
    "boolean": (bool,),
    "integer": (int,),
    "number": (int, float),
    "array": (list,),
    "object": (dict,),
    "date": (date,),
    "any": (object,),
}


def misfits(shape: Shape, value: object, path: Path = ()) -> Iterator[Misfit]:
    """Give everything in which a value differs from its shape."""
    wrong_kind = not isinstance(value, TYPES[shape.type]) or (
        isinstance(value, bool) and shape.type in ("integer", "number")
    )
    if wrong_kind:
        yield Misfit(path, "wrong-type", {"expected": shape.type, "found": _literal(value)})
        return
    if shape.choices and value not in shape.choices:
        choices = ", ".join(shape.choices)
        yield Misfit(path, "wrong-choice", {"word": str(value), "choices": choices}, shape.choices)
    if shape.minimum is not None and isinstance(value, (int, float)) and value < shape.minimum:
        yield Misfit(path, "too-small", {"word": str(value), "minimum": f"{shape.minimum:g}"})
    if isinstance(value, list) and shape.items:
        for index, item in enumerate(value):
            yield from misfits(shape.items, item, (*path, index))
    if isinstance(value, dict):
        yield from _table_misfits(shape, value, path)


def _table_misfits(shape: Shape, table: Mapping[str, object], path: Path) -> Iterator[Misfit]:
    for key in shape.required:
        if key not in table:
            yield Misfit(path, "missing-key", {"word": key})
    for key, value in table.items():
        member = shape.members.get(key, shape.items)
        if member is None:
            yield Misfit((*path, key), "unknown-key", {"word": key}, tuple(shape.members))
        else:
            yield from misfits(member, value, (*path, key))


def _literal(value: object) -> str:
    """Return a value about as TOML writes it."""
    if isinstance(value, bool):
        return str(value).lower()
    return f'"{value}"' if isinstance(value, str) else str(value)


def held(shape: Shape, value: object, path: Path = ()) -> Iterator[tuple[Path, str, str]]:
    """Give every text of a fitting value that holds something: its path, what it holds, and the text."""
    if isinstance(value, str) and shape.holds:
        yield path, shape.holds, value
    if isinstance(value, list) and shape.items:
        for index, item in enumerate(value):
            yield from held(shape.items, item, (*path, index))
    if isinstance(value, dict):
        for key, item in value.items():
            if shape.keys and shape.keys.holds:
                yield (*path, key), shape.keys.holds, key
            member = shape.members.get(key, shape.items)
            if member:
                yield from held(member, item, (*path, key))


def json_schema(shape: Shape, language: str = "en") -> dict[str, Any]:
    """Return a shape as JSON Schema, for editors."""
    schema: dict[str, Any] = {}
    if shape.note:
        schema["description"] = shape.note[language]
    if shape.type == "date":
        return {**schema, "type": "string", "format": "date"}
    if shape.type != "any":
        schema["type"] = shape.type
    if shape.choices:
        schema["enum"] = list(shape.choices)
    if shape.minimum is not None:
        schema["minimum"] = shape.minimum
    if shape.type == "array" and shape.items:
        schema["items"] = json_schema(shape.items, language)
    if shape.type == "object":
        if shape.members:
            schema["properties"] = {
                key: json_schema(member, language) for key, member in shape.members.items()
            }
        schema["additionalProperties"] = json_schema(shape.items, language) if shape.items else False
        if shape.required:
            schema["required"] = list(shape.required)
    return schema
