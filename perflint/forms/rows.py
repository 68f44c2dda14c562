"""The indicator rows of a form: what stands under each heading, and the levels that span the rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from perflint.document import Cell, Confidence, Passage, worst
from perflint.forms.columns import Column, ColumnBlock, TableHead
from perflint.forms.grid import Grid, end_column, joined, page_of
from perflint.forms.packed import Texts, unpacked
from perflint.forms.values import compose
from perflint.forms.vocabulary import comparable, level_kind
from perflint.model import Indicator, Level
from perflint.records import record
from perflint.targets import parse_target

_Levels = tuple[Level | None, Level | None]


@record(frozen=True, slots=True)
class Row:
    """What one block of columns holds in one grid row: the indicator and the cells it was read from."""

    indicator: Indicator
    cells: tuple[Cell, ...]
    line: int
    """The row of the grid."""
    block: int
    signs: tuple[tuple[str, str], ...] = ()
    """Headings that may hold a sign or a direction, each with what stands under it."""


@record(frozen=True, slots=True)
class _Line:
    """A row of the grid under one block of columns: its cells by role, and the texts of those that have one."""

    row: int
    number: int
    """The block's among those of its head."""
    block: ColumnBlock
    cells: Mapping[str, tuple[Cell, ...]]
    texts: Texts


def rows_of(grid: Grid, lines: Iterable[tuple[int, TableHead]]) -> tuple[Row, ...]:
    """Read the indicators in these grid rows, each under its head, where a block has a name or target.

    Levels go on below a head that is printed again.
    """
    rows: list[Row] = []
    over: dict[int, _Levels] = {}
    for row, head in lines:
        for number, block in enumerate(head.blocks):
            line = _line(grid, row, number, block)
            over[number] = _levels(line, over.get(number, (None, None)))
            rows += _read(grid, line, over[number], len(rows) + 1)
    return tuple(_with_first_levels(rows))


def numbered(rows: Sequence[Row], total_label: str) -> tuple[Indicator, ...]:
    """Number the indicators from 1; where two blocks name the same indicator, they are one with two targets.

    `total_label` is the key of the whole-period target that the left of two blocks holds.
    """
    last_block = max([row.block for row in rows], default=0)
    indicators = _merged(rows, last_block, total_label) if last_block else [row.indicator for row in rows]
    page = page_of(indicators[0].place) if indicators else None
    for number, indicator in enumerate(indicators):
        before, page = page, page_of(indicator.place)
        if (indicator.index, indicator.after_break) != (number + 1, page != before):
            indicators[number] = replace(indicator, index=number + 1, after_break=page != before)
    return tuple(indicators)


def _merged(rows: Sequence[Row], last_block: int, total_label: str) -> list[Indicator]:
    """Return the indicators of several blocks, those of the last one with the targets of their namesakes."""
    merged: list[Indicator] = []
    whole_period = {_identity(row.indicator): row.indicator for row in rows if row.block != last_block}
    year = {_identity(row.indicator) for row in rows if row.block == last_block}
    for row in rows:
        indicator = row.indicator
        if row.block != last_block and _identity(indicator) in year:
            continue
        partner = whole_period.get(_identity(indicator)) if row.block == last_block else None
        if partner and partner.target_passage:
            others = {total_label: partner.target_passage, **indicator.other_targets}
            indicator = replace(indicator, other_targets=others)
        merged.append(indicator)
    return merged


def _identity(indicator: Indicator) -> tuple[str, str]:
    """Return what makes two rows of two blocks the same indicator."""
    level = indicator.level1.passage.text if indicator.level1 else ""
    return comparable(level), comparable(indicator.name.text)


def _line(grid: Grid, row: int, number: int, block: ColumnBlock) -> _Line:
    """Look up what one row of the grid holds under a block of columns."""
    columns = {**block.columns, **block.signs}
    cells = {role: _cells(grid, row, column) for role, column in columns.items()}
    texts = {role: passage for role, found in cells.items() if (passage := _passage(found))}
    return _Line(row, number, block, cells, texts)


def _read(grid: Grid, line: _Line, levels: _Levels, index: int) -> Iterator[Row]:
    """Yield what one row of a block of columns holds: an indicator, none, or several line by line.

    `index` is that of the next indicator as far as is known.
    """
    names, targets = line.cells.get("name", ()), line.cells.get("target", ())
    if not _starts_here(names, targets, line.row) or any(
        name is target for name in names for target in targets
    ):
        return
    block = line.block
    aside = [_cells(grid, line.row, column) for column in (*block.other_targets, *block.others)]
    used = tuple(chain(*line.cells.values(), *aside))
    others = {
        column.heading.text: passage
        for column in block.other_targets
        if (passage := text_under(grid, line.row, column))
    }
    for texts in unpacked(line.texts):
        if indicator := _indicator(line, texts, levels, others, index):
            index += 1
            under = tuple(
                (column.heading.text, texts[sign].text)
                for sign, column in block.signs.items()
                if sign in texts
            )
            yield Row(indicator, used, line.row, line.number, under)


def _indicator(
    line: _Line, texts: Texts, levels: _Levels, others: Mapping[str, Passage], index: int
) -> Indicator | None:
    """Put an indicator together from texts of a row; None where it has neither name nor value.

    `others` are its further targets by heading.
    """
    name = texts.get("name")
    signs = [texts[sign] for sign in line.block.signs if sign in texts]
    value = compose(texts.get("target"), signs, texts.get("unit"))
    known = [passage for passage in (name, value.passage) if passage]
    if not known:
        return None
    actual = texts.get("actual")
    place = known[0].place
    return Indicator(
        index=index,
        level1=levels[0],
        level2=levels[1],
        name=name or Passage("", place, known[0].confidence),
        target=parse_target(value.passage.text) if value.passage else None,
        target_passage=value.passage,
        place=place,
        confidence=worst(passage.confidence for passage in known),
        actual=parse_target(actual.text) if actual else None,
        actual_passage=actual,
        weight=texts.get("weight"),
        score=texts.get("score"),
        remark=texts.get("reason") or texts.get("note"),
        value_lost=value.passage is None and not line.cells.get("target"),
        other_targets=others,
        target_parts=value.parts,
    )


def text_under(grid: Grid, row: int, column: Column) -> Passage | None:
    """Return what stands in a row under a heading, None where that is empty."""
    return _passage(_cells(grid, row, column))


def _starts_here(names: Sequence[Cell], targets: Sequence[Cell], row: int) -> bool:
    """Say whether a name or a target begins in this row: a cell that comes from above was read there."""
    return any(cell.row == row and cell.text for cell in (*names, *targets))


def _levels(line: _Line, above: _Levels) -> _Levels:
    """Return the levels over a row: the cells that span it, or those of the row above where they are empty.

    Level 2 is not taken from above across the beginning of another level 1.
    """
    level1, level2 = _level(line, 1), _level(line, 2)
    if level2 or level1 is None:
        return level1 or above[0], level2 or above[1]
    same = above[0] is not None and level1.passage.text == above[0].passage.text
    return level1, above[1] if same or not _begins(line, "level1") else None


def _level(line: _Line, number: int) -> Level | None:
    """Return the level label in a row, if any."""
    passage = line.texts.get(f"level{number}")
    if passage is None:
        return None
    sure = passage.confidence in (Confidence.EXACT, Confidence.RULED)
    return Level(passage, level_kind(passage.text, number), sure)


def _begins(line: _Line, role: str) -> bool:
    """Say whether a text of this role begins in a row, and does not come from above."""
    return any(cell.row == line.row and cell.text.strip() for cell in line.cells[role])


def _with_first_levels(rows: Sequence[Row]) -> Iterator[Row]:
    """Yield the rows, those without any label above them under the first one below.

    A label that stands in the middle of its rows, where cells are not merged, is not surely theirs.
    """
    levelled = {row.block: row.indicator for row in reversed(rows) if row.indicator.level1}
    for row in rows:
        first = levelled.get(row.block)
        if first is None or row.indicator.level1 or row.indicator.level2:
            yield row
        else:
            level1, level2 = _unsure(first.level1), _unsure(first.level2)
            yield replace(row, indicator=replace(row.indicator, level1=level1, level2=level2))


def _unsure(level: Level | None) -> Level | None:
    """Return a known level as one that was assigned by order."""
    return replace(level, sure=False) if level and level.kind else None


def _cells(grid: Grid, row: int, column: Column) -> tuple[Cell, ...]:
    """Return the cells of a row under a heading: with their middle between its edges, or holding it whole."""
    straight = grid.by_column[row].get(column.start)
    if straight and end_column(straight) == column.end:
        return (straight,)
    return tuple(
        cell
        for cell in grid.covering(row)
        if column.start <= cell.column + (cell.column_span - 1) / 2 < column.end
        or (cell.column <= column.start and column.end <= end_column(cell))
    )


def _passage(cells: Sequence[Cell]) -> Passage | None:
    """Return the text of cells under one heading as one passage, None where all are empty."""
    filled = [cell.passage for cell in cells if cell.passage.text.strip()]
    if len(filled) <= 1:
        return filled[0] if filled else None
    return joined(filled, "".join(passage.text for passage in filled))
