"""Pictures of pages as evidence: small palette PNGs for embedding, of PDF pages and of pictures that were read."""

from __future__ import annotations

import hashlib
import zlib
from base64 import b64encode
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image
    from pypdfium2 import PdfDocument

PIXELS = 900
"""The shorter side of a page in pixels: 9-point text of an A4 page stays legible at the width of a screen."""
LONGEST = 3000
"""The longer side at most, whatever size a page claims to have."""
GREYS = 4
"""Shades of grey: text needs no more, and a page takes 20 to 40 KB."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as it is shown: its size in points and its picture as a data URI."""

    page: int
    width: float
    height: float
    uri: str


@dataclass(frozen=True, slots=True)
class Order:
    """Pages of a file that are to be drawn, from 1; `format` as in the report, a key of PAINTERS."""

    base: Path
    path: str
    sha256: str
    format: str
    pages: tuple[int, ...]


def original_of(base: Path, path: str, sha256: str) -> bytes | None:
    """Return the file that a report speaks of, None where it is gone or not the one that was checked."""
    try:
        data = (base / path).read_bytes()
    except (OSError, ValueError):
        return None
    return data if hashlib.sha256(data).hexdigest() == sha256 else None


def draw(order: Order) -> list[Picture | None] | None:
    """Return the picture of each page ordered, None for one that cannot be drawn.

    Instead of the list it is None where the file is gone or not the one that was checked.
    """
    data = original_of(order.base, order.path, order.sha256)
    return None if data is None else list(PAINTERS[order.format](data, order.pages))


def _pdf_pages(data: bytes, pages: tuple[int, ...]) -> Iterator[Picture | None]:
    """Give pages of a PDF. A file is opened once for all: pdfium keeps its fonts."""
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        document = PdfDocument(data)
    except PdfiumError:
        yield from (None for _ in pages)
        return
    with document:
        for number in pages:
            try:
                yield _pdf_page(document, number)
            except (PdfiumError, IndexError, ValueError):
                yield None


def _pdf_page(document: PdfDocument, number: int) -> Picture:
    page = document[number - 1]
    try:
        width, height = page.get_size()
        scale = min(PIXELS / min(width, height), LONGEST / max(width, height))
        # Edges stay soft: browsers print some fonts as outlines, whose thin strokes would be lost.
        bitmap = page.render(scale=scale, grayscale=True, may_draw_forms=False)
        return Picture(number, width, height, _palette_png(bitmap.to_pil()))
    finally:
        page.close()


def _frames(data: bytes, pages: tuple[int, ...]) -> Iterator[Picture | None]:
    """Give frames of a picture that was read as a scan."""
    from PIL import Image

    try:
        picture = Image.open(BytesIO(data))
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        yield from (None for _ in pages)
        return
    with picture:
        for number in pages:
            try:
                yield _frame(picture, number)
            except (OSError, EOFError, SyntaxError, ValueError):
                yield None


def _frame(picture: Image, number: int) -> Picture:
    """Return a frame on the sheet that its reader took it for."""
    from perflint.readers.picture import on_paper, sheet_size

    picture.seek(number - 1)
    width, height = sheet_size(picture)
    sheet = on_paper(picture).convert("L")
    scale = min(PIXELS / min(sheet.size), LONGEST / max(sheet.size))
    sheet.thumbnail((round(sheet.width * scale), round(sheet.height * scale)))
    return Picture(number, width, height, _palette_png(sheet))


PAINTERS: dict[str, Callable[[bytes, tuple[int, ...]], Iterator[Picture | None]]] = {
    "pdf": _pdf_pages,
    "picture": _frames,
}
"""How the pages of a format are drawn; the others have no pages, or none that can be drawn."""


def _palette_png(grey: Image) -> str:
    """Return a greyscale image as the data URI of a PNG with a palette of a few greys."""
    top = GREYS - 1
    shades = grey.point([round(value * top / 255) for value in range(256)])
    shades.putpalette([value * 255 // top for value in range(GREYS) for _ in range(3)])
    buffer = BytesIO()
    # Runs of one shade are most of a page: half the time of the usual matching, and no larger.
    shades.save(buffer, "PNG", bits=2, compress_type=zlib.Z_RLE)
    return "data:image/png;base64," + b64encode(buffer.getvalue()).decode("ascii")
