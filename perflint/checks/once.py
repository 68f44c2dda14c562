"""Work out once for a form what many rules ask of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from perflint.model import Form

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


def once_a_form(
    function: Callable[Concatenate[Form, Arguments], Result],
) -> Callable[Concatenate[Form, Arguments], Result]:
    """Remember what a function made of the last form it was given, by its other arguments (hashable).

    Forms are judged one after the other, each by some eighty rules: the last one is all there is to remember.
    """
    last: tuple[Form | None, dict[object, Result]] = (None, {})

    @wraps(function)
    def remembered(form: Form, /, *args: Arguments.args, **kwargs: Arguments.kwargs) -> Result:
        nonlocal last
        if last[0] is not form:
            last = (form, {})
        known = last[1]
        key = (args, *kwargs.items())
        if key not in known:
            known[key] = function(form, *args, **kwargs)
        return known[key]

    return remembered
