"""Read plain text: its encoding, its lines, and the pieces between tabs."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from itertools import accumulate

from perflint.document import Confidence, Document, Line, LinePlace, Passage, Problem, UnreadableFile
from perflint.limits import Limits, enforce
from perflint.readers import markdown
from perflint.readers.clean import clean

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# Big5 read as GB18030 gives characters that mainland texts do not use: of four Shanghai forms written in
# Big5, a third of the characters were in GB 2312; written in GB18030, all.
LEAST_SHARE_OF_COMMON_CHARACTERS = 0.8

# A broken download or a cut character spoils a few bytes of a UTF-8 file; another encoding, far more than 1
# %.
MOST_SHARE_OF_BROKEN_CHARACTERS = 0.01
BROKEN = "\ufffd"

PAGE_BREAK = "\f"

# The line that converters draw between the head of a table and its rows, between tabs, and where a page begins one.
RULE_BETWEEN_TABS = re.compile(r"\s*:?-{2,}:?(?:\t\s*:?-{2,}:?)+\s*")


def read(data: bytes, limits: Limits) -> Document:
    """Read a text file in UTF-8, UTF-16 or GB18030.

    Every line that is not blank becomes a Line, with its parts between tabs as pieces where it has tabs. A
    form feed is a page break, as pdftotext writes it. A text with tables in Markdown has their cells for pieces.
    Raises UnreadableFile for an unknown encoding, and over a limit.
    """
    text = decode(data)
    problems: tuple[Problem, ...] = ()
    if BROKEN in text and BROKEN.encode() not in data:
        problems = (Problem("E905", {"reason": "undecodable-bytes"}),)
    enforce(limits, "lines", text.count("\n") + text.count("\r"))
    return Document("text", tuple(_lines(text)), problems, pages=text.rstrip().count(PAGE_BREAK) + 1)


def decode(data: bytes) -> str:
    """Return the text of a file in UTF-8, UTF-16 (with or without a byte order mark) or GB18030.

    A few bytes that are not UTF-8 become U+FFFD. Raises UnreadableFile where it is none of them, Big5 and
    Shift-JIS among others.
    """
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace")
    for encoding in ("utf-8", *_utf_16_without_mark(data), "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding != "gb18030" or _is_mainland_chinese(text):
            return text
    text = data.decode("utf-8", errors="replace")
    if text.count(BROKEN) <= MOST_SHARE_OF_BROKEN_CHARACTERS * len(text):
        return text
    raise UnreadableFile("unknown-encoding")


def _utf_16_without_mark(data: bytes) -> tuple[str, ...]:
    """Return the UTF-16 encoding whose line ends and blanks the bytes show, if any."""
    for encoding, blank in (("utf-16-le", rb"[\n\r\t 0-9]\0"), ("utf-16-be", rb"\0[\n\r\t 0-9]")):
        hits = sum(1 for match in re.finditer(blank, data) if match.start() % 2 == 0)
        if len(data) % 2 == 0 and hits * 100 > len(data):
            return (encoding,)
    return ()


def _is_mainland_chinese(text: str) -> bool:
    """Say whether the Chinese characters of a text are those of GB 2312, nearly all of them."""
    chinese = re.findall("[\u3400-\u9fff\ue000-\uf8ff]", text)
    common = sum(1 for character in chinese if _in_gb2312(character))
    return common >= LEAST_SHARE_OF_COMMON_CHARACTERS * len(chinese)


def _in_gb2312(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _lines(text: str) -> Iterator[Line]:
    """Yield the lines that are not blank; a page break ends a line."""
    blank, page_break = False, False
    is_markdown = "|" in text and any(map(markdown.is_rule, text.splitlines()))
    for number, column, content in _stretches(text):
        page_break = page_break or column > 1
        if (is_markdown and markdown.is_rule(content)) or RULE_BETWEEN_TABS.fullmatch(content):
            continue
        cells = markdown.cells_of(content) if is_markdown else []
        shown = markdown.without_marks(content) if is_markdown else content
        if not shown.strip():
            blank = True
            continue
        yield Line(
            passage=_passage(shown, number, column),
            pieces=tuple(
                _passage(cell, number, column + start) for start, cell in cells or _between_tabs(shown)
            ),
            blank_before=blank or page_break,
            break_before=page_break,
        )
        blank, page_break = False, False


def _stretches(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield the stretches between line ends and page breaks, each with its line and first column."""
    for number, line in enumerate(re.split("\r\n|\r|\n", text), 1):
        column = 1
        for part in line.split(PAGE_BREAK):
            yield number, column, part
            column += len(part) + 1


def _between_tabs(content: str) -> list[tuple[int, str]]:
    """Return the parts of a line between tabs, each with where it begins; none where the line has no tab."""
    parts = content.split("\t")
    if len(parts) == 1:
        return []
    return list(zip(accumulate((len(part) + 1 for part in parts[:-1]), initial=0), parts, strict=True))


def _passage(content: str, number: int, column: int) -> Passage:
    """Return a stretch of a line with its place, the blanks around it left out."""
    stripped = content.strip()
    start = column + len(content) - len(content.lstrip()) if stripped else column
    place = LinePlace(number, start, number, start + len(stripped))
    return Passage(clean(content), place, Confidence.TEXT, content)
