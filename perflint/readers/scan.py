"""Pages that are pictures: set upright, recognised, then read like any other page (extra `ocr`)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from importlib.util import find_spec
from typing import TYPE_CHECKING, NamedTuple

from perflint.limits import Limits, ask_for_time
from perflint.readers.grid import GridTable, PageGrid, Ruling, find_tables
from perflint.readers.scan_text import Reading, Strip, characters_of, recognised, strips_in

if TYPE_CHECKING:
    from perflint.readers.scan_lines import Picture

DOTS_PER_INCH = 200
"""The resolution that pages are best read at: 300 dpi gives no more and takes twice as long."""
POINTS_PER_DOT = 72 / DOTS_PER_INCH
MARGIN = 3
"""Dots around a cell's inside that may hold remains of its border."""
SIDEWAYS = 0.6
"""Share of the strips that are lines of print, below which a page may lie on its side: an upright page of narrow
columns has 0.45 and more, one on its side 0.05 to 0.2."""
LEGIBLE = 0.75
"""Average score of a page that is read the right way up: 0.9 and more, upside down 0.3 to 0.6."""
SAMPLE = 8
"""Strips by which it is told whether a page stands on its head."""
SURE = 0.9
"""Score of a strip that is hardly misread."""
CLEAR = 0.75
"""Share of what was read that must be sure: 0.92 and more even in a photograph, 0.3 to 0.5 where a page is so blurred
that no row comes out right."""
PICTURE_OF_TEXT = "picture-needs-ocr"
"""Key in `rules/words/problems.toml` of a page that is a picture."""
TOO_MANY = "too-many-scans"
"""Key in `rules/words/problems.toml` of a page that is a picture beyond the limit."""


class _Sheet(NamedTuple):
    """A page in one of its four positions: its lines, and the strips of print between them."""

    grey: Picture
    quarters: int
    """Quarter turns clockwise from here to the page as it is shown."""
    rulings: tuple[Ruling, ...]
    strips: list[Strip]

    @property
    def level_share(self) -> float:
        """The share of the strips that are lines of print."""
        return sum(strip.is_level for strip in self.strips) / max(len(self.strips), 1)


def available() -> bool:
    """Tell whether the extra `ocr` is installed."""
    return all(find_spec(name) is not None for name in ("rapidocr", "onnxruntime", "cv2"))


def read_scanned_page(picture: Picture, number: int, limits: Limits) -> PageGrid:
    """Recognise a page; one that cannot be read surely comes back empty.

    `picture` is the page at 200 dpi: rows × columns of grey, or × 3 of red, green and blue, from 0 black to
    255 white; `number` is that of the page. It may lie on its side or stand on its head. All cells come back
    as not sure. Boxes are in points on the page set straight: a few points off where it was askew.
    """
    from perflint.readers import scan_lines

    ask_for_time(limits.seconds_a_scanned_page)
    grey = picture if picture.ndim == 2 else scan_lines.without_seals(picture)
    sheet, readings = _upright(grey)
    if _sure_share(readings) < CLEAR:
        return PageGrid(*_size(grey), (), (), number)
    characters = list(characters_of(readings, POINTS_PER_DOT))
    grid = find_tables(characters, sheet.rulings, *_size(sheet.grey))
    return replace(grid, number=number, quarters=sheet.quarters, tables=tuple(map(_unsure, grid.tables)))


def _unsure(table: GridTable) -> GridTable:
    return replace(table, cells=tuple(replace(cell, sure=False) for cell in table.cells))


def _upright(grey: Picture) -> tuple[_Sheet, list[Reading]]:
    """Return the page the way it is to be read, and what was recognised on it."""
    sheet = _sheet(grey, 0)
    if sheet.strips and sheet.level_share < SIDEWAYS:
        sheet = max(sheet, _sheet(grey, 1), key=lambda turned: turned.level_share)
    readings = recognised(sheet.grey, sheet.strips)
    if not sheet.strips or _legibility(readings) >= LEGIBLE:
        return sheet, readings
    other = _sheet(grey, sheet.quarters + 2)
    widest = sorted(other.strips, key=lambda strip: strip.left - strip.right)[:SAMPLE]
    if _legibility(recognised(other.grey, widest)) <= _legibility(readings):
        return sheet, readings
    return other, recognised(other.grey, other.strips)


def _sure_share(readings: Sequence[Reading]) -> float:
    """Return the share of what was read that is hardly misread."""
    lengths = [(strip.right - strip.left, score) for strip, text, score in readings if text]
    total = sum(length for length, _ in lengths)
    return sum(length for length, score in lengths if score >= SURE) / max(total, 1)


def _legibility(readings: Sequence[Reading]) -> float:
    """Return the average score of what was read, the longer strips counting more."""
    total = sum(strip.right - strip.left for strip, _, _ in readings)
    return sum((strip.right - strip.left) * score for strip, _, score in readings) / max(total, 1)


def _sheet(grey: Picture, quarters: int) -> _Sheet:
    """Return a page turned counterclockwise by `quarters`, and set straight."""
    import numpy as np

    from perflint.readers import scan_lines

    straight = scan_lines.straightened(np.ascontiguousarray(np.rot90(grey, quarters)))
    ink = scan_lines.ink_of(straight)
    lines = scan_lines.lines_of(ink)
    empty = find_tables([], lines.rulings, *_size(straight))
    ink[scan_lines.widened(lines.ink) > 0] = 0
    ink = scan_lines.without_specks(ink)
    strips = [strip for area in _areas(empty) for strip in strips_in(ink, area)]
    return _Sheet(straight, quarters, lines.rulings, strips)


def _size(grey: Picture) -> tuple[float, float]:
    """Return width and height of a page in points."""
    return grey.shape[1] * POINTS_PER_DOT, grey.shape[0] * POINTS_PER_DOT


def _areas(page: PageGrid) -> Iterator[Strip]:
    """Yield the parts of a page that are read apart: the bands above and below its tables, and every cell."""
    top = 0.0
    width, height = int(page.width / POINTS_PER_DOT), int(page.height / POINTS_PER_DOT)
    for table in sorted(page.tables, key=lambda table: table.box[1]):
        yield Strip(0, int(top / POINTS_PER_DOT), width, int(table.box[1] / POINTS_PER_DOT) - MARGIN)
        for cell in table.cells:
            left, upper, right, lower = (int(edge / POINTS_PER_DOT) for edge in cell.box)
            yield Strip(left + MARGIN, upper + MARGIN, right - MARGIN, lower - MARGIN)
        top = max(top, table.box[3])
    yield Strip(0, int(top / POINTS_PER_DOT) + MARGIN, width, height)
