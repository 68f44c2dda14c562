"""Walk over the indicator rows of a form as the checks on names and values see them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from perflint.checks.hit import Hit, Spot
from perflint.checks.naming import Name, read_name
from perflint.checks.once import once_a_form
from perflint.model import Form, Indicator
from perflint.targets import Target, TargetKind

NUMBERS = (TargetKind.NUMBER, TargetKind.RANGE, TargetKind.SEVERAL)


@dataclass(frozen=True, slots=True)
class Row:
    """An indicator with its name and target as read."""

    indicator: Indicator
    name: Name
    target: Target

    def hit(
        self,
        values: Mapping[str, str] | None = None,
        suggestion: str | None = None,
        severity: str | None = None,
        field: str = "target",
    ) -> Hit:
        """Return a hit on this row's target, or on its name."""
        excerpt = self.name.text if field == "name" else self.target.text
        return Hit(Spot(self.indicator.index, field), excerpt, values or {}, suggestion, severity=severity)


@once_a_form
def rows(form: Form) -> tuple[Row, ...]:
    """Return the indicators that have a target."""
    return tuple(
        Row(indicator, read_name(indicator.name.text), indicator.target)
        for indicator in form.indicators
        if indicator.target is not None and indicator.target.kind != TargetKind.EMPTY
    )


def slot(indicator: Indicator, sure: bool = True) -> str | None:
    """Return the kind of slot that an indicator stands in: its level-2 kind, else its level-1 kind.

    None where there is no known level above it, or, with `sure`, only one that the reading guessed.
    """
    for level in (indicator.level2, indicator.level1):
        if level is not None and level.kind is not None:
            return level.kind if level.sure or not sure else None
    return None


def in_frame(indicator: Indicator, kinds: list[str]) -> bool:
    """Say whether the level-1 label above an indicator is of one of these kinds."""
    return indicator.level1 is not None and indicator.level1.kind in kinds


def squeezed(text: str) -> str:
    """Return a text without blanks and without punctuation around it, for comparing words."""
    return "".join(text.split()).strip("，。；、：,.;:!！ ")
