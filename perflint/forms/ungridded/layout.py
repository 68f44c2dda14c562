"""Put the cells together that stand one below the other in text laid out by blanks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from perflint.forms.ungridded.cells import is_figure, join_cost, row_costs, text_cost
from perflint.forms.ungridded.centred import with_first_lines
from perflint.forms.ungridded.columns import with_columns
from perflint.forms.ungridded.labels import LONGEST_RUN
from perflint.forms.ungridded.sections import Heading, is_heading, lines_of
from perflint.forms.ungridded.tokens import Token, is_wide, joined_text, merged, overlaps
from perflint.forms.vocabulary import (
    bare,
    field_role,
    is_blank,
    is_label,
    level_kind,
    split_label,
    title_of,
    year_line,
)

# A text is laid out where so many of its lines have a gap of two blanks or more between words.
_LEAST_SHARE_OF_GAPS = 0.25
# Lines that one row of a laid-out table stands on: a name of 40 characters in a column of seven.
_MOST_LINES = 8
_LINES_BETWEEN = 2
# A blank between so many Chinese characters on either side parts two goals that stand side by side.
_LONG_STRETCH = 8


def is_laid_out(tokens: Sequence[Token]) -> bool:
    """Say whether a text keeps the columns of the page by blanks."""
    lines = list(lines_of(tokens))
    if not lines or any(token.column is not None for token in tokens):
        return False
    gaps = sum(any(is_wide(token) for token in line) for line in lines)
    return gaps >= _LEAST_SHARE_OF_GAPS * len(lines)


def with_whole_labels(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """Put labels and headings together that stand broken one piece below the other."""
    lines = list(lines_of(tokens))
    used: set[int] = set()
    whole: list[Token] = []
    for number, line in enumerate(lines):
        for token in line:
            if id(token) in used:
                continue
            chain = _longest_label(token, lines[number + 1 : number + LONGEST_RUN], used)
            used.update(map(id, chain))
            whole.append(_on_fullest_line(chain, lines) if len(chain) > 1 else token)
    return tuple(sorted(whole, key=lambda token: (token.line, token.start)))


def _on_fullest_line(chain: Sequence[Token], lines: Sequence[Sequence[Token]]) -> Token:
    """Return the pieces of a label as one token, on that of their lines where most other cells stand."""
    first, last = chain[0].line, chain[-1].line
    spanned = [line for line in lines if first <= line[0].line <= last]
    middle = (first + last) / 2
    fullest = max(spanned, key=lambda line: (len(line), -abs(line[0].line - middle)))
    return replace(merged(chain), line=fullest[0].line)


def _longest_label(token: Token, below: Sequence[Sequence[Token]], used: set[int]) -> list[Token]:
    """Return the pieces that make the longest known label from a token downwards.

    The token alone where none do. A line without anything below the piece may stand between two: that of the
    cells whose text is one line high.
    """
    best = chain = [token]
    if not bare(token.text):
        return best
    for line in below:
        free = [other for other in line if id(other) not in used]
        under = [other for other in free if overlaps(chain[-1], other)]
        # Lines of many and of few characters drift apart: 自评得 and below it, further to the right, 分.
        rests = (other for other in free if not _is_known(other.text))
        under = under or [other for other in rests if is_heading(joined_text([*chain, other]))]
        if len(under) > 1 or line[0].line - chain[-1].line > _LINES_BETWEEN:
            break
        if not under:
            continue
        text = under[0].text
        if field_role(text, "header") or title_of(text) or year_line(text):
            break
        chain = [*chain, under[0]]
        if _is_known(joined_text(chain)):
            best = chain
    return best


def _is_known(text: str) -> bool:
    if is_label(text) or field_role(text, "funding_columns"):
        return True
    return _is_level(text) or is_heading(text)


def with_whole_values(
    tokens: Sequence[Token], roles_of: Callable[[str], dict[str, str]]
) -> tuple[Token, ...]:
    """Put values together that stand on several lines.

    A line without any label goes on with the cells above it; but where the label below has nothing beside
    it, its value stands around it, half above and half below. `roles_of` tells what a label may be.
    """
    cells: list[Token] = []
    lowest: dict[int, Token] = {}
    lines = _rows_apart(list(map(list, map(_cells_of, lines_of(tokens)))), roles_of)
    beside = _with_values_beside(lines, roles_of)
    # A value above its label shows that the cells are centred.
    has_begun = False
    for line in beside if beside == lines else with_first_lines(beside, roles_of):
        has_label = any(_is_label(token.text, roles_of) for token in line)
        has_begun = has_begun or has_label
        has_label = has_label or (not has_begun and any(year_line(token.text) for token in line))
        for token in line:
            above = [
                index
                for index, piece in lowest.items()
                if overlaps(piece, token) and token.line - piece.line <= _LINES_BETWEEN + 1
            ]
            nearest = max(above, key=lambda index: (lowest[index].line, index), default=None)
            if has_label or nearest is None or _is_label(cells[nearest].text, roles_of):
                lowest[len(cells)] = token
                cells.append(token)
            else:
                cells[nearest] = merged([cells[nearest], token])
                lowest[nearest] = token
    return tuple(cells)


def _is_label(text: str, roles_of: Callable[[str], dict[str, str]]) -> bool:
    """Say whether no text above or below goes on with a text: a label, with or without its value."""
    return bool(roles_of(text)) or split_label(text) is not None


def _rows_apart(lines: Sequence[list[Token]], roles_of: Callable[[str], dict[str, str]]) -> list[list[Token]]:
    """Put the lines between two blank ones on one where only one of them has labels, beside their values."""
    groups: list[list[list[Token]]] = []
    for line in lines:
        if not groups or line[0].blank_before:
            groups.append([])
        groups[-1].append(line)
    apart: list[list[Token]] = []
    for group in groups:
        labelled = [line for line in group if any(roles_of(token.text) for token in line)]
        row = _as_one_row(group, labelled[0], roles_of) if len(labelled) == 1 and len(group) > 1 else None
        apart += group if row is None else [row]
    return apart


def _as_one_row(
    group: Sequence[Sequence[Token]], labelled: Sequence[Token], roles_of: Callable[[str], dict[str, str]]
) -> list[Token] | None:
    """Return the cells of some lines as one line; None where a text stands over or under a label."""
    labels = [token for token in labelled if roles_of(token.text)]
    cells: list[list[Token]] = []
    for token in (token for line in group for token in line if token not in labels):
        if any(overlaps(label, token) for label in labels) or year_line(token.text):
            return None
        cell = next((cell for cell in cells if any(overlaps(other, token) for other in cell)), None)
        if cell is None:
            cells.append([token])
        else:
            cell.append(token)
    row = [*labels, *(replace(merged(cell), line=labelled[0].line) for cell in cells)]
    return sorted(row, key=lambda token: token.start)


def _cells_of(line: Sequence[Token]) -> Iterator[Token]:
    """Join the words of a line that only one blank parts, labels apart."""
    group: list[Token] = []
    for token in line:
        if group and (is_wide(token) or not _are_words(group[-1].text, token.text)):
            yield merged(group)
            group = []
        group.append(token)
    yield merged(group)


def _are_words(text: str, other: str) -> bool:
    """Say whether two neighbours may be words of one text: neither labels nor figures."""
    if _is_known(text) or _is_known(other):
        return False
    if min(len(text), len(other)) >= _LONG_STRETCH and not (text[-1].isascii() or other[0].isascii()):
        return False
    return not (is_figure(text) or is_blank(text)) or not (is_figure(other) or is_blank(other))


def _with_values_beside(
    lines: Sequence[list[Token]], roles_of: Callable[[str], dict[str, str]]
) -> list[list[Token]]:
    """Move what stands above the place of a missing value down beside its label."""
    moved = [list(line) for line in lines]
    for number in range(1, len(moved)):
        above, line = moved[number - 1], moved[number]
        if any(roles_of(token.text) for token in above):
            continue
        for index, label in enumerate(line):
            following = line[index + 1] if index + 1 < len(line) else None
            takes_value = roles_of(label.text).keys() & {"header", "funding"}
            if not takes_value or (following and not roles_of(following.text)):
                continue
            edge = following.start if following else float("inf")
            for token in [token for token in above if label.end <= token.start < edge]:
                above.remove(token)
                line.append(replace(token, line=label.line))
        line.sort(key=lambda token: token.start)
    return [line for line in moved if line]


def in_columns(headings: Sequence[Heading], tokens: Sequence[Token]) -> tuple[list[Heading], list[Token]]:
    """Return the headings and the cells of a table with their columns numbered, each row's cells on one line.

    Level labels go with the row nearest to them.
    """
    ordered = sorted(headings, key=lambda heading: heading.token.centre)
    placed = with_columns(ordered, tokens)
    numbered = [
        Heading(replace(heading.token, column=number), heading.role) for number, heading in enumerate(ordered)
    ]
    roles = {number: heading.role for number, heading in enumerate(ordered)}
    labels = [token for token in placed if roles[token.column or 0] in ("level1", "level2")]
    data = [token for token in placed if token not in labels]
    rows = _rows(data, roles)
    return numbered, _on_lines(rows, _whole_labels(labels))


def _whole_labels(tokens: Sequence[Token]) -> list[Token]:
    """Put the pieces of level labels together, column by column."""
    whole: list[Token] = []
    for column in sorted({token.column or 0 for token in tokens}):
        pieces = [token for token in tokens if token.column == column]
        while pieces:
            counts = [
                count
                for count in range(1, min(LONGEST_RUN, len(pieces)) + 1)
                if _is_level(joined_text(pieces[:count]))
            ]
            count = max(counts, default=1)
            label = merged(pieces[:count])
            lines = [token.line for token in pieces[:count]]
            whole.append(replace(label, line=round((lines[0] + lines[-1]) / 2)))
            pieces = pieces[count:]
    return whole


def _is_level(text: str) -> bool:
    return any(level_kind(text, level) for level in (1, 2))


Row = list[Token]


def _rows(tokens: Sequence[Token], roles: dict[int, str]) -> list[Row]:
    """Part the lines of a table into rows, the cheapest way; each row is one token a column."""
    lines = list(lines_of(tokens))
    best: list[tuple[float, int, list[Row]]] = [(0.0, 0, [])]
    for end in range(1, len(lines) + 1):
        options = []
        for start in range(max(0, end - _MOST_LINES), end):
            for cost, rows in _readings(lines[start:end], roles):
                options.append((best[start][0] + cost, start, rows))
        best.append(min(options, key=lambda option: option[0]))
    whole: list[Row] = []
    end = len(lines)
    while end > 0:
        _, start, found = best[end]
        whole = [*found, *whole]
        end = start
    return whole


def _readings(lines: Sequence[Sequence[Token]], roles: dict[int, str]) -> Iterator[tuple[float, list[Row]]]:
    """Yield the ways to read some lines: as one row, or as one for each cell.

    The latter where all columns have the same number of cells.
    """
    columns: dict[int, list[Token]] = {}
    for line in lines:
        for token in line:
            columns.setdefault(token.column or 0, []).append(token)
    yield _row_cost(columns, roles), [[merged(cell) for _, cell in sorted(columns.items())]]
    counts = {len(cells) for cells in columns.values()}
    if len(counts) == 1 and len(lines) > 1 and len(columns) > 1 and max(counts) > 1:
        several = [{column: [cells[row]] for column, cells in columns.items()} for row in range(max(counts))]
        aligned = not _stand_in_turn(columns.values())
        cost = sum(_row_cost(row, roles, aligned=aligned) for row in several) + row_costs()["rows_in_turn"]
        yield cost, [[cells[0] for _, cells in sorted(row.items())] for row in several]


def _stand_in_turn(columns: Iterable[Sequence[Token]]) -> bool:
    """Say whether all cells of a column stand above all cells of the next."""
    spans = sorted((cells[0].line, cells[-1].line) for cells in columns)
    return all(last < first for (_, last), (first, _) in pairwise(spans))


def _row_cost(columns: dict[int, list[Token]], roles: dict[int, str], *, aligned: bool = True) -> float:
    """Return what it costs to read some tokens as one row, by column; `aligned` cells stand side by side."""
    missing = row_costs()["missing"]
    present = {roles[column] for column in columns}
    cost = sum(price for role, price in missing.items() if role in roles.values() and role not in present)
    middles = [(cell[0].line + cell[-1].line) / 2 for cell in columns.values()]
    tops = [cell[0].line for cell in columns.values()]
    # Cells of one row stand at the same top or around the same middle.
    if aligned:
        cost += min(max(middles) - min(middles), max(tops) - min(tops)) * row_costs()["out_of_line"]
    for column, cell in columns.items():
        cost += text_cost(roles[column], joined_text(cell)) + join_cost(cell)
    return float(cost)


def _on_lines(rows: Sequence[Row], labels: Sequence[Token]) -> list[Token]:
    """Set each row's cells and the labels nearest to it on one line; labels without any row stay as they are."""
    if not rows:
        return list(labels)
    placed: list[Token] = []
    spans = [(min(t.line for t in row), max(t.line for t in row)) for row in rows]
    by_row: dict[int, list[Token]] = {}
    for label in labels:
        middles = [(first + last) / 2 for first, last in spans]
        nearest = min(range(len(rows)), key=lambda index: abs(middles[index] - label.line))
        by_row.setdefault(nearest, []).append(label)
    for number, row in enumerate(rows):
        cells = sorted([*by_row.get(number, ()), *row], key=lambda token: token.column or 0)
        last = len(cells) - 1
        placed += [
            replace(token, line=number, first=index == 0, last=index == last)
            for index, token in enumerate(cells)
        ]
    return placed
