"""The characters of a page as pdfium gives them: with their boxes, upright, without watermarks."""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from dataclasses import replace
from itertools import groupby, repeat
from operator import itemgetter, sub
from typing import NamedTuple

from perflint.limits import Limits, enforce
from perflint.readers.grid import Character
from perflint.readers.grid.text import BLANK
from perflint.readers.pdf import pdfium
from perflint.readers.pdf.clipping import hidden_words
from perflint.readers.pdf.geometry import Geometry

LARGE = 2.0
"""Times the usual height of the page's characters: text as large as this and pale is a watermark."""
PALE = 150
"""No colour channel of a pale text is darker (0 to 255); Word's and WPS's watermarks are at 192."""
OPAQUE = 160
"""A text less opaque than this is a watermark if it is large."""
UNDECODABLE = 0.05
"""Share of a page's runs in fonts that do not say which characters they show; a symbol or two do not count."""
SLANT = math.radians(5)
"""Text turned by more than this from a right angle is a watermark or a stamp."""

OVERLAP = 0.5
"""Share of the character height by which neighbours may overlap (loose boxes of slanted or narrow letters)."""
ONE_LINE = 1.7
"""Times the height of a character: a word higher than this is no word but two lines."""

_QUARTER = math.pi / 2
_WORD = re.compile(r"[^\s\0]+")


class PageText(NamedTuple):
    """The characters of a page without blanks, its geometry, and whether a font hides which characters it shows."""

    characters: list[Character]
    geometry: Geometry
    undecodable: bool = False


def text_of(page: int, geometry: Geometry, limits: Limits) -> PageText:
    """Return the characters of a page, and its geometry with the direction of the text filled in.

    `page` is pdfium's handle. Raises UnreadableFile where there are more characters than the limit allows.
    """
    handle = pdfium.load_text(page)
    if not handle:
        return PageText([], geometry)
    try:
        count = pdfium.count_characters(handle)
        enforce(limits, "page_characters", count)
        return _text_of(handle, count, geometry) if count > 0 else PageText([], geometry)
    finally:
        pdfium.close_text(handle)


def _text_of(handle: int, count: int, geometry: Geometry) -> PageText:
    text = _text(handle, count)
    boxes = (ctypes.c_float * (4 * count))()
    pdfium.each(pdfium.get_loose_box, handle, count, boxes, 16)
    flat = memoryview(boxes).cast("B").cast("f").tolist()
    words = [match.span() for match in _WORD.finditer(text)]
    if not words:
        return PageText([], geometry)
    starts = [start for start, _ in words]
    undecodable = sum(pdfium.is_undecodable(handle, index) == 1 for index in starts)
    ends = [end - 1 for _, end in words]
    if any(map(pdfium.get_angle, repeat(handle), starts)) or any(map(pdfium.get_angle, repeat(handle), ends)):
        angles = list(map(pdfium.get_angle, repeat(handle), range(count)))
        geometry = replace(geometry, turn=_turn(words, angles))
        characters, places = _turned(text, words, angles, flat, geometry)
    else:
        hidden = hidden_words(handle, words, flat)
        characters, places = _upright(text, [word for word in words if word not in hidden], flat, geometry)
    return PageText(
        _without_pale(handle, characters, places), geometry, undecodable >= UNDECODABLE * len(words)
    )


def _text(handle: int, count: int) -> str:
    """Return one character per index."""
    buffer = ctypes.create_string_buffer(2 * (count + 1))
    pdfium.get_text(handle, 0, count, ctypes.addressof(buffer))
    text = buffer.raw[: 2 * count].decode("utf-16-le", "surrogatepass")
    if len(text) == count and "\0" not in text:
        return text
    # Beyond the basic plane, or left out by GetText: the two ways of counting differ, so ask one by one.
    points = (pdfium.get_unicode(handle, index) for index in range(count))
    return "".join(chr(point) if point < 0x110000 else "\ufffd" for point in points)


Word = tuple[int, int]
"""Indices of the first character and behind the last, no blank among them (pdfium puts blanks into gaps)."""


def _upright(
    text: str, words: list[Word], flat: list[float], geometry: Geometry
) -> tuple[list[Character], list[int]]:
    """Return the words of a page whose text is upright, and the index of the first character of each."""
    lefts, uppers, rights, lowers = flat[0::4], flat[1::4], flat[2::4], flat[3::4]
    left, top = geometry.left, geometry.top
    if left:
        lefts, rights = [x - left for x in lefts], [x - left for x in rights]
    gaps = list(map(sub, lefts[1:], rights))
    characters: list[Character] = []
    places: list[int] = []
    for start, end in words:
        last = end - 1
        upper, lower = max(uppers[start:end]), min(lowers[start:end])
        height = max(uppers[start] - lowers[start], uppers[last] - lowers[last])
        between = gaps[start:last]
        if not between or (
            max(between) <= BLANK * height
            and min(between) > -OVERLAP * height
            and upper - lower <= ONE_LINE * height
        ):
            edges = lefts[start:end]
            characters.append(
                Character(text[start:end], edges[0], top - upper, rights[last], top - lower, edges)
            )
            places.append(start)
            continue
        for index in range(start, end):
            y0, y1 = top - uppers[index], top - lowers[index]
            characters.append(Character(text[index], lefts[index], y0, rights[index], y1))
            places.append(index)
    return characters, places


def _turn(words: list[Word], angles: list[float]) -> int:
    """Return the quarter turns clockwise that set most of the text upright.

    `angles` are clockwise, in radians, one for every character of the page.
    """
    directions = Counter(_quarter(angles[index]) for word in words for index in range(*word))
    upright = [(number, quarter) for quarter, number in directions.items() if quarter is not None]
    return -max(upright, default=(0, 0))[1] % 4


def _turned(
    text: str, words: list[Word], angles: list[float], flat: list[float], geometry: Geometry
) -> tuple[list[Character], list[int]]:
    """Return the characters of a page with text in several directions, one by one, and their indices.

    Slanted text is dropped; text at a right angle to the page's (a label written upwards) is read from above.
    """
    characters: list[Character] = []
    places: list[int] = []
    for word in words:
        for quarter, group in groupby(range(*word), key=lambda index: _quarter(angles[index])):
            if quarter is None:
                continue
            indices = list(group)
            boxes = [geometry.read(*flat[4 * index : 4 * index + 4]) for index in indices]
            if (quarter + geometry.turn) % 2:
                boxes.sort(key=itemgetter(1))
            characters += [Character(text[index], *box) for index, box in zip(indices, boxes, strict=True)]
            places += indices
    return characters, places


def _quarter(angle: float) -> int | None:
    """Return the quarter turns of an angle, None where it is not near a right angle."""
    quarters = round(angle / _QUARTER)
    return quarters % 4 if abs(angle - quarters * _QUARTER) < SLANT else None


def _without_pale(handle: int, characters: list[Character], indices: list[int]) -> list[Character]:
    """Drop large text in a pale colour."""
    if not characters:
        return characters
    heights = [character[4] - character[2] for character in characters]
    large = LARGE * sorted(heights)[len(heights) // 2]
    if max(heights) <= large:
        return characters
    return [
        character
        for character, height, index in zip(characters, heights, indices, strict=True)
        if height <= large or not _pale(handle, index)
    ]


def _pale(handle: int, index: int) -> bool:
    colour = (ctypes.c_uint * 4)()
    places = [ctypes.addressof(colour) + 4 * channel for channel in range(4)]
    if not pdfium.get_text_colour(handle, index, *places):
        return False
    return min(colour[:3]) >= PALE or colour[3] < OPAQUE
