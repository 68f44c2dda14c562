"""What kind of file it is, and what is refused before any reader sees it."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from perflint.document import UnreadableFile
from perflint.limits import Limits
from perflint.readers import read_document
from perflint.readers.kinds import detect_kind
from perflint.report.problems import explain
from perflint.words import words

FILES = Path(__file__).parent.parent / "fixtures" / "files"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def package(*names: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return made.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (b"%PDF-1.7\n", "a.pdf", "pdf"),
        (b"\n\n rubbish %PDF-1.4\n", "a.txt", "pdf"),
        (package("[Content_Types].xml", "word/document.xml"), "a.zip", "docx"),
        (package("[Content_Types].xml", "xl/workbook.xml"), "a.doc", "xlsx"),
        (package("[Content_Types].xml", "xl/workbook.bin"), "a.xlsb", "legacy"),
        (package("mimetype", "content.xml"), "a.odt", "legacy"),
        (package("OFD.xml", "Doc_0/Document.xml"), "a.ofd", "ofd"),
        (OLE + "Workbook".encode("utf-16-le"), "a.et", "xls"),
        (OLE + "WordDocument".encode("utf-16-le"), "a.wps", "legacy"),
        (b"{\\rtf1 x}", "a.doc", "legacy"),
        (b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
         b'<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">', "a.xls", "legacy"),
        (b"<html><table><tr><td>1", "a.xls", "html"),
        ("<!DOCTYPE html><html>绩效".encode("utf-16"), "a.htm", "html"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x", "a.doc", "html"),
        ("项目名称\t某项目".encode(), "a.txt", "text"),
        ("PK方案：一级指标".encode(), "a.txt", "text"),
        ("BM指标".encode("gb18030"), "a", "text"),
        ("成本：<div>10万元</div>".encode(), "a.txt", "text"),
        (b"\xef\xbb\xbf\n<table><tr><td>", "a", "html"),
        (b"\x89PNG\r\n\x1a\n....", "a.png", "picture"),
    ],
)  # fmt: skip
def test_the_content_decides(data: bytes, name: str, kind: str) -> None:
    assert detect_kind(data, name, Limits()) == kind


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        (b"", "a.pdf", "empty-file"),
        (b" \r\n\0\0 ", "a.txt", "empty-file"),
        (package("readme.txt"), "a.zip", "unknown-package"),
        (b"PK\x03\x04 not a zip at all", "a.docx", "damaged"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "a.xlsx", "encrypted"),
        (OLE + "PowerPoint Document".encode("utf-16-le"), "a.ppt", "unknown-type"),
        (b"\xff\xd8\xff\xe0 jpeg", "申报表.pdf", "renamed-picture"),
        ("一级指标".encode(), "a.pdf", "damaged"),
        (b"\0\1\2\3\4\5", "a.exe", "unknown-type"),
        (b"\0\1\2\3\4\5", "a.docx", "damaged"),
    ],
)
def test_what_no_reader_takes_is_refused_with_a_reason(data: bytes, name: str, reason: str) -> None:
    with pytest.raises(UnreadableFile) as refused:
        read_document(data, name)
    assert refused.value.reason == reason


def test_a_file_over_the_size_limit_is_refused() -> None:
    with pytest.raises(UnreadableFile) as refused:
        read_document(b"x" * 11, "a.txt", Limits(file_bytes=10))
    assert (
        explain(refused.value.reason, refused.value.values, "zh").reason == "超过上限 file_bytes：11 大于 10"
    )
    assert refused.value.limit == "file_bytes"


def test_every_problem_is_told_in_both_languages() -> None:
    class Blanks(dict[str, str]):
        def __missing__(self, key: str) -> str:
            return "…"

    for key, entry in words("problems").items():
        for language in ("zh", "en"):
            told = explain(key, Blanks(), language)
            assert told.reason, key
            assert told.remedy, key
        assert set(entry) == {"zh", "en"}, key


@pytest.mark.parametrize("name", ["clean.docx", "clean.xlsx", "clean.html", "clean.ofd"])
def test_a_file_is_read_whatever_it_is_called(name: str) -> None:
    data = (FILES / name).read_bytes()
    assert read_document(data, "x").blocks == read_document(data, name).blocks
