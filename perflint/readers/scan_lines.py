"""The ruling lines of a scanned page: the page set straight, and its long thin strokes of ink."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import cv2
import numpy as np

from perflint.readers.grid import Ruling
from perflint.readers.scan import POINTS_PER_DOT

Picture = np.ndarray[Any, np.dtype[np.uint8]]

# All lengths are in dots at 200 dpi; a character of 10.5 points is 29 dots high.
LEVEL_LINE = 45
"""The shortest level line; the stroke of a character is shorter, up to a title of 16 points."""
UPRIGHT_LINE = 28
"""The shortest upright line: the smallest print needs a row that high."""
ROW_HEIGHT = 1.25
"""The lowest row against the height of its print: a row is higher than any stroke of its characters."""
RED = 25
"""How much brighter than green and blue the red of a seal is, its soft edges included."""
PRINT = 75
"""Brightness below which ink is print, even in the red haze that JPEG lays around a seal; a seal has 90 and more."""
HAZE = 120
"""Brightness from which on the grey edges beside a seal are its own, not print."""
SPECK = 6
"""Dots of a spot of ink that is dirt; a full stop has 9."""
LONG_LINE = 80
"""No stroke of a character is that long."""
BREAK = 9
"""The longest break in a line that a poor scan leaves."""
TOUCHING = 4
"""How far the end of an upright line may be from the level line that it meets."""
LARGEST_SKEW = 6.0
"""Degrees by which a sheet lies askew in a feeder; more is a photograph."""


class Lines(NamedTuple):
    """The lines of a page: ink of the lines alone (255), and where they are."""

    ink: Picture
    rulings: tuple[Ruling, ...]


class _Stroke(NamedTuple):
    """The box of a line in dots."""

    left: int
    top: int
    right: int
    bottom: int


def without_seals(picture: Picture) -> Picture:
    """Return a coloured page in grey, with the red ink of seals as paper and the print under it as it is."""
    bright = cv2.cvtColor(picture[:, :, :3], cv2.COLOR_RGB2GRAY)
    redness = picture[:, :, 0].astype(np.int16) - picture[:, :, 1:3].min(axis=2)
    red = redness > RED
    beside = cv2.dilate(red.astype(np.uint8), cv2.getStructuringElement(cv2.MORPH_RECT, (5, 5))) > 0
    return np.where((red & (bright > PRINT)) | (beside & (bright > HAZE)), np.uint8(255), bright)


def without_specks(ink: Picture) -> Picture:
    """Return ink without the spots that are too small for a full stop."""
    _, labels, boxes, _ = cv2.connectedComponentsWithStats(ink)
    return np.where((boxes[:, cv2.CC_STAT_AREA] < SPECK)[labels], np.uint8(0), ink)


def straightened(grey: Picture) -> Picture:
    """Return a page turned so that its long lines are level; as it is where it has none."""
    kernel = cv2.getStructuringElement(cv2.MORPH_RECT, (LEVEL_LINE // 3, 1))
    ink = cv2.morphologyEx(ink_of(grey)[::2, ::2], cv2.MORPH_OPEN, kernel)
    found = cv2.HoughLinesP(ink, 1, math.pi / 1800, 200, None, grey.shape[1] / 10, BREAK)
    angles = []
    for x0, y0, x1, y1 in [] if found is None else found.reshape(-1, 4):
        angle = math.degrees(math.atan2(float(y1) - float(y0), float(x1) - float(x0)))
        if abs(angle) <= LARGEST_SKEW:
            angles.append((angle, math.hypot(float(x1) - float(x0), float(y1) - float(y0))))
    if not angles:
        return grey
    skew = _weighted_median(angles)
    height, width = grey.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), skew, 1.0)
    return np.asarray(cv2.warpAffine(grey, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=255))


def _weighted_median(angles: list[tuple[float, float]]) -> float:
    half = sum(weight for _, weight in angles) / 2
    passed = 0.0
    for angle, weight in sorted(angles):
        passed += weight
        if passed >= half:
            return angle
    return 0.0


def ink_of(grey: Picture) -> Picture:
    """Return the ink of a page (255 where there is any): what is darker than its surroundings."""
    return np.asarray(
        cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 35, 18)
    )


def lines_of(ink: Picture) -> Lines:
    """Return the ruling lines of a page that was set straight."""
    level_ink, level = _strokes(ink, (LEVEL_LINE, 1), (BREAK * 2 + 1, 1))
    shortest = max(UPRIGHT_LINE, round(_print_height(ink) * ROW_HEIGHT))
    upright_ink, upright = _strokes(ink, (1, shortest), (1, BREAK * 2 + 1))
    upright = [line for line in upright if _is_border(line, level)]
    rulings = [*map(_level, level), *map(_upright, upright)]
    return Lines(np.asarray(cv2.bitwise_or(level_ink, upright_ink)), tuple(rulings))


def widened(ink: Picture) -> Picture:
    """Return ink one dot wider on all sides: the grey rim of a line goes with it."""
    return np.asarray(cv2.dilate(ink, cv2.getStructuringElement(cv2.MORPH_RECT, (3, 3))))


def _print_height(ink: Picture) -> float:
    """Return the height of the print: four fifths of its spots of ink (parts of characters) are lower."""
    _, _, boxes, _ = cv2.connectedComponentsWithStats(ink)
    heights = boxes[1:, cv2.CC_STAT_HEIGHT]
    heights = heights[(heights >= 10) & (heights <= 60)]
    return float(np.percentile(heights, 80)) if heights.size else 0.0


def _strokes(
    ink: Picture, shortest: tuple[int, int], bridge: tuple[int, int]
) -> tuple[Picture, list[_Stroke]]:
    kernel = cv2.getStructuringElement(cv2.MORPH_RECT, shortest)
    kept = cv2.morphologyEx(ink, cv2.MORPH_OPEN, kernel)
    joined = cv2.morphologyEx(kept, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_RECT, bridge))
    _, _, boxes, _ = cv2.connectedComponentsWithStats(joined)
    strokes = [_Stroke(int(x), int(y), int(x + w), int(y + h)) for x, y, w, h, _ in boxes[1:]]
    return np.asarray(kept), strokes


def _is_border(line: _Stroke, level: list[_Stroke]) -> bool:
    """Tell an upright line between two level ones, or a long one, from the stroke of a character."""
    if line.bottom - line.top >= LONG_LINE:
        return True
    crossing = [
        other
        for other in level
        if other.left - TOUCHING <= line.right and line.left <= other.right + TOUCHING
    ]
    return any(abs(other.top - line.top) <= TOUCHING for other in crossing) and any(
        abs(other.bottom - line.bottom) <= TOUCHING for other in crossing
    )


def _level(line: _Stroke) -> Ruling:
    middle = (line.top + line.bottom) / 2 * POINTS_PER_DOT
    return Ruling(line.left * POINTS_PER_DOT, middle - 0.5, line.right * POINTS_PER_DOT, middle + 0.5)


def _upright(line: _Stroke) -> Ruling:
    middle = (line.left + line.right) / 2 * POINTS_PER_DOT
    return Ruling(middle - 0.5, line.top * POINTS_PER_DOT, middle + 0.5, line.bottom * POINTS_PER_DOT)
