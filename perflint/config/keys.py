"""The keys of perflint.toml: the one list from which checking, JSON Schema and documentation are made."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from functools import cache
from typing import Any

from perflint.config.shapes import Shape, json_schema
from perflint.limits import Limits
from perflint.report import SEVERITIES
from perflint.wording import LANGUAGES, wording

FAIL_ON = (*SEVERITIES, "never")
PDF_ENGINES = ("pdfium", "pdfplumber")

SELECTORS = Shape("array", items=Shape("string", holds="selector"))
PATTERNS = Shape("array", items=Shape("string", holds="pattern"))
LIMITS = {
    limit.name: Shape("number" if limit.type == "float" else "integer", minimum=0)
    for limit in dataclasses.fields(Limits)
}

KEYS: Mapping[str, Shape] = {
    "extend": Shape("string", holds="path"),
    "language": Shape("string", choices=LANGUAGES),
    "profile": Shape("string", holds="profile"),
    "rules": Shape("array", items=Shape("string", holds="path")),
    "select": SELECTORS,
    "ignore": SELECTORS,
    "extend-select": SELECTORS,
    "extend-ignore": SELECTORS,
    "preview": Shape("boolean"),
    "severity": Shape(
        "object", keys=Shape("string", holds="selector"), items=Shape("string", choices=SEVERITIES)
    ),
    "params": Shape("object", keys=Shape("string", holds="rule"), items=Shape("object", items=Shape("any"))),
    "per-file-ignores": Shape("object", keys=Shape("string", holds="pattern"), items=SELECTORS),
    "exclude": PATTERNS,
    "limits": Shape("object", members=LIMITS),
    "fail-on": Shape("string", choices=FAIL_ON),
    "suppressions": Shape("string", holds="path"),
    "baseline": Shape("string", holds="path"),
    "pdf-engine": Shape("string", choices=PDF_ENGINES),
    "cache": Shape("boolean"),
    "cache-dir": Shape("string", holds="path"),
    "jobs": Shape("integer", minimum=0),
}


@cache
def settings_shape() -> Shape:
    """Return the shape of a settings file."""
    return Shape("object", members=KEYS)


def settings_schema(language: str = "en") -> dict[str, Any]:
    """Return the JSON Schema of perflint.toml (also of `[tool.perflint]`), as
    perflint/schemas/settings.schema.json has it.
    """
    say = wording("keys", language)
    members = {key: dataclasses.replace(shape, note={language: say(key)}) for key, shape in KEYS.items()}
    schema = json_schema(Shape("object", members=members), language)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "perflint.toml", **schema}
