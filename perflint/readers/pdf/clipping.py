"""Text that is drawn but clipped away: Calc prints a merged cell's text on every page the cell is on, clipped."""

from __future__ import annotations

import math
from array import array
from itertools import repeat

from perflint.readers.grid.model import Box
from perflint.readers.pdf import pdfium
from perflint.readers.pdf.pdfium import Handle

SIMPLE = 8
"""A clip path of more segments is not a cell's rectangle; it is not looked into."""
SLACK = 1.0
"""Points by which the middle of a line must lie outside its clip."""

_point = array("f", [0.0] * 2)
_POINT = pdfium.places_in(_point)


def hidden_words(handle: Handle, firsts: list[int], boxes: list[float]) -> set[int]:
    """Return the numbers of the words that their clip hides.

    `handle` is pdfium's text page, `firsts` the indices of the first character of each word, `boxes` left, top, right,
    bottom of these in PDF coordinates. Only words wholly above or below their clip count: a text that is cut at the
    side of its cell is still the cell's text.
    """
    clips = list(map(pdfium.get_clip, map(pdfium.get_text_object, repeat(handle), firsts)))
    counts = list(map(pdfium.count_clip_paths, clips))
    hidden: set[int] = set()
    if max(counts) <= 0:
        return hidden
    for number, (clip, count) in enumerate(zip(clips, counts, strict=True)):
        if count <= 0:
            continue
        low, high = _heights(clip, count)
        middle = (boxes[4 * number + 1] + boxes[4 * number + 3]) / 2
        if not low - SLACK <= middle <= high + SLACK:
            hidden.add(number)
    return hidden


def shown_part(handle: Handle, box: Box) -> Box:
    """Return what its clip leaves of the height of a page object's box (pdfium's handle, PDF coordinates)."""
    clip = pdfium.get_clip(handle)
    count = pdfium.count_clip_paths(clip) if clip else 0
    low, high = _heights(clip, count)
    return (box[0], max(box[1], low), box[2], min(box[3], high))


def _heights(clip: Handle, count: int) -> tuple[float, float]:
    """Return the lowest and highest place that all rectangles of a clip leave open."""
    low, high = -math.inf, math.inf
    for path in range(count):
        segments = pdfium.count_clip_segments(clip, path)
        if not 0 < segments <= SIMPLE:
            continue
        places = []
        for index in range(segments):
            pdfium.segment_point(pdfium.get_clip_segment(clip, path, index), *_POINT)
            places.append(_point[1])
        low, high = max(low, min(places)), min(high, max(places))
    return low, high
