"""The PDF reader: pages of characters and ruling lines to a document."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from perflint.document import Document, Problem
from perflint.limits import Limits
from perflint.readers.grid import PageGrid, join_pages
from perflint.readers.pdf.pages import pdfium_pages, plumber_pages

Engine = Literal["pdfium", "pdfplumber"]


def read(data: bytes, limits: Limits, engine: Engine = "pdfium") -> Document:
    """Read a PDF: tables with cells joined over pages, and the lines outside them, in reading order.

    Boxes are in points from the upper left corner of the page as it is shown. `problems` say which pages are
    pictures or damaged (E903) and which text cannot be decoded (E905). Raises UnreadableFile where the file is encrypted,
    damaged or over a limit.
    """
    problems: list[Problem] = []
    count = 0

    def grids() -> Iterator[PageGrid]:
        nonlocal count
        for page in pdfium_pages(data, limits) if engine == "pdfium" else plumber_pages(data, limits):
            count += 1
            problems.extend(page.problems)
            yield page.grid

    blocks = join_pages(grids())
    return Document("pdf", blocks, tuple(problems), count)
