"""Why something could not be read, in words: the keys that readers give, told in a language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from perflint.words import words


@dataclass(frozen=True, slots=True)
class Explanation:
    """What went wrong with a file and what its owner can do about it."""

    reason: str
    remedy: str


def explain(key: str, values: Mapping[str, str], language: str) -> Explanation:
    """Tell a problem of `rules/words/problems.toml` in a language.

    `key` is what `UnreadableFile.reason` or a `Problem`'s `values["reason"]` holds, `values` fill the blanks,
    `language` is zh or en. Raises KeyError where the key, the language or a value is missing.
    """
    entry = words("problems")[key][language]
    return Explanation(entry["reason"].format_map(values), entry["remedy"].format_map(values))
