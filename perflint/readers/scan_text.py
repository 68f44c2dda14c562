"""The text of a scanned page: stretches of printed line, each recognised and spread over its place."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from perflint.readers.grid import Character

if TYPE_CHECKING:
    from perflint.readers.scan_lines import Picture

# All lengths are in dots at 200 dpi; a character of 10.5 points is 29 dots high.
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
SINGLE = 30
"""A strip as narrow as this, up to a character of 10.5 points, holds one character."""
SURE = 0.9
"""A single Chinese character or digit with this score is right; ≥ alone is read as V or >, with up to 0.93."""
COPIES = 3
"""As often a doubtful single character is put side by side where no figure follows it in its row."""
CHINESE = "\u4e00-\u9fff"
FULL_WIDTH = 0xFF00 - 0x20
"""From a mark in ASCII to the same mark in full width."""
POOREST_SCORE = 0.4
"""Below it the recogniser guesses: seals, signatures, dirt."""


class Strip(NamedTuple):
    """The place of a stretch of printed line, in dots."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def is_level(self) -> bool:
        """Tell a line of print from a single character, and from print that runs down the page."""
        return (
            self.right - self.left >= 2 * (self.bottom - self.top) and self.bottom - self.top <= HIGHEST_LINE
        )


class Reading(NamedTuple):
    """What was recognised in a strip, and how surely, from 0 to 1."""

    strip: Strip
    text: str
    score: float


def strips_in(ink: Picture, area: Strip) -> Iterator[Strip]:
    """Yield the stretches of printed line in a part of a page."""
    part = ink[max(area.top, 0) : area.bottom, max(area.left, 0) : area.right]
    if part.size == 0:
        return
    for top, bottom in _whole_lines(_runs(part.any(axis=1), 1)):
        line = part[top:bottom]
        for left, right in _runs(line.any(axis=0), WIDE_GAP):
            if int((line[:, left:right] > 0).sum()) >= SMALLEST_INK:
                yield Strip(area.left + left, area.top + top, area.left + right, area.top + bottom)


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


def recognised(grey: Picture, strips: Sequence[Strip]) -> list[Reading]:
    """Recognise strips of a page; one that holds no text gives an empty one."""
    readings = [Reading(strip, *_line(_crop(grey, strip, strip))) for strip in strips]
    surest = [reading for reading in readings if reading.text and reading.score >= SURE]
    readings = [
        _read_again(grey, reading, surest) if _is_doubtful(reading) else reading for reading in readings
    ]
    return [
        reading._replace(text=in_chinese_width(reading.text) if reading.score >= POOREST_SCORE else "")
        for reading in readings
    ]


def _is_doubtful(reading: Reading) -> bool:
    """Tell a single character that is, or may be, a sign."""
    known = re.fullmatch(rf"[\d{CHINESE}]", reading.text) and reading.score >= SURE
    return reading.strip.right - reading.strip.left <= SINGLE and not known


def _crop(grey: Picture, strip: Strip, row: Strip) -> Picture:
    """Return the picture of a strip, as high as the row that it is to be read with."""
    # The recogniser expects a little paper around a line, and takes a dash without any for a 1.
    high = row.bottom - row.top
    border = max(4, high // 6, (LOWEST_LINE * 2 - high) // 2)
    above, before = max(row.top - border, 0), max(strip.left - border, 0)
    return grey[above : row.bottom + border, before : strip.right + border]


def _read_again(grey: Picture, reading: Reading, surest: Sequence[Reading]) -> Reading:
    """Read a doubtful single character together with what follows it in its row, or in several copies.

    A sign is known by the figure behind it: ≥ and 95.00 in two cells are read as ≥95.00.
    """
    import numpy as np

    strip = reading.strip
    behind = [
        other
        for other in surest
        if other.strip.left > strip.right
        and other.strip.top < strip.bottom
        and strip.top < other.strip.bottom
    ]
    if behind:
        figure = min(behind, key=lambda other: other.strip.left)
        row = figure.strip._replace(
            top=min(strip.top, figure.strip.top), bottom=max(strip.bottom, figure.strip.bottom)
        )
        both = np.hstack([_crop(grey, strip, row), _crop(grey, figure.strip, row)])
        text, score = _line(both)
        sign, _, rest = text.partition(figure.text)
        if len(sign.strip()) == 1 and not rest:
            return Reading(strip, sign.strip(), score)
    text, score = _line(np.tile(_crop(grey, strip, strip), (1, COPIES)))
    one = text[: len(text) // COPIES]
    return Reading(strip, one, score) if one and one * COPIES == text else reading


def characters_of(readings: Sequence[Reading], scale: float) -> Iterator[Character]:
    """Yield the characters of what was read, spread over their strip by their usual width.

    `scale` is the length of a dot in points.
    """
    for strip, text, _ in readings:
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


def _line(crop: Picture) -> tuple[str, float]:
    """Return the text of a crop and the score, 0 where there is none."""
    found = _recogniser()(crop, use_det=False, use_cls=False, use_rec=True)
    return (str(found.txts[0]), float(found.scores[0])) if found.txts else ("", 0.0)


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
