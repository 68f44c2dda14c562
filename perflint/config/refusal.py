"""Refuse a setting so that its owner sees at once where and why: file, line, caret, nearest right one."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from perflint.wording import wording


@dataclass(frozen=True, slots=True)
class Mistake:
    """One wrong setting.

    `problem` is a key of wording/settings.toml, filled with `values`; `known` is what could stand for
    `values["word"]`. `origin` is a file or an option (`--select`), `source_line` the line to show, `column`
    (from 1) and `length` what to mark in it; `line` is None for an option.
    """

    problem: str
    values: Mapping[str, str]
    origin: str
    source_line: str = ""
    line: int | None = None
    column: int = 1
    length: int = 0
    known: tuple[str, ...] = field(default=())


class SettingsError(Exception):
    """Settings that cannot be used: what is wrong with them, all of it."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("; ".join(told(mistake, "en") for mistake in self.mistakes))


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that is most like this one, None where none is."""
    by_case = {other.casefold(): other for other in known}
    matches = difflib.get_close_matches(word.casefold(), by_case, n=1)
    return by_case[matches[0]] if matches else None


def told(mistake: Mistake, language: str) -> str:
    """Put a mistake into words, with the line it stands in and a mark under it."""
    from perflint.render.excerpts import display_width

    say = wording("settings", language)
    place = f"{mistake.origin}:{mistake.line}:{mistake.column}" if mistake.line else mistake.origin
    text = f"{place}: {say('problem.' + mistake.problem, **mistake.values)}"
    if near := nearest(mistake.values.get("word", ""), mistake.known):
        text += say("nearest", word=near)
    if not mistake.source_line:
        return text
    margin = f"  {mistake.line} | " if mistake.line else "  "
    line = mistake.source_line.replace("\t", " ").rstrip()
    before, wrong = line[: mistake.column - 1], line[mistake.column - 1 :][: mistake.length]
    indent = " " * (len(margin) + display_width(before))
    return f"{text}\n{margin}{line}\n{indent}{'^' * max(display_width(wrong), 1)}"
