"""The second engine: pdfplumber's characters and cells, for comparing and where pdfium fails."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect

from perflint.document import UnreadableFile
from perflint.limits import Limits, enforce
from perflint.readers.grid import Character, PageGrid
from perflint.readers.grid.cells import Lattice
from perflint.readers.grid.find import fill_tables
from perflint.readers.grid.model import GridCell
from perflint.readers.grid.rulings import distinct, nearest
from perflint.readers.pdf.paths import Drawn

# Without a handler Python prints the warnings of pdfminer, one for each odd font of a page.
logging.getLogger("pdfminer").addHandler(logging.NullHandler())


@contextmanager
def opened(data: bytes) -> Iterator[Any]:
    """Open a PDF with pdfplumber. Raises UnreadableFile where it is encrypted or damaged."""
    with _refusing(), pdfplumber.open(io.BytesIO(data), unicode_norm=None) as document:
        yield document


@contextmanager
def _refusing() -> Iterator[None]:
    """Turn whatever pdfminer raises into UnreadableFile."""
    try:
        yield
    except UnreadableFile:
        raise
    except (
        Exception
    ) as error:  # On damaged files pdfminer raises whatever its code runs into, TypeError and all.
        if any(isinstance(cause, PDFPasswordIncorrect) for cause in error.args):
            raise UnreadableFile("encrypted") from error
        raise UnreadableFile("damaged", detail=f"{type(error).__name__}: {error}"[:200]) from error


def read_pages(data: bytes, limits: Limits) -> Iterator[tuple[PageGrid, list[Character], Drawn]]:
    """Read every page of a PDF; return its grid, its characters and what else is drawn on it.

    Raises UnreadableFile where the file is encrypted, damaged or over a limit.
    """
    with opened(data) as document:
        enforce(limits, "pages", len(document.pages))
        for page in document.pages:
            characters = _characters(page)
            enforce(limits, "page_characters", len(characters))
            enforce(limits, "page_objects", len(page.rects) + len(page.lines) + len(page.curves))
            yield _grid(page, characters), characters, _drawn(page)
            page.close()


def read_page(data: bytes, number: int) -> PageGrid:
    """Read one page (counted from 1). Raises UnreadableFile where it is damaged."""
    with opened(data) as document:
        page = document.pages[number - 1]
        return _grid(page, _characters(page))


def _characters(page: Any) -> list[Character]:
    """Return the upright characters of a page, those struck twice once."""
    return [
        Character(char["text"], char["x0"], char["top"], char["x1"], char["bottom"])
        for char in page.dedupe_chars().chars
        if char["upright"] and not char["text"].isspace()
    ]


def _drawn(page: Any) -> Drawn:
    """Return the share of its largest picture and the number of curve points; the lines are in the grid."""
    pictures = (image["width"] * image["height"] for image in page.images)
    share = max(pictures, default=0.0) / (page.width * page.height)
    return Drawn([], float(share), sum(len(curve["pts"]) for curve in page.curves))


def _grid(page: Any, characters: list[Character]) -> PageGrid:
    lattices = [_lattice(table.cells) for table in page.find_tables() if len(table.cells) > 1]
    grid = fill_tables(characters, lattices, float(page.width), float(page.height))
    return PageGrid(grid.width, grid.height, grid.tables, grid.lines, page.page_number)


def _lattice(cells: list[tuple[float, float, float, float]]) -> Lattice:
    """Return the cells of a table (x0, top, x1, bottom) on unit rows and columns."""
    xs = distinct([x for cell in cells for x in (cell[0], cell[2])])
    ys = distinct([y for cell in cells for y in (cell[1], cell[3])])
    rows, columns = len(ys) - 1, len(xs) - 1
    owner = [[-1] * columns for _ in range(rows)]
    frames: list[GridCell] = []
    for x0, top, x1, bottom in sorted(cells, key=lambda cell: (cell[1], cell[0])):
        column, end = nearest(xs, x0), nearest(xs, x1)
        row, last = nearest(ys, top), nearest(ys, bottom)
        if end <= column or last <= row or any(owner[each][column] >= 0 for each in range(row, last)):
            continue
        for each in range(row, last):
            owner[each][column:end] = [len(frames)] * (end - column)
        box = (xs[column], ys[row], xs[end], ys[last])
        frames.append(GridCell(row, column, last - row, end - column, box, False, False, True))
    return Lattice(xs, ys, frames, owner, [[True] * rows] * 2)
