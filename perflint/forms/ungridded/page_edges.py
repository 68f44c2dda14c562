"""Leave out what a page prints around its text: page numbers, headers and footers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

from perflint.document import Line
from perflint.forms.ungridded.cells import looks_like_value
from perflint.forms.ungridded.pieces import is_level_label
from perflint.forms.vocabulary import column_role, is_label, split_label, title_of
from perflint.readers.clean import clean, fold
from perflint.words import words

# A line that stands at the same edge of so many pages, and of half of them all, is a header or footer.
_PAGES_WITH_A_HEADER = 3
# The last piece of a broken label (标, 度指标) may stand at the edge of several pages; no header is that short.
_SHORTEST_HEADER = 4


def without_page_edges(lines: Sequence[Line]) -> list[Line]:
    """Return the lines without page numbers, headers and footers; the next line takes over their break.

    Away from a page break a number with dashes or words around it is one (— 12 —, 第3页); a header is
    only what stands at the same edge of several pages and holds neither title nor label nor value: forms
    of one page each end and begin alike.
    """
    edges, numbers = _edges(lines), _page_numbers(lines)
    kept: list[Line] = []
    broken = False
    for number, line in enumerate(lines):
        if number in numbers or _is_header(lines, number, edges):
            broken = True
            continue
        kept.append(replace(line, blank_before=True, break_before=True) if broken and kept else line)
        broken = False
    return kept


def _edges(lines: Sequence[Line]) -> tuple[Counter[str], Counter[str]]:
    """Return how often each line stands right below and right above a page break."""
    breaks = [number for number, line in enumerate(lines) if line.break_before]
    tops = {0, *breaks} if lines else set()
    bottoms = {number - 1 for number in (*breaks, len(lines)) if number}
    return (
        Counter(_shape(lines[number]) for number in tops),
        Counter(_shape(lines[number]) for number in bottoms),
    )


def _page_numbers(lines: Sequence[Line]) -> frozenset[int]:
    """Return which lines are page numbers.

    One with dashes or words around it is one anywhere. A bare number is one at a page break, unless others
    stand at page breaks that do not count the pages with it: then they are the last cells of tables (10, 10).
    """
    pattern = words("pages")["page_number"]
    texts = {number: fold(line.passage.text) for number, line in enumerate(lines)}
    found = [number for number, text in texts.items() if re.match(pattern, text)]
    bare = {number for number in found if texts[number].isdecimal()}
    pages = list(accumulate(int(line.break_before) for line in lines))
    at_edges = [number for number in bare if _is_at_edge(lines, number)] if pages and pages[-1] else []
    first_pages = Counter(int(texts[number]) - pages[number] for number in at_edges)
    counted = [
        number
        for number in at_edges
        if len(at_edges) == 1 or first_pages[int(texts[number]) - pages[number]] > 1
    ]
    marked = (number for number in found if number not in bare)
    return frozenset([*counted, *(number for number in marked if _is_marked(lines, number, texts[number]))])


def _is_marked(lines: Sequence[Line], number: int, text: str) -> bool:
    """Say whether a number with something around it is a page's: 3/9 only at a page break."""
    return _is_at_edge(lines, number) or not (text[0].isdecimal() or text[-1].isdecimal())


def _is_header(lines: Sequence[Line], number: int, edges: tuple[Counter[str], Counter[str]]) -> bool:
    line = lines[number]
    if not _is_at_edge(lines, number) or line.pieces or len(line.passage.text) < _SHORTEST_HEADER:
        return False
    pages = edges[0].total()
    often = max(edge[_shape(line)] for edge in edges)
    if often < _PAGES_WITH_A_HEADER or often * 2 < pages:
        return False
    parts = (line.passage.text, *(clean(part) for part in line.passage.original.split()))
    return not any(map(_is_of_a_form, parts))


def _is_of_a_form(text: str) -> bool:
    """Say whether a text is a title, a label, a heading, a level or a value of a form."""
    if title_of(text) or is_label(text) or split_label(text) or column_role(text):
        return True
    return is_level_label(text) or looks_like_value(text)


def _is_at_edge(lines: Sequence[Line], number: int) -> bool:
    """Say whether a line stands right above or below a page break."""
    following = lines[number + 1] if number + 1 < len(lines) else None
    return lines[number].break_before or following is None or following.break_before


def _shape(line: Line) -> str:
    """Return the text of a line for comparing, whatever number it holds."""
    return re.sub(r"\d+", "0", fold(line.passage.text))
