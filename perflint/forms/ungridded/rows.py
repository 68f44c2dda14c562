"""The rows of an indicator table without a grid: which pieces of the text are the cells of one row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from perflint.forms.ungridded.cells import (
    are_points,
    is_figure,
    join_cost,
    looks_like_value,
    row_costs,
    speaks_like_remark,
    text_cost,
    width,
)
from perflint.forms.ungridded.labels import level_labels
from perflint.forms.ungridded.sections import Heading, lines_of
from perflint.forms.ungridded.tokens import Token, is_wide, joined_text
from perflint.forms.vocabulary import comparable, level_kind, looks_like_label

# A row with every cell broken over lines two characters wide stands on this many; with tabs a page break
# cuts one in two.
_MOST_LINES = {"tabs": 2, "stream": 16}
_MOST_TOKENS = 24
_MOST_PIECES = 10
_FIGURE_ROLES = frozenset({"target", "other_target", "actual", "weight", "score"})
_BROKEN_FIGURES = 2
_NEVER = float("inf")
# Labels of so many kinds of level 2 in front of one row are those of other rows as well: a column by itself.
_KINDS_OF_A_COLUMN = 4
_ROLES = (
    "other_name",
    "name",
    "sign",
    "target",
    "unit",
    "other_target",
    "actual",
    "weight",
    "score",
    "reason",
    "note",
    "extra",
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A token of an indicator table; `is_label` where it is a known level label."""

    token: Token
    is_label: bool


@dataclass(frozen=True, slots=True)
class RawRow:
    """The cells of one row by role, and the level labels that stand before it or in its midst."""

    cells: dict[str, tuple[Token, ...]]
    labels: tuple[Token, ...]
    after_break: bool


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a table, the labels below the last one, and the lines that were not understood."""

    rows: tuple[RawRow, ...]
    labels_below: tuple[Token, ...]
    unread: tuple[tuple[Token, ...], ...]
    state: str
    """What the text is like: `whole` or `damaged` columns, or a `stream` without any.

    `middle` is a stream where labels stand in the midst of their rows, `apart` one where they stand together
    above or below them.
    """
    cost: float
    """What this way to read the table costs, the less the better."""


STATES_WITH_COLUMNS = frozenset({"whole", "damaged"})
"""Texts whose columns tabs keep: there an empty cell is empty."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """A way to read some pieces as one row: what it costs, and role, first piece, end of each cell."""

    cost: float
    cells: tuple[tuple[str, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class _Table:
    """The pieces of a table, the first piece of each line (and the end), and the headings."""

    pieces: Sequence[Piece]
    starts: Sequence[int]
    headings: Sequence[Heading]
    mode: str
    figures: Sequence[bool]
    """Which of the pieces are figures."""
    costs: dict[tuple[int, int, int], float]
    """What the cells that were tried cost, by heading, first piece and end."""
    room: float
    """The width in Chinese characters that names are known to have on a line, 0 where it is not known."""
    is_spaced: bool
    """Whether blank lines part the lines of the text."""


def rows_of(pieces: Sequence[Piece], headings: Sequence[Heading]) -> Rows:
    """Return the rows of an indicator table.

    The cheapest way to part its lines into rows and these into cells.

    `headings` give the order of the cells. Costs are those of `rules/words/ungridded.toml`.
    """
    mode = "tabs" if any(piece.token.column is not None for piece in pieces) else "stream"
    sizes = (len(line) for line in lines_of([piece.token for piece in pieces]))
    columns = [heading for heading in headings if heading.role in _ROLES]
    figures = [is_figure(piece.token.text) for piece in pieces]
    starts = list(accumulate(sizes, initial=0))
    is_stream = mode == "stream" and not any(map(is_wide, (piece.token for piece in pieces)))
    table = _Table(
        pieces,
        starts,
        columns,
        mode,
        figures,
        costs={},
        room=_room_for_names(pieces) if is_stream else 0.0,
        is_spaced=is_stream and _is_spaced(pieces),
    )
    return _collected(table, _cheapest(table))


def _room_for_names(pieces: Sequence[Piece]) -> float:
    """Return the width of the widest text that stands in front of a value and begins its line."""
    return max(
        (
            width(piece.token.text)
            for piece, following in pairwise(pieces)
            if piece.token.first and following.token.line == piece.token.line and not piece.is_label
            if looks_like_value(following.token.text) and not looks_like_value(piece.token.text)
        ),
        default=0.0,
    )


def _is_spaced(pieces: Sequence[Piece]) -> bool:
    """Say whether a blank line stands above most lines."""
    firsts = [piece.token for piece in pieces if piece.token.first]
    return sum(token.blank_before for token in firsts) > len(firsts) / 2


Step = tuple[float, int, _Reading | None]
"""The cheapest reading of the lines up to one: cost, first line of its last row, that row (None: no row)."""


def _cheapest(table: _Table) -> list[Step]:
    """Return the cheapest reading of the first lines, for each number of lines."""
    best: list[Step] = [(0.0, 0, None)]
    for end in range(1, len(table.starts)):
        options: list[Step] = [(best[-1][0] + _cost_of_leaving_out(table, end - 1), end - 1, None)]
        for start in range(end - 1, max(-1, end - 1 - _MOST_LINES[table.mode]), -1):
            if table.starts[end] - table.starts[start] > _MOST_TOKENS or _has_too_many_figures(
                table, start, end
            ):
                break
            reading = _row(table, start, end)
            if reading:
                options.append((best[start][0] + reading.cost, start, reading))
        best.append(min(options, key=lambda option: option[0]))
    return best


def _has_too_many_figures(table: _Table, start: int, end: int) -> bool:
    """Say whether lines hold more figures than one row can: one a column, and a few that a line end broke."""
    columns = sum(heading.role in _FIGURE_ROLES for heading in table.headings)
    figures = sum(table.figures[table.starts[start] : table.starts[end]])
    return figures > columns + _BROKEN_FIGURES


def _cost_of_leaving_out(table: _Table, line: int) -> float:
    """Return what it costs to read a line as no part of any row."""
    pieces = table.pieces[table.starts[line] : table.starts[line + 1]]
    if all(piece.is_label for piece in pieces):
        return float(row_costs()["labels_only"])
    return float(row_costs()["unread"])


def _row(table: _Table, start: int, end: int) -> _Reading | None:
    """Return the cheapest way to read lines `start` to `end` (exclusive) as one row, if any."""
    first, stop = table.starts[start], table.starts[end]
    if all(piece.is_label for piece in table.pieces[first:stop]):
        return None
    reading = _cells(table, first, stop)
    if reading is None:
        return None
    cost = reading.cost + _cost_of_lines(table, start, end)
    if table.mode == "stream" and _looks_like_no_row(table, reading):
        cost += row_costs()["no_likely_cell"]
    return _Reading(cost, reading.cells)


def _looks_like_no_row(table: _Table, reading: _Reading) -> bool:
    """Say whether neither the name nor the value of a row looks like one: 满负荷运|转需求, parts of a value."""
    texts = {
        role: joined_text([piece.token for piece in table.pieces[first:end]])
        for role, first, end in reading.cells
        if role in ("name", "target")
    }
    return len(texts) > 1 and all(text_cost(role, text) >= 0 for role, text in texts.items())


def _cost_of_lines(table: _Table, start: int, end: int) -> float:
    """Return what it costs that a row stands on several lines.

    Those of labels above it are none of its own.
    """
    costs = row_costs()["next_line"]
    total = 0.0
    begun = False
    for line in range(start, end):
        pieces = table.pieces[table.starts[line] : table.starts[line + 1]]
        if begun:
            broken = pieces[0].token.break_before or pieces[0].token.blank_before
            total += costs["tabs_at_break" if broken and table.mode == "tabs" else table.mode]
        elif line == start and line and _follows_closely(table, line):
            total += row_costs()["close_line"]
        begun = begun or not all(piece.is_label for piece in pieces)
    return total


def _follows_closely(table: _Table, line: int) -> bool:
    """Say whether a line stands half a line from the one above, which holds more than labels."""
    above = table.pieces[table.starts[line - 1] : table.starts[line]]
    first = table.pieces[table.starts[line]]
    if not table.is_spaced or first.is_label or all(piece.is_label for piece in above):
        return False
    return not first.token.blank_before


def _cells(table: _Table, first: int, stop: int) -> _Reading | None:
    """Share pieces out among the columns in their order; a column may be left empty, a label left out."""
    count = stop - first
    known: list[_Reading | None] = [_Reading(0.0), *[None] * count]
    for column, heading in enumerate(table.headings):
        _skip_labels(table, first, known, began=column > 0, is_block=_begins_a_block(table, column))
        missing = row_costs()["missing"].get(heading.role, 0.0)
        following = [
            _Reading(reading.cost + missing, reading.cells) if reading else None for reading in known
        ]
        for begin, reading in enumerate(known):
            if reading is None:
                continue
            for end in range(begin + 1, min(begin + _MOST_PIECES, count) + 1):
                cost = _cell_cost(table, column, first + begin, first + end)
                if cost == _NEVER:
                    break
                cost += reading.cost
                if (other := following[end]) is None or cost < other.cost:
                    following[end] = _Reading(
                        cost, (*reading.cells, (heading.role, first + begin, first + end))
                    )
        known = following
    _skip_labels(table, first, known, began=True)
    return known[-1]


def _begins_a_block(table: _Table, column: int) -> bool:
    """Say whether labels of level 2 stand in front of a column: it is that of the names of a second block."""
    return table.headings[column].role == "name" and table.headings[0].role == "other_name"


def _skip_labels(
    table: _Table, first: int, known: list[_Reading | None], *, began: bool, is_block: bool = False
) -> None:
    """Let labels stand between the cells of a row: free before its first cell, and one before a block."""
    for index in range(len(known) - 1):
        reading, piece = known[index], table.pieces[first + index]
        if reading is None:
            continue
        cost = reading.cost
        if piece.is_label:
            is_free = is_block and not table.pieces[first + index - 1].is_label
            cost += row_costs()["label_inside"] if reading.cells and not is_free else 0.0
        elif not began and table.mode == "tabs" and _may_be_label(table, piece.token):
            cost += row_costs()["unknown_label"]
        else:
            continue
        if (other := known[index + 1]) is None or cost < other.cost:
            known[index + 1] = _Reading(cost, reading.cells)


def _may_be_label(table: _Table, token: Token) -> bool:
    """Say whether a token stands left of the column of names and may be a label."""
    if is_figure(token.text) or not looks_like_label(token.text):
        return False
    name = next((heading.token.column for heading in table.headings if heading.role == "name"), None)
    return name is not None and token.column is not None and token.column < name and not token.last


def _cell_cost(table: _Table, column: int, first: int, end: int) -> float:
    """Return what pieces cost as one cell under a heading; too much is never, for more pieces as well."""
    key = (column, first, end)
    if key not in table.costs:
        table.costs[key] = _cost_of_cell(table, table.headings[column], table.pieces[first:end])
    return table.costs[key]


def _cost_of_cell(table: _Table, heading: Heading, pieces: Sequence[Piece]) -> float:
    """Work out what pieces cost as one cell under a heading."""
    tokens = [piece.token for piece in pieces]
    if len(tokens) > 1 and heading.role in ("weight", "score"):
        return (
            row_costs()["must_go_on"] + text_cost(heading.role, joined_text(tokens))
            if are_points(tokens)
            else _NEVER
        )
    joining = join_cost(tokens, table.room if heading.role == "name" else 0.0)
    joining += row_costs()["label_as_name"] * sum(piece.is_label for piece in pieces)
    if joining > row_costs()["unread"]:
        return _NEVER
    cost = joining + text_cost(heading.role, joined_text(tokens))
    if heading.role == "name" and len(tokens) > 1 and not tokens[-1].first and is_figure(tokens[-1].text):
        cost += row_costs()["name_with_figure"]
    is_close = table.is_spaced and not tokens[0].blank_before
    is_remark = heading.role in ("reason", "note")
    if is_remark and tokens[0].first and not is_close and not speaks_like_remark(joined_text(tokens)):
        cost += row_costs()["remark_on_new_line"]
    if tokens[0].column is not None and heading.token.column is not None:
        cost += row_costs()["column"] * abs(tokens[0].column - heading.token.column)
    return float(cost)


def _collected(table: _Table, best: Sequence[Step]) -> Rows:
    """Return the rows of the cheapest reading from the top."""
    rows: list[RawRow] = []
    unread: list[tuple[Token, ...]] = []
    labels: list[Token] = []
    for start, end, reading in _steps(best):
        pieces = range(table.starts[start], table.starts[end])
        inside = {
            index for _, first, stop in (reading.cells if reading else ()) for index in range(first, stop)
        }
        outside = [table.pieces[index] for index in pieces if index not in inside]
        labels += [piece.token for piece in outside if piece.is_label or reading]
        if reading is None:
            if not all(piece.is_label for piece in outside):
                unread.append(tuple(piece.token for piece in outside))
            continue
        cells = {
            role: tuple(piece.token for piece in table.pieces[first:stop])
            for role, first, stop in reading.cells
        }
        token = table.pieces[min(inside)].token
        # Between tabs a blank line in a table is what a page break leaves.
        breaks = token.break_before or (token.column is not None and token.blank_before)
        rows.append(RawRow(cells, tuple(labels), bool(rows) and breaks))
        labels = []
    return Rows(tuple(rows), tuple(labels), tuple(unread), _state(table, rows, labels), best[-1][0])


def _state(table: _Table, rows: Sequence[RawRow], labels_below: Sequence[Token]) -> str:
    """Tell what the text is like.

    Cells that slid from their column, lost values and page breaks are damage.
    """
    if table.mode == "stream":
        if _kinds(labels_below) > 1 or any(_kinds(row.labels) >= _KINDS_OF_A_COLUMN for row in rows):
            return "apart"
        return "stream" if not rows or rows[0].labels else "middle"
    columns = {heading.role: heading.token.column for heading in table.headings}
    slid = any(
        tokens[0].column != columns[role]
        for row in rows
        for role, tokens in row.cells.items()
        if role in columns
    )
    lost = any("target" not in row.cells or row.after_break for row in rows)
    return "damaged" if slid or lost else "whole"


def labels_of_levels(rows: Rows) -> int:
    """Return how many labels of levels a table has, each counted once."""
    labels = (*(label for row in rows.rows for label in row.labels), *rows.labels_below)
    return len({comparable(label.text) for label in labels} & level_labels())


def _kinds(labels: Sequence[Token]) -> int:
    return len({level_kind(label.text, 2) for label in labels} - {None})


def _steps(best: Sequence[Step]) -> list[tuple[int, int, _Reading | None]]:
    """Return the rows of the cheapest reading with their lines, from the top."""
    steps: list[tuple[int, int, _Reading | None]] = []
    end = len(best) - 1
    while end > 0:
        _, start, reading = best[end]
        steps.append((start, end, reading))
        end = start
    return steps[::-1]


def cost_of(rows: Rows, headings: Sequence[Heading]) -> float:
    """Return how little the rows look like rows of these headings.

    The measure to choose between two readings by.
    """
    missing = {heading.role: row_costs()["missing"].get(heading.role, 0.0) for heading in headings}
    total = float(row_costs()["unread"]) * len(rows.unread)
    for row in rows.rows:
        total += sum(price for role, price in missing.items() if role not in row.cells)
        total += sum(text_cost(role, joined_text(tokens)) for role, tokens in row.cells.items())
    return total


def misfit_of(rows: Rows, headings: Sequence[Heading]) -> float:
    """Return what the cells of a table cost on average: -1 where each looks like its column, more the less.

    A column that is empty in every row is one that the form leaves empty (分值权重 of a goal form).
    """
    found = {"name", "target", *(role for row in rows.rows for role in row.cells)}
    filled = [heading for heading in headings if heading.role in found]
    priced = sum(heading.role in row_costs()["missing"] for heading in filled)
    return cost_of(rows, filled) / max(len(rows.rows) * priced, 1)
