"""What closes the indicator table of a self-evaluation: total score and grade, and the signatures below."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from perflint.document import Cell, Passage
from perflint.forms.columns import TableHead
from perflint.forms.fields import Field
from perflint.forms.grid import Grid
from perflint.forms.vocabulary import field_role, is_note, split_label

# Roles of header labels that stand below the table as well.
_SIGNATURES = frozenset({"contact", "phone", "date", "unit"})


@dataclass(frozen=True, slots=True)
class Closing:
    """Total score and grade, None where the form has none, and the cells of their rows."""

    total_score: Passage | None = None
    grade: Passage | None = None
    cells: tuple[Cell, ...] = ()


def is_closing_row(grid: Grid, row: int, head: TableHead) -> bool:
    """Say whether a row below a head is a total, a grade, a signature or a note, and no indicator."""
    filled = grid.filled(row)
    if not filled:
        return False
    first = filled[0]
    name = next((column for block in head.blocks if (column := block.columns.get("name"))), None)
    if name and first.column >= name.end:
        return False
    split = split_label(first.text)
    label = split[0] if split else first.text
    if field_role(label, "closing") or field_role(label, "header") in _SIGNATURES:
        return True
    return len(filled) == 1 and is_note(first.text)


def closing_of(grid: Grid, fields: Iterable[Field], head: TableHead | None) -> Closing:
    """Find total score and grade among the fields of a form; the total stands under 得分 if anywhere."""
    closing = Closing()
    for field in fields:
        role = field_role(field.label, "closing")
        if role == "total_score" and closing.total_score is None:
            across = tuple(cell for cell in grid.starting(field.row) if cell.column >= field.column)
            score = _score(across, head) if head and field.row >= head.end else None
            closing = replace(closing, total_score=score or field.value, cells=(*closing.cells, *across))
        elif role == "grade" and closing.grade is None:
            closing = replace(closing, grade=field.value)
    return closing


def _score(across: Iterable[Cell], head: TableHead) -> Passage | None:
    """Return the total out of a row: what stands under 得分, or else its last figure."""
    figures = [cell for cell in across if _is_figure(cell.text)]
    score = next((column for column in head.columns if column.role == "score"), None)
    under = [cell for cell in figures if score and score.start <= cell.column < score.end]
    chosen = under or figures
    return chosen[-1].passage if chosen else None


def _is_figure(text: str) -> bool:
    """Say whether a text is a number of points: 99.95, 100分."""
    return re.fullmatch(r"\d{1,3}(?:\.\d+)?\s*分?", text.strip()) is not None
