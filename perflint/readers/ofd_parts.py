"""The parts of an OFD document (GB/T 33190-2016, 7): its pages with what lies under and over them, its resources."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from lxml import etree

from perflint.document import UnreadableFile
from perflint.readers.container import Package, element, elements
from perflint.readers.ofd_objects import numbers

A4 = (0.0, 0.0, 210.0, 297.0)
NOT_THE_TEXT = frozenset({"Watermark", "Stamp", "Link", "Highlight"})
"""Annotations (15.2) whose appearance says nothing about the form; the others hold typed values."""
ENCRYPTIONS = "Encryptions.xml"
"""Stands in packages whose parts are encrypted (GM/T 0099)."""


class Resources(NamedTuple):
    """What the objects of a document refer to by number: drawings made of objects, and the parts of pictures."""

    drawings: Mapping[str, etree._Element]
    pictures: Mapping[str, str]


class PageParts(NamedTuple):
    """A page: its paper (left, top, width, height in millimetres), and what is drawn on it from below."""

    paper: tuple[float, ...]
    layers: tuple[etree._Element, ...]
    annotations: tuple[etree._Element, ...]
    """Appearances: their Boundary places what is in them."""


def documents_in(package: Package) -> Iterator[str]:
    """Yield the root parts of the documents in a package.

    Raises UnreadableFile where the package is encrypted, or its first part damaged.
    """
    if ENCRYPTIONS in package.names:
        raise UnreadableFile("encrypted")
    for body in elements(package.parse("OFD.xml"), "DocBody"):
        root = element(body, "DocRoot")
        if root is None or not root.text:
            raise UnreadableFile("damaged", detail="OFD.xml: DocRoot is missing")
        yield _located(package, "", root.text)


def resources_of(package: Package, name: str) -> Resources:
    """Return the resources of the document with this root part; those that are missing are left out."""
    drawings: dict[str, etree._Element] = {}
    pictures: dict[str, str] = {}
    common = element(package.parse(name), "CommonData")
    for reference in (*elements(common, "PublicRes"), *elements(common, "DocumentRes")):
        part = _located(package, name, reference.text or "")
        if part not in package.names:
            continue
        root = package.parse(part)
        base = posixpath.join(posixpath.dirname(part), root.get("BaseLoc", ""), "")
        for unit in elements(element(root, "CompositeGraphicUnits"), "CompositeGraphicUnit"):
            drawings[unit.get("ID", "")] = unit
        for medium in elements(element(root, "MultiMedias"), "MultiMedia"):
            file = element(medium, "MediaFile")
            if file is not None and file.text:
                pictures[medium.get("ID", "")] = _located(package, base, file.text)
    return Resources(drawings, pictures)


def pages_of(package: Package, name: str) -> Iterator[PageParts]:
    """Yield the pages of the document with this root part, in their order."""
    root = package.parse(name)
    common = element(root, "CommonData")
    paper = _paper(common, A4)
    templates = {
        template.get("ID", ""): _located(package, name, template.get("BaseLoc", ""))
        for template in elements(common, "TemplatePage")
    }
    annotated = _annotated(package, name, root)
    for entry in elements(element(root, "Pages"), "Page"):
        page = package.parse(_located(package, name, entry.get("BaseLoc", "")))
        below = [
            package.parse(part)
            for template in elements(page, "Template")
            if (part := templates.get(template.get("TemplateID", ""))) in package.names
        ]
        annotations = _appearances(package, annotated.get(entry.get("ID", "")))
        yield PageParts(_paper(page, paper), (*below, page), tuple(annotations))


def _paper(parent: etree._Element | None, default: tuple[float, ...]) -> tuple[float, ...]:
    """Return the paper of a page or document: left, top, width and height in millimetres."""
    for area in (*elements(parent, "Area"), *elements(parent, "PageArea")):
        physical = element(area, "PhysicalBox")
        found = numbers(None if physical is None else physical.text)
        if len(found) == 4:
            return tuple(found)
    return default


def _annotated(package: Package, name: str, root: etree._Element) -> dict[str, str]:
    """Return the parts with the annotations of each page, by the page's number in the file."""
    reference = element(root, "Annotations")
    part = _located(package, name, reference.text or "") if reference is not None else ""
    if part not in package.names:
        return {}
    return {
        page.get("PageID", ""): _located(package, part, file.text or "")
        for page in elements(package.parse(part), "Page")
        for file in elements(page, "FileLoc")
    }


def _appearances(package: Package, part: str | None) -> Iterator[etree._Element]:
    """Yield the appearances of the annotations that may hold values."""
    if part not in package.names:
        return
    for annotation in elements(package.parse(part), "Annot"):
        if annotation.get("Type") not in NOT_THE_TEXT and annotation.get("Visible") != "false":
            yield from elements(annotation, "Appearance")


def _located(package: Package, base: str, location: str) -> str:
    """Return the part that a location means, seen from another; some programs write `\\`, or no folder."""
    location = location.strip().replace("\\", "/")
    path = location if location.startswith("/") else posixpath.join(posixpath.dirname(base), location)
    name = posixpath.normpath(path).lstrip("/")
    if name not in package.names and location.lstrip("/") in package.names:
        return location.lstrip("/")
    return name
