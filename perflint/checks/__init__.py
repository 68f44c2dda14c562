"""The checks that rules name: pure functions from a form, or the forms of a run, and params to hits."""

from __future__ import annotations

import difflib
import importlib
import pkgutil
from collections.abc import Callable
from functools import cache
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from importlib.metadata import EntryPoints

ENTRY_POINTS = "perflint.checks"
"""The entry-point group in which plugins register their checks: name = "module:function"."""


class UnknownCheck(LookupError):
    """No check of this name, built in or from a plugin; the message holds the nearest one."""


@cache
def find_check(name: str) -> Callable[..., Any]:
    """Return the check of this name: a public function of a module of perflint.checks, else a plugin's.

    Raises UnknownCheck.
    """
    for module in check_modules():
        function: Callable[..., Any] | None = getattr(module, name, None)
        if callable(function) and getattr(function, "__module__", None) == module.__name__:
            return function
    for point in plugins():
        if point.name == name:
            loaded: Callable[..., Any] = point.load()
            return loaded
    near = difflib.get_close_matches(name, known_checks(), n=1)
    raise UnknownCheck(f"no check {name!r}" + (f"; did you mean {near[0]!r}?" if near else ""))


def known_checks() -> list[str]:
    """Return the names of all checks that can be found.

    Functions whose parameters are `form` or `forms`, and `params`.
    """
    names = {point.name for point in plugins()}
    for module in check_modules():
        for name, value in vars(module).items():
            code = getattr(value, "__code__", None)
            if code is not None and code.co_varnames[: code.co_argcount] in (
                ("form", "params"),
                ("forms", "params"),
            ):
                names.add(name)
    return sorted(names)


def plugins() -> EntryPoints:
    """Return the checks that installed packages register."""
    # Imported here: it takes longer to load than most runs take to judge.
    from importlib.metadata import entry_points

    return entry_points(group=ENTRY_POINTS)


@cache
def check_modules() -> tuple[ModuleType, ...]:
    """Import the modules of this package, in the order of their names."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    return tuple(importlib.import_module(f"{__name__}.{name}") for name in names)
