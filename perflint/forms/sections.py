"""Cut a document into forms: by titles, project names and heads of indicator tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from itertools import zip_longest

from perflint.document import Block, Cell, Line, Passage, Table
from perflint.forms.columns import TableHead, head_at, is_level_heading
from perflint.forms.grid import Grid, TablePart, end_column, stack
from perflint.forms.vocabulary import comparable, field_role, is_label, level_kind, split_label, title_of

# Longer than any level label (社会公众或服务对象满意度指标（10分）: 19 characters).
_LONGEST_LEVEL = 20
# Title, year, unit of account, department, code: lines further above a table do not belong to its form.
_LINES_ABOVE = 6
# More lines than this between a title and a table: the title heads a chapter, not the table.
_LINES_BELOW_A_TITLE = 12
# A head of a form that was cut off before its indicators has at least this many known labels.
_LABELS_OF_A_FORM = 4


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
    """

    title: Passage | None
    lines: tuple[Line, ...]
    parts: tuple[TablePart, ...]
    first_block: int
    used_lines: frozenset[int]
    unread: tuple[Table, ...] = ()


def sections_of(blocks: Sequence[Block]) -> tuple[Section, ...]:
    """Return the parts of a document that stand on tables and look like forms, in reading order."""
    stretches = _stretches(_marks(blocks))
    sections: list[Section] = []
    used = 0
    for stretch, following in zip_longest(stretches, stretches[1:]):
        end = following.start if following else (len(blocks), 0)
        if section := _section(blocks, stretch, end, used):
            sections.append(section)
            used = max(section.used_lines, default=used)
    return tuple(sections)


def _marks(blocks: Sequence[Block]) -> Iterator[Mark]:
    """Yield the marks of a document in reading order."""
    for number, block in enumerate(blocks):
        if isinstance(block, Table):
            yield from _marks_in(block, number)
        elif title_of(block.passage.text):
            yield Mark(MarkKind.TITLE, (number, -1), block.passage)


def _marks_in(table: Table, number: int) -> Iterator[Mark]:
    """Yield the marks of a table from its top."""
    rows: dict[int, list[Cell]] = {}
    for cell in table.cells:
        if cell.text:
            rows.setdefault(cell.row, []).append(cell)
    grid = _whole(table) if any(is_level_heading(cell.text) for cell in table.cells) else None
    for row in sorted(rows):
        cells = rows[row]
        if len(cells) == 1 and title_of(cells[0].text):
            yield Mark(MarkKind.TITLE, (number, row), cells[0].passage)
        elif grid and (head := head_at(grid, row)):
            yield Mark(MarkKind.HEAD, (number, row), cells[0].passage, head)
        elif name := next((cell for cell in cells if _is_project_name(cell)), None):
            yield Mark(MarkKind.NAME, (number, row), name.passage)


def _whole(table: Table) -> Grid:
    """Return a table as a grid of its own."""
    return stack([TablePart(table, 0, table.rows)])


def _is_project_name(cell: Cell) -> bool:
    """Say whether a cell is the label of the project's name, with or without the name behind a colon."""
    split = split_label(cell.text)
    return field_role(split[0] if split else cell.text, "header") == "project_name"


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
    blocks: Sequence[Block], stretch: _Stretch, end: tuple[int, int], lines_from: int
) -> Section | None:
    """Return a stretch as a section; None for a title in a list of contents, for a table of projects."""
    parts, unread = _parts(blocks, stretch, end)
    if not parts or not (stretch.heads or _looks_cut_off(stretch, parts)):
        return None
    titled = stretch.title and parts[0][0] - stretch.start[0] <= _LINES_BELOW_A_TITLE
    above = _lines_above(blocks, stretch.start if titled else (parts[0][0], -1), parts[0][0], lines_from)
    last_block = parts[-1][0]
    between = [number for number in range(parts[0][0], last_block) if isinstance(blocks[number], Line)]
    numbers = [*above, *between]
    lines = tuple(block for number in numbers if isinstance(block := blocks[number], Line))
    return Section(
        title=stretch.title if titled else None,
        lines=lines,
        parts=tuple(part for _, part in parts),
        first_block=min([*above, parts[0][0]]),
        used_lines=frozenset(numbers),
        unread=unread,
    )


def _lines_above(blocks: Sequence[Block], start: tuple[int, int], first: int, lines_from: int) -> list[int]:
    """Return the numbers of the lines over the first table: from the title, or else the few nearest."""
    if start[0] < first:
        return list(range(start[0], first))
    number = first
    if start[1] <= 0:
        while number > max(lines_from, first - _LINES_ABOVE, 0) and isinstance(blocks[number - 1], Line):
            number -= 1
    return list(range(number, first))


def _parts(
    blocks: Sequence[Block], stretch: _Stretch, end: tuple[int, int]
) -> tuple[list[tuple[int, TablePart]], tuple[Table, ...]]:
    """Return the tables of a stretch by block number: up to the last head, and what goes on below it.

    The second value are tables that go on with the indicators in columns that cannot be told apart.
    """
    parts: list[tuple[int, TablePart]] = []
    unread: list[Table] = []
    last = stretch.heads[-1] if stretch.heads else None
    for number in range(stretch.start[0], min(end[0] + 1, len(blocks))):
        block = blocks[number]
        if not isinstance(block, Table):
            continue
        first = max(stretch.start[1], 0) if number == stretch.start[0] else 0
        stop = end[1] if number == end[0] else block.rows
        if stop <= first or (last is None and parts):
            break
        if last is None or last.head is None or number <= last.at[0]:
            parts.append((number, TablePart(block, first, stop)))
        elif not _holds_indicators(block):
            break
        elif fitted := _fitted(block, last.head, parts[-1][1].table.columns):
            parts.append((number, TablePart(fitted, first, stop)))
        else:
            unread.append(block)
    return parts, tuple(unread)


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


def _looks_cut_off(stretch: _Stretch, parts: Sequence[tuple[int, TablePart]]) -> bool:
    """Say whether a stretch is the upper part of a form: title, project's name, several labels."""
    if not stretch.title or not stretch.named:
        return False
    texts = (cell.text for _, part in parts for cell in part.table.cells if part.first <= cell.row < part.end)
    return sum(is_label(text) or split_label(text) is not None for text in texts if text) >= _LABELS_OF_A_FORM
