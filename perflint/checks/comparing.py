"""When two names, values or texts of forms are the same."""

from __future__ import annotations

import re
from functools import lru_cache

from perflint.readers.clean import fold
from perflint.targets import Target, TargetKind
from perflint.words import words

NO_LETTER = re.compile(r"[\W_]+")


@lru_cache(maxsize=8192)
def comparable_text(text: str) -> str:
    """Return a text for comparing: folded, without blanks and punctuation."""
    return NO_LETTER.sub("", fold(text))


@lru_cache(maxsize=8192)
def without_number(name: str) -> str:
    """Return a name without the number in front of it: 指标1：培训人数 → 培训人数."""
    return re.sub(words("sameness")["numbering"], "", name.strip())


@lru_cache(maxsize=8192)
def comparable_name(name: str) -> str:
    """Return an indicator's name for comparing.

    Without its number, blanks, punctuation and a final 指标 (1.满意度 指标 → 满意度).
    """
    bare = comparable_text(without_number(name))
    for ending in words("sameness")["name_endings"]:
        if bare.endswith(ending) and bare != ending:
            return bare.removesuffix(ending)
    return bare


def comparable_target(target: Target) -> tuple[str, ...]:
    """Return a value for comparing: =100% and 100.00(%) are the same, ≥100% is another.

    Words as comparable text.
    """
    if (
        target.kind is not TargetKind.NUMBER
        or target.number is None
        or target.words_before
        or target.words_after
    ):
        return (fold(target.text).strip("。.;；,，"),)
    amount = (target.number * target.scale).normalize()
    return (target.comparator or "=", f"{amount:f}", target.measure or target.unit or "")
