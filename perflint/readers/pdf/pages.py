"""The pages of a PDF, one after the other: characters and lines put into cells, what cannot be read reported."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from functools import partial
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as raw

from perflint.document import Problem, UnreadableFile
from perflint.limits import Limits, enforce
from perflint.readers import scan
from perflint.readers.grid import Character, PageGrid, find_tables
from perflint.readers.pdf import crosscheck, pdfium, quality
from perflint.readers.pdf.annotations import values_on
from perflint.readers.pdf.characters import loaded_text, text_of
from perflint.readers.pdf.fonts import font_of_boxes
from perflint.readers.pdf.geometry import Geometry
from perflint.readers.pdf.paths import drawn_on
from perflint.sharing import in_order

CROSS_CHECKS = 5
"""Pages of a file for which the second engine, twenty times slower, is asked."""
POINTS_PER_INCH = 72


class Page(NamedTuple):
    """A page as it was read, and what could not be read on it."""

    grid: PageGrid
    problems: list[Problem]
    picture: bool = False
    """It is a picture of text that can be recognised."""
    damage: str = ""
    """Why nothing could be read."""


def pdfium_pages(data: bytes, limits: Limits) -> Iterator[Page]:
    """Read every page with pdfium; one that is damaged comes empty, with the problem.

    The pages of a long file are shared out among the processes that it may have. Raises UnreadableFile where the
    file is encrypted or over a limit, or all of it damaged.
    """
    with font_of_boxes(), closing(opened(data)) as document:
        if document.get_formtype() != raw.FORMTYPE_NONE:
            with warnings.catch_warnings():
                # Of XFA forms, which pdfium is built without: their fields are read as far as they are plain ones.
                warnings.simplefilter("ignore")
                document.init_forms()
        enforce(limits, "pages", len(document))
        checks = CROSS_CHECKS
        scans = limits.scanned_pages
        damaged = 0
        for page in in_order(partial(_page_at, document, limits, _read_page), len(document)):
            if page.picture and scans > 0:
                scans -= 1
                page = _page_at(document, limits, _recognised, page.grid.number - 1)
            elif checks and crosscheck.is_unsure(page.grid):
                checks -= 1
                page = page._replace(grid=crosscheck.checked(page.grid, data))
            damaged += bool(page.damage)
            if damaged == len(document):
                raise UnreadableFile("damaged", detail=f"page {page.grid.number}: {page.damage}")
            yield page


def opened(data: bytes) -> pypdfium2.PdfDocument:
    """Open a PDF with pdfium. Raises UnreadableFile where it is encrypted or damaged."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code == raw.FPDF_ERR_PASSWORD:
            raise UnreadableFile("encrypted") from error
        raise UnreadableFile("damaged", detail=str(error)) from error
    if len(document) == 0:
        raise UnreadableFile("damaged", detail="no pages")
    return document


def _page_at(
    document: pypdfium2.PdfDocument,
    limits: Limits,
    read: Callable[[pypdfium2.PdfPage, int, Limits], Page],
    index: int,
) -> Page:
    """Return what `read` makes of a page; of one that is damaged, the problem."""
    try:
        with closing(document[index]) as page:
            return read(page, index + 1, limits)
    except pypdfium2.PdfiumError as error:
        values = {"page": str(index + 1), "reason": "damaged-page", "detail": str(error)}
        return Page(PageGrid(0, 0, (), (), index + 1), [Problem("E903", values)], damage=str(error))


def _read_page(page: pypdfium2.PdfPage, number: int, limits: Limits) -> Page:
    handle = pdfium.handle_of(page.raw)
    form = pdfium.handle_of(page.formenv.raw) if page.formenv else 0
    with loaded_text(handle) as loaded:
        text = text_of(handle, loaded, _geometry(page), limits)
        drawn = drawn_on(handle, text.geometry, limits)
        characters = text.characters + values_on(handle, form, text.geometry)
        grid = find_tables(characters, drawn.rulings, *text.geometry.size)
    grid = replace(grid, number=number, quarters=text.geometry.quarters)
    reason = quality.unread(characters, drawn)
    picture = reason == scan.PICTURE_OF_TEXT and scan.available()
    # What is said of a picture where too many others come before it to be recognised.
    reason = scan.TOO_MANY if picture else reason
    return Page(grid, list(_problems(grid, characters, reason, text.undecodable)), picture)


def _geometry(page: pypdfium2.PdfPage) -> Geometry:
    left, bottom, right, top = page.get_bbox()
    return Geometry(left, bottom, right, top, page.get_rotation() // 90)


def _recognised(page: pypdfium2.PdfPage, number: int, limits: Limits) -> Page:
    """Read a page that is a picture."""
    scale = scan.DOTS_PER_INCH / POINTS_PER_INCH
    enforce(limits, "picture_dots", int(page.get_width() * page.get_height() * scale**2))
    grid = scan.read_scanned_page(page.render(scale=scale, rev_byteorder=True).to_numpy(), number, limits)
    values = {"page": str(number)}
    if grid.tables or grid.lines:
        return Page(grid, [Problem("E904", {**values, "reason": "recognised-by-ocr"}, grid.place)])
    return Page(grid, [Problem("E903", {**values, "reason": "picture-unreadable"}, grid.place)])


def plumber_pages(data: bytes, limits: Limits) -> Iterator[Page]:
    """Read every page with pdfplumber. Raises UnreadableFile like `pdfium_pages`."""
    # Imported here: it takes longer to load than a form to read.
    from perflint.readers.pdf import plumber

    for grid, characters, drawn in plumber.read_pages(data, limits):
        reason = quality.unread(characters, drawn)
        yield Page(grid, list(_problems(grid, characters, reason, undecodable=False)))


def _problems(
    grid: PageGrid, characters: list[Character], reason: str | None, undecodable: bool
) -> Iterator[Problem]:
    values = {"page": str(grid.number)}
    if reason:
        yield Problem("E903", {**values, "reason": reason}, grid.place)
    excerpt = quality.garbled(characters, undecodable)
    if excerpt:
        yield Problem("E905", {**values, "reason": "font-without-encoding"}, grid.place, excerpt)
