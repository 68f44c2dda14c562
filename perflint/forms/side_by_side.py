"""Forms that stand side by side in one table: two columns on a page, or sheets pasted beside each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from perflint.document import Block, Cell, Table
from perflint.forms.grid import cells_saying, end_column
from perflint.forms.vocabulary import column_role, comparable, field_role

# Label and value beside label and value: a narrower table holds one form.
_NARROWEST = 4


def parted(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield the blocks, a table of several forms side by side as a table for each, from the left.

    Sure signs are both the same label of the project's name and the same heading of level 1 twice in a row: two
    blocks of indicators (中期, 年度) belong to one project, and 一级项目名称 beside 二级项目名称 too.
    """
    for block in blocks:
        if isinstance(block, Table) and block.columns >= _NARROWEST and (cut := _cut(block)):
            left, right = _pieces(block, cut)
            yield left
            yield from parted([right])
        else:
            yield block


def _cut(table: Table) -> int | None:
    """Return the column in which the second form of a table begins, None where there is one form only."""
    cut = _second(cells_saying(table.cells, _names_project))
    if cut is None:
        return None
    second = _second(cells_saying(table.cells, _heads_level1))
    if second is None or second < cut:
        return None
    beside = {cell.row for cell in table.cells if cell.column >= cut and cell.text}
    crossing = [cell for cell in table.cells if cell.column < cut < end_column(cell)]
    alone = all(cell.column == 0 and cell.row not in beside for cell in crossing)
    return cut if alone else None


@lru_cache(maxsize=8192)
def _names_project(text: str) -> bool:
    """Say whether a text is the label of the project's name."""
    return field_role(text, "header") == "project_name"


def _heads_level1(text: str) -> bool:
    """Say whether a text heads a column of level 1."""
    return column_role(text) == "level1"


def _second(labels: Sequence[Cell]) -> int | None:
    """Return the column of the second of two labels that say the same in one row."""
    found: dict[tuple[int, str], list[int]] = defaultdict(list)
    for cell in labels:
        found[cell.row, comparable(cell.text)].append(cell.column)
    return next((columns[1] for columns in found.values() if len(columns) > 1), None)


def _pieces(table: Table, cut: int) -> tuple[Table, Table]:
    """Cut a table at a column; what stands across it, a title or a note, belongs to both sides."""
    left, right = [], []
    for cell in table.cells:
        end = end_column(cell)
        if cell.column < cut:
            left.append(replace(cell, column_span=min(end, cut) - cell.column))
        if end > cut:
            start = max(cell.column, cut)
            right.append(replace(cell, column=start - cut, column_span=end - start))
    return (
        replace(table, cells=tuple(left), columns=cut),
        replace(table, cells=tuple(right), columns=table.columns - cut),
    )
