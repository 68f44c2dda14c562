"""Word documents (ECMA-376 WordprocessingML): paragraphs and tables of the body, all changes accepted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import count, islice

from lxml import etree

from perflint.document import Block, Document, Problem, TablePlace, UnreadableFile
from perflint.limits import Limits, enforce
from perflint.readers.container import Package, attribute, element, elements, local_name, open_package
from perflint.readers.kinds import detect_kind
from perflint.readers.left_out import LeftOut
from perflint.readers.nested import NestedCell, NestedTable, blocks_of
from perflint.words import words

TRANSPARENT = frozenset(
    [
        "sdt",
        "sdtContent",
        "ins",
        "moveTo",
        "smartTag",
        "customXml",
        "hyperlink",
        "fldSimple",
        "fldChar",
        "dir",
        "bdo",
    ]
)
"""Elements that only wrap others: content controls, accepted insertions, links, fields."""

MAIN_PART = "word/document.xml"
"""Where the text of a document stands, if no relation says otherwise."""

SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}

Piece = str | NestedTable

DEEPEST_PART = 3
"""A part that is a document may hold such parts itself."""


@dataclass(slots=True)
class _Story:
    """What is needed, and counted, on the way through a document and the parts that it takes in."""

    package: Package
    limits: Limits
    tables: Iterator[int]
    problems: list[Problem]
    depth: int = 0
    left_out: LeftOut = field(default_factory=LeftOut)


def read(data: bytes, limits: Limits) -> Document:
    """Read the body of a document, and its page headers apart; footers, notes and comments are left out.

    Tracked insertions count, tracked deletions do not. `problems` tell of pictures as large as a page, and of
    objects of other programs. Raises UnreadableFile where the package or its XML is damaged, encrypted or over
    a limit.
    """
    story = _Story(open_package(data, limits), limits, count(1), [])
    blocks: list[Block] = []
    number = 0
    for piece in _body(story):
        number += isinstance(piece, str)
        blocks += blocks_of((piece,), TablePlace(0, number, 0), limits)
        enforce(limits, "lines", len(blocks))
    problems = (*story.problems, *story.left_out.problems())
    return Document("docx", tuple(blocks), problems, running_head=tuple(dict.fromkeys(_headers(story))))


def _headers(story: _Story) -> Iterator[str]:
    """Yield the texts of all page headers; one that is missing or damaged is no loss to the document."""
    own = replace(story, left_out=LeftOut())
    for relation in story.package.relations(story.package.main_part(MAIN_PART)).values():
        if relation.kind == "header":
            with suppress(UnreadableFile):
                for piece in _blocks(story.package.parse(relation.target), own):
                    texts = [piece] if isinstance(piece, str) else [cell.text for cell in piece.cells]
                    yield from filter(str.strip, texts)


def _body(story: _Story) -> Iterator[Piece]:
    """Yield the paragraphs and tables of a document."""
    root = story.package.parse(story.package.main_part(MAIN_PART))
    for body in elements(root, "body"):
        yield from _blocks(body, story)


def _part(chunk: etree._Element, story: _Story) -> Iterator[Piece]:
    """Yield what stands in a part of another format (ECMA-376 part 1, 17.17.2.1).

    Web programs that offer a page as a Word document put it into the file as it is.
    """
    relations = story.package.relations(story.package.main_part(MAIN_PART))
    relation = relations.get(attribute(chunk, "id") or "")
    name = relation.target if relation else attribute(chunk, "id") or ""
    data = story.package.read(name) if name in story.package.names else b""
    kind = ""
    with suppress(UnreadableFile):
        kind = detect_kind(data, name, story.limits)
    if kind == "html":
        # Imported here: few documents need it.
        from perflint.readers import html

        yield from html.pieces_of(data, story.tables, story.limits, story.problems)
    elif kind == "docx" and story.depth < DEEPEST_PART:
        yield from _body(replace(story, package=open_package(data, story.limits), depth=story.depth + 1))
    else:
        story.left_out.objects.append(name)


def _blocks(parent: etree._Element, story: _Story) -> Iterator[Piece]:
    """Yield the paragraphs and tables below an element; text boxes follow the paragraph that holds them."""
    for child in parent:
        name = local_name(child)
        if name == "p":
            boxes: list[etree._Element] = []
            yield "".join(_text(child, boxes, story))
            for box in boxes:
                yield from _blocks(box, story)
        elif name == "tbl":
            yield _table(child, story)
        elif name == "altChunk":
            yield from _part(child, story)
        elif name in TRANSPARENT and not _is_placeholder(child):
            yield from _blocks(child, story)


def _text(parent: etree._Element, boxes: list[etree._Element], story: _Story) -> Iterator[str]:
    """Yield the text of a paragraph or run; the contents of text boxes are added to `boxes`."""
    for child in parent:
        name = local_name(child)
        if name == "t":
            yield child.text or ""
        elif name == "r":
            if not _hidden(child):
                yield from _text(child, boxes, story)
        elif name in SIGNS:
            yield SIGNS[name]
        elif name == "sym":
            yield _symbol(child)
        elif name == "ffData":
            yield _form_field(child)
        elif name in TRANSPARENT and not _is_placeholder(child):
            yield from _text(child, boxes, story)
        elif name in ("oMath", "oMathPara"):
            yield from (piece.text or "" for piece in child.iter() if local_name(piece) == "t")
        elif name == "ruby":
            base = element(child, "rubyBase")
            yield from () if base is None else _text(base, boxes, story)
        elif name == "AlternateContent":
            yield _alternative(child, boxes, story)
        elif name in ("drawing", "pict", "object"):
            boxes += _text_boxes(child)
            _note(child, story)


def _alternative(parent: etree._Element, boxes: list[etree._Element], story: _Story) -> str:
    """Return the text of the first alternative that has any, unless they are drawings with text boxes.

    Signs such as ☑ stand as a drawing for new programs and as text for others.
    """
    if found := list(_text_boxes(parent)):
        boxes += found
        return ""
    return next(filter(None, ("".join(_text(alternative, boxes, story)) for alternative in parent)), "")


def _hidden(run: etree._Element) -> bool:
    return _is_on(element(run, "rPr", "vanish"))


def _is_placeholder(wrapper: etree._Element) -> bool:
    """Tell a content control that nobody filled in: it shows 单击此处输入文字 (ECMA-376-1, 17.5.2.39)."""
    return local_name(wrapper) == "sdt" and _is_on(element(wrapper, "sdtPr", "showingPlcHdr"))


def _is_on(setting: etree._Element | None) -> bool:
    """Tell a setting that is there and not switched off (ECMA-376-1, 17.17.4)."""
    return setting is not None and attribute(setting, "val") not in ("0", "false", "off")


def _symbol(sign: etree._Element) -> str:
    """Return the Unicode character that looks like one of a symbol font, or its private code point."""
    code = _number(attribute(sign, "char"), 0xFFFD, base=16)
    table = words("symbols").get(attribute(sign, "font") or "", {})
    return str(table.get(f"{code & 0xFF:02X}", chr(code if code < 0x110000 else 0xFFFD)))


def _form_field(field: etree._Element) -> str:
    """Return what a tick box or drop-down list of an old-style form shows; text fields hold runs of text."""
    if (box := element(field, "checkBox")) is not None:
        state = element(box, "checked")
        state = element(box, "default") if state is None else state
        return "☑" if _is_on(state) else "☐"
    if (choices := element(field, "ddList")) is not None:
        result = element(choices, "result")
        entries = [attribute(entry, "val") or "" for entry in elements(choices, "listEntry")]
        chosen = 0 if result is None else _number(attribute(result, "val"), 0)
        return entries[chosen] if chosen < len(entries) else ""
    return ""


def _note(drawing: etree._Element, story: _Story) -> None:
    """Note a picture as large as a page, and an object of an office program."""
    for found in drawing.iter():
        name = local_name(found)
        if name == "OLEObject":
            story.left_out.note_object(found.get("ProgID", ""))
        elif name == "pic":
            story.left_out.note_picture(found)


def _text_boxes(parent: etree._Element) -> Iterator[etree._Element]:
    """Yield the contents of the text boxes in a drawing; of several alternatives the first with any."""
    name = local_name(parent)
    if name == "txbxContent":
        yield parent
    elif name == "AlternateContent":
        yield from next(filter(None, (list(_text_boxes(alternative)) for alternative in parent)), [])
    else:
        for child in parent:
            yield from _text_boxes(child)


def _table(table: etree._Element, story: _Story) -> NestedTable:
    number = next(story.tables)
    cells: list[NestedCell] = []
    above: dict[tuple[int, int], int] = {}  # (column, width) of a cell that may go on below → its index
    begun: dict[
        tuple[int, int], etree._Element
    ] = {}  # … of one in a deleted row, which goes on in the first that is left
    slots = index = 0
    for row in _through(table, "tr"):
        deleted = element(row, "trPr", "del") is not None
        column = _grid_columns(element(row, "trPr", "gridBefore"), 0)
        reached: dict[tuple[int, int], int] = {}
        for cell in _through(row, "tc"):
            width = _grid_columns(element(cell, "tcPr", "gridSpan"), 1)
            slots += width
            enforce(story.limits, "table_extent", slots)
            goes_on = _continues(cell, "vMerge")
            upper = above.get((column, width)) if goes_on else None
            if deleted:
                if upper is not None:
                    reached[column, width] = upper
                elif not goes_on:
                    begun[column, width] = cell
            elif upper is not None:
                cells[upper] = replace(cells[upper], row_span=index - cells[upper].row + 1)
                reached[column, width] = upper
            elif _continues(cell, "hMerge") and cells and cells[-1].row == index:
                cells[-1] = replace(cells[-1], column_span=cells[-1].column_span + width)
            else:
                place = TablePlace(number, index + 1, column + 1)
                reached[column, width] = len(cells)
                shown = begun.get((column, width), cell) if goes_on else cell
                empty = any(map(_is_placeholder, islice(shown.iterancestors(), 2)))
                content = () if empty else tuple(_blocks(shown, story))
                cells.append(NestedCell(index, column, 1, width, content, place))
                enforce(story.limits, "table_cells", len(cells))
            column += width
        above = reached
        if not deleted:
            begun.clear()
            index += 1
    columns = max((cell.column + cell.column_span for cell in cells), default=0)
    return NestedTable(number, tuple(cells), index, columns)


def _through(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    """Yield the rows or cells of a table, also those inside content controls and accepted insertions."""
    for child in parent:
        if local_name(child) == name:
            yield child
        elif local_name(child) in TRANSPARENT:
            yield from _through(child, name)


def _continues(cell: etree._Element, merge: str) -> bool:
    """Tell a cell that goes on a merged one: `<w:vMerge/>` or `w:val="continue"` (ECMA-376-1, 17.4.84)."""
    found = element(cell, "tcPr", merge)
    return found is not None and attribute(found, "val") in (None, "continue")


def _grid_columns(setting: etree._Element | None, default: int) -> int:
    """Return how many grid columns a cell spans, or a row leaves out; Word knows at most 63."""
    return default if setting is None else min(_number(attribute(setting, "val"), default), 1000)


def _number(text: str | None, default: int, base: int = 10) -> int:
    try:
        return max(default if text is None else int(text, base), 0)
    except ValueError:
        return default
