"""The options that alter settings, and how they do it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from perflint.cli.group import language_option, option
from perflint.config import Settings, load_settings
from perflint.config.keys import FAIL_ON, PDF_ENGINES

SELECTION = ("select", "ignore", "extend_select", "extend_ignore")


def settings_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Declare the options that every command which reads files takes."""
    declarations = [
        option("--config", type=click.Path(dir_okay=False, path_type=Path)),
        option("--isolated", is_flag=True),
        language_option,
        option("--pdf-engine", type=click.Choice(PDF_ENGINES)),
        option("-j", "--jobs", type=click.IntRange(min=0)),
        option("--no-cache", is_flag=True),
        option("--cache-dir", type=click.Path(file_okay=False, path_type=Path)),
    ]
    return _declared(function, declarations)


def rule_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Declare the options that choose rules."""
    selectors = [
        option(f"--{name.replace('_', '-')}", name, multiple=True, metavar="RULES") for name in SELECTION
    ]
    declarations = [
        *selectors,
        option("--preview/--no-preview", default=None),
        option("--profile", metavar="NAME"),
        option("--fail-on", type=click.Choice(FAIL_ON)),
    ]
    return _declared(function, declarations)


def _declared(function: Callable[..., Any], declarations: Sequence[Callable[..., Any]]) -> Callable[..., Any]:
    for declare in reversed(declarations):
        function = declare(function)
    return function


def settings_for(paths: Sequence[Path], options: dict[str, Any]) -> Settings:
    """Return the settings for these paths, altered by what the command line says. Raises SettingsError.

    `--select` starts afresh: the select and ignore of the settings files count no more.
    """
    found = Settings(root=Path.cwd()) if options["isolated"] else load_settings(paths, options["config"])
    chosen = {name: _split(options.get(name, ())) for name in SELECTION}
    altered: dict[str, Any] = {
        name: options[name]
        for name in ("language", "pdf_engine", "jobs", "cache_dir", "preview", "profile", "fail_on")
        if options.get(name) is not None
    }
    if options["no_cache"]:
        altered["cache"] = False
    if chosen["select"]:
        altered |= {"select": chosen["select"], "ignore": (), "extend_select": (), "extend_ignore": ()}
    if chosen["ignore"]:
        altered["ignore"] = chosen["ignore"]
    for name in ("extend_select", "extend_ignore"):
        altered[name] = (*altered.get(name, getattr(found, name)), *chosen[name])
    return replace(found, **altered)


def selectors_given(options: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    """Return the selectors that the command line gives, by option, so that a wrong one can be pointed at."""
    return {f"--{name.replace('_', '-')}": _split(options.get(name, ())) for name in SELECTION}


def _split(texts: Sequence[str]) -> tuple[str, ...]:
    """Return the selectors of an option that may be repeated and may hold several, parted by commas."""
    return tuple(part.strip() for text in texts for part in text.split(",") if part.strip())
