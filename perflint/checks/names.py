"""Checks of indicator names: a mere category, a target or a question in the name, several things in one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from perflint.checks.hit import Hit, Spot
from perflint.checks.naming import NameKind, read_name
from perflint.checks.rows import squeezed
from perflint.model import Form, Indicator
from perflint.targets import TargetKind, parse_target
from perflint.words import any_of, words

QUOTED = re.compile("“[^”]*”|《[^》]*》|[（(][^）)]*[)）]")
"""Quoted words and remarks: what they enumerate is not what is measured."""
MASK = "＊"


def placeholder_name(form: Form, params: Mapping[str, Any]) -> Iterator[Hit]:
    """Find names that only repeat a category of the form. No params."""
    for indicator in form.indicators:
        if squeezed(indicator.name.text) in words("names")["categories"]["names"]:
            yield name_hit(indicator)


def target_in_name(form: Form, params: Mapping[str, Any]) -> Iterator[Hit]:
    """Find names that end in a bounded number or in a comparator: 宽带不小于100M, …达到. No params."""
    ends = tuple(words("names")["bounds"]["ends"])
    for indicator in form.indicators:
        name = squeezed(indicator.name.text)
        read = parse_target(name)
        bounded = read.kind == TargetKind.NUMBER and read.comparator is not None and not read.words_after
        if bounded and read.words_before and (read.unit or not read.comparator_in_words):
            yield name_hit(indicator, read.words_before)
        elif name.endswith(ends):
            yield name_hit(indicator)


def name_of_kind(form: Form, params: Mapping[str, Any]) -> Iterator[Hit]:
    """Find names of the kind `kind`."""
    for indicator in form.indicators:
        if read_name(indicator.name.text).kind == NameKind(params["kind"]):
            yield name_hit(indicator)


def several_things_in_name(form: Form, params: Mapping[str, Any]) -> Iterator[Hit]:
    """Find names that measure several things: two measures joined (安全性、稳定性), or many parts.

    Params: `most` parts that an enumeration may have.
    """
    lists = words("names")["several"]
    measures = any_of(lists["measures"])
    joined = re.compile(f"(?:{measures})(?:{any_of(lists['joins'])})[^，。]*(?:{measures})$")
    listed = re.compile(f"[{lists['comma']}]|(?<=..)(?:{any_of(lists['last_joins'])})(?=..)")
    one_thing = re.compile(any_of(lists["one_thing"]))
    for indicator in form.indicators:
        name = QUOTED.sub("", squeezed(indicator.name.text))
        name = one_thing.sub(lambda match: MASK * len(match.group()), name)
        parts = len(listed.findall(name)) + 1 if lists["comma"] in name else 1
        if joined.search(name) or parts > params["most"]:
            yield name_hit(indicator)


def name_hit(indicator: Indicator, suggestion: str | None = None) -> Hit:
    """Return a hit on an indicator's name."""
    return Hit(Spot(indicator.index, "name"), indicator.name.text, suggestion=suggestion)
