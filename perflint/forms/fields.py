"""Labels and values on the cells of a form outside its indicator table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from perflint.document import Cell, Passage
from perflint.forms.grid import Grid, end_column, end_row, joined
from perflint.forms.vocabulary import (
    field_role,
    is_label,
    looks_like_label,
    split_label,
)
from perflint.records import record


@record(frozen=True, slots=True)
class Field:
    """A label on the grid with its value: None where the form leaves it empty.

    `label` is the wording of the form; `cells` are the cells it was read from.
    """

    label: str
    value: Passage | None
    label_cell: Cell
    cells: tuple[Cell, ...]
    head: bool = False
    """True for the head of a block, which has no value of its own: 项目资金（元）."""

    @property
    def row(self) -> int:
        """The row of the label."""
        return self.label_cell.row

    @property
    def column(self) -> int:
        """The first column of the label."""
        return self.label_cell.column


def read_fields(grid: Grid, first: int, end: int) -> Iterator[Field]:
    """Read the labels that begin in rows `first` to `end` (exclusive), row by row from the left.

    A value stands behind the label's colon, in the next cell, or, for goals, below. The head of a block
    (项目资金（元）) gives a field without value whose only cell is its own.
    """
    taken: set[tuple[int, int]] = set()
    for row in range(first, end):
        read = _field_below if row + 1 < end and _heads_a_row(grid, row) else _field
        for cell in grid.filled(row):
            if (cell.row, cell.column) in taken:
                continue
            if field := read(grid, cell, end):
                taken |= {(part.row, part.column) for part in field.cells}
                yield field


def _field(grid: Grid, cell: Cell, end: int) -> Field | None:
    """Read one label; None where the cell is none."""
    if split := split_label(cell.text):
        label, text = split
        if text:
            return Field(label, replace(cell.passage, text=text), cell, (cell,))
    elif is_label(cell.text):
        label = cell.text
    else:
        return _unknown_field(grid, cell, end)
    if field_role(label, "goals"):
        return _goal(grid, cell, label, end)
    if field_role(label, "blocks") and not _has_plain_value(grid, cell):
        return Field(label, None, cell, (cell,), head=True)
    return _field_beside(grid, cell, label, end)


def _heads_a_row(grid: Grid, row: int) -> bool:
    """Say whether a row of labels, none of them of goals, stands over a row of their values."""
    cells = grid.starting(row)
    below = grid.starting(row + 1)
    if len(cells) < 2 or [_edges(cell) for cell in cells] != [_edges(cell) for cell in below]:
        return False
    labels = all(is_label(cell.text) and not field_role(cell.text, "goals") for cell in cells)
    return (
        labels
        and any(cell.text.strip() for cell in below)
        and not any(_is_label_cell(cell) for cell in below)
    )


def _field_below(grid: Grid, cell: Cell, end: int) -> Field | None:
    """Return a label with the cell under it as its value."""
    value = grid.below(cell)
    if value is None or value.row >= end:
        return None
    return Field(cell.text, value.passage if value.text.strip() else None, cell, (cell, value))


def _field_beside(grid: Grid, cell: Cell, label: str, end: int) -> Field:
    """Return a label with the next cell as its value, unless that is a label itself."""
    value = grid.right_of(cell)
    if value is None or (_is_bare_label(value) and not _may_be_value(label, value)):
        return Field(label, None, cell, (cell,))
    values = [value, *_continued(grid, value, end)] if value.text.strip() else []
    return Field(label, _together(values), cell, (cell, value, *values[1:]))


def _continued(grid: Grid, value: Cell, end: int) -> Iterator[Cell]:
    """Yield the cells that go on with a text below: aligned with it, in rows without any label.

    A page break cuts a row so, and authors do who wrap a text by hand.
    """
    row = end_row(value)
    while row < end:
        below = grid.at(row, value.column)
        if below is None or below.row != row or not below.text.strip() or _edges(below) != _edges(value):
            return
        beside = [cell for cell in grid.filled(row) if cell.column < below.column]
        if any(_is_label_cell(cell) for cell in (*beside, below)) or any(
            _is_foreign(grid, cell) for cell in beside
        ):
            return
        yield below
        row = end_row(below)


def _edges(cell: Cell) -> tuple[int, int]:
    """Return the first column of a cell and the one behind it."""
    return cell.column, end_column(cell)


def _is_foreign(grid: Grid, cell: Cell) -> bool:
    """Say whether a cell stands under another left and right edge than the text it might go on with."""
    above = grid.at(cell.row - 1, cell.column)
    return above is None or _edges(above) != _edges(cell) or _is_label_cell(above)


def _together(cells: Sequence[Cell]) -> Passage | None:
    """Return the text of cells as one passage, None for no text."""
    if len(cells) <= 1:
        return cells[0].passage if cells else None
    return joined([cell.passage for cell in cells], "".join(cell.text for cell in cells))


def _unknown_field(grid: Grid, cell: Cell, end: int) -> Field | None:
    """Return a label that no vocabulary has, told by its shape and by the value beside it."""
    value = grid.right_of(cell)
    if value is None or value.row != cell.row or not looks_like_label(cell.text):
        return None
    if not value.text.strip() or _is_label_cell(value):
        return None
    before = grid.at(cell.row, cell.column - 1) if cell.column else None
    if before is not None and before.row == cell.row and _is_label_cell(before):
        return None
    return _field_beside(grid, cell, cell.text, end)


def _goal(grid: Grid, cell: Cell, label: str, end: int) -> Field:
    """Return a goal with its text, which stands beside its label or below it."""
    right = grid.right_of(cell)
    before_goal = right is not None and bool(_goal_label(right))
    below = _texts_below(grid, cell, end)
    if (
        field_role(label, "blocks")
        and _heads_goals(grid, cell)
        and not (before_goal and cell.row_span == 1 and below)
    ):
        return Field(label, None, cell, (cell,), head=True)
    if right is not None and right.text.strip() and not _is_bare_label(right):
        beside = [right, *_continued(grid, right, end)]
        return Field(label, _together(beside), cell, (cell, *beside))
    if below:
        return Field(label, _together(below), cell, (cell, *below))
    empty = right if right is not None and not right.text.strip() else grid.below(cell)
    own = (cell,) if empty is None or empty.text.strip() else (cell, empty)
    # A block's label with no cell for a value is a heading over the rest: 2020年绩效目标.
    return Field(label, None, cell, own, head=len(own) == 1 and field_role(label, "blocks") is not None)


def _texts_below(grid: Grid, cell: Cell, end: int) -> list[Cell]:
    """Return the cells under a goal's head that are no labels, down to the end of the block it stands in."""
    left = [other for other in grid.covering(cell.row) if other.column < cell.column]
    bottom = max([end_row(cell) + 1, *(end_row(other) for other in left)])
    found: list[Cell] = []
    row = end_row(cell)
    while row < min(bottom, end):
        below = grid.at(row, cell.column)
        if below is None or _is_bare_label(below) or below.column < cell.column:
            break
        if below.text.strip():
            found.append(below)
        row = end_row(below)
    return [*found, *(_continued(grid, found[-1], end) if found else ())]


def _heads_goals(grid: Grid, cell: Cell) -> bool:
    """Say whether a label heads a block of goals: another goal's label begins right of it in its rows."""
    return any(
        _goal_label(other)
        for row in range(cell.row, end_row(cell))
        for other in grid.starting(row)
        if other.column >= end_column(cell)
    )


def _goal_label(cell: Cell) -> str | None:
    """Return the role of a cell that is a goal's label."""
    return field_role(cell.text, "goals")


def _may_be_value(label: str, cell: Cell) -> bool:
    """Say whether a word of the funds is a value here: 资金来源 | 财政拨款, 项目性质 | 其他."""
    role = field_role(cell.text, "header")
    return field_role(label, "header") is not None and role in (None, "other") and not split_label(cell.text)


def _is_label_cell(cell: Cell) -> bool:
    """Say whether a cell holds a label, with or without a value behind its colon."""
    return is_label(cell.text) or split_label(cell.text) is not None


def _is_bare_label(cell: Cell) -> bool:
    """Say whether a cell holds nothing but a label; 主要内容：采购图书 may well be a goal's text."""
    split = split_label(cell.text)
    return is_label(cell.text) or (split is not None and not split[1])


def _has_plain_value(grid: Grid, cell: Cell) -> bool:
    """Say whether a block's head is used as an ordinary label: 项目资金（万元）| 100."""
    right = grid.right_of(cell)
    if right is None or cell.row_span > 1 or not right.text.strip():
        return False
    return not _is_label_cell(right) and not field_role(right.text, "funding_columns")
