"""Annotated copies of PDF, Excel and Word files, and the review sheets in Word."""

from __future__ import annotations

import shutil
from copy import deepcopy
from dataclasses import asdict
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from docx import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.text.paragraph import Paragraph
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from pypdf import PdfReader, PdfWriter
from pypdf.generic import RectangleObject

from perflint.document import Table
from perflint.readers import read_document
from perflint.render import render
from perflint.report import DocumentJson, PlaceJson
from tests.report_samples import checksum, document, finding, form, indicator, options, report

PDF = Path(__file__).parent.parent / "fixtures" / "files" / "five-defects.reportlab.pdf"
COUNT = indicator(1, "监测次数", "=100.00(%)")
AGAIN = indicator(2, "巡查次数", "=90.00(%)")


def copies(folder: Path, *documents: DocumentJson, language: str = "zh") -> dict[str, bytes]:
    """Return what `-f annotated=DIR` writes."""
    return dict(render("annotated", report(*documents), options(folder, language=language)))


def pdf_document(path: Path, **other: Any) -> DocumentJson:
    findings = other.pop("findings", [finding("U301", COUNT, suggestion="=0(次)")])
    return document(form(COUNT, AGAIN), findings=findings, path=path.name, sha256=checksum(path))


def annotations(data: bytes) -> list[tuple[str, list[float], str]]:
    """Return kind, rectangle and text of the annotations on the first page."""
    page = PdfReader(BytesIO(data)).pages[0]
    found = [annotation.get_object() for annotation in page.get("/Annots", [])]
    return [
        (entry["/Subtype"], [round(float(value), 1) for value in entry["/Rect"]], entry["/Contents"])
        for entry in found
        if "/Contents" in entry
    ]


def test_pdf_copy_has_a_highlight_with_the_finding_and_begins_with_the_original(tmp_path: Path) -> None:
    path = tmp_path / "表.pdf"
    shutil.copy(PDF, path)
    copy = copies(tmp_path, pdf_document(path))["表.批注.pdf"]
    height = float(PdfReader(path).pages[0].cropbox.height)
    assert annotations(copy) == [
        ("/Highlight", [350.0, round(height - 220, 1), 450.0, round(height - 200, 1)],
         "错误 U301\nU301 在“监测次数”\n=0(次)"),
    ]  # fmt: skip
    assert copy.startswith(PDF.read_bytes())
    assert path.read_bytes() == PDF.read_bytes()


def test_findings_on_one_cell_are_one_comment_with_the_gravest_colour(tmp_path: Path) -> None:
    path = tmp_path / "表.pdf"
    shutil.copy(PDF, path)
    findings = [finding("Q406", COUNT, severity="advice"), finding("U301", COUNT)]
    copy = copies(tmp_path, pdf_document(path, findings=findings))["表.批注.pdf"]
    ((_, _, text),) = annotations(copy)
    assert text == "提示 Q406\nQ406 在“监测次数”\n\n错误 U301\nU301 在“监测次数”"
    (annotation,) = PdfReader(BytesIO(copy)).pages[0]["/Annots"]
    assert [round(float(value), 2) for value in annotation.get_object()["/C"]] == [0.96, 0.71, 0.69]


@pytest.mark.parametrize(
    ("turned", "expected"),
    [
        # The box is 350–450 from the left and 200–220 from the top of the page as it is shown; the crop box
        # of 500 × 800 points begins at (10, 20).
        (0, [360.0, 600.0, 460.0, 620.0]),
        (90, [210.0, 370.0, 230.0, 470.0]),
        (180, [60.0, 220.0, 160.0, 240.0]),
        (270, [290.0, 370.0, 310.0, 470.0]),
    ],
)
def test_highlight_follows_rotation_and_crop_box(turned: int, expected: list[float], tmp_path: Path) -> None:
    writer = PdfWriter()
    page = writer.add_blank_page(600, 900)
    width, height = 500, 800
    page.cropbox = RectangleObject((10, 20, 10 + width, 20 + height))
    page.rotate(turned)
    path = tmp_path / "表.pdf"
    writer.write(path)
    ((_, rectangle, _),) = annotations(copies(tmp_path, pdf_document(path))["表.批注.pdf"])
    assert rectangle == expected


def test_finding_on_a_page_without_a_box_is_a_note_icon(tmp_path: Path) -> None:
    path = tmp_path / "表.pdf"
    shutil.copy(PDF, path)
    found = finding("E901", None, form=None, place={"page": 1})
    ((kind, _, text),) = annotations(copies(tmp_path, pdf_document(path, findings=[found]))["表.批注.pdf"])
    assert (kind, text) == ("/Text", "错误 E901\nE901 在“整张表”")


def test_excel_copy_has_comment_and_fill_and_keeps_an_earlier_comment(tmp_path: Path) -> None:
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.title, sheet["D5"] = "绩效目标", "=100.00(%)"
    sheet["D5"].comment = Comment("请核", "单位")
    workbook.save(tmp_path / "表.xlsx")
    found = finding("U301", COUNT, place={"sheet": "绩效目标", "cell": "D5:E5"})
    gone = finding("U301", AGAIN, place={"sheet": "没有这张", "cell": "A1"})
    path = tmp_path / "表.xlsx"
    made = document(form(COUNT), findings=[found, gone], path="表.xlsx", format="xlsx", sha256=checksum(path))
    cell = load_workbook(BytesIO(copies(tmp_path, made)["表.批注.xlsx"]))["绩效目标"]["D5"]
    assert cell.comment is not None
    assert cell.comment.text == "错误 U301\nU301 在“监测次数”\n\n请核"
    assert cell.fill.fgColor.rgb == "00F4B6B0"


def test_word_copy_has_a_comment_in_the_cell_even_beside_merged_ones(tmp_path: Path) -> None:
    word = Document()
    table = word.add_table(rows=2, cols=4)
    table.cell(1, 0).merge(table.cell(1, 1))
    table.cell(1, 3).text = "=100.00(%)"
    path = tmp_path / "表.docx"
    word.save(str(path))
    findings = [
        finding("U301", COUNT, place={"table": 1, "row": 2, "column": 4}),
        finding("Q406", COUNT, place={"table": 1, "row": 1, "column": 2}),
        finding("D201", AGAIN, place={"table": 3, "row": 1, "column": 1}),
    ]
    made = document(form(COUNT), findings=findings, path="表.docx", format="docx", sha256=checksum(path))
    copy = Document(BytesIO(copies(tmp_path, made)["表.批注.docx"]))
    assert [(comment.author, comment.text) for comment in copy.comments] == [
        ("perflint", "错误 U301\nU301 在“监测次数”"),
        ("perflint", "错误 Q406\nQ406 在“监测次数”"),
    ]
    cells = copy.element.body.findall(f".//{qn('w:tc')}")
    commented = [
        number
        for number, cell in enumerate(cells, 1)
        if cell.find(f".//{qn('w:commentRangeStart')}") is not None
    ]
    # Four cells in the first row; the second has three, its last one in the fourth column.
    assert commented == [2, 7]


BOX = (
    '<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:AlternateContent>'
    "<mc:Choice Requires='wps'><w:drawing><w:txbxContent>{0}</w:txbxContent></w:drawing></mc:Choice>"
    "<mc:Fallback><w:pict><w:txbxContent>{0}</w:txbxContent></w:pict></mc:Fallback>"
    "</mc:AlternateContent></w:r>"
)
"""A text box as Word writes it: twice, for itself and for older versions."""


def test_word_copy_has_its_comments_where_the_reader_found_the_cells(tmp_path: Path) -> None:
    word = Document()
    word.sections[0].header.add_table(1, 1, Mm(50)).cell(0, 0).text = "页眉"
    small = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>框中</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:p/>"
    word.add_paragraph("附件")._p.append(parse_xml(BOX.format(small)))
    outer = word.add_table(rows=3, cols=2)
    for row, label in enumerate(("项目名称", "绩效指标", "总额")):
        outer.cell(row, 0).text = label
    inner = outer.cell(1, 1).add_table(2, 2)
    inner.cell(1, 0).text, inner.cell(1, 1).text = "监测次数", "=100.00(%)"
    outer.cell(2, 1).text = "13万元"
    deleted = deepcopy(outer.rows[0]._tr)
    deleted.get_or_add_trPr().append(OxmlElement("w:del"))
    outer._tbl.insert(outer._tbl.index(outer.rows[0]._tr), deleted)
    word.add_table(rows=1, cols=1).cell(0, 0).text = "≤15(天)"
    path = tmp_path / "表.docx"
    word.save(str(path))
    wanted = ("框中", "=100.00(%)", "13万元", "≤15(天)")
    places = {text: place for text, place in places_in(path).items() if text in wanted}
    findings = [finding("U301", COUNT, place=place, message=text) for text, place in places.items()]
    made = document(form(COUNT), findings=findings, path="表.docx", format="docx", sha256=checksum(path))
    copy = Document(BytesIO(copies(tmp_path, made)["表.批注.docx"]))
    said = {str(comment.comment_id): comment.text.split("\n")[1] for comment in copy.comments}
    stands = {
        said[mark.get(qn("w:id"))]: "".join(run.text for run in Paragraph(mark.getparent(), copy).runs)
        for mark in copy.element.body.iter(qn("w:commentRangeStart"))
    }
    # A text box takes no comment: it stands at the paragraph that holds the box.
    assert stands == {text: text for text in wanted} | {"框中": "附件"}


def places_in(path: Path) -> dict[str, PlaceJson]:
    """Return where the reader finds each text of a Word document."""
    blocks = read_document(path.read_bytes(), path.name).blocks
    passages = [
        passage
        for block in blocks
        for passage in (
            [cell.passage for cell in block.cells] if isinstance(block, Table) else [block.passage]
        )
    ]
    return {passage.text: asdict(passage.place) for passage in passages}


def test_files_without_a_copy_are_listed_with_the_reason(tmp_path: Path) -> None:
    (tmp_path / "坏.pdf").write_bytes(b"%PDF-1.7 broken")
    found = finding("U301", COUNT)
    documents = [
        document(form(COUNT), findings=[found], path="坏.pdf", sha256=checksum(tmp_path / "坏.pdf")),
        document(form(COUNT), findings=[found], path="改了.pdf"),
        document(form(COUNT), findings=[found], path="页.html", format="html"),
        document(form(COUNT), findings=[], path="好.pdf"),
    ]
    assert {name: data.decode() for name, data in copies(tmp_path, *documents).items()} == {
        "没有批注副本的文件.txt": (
            "坏.pdf\t无法写入批注\n改了.pdf\t原文件已改动或不在原处\n页.html\t此格式不能加批注\n"
        )
    }


def test_suppressed_findings_are_not_written(tmp_path: Path) -> None:
    path = tmp_path / "表.pdf"
    shutil.copy(PDF, path)
    reason = {"kind": "baseline", "reason": "", "until": None}
    assert copies(tmp_path, pdf_document(path, findings=[finding("U301", COUNT, suppressed=reason)])) == {}


def test_copies_of_files_with_one_name_do_not_overwrite_each_other(tmp_path: Path) -> None:
    documents = []
    for folder in ("甲", "乙", "../甲"):
        path = tmp_path / "项目" / folder / "表.pdf"
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(PDF, path)
        documents.append({**pdf_document(path), "path": f"{folder}/表.pdf"})
    names = list(copies(tmp_path / "项目", *documents))
    assert names == ["甲_表.批注.pdf", "乙_表.批注.pdf", "甲_表.批注 (2).pdf"]


def test_same_report_same_bytes_whenever_it_is_written(tmp_path: Path) -> None:
    shutil.copy(PDF, tmp_path / "表.pdf")
    shutil.copy(PDF.with_name("five-defects.xlsx"), tmp_path / "表.xlsx")
    shutil.copy(PDF.with_name("five-defects.docx"), tmp_path / "表.docx")
    places = {"xlsx": {"sheet": "项目1", "cell": "K14"}, "docx": {"table": 1, "row": 1, "column": 1}}
    others = [
        document(
            form(COUNT), findings=[finding("U301", COUNT, place=place)], path=f"表.{kind}", format=kind,
            sha256=checksum(tmp_path / f"表.{kind}"),
        )
        for kind, place in places.items()
    ]  # fmt: skip
    made = report(pdf_document(tmp_path / "表.pdf"), *others)
    first, second = (dict(render("annotated", made, options(tmp_path))) for _ in range(2))
    assert first == second
    sheets = render("docx", made, options(tmp_path))
    for package in (first["表.批注.xlsx"], first["表.批注.docx"], sheets):
        with ZipFile(BytesIO(package)) as parts:
            assert {part.date_time for part in parts.infolist()} == {(2026, 1, 2, 12, 0, 0)}
            assert b">2026-01-02T12:00:00Z</dcterms:modified>" in parts.read("docProps/core.xml")


def test_review_sheets_have_a_table_a_form_with_room_for_the_reviewer(tmp_path: Path) -> None:
    findings = [
        finding("U301", COUNT, suggestion="=0(次)", replacement="=0(次)"),
        finding("Q406", AGAIN, severity="advice", suggestion="写出标准"),
        finding("D201", AGAIN, suppressed={"kind": "baseline", "reason": "", "until": None}),
    ]
    forms = [form(COUNT, AGAIN), form(COUNT, index=2, project="水质<b>\x07")]
    data = render("docx", report(document(*forms, findings=findings)), options(tmp_path))
    word = Document(BytesIO(data))
    (table,) = word.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["序号", "问题", "修改建议", "审核意见"],
        [
            "1",
            "错误 计数指标用了百分比单位 U301\nU301 在“监测次数”\n"
            "第 1 页 · 产出指标 › 数量指标 › 监测次数 · 指标值",
            "改为 =0(次)",
            "",
        ],
        [
            "2",
            "提示 指标值无法核对 Q406\nQ406 在“巡查次数”\n第 1 页 · 产出指标 › 数量指标 › 巡查次数 · 指标值",
            "写出标准",
            "",
        ],
    ]
    paragraphs = [paragraph.text for paragraph in word.paragraphs if paragraph.text.strip()]
    assert paragraphs == [
        "绩效目标审核意见表", "项目名称：河道保洁", "实施单位：区水务管理所", "表种：申报表 2026年度",
        "来源文件：表.pdf 第 1 页", "单位反馈：", "审核人：                              日期：",
        "绩效目标审核意见表", "项目名称：水质<b>", "实施单位：区水务管理所", "表种：申报表 2026年度",
        "来源文件：表.pdf 第 1 页", "未发现问题。", "单位反馈：",
        "审核人：                              日期：",
    ]  # fmt: skip
