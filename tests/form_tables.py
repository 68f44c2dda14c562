"""Documents made of lines and tables, and forms told as plain values, for the tests of form recognition."""

from __future__ import annotations

from collections.abc import Sequence

from perflint.document import Block, Cell, Confidence, Document, Line, Passage, Table, TablePlace
from perflint.forms import Recognition, recognise
from perflint.model import Form

Written = str | tuple[str, int] | tuple[str, int, int]
"""A cell as it is written: its text, how many columns and how many rows it spans."""


def line(text: str, number: int = 1) -> Line:
    """Return a paragraph outside any table."""
    return Line(Passage(text, TablePlace(0, number, 0), Confidence.EXACT, text))


def table(
    rows: Sequence[Sequence[Written]], number: int = 1, confidence: Confidence = Confidence.EXACT
) -> Table:
    """Return a table whose cells are laid out as HTML does: each goes to the next free column of its row."""
    cells: list[Cell] = []
    taken: set[tuple[int, int]] = set()
    for row, written in enumerate(rows):
        column = 0
        for item in written:
            text, columns, lines = (*item, 1, 1)[:3] if isinstance(item, tuple) else (item, 1, 1)
            while (row, column) in taken:
                column += 1
            taken |= {(row + down, column + right) for down in range(lines) for right in range(columns)}
            place = TablePlace(number, row + 1, column + 1)
            cells.append(Cell(row, column, lines, columns, Passage(text, place, confidence, text)))
            column += columns
    width = max(column for _, column in taken) + 1
    return Table(tuple(cells), len(rows), width, TablePlace(number, 1, 1))


def recognised(*blocks: Block) -> Recognition:
    """Return what is recognised in a document of these blocks."""
    return recognise(Document("html", blocks))


def only_form(*blocks: Block) -> Form:
    """Return the one form of a document, read without any problem."""
    recognition = recognised(*blocks)
    assert recognition.problems == ()
    (form,) = recognition.forms
    return form


def rows(form: Form) -> list[tuple[str | None, str | None, str, str | None]]:
    """Return level 1, level 2, name and target of each indicator."""
    return [
        (
            indicator.level1.passage.text if indicator.level1 else None,
            indicator.level2.passage.text if indicator.level2 else None,
            indicator.name.text,
            indicator.target_passage.text if indicator.target_passage else None,
        )
        for indicator in form.indicators
    ]


def results(form: Form) -> list[tuple[str | None, ...]]:
    """Return result, weight, score and remark of each indicator."""
    return [
        tuple(
            passage.text if passage else None
            for passage in (indicator.actual_passage, indicator.weight, indicator.score, indicator.remark)
        )
        for indicator in form.indicators
    ]


def entries(form: Form, block: str) -> dict[str, tuple[str | None, str | None]]:
    """Return role and value of each label in `header`, `funding` or `goals`."""
    found = form.funding.entries if block == "funding" else getattr(form, block)
    return {entry.label: (entry.role, entry.value.text if entry.value else None) for entry in found}


def funds(form: Form) -> dict[str, tuple[str | None, dict[str, str | None]]]:
    """Return role and amounts by column of each row of the funds table."""
    return {
        row.label: (
            row.role,
            {role: entry.value.text if entry.value else None for role, entry in row.columns.items()},
        )
        for row in form.funding.rows
    }
