"""The fixture documents, in formats whose cells are exact: every field and row of their labels."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from perflint.forms import recognise
from perflint.model import Form, Funding
from perflint.readers import read_document
from perflint.readers.clean import clean
from tests.form_tables import rows

FIXTURES = Path(__file__).parent.parent / "fixtures"
KINDS = {"申报表": "declaration", "目标表": "target", "自评表": "self_evaluation"}
NAMES = [
    "clean",
    "five-defects",
    "declaration-2023-jiading",
    "declaration-2026-statistics-centre",
    "self-evaluation-2024-minhang",
    "target-2020-information-centre",
]


@pytest.mark.parametrize("extension", ["html", "docx", "xlsx"])
@pytest.mark.parametrize("name", NAMES)
def test_every_field_and_row_of_the_labels_is_read(name: str, extension: str) -> None:
    path = FIXTURES / "files" / f"{name}.{extension}"
    labels = json.loads((FIXTURES / "labels" / f"{name}.json").read_text("utf-8"))["forms"]
    recognition = recognise(read_document(path.read_bytes(), path.name))
    assert recognition.problems == ()
    assert [read(form) for form in recognition.forms] == [labelled(label) for label in labels]
    assert [form.weaknesses for form in recognition.forms] == [()] * len(labels)


def read(form: Form) -> dict[str, Any]:
    """Return what a label file tells of a form, as it was read."""
    results = [(row.actual_passage, row.weight, row.score, row.remark) for row in form.indicators]
    return {
        "index": form.index,
        "kind": form.kind.value,
        "year": form.year,
        "project": text(form.project_name),
        "header": {entry.label: text(entry.value) for entry in form.header if entry.value},
        "unit": form.funding.unit,
        "amounts": amounts(form.funding),
        "goals": {entry.label: text(entry.value) for entry in form.goals if entry.value},
        "rows": [tuple(clean(cell or "") for cell in row) for row in rows(form)],
        "results": [tuple(text(cell) for cell in row) for row in results],
        "total": text(form.total_score),
        "grade": text(form.grade),
    }


def labelled(label: dict[str, Any]) -> dict[str, Any]:
    """Return the same of a label."""
    keys = ("level1", "level2", "name", "target")
    funding = {key.replace("_总额栏", "（总额栏）"): value for key, value in label["funding"].items()}
    flat = {key: value for key, value in funding.items() if value and not isinstance(value, dict)}
    table = {
        (key, column): value
        for key, columns in funding.items()
        if isinstance(columns, dict)
        for column, value in columns.items()
    }
    return {
        "index": label["index"],
        "kind": KINDS[label["kind"]],
        "year": label["year"],
        "project": clean(label["project_name"]),
        "header": {key: clean(value) for key, value in label["header"].items() if value},
        "unit": label["funding_unit"],
        "amounts": flat | table,
        "goals": {key: clean(value) for key, value in label["goals"].items() if value},
        "rows": [tuple(clean(row[key] or "") for key in keys) for row in label["indicators"]],
        "results": [
            tuple(row[key] and clean(row[key]) for key in ("actual", "weight", "score", "remark"))
            for row in label["indicators"]
        ],
        "total": label["total_score"],
        "grade": label["grade"],
    }


def text(passage: Any) -> str | None:
    """Return the text of a passage, None for none."""
    return passage.text if passage else None


def amounts(funding: Funding) -> dict[Any, str | None]:
    """Return the amounts of a form by label, in a funds table by label and column."""
    entries = {entry.label: text(entry.value) for entry in funding.entries if entry.value}
    table = {
        (row.label, entry.label): text(entry.value) for row in funding.rows for entry in row.columns.values()
    }
    return entries | table
