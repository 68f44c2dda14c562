"""`perflint config show` and `perflint config check`."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from perflint.cli.group import Command, LazyGroup, language_of, language_option, option
from perflint.config import Settings, load_settings, shown
from perflint.config.keys import KEYS
from perflint.config.toml_text import toml_key, toml_value
from perflint.gate import load_gate
from perflint.report.verdict import CLEAN
from perflint.rules.ruleset import ruleset_of
from perflint.wording import wording

PATHS = click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]…")
SETTINGS = option("--config", type=click.Path(dir_okay=False, path_type=Path))


@click.group("config", cls=LazyGroup, help="config")
@language_option
def command(language: str | None) -> None:
    """Show and check settings."""


@command.command("show", cls=Command, help="config-show")
@PATHS
@SETTINGS
@language_option
def show(paths: tuple[Path, ...], config: Path | None, language: str | None) -> int:
    """Print the settings that hold for these paths as TOML, each with the file that states it. Raises
    SettingsError.
    """
    settings = load_settings(paths or (Path(),), config)
    ruleset_of(settings)
    click.echo("\n".join(_lines(settings)))
    return CLEAN


def _lines(settings: Settings) -> Iterator[str]:
    tables = []
    for key, shape in KEYS.items():
        if key == "extend":
            continue
        value = _plain(getattr(settings, key.replace("-", "_")))
        origin = next((shown(file.path) for file in settings.files if key in file.table), "")
        comment = f"  # {origin}" if origin else ""
        if shape.type == "object":
            tables.append((key, value, comment))
        elif value is not None:
            yield f"{key} = {toml_value(value)}{comment}"
    for key, value, comment in tables:
        yield f"\n[{key}]{comment}"
        yield from (f"{toml_key(name)} = {toml_value(item)}" for name, item in value.items())


def _plain(value: Any) -> Any:
    """Return a value of the settings as TOML has it; paths as they would be written from here."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return dataclasses.asdict(value)
    if isinstance(value, Path):
        return shown(value)
    return [_plain(item) for item in value] if isinstance(value, tuple) else value


@command.command("check", cls=Command, help="config-check")
@PATHS
@SETTINGS
@language_option
@click.pass_context
def check(ctx: click.Context, paths: tuple[Path, ...], config: Path | None, language: str | None) -> int:
    """Read settings, rules, suppressions and baseline as a check would. Raises SettingsError."""
    settings = load_settings(paths or (Path(),), config)
    load_gate(settings, ruleset_of(settings).rules)
    messages = wording("messages", language_of(ctx))
    files = ", ".join(shown(file.path) for file in settings.files)
    click.echo(messages("done.settings-fine", path=files) if files else messages("done.no-settings"))
    return CLEAN
