"""The PDF reader: pages of characters and ruling lines to a document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

import pypdfium2
import pypdfium2.raw as raw

from perflint.document import Document, UnreadableFile
from perflint.limits import Limits, enforce
from perflint.readers.grid import PageGrid, find_tables, join_pages
from perflint.readers.pdf import pdfium
from perflint.readers.pdf.characters import characters_of
from perflint.readers.pdf.geometry import Geometry
from perflint.readers.pdf.paths import drawn_on

Engine = Literal["pdfium", "pdfplumber"]


def read(data: bytes, limits: Limits, engine: Engine = "pdfium") -> Document:
    """Read a PDF: tables with cells joined over pages, and the lines outside them."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise UnreadableFile("damaged", detail=str(error)) from error
    enforce(limits, "pages", len(document))
    blocks, problems = join_pages(_grids(document, limits))
    return Document("pdf", blocks, problems, len(document))


def _grids(document: pypdfium2.PdfDocument, limits: Limits) -> Iterator[PageGrid]:
    for index in range(len(document)):
        page = document[index]
        handle = pdfium.handle_of(page.raw)
        left, bottom, right, top = page.get_bbox()
        geometry = Geometry(left, bottom, right, top, page.get_rotation() // 90)
        characters, geometry = characters_of(handle, geometry)
        drawn = drawn_on(handle, geometry, limits)
        grid = find_tables(characters, drawn.rulings, *geometry.size)
        yield replace(grid, number=index + 1, quarters=geometry.quarters)
        page.close()
