"""Whether an indicator stands under the level that its own name asks for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import Any

from perflint.checks.hit import Hit, Spot
from perflint.checks.naming import Direction, direction
from perflint.model import Form
from perflint.words import words


def misfiled_indicator(form: Form, params: Mapping[str, Any]) -> Iterator[Hit]:
    """Hit an indicator whose name says another kind than the level-2 label above it.

    `words` names the list of endings: what they say, and the kinds of levels under which that is wrong.
    """
    for row in form.indicators:
        if row.level2 is None or not row.level2.sure or row.level2.kind is None:
            continue
        stated = stated_kind(row.name.text, row.level2.kind, params["words"])
        if stated is not None:
            yield Hit(
                Spot(row.index, "level2"),
                row.level2.passage.text,
                {
                    "ending": stated["ending"],
                    "right": level_label(stated["kind"], form),
                },
            )


@lru_cache(maxsize=8192)
def stated_kind(name: str, level: str, subject: str) -> dict[str, str] | None:
    """Return the ending by which a name says another kind than this level, and that kind.

    None where it does not.
    """
    bare = "".join(name.split()).removesuffix("指标")
    for entry in wrong_under(level, subject):
        if bare.endswith(entry["endings"]) and not any(word in bare for word in entry.get("unless", ())):
            # Faults may be counted under quality: 路面坍塌次数.
            if entry.get("unless_less") and direction(bare) is Direction.LESS:
                continue
            ending = next(ending for ending in entry["endings"] if bare.endswith(ending))
            return {"kind": entry["kind"], "ending": ending}
    return None


@cache
def wrong_under(level: str, subject: str) -> tuple[Mapping[str, Any], ...]:
    """Return the lists of endings that are wrong under a level."""
    return tuple(
        {**entry, "endings": tuple(entry["endings"])}
        for entry in words(subject)["stated"]
        if level in entry["wrong_under"]
    )


def level_label(kind: str, form: Form) -> str:
    """Return what the form's layout calls a kind of level 2."""
    levels = words("levels")
    if kind == "cost" and form.levels_layout != "before-2021":
        return str(levels["level1"][kind]["label"])
    return str(levels["level2"][kind]["label"])
