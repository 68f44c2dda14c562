"""The goals of a form in text without a grid: one text a label, also where two stand side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from perflint.document import Passage
from perflint.forms.ungridded.fields import Field
from perflint.forms.ungridded.sections import lines_of
from perflint.forms.ungridded.tokens import Token, is_wide, joined_passage, joined_text, merged
from perflint.forms.vocabulary import period_in, shown_label
from perflint.model import Entry
from perflint.words import words

# A line ends a cell where it is at least so many characters shorter than the widest one of its column: text
# is set full, and only a mark that may not begin a line is drawn down or up.
_SHORTER = 3
# So many characters at the beginning of two texts are no coincidence: 针对XX区…, 购买XX….
_SAME_BEGINNING = 5
# Texts of so many characters on either side of a blank are two cells; inside a cell it stands beside a short word.
_LONG_STRETCH = 8
# (2023 年 - 2023 年): tokens of a period that blanks part.
_LONGEST_PERIOD = 6


def goals_of(fields: Sequence[Field]) -> tuple[tuple[Entry, ...], tuple[Entry, ...]]:
    """Return the goals, and as entries of the header the periods in brackets behind their labels."""
    goals: list[Entry] = []
    periods: list[Entry] = []
    found = [
        replace(field, values=_with_whole_periods(field.values))
        for field in _without_heading_of_table(fields)
        if "goals" in field.roles
    ]
    for group in _adjacent(found):
        labels = _without_heads(group)
        for field, tokens in zip(labels, _shared(labels, group[-1].values), strict=True):
            own = [token for token in field.values if field is not group[-1]]
            periods += _periods(field, [field.label, *own, *tokens])
            text = [token for token in tokens if not period_in(token.text)]
            goals.append(_goal(field, joined_passage(text) if text else None))
    return tuple(goals), tuple(periods)


def _without_heading_of_table(fields: Sequence[Field]) -> Sequence[Field]:
    """Leave out a goal's label right above the table of a form that has another goal: 2020年绩效目标 heads the table."""
    if not fields or fields[-1].values or not {"goals", "blocks"} <= fields[-1].roles.keys():
        return fields
    has_goal = any("goals" in field.roles and field.values for field in fields)
    return fields[:-1] if has_goal else fields


def _with_whole_periods(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """Put a period together that blanks part: (2023 年 - 2023年)."""
    for count in range(2, min(_LONGEST_PERIOD, len(tokens)) + 1):
        period = merged(tokens[:count])
        if period_in(period.text) == (period.text, ""):
            return (period, *tokens[count:])
    return tuple(tokens)


def _adjacent(fields: Sequence[Field]) -> Iterator[list[Field]]:
    """Yield the labels in groups: those without a text of their own share the text behind the last."""
    group: list[Field] = []
    for field in fields:
        group.append(field)
        if any(not period_in(token.text) for token in field.values):
            yield group
            group = []
    if group:
        yield group


def _without_heads(group: Sequence[Field]) -> list[Field]:
    """Return the labels without one that heads the others: 年度总体目标 over 预期目标 and 实际完成情况."""
    plain = {field.roles["goals"] for field in group if "blocks" not in field.roles}
    inner = [field for field in group if "blocks" not in field.roles or field.roles["goals"] not in plain]
    roles = [field.roles["goals"] for field in inner]
    return [field for index, field in enumerate(inner) if field.roles["goals"] not in roles[index + 1 :]]


def _goal(field: Field, value: Passage | None) -> Entry:
    place = value.place if value else field.label.passage.place
    return Entry(shown_label(field.label.text), field.roles["goals"], value, place)


def _periods(field: Field, tokens: Sequence[Token]) -> list[Entry]:
    """Return the period of a goal, (2023年-2023年), in its label or behind it."""
    label = shown_label(field.label.text)
    entries = []
    for passage in (token.passage for token in tokens):
        if period := period_in(passage.text.removeprefix(label)):
            value = Passage(period[0], passage.place, passage.confidence, passage.original)
            entries.append(Entry(label + words("fields")["affixes"]["period"], None, value, passage.place))
    return entries


def _shared(labels: Sequence[Field], tokens: Sequence[Token]) -> list[list[Token]]:
    """Share the text below several labels out among them."""
    if len(labels) == 1:
        return [list(tokens)]
    if not tokens:
        return [[] for _ in labels]
    if tokens[0].column is not None or is_wide(labels[-1].label):
        return _by_column(labels, tokens)
    if len(labels) == 2:
        both_filled = "goal_actual" in {field.roles["goals"] for field in labels}
        return _in_two(tokens, both_filled)
    return [[] for _ in labels[1:]] + [list(tokens)]


def _by_column(labels: Sequence[Field], tokens: Sequence[Token]) -> list[list[Token]]:
    """Give each label the cells nearest to its column.

    A line with a cell for each label is in their order.
    """
    shares: list[list[Token]] = [[] for _ in labels]
    for line in lines_of(tokens):
        for position, token in enumerate(line):
            if len(line) != len(labels):
                distances = [abs(_place(field.label) - _place(token)) for field in labels]
                position = max(
                    index for index, distance in enumerate(distances) if distance == min(distances)
                )
            shares[position].append(token)
    return shares


def _place(token: Token) -> float:
    """Return the column of a token, its middle on the line where there are no tabs."""
    return token.centre if token.column is None else token.column


def _in_two(tokens: Sequence[Token], both_filled: bool) -> list[list[Token]]:
    """Part a text that holds two cells one after the other where a cell must have ended.

    The first cell may be empty unless both are known to be filled; then all belongs to the second.
    """
    cuts = [cut for cut in range(1, len(tokens)) if _may_part(tokens[cut - 1], tokens[cut])]
    whole = _raggedness(tokens)
    ragged = {cut: _raggedness(tokens[:cut]) + _raggedness(tokens[cut:]) for cut in cuts}
    ranked = sorted(cuts, key=lambda cut: (ragged[cut] + _oddness(tokens, cut), _imbalance(tokens, cut), cut))
    if not both_filled:
        ranked = [
            cut
            for cut in ranked
            if whole > ragged[cut] + _SHORTER or _begins_again(tokens, cut) or _are_two_cells(tokens, cut)
        ]
    cut = ranked[0] if ranked else 0
    return [list(tokens[:cut]), list(tokens[cut:])]


def _oddness(tokens: Sequence[Token], cut: int) -> float:
    """Return how odd a cut between two cells is by what stands on either side, in characters of raggedness.

    A cell ends with a sentence, not in its midst; the second begins like the first, like a report, or behind
    a blank on the line of a first cell that is one line high.
    """
    costs = words("ungridded")["costs"]["goals"]
    before, token = tokens[cut - 1].text, tokens[cut].text
    oddness = 0.0
    if before.endswith(tuple(costs["goes_on"])):
        oddness += costs["inside_sentence"]
    if before.endswith(tuple(costs["ends"])):
        oddness += costs["behind_sentence"]
    if token.startswith(tuple(costs["report_beginnings"])):
        oddness += costs["at_report"]
    if _begins_again(tokens, cut):
        oddness += costs["at_same_beginning"]
    if not tokens[cut].first and tokens[cut].line == tokens[0].line:
        oddness += costs["at_blank_of_first_line"]
    return oddness


def _begins_again(tokens: Sequence[Token], cut: int) -> bool:
    """Say whether the text behind a cut begins like the whole: a year's goals often repeat the project's."""
    beginning = joined_text(tokens)[:_SAME_BEGINNING]
    behind = tokens[cut].first or tokens[cut].line == tokens[0].line
    return behind and joined_text(tokens[cut:]).startswith(beginning)


def _are_two_cells(tokens: Sequence[Token], cut: int) -> bool:
    """Say whether a text is two stretches, and the first can be nothing but a cell.

    A line that ends with a sentence, or as much on one line as no blank parts: each cell stands on one line.
    """
    lines = len(list(lines_of(tokens)))
    if lines == 1:
        return min(len(joined_text(side)) for side in (tokens[:cut], tokens[cut:])) >= _LONG_STRETCH
    ends = tuple(words("ungridded")["costs"]["goals"]["ends"])
    return lines == 2 and tokens[cut].first and tokens[cut - 1].text.endswith(ends)


def _may_part(before: Token, token: Token) -> bool:
    """Say whether a cell may end between two tokens.

    At a line's end, or at a blank between Chinese characters.
    """
    if token.line != before.line:
        return True
    return not (before.text[-1].isascii() or token.text[0].isascii())


def _raggedness(tokens: Sequence[Token]) -> float:
    """Return by how many characters lines other than the last fall short of the widest."""
    widths = [_width(line) for line in lines_of(tokens)]
    widest = max(widths)
    return sum(short for width in widths[:-1] if (short := widest - width) >= _SHORTER)


def _width(line: Sequence[Token]) -> float:
    """Return the width of a line's text in Chinese characters."""
    text = joined_text(line)
    return sum(0.5 if character.isascii() else 1.0 for character in text)


def _imbalance(tokens: Sequence[Token], cut: int) -> int:
    """Return how much longer one side of a cut is than the other."""
    lengths = [sum(len(token.text) for token in side) for side in (tokens[:cut], tokens[cut:])]
    return abs(lengths[0] - lengths[1])
