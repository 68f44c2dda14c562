"""OFD, the national format for fixed pages (GB/T 33190-2016), through the same cell finder as PDF."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from perflint.document import Document, PagePlace, Problem
from perflint.limits import Limits, enforce
from perflint.readers import scan
from perflint.readers.container import Package, local_name, open_package
from perflint.readers.grid import Character, PageGrid, Ruling, find_tables, join_pages
from perflint.readers.ofd_objects import (
    CURVES,
    PAGE,
    POINTS_PER_MILLIMETRE,
    UNKNOWN,
    Box,
    Matrix,
    characters_of,
    numbers,
    path_words,
    placement,
    rulings_of,
)
from perflint.readers.ofd_parts import PageParts, Resources, documents_in, pages_of, resources_of

CONTAINERS = frozenset({"Content", "Layer", "PageBlock"})
SLANT = 0.2
"""Radians by which a line of text may lean: a watermark leans more."""
FEW = 12
"""As many characters as a cover has at most; where fewer stand on a page, it may be a picture."""


@dataclass(slots=True)
class _Drawn:
    """What stands on a page, in points; `turns` counts characters by the quarter turns of their lines."""

    characters: list[Character] = field(default_factory=list)
    rulings: list[Ruling] = field(default_factory=list)
    pictures: list[tuple[str, Box]] = field(default_factory=list)
    turns: Counter[int] = field(default_factory=Counter)
    objects: int = 0
    curves: int = 0


def read(data: bytes, limits: Limits) -> Document:
    """Read all pages of all documents in a file; seals, watermarks and attachments are left out.

    Raises UnreadableFile where the package or its XML is damaged, encrypted or over a limit.
    """
    package = open_package(data, limits)
    problems: list[Problem] = []
    count = scans = 0

    def grids() -> Iterator[PageGrid]:
        nonlocal count, scans
        for document in documents_in(package):
            resources = resources_of(package, document)
            for page in pages_of(package, document):
                count += 1
                enforce(limits, "pages", count)
                grid, drawn, found = _read_page(page, resources, count, limits)
                if (
                    any(problem.values["reason"] == scan.PICTURE_OF_TEXT for problem in found)
                    and scan.available()
                ):
                    scans += 1
                    grid, reason = _recognised(package, grid, drawn, resources, limits, scans)
                    found = [_picture_problem(reason, grid)]
                problems.extend(found)
                yield grid

    blocks = join_pages(grids())
    return Document("ofd", blocks, tuple(problems), count)


def _read_page(
    page: PageParts, resources: Resources, number: int, limits: Limits
) -> tuple[PageGrid, _Drawn, list[Problem]]:
    left, top, width, height = (edge * POINTS_PER_MILLIMETRE for edge in page.paper)
    upright = PAGE._replace(e=-left, f=-top)
    drawn = _drawn(page, upright, resources, limits)
    quarters = max(drawn.turns, key=lambda turn: drawn.turns[turn], default=0)
    if quarters:
        drawn = _drawn(page, _turned_back(quarters, width, height).after(upright), resources, limits)
    sides = (height, width) if quarters % 2 else (width, height)
    characters = [one for one in drawn.characters if _is_on_paper(one, *sides)]
    grid = find_tables(characters, drawn.rulings, *sides)
    place = PagePlace(number, (0.0, 0.0, width, height))
    problems = list(_problems(characters, drawn, place))
    return replace(grid, number=number, quarters=quarters), drawn, problems


def _recognised(
    package: Package, grid: PageGrid, drawn: _Drawn, resources: Resources, limits: Limits, scans: int
) -> tuple[PageGrid, str]:
    """Recognise a page that is a picture; return it, and how that went: a key of problems.toml."""
    # Imported here: few files need it.
    import numpy as np

    from perflint.readers.picture import laid_on_sheet

    if scans > limits.scanned_pages:
        return grid, scan.TOO_MANY
    resource, box = max(drawn.pictures, key=lambda picture: _area(picture[1]))
    part = resources.pictures.get(resource)
    data = package.read(part) if part in package.names else b""
    sheet = laid_on_sheet(data, box, (grid.width, grid.height), limits)
    if sheet is None:
        return grid, "picture-unreadable"
    seen = scan.read_scanned_page(np.array(sheet), grid.number, limits)
    return seen, "recognised-by-ocr" if seen.tables or seen.lines else "picture-unreadable"


def _picture_problem(reason: str, grid: PageGrid) -> Problem:
    code = "E904" if reason == "recognised-by-ocr" else "E903"
    return Problem(code, {"page": str(grid.number), "reason": reason}, grid.place)


def _area(box: Box) -> float:
    left, top, right, bottom = box
    return (right - left) * (bottom - top)


def _drawn(page: PageParts, outer: Matrix, resources: Resources, limits: Limits) -> _Drawn:
    drawn = _Drawn()
    for layer in page.layers:
        _draw(layer, outer, resources, drawn, limits)
    for appearance in page.annotations:
        _draw(appearance, placement(appearance, outer), resources, drawn, limits)
    return drawn


def _draw(
    parent: etree._Element, outer: Matrix, resources: Resources, drawn: _Drawn, limits: Limits, depth: int = 0
) -> None:
    """Add the objects below an element to what is drawn."""
    enforce(limits, "nesting", depth)
    for child in parent:
        name = local_name(child)
        drawn.objects += 1
        if child.get("Visible") == "false":
            continue
        if name == "TextObject":
            _write(child, outer, drawn)
        elif name == "PathObject":
            drawn.rulings.extend(rulings_of(child, outer))
            drawn.curves += sum(word in CURVES for word in path_words(child))
        elif name == "ImageObject":
            drawn.pictures.append((child.get("ResourceID", ""), _extent(child, outer)))
        elif name == "CompositeObject":
            unit = resources.drawings.get(child.get("ResourceID", ""))
            if unit is not None:
                _draw(unit, placement(child, outer), resources, drawn, limits, depth + 1)
        elif name in CONTAINERS:
            _draw(child, outer, resources, drawn, limits, depth + 1)
        enforce(limits, "page_objects", max(drawn.objects, len(drawn.rulings)))
        enforce(limits, "page_characters", len(drawn.characters))


def _extent(picture: etree._Element, outer: Matrix) -> Box:
    """Return where a picture lies: the unit square under its CTM, else its boundary."""
    if picture.get("CTM"):
        return placement(picture, outer).box(0, 0, 1, 1)
    left, top, width, height = [*numbers(picture.get("Boundary")), 0.0, 0.0, 0.0, 0.0][:4]
    return outer.box(left, top, left + width, top + height)


def _write(text_object: etree._Element, outer: Matrix, drawn: _Drawn) -> None:
    """Add the characters of a text object, unless it is a watermark across the page."""
    matrix = placement(text_object, outer)
    if matrix.slant > SLANT:
        return
    before = len(drawn.characters)
    drawn.characters.extend(characters_of(text_object, outer))
    drawn.turns[matrix.quarters] += len(drawn.characters) - before


def _turned_back(quarters: int, width: float, height: float) -> Matrix:
    """Return the turn that sets text level which runs `quarters` clockwise on a page of this size."""
    turns = {
        1: Matrix(0, -1, 1, 0, 0, width),
        2: Matrix(-1, 0, 0, -1, width, height),
        3: Matrix(0, 1, -1, 0, height, 0),
    }
    return turns.get(quarters, Matrix())


def _is_on_paper(character: Character, width: float, height: float) -> bool:
    return (
        0 <= character.x0 + character.x1 <= 2 * width and 0 <= character.top + character.bottom <= 2 * height
    )


def _problems(characters: list[Character], drawn: _Drawn, place: PagePlace) -> Iterator[Problem]:
    """Yield what cannot be read on a page: pictures, curves, characters that are not known."""
    values = {"page": str(place.page)}
    doubtful = any(not one.text.isprintable() or one.text == UNKNOWN for one in characters)
    if not doubtful and len(characters) >= FEW:
        return
    # Imported here: the PDF library takes longer to load than a form to read.
    from perflint.readers.pdf import quality
    from perflint.readers.pdf.paths import Drawn

    covered = max((_area(box) for _, box in drawn.pictures), default=0.0) / (_area(place.box) or 1.0)
    if reason := quality.unread(characters, Drawn(drawn.rulings, covered, drawn.curves)):
        yield Problem("E903", {**values, "reason": reason}, place)
    if excerpt := quality.garbled(characters, undecodable=False):
        yield Problem("E905", {**values, "reason": "font-without-encoding"}, place, excerpt)
