"""Frozen dataclasses that cost no more to make than others: the type checker holds them frozen, not every assignment."""

from __future__ import annotations

from typing import TYPE_CHECKING

__all__ = ["record"]

if TYPE_CHECKING:
    from dataclasses import dataclass as record
else:
    from dataclasses import dataclass

    def record(*, frozen: bool, slots: bool) -> object:
        """Make a dataclass, as `dataclasses.dataclass` does, that is only checked statically for being frozen.

        A frozen dataclass sets each of its fields through `object.__setattr__`, which takes four times as long; a
        page has hundreds of passages, cells and places. That nothing is changed is known from mypy.
        """
        return dataclass(slots=slots, unsafe_hash=frozen)
