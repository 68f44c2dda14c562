"""Web pages and MHTML archives: government sites, and the exports that filing systems call .xls or .doc."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from email import message_from_bytes, policy
from itertools import count

from lxml import etree
from lxml.html import HTMLParser, document_fromstring

from perflint.document import Block, Document, Problem, TablePlace, UnreadableFile
from perflint.limits import Limits, enforce
from perflint.readers import markdown
from perflint.readers.container import check_nesting, check_tags
from perflint.readers.kinds import MIME
from perflint.readers.nested import NestedCell, NestedTable, blocks_of
from perflint.readers.text import BROKEN

DECLARED_ENCODING = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
MEANT_ENCODING = dict.fromkeys(
    ("gb2312", "gbk", "gb_2312-80", "iso-8859-1", "latin1", "windows-1252", "us-ascii"), "gb18030"
)
"""What pages declare and what they are in: the whole of a set of which they name a part (WHATWG Encoding, 4.2); and
Chinese where the program that wrote the declaration knew Western letters only."""
MOST_BROKEN = 0.1
"""Share of the characters beyond ASCII that a page in UTF-8 may have lost to a cut or a byte put in between; of a page
in another encoding nearly all are no UTF-8."""

LEFT_OUT = frozenset(["script", "style", "template", "noscript", "head", "object", "svg", "datalist", "del"])
"""Elements that a browser does not show, and text that was taken out: Word saves tracked deletions as `del`."""
INLINE_ELEMENTS = frozenset([
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "dfn", "em", "font", "i", "ins", "kbd",
    "label", "mark", "nobr", "o:p", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup",
    "time", "tt", "u", "var", "wbr", "img", "input", "select", "textarea", "button",
])  # fmt: skip
HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)

SMALLEST_FORM = 200
"""Pixels: the sides of emblems, buttons and counters are shorter."""

WIDEST_SPAN = 1000
TALLEST_SPAN = 65534
"""The most that HTML lets a cell span (HTML Living Standard, 4.9.12.1)."""


def read(data: bytes, limits: Limits) -> Document:
    """Read a page: text between tables as lines, data tables as grids.

    Raises UnreadableFile where no element can be found, and over a limit.
    """
    problems: list[Problem] = []
    content = list(pieces_of(data, count(1), limits, problems))
    blocks: list[Block] = []
    for number, piece in enumerate(content, start=1):
        blocks += blocks_of((piece,), TablePlace(0, number, 0), limits)
        enforce(limits, "lines", len(blocks))
    return Document("html", tuple(blocks), tuple(problems))


def pieces_of(
    data: bytes, numbers: Iterator[int], limits: Limits, problems: list[Problem]
) -> Iterator[str | NestedTable]:
    """Yield the paragraphs and tables of a page; `numbers` counts its tables, `problems` takes what is wrong.

    Raises UnreadableFile as `read` does.
    """
    page = _page_of_archive(data, limits)
    check_tags(page, limits)
    markup = _decoded(page, problems)
    if not markup.lstrip("\ufeff \t\r\n").startswith("<"):
        markup = markdown.as_page(markup)
    root = _root(markup, limits)
    has_table = False
    for piece in _content(root, numbers, limits):
        has_table = has_table or (isinstance(piece, NestedTable) and _holds_cells(piece))
        yield piece
    if not has_table:
        problems += _shown_otherwise(root)


def _holds_cells(table: NestedTable) -> bool:
    """Say whether a table, or one inside it, has cells with text beside each other, and is no frame of a page."""
    filled = sum(bool(cell.text.strip()) for cell in table.cells)
    return filled > 1 or any(_holds_cells(inner) for cell in table.cells for inner in cell.tables)


def _shown_otherwise(root: etree._Element) -> Iterator[Problem]:
    """Yield the pictures and the other pages that a page without a table may show its form in."""
    pictures = [picture for picture in root.iter("img") if not _hidden(picture) and not _is_emblem(picture)]
    if pictures:
        yield Problem("E904", {"reason": "page-of-pictures", "count": str(len(pictures))})
    frames = [frame.get("src", "") for frame in root.iter("frame", "iframe") if not _hidden(frame)]
    if names := ", ".join(filter(None, dict.fromkeys(frames))):
        yield Problem("E904", {"reason": "page-of-frames", "names": names})


def _is_emblem(picture: etree._Element) -> bool:
    """Tell a picture that states a size in which no form can be read."""
    sizes = [re.match(r"\s*(\d{1,5})\s*(?:px)?\s*$", picture.get(side, "")) for side in ("width", "height")]
    return any(size is not None and int(size[1]) < SMALLEST_FORM for size in sizes)


def _root(markup: str, limits: Limits) -> etree._Element:
    """Return the root element of a page. Raises UnreadableFile where there is none, and over a limit."""
    try:
        # Bytes in a known encoding, for lxml refuses str with an XML declaration. Trees are not cut at 10 MB
        # (huge_tree): pages with pictures inside are larger, and HTML has no entities to swell.
        parser = HTMLParser(
            encoding="utf-8", no_network=True, huge_tree=True, remove_comments=True, remove_pis=True
        )
        root = document_fromstring(markup.replace("\0", "").encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError) as error:
        raise UnreadableFile("damaged", detail=str(error)) from error
    check_nesting(root, limits)
    return root


def _page_of_archive(data: bytes, limits: Limits) -> bytes:
    """Return the page of an MHTML archive (RFC 2557), and anything else as it is."""
    if not MIME.match(data[:8192]):
        return data
    try:
        parts = list(message_from_bytes(data, policy=policy.compat32).walk())
    except RecursionError:
        raise UnreadableFile(
            "over-limit", limit="nesting", found=f">{limits.nesting}", allowed=str(limits.nesting)
        ) from None
    for part in parts:
        if part.get_content_type() == "text/html":
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes):
                return payload
    raise UnreadableFile("damaged", detail="MHTML without a page")


def _decoded(data: bytes, problems: list[Problem]) -> str:
    """Return the text of a page: by its byte order mark, as UTF-8 if valid, as it declares, else as GB18030.

    UTF-8 goes before what is declared: text in another encoding is never valid UTF-8 by accident, and pages
    re-encoded without a change of their declaration are common.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    with suppress(UnicodeDecodeError):
        return data.decode("utf-8-sig")
    text = data.decode("utf-8-sig", "replace")
    if text.count(BROKEN) > MOST_BROKEN * sum(not character.isascii() for character in text):
        declared = DECLARED_ENCODING.search(data[:4096])
        name = declared[1].decode("ascii", "replace").lower() if declared else "gb18030"
        for encoding in (MEANT_ENCODING.get(name, name), "gb18030"):
            with suppress(UnicodeDecodeError, LookupError):
                return data.decode(encoding)
        text = data.decode("gb18030", "replace")
    problems.append(Problem("E905", {"reason": "undecodable-bytes"}))
    return text


def _content(parent: etree._Element, numbers: Iterator[int], limits: Limits) -> Iterator[str | NestedTable]:
    """Yield the paragraphs and tables below an element, in reading order; `numbers` counts the tables."""
    text: list[str] = []
    for piece in _pieces(parent, numbers, limits):
        if isinstance(piece, str) and piece != "\n":
            text.append(piece)
            continue
        if paragraph := "".join(text).strip():
            yield paragraph
        text.clear()
        if isinstance(piece, NestedTable):
            yield piece
    if paragraph := "".join(text).strip():
        yield paragraph


def _pieces(parent: etree._Element, numbers: Iterator[int], limits: Limits) -> Iterator[str | NestedTable]:
    """Yield text, tables, and a line end around each element that is no part of a line."""
    if parent.text:
        yield _collapsed(parent.text)
    for child in parent:
        if isinstance(child.tag, str) and not _hidden(child):
            if child.tag == "table":
                yield "\n"
                yield from _table(child, numbers, limits)
            elif child.tag == "iframe":
                yield "\n"
                yield from _framed(child.get("srcdoc", ""), numbers, limits)
                yield "\n"
            elif child.tag in ("input", "textarea", "select"):
                yield _typed(child)
            elif child.tag in INLINE_ELEMENTS:
                yield from _pieces(child, numbers, limits)
            else:
                yield "\n"
                yield from _pieces(child, numbers, limits)
                yield "\n"
        if child.tail:
            yield _collapsed(child.tail)


def _framed(markup: str, numbers: Iterator[int], limits: Limits) -> Iterator[str | NestedTable]:
    """Yield what a frame shows that carries its page itself (srcdoc); what it would fetch is left out."""
    if not markup.strip():
        return
    root = _root(markup, limits)
    for frame in root.iter("iframe"):  # One frame in another is no form, and nesting has an end.
        frame.set("srcdoc", "")
    yield from _pieces(root, numbers, limits)


def _collapsed(text: str) -> str:
    """Return text with its line ends as blanks, as a browser shows it."""
    return re.sub(r"[ \t\r\n\f]+", " ", text)


def _hidden(element: etree._Element) -> bool:
    return (
        element.tag in LEFT_OUT
        or element.get("hidden") is not None
        or element.get("type") == "hidden"
        or bool(HIDDEN_STYLE.search(element.get("style", "")))
    )


def _typed(control: etree._Element) -> str:
    """Return what a control of a filled-in page shows."""
    if control.tag == "textarea":
        return "".join(map(str, control.itertext()))
    if control.tag == "select":
        options = control.findall(".//option")
        chosen = next((option for option in options if option.get("selected") is not None), None)
        return "" if chosen is None else "".join(map(str, chosen.itertext()))
    if control.get("type") in ("checkbox", "radio"):
        return "☐" if control.get("checked") is None else "☑"
    return control.get("value", "") if control.get("type", "text") in ("text", "number", "date") else ""


def _table(table: etree._Element, numbers: Iterator[int], limits: Limits) -> Iterator[str | NestedTable]:
    """Yield the caption of a table and the table."""
    number = next(numbers)
    for caption in table.findall("caption"):
        yield from _content(caption, numbers, limits)
        yield "\n"
    cells: list[NestedCell] = []
    row = 0
    for group in _row_groups(table):
        free_from: dict[int, int] = {}  # column → first row in which it is free again
        for offset, line in enumerate(group):
            column = 0
            for cell in line:
                if cell.tag not in ("td", "th") or _hidden(cell):
                    continue
                while free_from.get(column, 0) > row + offset:
                    column += 1
                width = max(1, _span(cell.get("colspan"), WIDEST_SPAN))
                # Up to the next cell that a row span from above has put there: browsers let the two overlap.
                width = next(
                    (w for w in range(1, width) if free_from.get(column + w, 0) > row + offset), width
                )
                left = len(group) - offset
                height = min(left, _span(cell.get("rowspan"), TALLEST_SPAN) or left)
                enforce(limits, "table_extent", (row + offset + 1) * (column + width))
                free_from.update(dict.fromkeys(range(column, column + width), row + offset + height))
                place = TablePlace(number, row + offset + 1, column + 1)
                content = tuple(_content(cell, numbers, limits))
                cells.append(NestedCell(row + offset, column, height, width, content, place))
                enforce(limits, "table_cells", len(cells))
                column += width
        row += len(group)
    columns = max((cell.column + cell.column_span for cell in cells), default=0)
    yield NestedTable(number, tuple(cells), row, columns)


def _row_groups(table: etree._Element) -> list[list[etree._Element]]:
    """Return the rows of a table by their group, in the order shown: no cell spans beyond its group."""
    groups: dict[str, list[list[etree._Element]]] = {"thead": [], "tbody": [], "tfoot": []}
    loose: list[etree._Element] = []
    for child in table:
        if child.tag == "tr" and not _hidden(child):
            if not loose:
                groups["tbody"].append(loose)
            loose.append(child)
        elif child.tag in groups and not _hidden(child):
            loose = []
            groups[str(child.tag)].append([line for line in child if line.tag == "tr" and not _hidden(line)])
    return [group for name in groups for group in groups[name]]


def _span(value: str | None, most: int) -> int:
    """Return a colspan or rowspan as browsers read it: `2`, ` 2 `, `2px` are 2, `0` is 0, anything else 1."""
    digits = re.match(r"\s*(\d{1,6})", value or "")
    return min(int(digits[1]), most) if digits else 1
