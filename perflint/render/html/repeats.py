"""The defects that many forms share: told once in the overview, their evidence shown with the first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from perflint.render.grouping import SHARED_BY
from perflint.render.html.sections import Card, Defect, Section

LISTED = 8
"""Repeats that the overview names; the rest are found by their rule."""


@dataclass(frozen=True, slots=True)
class Repeat:
    """A defect with the same text in several forms; `first` is the card that shows it at full length."""

    first: Card
    excerpt: str
    forms: int


def repeats_of(sections: Sequence[Section]) -> Mapping[Defect, Repeat]:
    """Return the open defects that at least SHARED_BY forms share, those of most forms first."""
    cards: dict[Defect, list[Card]] = {}
    for section in sections:
        for card in section.cards:
            if card.defect is not None and card.state == "open":
                cards.setdefault(card.defect, []).append(card)
    repeats = {
        defect: Repeat(shared[0], shared[0].hits[0].json["excerpt"], len(shared))
        for defect, shared in cards.items()
        if len(shared) >= SHARED_BY
    }
    return dict(sorted(repeats.items(), key=lambda entry: -entry[1].forms))
