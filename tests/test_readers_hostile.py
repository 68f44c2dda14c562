"""Hostile files, one of each kind: refused with the limit's name, in time, and without a look outside."""

from __future__ import annotations

import time
import zipfile
from io import BytesIO

import pytest

from perflint.document import Document, UnreadableFile
from perflint.limits import Limits
from perflint.readers import read_document
from tests.packages import SHEET, WORD, docx, package, xlsx

DEFAULT = Limits()
ENTITIES = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
LAUGHS = f'<!DOCTYPE lolz [<!ENTITY e0 "ha">{ENTITIES}]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY e9 SYSTEM "file:///etc/passwd">]>'


def bomb(name: str) -> bytes:
    """Return a package with a part of 64 MB that is packed into 64 kB."""
    return package({"word/document.xml": "<x/>", name: b"\0" * 2**26})


def lying_bomb() -> bytes:
    """Return a package whose directory says that a large part is small."""
    data = bytearray(docx("x" * 1_000_000))
    directory = data.rindex(b"PK\x01\x02")
    data[directory + 24 : directory + 28] = (100).to_bytes(4, "little")
    return bytes(data)


def refusal(data: bytes, name: str, limits: Limits = DEFAULT) -> UnreadableFile:
    before = time.monotonic()
    with pytest.raises(UnreadableFile) as refused:
        read_document(data, name, limits)
    assert time.monotonic() - before < 20
    return refused.value


def test_zip_bombs() -> None:
    assert refusal(bomb("word/media/1.png"), "a.docx", Limits(unpacked_bytes=2**25)).limit == "unpacked_bytes"
    assert refusal(bomb("word/document.xml"), "a.docx", Limits(part_bytes=2**25)).limit == "part_bytes"
    assert refusal(lying_bomb(), "a.docx").reason == "damaged"


@pytest.mark.parametrize("document_type", [LAUGHS, OUTSIDE])
def test_entities_in_packages(document_type: str) -> None:
    body = "<w:body><w:p><w:r><w:t>&e9;</w:t></w:r></w:p></w:body>"
    word = f"{document_type}<w:document {WORD}>{body}</w:document>"
    row = '<row><c t="str"><v>&e9;</v></c></row>'
    sheet = f"{document_type}<worksheet {SHEET}><sheetData>{row}</sheetData></worksheet>"
    for content in (word, word.encode("utf-16")):
        assert refusal(package({"word/document.xml": content}), "a.docx").reason == "declares-entities"
    parts = zipfile.ZipFile(BytesIO(xlsx("")))
    for content in (sheet, sheet.encode("utf-16")):
        changed = {name: parts.read(name) for name in parts.namelist()} | {
            "xl/worksheets/sheet1.xml": content
        }
        assert refusal(package(changed), "a.xlsx").reason == "declares-entities"


def test_a_sheet_of_ten_thousand_columns_and_many_rows() -> None:
    row = "<row>" + "<c><v>1</v></c>" * 10_000 + "</row>"
    sheet = xlsx(f"<sheetData>{row * 9}</sheetData>")
    assert refusal(sheet, "a.xlsx", Limits(table_cells=50_000)).limit == "table_cells"


def test_a_merged_range_over_the_whole_sheet_costs_nothing() -> None:
    rows = (
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2"><v>2</v></c><c r="B2"><v>3</v></c></row>'
    )
    merges = '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    assert refusal(xlsx(f"<sheetData>{rows}</sheetData>{merges}"), "a.xlsx").limit == "table_extent"
    merges = '<mergeCells><mergeCell ref="A3:XFD1048576"/></mergeCells>'
    assert len(read_document(xlsx(f"<sheetData>{rows}</sheetData>{merges}"), "a.xlsx").blocks) == 1


def test_elements_nested_without_end() -> None:
    assert refusal(docx("<w:sdt>" * 100_000 + "</w:sdt>" * 100_000), "a.docx").limit == "nesting"
    assert refusal(b"<div>" * 100_000, "a.html").limit == "nesting"
    tables = "<table><tr><td>a<td>b<tr><td>c<td>d<tr><td>" * 60
    assert isinstance(read_document(tables.encode(), "a.html"), Document)


def test_a_table_of_five_thousand_rows_is_read_in_time() -> None:
    row = "<tr>" + "<td>指标名称</td>" * 10 + "</tr>"
    before = time.monotonic()
    (table,) = read_document(f"<table>{row * 5000}</table>".encode(), "a.html").blocks
    assert getattr(table, "rows", None) == 5000
    assert time.monotonic() - before < 20


def test_encrypted_parts_ask_for_the_password() -> None:
    data = bytearray(docx("<w:p/>"))
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + flags] |= 1
    assert refusal(bytes(data), "a.docx").reason == "encrypted"


def test_a_file_limit_set_low_stops_any_format() -> None:
    for name in ("a.pdf", "a.docx", "a.txt", "a.png"):
        with pytest.raises(UnreadableFile) as refused:
            read_document(b"12345", name, Limits(file_bytes=4))
        assert refused.value.limit == "file_bytes"
