"""Write readings as JSON and read them back exactly, so that the cache can keep them."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any

from perflint import document, model, reading, targets

TAG = "@"
"""The key that marks an object of ours; the other key, `v`, holds its fields in order."""


class UnknownShape(ValueError):
    """Data that this codec did not write."""


@cache
def _types() -> Mapping[str, type]:
    """Return the dataclasses and enumerations that may be rebuilt, by name; nothing else ever is."""
    return {
        name: value
        for module in (document, model, reading, targets)
        for name, value in vars(module).items()
        if isinstance(value, type) and (dataclasses.is_dataclass(value) or issubclass(value, Enum))
    }


@cache
def _names(kind: Any) -> tuple[str, ...]:
    """Return the fields of a dataclass, in the order of its constructor."""
    return tuple(field.name for field in dataclasses.fields(kind))


def encode(value: Any) -> Any:
    """Return a value of the model as plain JSON: tuples as lists, everything else that JSON lacks as tagged
    objects.
    """
    if isinstance(value, Enum):
        return {TAG: type(value).__name__, "v": value.value}
    if value is None or isinstance(value, (str, bool, int, float)):
        return value
    if isinstance(value, (tuple, list)):
        return [encode(item) for item in value]
    if isinstance(value, Decimal):
        return {TAG: "Decimal", "v": str(value)}
    if isinstance(value, Mapping):
        return {TAG: "Mapping", "v": [[key, encode(item)] for key, item in value.items()]}
    kind: Any = type(value)
    return {TAG: kind.__name__, "v": [encode(getattr(value, name)) for name in _names(kind)]}


def decode(data: Any) -> Any:
    """Rebuild what `encode` wrote. Raises UnknownShape for anything else."""
    if isinstance(data, list):
        return tuple(decode(item) for item in data)
    if not isinstance(data, dict):
        return data
    try:
        name, content = data[TAG], data["v"]
        if name == "Decimal":
            return Decimal(content)
        if name == "Mapping":
            return {key: decode(item) for key, item in content}
        kind = _types()[name]
        return kind(content) if issubclass(kind, Enum) else kind(*(decode(item) for item in content))
    except (LookupError, TypeError, ValueError, ArithmeticError) as error:
        raise UnknownShape(f"{type(error).__name__}: {error}") from error
