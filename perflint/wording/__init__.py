"""What perflint itself says on a terminal, by language: one TOML file a subject beside this module."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import tomli

LANGUAGES = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Wording:
    """The texts of one subject in one language; called with a dotted key, it gives one of them."""

    table: Mapping[str, Any]

    def __call__(self, key: str, **values: object) -> str:
        """Return the text of a dotted key with its blanks filled in. Raises KeyError where there is none."""
        entry: Any = self.table
        for part in key.split("."):
            entry = entry[part]
        text: str = entry
        return text.format(**values) if values else text


@cache
def wording(subject: str, language: str) -> Wording:
    """Return the texts of `SUBJECT.toml` in zh or en."""
    with (Path(__file__).parent / f"{subject}.toml").open("rb") as file:
        return Wording(tomli.load(file)[language])
