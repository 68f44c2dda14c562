"""Choose which pages a report shows as pictures, within its size budget."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from perflint.render import RenderOptions
from perflint.render.boxes import boxes_of
from perflint.render.html.sections import Card, Section
from perflint.render.pictures import Picture, original_of, pictures_of
from perflint.report import SEVERITIES, PlaceJson, ReportJson
from perflint.wording import Wording

BUDGET = 7_500_000
"""Characters of pictures with `--pictures auto`: a report of 100 forms can still be sent by mail (10 MB)."""

PageKey = tuple[str, int]
"""A file's path in the report and a page of it, counted from 1."""


@dataclass(frozen=True, slots=True)
class Album:
    """The pictures of a report, and what is to be said about those that are missing."""

    pictures: Mapping[PageKey, Picture]
    notices: tuple[str, ...] = ()


def album_of(
    report: ReportJson, sections: Sequence[Section], options: RenderOptions, texts: Wording
) -> Album:
    """Return the pictures of the pages that findings stand on, the gravest findings' pages first.

    `options.pictures` says how many: none; auto, as many as BUDGET allows; all of them. A file that has
    changed since the run has none.
    """
    if options.pictures == "none":
        return Album({})
    checksums = {
        document["path"]: document["sha256"]
        for document in report["documents"]
        if document["format"] == "pdf"
    }
    pictures: dict[PageKey, Picture] = {}
    notices: dict[str, None] = {}
    omitted = size = 0
    for path, pages in _pages_by_gravity(sections):
        if path not in checksums:
            continue
        if options.pictures == "auto" and size >= BUDGET:
            omitted += len(pages)
            continue
        data = original_of(options.base, path, checksums[path])
        if data is None:
            notices[texts("pictures.changed", path=path)] = None
            continue
        for page, picture in pictures_of(data, pages):
            if picture is None:
                notices[texts("pictures.failed", path=path, page=page)] = None
            elif options.pictures == "auto" and size + len(picture.uri) > BUDGET:
                omitted += 1
            else:
                size += len(picture.uri)
                pictures[path, page] = picture
    if omitted:
        notices[texts("pictures.omitted", count=omitted)] = None
    return Album(pictures, tuple(notices))


def _pages_by_gravity(sections: Sequence[Section]) -> list[tuple[str, list[int]]]:
    """Return the pages with findings, each once, by file: open errors first, suppressed ones last."""
    ranks: dict[PageKey, int] = {}
    for section in sections:
        for card in section.cards:
            rank = SEVERITIES.index(card.severity) + (0 if card.state == "open" else len(SEVERITIES))
            for path, place in places_of(section, card):
                for page, _ in boxes_of(place):
                    ranks[path, page] = min(rank, ranks.get((path, page), rank))
    batches: dict[tuple[int, str], list[int]] = {}
    for (path, page), rank in ranks.items():
        batches.setdefault((rank, path), []).append(page)
    return [(path, sorted(pages)) for (_, path), pages in sorted(batches.items())]


def places_of(section: Section, card: Card) -> Iterator[tuple[str, PlaceJson]]:
    """Give the places of a card with the path of their file: first its hits', then the related ones."""
    for hit in card.hits:
        yield section.document["path"], hit.json["place"]
    for hit in card.hits:
        for related in hit.related:
            yield related.json["path"], related.json["place"]
