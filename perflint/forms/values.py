"""The value of an indicator row: one cell, or sign, number and unit in columns of their own put together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field

from perflint.document import Passage
from perflint.forms.grid import joined
from perflint.forms.vocabulary import is_blank
from perflint.readers.clean import fold
from perflint.records import record
from perflint.words import words


@record(frozen=True, slots=True)
class Value:
    """A value as one passage, and the cells it was put together from, by role: sign, target, unit."""

    passage: Passage | None
    parts: Mapping[str, Passage] = field(default_factory=dict)


def compose(target: Passage | None, signs: Sequence[Passage], unit: Passage | None) -> Value:
    """Put a target together: `≥`, `90`, `%` become `≥90(%)`.

    `signs` are the cells under the headings that may hold a sign or a direction (指标性质, 指标方向): the
    first that holds a sign is taken. A target that already has a sign keeps it, words get no unit.
    """
    sign = next((cell for cell in signs if sign_of(cell.text)), None)
    unit = None if unit is None or is_blank(unit.text) else unit
    if target is None or (sign is None and unit is None):
        return Value(target)
    text = target.text
    parts = {"target": target}
    has_figure = any(character.isdigit() for character in text)
    if sign and has_figure and sign_of(text[:2].strip()) is None and sign_of(text[:1]) is None:
        text = f"{sign_of(sign.text)}{text}"
        parts = {"sign": sign, **parts}
    if unit and has_figure and not fold(text).endswith((fold(unit.text), f"({fold(unit.text)})")):
        text = f"{text}({unit.text})"
        parts["unit"] = unit
    if len(parts) == 1:
        return Value(target)
    return Value(joined(list(parts.values()), text), parts)


def sign_of(text: str) -> str | None:
    """Return the comparator that a cell of signs means (≥, 大于等于 → ≥), None for any other text."""
    sign: str | None = words("columns")["cells"]["signs"].get(fold(text))
    return sign


def sign_kind(text: str) -> str | None:
    """Return what a cell under 指标性质 and the like is: `signs`, `directions`, or None (定性)."""
    if sign_of(text):
        return "signs"
    return "directions" if fold(text) in words("columns")["cells"]["directions"] else None


def is_sign_or_qualitative(text: str) -> bool:
    """Say whether a cell of signs may hold this text: ≥, 不低于, 定性."""
    return sign_of(text) is not None or fold(text) in words("columns")["cells"]["qualitative"]
