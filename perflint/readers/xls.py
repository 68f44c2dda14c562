"""Workbooks of Excel 97-2003 and of WPS (.et): the same cells as xlsx, from the older binary format."""

from __future__ import annotations

from io import StringIO

import xlrd
from xlrd.biffh import XLRDError, error_text_from_code

from perflint.document import Document, Problem, Table, UnreadableFile
from perflint.limits import Limits
from perflint.readers.number_format import show_number, show_text
from perflint.readers.sheets import Area, Sheet, read_sheet


def read(data: bytes, limits: Limits) -> Document:
    """Read every sheet with text, hidden ones too: a table each, or several where tables stand side by side.

    Raises UnreadableFile where the file is damaged, encrypted or over a limit.
    """
    try:
        book = xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=StringIO())
        sheets = [_sheet(book, sheet) for sheet in book.sheets()]
    except XLRDError as error:
        if "encrypted" in str(error):
            raise UnreadableFile("encrypted") from error
        raise UnreadableFile("damaged", detail=str(error)) from error
    except (
        Exception
    ) as error:  # xlrd trusts its files: on a damaged one it raises whatever comes (struct, index, key, …).
        raise UnreadableFile("damaged", detail=f"{type(error).__name__}: {error}") from error
    tables: list[Table] = []
    problems: list[Problem] = []
    for sheet in sheets:
        read, found = read_sheet(sheet, limits)
        tables += read
        problems += found
    return Document("xls", tuple(tables), tuple(problems))


def _sheet(book: xlrd.Book, sheet: xlrd.sheet.Sheet) -> Sheet:
    texts = {
        (row, column): _shown(book, sheet.cell(row, column))
        for row in range(sheet.nrows)
        for column in range(sheet.row_len(row))
        if sheet.cell_type(row, column) != xlrd.XL_CELL_EMPTY
    }
    return Sheet(
        sheet.name,
        sheet.visibility != 0,
        texts,
        tuple(Area(top, left, bottom - 1, right - 1) for top, bottom, left, right in sheet.merged_cells),
        frozenset(row for row, info in sheet.rowinfo_map.items() if info.hidden),
        frozenset(column for column, info in sheet.colinfo_map.items() if info.hidden),
    )


def _shown(book: xlrd.Book, cell: xlrd.sheet.Cell) -> str:
    style = book.xf_list[cell.xf_index] if cell.xf_index is not None else None
    code = "General" if style is None else book.format_map[style.format_key].format_str
    if cell.ctype == xlrd.XL_CELL_TEXT:
        return show_text(str(cell.value), code)
    if cell.ctype in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
        return show_number(str(cell.value), code, from_1904=book.datemode == 1)
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return "TRUE" if cell.value else "FALSE"
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(error_text_from_code[int(cell.value)])
    return ""
