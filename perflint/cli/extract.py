"""`perflint extract`: what was read, without a judgement."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from perflint.cli.group import Command, option
from perflint.cli.outputs import write
from perflint.cli.running import run_files
from perflint.cli.settings_options import settings_for, settings_options
from perflint.render.extracted import EXTRACTS, extracted
from perflint.report.verdict import CLEAN, INTERRUPTED, UNDONE, undone
from perflint.rules.ruleset import ruleset_of

READING_RULES = ("E9",)
"""The rules that tell what could not be read; no others are applied."""


@click.command("extract", cls=Command, help="extract")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH…")
@option("-f", "--format", "wanted", key="extract-format", type=click.Choice(EXTRACTS), default="json")
@option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path))
@option("--stdin-filename", metavar="NAME")
@option("-q", "--quiet", is_flag=True)
@settings_options
def command(paths: tuple[Path, ...], wanted: str, output: Path | None, **options: Any) -> int:
    """Write what was read and return the exit code: 2 where something was not."""
    settings = replace(
        settings_for(paths, options),
        select=READING_RULES,
        ignore=(),
        extend_select=(),
        extend_ignore=(),
        per_file_ignores={},
    )
    outcome = run_files(paths, settings, ruleset_of(settings), options, [output] if output else [])
    write(extracted(wanted, outcome.documents, settings.language), output)
    if outcome.interrupted:
        return INTERRUPTED
    return UNDONE if not outcome.complete or any(map(undone, outcome.documents)) else CLEAN
