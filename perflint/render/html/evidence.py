"""The evidence of a card: crops of pages with the cells boxed, or the table as read with the cells marked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from perflint.render.boxes import Box, boxes_of
from perflint.render.html.album import Album, PageKey
from perflint.render.html.sections import Card, Hit, Section
from perflint.render.spots import ROW_FIELDS, cell_text, field_key, form_value, indicator_of, named
from perflint.report import FormJson, IndicatorJson, ReportJson
from perflint.wording import Wording

MARGIN = 26.0
"""Points of surroundings above and below a cell: about one row of the table."""
CROP_HEIGHT = 240.0
"""Points: cells of one page that fit into this height share a crop (a third of an A4 page)."""
SHOWN = 3
"""Crops of a card that are not folded away."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A numbered box on a page, in points: left, top, width, height; `related` ones are drawn less loudly."""

    number: int
    x: float
    y: float
    width: float
    height: float
    related: bool


@dataclass(frozen=True, slots=True)
class Crop:
    """A part of a page with its marks; x, y, width, height are the part that is shown, in points."""

    page: PageKey
    x: float
    y: float
    width: float
    height: float
    marks: tuple[Mark, ...]

    @property
    def dimmed(self) -> str:
        """The SVG path of everything but the marked cells (to be filled by the even-odd rule)."""
        holes = (f"M{mark.x} {mark.y}h{mark.width}v{mark.height}h-{mark.width}z" for mark in self.marks)
        return f"M{self.x} {self.y}h{self.width}v{self.height}h-{self.width}z" + "".join(holes)


@dataclass(frozen=True, slots=True)
class ReadCell:
    """A cell of a table as read, with the number of the mark on it."""

    text: str
    mark: int | None = None
    related: bool = False


@dataclass(frozen=True, slots=True)
class ReadTable:
    """A part of the form as read: headings and rows; without headings the rows are label and value."""

    headings: tuple[str, ...]
    rows: tuple[tuple[ReadCell, ...], ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What shows a card's findings: crops, those folded away, tables as read where there is no picture."""

    crops: tuple[Crop, ...] = ()
    more: tuple[Crop, ...] = ()
    tables: tuple[ReadTable, ...] = ()
    levels: tuple[tuple[str, int], ...] = ()
    """For a finding on the form as a whole: its kinds of indicators and how many rows each has."""


def evidence_of(
    section: Section, card: Card, album: Album, extents: Mapping[PageKey, Box], texts: Wording
) -> Evidence:
    """Return the evidence of a card; `extents` says how far the tables of each page reach."""
    if section.form and not any(_is_narrow(section, hit) for hit in card.hits):
        return Evidence(levels=_levels(section.form))
    crops = tuple(_crops(section, card, album, extents))
    tables = tuple(_tables(section, section.form, card, texts)) if section.form and not crops else ()
    return Evidence(crops[:SHOWN], crops[SHOWN:], tables)


def _is_narrow(section: Section, hit: Hit) -> bool:
    """Say whether a finding names any place other than its form as a whole."""
    whole = section.form and hit.json["place"] in ({}, section.form["place"])
    return (
        bool(hit.related) or hit.json["indicator"] is not None or hit.json["field"] is not None or not whole
    )


def extents_of(report: ReportJson, album: Album) -> dict[PageKey, Box]:
    """Return for each pictured page the box around all cells of its forms: a crop is as wide as the table."""
    extents: dict[PageKey, Box] = {}
    pictured = {path for path, _ in album.pictures}
    for document in report["documents"]:
        if document["path"] not in pictured:
            continue
        for form in document["forms"]:
            places = list(form["places"].values())
            places += [place for row in form["indicators"] for place in row["places"].values()]
            for place in places:
                for page, box in boxes_of(place):
                    if box:
                        key = document["path"], page
                        extents[key] = _around(box, extents.get(key, box))
    return extents


def _around(first: Box, second: Box) -> Box:
    """Return the box around two boxes."""
    return (
        min(first[0], second[0]), min(first[1], second[1]), max(first[2], second[2]), max(first[3], second[3])
    )  # fmt: skip


def marks_of(section: Section, card: Card) -> Iterator[tuple[PageKey, Box | None, int, bool]]:
    """Give the places of a card on pages: page, box, number, and whether it is a related place."""
    path = section.document["path"]
    for hit in card.hits:
        for page, box in boxes_of(hit.json["place"]) if _is_narrow(section, hit) else ():
            yield (path, page), box, hit.number, False
        for related in hit.related:
            for page, box in boxes_of(related.json["place"]):
                yield (related.json["path"], page), box, related.number, True


def _crops(section: Section, card: Card, album: Album, extents: Mapping[PageKey, Box]) -> Iterator[Crop]:
    """Give the crops of a card: cells near each other on a page share one."""
    pages: dict[PageKey, list[tuple[Box | None, int, bool]]] = {}
    for key, box, number, related in marks_of(section, card):
        if key in album.pictures:
            pages.setdefault(key, []).append((box, number, related))
    for key, places in pages.items():
        picture = album.pictures[key]
        boxed = sorted((place for place in places if place[0]), key=lambda place: (place[0] or (0, 0))[1])
        if not boxed:
            yield Crop(key, 0, 0, picture.width, picture.height, ())
        for group in _neighbours(boxed):
            yield _crop(key, group, extents.get(key), picture.width, picture.height)


def _neighbours(places: Sequence[tuple[Box | None, int, bool]]) -> Iterator[list[tuple[Box, int, bool]]]:
    """Cut places, sorted from top to bottom, into groups that fit into a crop."""
    group: list[tuple[Box, int, bool]] = []
    for box, number, related in places:
        if box is None:
            continue
        if group and box[3] - group[0][0][1] > CROP_HEIGHT:
            yield group
            group = []
        group.append((box, number, related))
    if group:
        yield group


def _crop(
    key: PageKey, group: Sequence[tuple[Box, int, bool]], extent: Box | None, width: float, height: float
) -> Crop:
    """Return the crop around a group of cells, within the page."""
    around = group[0][0]
    for box, _, _ in group:
        around = _around(around, box)
    left, right = (extent[0], extent[2]) if extent else (0.0, width)
    x = max(0.0, min(left, around[0]) - 8)
    y = max(0.0, around[1] - MARGIN)
    right = min(width, max(right, around[2]) + 8)
    bottom = min(height, around[3] + MARGIN)
    marks = tuple(_mark(box, number, related) for box, number, related in group)
    return Crop(key, round(x, 1), round(y, 1), round(right - x, 1), round(max(bottom - y, 1), 1), marks)


def _mark(box: Box, number: int, related: bool) -> Mark:
    left, top, right, bottom = box
    return Mark(
        number, round(left, 1), round(top, 1), round(right - left, 1), round(bottom - top, 1), related
    )


def _levels(form: FormJson) -> tuple[tuple[str, int], ...]:
    """Return the kinds of indicators of a form with the number of their rows, in the form's order."""
    counts: dict[str, int] = {}
    for row in form["indicators"]:
        path = " › ".join(level for level in (row["level1"], row["level2"]) if level)
        counts[path] = counts.get(path, 0) + 1
    return tuple(counts.items())


def _tables(section: Section, form: FormJson, card: Card, texts: Wording) -> Iterator[ReadTable]:
    """Give the rows and fields of the form that a card speaks of, its cells marked."""
    marked: dict[int, dict[str, tuple[int, bool]]] = {}
    fields: dict[str, tuple[int, bool]] = {}
    for number, index, field, related in _spots(section, form, card.hits):
        if index is not None:
            marked.setdefault(index, {}).setdefault(field or "name", (number, related))
        elif field:
            fields.setdefault(field, (number, related))
    if fields:
        yield ReadTable((), tuple(_field_row(form, key, mark, texts) for key, mark in fields.items()))
    if marked:
        columns = columns_of(form)
        rows = [(indicator_of(form, index), cells) for index, cells in sorted(marked.items())]
        body = tuple(_indicator_row(row, columns, cells) for row, cells in rows if row)
        yield ReadTable(tuple(named(texts, "field", column) for column in columns), body)


def _spots(
    section: Section, form: FormJson, hits: Sequence[Hit]
) -> Iterator[tuple[int, int | None, str | None, bool]]:
    """Give the places of hits that lie in this form: number, indicator, field, and whether it is related."""
    for hit in hits:
        finding = hit.json
        field = finding["field"] and field_key(form, finding["field"], finding["place"])
        yield hit.number, finding["indicator"], field, False
        for related in hit.related:
            other = related.json
            if (other["path"], other["form"]) == (section.document["path"], form["index"]):
                field = other["field"] and field_key(form, other["field"], other["place"])
                yield related.number, other["indicator"], field, True


def columns_of(form: FormJson) -> list[str]:
    """Return the columns that a form has anything in, in the usual order; level, name and target always."""
    return [
        field
        for field in ROW_FIELDS
        if field in ROW_FIELDS[:4] or any(cell_text(row, field) for row in form["indicators"])
    ]


def _indicator_row(
    row: IndicatorJson, columns: Sequence[str], cells: Mapping[str, tuple[int, bool]]
) -> tuple[ReadCell, ...]:
    return tuple(ReadCell(cell_text(row, column), *cells.get(column, (None, False))) for column in columns)


def _field_row(form: FormJson, key: str, mark: tuple[int, bool], texts: Wording) -> tuple[ReadCell, ...]:
    block, colon, label = key.partition(":")
    return ReadCell(label if colon else named(texts, "field", block)), ReadCell(form_value(form, key), *mark)
