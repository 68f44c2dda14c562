"""Pictures of PDF pages as evidence: small palette PNGs for embedding."""

from __future__ import annotations

import hashlib
import zlib
from base64 import b64encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL.Image import Image

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


def original_of(base: Path, path: str, sha256: str) -> bytes | None:
    """Return the file that a report speaks of, None where it is gone or not the one that was checked."""
    try:
        data = (base / path).read_bytes()
    except (OSError, ValueError):
        return None
    return data if hashlib.sha256(data).hexdigest() == sha256 else None


def pictures_of(data: bytes, pages: Iterable[int]) -> Iterator[tuple[int, Picture | None]]:
    """Give the pictures of these pages (from 1) of a PDF one by one; None where one cannot be made."""
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        document = PdfDocument(data)
    except PdfiumError:
        yield from ((page, None) for page in pages)
        return
    with document:
        for number in pages:
            try:
                yield number, _picture(document, number)
            except (PdfiumError, IndexError, ValueError):
                yield number, None


def _picture(document: Any, number: int) -> Picture:
    """Return one page of a PdfDocument in a few greys."""
    page = document[number - 1]
    try:
        width, height = page.get_size()
        scale = min(PIXELS / min(width, height), LONGEST / max(width, height))
        bitmap = page.render(scale=scale, grayscale=True, may_draw_forms=False)
        data = _palette_png(bitmap.to_pil())
    finally:
        page.close()
    return Picture(number, width, height, "data:image/png;base64," + b64encode(data).decode("ascii"))


def _palette_png(grey: Image) -> bytes:
    """Return a greyscale image as PNG with a palette of a few greys."""
    top = GREYS - 1
    shades = grey.point([round(value * top / 255) for value in range(256)])
    shades.putpalette([value * 255 // top for value in range(GREYS) for _ in range(3)])
    buffer = BytesIO()
    # Runs of one shade are most of a page: half the time of the usual matching, and no larger.
    shades.save(buffer, "PNG", bits=2, compress_type=zlib.Z_RLE)
    return buffer.getvalue()
