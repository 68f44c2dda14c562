"""The boxes of a place on the pages of a document."""

from __future__ import annotations

from collections.abc import Iterator

from perflint.report import PlaceJson

Box = tuple[float, float, float, float]
"""Left, top, right, bottom: points from the upper left corner of the page as it is shown."""


def boxes_of(place: PlaceJson) -> Iterator[tuple[int, Box | None]]:
    """Give the pages of a place, from 1, each with its box; None for the page as a whole."""
    for part in (place, *place.get("continued", ())):
        if "page" in part:
            box = part.get("box")
            yield part["page"], (box[0], box[1], box[2], box[3]) if box else None
