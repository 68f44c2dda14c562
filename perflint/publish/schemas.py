"""The JSON Schemas that perflint publishes, made from the one place where each shape is stated.

Run as `python -m perflint.publish.schemas` to write `perflint/schemas/` anew.
"""

from __future__ import annotations

import json
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, NotRequired, Union, get_args, get_origin, get_type_hints, is_typeddict

from perflint import report
from perflint.config.keys import settings_schema
from perflint.gate.suppressions import suppressions_schema

DRAFT = "https://json-schema.org/draft/2020-12/schema"
SIMPLE = {str: "string", int: "integer", float: "number", bool: "boolean", NoneType: "null"}


def report_schema() -> dict[str, Any]:
    """Return the JSON Schema of the report; keys that a later version adds are allowed."""
    definitions = {
        name: _object(shape)
        for name, shape in vars(report).items()
        if is_typeddict(shape) and shape is not report.ReportJson
    }
    return {"$schema": DRAFT, "title": "perflint report", **_object(report.ReportJson), "$defs": definitions}


def _object(shape: Any) -> dict[str, Any]:
    hints = get_type_hints(shape, include_extras=True)
    properties = {key: _schema(hint) for key, hint in hints.items()}
    required = [key for key, hint in hints.items() if get_origin(hint) is not NotRequired]
    schema: dict[str, Any] = {"type": "object", "properties": properties, "required": required}
    return {"description": " ".join(shape.__doc__.split()), **schema} if shape.__doc__ else schema


def _schema(hint: Any) -> dict[str, Any]:
    """Return the schema of a type as report.py uses them."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is NotRequired:
        return _schema(arguments[0])
    if is_typeddict(hint):
        return {"$ref": f"#/$defs/{hint.__name__}"}
    if origin in (Union, UnionType):
        return {"anyOf": [_schema(argument) for argument in arguments]}
    if origin is list:
        return {"type": "array", "items": _schema(arguments[0])}
    if origin is dict:
        return {"type": "object", "additionalProperties": _schema(arguments[1])}
    return {"type": SIMPLE[hint]} if hint in SIMPLE else {}


def published() -> dict[str, str]:
    """Return the content of each published schema by its file name."""
    schemas = {
        "report.schema.json": report_schema(),
        "settings.schema.json": settings_schema(),
        "suppressions.schema.json": suppressions_schema(),
    }
    return {name: json.dumps(schema, ensure_ascii=False, indent=1) + "\n" for name, schema in schemas.items()}


if __name__ == "__main__":
    for name, text in published().items():
        (Path(__file__).parents[1] / "schemas" / name).write_text(text, "utf-8")
