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

    number: int
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
    shared = [entry for entry in cards.items() if len(entry[1]) >= SHARED_BY]
    shared.sort(key=lambda entry: -len(entry[1]))
    return {
        defect: Repeat(number, same[0], same[0].hits[0].json["excerpt"], len(same))
        for number, (defect, same) in enumerate(shared, 1)
    }


def card_index(
    section: Section, repeats: Mapping[Defect, Repeat]
) -> list[tuple[str, str, str, list[str], int]]:
    """Return the cards of a section as the page's scripts know them before they are elements.

    Of each its severity, code, state, fingerprints, and the number of its repeat (0 without).
    """
    return [
        (card.severity, card.code, card.state, card.fingerprints, _number(card, repeats))
        for card in section.cards
    ]


def _number(card: Card, repeats: Mapping[Defect, Repeat]) -> int:
    """Return the number of the repeat that a card belongs to, 0 for none."""
    repeat = repeats.get(card.defect) if card.defect and card.state == "open" else None
    return repeat.number if repeat else 0
