"""Run the engine for a command: gather the files, show progress, tell what could not be found."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from perflint.cli.gathering import gather, warn_of_nested_settings
from perflint.cli.trouble import say
from perflint.config import Settings
from perflint.engine.cache import Cache, default_folder
from perflint.engine.run import Progress, check_sources
from perflint.engine.timings import Timings
from perflint.report import DocumentJson
from perflint.rules.ruleset import RuleSet
from perflint.sources import Source
from perflint.wording import wording

LONG_RUN = 8
"""From so many files on, a run may be long enough for a progress bar."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run of the engine came to. `complete` is False where a path could not be found."""

    documents: list[DocumentJson]
    sources: Sequence[Source]
    complete: bool
    interrupted: bool
    timings: Timings


def run_files(
    paths: Sequence[Path],
    settings: Settings,
    ruleset: RuleSet,
    options: dict[str, Any],
    written: Sequence[Path] = (),
    meanwhile: Callable[[], object] = lambda: None,
) -> Outcome:
    """Check the files that the command line names; what it names in vain is told on stderr, the others are
    checked. `written` are the paths of the reports to come, which a search of their folder leaves out;
    `meanwhile` is called while the files are read.

    Raises click.UsageError, SourceError.
    """
    messages = wording("messages", settings.language)
    staged, quiet = options.get("staged", False), options.get("quiet", False)
    sources, errors = gather(paths, settings, options.get("stdin_filename"), staged, written)
    for error in errors:
        say(f"perflint: {messages('source.' + error.problem, detail=error.detail)}")
    if not quiet:
        warn_of_nested_settings(sources, settings)
    if staged and not sources and not quiet:
        say(messages("done.nothing-staged"))
    store = Cache(settings.cache_dir or default_folder()) if settings.cache else None
    with _progress(len(sources), settings.language, quiet) as progress:
        run = check_sources(sources, ruleset, settings, store, progress, meanwhile=meanwhile)
    if run.interrupted:
        say(messages("done.interrupted", done=len(run.documents), total=len(sources)))
    documents = [run.documents[position] for position in sorted(run.documents)]
    return Outcome(documents, sources, not errors, run.interrupted, run.timings)


@contextmanager
def _progress(total: int, language: str, quiet: bool) -> Iterator[Progress]:
    """Give what the engine tells its progress to: a bar on a terminal for a long run, else nothing."""
    if quiet or total < LONG_RUN or not sys.stderr.isatty():
        yield lambda done, total: None
        return
    label = wording("messages", language)("done.checking")
    with click.progressbar(length=total, label=label, file=sys.stderr, show_pos=True) as bar:
        yield lambda done, total: bar.update(1)
