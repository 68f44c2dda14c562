"""Scans within their limits: how many pages of a file are recognised, and the time that each is given."""

from __future__ import annotations

import io
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from perflint.document import Document, Line, Problem
from perflint.limits import Limits, time_granter
from perflint.readers import read_document, scan
from tests.test_readers_ofd import OFD, content, ofd

FILES = Path(__file__).parent.parent / "fixtures" / "files"
pytestmark = pytest.mark.skipif(not scan.available(), reason="needs the extra ocr")


def title() -> Image.Image:
    """Return the head of a page at 200 dpi, on paper of its own."""
    page = (
        pypdfium2.PdfDocument(FILES / "clean.chromium.pdf")[0].render(scale=200 / 72).to_pil().convert("RGB")
    )
    sheet = Image.new("RGB", (page.width, 400), "white")
    sheet.paste(page.crop((0, 0, page.width, 260)), (0, 100))
    return sheet


def three_pages(kind: str) -> bytes:
    made = io.BytesIO()
    title().save(made, kind, save_all=True, append_images=[title(), title()], resolution=200, dpi=(200, 200))
    return made.getvalue()


def ofd_of_pictures() -> bytes:
    made = io.BytesIO()
    title().save(made, "PNG")
    media = '<ofd:MultiMedia ID="5" Type="Image"><ofd:MediaFile>a.png</ofd:MediaFile></ofd:MultiMedia>'
    resources = f'<ofd:Res {OFD} BaseLoc="Res"><ofd:MultiMedias>{media}</ofd:MultiMedias></ofd:Res>'
    width, height = title().width / 200 * 25.4, 400 / 200 * 25.4
    paper = f"<ofd:Area><ofd:PhysicalBox>0 0 {width} {height}</ofd:PhysicalBox></ofd:Area>"
    image = (
        f'<ofd:ImageObject ResourceID="5" CTM="{width} 0 0 {height} 0 0" Boundary="0 0 {width} {height}"/>'
    )
    pages = [paper + content(image)] * 3
    reference = "<ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes>"
    return ofd(
        *pages, common=reference, **{"Doc_0/DocumentRes.xml": resources, "Doc_0/Res/a.png": made.getvalue()}
    )


FILES_OF_SCANS = {"a.pdf": three_pages("PDF"), "a.tiff": three_pages("TIFF"), "a.ofd": ofd_of_pictures()}


def lines(document: Document) -> list[str]:
    return [block.passage.text for block in document.blocks if isinstance(block, Line)]


@pytest.mark.parametrize("name", FILES_OF_SCANS)
def test_pages_beyond_the_limit_are_reported_and_the_others_read(name: str) -> None:
    document = read_document(FILES_OF_SCANS[name], name, Limits(scanned_pages=2))
    assert document.pages == 3
    assert lines(document).count("财政项目支出绩效目标申报表") == 2
    left_out = [problem for problem in document.problems if problem.code == "E903"]
    assert [problem.values for problem in left_out] == [{"page": "3", "reason": "too-many-scans"}]


@pytest.mark.parametrize("name", FILES_OF_SCANS)
def test_each_page_asks_for_its_time(name: str) -> None:
    asked: list[float] = []
    token = time_granter.set(asked.append)
    try:
        read_document(FILES_OF_SCANS[name], name, Limits(seconds_a_scanned_page=7))
    finally:
        time_granter.reset(token)
    assert asked == [7, 7, 7]


def test_a_page_that_cannot_be_read_surely_is_reported_and_not_read() -> None:
    made = io.BytesIO()
    small = title().resize((title().width // 9, 400 // 9))
    small.resize(title().size).save(made, "PNG", dpi=(200, 200))
    document = read_document(made.getvalue(), "a.png")
    assert document.blocks == ()
    assert document.problems == (Problem("E903", {"page": "1", "reason": "picture-unreadable"}),)
