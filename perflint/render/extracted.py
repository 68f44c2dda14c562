"""What was read of documents, as JSON, tables on a terminal, CSV, or a workbook."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from typing import Literal

from perflint.render.excerpts import printable
from perflint.render.spots import cell_text, place_in_words
from perflint.render.tables import table_lines
from perflint.report import DocumentJson, FormJson, IndicatorJson
from perflint.wording import wording

EXTRACTS = ("json", "table", "csv", "xlsx")
COLUMNS = (
    "path",
    "form",
    "kind",
    "year",
    "project",
    "index",
    "level1",
    "level2",
    "name",
    "target",
    "comparator",
    "value",
    "unit",
    "actual",
    "weight",
    "score",
    "remark",
    "confidence",
    "place",
)
"""The columns of CSV and workbook; their headings stand in wording/report.toml."""
SHOWN = ("index", "level1", "level2", "name", "target", "actual", "weight", "score", "remark")
"""The columns of a table on a terminal, less those that no row fills."""
CLOSING: tuple[Literal["total_score", "grade"], ...] = ("total_score", "grade")
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet program takes for the beginning of a formula (OWASP, CSV injection)."""


def extracted(wanted: str, documents: Sequence[DocumentJson], language: str) -> str | bytes:
    """Return what was read in one of EXTRACTS."""
    if wanted == "json":
        return _as_json(documents)
    if wanted == "table":
        return _as_tables(documents, language)
    return _as_csv(documents, language) if wanted == "csv" else _as_workbook(documents, language)


def _as_json(documents: Sequence[DocumentJson]) -> str:
    """Return the documents as in the report, with what could not be read as their only findings."""
    return json.dumps({"documents": documents}, ensure_ascii=False, indent=1) + "\n"


def _as_tables(documents: Sequence[DocumentJson], language: str) -> str:
    say = wording("report", language)
    lines: list[str] = []
    for document in documents:
        lines += [
            printable(document["path"]),
            *(f"  {printable(finding['message'])}" for finding in document["findings"]),
        ]
        for form in document["forms"]:
            project = printable(form["project_name"] or say("unnamed"))
            number = say("form", form=form["index"])
            lines += ["", say("title", form=number, title=printable(form["title"]), project=project)]
            lines += [f"  {printable(label)}: {printable(value)}" for label, value in pairs(form, language)]
            lines += [f"  {line}" for line in _indicator_lines(form, language)]
        lines.append("")
    return "\n".join(lines) + "\n"


def _indicator_lines(form: FormJson, language: str) -> list[str]:
    say = wording("report", language)
    rows = [
        [str(row["index"]), *(cell_text(row, field) for field in SHOWN[1:])] for row in form["indicators"]
    ]
    filled = [number for number in range(len(SHOWN)) if any(row[number] for row in rows)]
    heading = [say(f"column.{field}") for field in SHOWN]
    return table_lines([[row[number] for number in filled] for row in (heading, *rows)]) if rows else []


def pairs(form: FormJson, language: str) -> Iterator[tuple[str, str]]:
    """Give the labels and values of a form outside its indicator table; what stands in a table of funds as
    `row.column`.
    """
    funding = {
        wording("report", language)("funding_unit") if key == "unit" else key: form["funding"][key]
        for key in form["funding"]
    }
    closing = {wording("html", language)(f"field.{key}"): form[key] for key in CLOSING}
    for block in (form["header"], funding, form["goals"], closing):
        for label, value in block.items():
            columns = value if isinstance(value, dict) else {"": value}
            for column, text in columns.items():
                if text:
                    yield f"{label}.{column}" if column else label, text


def _rows(documents: Sequence[DocumentJson], language: str) -> Iterator[list[str]]:
    """Give the rows of CSV and workbook: a heading, then an indicator each."""
    say = wording("report", language)
    yield [say(f"column.{name}") for name in COLUMNS]
    for document in documents:
        for form in document["forms"]:
            for row in form["indicators"]:
                yield _row(document["path"], form, row, language)


def _row(path: str, form: FormJson, row: IndicatorJson, language: str) -> list[str]:
    texts = wording("html", language)
    target = row["target"] or {"text": "", "comparator": None, "value": None, "unit": None}
    kind = wording("html", language)(f"kind.{form['kind']}")
    head = [
        path,
        str(form["index"]),
        kind,
        str(form["year"] or ""),
        form["project_name"] or "",
        str(row["index"]),
    ]
    value = [target["text"], target["comparator"] or "", target["value"] or "", target["unit"] or ""]
    results = [cell_text(row, field) for field in ("actual", "weight", "score", "remark")]
    tail = [texts(f"confidence.{row['confidence']}"), place_in_words(row["place"], texts)]
    return [*head, row["level1"] or "", row["level2"] or "", row["name"], *value, *results, *tail]


def _as_csv(documents: Sequence[DocumentJson], language: str) -> str:
    """Return the indicators as CSV (RFC 4180), marked as UTF-8 for Excel.

    A cell that a spreadsheet program would take for a formula (`=0(%)` is one) gets an apostrophe in front.
    """
    text = io.StringIO()
    writer = csv.writer(text)
    for row in _rows(documents, language):
        writer.writerow(
            [f"'{cell}" if len(cell) > 1 and cell.startswith(FORMULA_SIGNS) else cell for cell in row]
        )
    return "\ufeff" + text.getvalue()


def _as_workbook(documents: Sequence[DocumentJson], language: str) -> bytes:
    """Return a workbook with a sheet of indicators and one of everything else; every cell is text, never a
    formula.
    """
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    say = wording("report", language)
    fields = [[say(f"column.{name}") for name in ("path", "form", "project", "field", "content")]]
    for document in documents:
        for form in document["forms"]:
            head = [document["path"], str(form["index"]), form["project_name"] or ""]
            fields += [[*head, label, value] for label, value in pairs(form, language)]
    book = Workbook(write_only=True)
    for title, rows in (
        (say("sheet.indicators"), _rows(documents, language)),
        (say("sheet.fields"), iter(fields)),
    ):
        sheet = book.create_sheet(title)
        sheet.freeze_panes = "A2"
        for row in rows:
            cells = [WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("�", text)) for text in row]
            for cell in cells:
                cell.data_type = "s"
            sheet.append(cells)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()
