"""Workbooks: what a cell shows, where it is, and what is hidden."""

from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path

import openpyxl
import PIL.Image
import pytest

from perflint.document import Document, Problem, SheetPlace, Table, UnreadableFile
from perflint.limits import Limits
from perflint.readers import read_document
from perflint.readers.legacy import find_program
from tests.packages import seen, xlsx

FORMATS = {
    9: "",
    164: "0.0%",
    165: "#,##0.00",
    166: "yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;",
    167: "@&quot;元&quot;",
}


def read(rows: str, more: str = "", **parts: str) -> Document:
    data = xlsx(f"<sheetData>{rows}</sheetData>{more}", formats=FORMATS, **parts)
    return read_document(data, "a.xlsx")


def corners(last: str) -> str:
    """Return the data of a sheet with two cells."""
    return f'<sheetData><row><c r="A1"><v>1</v></c></row><row><c r="{last}"><v>1</v></c></row></sheetData>'


def test_cells_show_what_they_show_in_the_program() -> None:
    strings = (
        "<si><t>共享</t></si><si><r><t>富</t></r><r><t>文本</t></r><rPh><t>fu</t></rPh></si><si><t>5</t></si>"
    )
    rows = (
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s" s="5">'
        "<v>2</v></c>"
        '<c r="D1" t="inlineStr"><is><t>内联_x000D_</t></is></c><c r="E1" t="s"><v>99</v></c></row>'
        '<row r="2"><c r="A2" s="1"><v>0.95</v></c><c r="B2" s="2"><v>0.94999999999999996</v></c>'
        '<c r="C2" s="3"><v>131000</v></c><c r="D2" s="4"><v>46023</v></c><c r="E2" t="b"><v>1</v></c></row>'
        '<row r="3"><c r="A3" t="e"><v>#REF!</v></c><c r="B3" t="str"><f>A1&amp;"x"</f><v>文</v></c>'
        '<c r="C3" s="99"><v>51.5</v></c><c r="D3"><f>1+1</f><v>2</v></c><c r="E3"><v>1E3</v></c></row>'
    )
    document = read(rows, strings=strings)
    assert [cell[4] for cell in seen(document)[0]] == [
        "共享", "富文本", "5元", "内联", "99",
        "95%", "95.0%", "131,000.00", "2026年1月1日", "TRUE",
        "#REF!", "文", "51.5", "2", "1000",
    ]  # fmt: skip
    assert document.problems == ()


def test_dates_may_count_from_1904() -> None:
    assert seen(read('<row><c s="4"><v>44561</v></c></row>', date1904="1"))[0] == [
        (0, 0, 1, 1, "2026年1月1日")
    ]


def test_dates_may_be_stored_as_such() -> None:
    rows = (
        '<row><c s="4" t="d"><v>2026-01-01T00:00:00</v></c><c s="4" t="d"><v>2026-12-31</v></c>'
        '<c t="d"><v>2026-12-31</v></c></row>'
    )
    assert [cell[4] for cell in seen(read(rows))[0]] == ["2026年1月1日", "2026年12月31日", "2026-12-31"]


def test_a_value_with_its_comparator_is_no_formula() -> None:
    rows = (
        '<row r="1"><c r="A1"><f>2.00(台)</f><v></v></c><c r="B1"><f>100%</f><v>0</v></c><c r="C1">'
        "<f>0(%)</f></c></row>"
        '<row r="2"><c r="A2"><f>SUM(B3,2)</f></c><c r="B2"><f>B3*2</f><v/></c><c r="C2">'
        '<f>IF(A1&gt;0,"完成","")</f></c></row>'
    )
    document = read(rows)
    assert [cell[4] for cell in seen(document)[0]] == ["=2.00(台)", "=100%", "=0(%)"]
    values = {"reason": "formula-without-value", "sheet": "表1", "cells": "A2, B2, C2"}
    assert document.problems == (Problem("E904", values, SheetPlace("表1", "A2")),)


def test_a_picture_in_a_cell_has_no_text() -> None:
    picture = '=DISPIMG("ID_5C3A",1)'.replace('"', "&quot;")
    formula = "_xlfn." + picture[1:]
    row = f'<row r="1"><c r="A1" t="str"><v>签章</v></c><c r="B1" t="str"><f>{formula}</f><v>{picture}</v></c></row>'
    document = read_document(xlsx(f"<sheetData>{row}</sheetData>"), "a.xlsx")
    assert seen(document) == [[(0, 0, 1, 1, "签章")]]
    assert document.problems == ()


def test_pictures_of_pages_and_objects_on_a_sheet_are_told(tmp_path: Path) -> None:
    """A scan over a sheet, an emblem beside it, and a document that is written for old and new programs."""
    book = openpyxl.Workbook()
    for name, size in (("scan.png", (800, 1000)), ("emblem.png", (90, 90))):
        PIL.Image.new("1", size).save(tmp_path / name)
        book.active.add_image(openpyxl.drawing.image.Image(tmp_path / name), "A1")
    book.save(tmp_path / "a.xlsx")
    assert read_document((tmp_path / "a.xlsx").read_bytes(), "a.xlsx").problems == (
        Problem("E904", {"reason": "pictures-of-pages", "count": "1"}),
    )
    objects = '<oleObjects><oleObject progId="Word.Document.12" shapeId="1"/></oleObjects>' * 2
    assert read("", more=objects).problems == (
        Problem("E904", {"reason": "objects-unread", "count": "1", "names": "Word.Document.12"}),
    )


def test_merged_ranges_addresses_and_cells_without_text() -> None:
    rows = (
        '<row r="3"><c r="B3" t="inlineStr"><is><t>标题</t></is></c><c r="C3"/></row>'
        '<row r="4"><c t="inlineStr" r="B4"><is><t>甲</t></is></c><c r="C4" s="1"/><c r="D4"><v>1</v>'
        "</c></row>"
        '<row r="9"><c r="AB9" s="1"/></row>'
    )
    document = read(rows, '<mergeCells><mergeCell ref="B3:D3"/><mergeCell ref="D4:E5"/></mergeCells>')
    assert seen(document) == [[(0, 0, 1, 3, "标题"), (1, 0, 1, 1, "甲"), (1, 1, 1, 1, ""), (1, 2, 2, 2, "1")]]
    table = document.blocks[0]
    assert isinstance(table, Table)
    assert (table.rows, table.columns, table.place) == (3, 4, SheetPlace("表1", "B3:E5"))
    assert [cell.passage.place for cell in table.cells] == [
        SheetPlace("表1", "B3:D3"), SheetPlace("表1", "B4"), SheetPlace("表1", "C4"),
        SheetPlace("表1", "D4:E5"),
    ]  # fmt: skip


def test_merged_ranges_that_overlap_are_reported() -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c><c r="C1"><v>3</v></c></row>'
    document = read(
        rows, '<mergeCells><mergeCell ref="A1:B1"/><mergeCell ref="B1:C1"/><mergeCell ref="x"/></mergeCells>'
    )
    assert seen(document) == [[(0, 0, 1, 2, "1"), (0, 2, 1, 1, "3")]]
    assert [problem.values["reason"] for problem in document.problems] == ["overlapping-merges"]


def test_what_is_hidden_is_read_and_said() -> None:
    rows = (
        '<row r="1"><c r="A1"><v>1</v></c><c r="C1"><v>2</v></c></row>'
        '<row r="2" hidden="1"><c r="A2"><v>3</v></c></row><row r="3" hidden="1"><c r="A3"><v>4</v></c></row>'
        '<row r="5" hidden="1"/>'
    )
    document = read_document(
        xlsx(f'<cols><col min="3" max="16384" hidden="1"/></cols><sheetData>{rows}</sheetData>'), "a.xlsx"
    )
    assert [cell[4] for cell in seen(document)[0]] == ["1", "2", "3", "4"]
    values = {"reason": "hidden-rows", "sheet": "表1", "cells": "2:3, C:C"}
    assert document.problems == (Problem("E904", values, SheetPlace("表1", "C2")),)
    hidden = read("<row><c><v>1</v></c></row>", entry='state="veryHidden"')
    assert hidden.problems == (
        Problem("E904", {"reason": "hidden-sheet", "sheet": "表1"}, SheetPlace("表1", "A1")),
    )


def test_a_sheet_without_text_is_no_table() -> None:
    assert read('<row><c r="A1" s="1"/></row>').blocks == ()


def test_forms_side_by_side_are_tables_of_their_own() -> None:
    rows = (
        '<row r="1"><c r="A1"><v>1</v></c><c r="E1"><v>5</v></c></row>'
        '<row r="2"><c r="A2"><v>2</v></c><c r="B2"><v>3</v></c><c r="E2"><v>6</v></c><c r="F2"><v>7</v></c></row>'
    )
    document = read(rows, '<mergeCells><mergeCell ref="A1:B1"/><mergeCell ref="E1:F1"/></mergeCells>')
    assert seen(document) == [
        [(0, 0, 1, 2, "1"), (1, 0, 1, 1, "2"), (1, 1, 1, 1, "3")],
        [(0, 0, 1, 2, "5"), (1, 0, 1, 1, "6"), (1, 1, 1, 1, "7")],
    ]
    assert [block.place for block in document.blocks if isinstance(block, Table)] == [
        SheetPlace("表1", "A1:B2"), SheetPlace("表1", "E1:F2"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "right",
    [
        '<c r="C1" s="1"/><c r="D1"><v>3</v></c><c r="E1"><v>4</v></c>',  # C is drawn: a column left empty.
        '<c r="D1"><v>3</v></c>',
    ],
)
def test_a_drawn_column_and_a_single_one_are_no_gap(right: str) -> None:
    assert len(read(f'<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c>{right}</row>').blocks) == 1


def test_a_figure_far_below_a_form_costs_a_row() -> None:
    document = read_document(xlsx(corners("XFD1048576")), "a.xlsx")
    assert seen(document) == [[(0, 0, 1, 1, "1"), (1, 1, 1, 1, "1")]]
    assert [cell.passage.place for block in document.blocks if isinstance(block, Table) for cell in block.cells] == [
        SheetPlace("表1", "A1"), SheetPlace("表1", "XFD1048576"),
    ]  # fmt: skip


def test_cells_without_an_address_follow_each_other() -> None:
    assert seen(read("<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>")) == [
        [(0, 0, 1, 1, "1"), (0, 1, 1, 1, "2"), (1, 0, 1, 1, "3")]
    ]


@pytest.mark.parametrize(
    ("sheet", "limits", "limit"),
    [
        ("<sheetData><row>" + "<c><v>1</v></c>" * 10_000 + "</row></sheetData>",
         Limits(table_cells=5000), "table_cells"),
        (corners("B2"), Limits(table_extent=3), "table_extent"),
        (corners("Z99") + "<mergeCells>" + '<mergeCell ref="B1:Y98"/>' * 9 + "</mergeCells>",
         Limits(table_extent=10_000), "table_extent"),
        ("x" * 100, Limits(part_bytes=90), "part_bytes"),
        ("x" * 100, Limits(unpacked_bytes=90), "unpacked_bytes"),
        ("", Limits(parts=2), "parts"),
    ],
)  # fmt: skip
def test_limits(sheet: str, limits: Limits, limit: str) -> None:
    with pytest.raises(UnreadableFile) as refused:
        read_document(xlsx(sheet), "a.xlsx", limits)
    assert refused.value.limit == limit


@pytest.mark.skipif(find_program() is None, reason="needs LibreOffice to write an .xls")
def test_an_old_workbook_reads_like_a_new_one(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "表1"
    sheet["A1"], sheet["A2"], sheet["B2"], sheet["A3"] = "申报表", 0.95, 131000, date(2026, 1, 1)
    sheet["A2"].number_format, sheet["B2"].number_format = "0.0%", "#,##0.00"
    sheet["A3"].number_format = 'yyyy"年"m"月"d"日"'
    sheet.row_dimensions[2].hidden = True
    sheet.merge_cells("A1:B1")
    book.save(tmp_path / "a.xlsx")
    command = [find_program() or "", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
    subprocess.run(
        [*command, "--convert-to", "xls", "--outdir", str(tmp_path), str(tmp_path / "a.xlsx")], check=True
    )
    old = read_document((tmp_path / "a.xls").read_bytes(), "a.et")
    assert old.format == "xls"
    assert seen(old) == [
        [
            (0, 0, 1, 2, "申报表"),
            (1, 0, 1, 1, "95.0%"),
            (1, 1, 1, 1, "131,000.00"),
            (2, 0, 1, 1, "2026年1月1日"),
        ]
    ]
    assert old.blocks == read_document((tmp_path / "a.xlsx").read_bytes(), "a.xlsx").blocks
    assert [problem.values for problem in old.problems] == [
        {"reason": "hidden-rows", "sheet": "表1", "cells": "2:2"}
    ]
