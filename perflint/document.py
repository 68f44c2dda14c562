"""What a reader gives: a document of lines and tables, each piece of text with its place and confidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from enum import StrEnum

from perflint.records import record


class Confidence(StrEnum):
    """How surely a piece of text belongs to its cell, best first."""

    EXACT = "exact"
    """A cell of a docx, xlsx or HTML table."""
    RULED = "ruled"
    """A cell between ruling lines on a page."""
    INFERRED = "inferred"
    """A cell whose borders were guessed, or joined over a page break without proof."""
    TEXT = "text"
    """Text without a grid."""


_BEST_FIRST = tuple(Confidence)


def worst(confidences: Iterable[Confidence]) -> Confidence:
    """Return the lowest of several confidences, exact where there is none."""
    return max(confidences, key=_BEST_FIRST.index, default=Confidence.EXACT)


@record(frozen=True, slots=True)
class PagePlace:
    """A box on a page: points from the upper left corner of the page as it is shown."""

    page: int
    """Counted from 1."""
    box: tuple[float, float, float, float]
    """x0, top, x1, bottom."""
    continued: tuple[PagePlace, ...] = ()
    """The rest of a cell that a page break cuts."""


@record(frozen=True, slots=True)
class SheetPlace:
    """A cell of a workbook, as `绩效目标` and `C12`; a merged range as `C12:D14`."""

    sheet: str
    cell: str


@record(frozen=True, slots=True)
class TablePlace:
    """A cell of a docx or HTML table; all three counted from 1 in the order of the document.

    A paragraph outside any table has `table` 0, its number as `row`, and `column` 0.
    """

    table: int
    row: int
    column: int


@record(frozen=True, slots=True)
class LinePlace:
    """A stretch of a text file; lines and columns (code points) counted from 1, the end exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


Place = PagePlace | SheetPlace | TablePlace | LinePlace


@record(frozen=True, slots=True)
class Passage:
    """A piece of text with its place.

    `text` is cleaned for showing (CJK radicals folded, blanks between Chinese characters and line ends removed,
    LaTeX comparators as signs); `original` is what the file holds.
    """

    text: str
    place: Place
    confidence: Confidence
    original: str = ""


@record(frozen=True, slots=True)
class Line:
    """A line of running text outside any table.

    In a text file a line may hold several pieces: `pieces` are its parts between tabs, in order, empty ones
    kept (their number is the column they stand in).
    """

    passage: Passage
    pieces: tuple[Passage, ...] = ()
    blank_before: bool = False
    """A blank line, or a gap larger than the line spacing, stands above."""
    break_before: bool = False
    """A page break stands above."""


@record(frozen=True, slots=True)
class Cell:
    """A cell of a table; rows and columns counted from 0, spans at least 1."""

    row: int
    column: int
    row_span: int
    column_span: int
    passage: Passage

    @property
    def text(self) -> str:
        """The cleaned text."""
        return self.passage.text


@record(frozen=True, slots=True)
class Table:
    """A grid of cells, sorted by row and column; no two of them overlap, gaps are allowed."""

    cells: tuple[Cell, ...]
    rows: int
    columns: int
    place: Place


Block = Line | Table


@record(frozen=True, slots=True)
class Problem:
    """Something that a reader could not read, or not surely: the raw material of the E9xx findings.

    `code` is the rule's; `values` fill its message (`reason`, `page`, `remedy`, …).
    """

    code: str
    values: Mapping[str, str] = field(default_factory=dict)
    place: Place | None = None
    excerpt: str = ""


@record(frozen=True, slots=True)
class Document:
    """A file as it was read: its blocks in reading order and what went wrong."""

    format: str
    """pdf, docx, xlsx, html, text, ofd, …"""
    blocks: tuple[Block, ...]
    problems: tuple[Problem, ...] = ()
    pages: int | None = None
    running_head: tuple[str, ...] = ()
    """What the file holds apart to be printed at the top of its pages, each text once; no block has it."""


class UnreadableFile(Exception):
    """A file that cannot be read at all (E901).

    `reason` is a key of `rules/words/problems.toml`, which holds reason and remedy in words; `values` fill their
    blanks; `limit` names the limit of `perflint.limits.Limits` that was passed.
    """

    def __init__(self, reason: str, limit: str = "", **values: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.limit = limit
        self.values: Mapping[str, str] = {"limit": limit, **values}
