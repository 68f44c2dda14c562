"""Pictures of forms (JPEG, PNG, TIFF …): each frame is a page that is recognised as a scan."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

from PIL import Image, ImageSequence

from perflint.document import Document, Problem, UnreadableFile
from perflint.limits import Limits, enforce
from perflint.readers import scan
from perflint.readers.grid import PageGrid, join_pages

A4_INCHES = 11.69
"""The longer side of a sheet, for pictures that do not say how large they are."""
SCANNED = range(72, 1201)
"""Dots per inch that say how large a sheet is; many pictures state 0 or 1."""


def read(data: bytes, limits: Limits) -> Document:
    """Recognise a picture, frame by frame; without the extra `ocr` the document is empty but for the problem.

    Raises UnreadableFile where the picture is damaged or over a limit.
    """
    if not scan.available():
        return Document("picture", (), (Problem("E903", {"page": "1", "reason": "picture-needs-ocr"}),), 1)
    # Pillow's own guard warns first and counts frames twice; the limit is the setting's.
    Image.MAX_IMAGE_PIXELS = None
    try:
        with Image.open(BytesIO(data)) as picture:
            grids = list(_pages(picture, limits))
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise UnreadableFile("damaged", detail=str(error)) from error
    unread = [
        Problem("E903", {"page": str(grid.number), "reason": "picture-unreadable"})
        for grid in grids
        if not grid.tables and not grid.lines
    ]
    read_so = () if len(unread) == len(grids) else (Problem("E904", {"reason": "recognised-by-ocr"}),)
    return Document("picture", join_pages(grids), (*unread, *read_so), len(grids))


def _pages(picture: Image.Image, limits: Limits) -> Iterator[PageGrid]:
    import numpy as np

    enforce(limits, "picture_dots", picture.width * picture.height)
    for number, frame in enumerate(ImageSequence.Iterator(picture), start=1):
        enforce(limits, "pages", number)
        enforce(limits, "picture_dots", frame.width * frame.height)
        yield scan.read_scanned_page(np.array(_at_reading_size(frame)), number)


def _at_reading_size(frame: Image.Image) -> Image.Image:
    """Return a frame on white paper at the resolution of reading."""
    stated = frame.info.get("dpi", (0, 0))[0]
    longer = max(frame.size)
    inches = longer / stated if round(stated) in SCANNED and longer / stated <= A4_INCHES * 2 else A4_INCHES
    factor = scan.DOTS_PER_INCH * inches / longer
    paper = Image.new("RGB", frame.size, "white")
    seen = frame.convert("RGBA")
    paper.paste(seen, mask=seen)
    size = max(1, round(frame.width * factor)), max(1, round(frame.height * factor))
    return paper.resize(size, Image.Resampling.LANCZOS)
