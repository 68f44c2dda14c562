"""The pieces that lines without a grid fall into: what stands between tabs or blanks, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from perflint.document import Line, LinePlace, PagePlace, Passage, Place
from perflint.readers.clean import clean

# Two blanks part columns in text that keeps the layout of the page; one blank may stand inside a cell.
_WIDE_GAP = 2
_TAB_GAP = 8


@dataclass(frozen=True, slots=True)
class Token:
    """A stretch of a line that no tab and no blank parts.

    `line` counts the lines from 0; `start` and `end` are code points (points on a page) from the left
    margin; `column` is the number of tabs before it, None where the line has no tabs; `gap` the blanks
    before it on its line (a tab counts as eight).
    """

    passage: Passage
    line: int
    start: int
    end: int
    gap: int
    column: int | None
    first: bool
    last: bool
    blank_before: bool
    break_before: bool
    count: int = 1
    """How many tokens of the text it was joined from."""

    @property
    def text(self) -> str:
        """The cleaned text."""
        return self.passage.text

    @property
    def centre(self) -> float:
        """The middle of the token on its line."""
        return (self.start + self.end) / 2


def tokens_of(lines: Sequence[Line]) -> tuple[Token, ...]:
    """Return the tokens of all lines in reading order."""
    return tuple(token for number, line in enumerate(lines) for token in _tokens_of_line(line, number))


def _tokens_of_line(line: Line, number: int) -> Iterable[Token]:
    """Return the tokens of one line from the left."""
    stretches = _stretches(line)
    last = len(stretches) - 1
    for position, (passage, column, start, end, gap) in enumerate(stretches):
        yield Token(
            passage=passage,
            line=number,
            start=start,
            end=end,
            gap=gap if position else 0,
            column=column,
            first=position == 0,
            last=position == last,
            blank_before=line.blank_before,
            break_before=line.break_before,
        )


Stretch = tuple[Passage, int | None, int, int, int]
"""A part of a line with its column, where it begins and ends on the line, and the gap before it."""


def _stretches(line: Line) -> list[Stretch]:
    """Return the parts of a line: between tabs, between the gaps of a page, or else between blanks."""
    place = line.passage.place
    if isinstance(place, PagePlace):
        pieces = [piece for piece in line.pieces if piece.text] or [line.passage]
        return [(piece, None, *_ends_on_page(piece.place), _TAB_GAP) for piece in pieces]
    if line.pieces:
        return [
            (piece, column, column * _TAB_GAP, column * _TAB_GAP + len(piece.text), _TAB_GAP)
            for column, piece in enumerate(line.pieces)
            if piece.text
        ]
    text = line.passage.original or line.passage.text
    indent = len(text) - len(text.lstrip())
    return [
        (_part(line.passage, match, indent), None, match.start(), match.end(), match.start() - before)
        for before, match in _words(text)
    ]


def _ends_on_page(place: Place) -> tuple[int, int]:
    """Return the left and right end of a place on a page in points."""
    return (round(place.box[0]), round(place.box[2])) if isinstance(place, PagePlace) else (0, 0)


def _words(text: str) -> Iterable[tuple[int, re.Match[str]]]:
    """Yield the stretches without blanks, each with the end of the one before it."""
    before = 0
    for match in re.finditer(r"\S+", text):
        if clean(match[0]):
            yield before, match
            before = match.end()


def _part(passage: Passage, match: re.Match[str], indent: int) -> Passage:
    """Return a stretch of a line's text as a passage of its own; that of the line begins behind its `indent`."""
    place = passage.place
    if isinstance(place, LinePlace):
        column = place.column - indent + match.start()
        place = LinePlace(place.line, column, place.line, column + len(match[0]))
    return Passage(clean(match[0]), place, passage.confidence, match[0])


def is_wide(token: Token) -> bool:
    """Say whether the blanks before a token part columns."""
    return token.gap >= _WIDE_GAP


def overlaps(token: Token, other: Token) -> bool:
    """Say whether two tokens stand above one another, each on its line."""
    return token.start < other.end and other.start < token.end


def joined_text(tokens: Sequence[Token]) -> str:
    """Return the text of tokens that belong together: blanks stay between Latin words, lines are joined."""
    if not any(_meet_in_latin(before.text, token.text) for before, token in pairwise(tokens)):
        return "".join(token.text for token in tokens)
    text = ""
    line = None
    for token in tokens:
        separator = "" if line is None else " " if token.line == line else "\n"
        text += separator + (token.passage.original.strip() or token.text)
        line = token.line
    return clean(text)


def _meet_in_latin(before: str, text: str) -> bool:
    """Say whether two texts meet where a blank or a formula may stand: $\\geq 90\\%$, IPv6 only."""
    return (before[-1:].isascii() and text[:1].isascii()) or before.startswith("$")


def joined_passage(tokens: Sequence[Token]) -> Passage:
    """Return tokens that belong together as one passage from the first to the last."""
    first, last = tokens[0].passage, tokens[-1].passage
    if len(tokens) == 1:
        return first
    original = "\n".join(token.passage.original for token in tokens)
    place = _spanning(first.place, last.place)
    return Passage(joined_text(tokens), place, first.confidence, original)


def _spanning(first: Place, last: Place) -> Place:
    """Return the place from one place to another of the same kind."""
    if isinstance(first, LinePlace) and isinstance(last, LinePlace):
        return LinePlace(first.line, first.column, last.end_line, last.end_column)
    if isinstance(first, PagePlace) and isinstance(last, PagePlace) and first.page == last.page:
        (left, top, right, bottom), other = first.box, last.box
        box = (min(left, other[0]), min(top, other[1]), max(right, other[2]), max(bottom, other[3]))
        return replace(first, box=box)
    return first


def parted(token: Token, length: int) -> tuple[Token, Token]:
    """Part a token behind so many characters of its text."""
    original = token.passage.original or token.text
    cut = next(at for at in range(1, len(original) + 1) if len(clean(original[:at])) >= length)
    place = token.passage.place
    places = (place, place)
    if isinstance(place, LinePlace):
        middle = place.column + cut
        places = (replace(place, end_column=middle), replace(place, column=middle))
    texts = token.text[:length].rstrip(), token.text[length:].lstrip()
    head = Passage(texts[0], places[0], token.passage.confidence, original[:cut])
    tail = Passage(texts[1], places[1], token.passage.confidence, original[cut:])
    return (
        replace(token, passage=head, last=False, end=token.start + cut),
        replace(token, passage=tail, first=False, start=token.start + cut, gap=0),
    )


def merged(tokens: Sequence[Token]) -> Token:
    """Return tokens that belong together as one token, at the place of the first."""
    first, last = tokens[0], tokens[-1]
    if len(tokens) == 1:
        return first
    return replace(
        first,
        passage=joined_passage(tokens),
        end=max(token.end for token in tokens),
        last=last.last,
        count=sum(token.count for token in tokens),
    )
