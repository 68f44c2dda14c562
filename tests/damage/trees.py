"""Faults in XML and HTML that leave it well-formed: elements lost, repeated, moved, nested, renamed."""

from __future__ import annotations

import random
from collections.abc import Callable
from copy import deepcopy

from lxml import etree, html

from tests.damage.contents import damaged_bytes

TEXTS = [
    "",
    "0",
    "-1",
    "1e309",
    "99999999999",
    "≥",
    "%",
    "一级指标",
    "≤(万元)",
    "\u200b",
    "\ufffd",
    "指标 " * 500,
    "g",
]
LARGEST = 4_000_000
"""Bytes of a tree beyond which it is not made larger."""


def damaged_tree(data: bytes, chance: random.Random) -> bytes:
    """Return an XML part with one to six faults; what is not XML is damaged in its bytes."""
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False))
    except (etree.XMLSyntaxError, ValueError):
        return damaged_bytes(data, chance)
    _spoil(root, chance)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)


def damaged_page(data: bytes, chance: random.Random) -> bytes:
    """Return a web page with one to six faults."""
    root = html.document_fromstring(data)
    _spoil(root, chance)
    made: bytes = etree.tostring(root, encoding="utf-8", method="html")
    return made


def _spoil(root: etree._Element, chance: random.Random) -> None:
    for _ in range(chance.randint(1, 6)):
        found = [element for element in root.iter() if isinstance(element.tag, str)]
        # Elements of a rare kind (a grid, a template) matter as much as the hundredth cell.
        kind = chance.choice(sorted({str(element.tag) for element in found}))
        element = chance.choice([element for element in found if element.tag == kind])
        chance.choice(FAULTS)(element, chance.choice(found), chance)


def _lose(element: etree._Element, other: etree._Element, chance: random.Random) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _repeat(element: etree._Element, other: etree._Element, chance: random.Random) -> None:
    parent = element.getparent()
    if parent is not None:
        times = chance.choice([1, 1, 3, 40, 2000])
        times = min(times, LARGEST // (len(etree.tostring(element)) + 1))
        for _ in range(times):
            parent.insert(parent.index(element), deepcopy(element))


def _move(element: etree._Element, other: etree._Element, chance: random.Random) -> None:
    """Put an element into another one, unless that stands within it."""
    if element not in {*other.iterancestors(), other}:
        other.insert(chance.randrange(len(other) + 1), element)


def _nest(element: etree._Element, other: etree._Element, chance: random.Random) -> None:
    """Wrap an element into copies of another one's tag."""
    parent = element.getparent()
    if parent is None:
        return
    outer = inner = etree.Element(other.tag, dict(other.attrib))
    for _ in range(chance.choice([0, 0, 5, 150, 400])):
        inner = etree.SubElement(inner, other.tag)
    parent.replace(element, outer)
    inner.append(element)


def _rename(element: etree._Element, other: etree._Element, chance: random.Random) -> None:
    element.tag = other.tag


def _attribute(element: etree._Element, other: etree._Element, chance: random.Random) -> None:
    """Change or lose an attribute, or take one from elsewhere."""
    name = chance.choice(list(element.attrib) or list(other.attrib) or ["id"])
    match chance.randrange(3):
        case 0:
            element.attrib.pop(name, None)
        case 1:
            element.set(name, chance.choice(TEXTS))
        case _:
            element.attrib.update(other.attrib)


def _write(element: etree._Element, other: etree._Element, chance: random.Random) -> None:
    element.text = chance.choice([*TEXTS, other.text])
    element.tail = chance.choice([*TEXTS, element.tail])


FAULTS: list[Callable[[etree._Element, etree._Element, random.Random], None]] = [
    _lose, _repeat, _move, _nest, _rename, _attribute, _write,
]  # fmt: skip
