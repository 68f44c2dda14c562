"""Fonts that a PDF does not embed: read alike on every machine, drawn with the machine's fonts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pypdfium2.raw as raw
import pytest

import perflint
from fixtures.make.box_font import box_font
from perflint.readers.pdf.fonts import FONT
from tests.pdf_sketch import Cell, read, ruled, tables_of

NOT_EMBEDDED = Path(__file__).parent.parent / "fixtures" / "files" / "clean.reportlab.pdf"


@pytest.fixture
def no_fonts() -> Iterator[None]:
    """Take all fonts away from pdfium, as on a server where none is installed."""
    none = raw.FPDF_SYSFONTINFO(version=1)
    raw.FPDF_SetSystemFontInfo(none)
    yield
    raw.FPDF_SetSystemFontInfo(raw.FPDF_GetDefaultSystemFontInfo())


@pytest.mark.usefixtures("no_fonts")
def test_a_character_alone_on_its_line_is_read_without_any_font() -> None:
    cells: list[Cell] = [(0, 0, 1, 1, "上年结转资\n金"), (0, 1, 1, 1, "0.00")]
    assert tables_of(read([ruled(cells, (60, 120, 200), (100, 140))])) == [
        [(0, 0, 1, 1, "上年结转资金"), (0, 1, 1, 1, "0.00")]
    ]


def picture() -> bytes:
    document = pypdfium2.PdfDocument(NOT_EMBEDDED)
    try:
        drawn: bytes = document[0].render().to_numpy().tobytes()
        return drawn
    finally:
        document.close()


def test_pages_are_drawn_with_the_fonts_of_the_machine_after_a_file_was_read() -> None:
    before = picture()
    report = perflint.check([NOT_EMBEDDED])
    assert report["documents"][0]["status"] == "checked"
    assert picture() == before


def test_the_font_is_the_one_that_its_program_makes() -> None:
    assert FONT.read_bytes() == box_font(), "run python -m fixtures.make.box_font"
