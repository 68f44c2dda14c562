"""Whether the first table of a page continues the last one of the page before."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from perflint.readers.grid import labels
from perflint.readers.grid.fragments import SAME_EDGE, GrowingCell, GrowingTable
from perflint.readers.grid.model import PageGrid, PrintedLine

MARGIN = 60.0
"""Points by which a table may stand further left or right on the next page (margins for binding)."""

_DIGITS = re.compile(r"\d+")


def continues(table: GrowingTable, before: PageGrid, fragment: GrowingTable, page: PageGrid) -> bool:
    """Say whether `fragment`, the first table of `page`, goes on with `table`, the last one of the page `before`.

    It does where it has the same outer edges, no title stands between, and it does not begin as a form begins.
    """
    if not 0 <= page.number - before.number <= 1 or not _same_edges(table, fragment):
        return False
    if _begins_anew(table, fragment):
        return False
    between = list(_between(table, before, fragment, page))
    if any(labels.is_title(line.text) for line in between):
        return False
    return not between or _same_columns(table.last_row(), fragment.first_row())


def _same_edges(table: GrowingTable, fragment: GrowingTable) -> bool:
    (before, upper), (page, lower) = table.boxes[-1], fragment.boxes[0]
    shift = (upper[0] - before.left) - (lower[0] - page.left)
    return abs(table.width - fragment.width) <= SAME_EDGE and abs(shift) <= MARGIN


def _same_columns(upper: list[GrowingCell], lower: list[GrowingCell]) -> bool:
    """Say whether the last and the first row have the same columns, or a cell that no rule parts."""
    pairs = [(one, other) for one in upper for other in lower if one.beside(other)]
    if any(one.open_bottom and other.open_top for one, other in pairs):
        return True
    return len(pairs) >= 3 and len(pairs) == len(upper) == len(lower)


def _between(
    table: GrowingTable, before: PageGrid, fragment: GrowingTable, page: PageGrid
) -> Iterator[PrintedLine]:
    """Return the lines below the table and above the fragment, without page numbers and running heads and feet."""
    below = [line for line in before.lines if line.box[1] >= table.boxes[-1][1][3] - 2]
    above = [line for line in page.lines if line.box[3] <= fragment.boxes[0][1][1] + 2]
    yield from _own(below, page.lines)
    yield from _own(above, before.lines)


def _own(lines: list[PrintedLine], others: Iterable[PrintedLine]) -> Iterator[PrintedLine]:
    """Return the lines that are not repeated on the other page at the same height."""
    if not lines:
        return
    running = [(_DIGITS.sub("0", line.text), line.box[1]) for line in others]
    for line in lines:
        if labels.is_page_number(line.text) or labels.is_continuation_mark(line.text):
            continue
        text = _DIGITS.sub("0", line.text)
        repeated = any(text == other and abs(line.box[1] - height) < 3 for other, height in running)
        if not repeated or labels.is_title(line.text):
            yield line


def _begins_anew(table: GrowingTable, fragment: GrowingTable) -> bool:
    """Say whether the fragment's first row is that of a form: a title, or the label that the table begins with."""
    first = [cell for cell in fragment.first_row() if cell.lines]
    known = [cell for cell in table.first_row() if cell.lines]
    if not first or not known:
        return False
    if len(first) == 1 and labels.is_title(first[0].text):
        return True
    same = labels.bare(first[0].text) == labels.bare(known[0].text)
    return (
        same
        and len(first) > 1
        and not labels.is_heading(first[0].text)
        and not labels.is_level(first[0].text)
    )
