"""Write values as TOML."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date


def toml_value(value: object) -> str:
    """Return a text, number, boolean, date, list or table (inline) as TOML."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (int, float)):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{toml_key(key)} = {toml_value(item)}" for key, item in value.items()) + "}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ", ".join(toml_value(item) for item in value) + "]"
    # A JSON string is a TOML basic string, but for DEL, which TOML wants escaped.
    return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007F")


def toml_key(key: str) -> str:
    """Return a key, quoted where it has to be."""
    return key if key.isascii() and key.replace("-", "").replace("_", "").isalnum() else toml_value(key)
