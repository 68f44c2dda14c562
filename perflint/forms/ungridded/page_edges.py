"""Leave out what a page prints around its text: page numbers, headers and footers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from perflint.document import Line
from perflint.forms.vocabulary import is_label, split_label, title_of
from perflint.readers.clean import fold
from perflint.words import words

# A line that stands at the edge of so many pages is a header or footer.
_PAGES_WITH_A_HEADER = 3


def without_page_edges(lines: Sequence[Line]) -> list[Line]:
    """Return the lines without page numbers, headers and footers; the next line takes over their break.

    Away from a page break a number with dashes or words around it is one (— 12 —, 第3页); a header is
    only what stands at the edge of several pages and is neither title nor label.
    """
    edges = Counter(_shape(lines[number]) for number in _edges(lines))
    kept: list[Line] = []
    broken = False
    for number, line in enumerate(lines):
        if _is_page_number(lines, number) or _is_header(lines, number, edges):
            broken = True
            continue
        kept.append(replace(line, blank_before=True, break_before=True) if broken and kept else line)
        broken = False
    return kept


def _edges(lines: Sequence[Line]) -> list[int]:
    """Return the numbers of the lines right above and below each page break."""
    breaks = [number for number, line in enumerate(lines) if line.break_before]
    return sorted({*breaks, *(number - 1 for number in breaks if number)})


def _is_page_number(lines: Sequence[Line], number: int) -> bool:
    text = fold(lines[number].passage.text)
    if not re.match(words("pages")["page_number"], text):
        return False
    return _is_at_edge(lines, number) or not (text[0].isdecimal() or text[-1].isdecimal())


def _is_header(lines: Sequence[Line], number: int, edges: Counter[str]) -> bool:
    text = lines[number].passage.text
    if edges[_shape(lines[number])] < _PAGES_WITH_A_HEADER or not _is_at_edge(lines, number):
        return False
    return not (lines[number].pieces or title_of(text) or is_label(text) or split_label(text))


def _is_at_edge(lines: Sequence[Line], number: int) -> bool:
    """Say whether a line stands right above or below a page break."""
    following = lines[number + 1] if number + 1 < len(lines) else None
    return lines[number].break_before or following is None or following.break_before


def _shape(line: Line) -> str:
    """Return the text of a line for comparing, whatever number it holds."""
    return re.sub(r"\d+", "0", fold(line.passage.text))
