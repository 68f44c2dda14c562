"""What the cell finder takes and gives: characters, ruling lines, and the cells of one page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from perflint.document import PagePlace
from perflint.records import record

Box = tuple[float, float, float, float]
"""x0, top, x1, bottom in points, counted from the upper left corner of the page as it is read."""


class Character(NamedTuple):
    """A printed character (no blanks) with its box, or several printed side by side without a gap.

    Where `text` holds several, `singles` returns them one by one; it is called only where a border parts them.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    singles: Callable[[], list[Character]] | None = None


class Ruling(NamedTuple):
    """A thin box that may be a ruling line, or a dot or dash of one."""

    x0: float
    top: float
    x1: float
    bottom: float


@record(frozen=True, slots=True)
class Piece:
    """A stretch of one printed line."""

    text: str
    box: Box


@record(frozen=True, slots=True)
class PrintedLine:
    """A line of text outside any table; `pieces` are its parts between wide gaps, from left to right."""

    text: str
    box: Box
    pieces: tuple[Piece, ...]


@dataclass(slots=True)
class GridCell:
    """A cell of one page's table: its unit rows and columns from 0, what is known of its sides, its printed lines."""

    row: int
    column: int
    row_span: int
    column_span: int
    box: Box
    open_top: bool = False
    """No rule is drawn along the upper side."""
    open_bottom: bool = False
    sure: bool = True
    """False where a border between this cell and a neighbour was guessed."""
    lines: tuple[Piece, ...] = ()
    """From top to bottom; none as long as the cell is but the surface between its sides."""

    @property
    def text(self) -> str:
        """The printed lines, one below the other."""
        return text_of(self.lines)


def text_of(lines: tuple[Piece, ...]) -> str:
    """Return printed lines as a text, one below the other."""
    return lines[0].text if len(lines) == 1 else "\n".join([line.text for line in lines])


@record(frozen=True, slots=True)
class GridTable:
    """A ruled table on one page: `xs` and `ys` are the borders of its unit columns and rows."""

    cells: tuple[GridCell, ...]
    xs: tuple[float, ...]
    ys: tuple[float, ...]

    @property
    def box(self) -> Box:
        """The outer edges."""
        return (self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])


@record(frozen=True, slots=True)
class PageGrid:
    """One page: its tables and the lines outside them, each from top to bottom."""

    width: float
    height: float
    tables: tuple[GridTable, ...]
    lines: tuple[PrintedLine, ...]
    number: int = 1
    quarters: int = 0
    """Quarter turns clockwise from the page as it is read to the page as it is shown."""
    left: float = 0.0
    """Where it begins on its sheet, of several pages printed side by side."""

    @property
    def place(self) -> PagePlace:
        """The whole page, as it is shown."""
        sides = (self.height, self.width) if self.quarters % 2 else (self.width, self.height)
        return PagePlace(self.number, (0.0, 0.0, *sides))


def turned(box: Box, quarters: int, width: float, height: float) -> Box:
    """Turn a box clockwise together with its page, `width` and `height` before the turn."""
    x0, top, x1, bottom = box
    if quarters == 1:
        return (height - bottom, x0, height - top, x1)
    if quarters == 2:
        return (width - x1, height - bottom, width - x0, height - top)
    if quarters == 3:
        return (top, width - x1, bottom, width - x0)
    return box
