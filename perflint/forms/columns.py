"""The head of an indicator table: which row it is, and what each of its columns holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from functools import lru_cache

from perflint.document import Cell, Passage
from perflint.forms.grid import Grid, cells_saying, end_column, end_row
from perflint.forms.values import is_sign_or_qualitative, sign_of
from perflint.forms.vocabulary import column_role, field_role, is_preferred_target
from perflint.records import record

_LEVELS = frozenset({"level1", "level2"})
_VALUES = frozenset({"target", "other_target", "actual"})
# Two rows are usual, three were seen: 绩效指标 over 指标值 over 符号, 值, 单位.
_TALLEST_HEAD = 3
# A column with one or two cells of that kind says little: 备注 with a lone 其他.
_FEWEST_SIGNS = 3


@record(frozen=True, slots=True)
class Column:
    """A column of the indicator table: its role, its heading, the grid columns below it (end exclusive)."""

    role: str | None
    heading: Passage
    start: int
    end: int


@record(frozen=True, slots=True)
class ColumnBlock:
    """A group of columns that holds one indicator a row; a national goal form has two side by side."""

    columns: Mapping[str, Column]
    other_targets: tuple[Column, ...] = ()
    signs: Mapping[str, Column] = field(default_factory=dict)
    """Columns that hold a sign or a direction (their cells say which), as `sign 0`, `sign 1`, …."""
    others: tuple[Column, ...] = ()
    """Columns with a heading that no rule looks at."""


@record(frozen=True, slots=True)
class TableHead:
    """The head of an indicator table: rows `first` to `end` (exclusive), group headings included."""

    first: int
    end: int
    columns: tuple[Column, ...]
    blocks: tuple[ColumnBlock, ...]

    @property
    def project(self) -> Column | None:
        """The column of project names, where one table lists the indicators of several projects."""
        unread = (column for column in self.columns if column.role is None)
        return next(
            (column for column in unread if field_role(column.heading.text, "header") == "project_name"), None
        )


def _is_head(cells: Sequence[Cell]) -> bool:
    """Say whether these cells head an indicator table: a level, a name or second level, a value."""
    roles = [column_role(cell.text) for cell in cells if cell.text]
    levels = len(_LEVELS.intersection(roles))
    return levels + ("name" in roles) >= 2 and levels >= 1 and not _VALUES.isdisjoint(roles)


@lru_cache(maxsize=8192)
def _is_level_heading(text: str) -> bool:
    """Say whether a text heads a column of levels: 一级指标, 二级目标."""
    return column_role(text) in _LEVELS


def heads_in(grid: Grid) -> dict[int, TableHead]:
    """Read the heads of indicator tables, each by the row in which its level headings begin, from the top."""
    levels: dict[int, list[Cell]] = {}
    for cell in cells_saying(grid.cells, _is_level_heading):
        levels.setdefault(cell.row, []).append(cell)
    return {row: head for row in sorted(levels) if (head := _head(grid, row, levels[row]))}


def _head(grid: Grid, row: int, levels: Sequence[Cell]) -> TableHead | None:
    """Read the head with these level headings in a row; None where they head no indicator table."""
    end = min(max(end_row(cell) for cell in levels), row + _TALLEST_HEAD, grid.rows)
    cells = [cell for line in range(row, end) for cell in grid.covering(line)]
    if not _is_head(cells):
        return None
    columns = _columns(grid, row, end)
    top = min((cell.row for cell in cells if column_role(cell.text) and end_row(cell) <= end), default=row)
    return TableHead(top, end, columns, _blocks(columns))


def _columns(grid: Grid, first: int, end: int) -> tuple[Column, ...]:
    """Return the columns under the lowest headings, from the left.

    A cell that runs on beside the rows (绩效指标) heads no column.
    """
    columns: list[Column] = []
    at = 0
    while at < grid.columns:
        lowest = grid.at(end - 1, at)
        if lowest is None:
            at += 1
            continue
        above = [cell for line in range(first, end - 1) if (cell := grid.at(line, at)) and cell is not lowest]
        beside = end_row(lowest) > end or field_role(lowest.text, "blocks") == "indicators"
        role = None if beside else _role(lowest, above)
        if role is None and not beside and _holds_signs(grid, lowest, end):
            role = "sign"
        columns.append(Column(role, lowest.passage, lowest.column, end_column(lowest)))
        at = end_column(lowest)
    return tuple(columns)


def _holds_signs(grid: Grid, heading: Cell, end: int) -> bool:
    """Say whether a column whose heading nobody knows holds signs (≥, ＝, 定性) and nothing else."""
    below = [grid.at(row, heading.column) for row in range(end, grid.rows)]
    texts = [cell.text for cell in below if cell and cell.text.strip() and _under(cell, heading)]
    return (
        len(texts) >= _FEWEST_SIGNS and all(map(is_sign_or_qualitative, texts)) and any(map(sign_of, texts))
    )


def _under(cell: Cell, heading: Cell) -> bool:
    """Say whether a cell has the left and right edge of a heading."""
    return (cell.column, end_column(cell)) == (heading.column, end_column(heading))


def _role(lowest: Cell, above: Sequence[Cell]) -> str | None:
    """Return the role of a column by its lowest heading, together with or else by the one above it."""
    texts = [lowest.text]
    for cell in reversed(above):
        texts += [lowest.text + cell.text, cell.text + lowest.text, cell.text]
    return next((role for text in texts if (role := column_role(text))), None)


def _blocks(columns: Sequence[Column]) -> tuple[ColumnBlock, ...]:
    """Cut the columns where the names begin again; later blocks share the first one's level 1.

    A block has values of its own: 指标内容 behind 指标值 is a remark on the name before it.
    """
    groups: list[list[Column]] = [[]]
    for column in columns:
        roles = {known.role for known in groups[-1]}
        again = column.role in roles and column.role in ("level2", "name") and not roles.isdisjoint(_VALUES)
        if again:
            groups.append([])
        groups[-1].append(column)
    while len(groups) > 1 and _VALUES.isdisjoint(column.role for column in groups[-1]):
        remarks = groups.pop()
        groups[-1] += remarks
    blocks = [_block(group) for group in groups]
    shared = blocks[0].columns.get("level1")
    return tuple(
        ColumnBlock({"level1": shared, **block.columns}, block.other_targets, block.signs, block.others)
        if shared and "level1" not in block.columns
        else block
        for block in blocks
    )


def _block(columns: Sequence[Column]) -> ColumnBlock:
    """Give each role the first column that has it, the target the one that the year is judged by."""
    targets = [column for column in columns if column.role == "target"]
    target = next((column for column in targets if is_preferred_target(column.heading.text)), None)
    others = [column for column in columns if column.role == "other_target"]
    target = target or next(iter([*targets, *others]), None)
    by_role: dict[str, Column] = {"target": target} if target else {}
    for column in columns:
        if column.role:
            by_role.setdefault(column.role, column)
    if "name" not in by_role:
        by_role.update(_name_column(columns))
    if "name" not in by_role and "level2" in by_role:
        by_role["name"] = by_role.pop("level2")
    name = by_role.get("name")
    signs = [column for column in columns if column.role == "sign"]
    if name and "unit" in by_role and by_role["unit"].start < name.start:
        # 单位 left of the names is who spends the money, not what is counted.
        del by_role["unit"]
    unread = (column for column in columns if column not in by_role.values())
    extra = tuple(column for column in unread if column.role in ("extra", "level2", "name"))
    other_targets = tuple(
        column for column in columns if column.role in ("target", "other_target") and column is not target
    )
    by_sign = {f"sign {place}": column for place, column in enumerate(signs)}
    return ColumnBlock(by_role, other_targets, by_sign, extra)


def _name_column(columns: Sequence[Column]) -> dict[str, Column]:
    """Return the column right of the levels as the one of names, where no heading says so (绩效指标)."""
    last = max((index for index, column in enumerate(columns) if column.role in _LEVELS), default=-1)
    following = columns[last + 1 : last + 2]
    return {"name": following[0]} if following and following[0].role is None else {}
