"""Small PDF files written by hand: text in a Chinese font that is not embedded, lines in every way to draw them.

Places are in points from the upper left corner of the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from perflint.document import Document, Line, Table
from perflint.limits import Limits
from perflint.readers import pdf

WIDTH, HEIGHT = 595, 842

Cell = tuple[int, int, int, int, str]
"""Row, column, row span, column span, text (lines parted by a line end)."""


def text(x: float, y: float, letters: str, size: float = 10, matrix: str = "1 0 0 1", grey: float = 0) -> str:
    """Write a line of text with its base line at y; `matrix` turns it."""
    codes = letters.encode("utf-16-be").hex()
    return f"{grey} g BT /F {size} Tf {matrix} {x} {HEIGHT - y} Tm <{codes}> Tj ET 0 g"


def stroke(x0: float, y0: float, x1: float, y1: float, colour: str = "0 G", width: float = 0.5) -> str:
    """Draw a line."""
    return f"{colour} {width} w {x0} {HEIGHT - y0} m {x1} {HEIGHT - y1} l S"


def box(x0: float, y0: float, x1: float, y1: float, paint: str = "f") -> str:
    """Draw a rectangle: `paint` is f (filled), S (stroked) or B (both)."""
    return f"{x0} {HEIGHT - y1} {x1 - x0} {y1 - y0} re {paint}"


def borders(cells: Iterable[Cell], xs: Sequence[float], ys: Sequence[float]) -> list[tuple[float, ...]]:
    """Return the four sides of every cell as lines."""
    found = []
    for row, column, row_span, column_span, _ in cells:
        x0, y0, x1, y1 = xs[column], ys[row], xs[column + column_span], ys[row + row_span]
        found += [(x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)]
    return sorted(set(found))


def letters(cells: Iterable[Cell], xs: Sequence[float], ys: Sequence[float], size: float = 10) -> list[str]:
    """Write the cells' texts, each in the middle of its cell."""
    found = []
    for row, column, row_span, column_span, content in cells:
        lines = content.split("\n") if content else []
        x0, x1 = xs[column], xs[column + column_span]
        middle = (ys[row] + ys[row + row_span]) / 2
        for number, line in enumerate(lines):
            y = middle + (number - len(lines) / 2) * 1.3 * size + size
            ems = sum(1 if ord(letter) > 255 else 0.5 for letter in line)
            found.append(text((x0 + x1 - ems * size) / 2, y, line, size))
    return found


def ruled(cells: Sequence[Cell], xs: Sequence[float], ys: Sequence[float], size: float = 10) -> list[str]:
    """Draw a table with stroked borders."""
    return [stroke(*side) for side in borders(cells, xs, ys)] + letters(cells, xs, ys, size)


def written(pages: Sequence[Iterable[str]], page_entries: str = "", extra: Sequence[str] = ()) -> bytes:
    """Return a PDF file; `page_entries` go into every page's dictionary, `extra` are objects from number 10 on."""
    objects = {
        1: "<< /Type /Catalog /Pages 2 0 R >>",
        3: "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H "
        "/DescendantFonts [4 0 R] >>",
        4: "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /W [1 95 500] "
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /FontDescriptor 5 0 R >>",
        5: "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /Ascent 880 /Descent -120 "
        "/FontBBox [-25 -254 1000 880] /CapHeight 880 /StemV 93 /ItalicAngle 0 >>",
    }
    objects |= dict(enumerate(extra, 10))
    first = 10 + len(extra)
    kids = []
    for number, parts in enumerate(pages):
        content = "\n".join(parts)
        page, stream = first + 2 * number, first + 2 * number + 1
        kids.append(f"{page} 0 R")
        objects[page] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Contents {stream} 0 R "
            f"/Resources << /Font << /F 3 0 R >> >> {page_entries} >>"
        )
        objects[stream] = f"<< /Length {len(content)} >>\nstream\n{content}\nendstream"
    objects[2] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(kids)}] >>"
    return _file(objects)


def _file(objects: dict[int, str]) -> bytes:
    data = b"%PDF-1.7\n"
    places = {}
    for number, content in sorted(objects.items()):
        places[number] = len(data)
        data += f"{number} 0 obj\n{content}\nendobj\n".encode("latin-1")
    start = len(data)
    last = max(objects)
    data += f"xref\n0 {last + 1}\n0000000000 65535 f \n".encode()
    for number in range(1, last + 1):
        data += (b"%010d 00000 n \n" % places[number]) if number in places else b"0000000000 00000 f \n"
    return data + f"trailer << /Size {last + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()


def read(pages: Sequence[Iterable[str]], page_entries: str = "", extra: Sequence[str] = ()) -> Document:
    """Write and read pages."""
    return pdf.read(written(pages, page_entries, extra), Limits())


def tables_of(document: Document) -> list[list[Cell]]:
    """Return the cells of every table, texts cleaned."""
    return [
        [(cell.row, cell.column, cell.row_span, cell.column_span, cell.text) for cell in block.cells]
        for block in document.blocks
        if isinstance(block, Table)
    ]


def lines_of(document: Document) -> list[str]:
    """Return the lines outside tables."""
    return [block.passage.text for block in document.blocks if isinstance(block, Line)]


def joined(cells: Iterable[Cell]) -> list[Cell]:
    """Return cells as they are read: line ends gone."""
    return sorted((*cell[:4], cell[4].replace("\n", "")) for cell in cells)
