"""One font for all that a PDF does not embed: a box for every character, the same on every machine.

pdfium takes a font of the machine in place of one that is not embedded, and goes by the outlines of its characters:
it leaves out a character that stands alone where that font does not have it (on a machine without a Chinese font, the
金 of 上年结转资金 on its second line), and to load the outlines takes half of the time that a page takes.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pypdfium2.raw as raw

FONT = Path(__file__).with_name("boxes.ttf")
"""Made by `python -m fixtures.make.box_font`."""
_HANDLE = 1
"""pdfium's number for the font; 0 would say that there is none."""


@contextmanager
def font_of_boxes() -> Iterator[None]:
    """Let pdfium use the font of boxes in the documents opened inside, and the machine's fonts afterwards."""
    raw.FPDF_SetSystemFontInfo(_interface())
    try:
        yield
    finally:
        raw.FPDF_SetSystemFontInfo(raw.FPDF_GetDefaultSystemFontInfo())


@cache
def _interface() -> Any:
    """Return pdfium's interface to the fonts of a system that has one font; it must live as long as it is set.

    Source: `fpdf_sysfontinfo.h`. What is not given is not asked: pdfium looks for no other font.
    """
    data = FONT.read_bytes()
    types = dict(raw.FPDF_SYSFONTINFO._fields_)

    def map_font(*_asked: Any) -> int:
        return _HANDLE

    def font_data(_info: Any, _font: Any, table: int, buffer: Any, size: int) -> int:
        """Write the file into the buffer where it is large enough; no single table (0 is the file) is given."""
        if table:
            return 0
        if buffer and size >= len(data):
            ctypes.memmove(buffer, data, len(data))
        return len(data)

    return raw.FPDF_SYSFONTINFO(
        version=1, MapFont=types["MapFont"](map_font), GetFontData=types["GetFontData"](font_data)
    )
