"""Pages that are pictures: their text recognised, then read like any other page (extra `ocr`)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, NamedTuple

from perflint.readers.grid import Character, GridTable, PageGrid, find_tables

if TYPE_CHECKING:
    from perflint.readers.scan_lines import Picture

DOTS_PER_INCH = 200
"""The resolution that pages are best read at: 300 dpi gives no more and takes twice as long."""
POINTS_PER_DOT = 72 / DOTS_PER_INCH

# All lengths are in dots at 200 dpi; a character of 10.5 points is 29 dots high.
MARGIN = 3
"""Dots around a cell's inside that may hold remains of its border."""
SMALLEST_INK = 8
"""Dots of ink in a line of print; less is dirt. A full stop has about 9."""
LOWEST_LINE = 14
"""A line of print is higher; what is lower is half a character (二, =) or one that is flat (一, —)."""
CLOSE = 3
"""Dots between the parts of a character; lines of print are farther apart."""
HIGHEST_LINE = 40
"""A line of print in a table is lower, up to 14 points."""
WIDE_GAP = 80
"""Dots between two pieces of a line that are not read together: some three characters."""
CHINESE = "\u4e00-\u9fff"
FULL_WIDTH = 0xFF00 - 0x20
"""From a mark in ASCII to the same mark in full width."""
POOREST_SCORE = 0.4
"""Below it the recogniser guesses: seals, signatures, dirt."""


class _Strip(NamedTuple):
    """The place of a stretch of printed line, in dots."""

    left: int
    top: int
    right: int
    bottom: int


def available() -> bool:
    """Tell whether the extra `ocr` is installed."""
    return all(find_spec(name) is not None for name in ("rapidocr", "onnxruntime", "cv2"))


def read_scanned_page(picture: Picture, number: int) -> PageGrid:
    """Recognise a page.

    `picture` is the page at 200 dpi: rows × columns of grey, or × 3 of red, green and blue, from 0 black to
    255 white; `number` is that of the page. All cells come back as not sure. Boxes are in points on the page
    set straight: a few points off where it was askew.
    """
    from perflint.readers import scan_lines

    grey = scan_lines.straightened(picture if picture.ndim == 2 else scan_lines.without_seals(picture))
    ink = scan_lines.ink_of(grey)
    lines = scan_lines.lines_of(ink)
    scale = POINTS_PER_DOT
    height, width = grey.shape[0] * scale, grey.shape[1] * scale
    empty = find_tables([], lines.rulings, width, height)
    ink[scan_lines.widened(lines.ink) > 0] = 0
    strips = [strip for area in _areas(empty, scale) for strip in _strips(ink, area)]
    characters = list(_recognised(grey, strips, scale))
    grid = find_tables(characters, lines.rulings, width, height)
    return replace(grid, number=number, tables=tuple(map(_unsure, grid.tables)))


def _unsure(table: GridTable) -> GridTable:
    return replace(table, cells=tuple(cell._replace(sure=False) for cell in table.cells))


def _areas(page: PageGrid, scale: float) -> Iterator[_Strip]:
    """Yield the parts of a page that are read apart: the bands above and below its tables, and every cell."""
    top = 0.0
    for table in sorted(page.tables, key=lambda table: table.box[1]):
        yield _Strip(0, int(top / scale), int(page.width / scale), int(table.box[1] / scale) - MARGIN)
        for cell in table.cells:
            left, upper, right, lower = (int(edge / scale) for edge in cell.box)
            yield _Strip(left + MARGIN, upper + MARGIN, right - MARGIN, lower - MARGIN)
        top = max(top, table.box[3])
    yield _Strip(0, int(top / scale) + MARGIN, int(page.width / scale), int(page.height / scale))


def _strips(ink: Picture, area: _Strip) -> Iterator[_Strip]:
    """Yield the stretches of printed line in a part of a page."""
    part = ink[max(area.top, 0) : area.bottom, max(area.left, 0) : area.right]
    if part.size == 0:
        return
    for top, bottom in _whole_lines(_runs(part.any(axis=1), 1)):
        line = part[top:bottom]
        for left, right in _runs(line.any(axis=0), WIDE_GAP):
            if int((line[:, left:right] > 0).sum()) >= SMALLEST_INK:
                yield _Strip(area.left + left, area.top + top, area.left + right, area.top + bottom)


def _runs(filled: Any, gap: int) -> list[tuple[int, int]]:
    """Return where a row of truth values is true, start and end (exclusive), over gaps shorter than `gap`."""
    runs: list[tuple[int, int]] = []
    for place in filled.nonzero()[0].tolist():
        if runs and place - runs[-1][1] < gap:
            runs[-1] = (runs[-1][0], place + 1)
        else:
            runs.append((place, place + 1))
    return runs


def _whole_lines(runs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join the parts of characters that are apart: 二 and = are two low lines, 立 has a dot above."""
    lines: list[tuple[int, int]] = []
    for top, bottom in runs:
        if lines:
            above, end = lines[-1]
            lower, higher = sorted((bottom - top, end - above))
            halves = higher < LOWEST_LINE and top - end < LOWEST_LINE * 1.5
            dot = lower < LOWEST_LINE and top - end <= CLOSE
            if (halves or dot) and bottom - above <= HIGHEST_LINE:
                lines[-1] = (above, bottom)
                continue
        lines.append((top, bottom))
    return lines


def _recognised(grey: Picture, strips: Sequence[_Strip], scale: float) -> Iterator[Character]:
    """Yield the characters of all strips, spread over their strip by their usual width."""
    for strip in strips:
        # The recogniser expects a little paper around a line, and takes a dash without any for a 1.
        high = strip.bottom - strip.top
        border = max(4, high // 6, (LOWEST_LINE * 2 - high) // 2)
        above, before = max(strip.top - border, 0), max(strip.left - border, 0)
        crop = grey[above : strip.bottom + border, before : strip.right + border]
        text = _read_line(crop)
        widths = [_width(character) for character in text]
        step = (strip.right - strip.left) / sum(widths) if widths else 0.0
        x = float(strip.left)
        for character, width in zip(text, widths, strict=True):
            end = x + width * step
            if not character.isspace():
                yield Character(character, x * scale, strip.top * scale, end * scale, strip.bottom * scale)
            x = end


def in_chinese_width(text: str) -> str:
    """Return marks behind a Chinese character as Chinese ones: the recogniser takes either by chance.

    Marks behind figures stay: ≤13.10(万元).
    """
    text = re.sub(rf"(?<=[{CHINESE}])[(（]([^()（）]*)[)）]", r"（\1）", text)
    return re.sub(rf"(?<=[{CHINESE}])[,:;]", lambda mark: chr(ord(mark[0]) + FULL_WIDTH), text)


def _width(character: str) -> int:
    return 2 if unicodedata.east_asian_width(character) in "WFA" else 1


def _read_line(crop: Picture) -> str:
    found = _recogniser()(crop, use_det=False, use_cls=False, use_rec=True)
    if not found.txts or float(found.scores[0]) < POOREST_SCORE:
        return ""
    return in_chinese_width(str(found.txts[0]))


@cache
def _recogniser() -> Any:
    from rapidocr import RapidOCR

    return RapidOCR(
        params={
            "Global.log_level": "error",
            # One thread: strips are small, and files are read side by side.
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            # Short strips (0.00) are not filled up to the usual 320 dots, which halves the time.
            "Rec.rec_img_shape": [3, 48, 64],
        }
    )
