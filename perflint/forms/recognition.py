"""What recognising a document gives: the forms found in it and what could not be understood."""

from __future__ import annotations

from dataclasses import dataclass

from perflint.document import Problem
from perflint.model import Form


@dataclass(frozen=True, slots=True)
class Recognition:
    """The forms of a document, numbered from 1 in reading order, and the problems met (E902, E904)."""

    forms: tuple[Form, ...] = ()
    problems: tuple[Problem, ...] = ()
