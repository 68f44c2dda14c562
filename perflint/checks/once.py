"""Work out once for a form what many rules ask of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from perflint.model import Form

Result = TypeVar("Result")


def once_a_form(function: Callable[[Form], Result]) -> Callable[[Form], Result]:
    """Remember what a function made of the last form it was given.

    Forms are judged one after the other, each by some eighty rules: the last one is all there is to remember.
    """
    last: tuple[Form, Result] | None = None

    @wraps(function)
    def remembered(form: Form) -> Result:
        nonlocal last
        if last is None or last[0] is not form:
            last = (form, function(form))
        return last[1]

    return remembered
