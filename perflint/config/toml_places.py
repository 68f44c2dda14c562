"""Find where a key or value stands in a TOML text, for messages that point at it."""

from __future__ import annotations

import re
from dataclasses import dataclass

import tomli

HEADER = re.compile(r"^\s*\[{1,2}(?P<name>[^\[\]]+)\]{1,2}\s*(#.*)?$")
"""A table's header: `[per-file-ignores]`, `[tool.perflint]`, `[[suppress]]`."""
KEY = re.compile(r"""^\s*(?P<key>(?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=""")
"""The beginning of a line `key = …`, with a dotted or quoted key."""
AT = re.compile(r"at line (\d+), column (\d+)")
"""Where tomli says an error is: `Invalid value (at line 3, column 5)`."""


@dataclass(frozen=True, slots=True)
class TextPlace:
    """A stretch of one line; line and column counted from 1."""

    line: int
    column: int
    length: int


def locate(text: str, path: tuple[str | int, ...], value: str | None = None) -> TextPlace:
    """Return where the key at the end of `path` stands, or its `value` where one is given.

    The numbers in `path` count tables of an array (`[[suppress]]`); what is not found on its own (a key of an
    inline table) is looked for as text behind the nearest key above it.
    """
    lines = text.splitlines() or [""]
    names = [str(step) for step in path if isinstance(step, str)]
    wanted = next((step for step in path if isinstance(step, int)), 0) if len(path) > 2 else 0
    start = _key_line(lines, names, wanted)
    sought = value if value is not None else (names[-1] if names else "")
    for number in range(start, len(lines)):
        found = _find(lines[number], sought)
        if found >= 0:
            return TextPlace(number + 1, found + 1, max(len(sought), 1))
        if number > start and (HEADER.match(lines[number]) or KEY.match(lines[number])):
            break
    return TextPlace(start + 1, 1, max(len(lines[start].rstrip()), 1))


def _find(line: str, sought: str) -> int:
    """Return where a text stands in a line, as a whole word where there is one."""
    whole = re.search(rf"(?<![\w-]){re.escape(sought)}(?![\w-])", line)
    return whole.start() if whole else line.find(sought)


def _key_line(lines: list[str], names: list[str], wanted: int) -> int:
    """Return the index of the line that brings us nearest to the key, by the longest part of its path."""
    best, depth, seen = 0, 0, -1
    table: list[str] = []
    for number, line in enumerate(lines):
        here: list[str] | None = None
        if header := HEADER.match(line):
            table = _parts(header["name"])
            here = table
            if line.lstrip().startswith("[[") and table == names[: len(table)]:
                seen += 1
        elif key := KEY.match(line):
            here = table + _parts(key["key"])
        if here is None or (seen >= 0 and seen != wanted):
            continue
        if names[: len(here)] == here and len(here) > depth:
            best, depth = number, len(here)
    return best


def _parts(dotted: str) -> list[str]:
    """Return the parts of a dotted key: `tool."per file"` gives tool, per file."""
    try:
        table = tomli.loads(f"{dotted} = 0")
    except tomli.TOMLDecodeError:
        return []
    parts = []
    while isinstance(table, dict):
        key, table = next(iter(table.items()))
        parts.append(key)
    return parts


def error_place(text: str, error: tomli.TOMLDecodeError) -> TextPlace:
    """Return where a text is no TOML; at its end where tomli names no line."""
    if found := AT.search(str(error)):
        return TextPlace(int(found[1]), int(found[2]), 1)
    lines = text.splitlines() or [""]
    return TextPlace(len(lines), len(lines[-1]) + 1, 1)
