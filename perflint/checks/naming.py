"""Read an indicator's name: what kind of measure it asks for, what it counts, which way is better."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from typing import Any

from perflint.checks.comparing import without_number
from perflint.values.measures import canonical, kind_of
from perflint.words import Endings, endings, words

BRACKETED_END = re.compile(r"[(（\[【〔]([^()（）\[\]【】〔〕]*)[)）\]】〕]$")
DOCUMENT = re.compile("《[^《》]+》")


class NameKind(StrEnum):
    """What kind of measure a name asks for."""

    COUNT = "count"
    """…次数, …数量, …评价数, …接听量."""
    EXTENT = "extent"
    """…面积, …里程."""
    MAGNITUDE = "magnitude"
    """…容量, …浓度, …排放量."""
    RATE = "rate"
    """…率, …比例, …占比, …覆盖面; not 效率, 汇率."""
    SATISFACTION = "satisfaction"
    COST = "cost"
    """…成本, …费用, …补贴标准."""
    MONEY = "money"
    """Other money: …收入, …投资额."""
    DURATION = "duration"
    DATE = "date"
    SCORE = "score"
    INDEX = "index"
    """A number without a unit that must be there: …指数, …排名, …频率."""
    YES_NO = "yes_no"
    QUALITY = "quality"
    """…性, …情况, …程度, …水平."""
    DOCUMENT = "document"
    """《…》."""
    OTHER = "other"


class Direction(StrEnum):
    """Which way is better."""

    MORE = "more"
    LESS = "less"


@dataclass(frozen=True, slots=True)
class Name:
    """A name as read: its kind, the ending that decided it, the stem before that, the remark in brackets.

    `change` says that the name tells of a change (门诊人次增长); its kind is then that of what changes.
    """

    text: str
    kind: NameKind
    ending: str
    stem: str
    remark: str
    change: bool = False


@lru_cache(maxsize=8192)
def read_name(text: str) -> Name:
    """Read a name; never fails. The longest known ending decides, but for questions and document titles."""
    plain = "".join(without_number(text).split())
    plain, remark = _without_remark(plain)
    if DOCUMENT.fullmatch(plain):
        return Name(text, NameKind.DOCUMENT, "", plain, remark)
    if is_question(plain):
        return Name(text, NameKind.YES_NO, "", plain, remark)
    stem, change = _without_change(_without_tail(plain))
    ending = _ending_of(stem)
    kind = NameKind(_endings()[ending]) if ending else NameKind.OTHER
    if kind in (NameKind.QUALITY, NameKind.OTHER) and _about_satisfaction(stem):
        kind = NameKind.SATISFACTION
    return Name(text, kind, ending, stem[: len(stem) - len(ending)], remark, change)


def is_question(name: str) -> bool:
    """Say whether a name asks a yes–no question: 是否完成既定目标."""
    asks = words("names")["yes_no"]
    in_front = name.startswith(tuple(asks["front"])) and not name.startswith(tuple(asks["not_front"]))
    return in_front or any(word in name for word in asks["anywhere"])


@lru_cache(maxsize=8192)
def direction(name: str) -> Direction | None:
    """Say which way is better for an indicator, None where the name does not tell it surely."""
    read = read_name(name)
    lists = words("names")["direction"]
    if read.change or any(word in name for word in lists["turns"]):
        return None
    if read.kind in (NameKind.COST, NameKind.DURATION):
        known = lists["less_money"] if read.kind == NameKind.COST else lists["less_time"]
        return Direction.LESS if (read.stem + read.ending).endswith(tuple(known)) else None
    if read.kind == NameKind.SATISFACTION:
        return Direction.MORE
    stem = _without_between(read.stem)
    # 安全事件 is what is counted, 事件 in 投诉事件 only carries it: the list knows both.
    few = stem.endswith(tuple(lists["less"])) or read.stem.endswith(tuple(lists["less"]))
    if few and read.kind in (NameKind.COUNT, NameKind.RATE, NameKind.OTHER):
        return None if any(word in read.stem for word in lists["handled"]) else Direction.LESS
    if read.kind == NameKind.RATE and stem.endswith(tuple(lists["more_rates"])):
        return Direction.MORE
    if read.kind in (NameKind.COUNT, NameKind.EXTENT) and not any(word in name for word in lists["capped"]):
        return Direction.MORE if stem.endswith(tuple(lists["more"])) else None
    return None


def is_capped(name: str) -> bool:
    """Say whether a name tells of what is to be held down or dealt with: 会议次数, 受理投诉件数."""
    lists = words("names")["direction"]
    return any(word in name for key in ("capped", "handled", "turns") for word in lists[key])


def fitting_measures(name: str) -> tuple[str, ...]:
    """Return the measure words that fit what a name counts, the ordinary one first; empty where unknown."""
    thing = _thing(name)
    return tuple(thing["fits"]) if thing else ()


def clashes(name: str, measure: str) -> bool:
    """Say whether a measure word clearly does not fit what a name counts; not where that is unknown.

    A name that says its measure word itself (间数) is in none of another class (场) or kind (平方米); one that
    opens with a doing (培训医务人员) may count that.
    """
    thing = _thing(name)
    if thing is None:
        return False
    events = words("things")["events"]
    counts_doing = read_name(name).kind == NameKind.OTHER and name.startswith(tuple(events["doings"]))
    if counts_doing and measure in events["measures"]:
        return False
    if measure in thing["clash"]:
        return True
    own = thing["fits"][0] if thing == _named_measure(name) else None
    return own is not None and measure not in thing["fits"] and _is_foreign(measure, own)


def refused_kinds(name: Name) -> tuple[str, ...]:
    """Return the kinds of measures in which what a name tells is never measured: a time in %, a cost in 台."""
    known = words("things")["of_kind"].get(name.kind, {})
    return () if name.stem.endswith(tuple(known.get("except", ()))) else tuple(known.get("refuse", ()))


def usual_measures(name: Name) -> tuple[str, ...]:
    """Return the measures in which names of this kind are usually measured, empty where nothing is known."""
    return tuple(words("things")["of_kind"].get(name.kind, {}).get("usual", ()))


def unit_in_name(name: str) -> str | None:
    """Return the unit that a name carries in brackets at its end: 培训人数（人）→ 人; None for none."""
    return canonical(read_name(name).remark)


@lru_cache(maxsize=8192)
def _thing(name: str) -> dict[str, Any] | None:
    """Return what is counted: by the ending's own measure word (次数), else by the noun before the ending."""
    read = read_name(name)
    if read.change:
        return None
    if named := _named_measure(name):
        return named
    whole = read.stem + read.ending
    known = words("things")
    plain = _without_remark("".join(name.split()))[0]
    noun = _counted_noun(whole) if read.kind == NameKind.COUNT else _noun_endings().longest(plain)
    return known["things"][_nouns()[noun]] if noun else None


def _named_measure(name: str) -> dict[str, Any] | None:
    """Return what is told of the measure word that a name ends in: 间 of 实验室间数, 台次 of 检验台次."""
    known = words("things")
    read = read_name(name)
    whole = read.stem + read.ending
    ending = endings("things", "endings").longest(whole)
    if not ending:
        # 度 is a unit, too, but 覆盖度 counts nothing.
        counts = read.kind == NameKind.COUNT and kind_of(read.ending)
        return {"fits": (read.ending,), "clash": ()} if counts else None
    # 专家数 counts 专家: its 家 belongs to the noun, 家数 is not the ending.
    if whole[: -len(ending) + 1].endswith(tuple(known["collisions"]["nouns"])):
        return None
    found: dict[str, Any] = known["endings"][ending]
    return found


def _is_foreign(measure: str, own: str) -> bool:
    """Say whether a measure is of a class or kind that cannot stand for another's.

    Ratios have a rule of their own.
    """
    classes = _classes().get(measure), _classes().get(own)
    if None not in classes and classes[0] != classes[1]:
        return True
    first, second = kind_of(measure), kind_of(own)
    if first in (None, second, "ratio") or first not in words("measures")["units"]:
        return False
    return not any({first, second} <= set(group) for group in words("things")["kinds"]["alike"])


def _counted_noun(count: str) -> str:
    """Return the noun that a count counts: 交换机 in 交换机采购数量; an empty text where it is not known."""
    for ending in _count_endings().all_of(count):
        stem = count[: len(count) - len(ending)]
        noun = _noun_endings().longest(stem) or _noun_endings().longest(_without_activities(stem))
        if noun:
            return noun
    return ""


def _ending_of(name: str) -> str:
    """Return the known ending of a name: of 专家数 and 安全事件数 it is 数, for 家 and 件 belong to the noun."""
    ending = _name_endings().longest(name)
    noun = name[: len(name) - len(ending) + 1]
    if ending[1:] in _endings() and noun.endswith(tuple(words("things")["collisions"]["nouns"])):
        return ending[1:]
    return ending


def _about_satisfaction(stem: str) -> bool:
    return any(word in stem for word in words("names")["endings"]["satisfaction"][:3])


def _without_remark(name: str) -> tuple[str, str]:
    bracket = BRACKETED_END.search(name)
    return (name[: bracket.start()], bracket.group(1)) if bracket and bracket.start() else (name, "")


def _without_tail(name: str) -> str:
    tail = endings("names", "tails").longest(name)
    return name[: len(name) - len(tail)] if tail and len(tail) < len(name) else name


def _without_change(name: str) -> tuple[str, bool]:
    change = endings("names", "changes").longest(name)
    return (name[: len(name) - len(change)], True) if change and len(change) < len(name) else (name, False)


def _without_between(stem: str) -> str:
    between = endings("names", "direction", "between").longest(stem)
    return stem[: len(stem) - len(between)] if between and len(between) < len(stem) else stem


def _without_activities(counted: str) -> str:
    while activity := endings("things", "activities", "words").longest(counted):
        counted = counted[: len(counted) - len(activity)]
    return counted


@cache
def _endings() -> dict[str, str]:
    return {ending: kind for kind, endings in words("names")["endings"].items() for ending in endings}


@cache
def _name_endings() -> Endings:
    return Endings.of(_endings())


@cache
def _count_endings() -> Endings:
    return Endings.of(ending for ending, kind in _endings().items() if kind == NameKind.COUNT)


@cache
def _classes() -> dict[str, int]:
    return {
        measure: number
        for number, known in enumerate(words("things")["kinds"]["classes"])
        for measure in known
    }


@cache
def _nouns() -> dict[str, str]:
    return {noun: thing for thing, known in words("things")["things"].items() for noun in known["nouns"]}


@cache
def _noun_endings() -> Endings:
    return Endings.of(_nouns())
