"""The characters of a page as pdfium gives them: with their boxes, upright, without watermarks."""

from __future__ import annotations

import ctypes
import math
import re
from array import array
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from itertools import groupby, repeat
from operator import itemgetter
from typing import NamedTuple

from perflint.limits import Limits, enforce
from perflint.readers.grid import Character
from perflint.readers.pdf import pdfium
from perflint.readers.pdf.clipping import hidden_words
from perflint.readers.pdf.geometry import Geometry
from perflint.readers.pdf.imposed import form_matrix, placed
from perflint.readers.pdf.matrices import Matrix
from perflint.readers.pdf.pdfium import Handle

LARGE = 2.0
"""Times the usual height of the page's characters: text as large as this and pale is a watermark."""
PALE = 150
"""No colour channel of a pale text is darker (0 to 255); Word's and WPS's watermarks are at 192."""
OPAQUE = 160
"""A text less opaque than this is a watermark if it is large."""
SAMPLE = 40
"""Words of a page whose font is asked whether it says which characters it shows."""
UNDECODABLE = 0.05
"""Share of these words in fonts that do not say which characters they show; a symbol or two do not count."""
SLANT = math.radians(5)
"""Text turned by more than this from a right angle is a watermark or a stamp."""
CURVE = math.radians(30)
"""Text on a curve, the name around a seal, turns by less than this from one character to the next."""

ONE_LINE = 1.7
"""Times the height of a character: a word higher than this is no word but two lines."""

AT_ONCE = 256
"""Boxes of characters that are asked for at a time."""

_QUARTER = math.pi / 2
_sides = array("f", [0.0] * (4 * AT_ONCE))
_BOXES = pdfium.places_in(_sides)[::4]
_WORD = re.compile(r"[^\s\0]+")

Word = tuple[int, int]
"""Indices of the first character and behind the last, no blank among them (pdfium puts blanks into gaps)."""


class PageText(NamedTuple):
    """The characters of a page without blanks, its geometry, and whether a font hides what it shows."""

    characters: list[Character]
    geometry: Geometry
    undecodable: bool = False


@contextmanager
def loaded_text(page: Handle) -> Iterator[Handle]:
    """Load a page's text; a null handle where it has none."""
    handle = pdfium.load_text(page)
    try:
        yield handle
    finally:
        if handle:
            pdfium.close_text(handle)


def text_of(page: Handle, handle: Handle, geometry: Geometry, limits: Limits) -> PageText:
    """Return the characters of a page, and its geometry with the direction of the text filled in.

    `page` and `handle` are pdfium's, the latter of the page's text, which must stay loaded while the characters are
    used. Raises UnreadableFile where there are more characters than the limit allows.
    """
    count = pdfium.count_characters(handle) if handle else 0
    enforce(limits, "page_characters", count)
    text = _text(handle, count) if count > 0 else ""
    words = list(map(re.Match.span, _WORD.finditer(text)))
    if not words:
        return PageText([], geometry)
    starts = [start for start, _ in words]
    sample = starts[:: len(starts) // SAMPLE + 1]
    undecodable = list(map(pdfium.is_undecodable, repeat(handle), sample)).count(1)
    matrix = form_matrix(page)
    upright = None if matrix else _upright(handle, text, words, geometry)
    if upright is None:
        characters, places, geometry = _turned(handle, text, words, geometry, matrix)
    else:
        characters, places = upright
    characters = _without_pale(handle, *_in_sight(characters, places, geometry))
    return PageText(characters, geometry, undecodable >= max(UNDECODABLE * len(sample), 1))


def _boxes(handle: Handle, indices: Sequence[int]) -> list[float]:
    """Return left, top, right and bottom of characters, one after the other, in PDF coordinates."""
    boxes: list[float] = []
    for first in range(0, len(indices), AT_ONCE):
        part = indices[first : first + AT_ONCE]
        deque(map(pdfium.get_loose_box, repeat(handle), part, _BOXES), maxlen=0)
        boxes += _sides[: 4 * len(part)]
    return boxes


def _text(handle: Handle, count: int) -> str:
    """Return one character per index."""
    buffer = ctypes.create_string_buffer(2 * (count + 1))
    pdfium.get_text(handle, 0, count, buffer)
    text = buffer.raw[: 2 * count].decode("utf-16-le", "surrogatepass")
    if len(text) == count and "\0" not in text:
        return text
    # Beyond the basic plane, or left out by GetText: the two ways of counting differ, so ask one by one.
    points = (pdfium.get_unicode(handle, index) for index in range(count))
    return "".join(chr(point) if point < 0x110000 else "\ufffd" for point in points)


def _upright(
    handle: Handle, text: str, words: list[Word], geometry: Geometry
) -> tuple[list[Character], list[int]] | None:
    """Return the words of a page, and the index of each one's first character; None where some are not upright.

    Only the first and the last character of a word are asked for their box: with every character it takes as long
    as all the rest. A word is upright if both are at one height, the last one further right; of others, and of
    single characters, the angle is asked. Words struck twice or on two lines come as single characters.
    """
    firsts = [start for start, _ in words]
    starts = _boxes(handle, firsts)
    ends = _boxes(handle, [end - 1 for _, end in words])
    sides: Iterable[tuple[Word, float, float, float, float, float, float, float]] = zip(
        words, *(starts[side::4] for side in range(4)), *(ends[side::4] for side in (1, 2, 3)), strict=True
    )
    if hidden := hidden_words(handle, firsts, starts):
        sides = (each for number, each in enumerate(sides) if number not in hidden)
    left, top = geometry.left, geometry.top
    characters: list[Character] = []
    places: list[int] = []
    doubtful: list[int] = []
    for word, x0, upper, x1, lower, upper_end, end_x1, lower_end in sides:
        start, end = word
        letters = text[start:end]
        if end - start == 1:
            doubtful.append(start)
            characters.append(Character(letters, x0 - left, top - upper, x1 - left, top - lower))
            places.append(start)
            continue
        # So written, a side that is no number (of a damaged matrix) is odd, too.
        odd = not end_x1 > x1
        if odd or upper != upper_end or lower != lower_end:
            doubtful += (start, end - 1)
            height = max(upper - lower, upper_end - lower_end)
            upper, lower = max(upper, upper_end), min(lower, lower_end)
            odd = odd or upper - lower > ONE_LINE * height
        singles = partial(_single_characters, handle, text, word, geometry)
        if odd or ((end - start) % 2 == 0 and _doubled(letters)):
            characters += singles()
            places += range(start, end)
        else:
            characters.append(Character(letters, x0 - left, top - upper, end_x1 - left, top - lower, singles))
            places.append(start)
    if any(map(pdfium.get_angle, repeat(handle), doubtful)):
        return None
    return characters, places


def _doubled(letters: str) -> bool:
    """Say whether letters, even in number, may have been struck twice: one after the other, or each one at once."""
    half = len(letters) // 2
    return letters[:half] == letters[half:] or letters[::2] == letters[1::2]


def _single_characters(
    handle: Handle, text: str, word: Word, geometry: Geometry, matrix: Matrix | None = None
) -> list[Character]:
    """Return the characters of a word one by one; `matrix` is that of the form object around them."""
    indices = range(*word)
    boxes = _boxes(handle, indices)
    if matrix:
        boxes = placed(handle, indices, boxes, matrix)
    return [
        Character(text[index], *geometry.read(*boxes[4 * number : 4 * number + 4]))
        for number, index in enumerate(indices)
    ]


def _turned(
    handle: Handle, text: str, words: list[Word], geometry: Geometry, matrix: Matrix | None = None
) -> tuple[list[Character], list[int], Geometry]:
    """Return the characters of a page with text in several directions, or inside a form object, one by one.

    Also returns their indices, and the geometry that sets most of them upright. Slanted text is dropped; text at a
    right angle to the page's (a label written upwards) is read from above.
    """
    angles = {index: pdfium.get_angle(handle, index) for word in words for index in range(*word)}
    quarters = {index: _quarter(angle) for index, angle in angles.items()}
    counted = Counter(quarters.values())
    right = [(number, quarter) for quarter, number in counted.items() if quarter is not None]
    geometry = replace(geometry, turn=-max(right, default=(0, 0))[1] % 4)
    if None in counted:
        quarters |= dict.fromkeys(_on_curves(angles, quarters, -geometry.turn % 4), None)
    characters: list[Character] = []
    places: list[int] = []
    for word in words:
        for quarter, group in groupby(range(*word), key=quarters.__getitem__):
            if quarter is None:
                continue
            indices = list(group)
            run = _single_characters(handle, text, (indices[0], indices[-1] + 1), geometry, matrix)
            if (quarter + geometry.turn) % 2:
                boxes = sorted((character[1:5] for character in run), key=itemgetter(1))
                run = [Character(each.text, *box) for each, box in zip(run, boxes, strict=True)]
            characters += run
            places += indices
    return characters, places, geometry


def _on_curves(angles: Mapping[int, float], quarters: Mapping[int, int | None], usual: int) -> Iterator[int]:
    """Yield the characters that stand straight by chance, on top or at the sides of a seal.

    Those before and behind them are slanted; of one at a right angle to the page's text it is enough that one is.
    """
    order = list(angles)
    for before, index, behind in zip([*order[:1], *order], order, [*order[1:], *order[-1:]], strict=False):
        beside = [
            other
            for other in (before, behind)
            if quarters[other] is None
            and abs(math.remainder(angles[other] - angles[index], math.tau)) < CURVE
        ]
        if quarters[index] is not None and len(beside) >= (2 if quarters[index] == usual else 1):
            yield index


def _quarter(angle: float) -> int | None:
    """Return the quarter turns of an angle, None where it is not near a right angle."""
    quarters = round(angle / _QUARTER)
    return quarters % 4 if abs(angle - quarters * _QUARTER) < SLANT else None


def _in_sight(
    characters: list[Character], indices: list[int], geometry: Geometry
) -> tuple[list[Character], list[int]]:
    """Drop characters beyond the edges of the page, or that a damaged matrix puts nowhere: their boxes are no numbers.

    A cropped page keeps what it no longer shows; Qt draws the text of a whole table on every page that shows a part.
    """
    width, height = (2 * side for side in geometry.size)
    standing = [
        number
        for number, (_, x0, top, x1, bottom, _) in enumerate(characters)
        if 0 <= x0 + x1 <= width and 0 <= top + bottom <= height
    ]
    if len(standing) == len(characters):
        return characters, indices
    return [characters[number] for number in standing], [indices[number] for number in standing]


def _without_pale(handle: Handle, characters: list[Character], indices: list[int]) -> list[Character]:
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


def _pale(handle: Handle, index: int) -> bool:
    colour = array("I", [0] * 4)
    if not pdfium.get_text_colour(handle, index, *pdfium.places_in(colour)):
        return False
    return min(colour[:3]) >= PALE or colour[3] < OPAQUE
