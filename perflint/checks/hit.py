"""What a check returns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field
from typing import Any

from perflint.model import Form, Part
from perflint.records import record


@record(frozen=True, slots=True)
class Spot:
    """A place in a form, in the form's own terms, never a page or a line.

    `indicator` is an indicator's number or None for the form as a whole; `field` is `name`, `target`,
    `actual`, `weight`, `score`, `remark`, `level1`, `level2`, `title`, `project_name`, `total_score`,
    `grade`, or `header:ROLE-OR-LABEL`, `funding:ROLE`, `funding:ROLE.COLUMN`, `goals:ROLE`; None for no
    particular field. `form` is 0-based among the forms that a run-scope check was given, else 0.
    """

    indicator: int | None = None
    field: str | None = None
    form: int = 0


@record(frozen=True, slots=True)
class Hit:
    """One defect: where it is, the offending text, and what the rule's texts need.

    `values` fill the message and suggestion templates beside `form` and `indicator`; `suggestion` is a text
    that can be pasted into the field, only where it follows from the form; `severity` overrides the rule's.
    """

    spot: Spot
    excerpt: str
    values: Mapping[str, str] = field(default_factory=dict)
    suggestion: str | None = None
    related: tuple[Spot, ...] = ()
    severity: str | None = None


class Abstain(Exception):
    """Raised by a check that cannot judge a form because `part` was read too weakly just where it matters."""

    def __init__(self, part: Part) -> None:
        super().__init__(part.value)
        self.part = part


Check = Callable[[Form, Mapping[str, Any]], Iterator[Hit]]
RunCheck = Callable[[Sequence[Form], Mapping[str, Any]], Iterator[Hit]]
