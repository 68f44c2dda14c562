"""The vocabulary of `rules/words/`: one TOML file a subject, read once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
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
    """Return a regular expression for any of these words, the longest first."""
    return "|".join(
        re.escape(choice) for choice in sorted(choices, key=lambda choice: (-len(choice), choice))
    )
