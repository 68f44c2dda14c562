"""Text that is drawn but clipped away: Calc prints a merged cell's text on every page the cell is on, clipped."""

from __future__ import annotations

import ctypes
import math
from itertools import pairwise

from perflint.readers.pdf import pdfium

SIMPLE = 8
"""A clip path of more segments is not a cell's rectangle; it is not looked into."""
SLACK = 1.0
"""Points by which the middle of a line must lie outside its clip."""

_point = (ctypes.c_float * 2)()
_POINT = (ctypes.addressof(_point), ctypes.addressof(_point) + 4)


def hidden_characters(handle: int, printed: list[int], starts: list[int], boxes: list[float]) -> set[int]:
    """Return the characters that their clip hides.

    `handle` is pdfium's text page, `printed` the indices of characters that are no blanks, `starts` those that start
    a run, `boxes` left, top, right, bottom of every character in PDF coordinates. Only lines wholly above or below
    their clip count: a text that is cut at the side of its cell is still the cell's text.
    """
    hidden: list[tuple[int, int]] = []
    text_object, clip_of, count_paths = pdfium.get_text_object, pdfium.get_clip, pdfium.count_clip_paths
    for start, end in pairwise([*starts, printed[-1] + 1]):
        clip = clip_of(text_object(handle, start))
        if not clip:
            continue
        count = count_paths(clip)
        if count <= 0:
            continue
        low, high = _heights(clip, count)
        middle = (boxes[4 * start + 1] + boxes[4 * start + 3]) / 2
        if not low - SLACK <= middle <= high + SLACK:
            hidden.append((start, end))
    return {index for start, end in hidden for index in range(start, end)}


def _heights(clip: int, count: int) -> tuple[float, float]:
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
