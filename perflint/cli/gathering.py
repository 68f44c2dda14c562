"""The files of a run, from whatever the command line says: paths, standard input, git's index."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from perflint.cli.trouble import say
from perflint.config import SETTINGS_FILE, Settings, shown
from perflint.sources import Source, SourceError, find_sources
from perflint.wording import wording

STDIN = "-"


def gather(
    paths: Sequence[Path],
    settings: Settings,
    stdin_filename: str | None,
    staged: bool,
    written: Sequence[Path],
) -> tuple[list[Source], list[SourceError]]:
    """Return the files to check (none of `written`, where reports will go) and what could not be found.

    Raises click.UsageError where standard input is asked for beside other paths, SourceError where there is
    no git repository.
    """
    if staged:
        from perflint.sources.staged import staged_sources

        return staged_sources(paths), []
    if Path(STDIN) in paths:
        if len(paths) > 1:
            raise click.UsageError(wording("messages", settings.language)("usage.stdin-alone"))
        path = Path(stdin_filename or STDIN)
        return [Source(path.as_posix(), path, data=sys.stdin.buffer.read())], []
    return find_sources(paths or [Path()], settings.exclude, settings.root, written)


def warn_of_nested_settings(sources: Sequence[Source], settings: Settings) -> None:
    """Say which settings files below the one in use are not used: one run has one settings file."""
    if not settings.files:
        return
    used = settings.files[0].path
    folders = {
        parent
        for folder in {source.path.absolute().parent for source in sources}
        for parent in (folder, *folder.parents)
    }
    for folder in sorted(folders):
        nested = folder / SETTINGS_FILE
        if (
            nested != used
            and folder.is_relative_to(used.parent)
            and folder != used.parent
            and nested.is_file()
        ):
            messages = wording("messages", settings.language)
            say(f"perflint: {messages('done.nested-settings', path=shown(nested), used=shown(used))}")
