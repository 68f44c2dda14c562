"""Excel and WPS workbooks (ECMA-376 SpreadsheetML): what each cell shows, number format included.

Read with lxml alone: python-calamine drops number formats; openpyxl takes two passes (formulas, results), ten
times as long, and refuses workbooks with styles that it does not know.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from io import BytesIO

from lxml import etree

from perflint.document import Document, Problem, Table, UnreadableFile
from perflint.limits import Limits, enforce
from perflint.readers.container import (
    Package,
    attribute,
    check_tags,
    element,
    elements,
    local_name,
    open_package,
    refuse_document_type,
)
from perflint.readers.left_out import LeftOut
from perflint.readers.number_format import built_in_format, show_date, show_number, show_text
from perflint.readers.sheets import Area, Sheet, read_sheet

ADDRESS = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
"""`_x000D_` is a carriage return (ST_Xstring, ECMA-376 part 1, 22.9.2.19)."""
CALCULATION = re.compile(r"\$?[A-Z]{1,3}\$?\d|[A-Za-z_.]\(|[\d)%]\s*[-+*/^&]|[!\[]")
"""A formula refers to cells, calls functions or joins figures: `B2*2`, `SUM(1,2)`, `1+2`, `表1!A1`."""
QUOTED = re.compile(r'"[^"]*"')
CELL_PICTURE = "=DISPIMG("
"""What WPS stores as the text of a cell that shows a picture, a signature most often."""
LAST_COLUMN = 16384
TRUE = ("1", "true")
"""How XML writes a true boolean."""


@dataclass(frozen=True, slots=True)
class Workbook:
    """What the sheets of a workbook share."""

    strings: Sequence[str]
    formats: Sequence[str]
    """The number format of each cell style."""
    from_1904: bool


@dataclass(slots=True)
class _Gathered:
    """The parts of a sheet while it is read."""

    texts: dict[tuple[int, int], str] = field(default_factory=dict)
    filled: int = 0
    merges: list[Area] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    uncalculated: list[tuple[int, int]] = field(default_factory=list)
    programs: dict[str, str] = field(default_factory=dict)
    """Of the objects on the sheet, each once, though it is written for new programs and for others."""


def read(data: bytes, limits: Limits) -> Document:
    """Read every sheet with text, hidden ones too: a table each, or several where tables stand side by side.

    Raises UnreadableFile where the package or its XML is damaged, encrypted or over a limit.
    """
    package = open_package(data, limits)
    main = package.main_part("xl/workbook.xml")
    root = package.parse(main)
    relations = package.relations(main)
    targets = {relation.kind: relation.target for relation in relations.values()}
    properties = element(root, "workbookPr")
    workbook = Workbook(
        _shared_strings(package, targets.get("sharedStrings")),
        _formats(package, targets.get("styles")),
        properties is not None and properties.get("date1904") in TRUE,
    )
    tables: list[Table] = []
    problems: list[Problem] = []
    left_out = LeftOut()
    for entry in elements(element(root, "sheets")):
        relation = relations.get(attribute(entry, "id") or "")
        if relation is None or relation.kind != "worksheet":
            continue  # A sheet that is a chart or a dialogue has no cells.
        gathered = _gather(package, relation.target, workbook, limits)
        for program in gathered.programs.values():
            left_out.note_object(program)
        _note_pictures(package, relation.target, left_out)
        sheet = Sheet(
            entry.get("name", ""),
            entry.get("state", "visible") != "visible",
            gathered.texts,
            tuple(gathered.merges),
            frozenset(gathered.hidden_rows),
            frozenset(gathered.hidden_columns),
            tuple(gathered.uncalculated),
        )
        read, found = read_sheet(sheet, limits)
        tables += read
        problems += found
    return Document("xlsx", tuple(tables), (*problems, *left_out.problems()))


def _note_pictures(package: Package, sheet: str, left_out: LeftOut) -> None:
    """Note the pictures on a sheet that are as large as a page; damage to them is no damage to its cells."""
    with suppress(UnreadableFile):
        drawings = [each.target for each in package.relations(sheet).values() if each.kind == "drawing"]
        for drawing in drawings:
            for anchor in elements(package.parse(drawing)):
                if any(local_name(found) == "pic" for found in anchor.iter()):
                    left_out.note_picture(anchor)


def _shared_strings(package: Package, name: str | None) -> Sequence[str]:
    if name not in package.names:
        return ()
    check_tags(package.read(name), package.limits)
    return [_rich_text(entry) for entry in _stream(package, name, "si")]


def _rich_text(parent: etree._Element) -> str:
    """Return the text of a string, of all its runs; phonetic guides are left out."""
    pieces = []
    for child in parent:
        if local_name(child) == "t":
            pieces.append(child.text or "")
        elif local_name(child) == "r":
            pieces.append(_rich_text(child))
    return ESCAPE.sub(lambda match: chr(int(match[1], 16)), "".join(pieces))


def _formats(package: Package, name: str | None) -> Sequence[str]:
    """Return the number format of each cell style."""
    if name not in package.names:
        return ()
    root = package.parse(name)
    own = {
        entry.get("numFmtId"): entry.get("formatCode", "General")
        for entry in elements(element(root, "numFmts"))
    }
    formats = []
    for style in elements(element(root, "cellXfs")):
        number = style.get("numFmtId", "0")
        formats.append(own.get(number) or built_in_format(number))
    return formats


def _gather(package: Package, name: str, workbook: Workbook, limits: Limits) -> _Gathered:
    gathered = _Gathered()
    row = -1
    for found in _stream(package, name, "row", "mergeCell", "col", "oleObject"):
        kind = local_name(found)
        if kind == "row":
            row = _count(found.get("r"), row + 2) - 1
            _gather_row(found, row, workbook, gathered, limits)
        elif kind == "mergeCell":
            corners = [_position(corner) for corner in found.get("ref", "").split(":")]
            if len(corners) == 2 and corners[0] and corners[1]:
                gathered.merges.append(Area(*corners[0], *corners[1]))
        elif kind == "oleObject":
            gathered.programs[found.get("shapeId", "")] = found.get("progId", "")
        elif found.get("hidden") in TRUE:
            first, last = _count(found.get("min"), 1), _count(found.get("max"), 0)
            gathered.hidden_columns.update(range(first - 1, min(last, LAST_COLUMN)))
    return gathered


def _gather_row(
    line: etree._Element, row: int, workbook: Workbook, gathered: _Gathered, limits: Limits
) -> None:
    if line.get("hidden") in TRUE:
        gathered.hidden_rows.add(row)
    place = (row, -1)
    for cell in elements(line, "c"):
        place = _position(cell.get("r", "")) or (place[0], place[1] + 1)
        text = _shown(cell, workbook)
        if text is None:
            gathered.uncalculated.append(place)
        # Cells that are only drawn matter around a form, not a hundred thousand rows below it.
        if text or len(gathered.texts) < limits.table_cells:
            gathered.texts[place] = text or ""
        gathered.filled += bool(text)
    enforce(limits, "table_cells", gathered.filled)


def _position(name: str) -> tuple[int, int] | None:
    """Return row and column of a cell's name, counted from 0: C12 is 11, 2."""
    match = ADDRESS.fullmatch(name)
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]) - 1, column - 1


def _count(text: str | None, default: int) -> int:
    """Return a number of at most nine digits."""
    return int(text) if text and re.fullmatch(r"[0-9]{1,9}", text) else default


def _shown(cell: etree._Element, workbook: Workbook) -> str | None:
    """Return what a cell shows; None for a formula whose result was not saved."""
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        inline = element(cell, "is")
        return "" if inline is None else _rich_text(inline)
    stored, formula = element(cell, "v"), element(cell, "f")
    value = "" if stored is None else stored.text or ""
    if value.startswith(CELL_PICTURE):
        return ""
    if formula is not None and formula.text and not _calculates(formula.text):
        return f"={formula.text}"
    if not value:
        return None if kind != "str" and formula is not None else ""
    style = _count(cell.get("s"), 0)
    code = workbook.formats[style] if style < len(workbook.formats) else "General"
    if kind == "s":
        number = _count(value, len(workbook.strings))
        return show_text(workbook.strings[number], code) if number < len(workbook.strings) else value
    if kind == "b":
        return "TRUE" if value == "1" else "FALSE"
    if kind == "n":
        return show_number(value, code, from_1904=workbook.from_1904)
    if kind == "d":
        return show_date(value, code)
    text = ESCAPE.sub(lambda match: chr(int(match[1], 16)), value)
    return show_text(text, code) if kind == "str" else text


def _calculates(formula: str) -> bool:
    """Tell a formula from a value that begins with its comparator.

    Filing systems write the value `=2.00(台)` into a cell without saying that it is text; the file then holds
    the formula `2.00(台)`, which no spreadsheet program can calculate.
    """
    bare = QUOTED.sub("", formula)
    return bool(CALCULATION.search(bare)) and (bare.isascii() or "!" in bare or "[" in bare)


def _stream(package: Package, name: str, *tags: str) -> Iterator[etree._Element]:
    """Yield the elements of some names from a part, one by one: a whole tree takes ten times its size."""
    data = package.read(name)
    refuse_document_type(data)
    try:
        for _, found in etree.iterparse(
            BytesIO(data),
            tag=[f"{{*}}{tag}" for tag in tags],
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
        ):
            yield found
            found.clear()
    except etree.XMLSyntaxError as error:
        raise UnreadableFile("damaged", detail=f"{name}: {error}") from error
