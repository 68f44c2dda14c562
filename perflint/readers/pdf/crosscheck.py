"""A second opinion: cells of which the first engine is not sure, looked at with the second one."""

from __future__ import annotations

from dataclasses import replace

from perflint.document import UnreadableFile
from perflint.readers.clean import fold
from perflint.readers.grid import GridCell, GridTable, PageGrid
from perflint.readers.grid.model import Box

NEAR = 4.0
"""Points by which the two engines may differ about a side."""


def is_unsure(page: PageGrid) -> bool:
    """Say whether a page has a cell of which the cell finder is not sure."""
    return any(not cell.sure for table in page.tables for cell in table.cells)


def checked(page: PageGrid, data: bytes) -> PageGrid:
    """Return a page with those cells made sure that pdfplumber finds too, with the same text."""
    # Imported here: the second engine takes longer to load than a form to read, and few files need it.
    from perflint.readers.pdf import plumber

    try:
        other = plumber.read_page(data, page.number)
    except UnreadableFile:
        return page  # A damaged file that pdfium can read and pdfminer cannot: the cells stay unsure.
    known = [cell for table in other.tables for cell in table.cells]
    return replace(page, tables=tuple(_checked(table, known) for table in page.tables))


def _checked(table: GridTable, known: list[GridCell]) -> GridTable:
    return replace(
        table, cells=tuple(replace(cell, sure=cell.sure or _known(cell, known)) for cell in table.cells)
    )


def _known(cell: GridCell, known: list[GridCell]) -> bool:
    return any(_near(cell.box, other.box) and fold(cell.text) == fold(other.text) for other in known)


def _near(box: Box, other: Box) -> bool:
    return all(abs(one - two) <= NEAR for one, two in zip(box, other, strict=True))
