"""Tables that list the indicators of several projects, a row an indicator: what belongs to each project."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from perflint.forms.body import Body
from perflint.forms.columns import TableHead
from perflint.forms.fields import Field
from perflint.forms.grid import Grid
from perflint.forms.rows import Row, text_under
from perflint.forms.vocabulary import comparable, is_label


@dataclass(frozen=True, slots=True)
class Project:
    """One project of a list: its fields, taken from the columns beside the indicators, and its rows."""

    fields: tuple[Field, ...]
    rows: tuple[Row, ...]


def lists_projects(body: Body) -> bool:
    """Say whether the indicator table has a column of project names."""
    return bool(body.heads) and all(head.project for head in body.heads)


def projects_of(grid: Grid, body: Body) -> Iterator[Project]:
    """Yield the projects of a list in order; an empty cell in the column of names goes on with the last."""
    names: list[str] = []
    for row in body.rows:
        head = _head_over(body.heads, row)
        passage = text_under(grid, row.line, head.project) if head.project else None
        names.append(comparable(passage.text) if passage else (names[-1] if names else ""))
    for _, pairs in groupby(zip(names, body.rows, strict=True), key=lambda pair: pair[0]):
        rows = tuple(row for _, row in pairs)
        yield Project(tuple(_fields(grid, _head_over(body.heads, rows[0]), rows)), rows)


def _head_over(heads: Sequence[TableHead], row: Row) -> TableHead:
    """Return the head that a row stands under."""
    return [head for head in heads if head.end <= row.line][-1]


def _fields(grid: Grid, head: TableHead, rows: Sequence[Row]) -> Iterator[Field]:
    """Yield the columns beside the indicators that the vocabulary knows, each with its first text."""
    for column in head.columns:
        label_cell = grid.at(head.end - 1, column.start)
        if column.role is not None or label_cell is None or not is_label(column.heading.text):
            continue
        cells = tuple(cell for row in rows if (cell := grid.at(row.line, column.start)))
        texts = (passage for row in rows if (passage := text_under(grid, row.line, column)))
        yield Field(column.heading.text, next(texts, None), label_cell, cells)
