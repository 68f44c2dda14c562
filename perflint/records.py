"""Frozen dataclasses that cost no more to make and to pickle than need be: the type checker holds them frozen."""

from __future__ import annotations

from typing import TYPE_CHECKING

__all__ = ["record"]

if TYPE_CHECKING:
    from dataclasses import dataclass as record
else:
    from dataclasses import dataclass, fields
    from operator import attrgetter

    def record(*, frozen: bool, slots: bool) -> object:
        """Make a dataclass, as `dataclasses.dataclass` does, that is only checked statically for being frozen.

        A frozen dataclass sets each of its fields through `object.__setattr__`, which takes four times as long; a
        page has hundreds of passages, cells and places. That nothing is changed is known from mypy.
        """

        def made(cls: type) -> type:
            made = dataclass(slots=slots, unsafe_hash=frozen)(cls)
            # With a single name `attrgetter` gives the bare value; "__class__" makes it a tuple for every record.
            values_of = attrgetter("__class__", *(each.name for each in fields(made)))
            # Pickled as a call of the class: half the time, and two thirds of the bytes, of names and values.
            made.__reduce__ = lambda self: (type(self), values_of(self)[1:])
            return made

        return made
