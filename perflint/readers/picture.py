"""Pictures of forms (JPEG, PNG, TIFF …): each frame is a page that is recognised as a scan."""

from __future__ import annotations

from io import BytesIO
from itertools import islice

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
            grids, left_out = _pages(picture, limits)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise UnreadableFile("damaged", detail=str(error)) from error
    problems = [
        Problem("E903", {"page": str(grid.number), "reason": "picture-unreadable"})
        for grid in grids
        if not grid.tables and not grid.lines
    ]
    if len(problems) < len(grids):
        problems.append(Problem("E904", {"reason": "recognised-by-ocr"}))
    problems += [Problem("E903", {"page": str(number), "reason": scan.TOO_MANY}) for number in left_out]
    return Document("picture", join_pages(grids), tuple(problems), len(grids) + len(left_out))


def _pages(picture: Image.Image, limits: Limits) -> tuple[list[PageGrid], range]:
    """Return the frames as they were recognised, and the numbers of those beyond the limit."""
    import numpy as np

    enforce(limits, "picture_dots", picture.width * picture.height)
    count = getattr(picture, "n_frames", 1)
    enforce(limits, "pages", count)
    grids = []
    for number, frame in enumerate(islice(ImageSequence.Iterator(picture), limits.scanned_pages), start=1):
        enforce(limits, "picture_dots", frame.width * frame.height)
        grids.append(scan.read_scanned_page(np.array(_at_reading_size(frame)), number, limits))
    return grids, range(len(grids) + 1, count + 1)


def sheet_size(frame: Image.Image) -> tuple[float, float]:
    """Return width and height of the sheet that a frame shows, in points: A4 where the picture does not say."""
    # A float of its own: formats state a fraction, and a damaged picture one without a value.
    stated = float(frame.info.get("dpi", (0, 0))[0])
    longer = max(frame.size)
    said = SCANNED.start <= stated < SCANNED.stop and longer / stated <= A4_INCHES * 2
    inches = longer / stated if said else A4_INCHES
    return frame.width * inches * 72 / longer, frame.height * inches * 72 / longer


def on_paper(frame: Image.Image) -> Image.Image:
    """Return a frame in colour on white paper: what is see-through in it is blank."""
    if not frame.has_transparency_data:
        return frame.convert("RGB")
    paper = Image.new("RGB", frame.size, "white")
    seen = frame.convert("RGBA")
    paper.paste(seen, mask=seen)
    return paper


def laid_on_sheet(
    data: bytes, box: tuple[float, float, float, float], size: tuple[float, float], limits: Limits
) -> Image.Image | None:
    """Return a white sheet at the resolution of reading with a picture on it; None where it cannot be opened.

    `box` is where the picture lies, `size` the width and height of the sheet, both in points. Raises
    UnreadableFile where picture or sheet are over a limit.
    """
    Image.MAX_IMAGE_PIXELS = None
    left, top, right, bottom = (round(edge / scan.POINTS_PER_DOT) for edge in box)
    width, height = (max(1, round(length / scan.POINTS_PER_DOT)) for length in size)
    enforce(limits, "picture_dots", max(width * height, (right - left) * (bottom - top)))
    sheet = Image.new("RGB", (width, height), "white")
    try:
        with Image.open(BytesIO(data)) as picture:
            enforce(limits, "picture_dots", picture.width * picture.height)
            shown = _resized(picture, (max(1, right - left), max(1, bottom - top)))
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return None
    sheet.paste(shown, (left, top))
    return sheet


def _at_reading_size(frame: Image.Image) -> Image.Image:
    """Return a frame on white paper at the resolution of reading."""
    width, height = (length / scan.POINTS_PER_DOT for length in sheet_size(frame))
    return _resized(frame, (max(1, round(width)), max(1, round(height))))


def _resized(frame: Image.Image, size: tuple[int, int]) -> Image.Image:
    """Return a frame on white paper at another size."""
    # Colour is given to the small picture: a page of A0 at 200 dpi, black on white, would take 400 MB for it.
    if frame.has_transparency_data:
        frame = on_paper(frame)
    elif frame.mode not in ("L", "RGB"):
        frame = frame.convert("L" if frame.mode == "1" else "RGB")
    return frame.resize(size, Image.Resampling.LANCZOS).convert("RGB")
