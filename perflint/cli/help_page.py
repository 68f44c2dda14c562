"""Help pages in the user's language, laid out by the columns of a terminal: a Chinese character takes two."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import click

from perflint.wording import Wording


class HelpPage(click.HelpFormatter):
    """What click writes a help page with; its headings come from wording/help.toml."""

    def __init__(self, say: Wording, **settings: Any) -> None:
        super().__init__(**settings)
        self.say = say

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the line that shows how the command is called."""
        super().write_usage(prog, args, self.say("heading.usage") if prefix is None else prefix)

    def write_heading(self, heading: str) -> None:
        """Write the heading of a section, which click names in English."""
        super().write_heading(self.say(f"heading.{heading.lower()}"))

    def write_text(self, text: str) -> None:
        """Write paragraphs."""
        indent = " " * self.current_indent
        for number, paragraph in enumerate(text.split("\n\n")):
            lines = _folded(" ".join(paragraph.split("\n")), self.width - self.current_indent)
            self.write("\n" * bool(number) + "".join(f"{indent}{line}\n" for line in lines))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Write names with what they mean beside them, or below where a name is longer than `col_max`."""
        rows = list(rows)
        column = min(max(len(name) for name, _ in rows), col_max) + col_spacing
        indent = " " * self.current_indent
        for name, text in rows:
            lines = _folded(text, max(self.width - self.current_indent - column, 20))
            fits = len(name) <= column - col_spacing
            beside, below = (lines[:1], lines[1:]) if fits else ([], lines)
            self.write(f"{indent}{name.ljust(column)}{''.join(beside)}".rstrip() + "\n")
            self.write("".join(f"{indent}{' ' * column}{line}\n" for line in below))


def _folded(text: str, columns: int) -> list[str]:
    # Imported here: a program that is not asked for help need not know how wide characters are.
    from perflint.render.excerpts import folded

    return [line.strip() for line in folded(text, columns)]
