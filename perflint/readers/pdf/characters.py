"""The characters of a page as pdfium gives them: with their boxes, upright, without watermarks."""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from itertools import compress
from typing import NamedTuple

from perflint.limits import Limits, enforce
from perflint.readers.grid import Character
from perflint.readers.pdf import pdfium
from perflint.readers.pdf.clipping import hidden_characters
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

_QUARTER = math.pi / 2


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
    flat = boxes[:]
    printed = [index for index, letter in enumerate(text) if not letter.isspace() and letter != "\0"]
    if not printed:
        return PageText([], geometry)
    starts = _starts_of_runs(printed, flat[3::4])
    undecodable = sum(pdfium.is_undecodable(handle, index) == 1 for index in starts)
    angles = _angles(handle, printed, starts)
    if angles is None:
        if hidden := hidden_characters(handle, printed, starts, flat):
            printed = [index for index in printed if index not in hidden]
        characters = _upright(text, printed, flat, geometry.left, geometry.top)
    else:
        directions = Counter(quarter for angle in angles if (quarter := _quarter(angle)) is not None)
        turn = -max(directions, key=directions.__getitem__, default=0) % 4
        geometry = replace(geometry, turn=turn)
        characters = [
            Character(text[index], *geometry.read(*flat[4 * index : 4 * index + 4])) for index in printed
        ]
        characters, printed = _without_slanted(characters, printed, angles, turn)
    characters = _without_pale(handle, characters, printed)
    return PageText(characters, geometry, undecodable >= UNDECODABLE * len(starts))


def _starts_of_runs(printed: list[int], lowers: list[float]) -> list[int]:
    """Return the characters before which the line, or the piece of a line drawn at once, changes."""
    starts = [printed[0]]
    last = printed[0]
    for index in printed:
        if index - last > 1 or abs(lowers[index] - lowers[last]) > 0.5:
            starts.append(index)
        last = index
    return starts


def _text(handle: int, count: int) -> Sequence[str]:
    """Return one character per index."""
    buffer = ctypes.create_string_buffer(2 * (count + 1))
    pdfium.get_text(handle, 0, count, ctypes.addressof(buffer))
    text = buffer.raw[: 2 * count].decode("utf-16-le", "surrogatepass")
    if len(text) == count and "\0" not in text:
        return text
    # Beyond the basic plane, or left out by GetText: the two ways of counting differ, so ask one by one.
    points = (pdfium.get_unicode(handle, index) for index in range(count))
    return [chr(point) if point < 0x110000 else "\ufffd" for point in points]


def _upright(
    text: Sequence[str], printed: list[int], flat: list[float], left: float, top: float
) -> list[Character]:
    """Return the characters of a page whose text is upright (nearly every page: kept free of calls)."""
    rows = zip(
        text,
        [x - left for x in flat[0::4]],
        [top - y for y in flat[1::4]],
        [x - left for x in flat[2::4]],
        [top - y for y in flat[3::4]],
        strict=True,
    )
    shown = bytearray(len(text))
    for index in printed:
        shown[index] = 1
    return list(map(partial(tuple.__new__, Character), compress(rows, shown)))


def _angles(handle: int, printed: list[int], starts: list[int]) -> list[float] | None:
    """Return each character's angle (clockwise, radians), None where all are upright.

    A run has one direction, so only the characters that start one are asked first.
    """
    angle = pdfium.get_angle
    if not any(angle(handle, index) for index in starts):
        return None
    return [angle(handle, index) for index in printed]


def _quarter(angle: float) -> int | None:
    """Return the quarter turns of an angle, None where it is not near a right angle."""
    quarters = round(angle / _QUARTER)
    return quarters % 4 if abs(angle - quarters * _QUARTER) < SLANT else None


def _without_slanted(
    characters: list[Character], indices: list[int], angles: list[float], turn: int
) -> tuple[list[Character], list[int]]:
    """Drop slanted text; text at a right angle to the page's (a label written upwards) is read from above."""
    kept: list[Character] = []
    kept_indices: list[int] = []
    sideways: list[int] = []
    for character, index, angle in zip(characters, indices, angles, strict=True):
        quarter = _quarter(angle)
        if quarter is None:
            continue
        if (quarter + turn) % 2:
            sideways.append(len(kept))
        kept.append(character)
        kept_indices.append(index)
    for run in _runs(sideways, kept):
        places = sorted((kept[index][1:] for index in run), key=lambda box: box[1])
        for index, place in zip(run, places, strict=True):
            kept[index] = Character(kept[index].text, *place)
    return kept, kept_indices


def _runs(indices: list[int], characters: list[Character]) -> list[list[int]]:
    """Group neighbouring characters that stand in one column."""
    runs: list[list[int]] = []
    for index in indices:
        last = runs[-1][-1] if runs else -2
        if index == last + 1 and abs(characters[index].x0 - characters[last].x0) < 3:
            runs[-1].append(index)
        else:
            runs.append([index])
    return runs


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
