"""Choose which pages a report shows as pictures, within its size budget."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from perflint.engine.workers import Failure, work
from perflint.render import RenderOptions
from perflint.render.boxes import boxes_of
from perflint.render.html.sections import Card, Section
from perflint.render.pictures import PAINTERS, Order, Picture, draw
from perflint.report import SEVERITIES, PlaceJson, ReportJson
from perflint.wording import Wording

BUDGET = 7_500_000
"""Characters of pictures with `--pictures auto`: a report of 100 forms can still be sent by mail (10 MB)."""
USUAL = 50_000
"""Characters of the picture of a page, before any was drawn."""
PATIENCE = 60.0
"""Seconds to draw the pages of a file: a hundredfold of what a hundred pages take."""

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
    budget = BUDGET if options.pictures == "auto" else None
    waiting = _pages_by_gravity(report, sections)
    pictures: dict[PageKey, Picture] = {}
    notices: dict[str, None] = {}
    size = left_out = 0
    while waiting:
        count = len(waiting) if budget is None else _fitting(budget - size, size, len(pictures))
        batch, waiting = waiting[:count], waiting[count:]
        if not batch:
            left_out += len(waiting)
            break
        drawn = dict(_drawn(report, batch, options))
        for key in batch:
            picture = drawn[key]
            if isinstance(picture, str):
                notices[texts(f"pictures.{picture}", path=key[0], page=key[1])] = None
            elif budget is not None and size + len(picture.uri) > budget:
                left_out += 1
            else:
                size += len(picture.uri)
                pictures[key] = picture
    if left_out:
        notices[texts("pictures.omitted", count=left_out)] = None
    return Album(pictures, tuple(notices))


def _fitting(room: int, size: int, count: int) -> int:
    """Return how many pages are likely to fit into `room` characters after `count` have taken `size`."""
    return room // (size // count if count else USUAL)


def _pages_by_gravity(report: ReportJson, sections: Sequence[Section]) -> list[PageKey]:
    """Return the pages with findings that can be drawn, each once: open errors first, suppressed ones last."""
    formats = {document["path"]: document["format"] for document in report["documents"]}
    ranks: dict[PageKey, int] = {}
    for section in sections:
        for card in section.cards:
            rank = SEVERITIES.index(card.severity) + (0 if card.state == "open" else len(SEVERITIES))
            for path, place in places_of(section, card):
                for page, _ in boxes_of(place) if formats.get(path) in PAINTERS else ():
                    ranks[path, page] = min(rank, ranks.get((path, page), rank))
    return sorted(ranks, key=lambda key: (ranks[key], key))


def _drawn(
    report: ReportJson, keys: Iterable[PageKey], options: RenderOptions
) -> Iterator[tuple[PageKey, Picture | str]]:
    """Give the picture of each page, or why there is none: `changed` or `failed`."""
    pages: dict[str, list[int]] = {}
    for path, page in keys:
        pages.setdefault(path, []).append(page)
    orders = [
        Order(options.base, document["path"], document["sha256"], document["format"], tuple(pages[document["path"]]))
        for document in {document["path"]: document for document in report["documents"]}.values()
        if document["path"] in pages
    ]  # fmt: skip
    for order, pictures in _carried_out(orders, options.jobs):
        for position, page in enumerate(order.pages):
            picture = pictures[position] if pictures else None
            yield (order.path, page), picture or ("changed" if pictures is None else "failed")


def _carried_out(
    orders: Sequence[Order], jobs: int | None
) -> Iterator[tuple[Order, list[Picture | None] | None]]:
    """Give each order with what came of it; in processes of their own no file can stop the others."""
    if jobs is None:
        yield from ((order, draw(order)) for order in orders)
        return
    for position, result in work(draw, orders, jobs, PATIENCE):
        order = orders[position]
        yield order, [None] * len(order.pages) if isinstance(result, Failure) else result


def places_of(section: Section, card: Card) -> Iterator[tuple[str, PlaceJson]]:
    """Give the places of a card with the path of their file: first its hits', then the related ones."""
    for hit in card.hits:
        yield section.document["path"], hit.json["place"]
    for hit in card.hits:
        for related in hit.related:
            yield related.json["path"], related.json["place"]
