"""Checks of indicator names: a mere category, a target or a question in the name, several things in one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import Any

from perflint.checks.hit import Hit, Spot
from perflint.checks.naming import NameKind, read_name
from perflint.checks.rows import holds_no_indicator, squeezed
from perflint.model import Form, Indicator
from perflint.targets import TargetKind, parse_target
from perflint.values.measures import kind_of
from perflint.words import any_of, words

QUOTED = re.compile("“[^“”]*”|《[^《》]*》|[（(][^（）()]*[)）]")
"""Quoted words and remarks: what they enumerate is not what is measured."""
MASK = "＊"
SHARES = (NameKind.RATE, NameKind.SATISFACTION)
"""Kinds of names that are answered by a share: 合格率, 满意度."""
LONGEST_NAME = 200
"""Characters of a name; a longer one is a paragraph that went astray."""


def placeholder_name(form: Form, params: Mapping[str, Any]) -> Iterator[Hit]:
    """Find names that only repeat a category of the form. No params."""
    for indicator in form.indicators:
        categories = words("names")["categories"]["names"]
        if squeezed(indicator.name.text) in categories and not holds_no_indicator(indicator):
            yield name_hit(indicator)


def target_in_name(form: Form, params: Mapping[str, Any]) -> Iterator[Hit]:
    """Find names that end in a bounded number, a share, the target's own number, a date or a comparator.

    宽带不小于100M, 合格率100%, 2023年12月底前完成, …达到. No params.
    """
    ends = tuple(words("names")["bounds"]["ends"])
    for indicator in form.indicators:
        name = squeezed(indicator.name.text)
        read = parse_target(name)
        bounded = read.kind == TargetKind.NUMBER and read.comparator is not None and not read.words_after
        target = indicator.target
        # 村组干部230人 beside ≥230(人); the 5 of 新建5G基站 stands within the name.
        told = read.kind == TargetKind.NUMBER and target is not None and target.number == read.number
        # 验收合格率100%; the 3% of 下降3%企业数 stands within the name.
        told = told or (kind_of(read.measure) == "ratio" and read_name(read.words_before).kind in SHARES)
        bounded = bounded or (told and read.unit is not None and not read.words_after)
        if bounded and read.words_before and (read.unit or not read.comparator_in_words):
            yield name_hit(indicator, read.words_before)
        elif name.endswith(ends) or ends_in_deadline(name):
            yield name_hit(indicator)


@lru_cache(maxsize=8192)
def ends_in_deadline(name: str) -> bool:
    """Say whether a name ends in a deadline: 12月底前完成."""
    return deadline_pattern().search(name) is not None


@cache
def deadline_pattern() -> re.Pattern[str]:
    """Return the pattern of a deadline at the end of a name: 12月底前完成, 第三季度前; not of a mere year."""
    dates = "|".join(words("values")["dates"]["patterns"])
    done = any_of(words("names")["bounds"]["done"])
    return re.compile(f"(?:{dates})(?<=[月日底末前内])(?:{done})*$")


def name_of_kind(form: Form, params: Mapping[str, Any]) -> Iterator[Hit]:
    """Find names of the kind `kind`."""
    for indicator in form.indicators:
        if read_name(indicator.name.text).kind == NameKind(params["kind"]):
            yield name_hit(indicator)


def several_things_in_name(form: Form, params: Mapping[str, Any]) -> Iterator[Hit]:
    """Find names that measure several things: two measures joined (安全性、稳定性), or many parts.

    Params: `most` parts that an enumeration may have.
    """
    for indicator in form.indicators:
        name = squeezed(indicator.name.text)
        if len(name) <= LONGEST_NAME and counts_several(name, params["most"]):
            yield name_hit(indicator)


def counts_several(name: str, most: int) -> bool:
    """Say whether a name joins two measures or enumerates more than `most` parts."""
    comma = words("names")["several"]["comma"]
    plain = one_thing_pattern().sub(lambda match: MASK * len(match.group()), QUOTED.sub("", name))
    if joined_measures_pattern().search(plain):
        return True
    return comma in plain and len(joins_pattern().findall(plain)) + 1 > most


@cache
def one_thing_pattern() -> re.Pattern[str]:
    """Return the pattern of words in which a joining character joins nothing (及时)."""
    return re.compile(any_of(words("names")["several"]["one_thing"]))


@cache
def joined_measures_pattern() -> re.Pattern[str]:
    """Return the pattern of two measures in one name: 安全性、稳定性."""
    lists = words("names")["several"]
    measures, joins = any_of(lists["measures"]), any_of(lists["joins"])
    return re.compile(f"(?:{measures})(?:{joins})[^，。]*(?:{measures})$")


@cache
def joins_pattern() -> re.Pattern[str]:
    """Return the pattern of what stands between the parts of an enumeration: A、B及C."""
    lists = words("names")["several"]
    return re.compile(f"{lists['comma']}|(?<=..)(?:{any_of(lists['last_joins'])})(?=..)")


def name_hit(indicator: Indicator, suggestion: str | None = None) -> Hit:
    """Return a hit on an indicator's name."""
    return Hit(Spot(indicator.index, "name"), indicator.name.text, suggestion=suggestion)
