"""What a page break did to the row it fell on: between two rows, or through the middle of one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import Enum
from typing import NamedTuple

from perflint.readers.clean import fold
from perflint.readers.grid import labels
from perflint.readers.grid.fragments import SAME_EDGE, GrowingCell, GrowingTable

PADDING = 12.0
"""Points that cells leave on both sides of their text together (Word leaves 10.8)."""
OPENING, CLOSING = "(（[【《“", ")）]】》”"
_WORD = re.compile(r"[(（\[【《“]*(?:[!-\'*-~]+|.)[，。、；：！？)）\]】》”]*")
"""What no line break parts: Latin characters or a Chinese one, with the brackets and marks about it."""


class Break(Enum):
    """Where the page break fell."""

    BETWEEN = "between two rows"
    THROUGH = "through a row"
    TWICE = "between the two prints of one row"


class Decision(NamedTuple):
    """Where the break fell, and whether that is sure."""

    kind: Break
    sure: bool = True


class Pair(NamedTuple):
    """A cell above the page break and the one below it, between the same sides."""

    upper: GrowingCell
    lower: GrowingCell

    @property
    def open(self) -> bool:
        """No rule is drawn on either page."""
        return self.upper.open_bottom and self.lower.open_top

    @property
    def both(self) -> bool:
        """Both hold text."""
        return bool(self.upper.lines and self.lower.lines)

    @property
    def one(self) -> bool:
        """One of the two holds text."""
        return bool(self.upper.lines) != bool(self.lower.lines)


def pairs_at(upper: list[GrowingCell], lower: list[GrowingCell]) -> list[Pair]:
    """Return the cells of the last and the first row that meet at the page break between the same sides."""
    below = {round(cell.x0): cell for cell in lower}
    found = []
    for above in upper:
        for x0 in range(round(above.x0 - SAME_EDGE), round(above.x0 + SAME_EDGE) + 1):
            cell = below.get(x0)
            if cell is not None and above.beside(cell):
                found.append(Pair(above, cell))
                break
    return found


def decide(
    pairs: list[Pair], spanned: list[tuple[float, float]], table: GrowingTable, fragment: GrowingTable
) -> Decision:
    """Say where the page break fell.

    `pairs` are all cells that meet at it, `spanned` the sides of the columns in which cells span rows. Ruling lines
    decide where the producer leaves them out at a cut; where every row is closed on both pages, the text does.
    """
    leaves = [pair for pair in pairs if not _in(pair.upper, spanned)] or pairs
    if _printed_twice(leaves):
        return Decision(Break.TWICE, sure=False)
    if any(pair.open for pair in pairs):
        if not all(pair.open for pair in pairs):
            return Decision(Break.BETWEEN)
        whole = sum(pair.both and not _runs_on(pair) for pair in leaves)
        return Decision(Break.BETWEEN if whole >= 2 else Break.THROUGH)
    return _by_text(pairs, leaves, table, fragment)


def _by_text(pairs: list[Pair], leaves: list[Pair], table: GrowingTable, fragment: GrowingTable) -> Decision:
    """Decide by the text of the cells that belong to one row only."""
    both = [pair for pair in leaves if pair.both]
    split = [pair for pair in pairs if _halves(pair)]
    if not any(pair.upper.lines for pair in leaves) or not any(pair.lower.lines for pair in leaves):
        return Decision(Break.THROUGH)
    if any(not _runs_on(pair) for pair in both):
        return Decision(Break.BETWEEN)
    missing = [pair for pair in leaves if pair.one and _always_filled(pair, table, fragment)]
    if split or missing:
        return Decision(Break.THROUGH)
    if both and all(len(pair.upper.lines) > 1 for pair in both):
        return Decision(Break.THROUGH, sure=not all(_ends_sentence(pair.upper) for pair in both))
    return Decision(Break.BETWEEN)


def _printed_twice(leaves: list[Pair]) -> bool:
    written = [pair for pair in leaves if pair.upper.lines or pair.lower.lines]
    return len(written) >= 2 and all(fold(pair.upper.text) == fold(pair.lower.text) for pair in written)


def spanned_columns(
    last: list[GrowingCell], table: GrowingTable, fragment: GrowingTable
) -> list[tuple[float, float]]:
    """Return the sides of the columns in which cells span rows: levels are written there, not single rows.

    Only rows of the same columns as `last`, the row above the break, count: what spans rows among the indicators says
    nothing of the header block above them. Nor does a cell that spans a row a page: page breaks have put it together.
    """
    pattern = sorted(cell.x0 for cell in last)
    found = set()
    for part in (table, fragment):
        starts = part.starts_of_cells()
        for cell in part.cells:
            if cell.row_span > len(cell.boxes) and (
                _alike(pattern, starts[cell.row]) or _alike(pattern, starts[cell.row + cell.row_span - 1])
            ):
                found.add((cell.x0, cell.x1))
    return list(found)


def _alike(pattern: list[float], other: list[float]) -> bool:
    return len(pattern) == len(other) and all(
        abs(one - two) <= SAME_EDGE for one, two in zip(pattern, other, strict=True)
    )


def _in(cell: GrowingCell, columns: Iterable[tuple[float, float]]) -> bool:
    return any(abs(cell.x0 - x0) <= SAME_EDGE and abs(cell.x1 - x1) <= SAME_EDGE for x0, x1 in columns)


def _always_filled(pair: Pair, table: GrowingTable, fragment: GrowingTable) -> bool:
    """Say whether every other row that has this column writes something in it (at least two do).

    The last row below may be cut itself, by the next page break.
    """
    last, first, end = table.rows - 1, pair.lower.row, fragment.rows - 1
    others = [each for each in table.cells if each.row != last and each.beside(pair.upper)]
    others += [each for each in fragment.cells if first < each.row < end and each.beside(pair.upper)]
    return len(others) >= 2 and all(each.lines for each in others)


def _runs_on(pair: Pair) -> bool:
    """Say whether the text above the break may go on below it."""
    upper = pair.upper.text
    if _halves(pair) or _open_brackets(upper) > 0 > _open_brackets(pair.lower.text):
        return True
    line = pair.upper.lines[-1]
    em = (line.box[2] - line.box[0]) / max(_ems(line.text), 0.5)
    room = pair.upper.width - (line.box[2] - line.box[0])
    return room <= PADDING + (0.3 + _ems(_first_word(pair.lower.lines[0].text))) * em


def _ems(text: str) -> float:
    """Return the width of a text: a Chinese character is one em wide, a Latin one about a half."""
    return sum(1.0 if ord(letter) > 0x2E7F else 0.55 for letter in text)


def _first_word(text: str) -> str:
    match = _WORD.match(text)
    return match[0] if match else text[:1]


def _halves(pair: Pair) -> bool:
    return pair.both and labels.are_halves(pair.upper.text, pair.lower.text)


def _open_brackets(text: str) -> int:
    return sum(text.count(mark) for mark in OPENING) - sum(text.count(mark) for mark in CLOSING)


def _ends_sentence(cell: GrowingCell) -> bool:
    return cell.text.endswith(("。", "；", "！", ";"))


def is_one_label(pair: Pair, spanned: list[tuple[float, float]]) -> bool:
    """Say whether two cells at a break between two rows are one merged cell.

    `spanned` are the sides of the columns in which cells span rows.
    """
    if pair.open or _halves(pair):
        return True
    upper = pair.upper.text
    if labels.is_heading(upper) or not (_in(pair.upper, spanned) or labels.is_level(upper)):
        return False
    return not pair.both or is_printed_again(pair)


def is_printed_again(pair: Pair) -> bool:
    """Say whether the lower cell repeats the upper one's text, or its end.

    Calc prints the label of a cut cell on both pages, and of its lines those that are in sight.
    """
    upper, lower = fold(pair.upper.text), fold(pair.lower.text)
    return bool(lower) and upper.endswith(lower)
