"""The form as it was read, as a table like the original, with its findings marked in the cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from perflint.render.html.evidence import columns_of
from perflint.render.html.sections import Hit, Section
from perflint.render.spots import cell_text, field_key, form_value
from perflint.report import FormJson, IndicatorJson

Flag = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of the indicator table: text, rows that it spans, and address and rule of each finding on it."""

    column: str
    text: str
    span: int
    findings: tuple[Flag, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """An indicator row; `confidence` as in the report."""

    index: int
    cells: tuple[Cell, ...]
    confidence: str


@dataclass(frozen=True, slots=True)
class Field:
    """A label with its value, and address and rule of each finding on it."""

    label: str
    text: str
    findings: tuple[Flag, ...]


@dataclass(frozen=True, slots=True)
class FormAsRead:
    """Everything that was read of a form."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    blocks: Mapping[str, tuple[Field, ...]]
    """header, funding (entries), goals and closing; empty ones are left out."""
    funding_columns: tuple[str, ...]
    funding_rows: tuple[tuple[str, tuple[Field, ...]], ...]
    """The table of funds of a self-evaluation."""
    confidences: tuple[str, ...]
    """Which confidences occur, in the order of their rows."""


Marks = Mapping[tuple[int | None, str], Sequence[Flag]]
"""Findings by indicator and field."""


def form_as_read(section: Section, form: FormJson) -> FormAsRead:
    """Return a form for showing, with the findings of its section."""
    marks = _marks(section, form)
    columns = columns_of(form)
    blocks = {
        "header": tuple(_fields(form, "header", marks)),
        "funding": tuple(_fields(form, "funding", marks)),
        "goals": tuple(_fields(form, "goals", marks)),
        "closing": tuple(_closing(form, marks)),
    }
    funding_rows = {label: row for label, row in form["funding"].items() if isinstance(row, dict)}
    funding_columns = list(dict.fromkeys(column for row in funding_rows.values() for column in row))
    return FormAsRead(
        columns=tuple(columns),
        rows=tuple(_rows(form, columns, marks)),
        blocks={name: fields for name, fields in blocks.items() if fields},
        funding_columns=tuple(funding_columns),
        funding_rows=tuple(
            (label, tuple(_field(form, f"funding:{label}.{name}", name, marks) for name in funding_columns))
            for label in funding_rows
        ),
        confidences=tuple(dict.fromkeys(row["confidence"] for row in form["indicators"])),
    )


def _marks(section: Section, form: FormJson) -> Marks:
    """Return the findings of a section by where they stand."""
    marks: dict[tuple[int | None, str], list[Flag]] = {}
    for hit in _hits(section):
        field = hit.json["field"] or "name"
        key = field if hit.json["indicator"] is not None else field_key(form, field, hit.json["place"])
        marks.setdefault((hit.json["indicator"], key), []).append((hit.anchor, hit.json["code"]))
    return marks


def _hits(section: Section) -> Iterator[Hit]:
    return (hit for card in section.cards for hit in card.hits)


def _rows(form: FormJson, columns: Sequence[str], marks: Marks) -> Iterator[Row]:
    """Give the indicator rows; a level that goes on over several rows is one cell, as on the form."""
    previous: IndicatorJson | None = None
    for position, row in enumerate(form["indicators"]):
        cells = []
        for column in columns:
            span = _span(form["indicators"], position, column, previous)
            if span:
                found = tuple(marks.get((row["index"], column), ()))
                cells.append(Cell(column, cell_text(row, column), span, found))
        yield Row(row["index"], tuple(cells), row["confidence"])
        previous = row


def _span(rows: Sequence[IndicatorJson], position: int, column: str, previous: IndicatorJson | None) -> int:
    """Return over how many rows a cell reaches, 0 where the cell above reaches over this one."""
    if column not in ("level1", "level2"):
        return 1
    if previous is not None and _levels(previous, column) == _levels(rows[position], column):
        return 0
    span = 1
    for row in rows[position + 1 :]:
        if _levels(row, column) != _levels(rows[position], column):
            break
        span += 1
    return span


def _levels(row: IndicatorJson, column: str) -> tuple[str | None, ...]:
    """Return the labels that make level cells one: level 2 goes on only under the same level 1."""
    return (row["level1"],) if column == "level1" else (row["level1"], row["level2"])


def _fields(form: FormJson, block: str, marks: Marks) -> Iterator[Field]:
    """Give the labels and values of a block; the unit of money stands apart."""
    values = {"header": form["header"], "funding": form["funding"], "goals": form["goals"]}[block]
    for label, value in values.items():
        if not isinstance(value, dict) and (block, label) != ("funding", "unit"):
            yield _field(form, f"{block}:{label}", label, marks)


def _closing(form: FormJson, marks: Marks) -> Iterator[Field]:
    """Give total score and grade where the form has them."""
    for key in ("total_score", "grade"):
        if form_value(form, key):
            yield _field(form, key, key, marks)


def _field(form: FormJson, key: str, label: str, marks: Marks) -> Field:
    return Field(label, form_value(form, key), tuple(marks.get((None, key), ())))
