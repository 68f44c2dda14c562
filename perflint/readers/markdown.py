"""What of a line of plain text is Markdown: the cells of a table's row, the marks around a heading."""

from __future__ import annotations

import re
from itertools import pairwise, zip_longest

# | 项目名称 | 网络安全运维 |; a bar behind a backslash belongs to its cell.
_ROW = re.compile(r"\s*\|.*\|\s*$")
_BAR = re.compile(r"(?<!\\)\|")
# The line between the head of a table and its rows: | --- | :---: |.
_RULE = re.compile(r"\s*\|(?:\s*:?-+:?\s*\|)+\s*$")
# A cell has no other way to hold a line end; bold is what a converter makes of a label in bold type.
_LINE_END = re.compile(r"<br\s*/?>", re.IGNORECASE)
_HEADING = re.compile(r"\s{0,3}#{1,6}\s+")
# Signs of values that would be marks, as converters write them: \>=95%, &lt;=3. LaTeX (\%) is cleaned elsewhere.
_ESCAPED = re.compile(r"\\(?=[|<>=~*_#+.-])")
# Converters that cannot write a merged cell with bars write the whole table as HTML between the lines.
_TABLE = re.compile(r"(<table\b.*?</table>)", re.IGNORECASE | re.DOTALL)
_PAGE = re.compile(r"</?(?:html|body)>", re.IGNORECASE)
_ENTITIES = {"&gt;": ">   ", "&lt;": "<   "}


def is_rule(line: str) -> bool:
    """Say whether a line parts the head of a table from its rows."""
    return _RULE.match(line) is not None


def cells_of(line: str) -> list[tuple[int, str]]:
    """Return the cells of a table's row as they are shown, each with where it begins on the line; or none."""
    if _ROW.match(line) is None:
        return []
    bars = [match.start() for match in _BAR.finditer(line)]
    shown = without_marks(line)
    return [(left + 1, shown[left + 1 : right]) for left, right in pairwise(bars)]


def without_marks(text: str) -> str:
    """Return a line or a cell with blanks in the place of its marks: what is left keeps its column."""
    plain = _HEADING.sub(_blank, text, count=1) if "#" in text else text
    plain = _LINE_END.sub(_line_end, _ESCAPED.sub(" ", plain.replace("**", "  ")))
    for entity, sign in _ENTITIES.items():
        plain = plain.replace(entity, sign)
    return plain


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _line_end(match: re.Match[str]) -> str:
    return "\n".ljust(len(match[0]))


def as_page(text: str) -> str:
    """Return a text with tables in HTML as a web page: each line outside them is a paragraph."""
    parts = _TABLE.split(_PAGE.sub("\n", text))
    paragraphs = (
        "".join(f"<p>{without_marks(line)}</p>" for line in part.splitlines()) for part in parts[::2]
    )
    return "".join(piece for pair in zip_longest(paragraphs, parts[1::2], fillvalue="") for piece in pair)
