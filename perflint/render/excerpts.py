"""The line of a form that a finding is about, with a mark right under the offending text."""

from __future__ import annotations

import re

ELLIPSIS = "…"
NEVER_FIRST = frozenset("，。、；：！？”’）》〉」』】…,.;:!?)")
"""Marks that no line begins with (GB/T 15834-2011, 5.1)."""
STEERING = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Control characters (ECMA-48, C0 and C1) and those that turn the direction of writing (UAX 9)."""


def display_width(text: str) -> int:
    """Return the columns that a text takes on a terminal: a Chinese character takes two."""
    # Imported where it is needed, here and below: it takes a tenth of the time of a run over one file.
    from wcwidth import wcswidth

    return max(wcswidth(text), 0)


def printable(text: str) -> str:
    """Return a text of a document fit for a terminal: one line, and what could steer the terminal becomes �."""
    return STEERING.sub("�", " ".join(text.split()))


def marked(text: str, excerpt: str, width: int) -> tuple[str, str]:
    """Return the line to show and the line of carets below it.

    `excerpt` is marked where it stands in `text` (all of it where it does not); what is longer than `width`
    columns is cut around the mark. Both are one line, without control characters.
    """
    text, excerpt = printable(text), printable(excerpt)
    start = text.find(excerpt) if excerpt else -1
    if start < 0:
        text = excerpt if excerpt and excerpt not in text else text
        start, excerpt = 0, text
    if display_width(text) <= width:
        return text, " " * display_width(text[:start]) + "^" * display_width(excerpt)
    before = _tail(text[:start], max((width - display_width(excerpt)) // 2, 0))
    shown = cut(excerpt, width - display_width(before))
    after = cut(text[start + len(excerpt) :], width - display_width(before) - display_width(shown))
    return before + shown + after, " " * display_width(before) + "^" * display_width(shown)


def cut(text: str, width: int) -> str:
    """Return as much of the beginning of a text as fits into `width` columns, with … where something is cut
    off.
    """
    if display_width(text) <= width:
        return text
    from wcwidth import iter_graphemes

    taken = ""
    for part in iter_graphemes(text):
        if display_width(taken + part) + 1 > width:
            break
        taken += part
    return taken + ELLIPSIS if width > 0 else ""


def folded(line: str, columns: int) -> list[str]:
    """Return a line, which may hold colours, as lines of at most so many columns.

    The further ones stand as far to the right as the first, and two columns more.
    """
    import wcwidth

    if wcwidth.width(line) <= columns:
        return [line]
    indent = " " * (len(line) - len(line.lstrip(" ")))
    # A mark that may not begin a line is put at the end of the one before, into the two columns kept for it.
    parts = wcwidth.wrap(line.strip(" "), max(columns - len(indent) - 4, 20))
    for at in range(1, len(parts)):
        if parts[at][0] in NEVER_FIRST:
            parts[at - 1], parts[at] = parts[at - 1] + parts[at][0], parts[at][1:].lstrip(" ")
    return [indent + parts[0], *(f"{indent}  {part}" for part in parts[1:] if part)]


def _tail(text: str, width: int) -> str:
    """Return as much of the end of a text as fits."""
    if display_width(text) <= width:
        return text
    from wcwidth import iter_graphemes

    taken = ""
    for part in reversed(list(iter_graphemes(text))):
        if display_width(part + taken) + 1 > width:
            break
        taken = part + taken
    return ELLIPSIS + taken if width > 0 else ""
