"""The forms of `fixtures/`, printed by five producers: every table is read back cell for cell."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pikepdf
import pytest

from fixtures.make.__main__ import FIXTURES, LAYOUT_OF
from fixtures.make.layouts import LAYOUTS
from perflint.document import Table
from perflint.limits import Limits
from perflint.readers import pdf
from perflint.readers.clean import fold

Cells = set[tuple[int, int, int, int, str]]
FILES = sorted(file for name in LAYOUT_OF for file in (FIXTURES / "files").glob(f"{name}.*.pdf"))
NOT_PRINTED = {
    # Writer leaves out the second line of a label that it cuts at the end of a page.
    ("declaration-2023-jiading.writer.pdf", "可持续影响指标"),
}


def dense(cells: list[tuple[int, int, int, int, str]]) -> Cells:
    """Number rows and columns by the sides that cells have: a border that is no cell's side cannot be seen."""
    rows = sorted({row for cell in cells for row in (cell[0], cell[0] + cell[2])})
    columns = sorted({column for cell in cells for column in (cell[1], cell[1] + cell[3])})
    return {
        (
            rows.index(row),
            columns.index(column),
            rows.index(row + row_span) - rows.index(row),
            columns.index(column + column_span) - columns.index(column),
            fold(text).replace("$", ""),
        )
        for row, column, row_span, column_span, text in cells
    }


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_cell_is_read_back(file: Path) -> None:
    name = file.name.split(".")[0]
    label = json.loads((FIXTURES / "labels" / f"{name}.json").read_text("utf-8"))
    document = pdf.read(file.read_bytes(), Limits())
    tables = [block for block in document.blocks if isinstance(block, Table)]
    assert len(tables) == len(label["forms"])
    for table, form in zip(tables, label["forms"], strict=True):
        sheet = LAYOUTS[LAYOUT_OF[name]](form)
        printed = dense([(c.row, c.column, c.row_span, c.column_span, c.text) for c in sheet.cells])
        found = dense([(c.row, c.column, c.row_span, c.column_span, c.text) for c in table.cells])
        assert {cell for cell in printed - found if (file.name, cell[4]) not in NOT_PRINTED} == set()
        assert len(found) == len(printed)


def test_a_page_placed_inside_a_form_object_is_read() -> None:
    """Stamping and imposing tools do this; pdfium forgets to move what Chromium wrote as /ActualText."""
    file = FIXTURES / "files" / "clean.chromium.pdf"
    target = pikepdf.new()
    with pikepdf.open(file) as source:
        for page in source.pages:
            target.add_blank_page(page_size=(595, 842))
            target.pages[-1].add_overlay(page, pikepdf.Rectangle(30, 40, 30 + 595 * 0.9, 40 + 842 * 0.9))
        buffer = io.BytesIO()
        target.save(buffer)
    documents = [pdf.read(data, Limits()) for data in (file.read_bytes(), buffer.getvalue())]
    plain, inside = [
        [cell.text for cell in block.cells]
        for doc in documents
        for block in doc.blocks
        if isinstance(block, Table)
    ]
    assert inside == plain
