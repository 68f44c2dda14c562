"""OFD, the national format for fixed pages (GB/T 33190-2016), through the same cell finder as PDF."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from lxml import etree

from perflint.document import Document, PagePlace, Problem, UnreadableFile
from perflint.limits import Limits, enforce
from perflint.readers.container import Package, element, elements, local_name, open_package
from perflint.readers.grid import Character, PageGrid, Ruling, find_tables
from perflint.readers.grid.join import join_pages
from perflint.readers.ofd_objects import POINTS_PER_MILLIMETRE, characters_of, numbers, rulings_of

A4 = (0.0, 0.0, 210.0, 297.0)
CONTAINERS = frozenset({"Content", "Layer", "PageBlock"})


class _Drawn(NamedTuple):
    """What stands on a page."""

    characters: list[Character]
    rulings: list[Ruling]
    pictures: list[etree._Element]


def read(data: bytes, limits: Limits) -> Document:
    """Read all pages of all documents in a file; annotations and seals are left out.

    Raises UnreadableFile where the package or its XML is damaged, encrypted or over a limit.
    """
    package = open_package(data, limits)
    grids: list[PageGrid] = []
    problems: list[Problem] = []
    for body in elements(package.parse("OFD.xml"), "DocBody"):
        root = element(body, "DocRoot")
        if root is None or not root.text:
            raise UnreadableFile("damaged", detail="OFD.xml: DocRoot is missing")
        for drawn, width, height in _pages(package, _located(package, "", root.text), limits):
            number = len(grids) + 1
            enforce(limits, "pages", number)
            grids.append(replace(find_tables(drawn.characters, drawn.rulings, width, height), number=number))
            if drawn.pictures and not drawn.characters:
                place = PagePlace(number, (0.0, 0.0, width, height))
                values = {"page": str(number), "reason": "picture-needs-ocr"}
                problems.append(Problem("E903", values, place))
    return Document("ofd", join_pages(grids), tuple(problems), len(grids))


def _pages(package: Package, name: str, limits: Limits) -> Iterator[tuple[_Drawn, float, float]]:
    """Yield what stands on each page of a document, and the page's width and height in points."""
    root = package.parse(name)
    common = element(root, "CommonData")
    box = _box(common, A4)
    templates = {
        template.get("ID", ""): _located(package, name, template.get("BaseLoc", ""))
        for template in elements(common, "TemplatePage")
    }
    for entry in elements(element(root, "Pages"), "Page"):
        page = package.parse(_located(package, name, entry.get("BaseLoc", "")))
        left, top, width, height = _box(page, box)
        drawn = _Drawn([], [], [])
        for template in elements(page, "Template"):
            part = templates.get(template.get("TemplateID", ""))
            if part in package.names:
                _draw(package.parse(part), drawn, limits)
        _draw(page, drawn, limits)
        scale = POINTS_PER_MILLIMETRE
        yield _moved(drawn, -left * scale, -top * scale), width * scale, height * scale


def _box(parent: etree._Element | None, default: tuple[float, ...]) -> tuple[float, ...]:
    """Return the paper of a page or document: left, top, width and height in millimetres."""
    for area in (*elements(parent, "Area"), *elements(parent, "PageArea")):
        physical = element(area, "PhysicalBox")
        found = numbers(None if physical is None else physical.text)
        if len(found) == 4:
            return tuple(found)
    return default


def _located(package: Package, base: str, location: str) -> str:
    """Return the part that a location means, seen from another; some programs write `\\`, or no folder."""
    location = location.strip().replace("\\", "/")
    path = location if location.startswith("/") else posixpath.join(posixpath.dirname(base), location)
    name = posixpath.normpath(path).lstrip("/")
    if name not in package.names and location.lstrip("/") in package.names:
        return location.lstrip("/")
    return name


def _draw(parent: etree._Element, drawn: _Drawn, limits: Limits) -> None:
    """Add the objects below an element to what is drawn."""
    for child in parent:
        name = local_name(child)
        if name == "TextObject":
            drawn.characters.extend(characters_of(child))
        elif name == "PathObject":
            drawn.rulings.extend(rulings_of(child))
            enforce(limits, "page_objects", len(drawn.rulings))
        elif name == "ImageObject":
            drawn.pictures.append(child)
        elif name in CONTAINERS:
            _draw(child, drawn, limits)


def _moved(drawn: _Drawn, x: float, y: float) -> _Drawn:
    if not x and not y:
        return drawn
    return _Drawn(
        [Character(c.text, c.x0 + x, c.top + y, c.x1 + x, c.bottom + y) for c in drawn.characters],
        [Ruling(r.x0 + x, r.top + y, r.x1 + x, r.bottom + y) for r in drawn.rulings],
        drawn.pictures,
    )
