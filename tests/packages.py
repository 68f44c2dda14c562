"""Office packages built by hand for the tests: only the parts that a reader looks at."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from perflint.document import Document, Line, Table

WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
SHEET = (
    'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def package(parts: Mapping[str, str | bytes]) -> bytes:
    """Return a ZIP of these parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def docx(body: str) -> bytes:
    """Return a Word document with this body."""
    return package({"word/document.xml": f"<w:document {WORD}><w:body>{body}</w:body></w:document>"})


def xlsx(
    sheet: str,
    *,
    strings: str = "",
    formats: Mapping[int, str] | None = None,
    entry: str = "",
    date1904: str = "0",
) -> bytes:
    """Return a workbook with one sheet; `formats` are number formats, style 1 the first of them."""
    formats = formats or {}
    own = "".join(f'<numFmt numFmtId="{key}" formatCode="{code}"/>' for key, code in formats.items())
    styles = '<xf numFmtId="0"/>' + "".join(f'<xf numFmtId="{key}"/>' for key in formats)
    return package(
        {
            "xl/workbook.xml": f'<workbook {SHEET}><workbookPr date1904="{date1904}"/><sheets>'
            f'<sheet name="表1" sheetId="1" r:id="rId1" {entry}/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": "<Relationships>"
            f'<Relationship Id="rId1" Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>'
            f'<Relationship Id="rId2" Type="{RELATIONS}/sharedStrings" Target="/xl/sharedStrings.xml"/>'
            f'<Relationship Id="rId3" Type="{RELATIONS}/styles" Target="styles.xml"/></Relationships>',
            "xl/worksheets/sheet1.xml": f"<worksheet {SHEET}>{sheet}</worksheet>",
            "xl/sharedStrings.xml": f"<sst {SHEET}>{strings}</sst>",
            "xl/styles.xml": f"<styleSheet {SHEET}><numFmts>{own}</numFmts><cellXfs>{styles}</cellXfs>"
            "</styleSheet>",
        }
    )


def seen(document: Document) -> list[str | list[tuple[int, int, int, int, str]]]:
    """Return what was read: lines as text, tables as (row, column, row span, column span, text)."""
    blocks: list[str | list[tuple[int, int, int, int, str]]] = []
    for block in document.blocks:
        if isinstance(block, Line):
            blocks.append(block.passage.text)
        elif isinstance(block, Table):
            blocks.append([(c.row, c.column, c.row_span, c.column_span, c.text) for c in block.cells])
    return blocks
