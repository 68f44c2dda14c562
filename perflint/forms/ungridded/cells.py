"""What a piece of text costs as a cell of an indicator row: the less, the more it looks like one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

from perflint.forms.ungridded.tokens import Token, is_wide
from perflint.forms.values import sign_of
from perflint.forms.vocabulary import is_blank
from perflint.readers.clean import fold
from perflint.targets import TargetKind, parse_target
from perflint.values.measures import read_unit
from perflint.words import words

_POINTS = re.compile(r"-?\d{1,3}(?:\.\d+)?分?")
_BROKEN_POINTS = re.compile(r"\d{1,3}(?:\.\d?\n\d{1,2}|\n\.\d{1,2})")
# What parts several conditions of one value: 30分钟内响应，2小时内上门; 各1次.
_PARTED = re.compile("[，,、；;及和各/]")
# 2026年5月底前, 7*24小时, 三级等保, 第2季度; not 运行维护保障时间7*24小时, nor 工5-10月 (现场施|工).
_BEGINS_WITH_FIGURE = re.compile(r"[^\d\u4e00-\u9fff]{0,2}[\d一二三四五六七八九十]")
# 2023年4月底前4月20日: the dates of two cells.
_TWO_DATES = re.compile(r"[日前底初]\d{1,4}[年月]")
_WORDS_BEFORE = re.compile(r"[\u4e00-\u9fff]+(?=\d)")
_ALL_CHINESE = re.compile("[\u4e00-\u9fff]+")
_SIGNED = re.compile(r"[≥≤]|[=<>]+\s*\d")
# What of a unit stands behind the last digit.
_UNIT_BEGUN = re.compile(r"(?<=\d)[^\d\s]{0,2}$")
# A cell that ends in one of these was cut.
_GOES_ON = ("，", ",", "、", "（", "(", "《", "“")
_BRACKETS = {"（": "）", "(": ")", "《": "》", "“": "”", "【": "】", "〔": "〕"}
# A name of more characters is a sentence (the longest of 300 names read closely has 27).
_LONGEST_NAME = 40
_LONGEST_VALUE_WORD = 10
# 按照合同约定的时间节点完成, 建立健全各项管理制度: values that begin like some names are shorter than these.
_LONGEST_VALUE_IN_WORDS = 16
_LONGEST_UNIT = 6
# 1个工作日内办理完毕: what stands behind a unit is no longer.
_LONGEST_BEHIND_UNIT = 4
# 带动作用明显 is a value, 出行安全效果明显 the end of a name and one.
_LONGEST_WITH_EFFECT = 6
# 达成预期指标, 按时完成 are values by themselves; shorter ones end longer values (较为完善).
_WHOLE_VALUE = 4


@cache
def row_costs() -> Any:
    """Return the costs of reading rows, as in `rules/words/ungridded.toml`."""
    return words("ungridded")["costs"]["rows"]


@lru_cache(maxsize=16384)
def text_cost(role: str, text: str) -> float:
    """Return what a text costs as the cell of a role."""
    if role in ("name", "other_name"):
        return _name_cost(text) + _bracket_cost(text) + _unit_cost(text)
    if role in ("target", "actual", "other_target", "forecast"):
        return _value_cost(text) + _bracket_cost(text) + _unit_cost(text)
    if role in ("weight", "score"):
        return _points_cost(text)
    costs = row_costs()
    if role == "sign":
        known = sign_of(text) or text in words("columns")["cells"]["directions"]
        known = known or text in words("columns")["cells"]["qualitative"]
        return float(costs["likely"] if known else costs["not_its_kind"])
    if role == "unit":
        is_none = len(text) > _LONGEST_UNIT or text[0].isdigit()
        return float(costs["not_its_kind"] if is_none else 0.0 if is_unit(text) else costs["unlikely"] / 2)
    cost = costs["not_its_kind"] if _POINTS.fullmatch(text) else -costs["likely"] / 2
    return float(cost + costs["open_bracket"] if text.endswith(_GOES_ON) else cost)


def join_cost(tokens: Sequence[Token], room: float = 0.0) -> float:
    """Return what it costs to read neighbouring tokens as one cell.

    `room` is the width in Chinese characters that a line of the column is known to have, 0 where it is not.
    """
    costs = row_costs()
    total = 0.0
    cell = tokens[0].text
    widest = 0.0
    for index in range(1, len(tokens)):
        before, token = tokens[index - 1], tokens[index]
        if _must_go_on(cell, token.text):
            total += costs["must_go_on"]
        elif token.line != before.line:
            total += costs["line_end"]
            if _ends_early(before.text, token.text, room) or _would_fit(before, token.text, widest):
                total += costs["line_too_short"]
            widest = max(widest, width(before.text))
            if _begins_a_cell(before.text, token.text):
                total += costs["unlikely"]
        elif token.column is not None or is_wide(token) or (is_figure(before.text) and is_figure(token.text)):
            total += costs["gap"]
        elif _is_ascii(before.text[-1]) or _is_ascii(token.text[0]):
            total += costs["blank_at_latin"]
        else:
            total += costs["blank"]
        cell += token.text
    return total


@lru_cache(maxsize=16384)
def is_figure(text: str) -> bool:
    """Say whether a text is a quantity with nothing in front of it.

    ≥90.00(%), 21家, 7*24小时, but not 3大运营商.
    """
    target = parse_target(text)
    if target.kind in (TargetKind.EMPTY, TargetKind.WORDS) or target.words_before:
        return False
    if target.kind in (TargetKind.DATE, TargetKind.NORM) and not _begins_with_figure(text):
        return False
    if target.kind is TargetKind.DATE and _TWO_DATES.search(text):
        return False
    if _begins_with_end_of_name(text):
        return False
    if target.kind is TargetKind.SEVERAL and not _PARTED.search(text):
        return False
    behind = target.words_after
    longest = _LONGEST_BEHIND_UNIT if target.unit else _LONGEST_UNIT
    return len(behind) <= longest and (target.comparator is not None or not _ends_like_a_name(text))


def _begins_with_figure(text: str) -> bool:
    """Say whether a date or norm has nothing in front of its figure but a sign, or what opens one: 第2季度."""
    opening = next((word for word in words("ungridded")["values"]["openings"] if text.startswith(word)), "")
    return _BEGINS_WITH_FIGURE.match(text, len(opening)) is not None


def is_points(text: str) -> bool:
    """Say whether a text is a number of points: 10.00, 5分."""
    return _POINTS.fullmatch(fold(text)) is not None


def are_points(tokens: Sequence[Token]) -> bool:
    """Say whether tokens are the two parts of points in a column too narrow for them: 10.0|0.

    Some converters write a blank for the line end inside a cell.
    """
    if len(tokens) != 2 or (tokens[0].line == tokens[1].line and tokens[1].gap != 1):
        return False
    return _BROKEN_POINTS.fullmatch(f"{tokens[0].text}\n{tokens[1].text}") is not None


def looks_like_value(text: str) -> bool:
    """Say whether a text reads as a value: a quantity, a date, a norm, or a word that values are."""
    return is_figure(text) or _is_value_word(text)


def _must_go_on(cell: str, text: str) -> bool:
    """Say whether a text can only be the rest of a cell: behind an open bracket, or its figure's unit (≤3万|元)."""
    if is_cut(cell):
        return True
    begun = _UNIT_BEGUN.search(cell)
    return begun is not None and is_unit(begun[0] + text) and is_figure(cell)


@lru_cache(maxsize=4096)
def is_unit(text: str) -> bool:
    """Say whether a text is a unit and nothing else: 人次, (元/平方米)."""
    unit = read_unit(text)
    return unit is not None and unit.measure is not None and unit.length == len(text)


def _ends_early(before: str, text: str, room: float) -> bool:
    """Say whether a line had room for more than it holds: for the next line, or in its column."""
    next_word = max(1.0, _unbreakable(text))
    return width(text) > width(before) + next_word or room > width(before) + next_word + 1


def _would_fit(before: Token, text: str, widest: float) -> bool:
    """Say whether the next line's first character had room on a line, as another line of its cell shows.

    Only Chinese characters are as wide as they count, and only a token that begins its line is the whole of it.
    """
    whole = before.text + text
    room = max(widest, width(text))
    return before.first and room >= width(before.text) + 1 and _ALL_CHINESE.fullmatch(whole) is not None


def _begins_a_cell(before: str, text: str) -> bool:
    """Say whether a text at the beginning of a line is rather a new cell than the rest of one."""
    is_word = text in words("ungridded")["values"]["words"] and not _is_value_with(before, text)
    if is_word or text.startswith(tuple(words("values")["signs"])):
        return True
    # 符合储存|要求: what is nothing but the end of a name is no name.
    is_name = _ends_like_a_name(text) and text not in words("ungridded")["names"]["endings"]
    return is_name and looks_like_value(before)


def _is_value_with(before: str, text: str) -> bool:
    """Say whether a word is the end of the value before it: 4月20日|完成, 带动作用|明显."""
    whole = before + text
    return _ends_like_a_value(whole) or (is_figure(whole) and parse_target(whole).kind is TargetKind.DATE)


def _name_cost(text: str) -> float:
    costs = row_costs()
    if (
        is_blank(text)
        or is_figure(text)
        or not re.search(r"[\u4e00-\u9fffA-Za-z]{2}", text)
        or _SIGNED.search(text)
    ):
        return float(costs["not_its_kind"])
    cost = 0.0
    if (
        text in words("ungridded")["values"]["words"]
        or _begins_like_a_value(text)
        or _ends_like_a_value(text)
    ):
        cost += costs["unlikely"] * 1.5
    if len(text) > _LONGEST_NAME or "。" in text:
        cost += costs["unlikely"]
    if _ends_like_a_name(text):
        cost += costs["likely"]
    if text.endswith(_GOES_ON):
        cost += costs["open_bracket"]
    if text.startswith(tuple(words("ungridded")["names"]["no_beginnings"])):
        cost += costs["open_bracket"]
    if speaks_like_remark(text):
        cost += costs["remark_as_name"]
    return cost


def cannot_be_value(text: str) -> bool:
    """Say whether a text is no value, or none that is whole: 次≥48.00(场), ≥6.50(万平, 人次."""
    return is_cut(text) or text_cost("target", text) >= row_costs()["not_its_kind"]


def speaks_like_remark(text: str) -> bool:
    """Say whether a text tells a reason as the remarks of a self-evaluation do."""
    return re.search(words("ungridded")["remarks"]["pattern"], text) is not None


def _value_cost(text: str) -> float:
    costs = row_costs()
    if is_blank(text):
        return float(costs["likely"])
    if not re.search(r"\w", text) or re.search(r"[\u4e00-\u9fff][^（(]*[≥≤=<>]", text):
        return float(costs["not_its_kind"])
    if is_figure(text):
        return float(costs["likely"])
    if _is_value_word(text):
        return -0.5
    if len(text) == 1:
        # 补贴标|准: the rest of a name.
        return float(costs["not_its_kind"])
    cost = 0.5 + 0.05 * len(text)
    if _ends_like_a_name(text):
        cost += costs["unlikely"]
    elif _begins_with_end_of_name(text) or _ends_with_another(text):
        cost += costs["unlikely"] / 2
    if len(text) > _LONGEST_VALUE_WORD:
        cost += costs["unlikely"] / 4
    return float(cost)


def _points_cost(text: str) -> float:
    costs = row_costs()
    return float(costs["likely"] if is_points(text) or is_blank(text) else costs["not_its_kind"] * 2)


def _is_value_word(text: str) -> bool:
    values = words("ungridded")["values"]
    if text in values["words"] or _begins_like_a_value(text) or _ends_like_a_value(text):
        return True
    return (
        len(text) <= _LONGEST_VALUE_IN_WORDS
        and text.startswith(tuple(values["beginnings"]))
        and not (_ends_like_a_name(text) or _begins_with_end_of_name(text))
    )


def _begins_with_end_of_name(text: str) -> bool:
    """Say whether a figure stands behind the end of a name: 时间2022年9月20日前, 间12月底前, 合格率100%."""
    words_before = _WORDS_BEFORE.match(text)
    return words_before is not None and any(
        ending.endswith(words_before[0]) or words_before[0].endswith(ending)
        for ending in words("ungridded")["names"]["endings"]
    )


def _ends_with_another(text: str) -> bool:
    """Say whether a value is put together from two: 相关制度达成预期指标."""
    return any(
        text.endswith(word) for word in words("ungridded")["values"]["words"] if len(word) >= _WHOLE_VALUE
    )


def _begins_like_a_value(text: str) -> bool:
    return text.startswith(tuple(words("ungridded")["values"]["sure_beginnings"]))


def _ends_like_a_value(text: str) -> bool:
    return len(text) <= _LONGEST_WITH_EFFECT and text.endswith(
        tuple(words("ungridded")["values"]["sure_endings"])
    )


def _ends_like_a_name(text: str) -> bool:
    bare = re.sub(r"[（(][^（()）]*[）)]$", "", text)
    return bare.endswith(tuple(words("ungridded")["names"]["endings"]))


def is_cut(text: str) -> bool:
    """Say whether a bracket or quote does not close: the cell was cut."""
    if all(text.count(opening) == text.count(closing) for opening, closing in _BRACKETS.items()):
        return False
    half_width = text.replace("（", "(").replace("）", ")")
    return half_width.count("(") != half_width.count(")") or "《" in text or "“" in text


def _bracket_cost(text: str) -> float:
    """Return the cost of a cell that was cut."""
    return float(row_costs()["open_bracket"]) if is_cut(text) else 0.0


def _unit_cost(text: str) -> float:
    """Return the cost of a cell that holds a unit only: its figure stands in another."""
    return float(row_costs()["not_its_kind"]) if is_unit(text) else 0.0


def width(text: str) -> float:
    """Return the width of a text in Chinese characters."""
    return sum(0.5 if character.isascii() else 1.0 for character in text)


def _unbreakable(text: str) -> float:
    """Return the width of what a line end may not part at the beginning of a text: a word, a figure."""
    match = re.match(r"[!-~]+", text)
    return len(match[0]) / 2 if match else 0.0


def _is_ascii(character: str) -> bool:
    return character.isascii()
