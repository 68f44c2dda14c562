"""Write readings as JSON and read them back exactly, so that the cache can keep them."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from enum import Enum
from functools import cache
from operator import attrgetter
from typing import Any

from perflint import document, model, targets
from perflint.engine import reading

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


PLAIN = frozenset({str, int, float, bool, type(None)})
"""What JSON holds as it is: most fields are, so that both ways look here before they call anything."""


def encode(value: Any) -> Any:
    """Return a value of the model as plain JSON: tuples as lists, everything else that JSON lacks as tagged
    objects.
    """
    kind: Any = type(value)
    return value if kind in PLAIN else _encoder(kind)(value)


@cache
def _encoder(kind: Any) -> Callable[[Any], Any]:
    """Return what encodes values of a type: one look-up a value, however many kinds there are."""
    if issubclass(kind, Enum):
        return lambda value: {TAG: kind.__name__, "v": value.value}
    if issubclass(kind, (tuple, list)):
        return _encoded_items
    if issubclass(kind, Decimal):
        return lambda value: {TAG: "Decimal", "v": str(value)}
    if issubclass(kind, Mapping):
        return lambda value: {TAG: "Mapping", "v": [[key, encode(item)] for key, item in value.items()]}
    # With a single name `attrgetter` gives the bare value; "__class__" makes it a tuple for every dataclass.
    values_of = attrgetter("__class__", *(field.name for field in dataclasses.fields(kind)))
    return lambda value: {TAG: kind.__name__, "v": _encoded_items(values_of(value)[1:])}


def _encoded_items(items: Iterable[Any]) -> list[Any]:
    return [item if type(item) in PLAIN else encode(item) for item in items]


def decode(data: Any) -> Any:
    """Rebuild what `encode` wrote. Raises UnknownShape for anything else."""
    try:
        return _decoded(data)
    except (LookupError, TypeError, ValueError, ArithmeticError) as error:
        raise UnknownShape(f"{type(error).__name__}: {error}") from error


def _decoded(data: Any) -> Any:
    if type(data) is list:
        return tuple(_decoded_items(data))
    return _builder(data[TAG])(data["v"]) if type(data) is dict else data


def _decoded_items(items: Iterable[Any]) -> list[Any]:
    return [item if type(item) in PLAIN else _decoded(item) for item in items]


@cache
def _builder(name: str) -> Callable[[Any], Any]:
    """Return what rebuilds the values of a tag. Raises KeyError for a tag that `encode` never writes."""
    if name == "Decimal":
        return Decimal
    if name == "Mapping":
        return lambda content: {key: _decoded(item) for key, item in content}
    kind = _types()[name]
    return kind if issubclass(kind, Enum) else lambda content: kind(*_decoded_items(content))
