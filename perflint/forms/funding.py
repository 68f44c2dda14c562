"""The money of a form: amounts by label in a declaration, a table of amounts in a self-evaluation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from perflint.document import Cell, Place
from perflint.forms.fields import Field
from perflint.forms.grid import Grid, end_column, end_row
from perflint.forms.vocabulary import (
    ROLES_IN_TOTAL,
    ROLES_IN_YEAR,
    field_role,
    funding_roles,
    is_label,
    shown_label,
)
from perflint.model import Entry, FundingRow
from perflint.words import words

_TOTALS = ("total", "annual_total")
_SPENT = "spent"
_AMOUNT_COLUMNS = frozenset({"initial_budget", "full_budget", "spent"})


@dataclass(frozen=True, slots=True)
class FundingTable:
    """The funds table of a self-evaluation: its rows and the cells they were read from."""

    rows: tuple[FundingRow, ...] = ()
    cells: tuple[Cell, ...] = ()
    first: int = 0
    end: int = 0
    texts: tuple[str, ...] = ()
    """What stands in its rows beside the amounts; one of them may name the unit of account."""


def funding_entries(fields: Sequence[Field]) -> tuple[Entry, ...]:
    """Give the amounts of a declaration their roles: 其他资金 belongs to the total it stands under.

    `fields` are those whose label is one of the funds, in reading order.
    """
    roles = tuple(_roles(fields))
    labels = [shown_label(field.label) for field in fields]
    count = Counter(labels)
    suffix = words("fields")["affixes"]["total_column"]
    entries = []
    for field, role, label in zip(fields, roles, labels, strict=True):
        in_total = role in ("total_fiscal", "total_other")
        key = label + suffix if in_total and count[label] > 1 else label
        entries.append(Entry(key, role, field.value, place_of(field)))
    return tuple(entries)


def is_money(label: str) -> bool:
    """Say whether a label is one of the funds: an amount of the budget, or what was spent of it (执行数)."""
    return bool(_roles_of(label)) or field_role(label, "funding_columns") == _SPENT


def _roles_of(label: str) -> tuple[str, ...]:
    """Return the roles of a label; the head of the funds block is the year's total where it has an amount."""
    known = funding_roles(label)
    return known or (("annual_total",) if field_role(label, "blocks") == "funding" else ())


def _roles(fields: Sequence[Field]) -> Iterator[str | None]:
    """Yield the role of each label: by the last head over its column, or else the last total before it.

    Heads are the totals, and 执行数: what stands under that is no part of the budget.
    """
    over_column: dict[int, str] = {}
    last = ""
    for _, group in groupby(fields, key=lambda field: field.row):
        row = [(field, next(iter(_roles_of(field.label)), _SPENT)) for field in group]
        over_column |= {field.column: role for field, role in row if role in (*_TOTALS, _SPENT)}
        for field, role in row:
            head = over_column.get(field.column, last)
            if role in _TOTALS:
                last = role
            change = ROLES_IN_TOTAL if head == "total" else ROLES_IN_YEAR
            changed = role if role in (*_TOTALS, _SPENT) else change.get(role, role)
            yield None if head == _SPENT and role != _SPENT else changed


def place_of(field: Field) -> Place:
    """Return where a value stands, or else where it is missing: the empty cell, the label."""
    if field.value:
        return field.value.place
    empty = [cell for cell in field.cells if cell is not field.label_cell]
    return (empty[0] if empty else field.label_cell).passage.place


def funding_table(grid: Grid, first: int, end: int) -> FundingTable:
    """Read the funds table of a self-evaluation between rows `first` and `end`; empty where there is none."""
    for row in range(first, end):
        cells = grid.starting(row)
        heads = [(cell, role) for cell in cells if (role := field_role(cell.text, "funding_columns"))]
        if len(heads) >= 2 and any(role in _AMOUNT_COLUMNS for _, role in heads):
            table = _table(grid, row, end, heads)
            if table.rows:
                return table
    return FundingTable()


def _table(grid: Grid, head_row: int, end: int, heads: Sequence[tuple[Cell, str]]) -> FundingTable:
    """Read the rows under the heads down to the first one that has no amounts."""
    rows: list[FundingRow] = []
    cells = [head for head, _ in heads]
    first_row = max(end_row(head) for head, _ in heads)
    left = min(head.column for head, _ in heads)
    row = first_row
    while row < end:
        label = _row_label(grid, row, left) or (_head_beside(grid, row, left) if row == first_row else None)
        if label is None or not (amounts := dict(_amounts(grid, row, heads))):
            break
        cells += [label, *(cell for cell, _ in amounts.values())]
        rows.append(_row(label, {role: entry for role, (_, entry) in amounts.items() if role != "other"}))
        row += 1
    beside = [
        cell for line in range(head_row, row) for cell in grid.covering(line) if end_column(cell) <= left
    ]
    texts = tuple(cell.text for cell in beside)
    return FundingTable(tuple(rows), (*cells, *beside), head_row, row, texts)


def _row_label(grid: Grid, row: int, left: int) -> Cell | None:
    """Return the label of a row of funds: the last filled cell left of the amounts that begins in it."""
    filled = [cell for cell in grid.filled(row) if end_column(cell) <= left]
    if not filled or (field_role(filled[-1].text, "goals") and not funding_roles(filled[-1].text)):
        return None
    return filled[-1]


def _head_beside(grid: Grid, row: int, left: int) -> Cell | None:
    """Return the head of the funds block beside a row that has no label: 项目资金（万元） over the only row."""
    beside = [cell for cell in grid.covering(row) if end_column(cell) <= left and cell.text.strip()]
    return beside[-1] if beside and field_role(beside[-1].text, "blocks") == "funding" else None


def _amounts(
    grid: Grid, row: int, heads: Sequence[tuple[Cell, str]]
) -> Iterator[tuple[str, tuple[Cell, Entry]]]:
    """Yield the cells of a row by the role of their column; nothing where the row is laid out otherwise."""
    for head, role in heads:
        cell = grid.at(row, head.column)
        if cell is None or cell.row != row or cell.column < head.column:
            continue
        passage = cell.passage
        if is_label(passage.text):
            continue
        value = passage if passage.text.strip() else None
        yield role, (cell, Entry(shown_label(head.text), role, value, passage.place))


def _row(label: Cell, columns: dict[str, Entry]) -> FundingRow:
    """Return a row of funds; its label is one of the year's."""
    known = _roles_of(label.text)
    role = ROLES_IN_YEAR.get(known[0], known[0]) if known else None
    return FundingRow(shown_label(label.text), role, columns, label.passage.place)
