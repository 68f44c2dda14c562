"""Pages of cells → the blocks of a document, tables that run over pages joined."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from perflint.document import Block, Confidence, Line, PagePlace
from perflint.readers.grid import labels
from perflint.readers.grid.cut import (
    Break,
    Decision,
    Pair,
    decide,
    is_one_label,
    is_printed_again,
    pairs_at,
    spanned_columns,
)
from perflint.readers.grid.follow import continues
from perflint.readers.grid.fragments import GrowingCell, GrowingTable, finished, growing
from perflint.readers.grid.model import GridTable, PageGrid, PrintedLine, turned
from perflint.readers.grid.passages import passage
from perflint.readers.grid.sheets import pages_on


def join_pages(pages: Iterable[PageGrid]) -> tuple[Block, ...]:
    """Put the pages of a document together: lines and tables in reading order, a table over pages as one.

    Only one page and the table that may go on are held beside the blocks. A cell whose join is not sure has the
    confidence INFERRED.
    """
    blocks: list[Block | None] = []
    last: GrowingTable | None = None
    last_at = 0
    before: PageGrid | None = None
    for page in chain.from_iterable(map(pages_on, pages)):
        first = True
        for item in _in_order(page):
            if isinstance(item, PrintedLine):
                blocks.append(_line(item, page))
                continue
            fragment = growing(item, page)
            if first and last and before and continues(last, before, fragment, page):
                append(last, fragment)
            else:
                if last:
                    blocks[last_at] = finished(last)
                last, last_at = fragment, len(blocks)
                blocks.append(None)
            first = False
        if first and last:
            blocks[last_at] = finished(last)
            last = None
        before = page
    if last:
        blocks[last_at] = finished(last)
    return tuple(block for block in blocks if block)


def _in_order(page: PageGrid) -> list[GridTable | PrintedLine]:
    items: list[GridTable | PrintedLine] = [*page.tables, *page.lines]
    return sorted(items, key=_top)


def _top(item: GridTable | PrintedLine) -> tuple[float, float]:
    return (item.box[1], item.box[0])


def _line(line: PrintedLine, page: PageGrid) -> Line:
    def place(box: tuple[float, float, float, float]) -> PagePlace:
        return PagePlace(page.number, turned(box, page.quarters, page.width, page.height))

    pieces = tuple(passage(piece.text, place(piece.box), Confidence.TEXT) for piece in line.pieces)
    return Line(passage(line.text, place(line.box), Confidence.TEXT), pieces)


def append(table: GrowingTable, fragment: GrowingTable) -> None:
    """Add the next page's part to a table."""
    lower = fragment.first_row()
    skipped = _repeated_rows(table, fragment, lower)
    if skipped:
        for cell in fragment.cells:
            if cell.row < skipped < cell.row + cell.row_span:
                cell.row_span -= skipped - cell.row
                cell.row = skipped
        lower = [cell for cell in fragment.cells if cell.row == skipped]
    table.boxes += fragment.boxes
    if skipped >= fragment.rows:
        return
    upper = table.last_row()
    pairs = pairs_at(upper, lower)
    spanned = spanned_columns(upper, table, fragment)
    decision = Decision(Break.BETWEEN)
    if pairs and len(pairs) == len(lower) == len(upper):
        decision = decide(pairs, spanned, table, fragment)
    # A producer that leaves the rule out where it cuts a cell draws it where there is one.
    if any(pair.open for pair in pairs):
        spanned = []
    merged: dict[int, GrowingCell] = {}
    for pair in pairs:
        if decision.kind is not Break.BETWEEN or is_one_label(pair, spanned):
            _merge(pair, decision)
            merged[id(pair.lower)] = pair.upper
    offset = table.rows - skipped - (decision.kind is not Break.BETWEEN)
    for cell in fragment.cells:
        if cell.row < skipped:
            continue
        cell.row += offset
        above = merged.get(id(cell))
        if above is None:
            table.cells.append(cell)
        else:
            above.row_span = cell.row + cell.row_span - above.row
    table.rows = fragment.rows + offset


def _merge(pair: Pair, decision: Decision) -> None:
    """Put the lower cell's text and place to the upper one's."""
    upper, lower = pair
    whole = decision.kind is Break.BETWEEN or labels.is_level(lower.text)
    again = decision.kind is Break.TWICE or (whole and is_printed_again(pair))
    if not again:
        upper.lines += lower.lines
    upper.boxes += lower.boxes
    upper.open_bottom = lower.open_bottom
    upper.sure = upper.sure and lower.sure and decision.sure


def _repeated_rows(table: GrowingTable, fragment: GrowingTable, first: list[GrowingCell]) -> int:
    """Return how many rows at the fragment's top, `first` the uppermost, repeat header rows of the table.

    The label beside the table (绩效指标) that begins in its header row may be printed once only.
    """
    if not _is_header(first):
        return 0
    rows = fragment.rows_of_cells()
    known = [_texts(cells) for _, cells in sorted(table.rows_of_cells().items())]
    for index in range(len(known)):
        count = 0
        while (
            count in rows
            and index + count < len(known)
            and _texts(rows[count]) in (known[index + count], known[index + count][1:])
            and _is_header(rows[count])
        ):
            count += 1
        if count:
            return max(cell.row + cell.row_span for row in range(count) for cell in rows[row] if cell.lines)
    return 0


def _is_header(cells: list[GrowingCell]) -> bool:
    written = [cell for cell in cells if cell.lines]
    return len(written) >= 2 and 2 * sum(labels.is_heading(cell.text) for cell in written) > len(written)


def _texts(cells: list[GrowingCell]) -> tuple[str, ...]:
    written = sorted((cell for cell in cells if cell.lines), key=lambda cell: cell.x0)
    return tuple(labels.bare(cell.text) for cell in written)
