"""The ruling lines of a page: thin strokes and boxes, sides of stroked rectangles, white boxes on a dark ground."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise, repeat
from typing import NamedTuple

import pypdfium2.raw as raw

from perflint.limits import Limits, enforce
from perflint.readers.grid.model import Box
from perflint.readers.grid.rulings import THIN
from perflint.readers.pdf import pdfium
from perflint.readers.pdf.clipping import shown_part
from perflint.readers.pdf.geometry import Geometry
from perflint.readers.pdf.matrices import IDENTITY, Matrix, matrix_of, moved, product
from perflint.readers.pdf.pdfium import Handle

WHITE = 245
"""All channels at least this bright (0 to 255): a line nobody sees on white paper."""
DARK = 100
"""All channels at most this bright: a ground on which white boxes are cells."""
FAINT = 25
"""Less opaque than this is invisible."""
THICK = 5.0
"""Points: a dark filled box up to this thick is a heavy border if it is long enough."""
LONG = 4
"""Times its thickness that a heavy border is long."""
SEGMENTS = 20_000
"""A path of more segments is a drawing."""
DEEP = 8
"""Form objects nested deeper are not followed."""


class Drawn(NamedTuple):
    """What is drawn on a page besides its text: ruling lines, the share that pictures cover, the number of curves."""

    rulings: Sequence[Box]
    picture: float
    curves: int


class _Paint(NamedTuple):
    """What is visible of a path, and the darkest and brightest channel of its colour."""

    filled: bool
    stroked: bool
    darkest: int
    brightest: int


class _Path(NamedTuple):
    """A path object: handle, matrix of the form object around it, bounds in PDF coordinates, what is visible."""

    handle: Handle
    matrix: Matrix
    box: Box
    filled: bool
    stroked: bool
    darkest: int
    brightest: int


def drawn_on(page: Handle, geometry: Geometry, limits: Limits) -> Drawn:
    """Return the ruling lines of a page (pdfium's handle), text upright.

    Raises UnreadableFile where the page has more path objects than the limit allows.
    """
    thin: list[Box] = []
    thick: list[_Path] = []
    picture = 0.0
    curves = 0
    allowed, bottom, top = limits.page_objects, geometry.bottom, geometry.top
    for count, (kind, handle, matrix) in enumerate(_objects(page), 1):
        if count > allowed:
            enforce(limits, "page_objects", count)
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            x0, y0, x1, y1 = _bounds(handle, matrix)
            picture = max(picture, (x1 - x0) * (y1 - y0))
            continue
        paint = _paint(handle) if kind == raw.FPDF_PAGEOBJ_PATH else None
        if paint is None:
            continue
        x0, y0, x1, y1 = box = _bounds(handle, matrix)
        if x1 - x0 > THIN and y1 - y0 > THIN:
            thick.append(_Path(handle, matrix, box, *paint))
        elif paint.darkest < WHITE:
            # Chromium draws the side of a cell over several pages beyond their edges, and clips it at the margins.
            thin.append(shown_part(handle, box) if y0 < bottom or y1 > top else box)
    grounds = [path.box for path in thick if path.filled and path.brightest <= DARK]
    for path in thick:
        sides, bent = _sides(path, grounds)
        thin += sides
        curves += bent
    read = geometry.read
    rulings = [read(*box) for box in _in_sight(thin, geometry)]
    width, height = geometry.size
    return Drawn(rulings, picture / max(width * height, 1.0), curves)


def _in_sight(lines: list[Box], geometry: Geometry) -> Iterator[Box]:
    """Return what the page shows of lines: wkhtmltopdf and Qt draw a table that runs over pages beyond their edges."""
    left, bottom, right, top = geometry.left, geometry.bottom, geometry.right, geometry.top
    for line in lines:
        x0, y0, x1, y1 = line
        if left <= x0 and x1 <= right and bottom <= y0 <= y1 <= top:
            yield line
        elif x0 < right and left < x1 and y0 < top and bottom < y1 and y0 <= y1:
            yield (max(x0, left), max(y0, bottom), min(x1, right), min(y1, top))


def _objects(page: Handle) -> Iterator[tuple[int, Handle, Matrix]]:
    """Return the kind, handle and matrix of every object of a page but text, those in form objects included."""
    handles = list(map(pdfium.get_object, repeat(page), range(pdfium.count_objects(page))))
    for kind, handle in zip(map(pdfium.object_type, handles), handles, strict=True):
        if kind == raw.FPDF_PAGEOBJ_FORM:
            yield from _objects_of_form(handle, IDENTITY, 1)
        elif kind != raw.FPDF_PAGEOBJ_TEXT:
            yield kind, handle, IDENTITY


def _objects_of_form(form: Handle, outer: Matrix, depth: int) -> Iterator[tuple[int, Handle, Matrix]]:
    """Return a form object itself, so that empty ones count too, and what it holds."""
    matrix = product(matrix_of(form), outer)
    yield raw.FPDF_PAGEOBJ_FORM, form, matrix
    for index in range(pdfium.count_form_objects(form) if depth <= DEEP else 0):
        handle = pdfium.get_form_object(form, index)
        kind = pdfium.object_type(handle)
        if kind == raw.FPDF_PAGEOBJ_FORM:
            yield from _objects_of_form(handle, matrix, depth + 1)
        else:
            yield kind, handle, matrix


_corners = array("f", [0.0] * 4)
_CORNERS = pdfium.places_in(_corners)
_mode = array("i", [0] * 2)
_MODE = pdfium.places_in(_mode)
_colour = array("I", [0] * 4)
_COLOUR = pdfium.places_in(_colour)


def _bounds(handle: Handle, matrix: Matrix) -> Box:
    pdfium.object_bounds(handle, *_CORNERS)
    left, bottom, right, top = _corners
    if matrix is IDENTITY:
        return (left, bottom, right, top)
    points = [moved(matrix, x, y) for x in (left, right) for y in (bottom, top)]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return (min(xs), min(ys), max(xs), max(ys))


def _paint(handle: Handle) -> _Paint | None:
    """Return what is visible of a path, None where nothing is."""
    if not pdfium.path_mode(handle, *_MODE):
        return None
    fill_mode, stroke = _mode
    fill = line = None
    if fill_mode and pdfium.fill_colour(handle, *_COLOUR) and _colour[3] > FAINT:
        fill = tuple(_colour[:3])
    if stroke and pdfium.stroke_colour(handle, *_COLOUR) and _colour[3] > FAINT:
        line = tuple(_colour[:3])
    return _paint_of(fill, line)


@lru_cache(maxsize=1024)
def _paint_of(fill: tuple[int, ...] | None, line: tuple[int, ...] | None) -> _Paint | None:
    """Return what is visible of a path filled and stroked in these colours (None for not)."""
    # The line decides where both are drawn: black lines around a white ground.
    colour = line or fill
    return _Paint(fill is not None, line is not None, min(colour), max(colour)) if colour else None


def _sides(path: _Path, grounds: list[Box]) -> tuple[list[Box], int]:
    """Return the lines that a thick path draws, and how many curves it has."""
    if path.stroked and path.darkest >= WHITE:
        return [], 0
    on_ground = path.filled and path.darkest >= WHITE and any(_inside(path.box, ground) for ground in grounds)
    count = pdfium.count_segments(path.handle)
    if count > SEGMENTS or not (path.stroked or path.filled):
        return [], 0
    lines: list[Box] = []
    surfaces: list[Box] = []
    curves = 0
    for points, bent in _subpaths(path, count):
        curves += bent
        if bent:
            continue
        if path.stroked or on_ground:
            lines += _straight(points)
            continue
        xs, ys = [x for x, _ in points], [y for _, y in points]
        box = (min(xs), min(ys), max(xs), max(ys))
        thickness = min(box[2] - box[0], box[3] - box[1])
        if path.darkest >= WHITE:
            continue
        if thickness > THICK:
            surfaces.append(box)
        elif thickness <= THIN or max(box[2] - box[0], box[3] - box[1]) >= LONG * thickness:
            lines.append(_thinned(box))
    for outer, inner in pairwise(surfaces):
        lines += _frame(outer, inner)
    return lines, curves


def _frame(outer: Box, inner: Box) -> Iterator[Box]:
    """Return the four sides of a border that is filled between two rectangles, nothing where they make none."""
    if max(abs(one - two) for one, two in zip(outer, inner, strict=True)) > THIN:
        return
    x0, y0, x1, y1 = ((one + two) / 2 for one, two in zip(outer, inner, strict=True))
    yield from ((x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1))


def _thinned(box: Box) -> Box:
    """Return a heavy border as a thin line along its middle."""
    x0, y0, x1, y1 = box
    if x1 - x0 > y1 - y0:
        middle = (y0 + y1) / 2
        return (x0, middle, x1, middle)
    middle = (x0 + x1) / 2
    return (middle, y0, middle, y1)


def _inside(box: Box, ground: Box) -> bool:
    return (
        ground != box
        and ground[0] - 1 <= box[0]
        and ground[1] - 1 <= box[1]
        and box[2] <= ground[2] + 1
        and box[3] <= ground[3] + 1
    )


Point = tuple[float, float]


def _subpaths(path: _Path, count: int) -> Iterator[tuple[list[Point], int]]:
    """Return the points of every subpath in PDF coordinates, and its number of curved segments."""
    matrix = product(matrix_of(path.handle), path.matrix)
    points: list[Point] = []
    curves = 0
    for index in range(count):
        segment = pdfium.get_segment(path.handle, index)
        kind = pdfium.segment_type(segment)
        pdfium.segment_point(segment, *_CORNERS[:2])
        if kind == raw.FPDF_SEGMENT_MOVETO and points:
            yield points, curves
            points, curves = [], 0
        elif kind == raw.FPDF_SEGMENT_BEZIERTO:
            curves += 1
        points.append(moved(matrix, _corners[0], _corners[1]))
        if pdfium.segment_closes(segment) and points[-1] != points[0]:
            points.append(points[0])
    if points:
        yield points, curves


def _straight(points: list[Point]) -> Iterator[Box]:
    """Return the horizontal and vertical sides of a polygon."""
    for (x0, y0), (x1, y1) in pairwise(points):
        if abs(x1 - x0) <= 1 or abs(y1 - y0) <= 1:
            yield (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
