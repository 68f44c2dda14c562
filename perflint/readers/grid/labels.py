"""The few words that tell where a form begins and which halves belong together: titles, headings, labels."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from perflint.readers.clean import fold
from perflint.words import words

_BRACKETED = re.compile(r"\([^()]*\)")
_COLONS = ":*"


@cache
def _headings() -> frozenset[str]:
    return frozenset(fold(name) for role in words("columns")["roles"].values() for name in role["names"])


@cache
def _levels() -> frozenset[str]:
    data = words("levels")
    return frozenset(
        fold(name)
        for level in ("level1", "level2")
        for kind in data[level].values()
        for name in kind["names"]
    )


@cache
def _labels() -> frozenset[str]:
    """Return every label of a form: of its levels, its columns and its fields."""
    fields = frozenset(
        fold(name)
        for block in words("fields").values()
        for names in block.values()
        if isinstance(names, list)
        for name in names
    )
    return _headings() | _levels() | fields


@cache
def _titles() -> tuple[str, ...]:
    data = words("titles")
    names = [name for kind in data["kinds"].values() for name in kind]
    names += [name for form in data["unsupported"] for name in form["names"] + form["inside"]]
    return tuple(map(fold, names))


@lru_cache(maxsize=8192)
def bare(text: str) -> str:
    """Return a text for comparing: folded, without what stands in brackets, without colons at the ends."""
    return _BRACKETED.sub("", fold(text)).strip(_COLONS)


def is_title(text: str) -> bool:
    """Say whether a line is the title of a form or another table (it ends in 表, or names a known form)."""
    data = words("titles")
    folded = bare(text)
    if not folded or len(folded) > data["longest"] or any(mark in folded for mark in data["sentence_marks"]):
        return False
    return folded.endswith(words("pages")["table_word"]) or any(folded.endswith(name) for name in _titles())


def is_continuation_mark(text: str) -> bool:
    """Say whether a line only says that a table goes on (续表)."""
    folded = fold(text)
    return any(mark in folded for mark in words("pages")["continuation_marks"]) and len(folded) <= 30


def is_page_number(text: str) -> bool:
    """Say whether a line is nothing but a page number."""
    return bool(re.match(words("pages")["page_number"], fold(text)))


def is_heading(text: str) -> bool:
    """Say whether a text heads a column of an indicator table."""
    return fold(text) in _headings() or bare(text) in _headings()


def is_level(text: str) -> bool:
    """Say whether a text is a level-1 or level-2 label."""
    return bare(text) in _levels()


def is_label(text: str) -> bool:
    """Say whether a text is a label of the form: of its fields, its columns or its levels."""
    return bare(text) in _labels()


def are_halves(upper: str, lower: str) -> bool:
    """Say whether two texts are the halves of one label (可持续影 and 响指标), and not two labels."""
    labels = _labels()
    upper, lower = bare(upper), bare(lower)
    whole = upper + lower
    return whole in _levels() or (whole in labels and not (upper in labels and lower in labels))
