"""The defects that many forms share: told once in the overview, their evidence shown with the first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from perflint.render.grouping import SHARED_BY
from perflint.render.html.sections import Card, Defect, Section


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
