"""The vocabulary of `rules/words/`: one TOML file a subject, read once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import tomli


@cache
def rules_folder() -> Path:
    """Return the folder of rules that ships with perflint: inside the wheel, or beside the package in a checkout.

    Raises FileNotFoundError where the installation is broken.
    """
    package = Path(__file__).parent
    for folder in (package / "_rules", package.parent / "rules"):
        if (folder / "words").is_dir():
            return folder
    raise FileNotFoundError(
        f"perflint's rules are missing: neither {package / '_rules'} nor {package.parent / 'rules'}"
    )


@cache
def words(subject: str) -> Mapping[str, Any]:
    """Return the content of `rules/words/SUBJECT.toml`."""
    with (rules_folder() / "words" / f"{subject}.toml").open("rb") as file:
        return tomli.load(file)


def any_of(choices: Iterable[str]) -> str:
    """Return a regular expression for any of these words, the longest first.

    Words with the same first letter stand together, so that it is compared once.
    """
    by_letter: dict[str, list[str]] = {}
    for choice in sorted(choices, key=lambda choice: (-len(choice), choice)):
        by_letter.setdefault(choice[:1], []).append(choice[1:])
    return "|".join(
        re.escape(letter)
        + (re.escape(rests[0]) if len(rests) == 1 else f"(?:{'|'.join(map(re.escape, rests))})")
        for letter, rests in by_letter.items()
    )


@cache
def any_word(subject: str, *keys: str) -> re.Pattern[str]:
    """Return the pattern of the words in a list of `rules/words/SUBJECT.toml`, found by its keys."""
    return re.compile(any_of(_listed(subject, keys)) or NEVER)


NEVER = r"(?!)"
"""The pattern of an empty list."""


@dataclass(frozen=True, slots=True)
class Endings:
    """What a text may end with, and by last letter the lengths that occur, longest first: one look-up for each."""

    choices: frozenset[str]
    lengths: Mapping[str, tuple[int, ...]]

    @staticmethod
    def of(choices: Iterable[str]) -> Endings:
        """Gather endings, none of them empty."""
        unique = frozenset(choices)
        lengths: dict[str, set[int]] = {}
        for choice in unique:
            lengths.setdefault(choice[-1], set()).add(len(choice))
        return Endings(
            unique, {letter: tuple(sorted(found, reverse=True)) for letter, found in lengths.items()}
        )

    def longest(self, text: str) -> str:
        """Return the longest of these endings that a text has, an empty text for none."""
        for length in self.lengths.get(text[-1:], ()):
            ending = text[-length:]
            if ending in self.choices:
                return ending
        return ""

    def all_of(self, text: str) -> list[str]:
        """Return all of these endings that a text has, the longest first."""
        endings = [text[-length:] for length in self.lengths.get(text[-1:], ()) if length <= len(text)]
        return [ending for ending in endings if ending in self.choices]


@cache
def endings(subject: str, *keys: str) -> Endings:
    """Return a list of `rules/words/SUBJECT.toml`, found by its keys, as endings."""
    return Endings.of(_listed(subject, keys))


def _listed(subject: str, keys: Iterable[str]) -> Iterable[str]:
    found: Any = words(subject)
    for key in keys:
        found = found[key]
    return tuple(found)
