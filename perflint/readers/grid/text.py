"""Characters with boxes → printed lines: what stands on one line, blanks by the gaps, struck twice read once."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from operator import itemgetter

from perflint.readers.grid.model import Character, Piece, PrintedLine

BLANK = 0.13
"""Share of the character height: a wider gap between two characters was a blank (a Latin blank is 0.25 em)."""
WIDE_GAP = 1.0
"""Share of the character height: a wider gap outside tables parts two pieces of a line."""
SPACED = 2.2
"""Times the usual gap of a letter-spaced line (财 政 项 目): a wider one parts two pieces."""
SAME_STRIKE = 0.3
"""Share of the character height within which the same character struck again (fake bold) is one character."""

Run = list[Character]
"""Characters drawn one after the other, from left to right on one line, without overlapping."""

_by_x = itemgetter(1)


def goes_on(before: Character, after: Character) -> bool:
    """Say whether a character, drawn next, stands to the right of another on the same line."""
    return before[2] < (after[2] + after[4]) / 2 < before[4] and 2 * after[1] > before[1] + before[3]


def lines_of(runs: Sequence[Run]) -> list[Run]:
    """Sort runs into lines from top to bottom, each from left to right, without second strikes."""
    if len(runs) == 1:
        return [runs[0]]
    lines: list[list[Run]] = []
    middle = height = 0.0
    for centre, tall, _, run in sorted(_measured(index, run) for index, run in enumerate(runs)):
        if not lines or centre - middle > 0.5 * max(height, tall):
            lines.append([run])
            middle, height = centre, tall
        else:
            lines[-1].append(run)
            if tall > height:
                middle, height = centre, tall
    return [_in_order(line) for line in lines]


def _measured(index: int, run: Run) -> tuple[float, float, int, Run]:
    """Return the vertical middle and height of a run's tallest character; its index keeps the order stable."""
    tall, middle = 0.0, 0.0
    for _, _, top, _, bottom, _ in run:
        if bottom - top > tall:
            tall, middle = bottom - top, (top + bottom) / 2
    return middle, tall, index, run


def _in_order(runs: list[Run]) -> Run:
    """Put the runs of one line together from left to right; where they overlap, character by character."""
    if len(runs) == 1:
        return runs[0]
    runs.sort(key=_start)
    line: Run = []
    overlapping = False
    for run in runs:
        overlapping = overlapping or bool(line and line[-1][3] - run[0][1] > 0.25 * (run[0][3] - run[0][1]))
        line = line + run
    if not overlapping:
        return line
    letters = [letter for each in line for letter in (each.singles() if each.singles else (each,))]
    return _struck_once(sorted(letters, key=_by_x))


def _start(run: Run) -> float:
    return run[0][1]


def _struck_once(line: Run) -> Run:
    """Drop a character that repeats one of the two before at nearly the same place."""
    kept: Run = []
    for character in line:
        for before in kept[-2:]:
            if (
                before[0] == character[0]
                and character[1] - before[1] < SAME_STRIKE * (character[4] - character[2])
                and before[3] - character[1] > 0.5 * (character[3] - character[1])
            ):
                break
        else:
            kept.append(character)
    return kept


def piece_of(line: Run) -> Piece:
    """Return the text of a line with blanks where gaps are, and its box."""
    first, left, top, end, bottom, _ = line[0]
    if len(line) == 1:
        return Piece(first, (left, top, end, bottom))
    text = []
    for letter, x0, upper, x1, lower, _ in line:
        if x0 - end > BLANK * (lower - upper):
            text.append(" ")
        text.append(letter)
        end = x1
        if upper < top:
            top = upper
        if lower > bottom:
            bottom = lower
    return Piece("".join(text), (left, top, end, bottom))


def running_line(parts: list[Run]) -> PrintedLine:
    """Return text outside tables, cut at its wide gaps, as a line with its pieces."""
    pieces = tuple(piece_of(part) for part in parts)
    if len(pieces) == 1:
        return PrintedLine(pieces[0].text, pieces[0].box, pieces)
    whole = piece_of([character for part in parts for character in part])
    return PrintedLine(whole.text, whole.box, pieces)


def parts_of(line: Run) -> list[Run]:
    """Cut a line at its wide gaps; in a letter-spaced line a gap is wide by comparison with the others."""
    gaps = [after[1] - before[3] for before, after in pairwise(line)]
    limit = WIDE_GAP * max(bottom - top for _, _, top, _, bottom, _ in line)
    if not gaps or max(gaps) <= limit:
        return [line]
    # Characters printed side by side have no gap between them.
    closed = sum(len(each[0]) for each in line) - len(line)
    middle = (closed + len(gaps)) // 2 - closed
    if middle >= 0:
        limit = max(limit, SPACED * sorted(gaps)[middle])
    parts = [[line[0]]]
    for gap, character in zip(gaps, line[1:], strict=True):
        if gap > limit:
            parts.append([])
        parts[-1].append(character)
    return parts
