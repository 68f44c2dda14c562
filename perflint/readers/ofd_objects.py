"""What is drawn on an OFD page: text objects as characters, path objects as ruling lines, both in points."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from lxml import etree

from perflint.readers.container import element, elements
from perflint.readers.grid import Character, Ruling

POINTS_PER_MILLIMETRE = 72 / 25.4
DEFAULT_SIZE = 3.175
"""Millimetres: the 9 points that a text object without a size has in most programs."""
DEFAULT_LINE_WIDTH = 0.353
"""Millimetres: one point (GB/T 33190-2016, table 22)."""
ASCENT, DESCENT = 0.88, 0.12
"""The part of a character above and below its base line; Chinese fonts share these figures."""
WIDE_DIGIT = 0.6
"""Share of the font size that a digit may be wide, 0.5 in most fonts and 0.64 in some: where each character is an
object of its own, one taken for narrower would seem to be followed by a blank."""
THICKEST = 0.9
"""Millimetres: a box drawn thinner than this is a line (2.5 pt, as in PDF)."""
FARTHEST = 1e6
"""Millimetres, a kilometre: no figure of a page is larger, and products of such figures stay finite."""
OPERANDS = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}
"""How many numbers follow each path operator (GB/T 33190-2016, 9.1)."""
CURVES = "QBA"
PATH_WORD = re.compile(r"[A-Za-z]+|[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
"""An operator or a number of a path; some programs leave out the blank between them: `M0 0L10 0`."""
ESCAPED_BLANK = re.compile(r"\\(?:0020|00[Aa]0|3000|0009|000[AaDd])")
r"""Blanks in a text are written `\0020` (GB/T 33190-2016, 11.3)."""
PLACEHOLDER = "¤"
"""Stands where only the glyph is known, not the character (GB/T 33190-2016, 11.4)."""
UNKNOWN = "\ufffd"
QUARTER = math.pi / 2

Point = tuple[float, float]
Box = tuple[float, float, float, float]


class Matrix(NamedTuple):
    """A transformation of coordinates: x' = ax + cy + e, y' = bx + dy + f."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def point(self, x: float, y: float) -> Point:
        """Return a point, transformed."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def box(self, left: float, top: float, right: float, bottom: float) -> Box:
        """Return the box around a box, transformed."""
        corners = [self.point(x, y) for x in (left, right) for y in (top, bottom)]
        xs, ys = zip(*corners, strict=True)
        return min(xs), min(ys), max(xs), max(ys)

    def after(self, first: Matrix) -> Matrix:
        """Return the transformation that does `first` and then this one."""
        e, f = self.point(first.e, first.f)
        return Matrix(
            self.a * first.a + self.c * first.b,
            self.b * first.a + self.d * first.b,
            self.a * first.c + self.c * first.d,
            self.b * first.c + self.d * first.d,
            e,
            f,
        )

    @property
    def scale(self) -> float:
        """How much longer a length becomes, on average over its directions."""
        return math.sqrt(abs(self.a * self.d - self.b * self.c))

    @property
    def quarters(self) -> int:
        """The quarter turns clockwise (0 to 3) that come nearest to what it does to a line of text."""
        return round(math.atan2(self.b, self.a) / QUARTER) % 4

    @property
    def slant(self) -> float:
        """How far a line of text is from these quarter turns, in radians."""
        angle = math.atan2(self.b, self.a)
        return abs(angle - round(angle / QUARTER) * QUARTER)


PAGE = Matrix(a=POINTS_PER_MILLIMETRE, d=POINTS_PER_MILLIMETRE)
"""From the millimetres of a page to points."""


def numbers(text: str | None) -> list[float]:
    """Return the numbers of an attribute such as `Boundary="0 0 210 297"`.

    Words, and figures that no page has, are left out.
    """
    found = []
    for word in (text or "").replace(",", " ").split():
        try:
            number = float(word)
        except ValueError:
            continue
        if abs(number) <= FARTHEST:
            found.append(number)
    return found


def placement(drawn: etree._Element, outer: Matrix = PAGE) -> Matrix:
    """Return the way from the coordinates of an object to points, by way of those around it.

    The corner of its boundary is the origin of the object, its CTM turns and scales what is in it (GB/T
    33190-2016, 8.5).
    """
    left, top = [*numbers(drawn.get("Boundary")), 0.0, 0.0][:2]
    own = numbers(drawn.get("CTM"))
    inner = Matrix(*own) if len(own) == 6 else Matrix()
    return outer.after(inner._replace(e=inner.e + left, f=inner.f + top))


def characters_of(text_object: etree._Element, outer: Matrix = PAGE) -> Iterator[Character]:
    """Yield the characters of a text object, without blanks, in the order in which they are drawn."""
    matrix = placement(text_object, outer)
    size = next(iter(numbers(text_object.get("Size"))), DEFAULT_SIZE)
    stretch = next(iter(numbers(text_object.get("HScale"))), 1.0)
    left = top = 0.0
    for code in elements(text_object, "TextCode"):
        # Where X or Y is missing, that of the text code before holds (GB/T 33190-2016, table 46).
        left = next(iter(numbers(code.get("X"))), left)
        top = next(iter(numbers(code.get("Y"))), top)
        x, y = left, top
        text = ESCAPED_BLANK.sub(" ", (code.text or "").strip("\r\n\t")).replace(PLACEHOLDER, UNKNOWN)
        across, down = deltas(code.get("DeltaX"), len(text)), deltas(code.get("DeltaY"), len(text))
        for place, character in enumerate(text):
            width = _width(character) * size * stretch
            step = across[place] if place < len(across) else None
            if not character.isspace():
                # Within a run a step is a character's width: blanks between words are characters too.
                shown = (
                    max(width, WIDE_DIGIT * size * stretch) if step is None or step <= 0 else min(step, size)
                )
                yield Character(character, *matrix.box(x, y - ASCENT * size, x + shown, y + DESCENT * size))
            if step is not None:
                x += step
            elif not down:
                x += width
            y += down[place] if place < len(down) else 0.0


def deltas(text: str | None, count: int) -> list[float]:
    """Return the steps between characters, at most `count`: `1.5 g 3 2 4` is 1.5, 2, 2, 2, 4."""
    steps: list[float] = []
    words = iter((text or "").replace(",", " ").split())
    for word in words:
        repeat, value = (next(words, "0"), next(words, "0")) if word == "g" else ("1", word)
        if repeat.isdecimal():
            steps += numbers(value) * min(int(repeat[:9]), count - len(steps))
        if len(steps) >= count:
            break
    return steps


def _width(character: str) -> float:
    """Return the share of the font size that a character is wide where the file does not say."""
    return 1.0 if unicodedata.east_asian_width(character) in "WFA" else 0.5


def rulings_of(path_object: etree._Element, outer: Matrix = PAGE) -> Iterator[Ruling]:
    """Yield the straight lines of a path object that run along the page's edges, and thin filled boxes."""
    if _is_invisible(path_object):
        return
    matrix = placement(path_object, outer)
    contours = list(_contours(path_words(path_object), matrix))
    if path_object.get("Stroke") != "false":
        width = next(iter(numbers(path_object.get("LineWidth"))), DEFAULT_LINE_WIDTH) * matrix.scale
        for contour in contours:
            yield from _straight(contour, width)
    elif path_object.get("Fill") == "true":
        for contour in contours:
            xs, ys = zip(*contour, strict=True)
            if min(max(xs) - min(xs), max(ys) - min(ys)) <= THICKEST * POINTS_PER_MILLIMETRE:
                yield Ruling(min(xs), min(ys), max(xs), max(ys))


def path_words(path_object: etree._Element) -> list[str]:
    """Return the operators and numbers of a path."""
    data = element(path_object, "AbbreviatedData")
    return [] if data is None else PATH_WORD.findall(data.text or "")


def _is_invisible(path_object: etree._Element) -> bool:
    """Tell a path drawn with no opacity, or in white: it leaves no line on the paper."""
    if path_object.get("Alpha") == "0":
        return True
    name = "FillColor" if path_object.get("Stroke") == "false" else "StrokeColor"
    colour = element(path_object, name)
    return colour is not None and (colour.get("Alpha") == "0" or numbers(colour.get("Value")) == [255.0] * 3)


def _contours(words: Sequence[str], matrix: Matrix) -> Iterator[list[Point]]:
    """Yield the corners of each stroke of a path; of a curve only its end."""
    contour: list[Point] = []
    left = iter(words)
    for word in left:
        values = numbers(" ".join(next(left, "") for _ in range(OPERANDS.get(word, 0))))
        if word == "C" and contour:
            contour.append(contour[0])
        if len(values) < 2 or len(values) != OPERANDS.get(word):
            continue
        if word in "SM" and contour:
            yield contour
            contour = []
        contour.append(matrix.point(*values[-2:]))
    if contour:
        yield contour


def _straight(contour: Sequence[Point], width: float) -> Iterator[Ruling]:
    """Yield the level and upright lines of a contour, as boxes as wide as the pen."""
    half = width / 2
    for (x0, y0), (x1, y1) in pairwise(contour):
        left, right, top, bottom = min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1)
        if bottom - top <= half < right - left:
            yield Ruling(left, top - half, right, bottom + half)
        elif right - left <= half < bottom - top:
            yield Ruling(left - half, top, right + half, bottom)
