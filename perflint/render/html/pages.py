"""The whole pages of the report: each page picture with all the findings on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from perflint.render.boxes import Box
from perflint.render.html.album import Album, PageKey
from perflint.render.html.evidence import marks_of
from perflint.render.html.sections import Card, Section
from perflint.render.pictures import Picture
from perflint.report import SEVERITIES


@dataclass(frozen=True, slots=True)
class Spot:
    """A cell of a page with the cards that speak of it, the gravest first; `number` as drawn on the page."""

    number: int
    box: Box | None
    cards: tuple[Card, ...]

    @property
    def severity(self) -> str:
        """The gravest severity of the cards."""
        return self.cards[0].severity


@dataclass(frozen=True, slots=True)
class PageView:
    """A page picture and its findings from top to bottom."""

    key: PageKey
    picture: Picture
    spots: tuple[Spot, ...]


def page_views(sections: Sequence[Section], album: Album) -> list[PageView]:
    """Return the pages of the album by file and number."""
    cells: dict[PageKey, dict[Box | None, list[Card]]] = {key: {} for key in album.pictures}
    for section in sections:
        for card in section.cards:
            for key, box, _, related in marks_of(section, card):
                if key in cells and not related:
                    cards = cells[key].setdefault(box, [])
                    if card not in cards:
                        cards.append(card)
    return [PageView(key, album.pictures[key], tuple(_spots(cells[key]))) for key in sorted(cells)]


def _spots(cells: dict[Box | None, list[Card]]) -> Iterator[Spot]:
    """Give the cells of a page from top to bottom."""
    order = sorted(cells, key=lambda box: (box[1], box[0]) if box else (-1.0, -1.0))
    for number, box in enumerate(order, 1):
        cards = sorted(cells[box], key=lambda card: SEVERITIES.index(card.severity))
        yield Spot(number, box, tuple(cards))
