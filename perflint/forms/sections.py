"""Cut a document into forms: by titles, project names and heads of indicator tables."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from perflint.document import Block, Cell, Line, Passage, Table
from perflint.forms.columns import TableHead, heads_in
from perflint.forms.grid import Grid, cells_saying, end_column, end_row, stack
from perflint.forms.vocabulary import (
    comparable,
    field_role,
    is_label,
    level_kind,
    split_label,
    title_of,
    year_in,
)

# Longer than any level label (社会公众或服务对象满意度指标（10分）: 19 characters).
_LONGEST_LEVEL = 20
# Title, year, unit of account, department, code: lines further above a table do not belong to its form.
_LINES_ABOVE = 6
# More lines than this between a title and a table: the title heads a chapter, not the table.
_LINES_BELOW_A_TITLE = 12
# A head of a form that was cut off before its indicators has at least this many known labels.
_LABELS_OF_A_FORM = 4


_Numbered = tuple[int, Block]
_NumberedLine = tuple[int, Line]


class MarkKind(Enum):
    """What a place in the document says about where forms begin."""

    TITLE = "title"
    NAME = "name"
    HEAD = "head"


@dataclass(frozen=True, slots=True)
class Mark:
    """A title, a project-name label or the head of an indicator table: block and row (-1 for a line)."""

    kind: MarkKind
    at: tuple[int, int]
    passage: Passage
    head: TableHead | None = None


@dataclass(slots=True)
class _Stretch:
    """The marks of one form, from where it begins."""

    start: tuple[int, int]
    title: Passage | None = None
    named: bool = False
    heads: list[Mark] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Section:
    """One form's part of a document.

    `title` is None where the form has none; `lines` are those around its tables; `first_block` is where it
    begins; `used_lines` are the blocks of its lines; `unread` are tables that go on with it in other columns.
    `grid` are the tables, one below the other, `heads` its heads of indicator tables by row.
    """

    title: Passage | None
    lines: tuple[Line, ...]
    tables: tuple[Table, ...]
    first_block: int
    used_lines: frozenset[int]
    unread: tuple[Table, ...]
    grid: Grid
    heads: Mapping[int, TableHead]


class _Stacked(NamedTuple):
    """Tables set one below the other, and the heads of indicator tables in them by row."""

    tables: tuple[Table, ...]
    grid: Grid
    heads: Mapping[int, TableHead]


def _stacked(tables: Sequence[Table]) -> _Stacked:
    grid = stack(tables)
    return _Stacked(tuple(tables), grid, heads_in(grid))


def sections_of(blocks: Sequence[Block]) -> tuple[Section, ...]:
    """Return the parts of a document that stand on tables and look like forms, in reading order."""
    read = {number: _stacked([block]) for number, block in enumerate(blocks) if isinstance(block, Table)}
    stretches = _stretches(_marks(blocks, read))
    shares = _shares(blocks, [stretch.start for stretch in stretches])
    sections = (
        _section(stretch, share, _lines_at_end(before), read)
        for stretch, before, share in zip(stretches, shares, shares[1:], strict=False)
    )
    return tuple(section for section in sections if section)


def _shares(blocks: Sequence[Block], starts: Sequence[tuple[int, int]]) -> list[list[_Numbered]]:
    """Cut the blocks at the starts, tables inside; the first share is what stands before the first start."""
    shares: list[list[_Numbered]] = [[]]
    rows: dict[int, list[int]] = {}
    for at, row in starts:
        rows.setdefault(at, []).append(max(row, 0))
    for number, block in enumerate(blocks):
        if number not in rows:
            shares[-1].append((number, block))
        elif isinstance(block, Line):
            shares.append([(number, block)])
        else:
            first, *others = _cut(block, rows[number])
            if first.rows:
                shares[-1].append((number, first))
            shares += [[(number, piece)] for piece in others]
    return shares


def _cut(table: Table, rows: Sequence[int]) -> list[Table]:
    """Cut a table above each of these rows; a cell across a cut stays with the upper piece."""
    edges = [0, *rows, table.rows]
    pieces: list[list[Cell]] = [[] for _ in edges[1:]]
    for cell in table.cells:
        piece = bisect_right(edges, cell.row, hi=len(edges) - 1) - 1
        top = edges[piece]
        span = min(end_row(cell), edges[piece + 1]) - cell.row
        moved = Cell(cell.row - top, cell.column, span, cell.column_span, cell.passage)
        pieces[piece].append(cell if moved == cell else moved)
    heights = [end - first for first, end in pairwise(edges)]
    return [
        replace(table, cells=tuple(cells), rows=height) for cells, height in zip(pieces, heights, strict=True)
    ]


def _lines_at_end(share: Sequence[_Numbered]) -> list[_NumberedLine]:
    """Return the lines behind the last table of a share."""
    lines: list[_NumberedLine] = []
    for number, block in reversed(share):
        if not isinstance(block, Line):
            break
        lines.append((number, block))
    return lines[::-1]


def _marks(blocks: Sequence[Block], read: Mapping[int, _Stacked]) -> Iterator[Mark]:
    """Yield the marks of a document in reading order."""
    for number, block in enumerate(blocks):
        if isinstance(block, Table):
            yield from _marks_in(read[number], number)
        elif title_of(block.passage.text):
            yield Mark(MarkKind.TITLE, (number, -1), block.passage)
        elif _is_project_name(block.passage.text):
            yield Mark(MarkKind.NAME, (number, -1), block.passage)


def _marks_in(table: _Stacked, number: int) -> Iterator[Mark]:
    """Yield the marks of a table from its top."""
    grid = table.grid
    names = {cell.row: cell for cell in reversed(cells_saying(grid.cells, _is_project_name))}
    for row in range(grid.rows):
        cells = grid.filled(row)
        if len(cells) == 1 and title_of(cells[0].text):
            yield Mark(MarkKind.TITLE, (number, row), cells[0].passage)
        elif head := table.heads.get(row):
            yield Mark(MarkKind.HEAD, (number, row), cells[0].passage, head)
        elif name := names.get(row):
            yield Mark(MarkKind.NAME, (number, row), name.passage)


@lru_cache(maxsize=8192)
def _is_project_name(text: str) -> bool:
    """Say whether a text is the label of the project's name, with or without the name behind a colon."""
    split = split_label(text)
    return field_role(split[0] if split else text, "header") == "project_name"


def _stretches(marks: Iterator[Mark]) -> list[_Stretch]:
    """Group the marks by form.

    A form begins at a title, or at a project's name without one. Of titles in a row the last counts (a list's
    title stands above a form's). A title that is printed again over a table that goes on, without a project's
    name, begins nothing.
    """
    found: list[_Stretch] = []
    for mark in marks:
        last = found[-1] if found else None
        if mark.kind is MarkKind.TITLE:
            if last and not last.named and not last.heads:
                found.pop()
            found.append(_Stretch(mark.at, mark.passage))
        elif mark.kind is MarkKind.NAME:
            if last is None or last.named or last.heads:
                found.append(_Stretch(mark.at, named=True))
            last = found[-1]
            last.named = True
        elif last is None:
            found.append(_Stretch(mark.at, heads=[mark]))
        elif len(found) > 1 and _goes_on(found[-2], last):
            found.pop()
            found[-1].heads.append(mark)
        else:
            last.heads.append(mark)
    return found


def _goes_on(before: _Stretch, last: _Stretch) -> bool:
    """Say whether a stretch is but the title and head of the one before it, printed again."""
    if last.named or last.heads or not before.named or not before.heads or not before.title or not last.title:
        return False
    return comparable(before.title.text) == comparable(last.title.text)


def _section(
    stretch: _Stretch,
    share: Sequence[_Numbered],
    lines_before: Sequence[_NumberedLine],
    read: Mapping[int, _Stacked],
) -> Section | None:
    """Return a stretch as a section; None for a title in a list of contents, for a table of projects."""
    tables, unread, behind = _tables(stretch, share)
    if not tables or not (stretch.heads or _looks_cut_off(stretch, tables)):
        return None
    lines = [(number, block) for number, block in share if isinstance(block, Line) and number < behind]
    above = [line for line in lines if line[0] < tables[0][0]]
    titled = stretch.title is not None and len(above) <= _LINES_BELOW_A_TITLE
    if not titled or not above:
        above = (above or list(lines_before))[-_LINES_ABOVE:]
    if titled:
        above = [*_upper_title(stretch, lines_before), *above]
    used = [*above, *(line for line in lines if line[0] > tables[0][0])]
    stacked = read[tables[0][0]]
    if len(tables) > 1 or tables[0][1] is not stacked.tables[0]:
        stacked = _stacked([table for _, table in tables])
    return Section(
        title=stretch.title if titled else None,
        lines=tuple(line for _, line in used),
        tables=stacked.tables,
        first_block=min(number for number, _ in (*used, *tables)),
        used_lines=frozenset(number for number, _ in used),
        unread=unread,
        grid=stacked.grid,
        heads=stacked.heads,
    )


def _upper_title(stretch: _Stretch, lines_before: Sequence[_NumberedLine]) -> Sequence[_NumberedLine]:
    """Return the line right above a title that holds its beginning with the year: 2025年度…项目支出 over 绩效目标申报表."""
    upper = lines_before[-1:]
    if not upper or not stretch.title or stretch.start[1] > 0 or upper[0][0] != stretch.start[0] - 1:
        return ()
    text = upper[0][1].passage.text
    whole = title_of(text + stretch.title.text) and not title_of(text) and not split_label(text)
    return upper if whole and year_in(text) else ()


def _tables(
    stretch: _Stretch, share: Sequence[_Numbered]
) -> tuple[list[tuple[int, Table]], tuple[Table, ...], int]:
    """Return the tables of a stretch with their numbers: up to the last head, and what goes on below it.

    The second value are tables that go on with the indicators in columns that cannot be told apart, the third
    is the number of the last table.
    """
    found: list[tuple[int, Table]] = []
    unread: list[Table] = []
    behind = -1
    last = stretch.heads[-1] if stretch.heads else None
    for number, block in share:
        if not isinstance(block, Table) or (last is None and found):
            continue
        if last is None or last.head is None or number <= last.at[0]:
            found.append((number, block))
        elif not _holds_indicators(block):
            break
        elif fitted := _fitted(block, last.head, found[-1][1].columns):
            found.append((number, fitted))
        else:
            unread.append(block)
        behind = number
    return found, tuple(unread), behind


def _holds_indicators(table: Table) -> bool:
    """Say whether a table without a head may go on with indicators: a level's or closing label is in it."""
    return any(
        level_kind(cell.text, 1) or level_kind(cell.text, 2) or field_role(cell.text, "closing")
        for cell in table.cells
        if cell.text and len(cell.text) <= _LONGEST_LEVEL
    )


def _fitted(table: Table, head: TableHead, columns: int) -> Table | None:
    """Return the rest of an indicator table in the columns of its head; None where they do not fit.

    They fit where there are as many as in the table above, or as many as the head has headings.
    """
    if table.columns == columns:
        return table
    if table.columns != len(head.columns):
        return None
    edges = [column.start for column in head.columns] + [head.columns[-1].end]
    cells = (
        replace(cell, column=edges[cell.column], column_span=edges[end_column(cell)] - edges[cell.column])
        for cell in table.cells
    )
    return replace(table, cells=tuple(cells), columns=columns)


def _looks_cut_off(stretch: _Stretch, tables: Sequence[tuple[int, Table]]) -> bool:
    """Say whether a stretch is the upper part of a form: title, project's name, several labels."""
    if not stretch.title or not stretch.named:
        return False
    texts = (cell.text for _, table in tables for cell in table.cells if cell.text)
    return sum(is_label(text) or split_label(text) is not None for text in texts) >= _LABELS_OF_A_FORM
