"""Scans and pictures: recognised with the extra `ocr`, reported without it."""

from __future__ import annotations

import io
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageDraw

from perflint.document import Confidence, Document, Problem, Table, UnreadableFile
from perflint.limits import Limits
from perflint.readers import read_document, scan, scan_text

FILES = Path(__file__).parent.parent / "fixtures" / "files"
needs_ocr = pytest.mark.skipif(not scan.available(), reason="needs the extra ocr")


def scanned(dots_per_inch: int, skew: float, seal: bool = False) -> Image.Image:
    """Return the upper half of a page as a scanner sees it."""
    page = pypdfium2.PdfDocument(FILES / "clean.chromium.pdf")[0]
    picture = page.render(scale=dots_per_inch / 72).to_pil().convert("RGB")
    picture = picture.crop((0, 0, picture.width, picture.height * 2 // 5))
    if seal:
        ink = Image.new("RGB", picture.size, "white")
        middle = picture.width // 2, picture.height // 2
        ImageDraw.Draw(ink).circle(middle, picture.height // 3, outline=(235, 40, 40), width=12)
        ImageDraw.Draw(ink).circle(middle, picture.height // 8, fill=(235, 40, 40))
        picture = ImageChops.multiply(picture, ink)
    return picture.rotate(skew, resample=Image.Resampling.BICUBIC, fillcolor="white")


def as_file(picture: Image.Image, kind: str, dots_per_inch: int) -> bytes:
    made = io.BytesIO()
    if kind == "PDF":
        picture.save(made, kind, resolution=dots_per_inch)
    else:
        picture.save(made, kind, dpi=(dots_per_inch, dots_per_inch), quality=92)
    return made.getvalue()


def texts(document: Document) -> list[str]:
    tables = [block for block in document.blocks if isinstance(block, Table)]
    return [cell.text for table in tables for cell in table.cells]


def half_a_form() -> list[str]:
    read = texts(read_document((FILES / "clean.html").read_bytes(), "a.html"))
    return read[: read.index("项目绩效目标")]


@needs_ocr
@pytest.mark.parametrize(
    ("kind", "skew", "seal"), [("PDF", 0.8, False), ("PNG", -2.5, False), ("JPEG", 0.0, True)]
)
def test_a_scan_reads_as_the_page_that_was_scanned(kind: str, skew: float, seal: bool) -> None:
    document = read_document(as_file(scanned(200, skew, seal), kind, 200), f"a.{kind.lower()}")
    wanted = half_a_form()
    read = texts(document)[: len(wanted)]
    assert len(read) == len(wanted)
    assert sum(got != want for got, want in zip(read, wanted, strict=True)) <= 1
    assert {c.passage.confidence for b in document.blocks if isinstance(b, Table) for c in b.cells} == {
        Confidence.INFERRED
    }


@needs_ocr
def test_a_picture_without_text_is_reported() -> None:
    document = read_document(as_file(Image.new("RGB", (800, 400), "white"), "PNG", 200), "a.png")
    assert document.blocks == ()
    assert document.problems == (Problem("E903", {"page": "1", "reason": "picture-unreadable"}),)


def test_without_the_extra_a_picture_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "available", lambda: False)
    document = read_document(as_file(Image.new("RGB", (80, 40), "white"), "PNG", 200), "a.png")
    assert document.problems == (Problem("E903", {"page": "1", "reason": "picture-needs-ocr"}),)


@needs_ocr
def test_damaged_and_huge_pictures_are_refused() -> None:
    data = as_file(Image.new("RGB", (80, 40), "white"), "PNG", 200)
    with pytest.raises(UnreadableFile):
        read_document(data[:60], "a.png")
    with pytest.raises(UnreadableFile) as refused:
        read_document(data, "a.png", Limits(picture_dots=3000))
    assert refused.value.limit == "picture_dots"


def test_what_the_recogniser_read_half_wide_becomes_chinese() -> None:
    assert scan_text.in_chinese_width("项目资金(元):") == "项目资金（元）:"
    assert scan_text.in_chinese_width("项目资金(元）") == "项目资金（元）"
    assert scan_text.in_chinese_width("目标:完成,1,2") == "目标：完成，1,2"
    assert scan_text.in_chinese_width("≤13.10(万元)") == "≤13.10(万元)"
