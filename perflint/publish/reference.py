"""The tables in docs/ that follow the program: options from the commands, keys from the settings.

Run as `python -m perflint.publish.reference` to write them anew; what stands outside their marks is written by hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import click

from perflint.cli.group import Option, group
from perflint.config import Settings
from perflint.config.keys import KEYS
from perflint.config.shapes import Shape
from perflint.config.toml_text import toml_value
from perflint.limits import Limits
from perflint.wording import wording

DOCS = Path(__file__).parents[2] / "docs"
PAGES = ("cli.md", "settings.md")
MARKED = re.compile(r"(<!-- (?P<table>[\w ]+) -->\n).*?(<!-- end -->)", re.DOTALL)
"""A generated table: `<!-- options of check -->` … `<!-- end -->`."""


def refreshed(text: str) -> str:
    """Return a page with its generated tables as the program has them now."""
    return MARKED.sub(lambda found: f"{found[1]}{_table(found['table'])}{found[3]}", text)


def _table(name: str) -> str:
    tables = {"keys": _keys, "limits": _limits}
    rows = tables[name]() if name in tables else _options(name.removeprefix("options of "))
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def _options(name: str) -> Iterator[tuple[str, str]]:
    """Give the options of a command, named by its path (`rules test`)."""
    say = wording("help", "en")
    yield "option", "meaning"
    yield "---", "---"
    for parameter in _command(name).params:
        if isinstance(parameter, Option):
            names = ", ".join(f"`{one}`" for one in (*parameter.opts, *parameter.secondary_opts))
            yield f"{names} {_values(parameter)}".rstrip(), say(f"option.{parameter.key}")


def _command(path: str) -> click.Command:
    command: click.Command = group
    for name in path.split():
        assert isinstance(command, click.Group)
        found = command.get_command(click.Context(command), name)
        assert found is not None, path
        command = found
    return command


def _values(option: Option) -> str:
    """Return what an option takes, nothing for a switch."""
    if option.is_flag:
        return ""
    if isinstance(option.type, click.Choice):
        return " or ".join(f"`{choice}`" for choice in option.type.choices)
    kind = "N" if isinstance(option.type, click.IntRange) else option.type.name.upper()
    return (option.metavar or kind).replace("[", "\\[")


def _keys() -> Iterator[tuple[str, str, str, str]]:
    """Give the keys of a settings file: name, type, default, meaning."""
    say, default = wording("keys", "en"), Settings(root=Path())
    yield "key", "type", "default", "meaning"
    yield "---", "---", "---", "---"
    for key, shape in KEYS.items():
        value = getattr(default, key.replace("-", "_"), None)
        shown = f"`{toml_value(value)}`" if value not in (None, {}) and shape.type != "object" else ""
        yield f"`{key}`", _type(shape), shown, say(key)


def _limits() -> Iterator[tuple[str, str, str]]:
    """Give the limits of a file: name, default, meaning."""
    say = wording("keys", "en")
    yield "limit", "default", "meaning"
    yield "---", "---", "---"
    for limit in fields(Limits):
        yield f"`{limit.name}`", f"{limit.default:_}", say(f"limit.{limit.name}")


def _type(shape: Shape) -> str:
    if shape.choices:
        return " or ".join(f"`{choice}`" for choice in shape.choices)
    names = {"array": "list", "object": "table", "string": "text"}
    kind = names.get(shape.type, shape.type)
    if shape.items is None:
        return shape.holds or kind
    return f"{kind} of {shape.items.holds or names.get(shape.items.type, shape.items.type)}s"


if __name__ == "__main__":
    for page in PAGES:
        (DOCS / page).write_text(refreshed((DOCS / page).read_text("utf-8")), "utf-8")
