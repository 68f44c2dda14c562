"""Know units: read one off the front of a text, with its scale, its canonical form and what it measures."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from perflint.words import any_of, words

BRACKETS = {"(": ")", "（": "）", "[": "]", "【": "】", "〔": "〕"}
LONGEST_BRACKETED_UNKNOWN = 4
"""Characters of a bracket that still pass for a unit nobody knows, as (数); longer ones are remarks."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as written, with what it means.

    `measure` is the canonical form without scale (名 → 人, 万人次 → 人次), None for a unit that is none or
    not known; `length` counts the characters it takes, brackets included.
    """

    text: str
    measure: str | None
    scale: int
    length: int


@lru_cache(maxsize=8192)
def read_unit(text: str) -> Unit | None:
    """Read the unit at the start of a text without blanks, bracketed or not.

    Returns None where the text does not start with a unit. `万(元)` is one unit, `(小时/天（一周5天）)` keeps
    its remark as part of the text, an unknown bracket of a few characters is a unit without measure.
    """
    bracket = bracket_at(text, 0)
    if bracket is not None:
        return _bracketed(text, bracket)
    end = _unit_end(text)
    if end:
        return _measured(text[:end], end)
    scale = _scale_pattern().match(text)
    if scale is None:
        return None
    behind = text[scale.end() :]
    inner = read_unit(behind) if bracket_at(behind, 0) is not None else None
    factor = _scales()[scale.group()]
    if inner is None or inner.measure is None:
        return Unit(scale.group(), None, factor, scale.end())
    return Unit(scale.group() + inner.text, inner.measure, factor * inner.scale, scale.end() + inner.length)


def kind_of(measure: str | None) -> str | None:
    """Return what a canonical measure measures, None for an unknown one.

    `ratio`, `count`, `person`, `time`, `money`, `extent`, `multiple`, `score`, `grade`; for joined units
    `money_rate` (元/人·天), `frequency` (次/年, 小时/天) or `compound`.
    """
    if measure is None:
        return None
    kind = _kinds().get(measure)
    if kind is not None:
        return kind
    parts = [part for part in _join_pattern().split(measure) if part]
    kinds = [_kinds().get(part) for part in parts]
    if len(parts) < 2 or None in kinds:
        return None
    if kinds[0] in ("money", "ratio"):
        return "money_rate" if kinds[0] == "money" else "ratio"
    return "frequency" if kinds[-1] == "time" else "compound"


def bracket_at(text: str, start: int) -> str | None:
    """Return the content of the bracket that opens at `start`, nested ones kept; the rest if never closed."""
    if start >= len(text) or text[start] not in BRACKETS:
        return None
    depth = 0
    for index in range(start, len(text)):
        if text[index] in BRACKETS:
            depth += 1
        elif text[index] in BRACKETS.values():
            depth -= 1
            if depth == 0:
                return text[start + 1 : index]
    return text[start + 1 :]


def canonical(unit: str) -> str | None:
    """Return the measure of a unit that fills the whole text (万名 → 人), None where it is none."""
    found = _unit_pattern().fullmatch(unit)
    return _measured(unit, len(unit)).measure if found else None


def _bracketed(text: str, content: str) -> Unit | None:
    length = min(len(content) + 2, len(text))
    end = _unit_end(content)
    remark = content[end:]
    if end and (not remark or remark[0] in BRACKETS):
        unit = _measured(content[:end], length)
        closed = len(content) + 2 <= len(text) and _balanced(content)
        return Unit(content, unit.measure, unit.scale, length) if closed else unit
    if not 0 < len(content) <= LONGEST_BRACKETED_UNKNOWN or _is_remark(content):
        return None
    return Unit(content, None, _scales().get(content, 1), length)


def _unit_end(text: str) -> int:
    """Return where the unit at the start of a text ends, an unknown divisor (元/生) included; 0 for none."""
    unit = _unit_pattern().match(text)
    if unit is None:
        return 0
    if not text.startswith("/", unit.end()):
        return unit.end()
    divisor = _foreign_divisor().match(text, unit.end())
    return divisor.end() if divisor else unit.end()


def _balanced(content: str) -> bool:
    closing = BRACKETS.values()
    return sum(char in BRACKETS for char in content) == sum(char in closing for char in content)


def _is_remark(content: str) -> bool:
    """Say whether a bracket cannot hold a unit: there are digits or brackets in it, or a bound (含以上)."""
    if any(char.isdigit() or char in BRACKETS or char in BRACKETS.values() for char in content):
        return True
    values = words("values")
    groups = (words_of for group in ("before", "behind", "signs") for words_of in values[group].values())
    bounds = any(word in content for group in groups for word in group)
    return bounds or content in values["fillers"]["additive"]


def _measured(unit: str, length: int) -> Unit:
    """Return a unit that matched the pattern, taken apart into scale and canonical measure."""
    if unit in _spellings():
        return Unit(unit, _spellings()[unit], 1, length)
    if _unit_pattern().fullmatch(unit) is None:
        return Unit(unit, None, 1, length)
    parts = _join_pattern().split(unit)
    scale = 1
    first = parts[0]
    if first not in _spellings():
        found = _scale_pattern().match(first)
        if found is not None:
            scale = _scales()[found.group()]
            parts[0] = first[found.end() :]
    if any(sign in unit for sign in words("measures")["joins"]["wrong"]):
        return Unit(unit, None, scale, length)
    names = [_spellings().get(part, part) for part in parts]
    # 次每年 and 次/年 are one measure: the first join divides, later ones multiply the divisor (元/人·天).
    divided = "/" + "·".join(names[1:]) if len(names) > 1 else ""
    return Unit(unit, names[0] + divided, scale, length)


@cache
def _units() -> dict[str, dict[str, list[str]]]:
    """Return the measures by kind with their other spellings, visits (台次, 场（次）) among them."""
    units = {kind: {**group} for kind, group in words("measures")["units"].items()}
    visits = words("measures")["visits"]
    for kind in ("count", "person"):
        for name in words("measures")["units"][kind]:
            if not name.endswith(visits["word"]):
                spelled = [f"{name}{spelling}" for spelling in visits["spellings"]]
                visit, others = spelled[0], spelled[1:]
                units[kind][visit] = [*units[kind].get(visit, ()), *others]
    return units


@cache
def _spellings() -> dict[str, str]:
    return {
        spelling: name
        for group in _units().values()
        for name, others in group.items()
        for spelling in (name, *others)
    }


@cache
def _kinds() -> dict[str, str]:
    return {name: kind for kind, group in _units().items() for name in group}


@cache
def _scales() -> dict[str, int]:
    return dict(words("measures")["scales"])


@cache
def _scale_pattern() -> re.Pattern[str]:
    return re.compile(any_of(_scales()))


@cache
def _join_pattern() -> re.Pattern[str]:
    joins = words("measures")["joins"]
    return re.compile(any_of((*joins["signs"], *joins["wrong"])))


@cache
def _unit_pattern() -> re.Pattern[str]:
    unit = f"(?:{any_of(_spellings())})"
    # Latin units end where the word ends: the M of 100M, not of 100MOOC.
    ends = r"(?!(?<=[A-Za-z])[A-Za-z])"
    # A scale is tried only where no unit begins (百分点). The units are most of what a start compiles.
    return re.compile(f"(?:{any_of(_scales())})??{unit}(?:(?:{_join_pattern().pattern}){unit})*{ends}")


@cache
def _foreign_divisor() -> re.Pattern[str]:
    """Return the pattern of a divisor that is no known unit: 元/生, 人/万车."""
    return re.compile(f"/(?:{any_of(_scales())})?[\\u4e00-\\u9fff]{{1,4}}(?:[·/](?:{any_of(_spellings())}))?")
