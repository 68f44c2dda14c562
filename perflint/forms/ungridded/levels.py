"""Which level each row of an indicator table stands under, where the labels slid, split or got lost."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import accumulate
from operator import attrgetter
from typing import Any

from perflint.document import Passage
from perflint.forms.ungridded.tokens import Token
from perflint.forms.vocabulary import level_kind, level_parent
from perflint.model import Level
from perflint.words import words


@dataclass(frozen=True, slots=True)
class PrintedLabel:
    """A level label of the text and the row it stands with, counted from 0.

    `follows_itself` marks the second of two equal ones on a row: 满意度指标 of level 2 under that of level 1.
    """

    token: Token
    row: int
    follows_itself: bool = False


@dataclass(frozen=True, slots=True)
class RowEvidence:
    """What a row says about its level: name and value, and whether it is the first after a page break."""

    name: str
    value: str
    after_break: bool


@dataclass(frozen=True, slots=True)
class Layout:
    """Which frame of levels a form has: its name in model.Form, and the kinds of level 1 that it prints."""

    name: str
    printed: frozenset[str]


# 设备完好率（含备用设备）: what a bracket adds at the end does not tell the kind.
_BRACKET_BEHIND = re.compile(r"(?<=.)[（(][^（()）]*[）)]$")

TRUSTED_STATES = frozenset({"whole", "stream"})
"""Texts whose labels stand where the form has them: in whole columns, or before their rows."""

_row = attrgetter("row")

Key = tuple[str, str | None]
"""A kind of level 1 and one of level 2 below it."""


@dataclass(frozen=True, slots=True)
class _Block:
    """A kind of level 2 under its kind of level 1, and where it is printed.

    `level2` is None where level 1 has none below it; `firsts` are the rows that the label of level 1 stands with.
    """

    level1: str
    level2: str | None
    labels: tuple[PrintedLabel, ...]
    firsts: frozenset[int]


def layout_of(labels: Sequence[PrintedLabel]) -> Layout:
    """Tell the frame of levels from the labels: 成本指标 behind those of 产出指标 is a kind of output."""
    firsts: dict[str, tuple[int, int]] = {}
    for position, label in enumerate(labels):
        for level in (1, 2):
            if kind := level_kind(label.token.text, level):
                firsts.setdefault(f"{level}.{kind}", (label.row, position))
    printed = frozenset(key[2:] for key in firsts if key.startswith("1."))
    if printed & {"input", "influence"}:
        return Layout("shanghai-2020", printed)
    own_costs = any(f"2.{kind}" in firsts for kind in ("economic_cost", "social_cost", "ecological_cost"))
    outputs = [
        firsts[key] for key in ("1.output", "2.quantity", "2.quality", "2.timeliness") if key in firsts
    ]
    if "1.cost" in firsts and not own_costs and outputs and firsts["1.cost"] > min(outputs):
        behind = [firsts[key] for key in ("1.benefit", "2.social_benefit", "1.satisfaction") if key in firsts]
        # 效益指标 may be printed a row too high, on the line of 成本指标.
        if not behind or firsts["1.cost"][0] <= min(behind)[0]:
            return Layout("before-2021", printed - {"cost"})
    return Layout("since-2021", printed)


def levels_of(
    rows: Sequence[RowEvidence], labels: Sequence[PrintedLabel], layout: Layout, state: str
) -> list[tuple[Level | None, Level | None]]:
    """Return level 1 and level 2 of each row.

    The rows are parted into blocks of one kind each, in the order of the form; the cheapest parting is
    taken, by how far the printed labels stand from their blocks and how well the names fit. `state` is what
    the text is like: whole or damaged columns, or a stream without any. A level that differs from the last
    label above its row is not sure.
    """
    blocks = _blocks(labels, layout, state)
    if not rows or not labels:
        return [(None, None)] * len(rows)
    chosen = _cheapest(rows, blocks, state)
    of_row: list[list[PrintedLabel]] = [[] for _ in rows]
    firsts: dict[str | None, list[PrintedLabel]] = {}
    for label in labels:
        of_row[label.row].append(label)
        if not _second(label, layout):
            firsts.setdefault(_first(label.token.text, layout), []).append(label)
    natural = _natural(of_row, layout)
    unknown = _unknown(of_row)
    levels = [
        _levels(
            blocks[number],
            index,
            labels,
            firsts.get(blocks[number].level1, ()),
            natural[index],
            unknown[index],
        )
        for index, number in enumerate(chosen)
    ]
    if state == "stream":
        return levels
    if state == "apart":
        return [
            (level1 and replace(level1, sure=False), level2 and replace(level2, sure=False))
            for level1, level2 in levels
        ]
    of_rows = [blocks[number] for number in chosen]
    lost = _usual_kinds() - {block.level2 for block in blocks if block.labels}
    return [
        (level1, replace(level2, sure=False))
        if level2
        and (
            _fits_lost_block(rows[index], of_rows[index], lost)
            or (state != "whole" and _fits_next_block(rows[index], index, of_rows))
        )
        else (level1, level2)
        for index, (level1, level2) in enumerate(levels)
    ]


def _fits_lost_block(row: RowEvidence, own: _Block, lost: Set[str]) -> bool:
    """Say whether a row speaks for a kind that hardly a form lacks and that is printed nowhere."""
    misfit = _misfit(row, own.level2 or own.level1)
    return misfit > 0 and any(
        level_parent(kind) == own.level1 and _misfit(row, kind) < misfit for kind in lost
    )


def _fits_next_block(row: RowEvidence, index: int, blocks: Sequence[_Block]) -> bool:
    """Say whether a row at the edge of its block speaks for the block beyond the edge."""
    own = blocks[index]
    misfit = _misfit(row, own.level2 or own.level1)
    if not misfit:
        return False
    beside = [
        blocks[other] for other in (index - 1, index + 1) if 0 <= other < len(blocks) and blocks[other] != own
    ]
    return any(_misfit(row, block.level2 or block.level1) < misfit for block in beside)


def _blocks(labels: Sequence[PrintedLabel], layout: Layout, state: str) -> list[_Block]:
    """Return the blocks of a form in its order: those of its frame, and printed ones beside them.

    Labels apart from their rows stand in no order: column by column, by their middles.
    """
    printed: dict[Key, list[PrintedLabel]] = {}
    for label in labels:
        level2 = _second(label, layout)
        if level2:
            printed.setdefault((_parent(level2, layout), level2), []).append(label)
    bare = [label for label in labels if not _second(label, layout)]
    for label in bare:
        kind = _first(label.token.text, layout)
        if kind and not any(level1 == kind for level1, _ in printed):
            printed.setdefault((kind, None), []).append(label)
    keys: list[Key] = [(_parent(kind, layout), kind) for kind in _order(layout)]
    for key in printed:
        if key not in keys:
            keys.insert(_position(key, keys), key)
    ordered = keys if state == "apart" else _as_printed(keys, printed)
    firsts = {
        level1: frozenset(label.row for label in bare if _first(label.token.text, layout) == level1)
        for level1, _ in ordered
    }
    return [
        _Block(level1, level2, tuple(printed.get((level1, level2), ())), firsts[level1])
        for level1, level2 in ordered
    ]


def _position(key: Key, keys: Sequence[Key]) -> int:
    """Return where a block belongs that the frame lacks: behind the last of its level 1, else at the end."""
    same = [index for index, (level1, _) in enumerate(keys) if level1 == key[0]]
    return same[-1] + 1 if same else len(keys)


def _as_printed(keys: Sequence[Key], printed: dict[Key, list[PrintedLabel]]) -> list[Key]:
    """Put the printed blocks into the order in which the form prints them, the others stay."""
    by_print = sorted(
        printed,
        key=lambda key: (printed[key][0].row, printed[key][0].token.line, printed[key][0].token.start),
    )
    slots = [index for index, key in enumerate(keys) if key in printed]
    ordered = list(keys)
    for slot, key in zip(slots, by_print, strict=True):
        ordered[slot] = key
    return ordered


def _first(text: str, layout: Layout) -> str | None:
    """Return the kind of level 1 that a label means in a frame."""
    kind = level_kind(text, 1)
    if kind == "cost" and layout.name == "before-2021":
        return None
    return kind


def _second(label: PrintedLabel, layout: Layout) -> str | None:
    """Return the kind of level 2 that a label means in a frame: 成本指标 and 满意度 may be either."""
    text = label.token.text
    kind = level_kind(text, 2)
    if kind == "cost" and layout.name == "since-2021" and level_kind(text, 1):
        return None
    is_first = level_kind(text, 1) and not label.follows_itself
    if kind == "satisfaction" and is_first and layout.name != "shanghai-2020":
        return None
    return kind


def _parent(kind: str, layout: Layout) -> str:
    """Return the kind of level 1 over a kind of level 2.

    满意度 stands under 效果目标 where it has none of its own.
    """
    parent = level_parent(kind) or ""
    return "benefit" if parent == "satisfaction" and layout.name == "shanghai-2020" else parent


def _order(layout: Layout) -> list[str]:
    order = words("ungridded")["order"]
    kinds = order["shanghai-2020" if layout.name == "shanghai-2020" else "since-2021"]
    return [kind for kind in kinds if kind != "cost" or layout.name != "since-2021"]


def _cheapest(rows: Sequence[RowEvidence], blocks: Sequence[_Block], state: str) -> list[int]:
    """Return the number of the block of each row."""
    costs = _costs()
    # fit[b][i]: what rows 0 to i cost under block b by their names.
    fit = [[0.0] for _ in blocks]
    for number, block in enumerate(blocks):
        for row in rows:
            fit[number].append(fit[number][-1] + _misfit(row, block.level2 or block.level1))
    best: list[tuple[float, list[tuple[int, int]]]] = [(0.0, []), *[(float("inf"), [])] * len(rows)]
    for number, block in enumerate(blocks):
        following = [(cost + (costs["unused"] if block.labels else 0.0), path) for cost, path in best]
        before, behind = _costs_of_ends(block, rows, state)
        first = min((label.row for label in block.labels), default=0)
        # The cheapest beginning above an end: what it costs does not depend on the end, but for a first label
        # that stands in the midst of the block.
        begun = [best[start][0] + before[start] - fit[number][start] for start in range(len(rows))]
        late = [cost + costs["middle"][state] * max(first - start, 0) for start, cost in enumerate(begun)]
        cheapest = cheapest_late = 0
        for end in range(1, len(rows) + 1):
            start = end - 1
            cheapest = min(cheapest, start, key=begun.__getitem__)
            cheapest_late = min(cheapest_late, start, key=late.__getitem__)
            start, so_far = (cheapest_late, late) if first < end else (cheapest, begun)
            cost = so_far[start] + fit[number][end] + behind[end]
            if cost < following[end][0]:
                following[end] = (cost, [*best[start][1], (number, end - start)])
        best = following
    return [number for number, count in best[-1][1] for _ in range(count)]


def _costs_of_ends(block: _Block, rows: Sequence[RowEvidence], state: str) -> tuple[list[float], list[float]]:
    """Return what it costs by its labels' places that a block begins at each row, and ends before each.

    A label above the block is counted with its beginning, one below with its end: the costs of the two add up.
    """
    costs = _costs()
    if not block.labels:
        share = costs["usual_kinds"]["share"] if block.level2 in _usual_kinds() else 1.0
        invented, after_break = costs["invented"][state] * share, costs["invented"]["after_break"]
        begun = [float(after_break if row.after_break else invented) for row in rows]
        return begun, [0.0] * (len(rows) + 1)
    each = costs["displaced"][state]
    printed = Counter(label.row for label in block.labels)
    # 效益指标|社会效益指标 on one line bear each other out; labels that the text doubles slid together with theirs.
    borne_out = block.firsts & {row for row, count in printed.items() if count == 1}
    counted = {
        row: count + (costs["beside_first"] if row in borne_out else 0) for row, count in printed.items()
    }
    above = list(accumulate(counted.get(row, 0) for row in range(len(rows))))
    below = list(accumulate(counted.get(row, 0) for row in reversed(range(len(rows)))))
    # A label is as many rows above a beginning as there are rows from it on.
    begun = [each * rows_off for rows_off in accumulate(above[:-1], initial=0)]
    ended = [each * rows_off for rows_off in accumulate(below, initial=0)]
    return begun, ended[::-1]


@lru_cache(maxsize=4096)
def _misfit(row: RowEvidence, kind: str) -> float:
    """Return what it costs to read a row under a kind that its name and its value do not speak for."""
    hints = words("ungridded")["hints"]
    name = _BRACKET_BEHIND.sub("", row.name)
    demand = hints["demands"].get(kind)
    cost = demand["cost"] if demand and not re.search(demand["pattern"], name) else 0.0
    spoken = next((hint for hint in hints["kinds"] if re.search(hint["pattern"], name)), None)
    if spoken and kind in spoken["kinds"]:
        return float(cost)
    cost += spoken["cost"] if spoken else 0.0
    for hint in hints["values"]:
        if re.search(hint["pattern"], row.value):
            return float(cost if kind in hint["kinds"] else cost + hint["cost"])
    return float(cost)


@cache
def _usual_kinds() -> frozenset[str]:
    """Return the kinds of level 2 that hardly a form lacks."""
    return frozenset(_costs()["usual_kinds"]["kinds"])


@cache
def _costs() -> Any:
    return words("ungridded")["costs"]["levels"]


def _natural(of_row: Sequence[Sequence[PrintedLabel]], layout: Layout) -> list[tuple[str | None, str | None]]:
    """Return the kinds of the last labels above each row, as a reader of the text alone would take them."""
    natural: list[tuple[str | None, str | None]] = []
    first: str | None = None
    second: str | None = None
    for labels in of_row:
        for label in labels:
            level2 = _second(label, layout)
            level1 = None if level2 else _first(label.token.text, layout)
            first, second = (level1, None) if level1 else (first, level2)
        natural.append((first, second))
    return natural


def _unknown(of_row: Sequence[Sequence[PrintedLabel]]) -> list[PrintedLabel | None]:
    """Return for each row the label above it that no known layout has, None where a known one is nearer."""
    current: PrintedLabel | None = None
    unknown: list[PrintedLabel | None] = []
    for labels in of_row:
        for label in labels:
            known = any(level_kind(label.token.text, level) for level in (1, 2))
            current = None if known else label
        unknown.append(current)
    return unknown


def _levels(
    block: _Block,
    row: int,
    labels: Sequence[PrintedLabel],
    firsts: Sequence[PrintedLabel],
    natural: tuple[str | None, str | None],
    unknown: PrintedLabel | None,
) -> tuple[Level | None, Level | None]:
    """Return the two levels of a row that stands in a block; `firsts` are the printed labels of its level 1."""
    level1 = Level(
        _label(firsts, block.level1, 1, row, labels),
        block.level1,
        natural[0] == block.level1 and bool(firsts),
    )
    if unknown:
        return level1, Level(unknown.token.passage, None, sure=False)
    if block.level2 is None:
        return level1, None
    sure = natural[1] == block.level2 and bool(block.labels)
    return level1, Level(_label(block.labels, block.level2, 2, row, labels), block.level2, sure)


def _label(
    printed: Sequence[PrintedLabel], kind: str, level: int, row: int, labels: Sequence[PrintedLabel]
) -> Passage:
    """Return the label as printed nearest to a row.

    Where it is printed nowhere, as the vocabulary has it, at the place of the nearest label.
    """
    if printed:
        return _nearest(printed, row).token.passage
    nearest = _nearest(labels, row).token.passage
    return Passage(words("levels")[f"level{level}"][kind]["label"], nearest.place, nearest.confidence)


def _nearest(labels: Sequence[PrintedLabel], row: int) -> PrintedLabel:
    """Return the label nearest to a row, of several the first; `labels` stand in the order of their rows."""
    at = bisect_left(labels, row, key=_row)
    if at == len(labels) or (at and row - labels[at - 1].row <= labels[at].row - row):
        at = bisect_left(labels, labels[at - 1].row, key=_row)
    return labels[at]
