"""`perflint check`: read, judge, report."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import click

from perflint.cli.baselines import prune_baseline, write_baseline
from perflint.cli.group import Command, option
from perflint.cli.outputs import outputs_of, show_pages, write_outputs
from perflint.cli.running import Outcome, run_files
from perflint.cli.settings_options import rule_options, selectors_given, settings_for, settings_options
from perflint.cli.trouble import say
from perflint.config import Settings
from perflint.garbage import few_collections
from perflint.gate import findable, load_gate, pass_gate
from perflint.render import RenderOptions, generation_time, load_renderers
from perflint.report import NoticeJson, ReportJson
from perflint.report.assembly import report_of
from perflint.report.verdict import CLEAN, FINDINGS, INTERRUPTED, UNDONE, exit_code
from perflint.rules.ruleset import ruleset_of
from perflint.wording import wording

FILE = click.Path(path_type=Path)
PAGE_WIDTH = 100
"""Columns of a text report that goes to no terminal."""


@click.command("check", cls=Command, help="check")
@click.argument("paths", nargs=-1, type=FILE, metavar="[PATH]…")
@option("-f", "--format", "formats", multiple=True, metavar="FORMAT[=FILE]")
@rule_options
@option("--exit-zero", is_flag=True)
@option("--baseline", type=FILE)
@option("--write-baseline", type=FILE)
@option("--prune-baseline", is_flag=True)
@option("--suppressions", type=FILE)
@option("--diff", type=FILE)
@option("--staged", is_flag=True)
@option("--stdin-filename", metavar="NAME")
@option("--pictures", type=click.Choice(["none", "auto", "all"]), default="auto")
@option("--open", "show", is_flag=True)
@option("--statistics", is_flag=True)
@option("--timings", is_flag=True)
@option("-q", "--quiet", is_flag=True)
@settings_options
@few_collections()
def command(paths: tuple[Path, ...], **options: Any) -> int:
    """Check files and return the exit code."""
    settings = _gate_settings(settings_for(_where(paths, options), options), options)
    ruleset = ruleset_of(settings, selectors_given(options))
    outputs = outputs_of(options["formats"], settings.language, options["show"])
    gate = load_gate(settings, ruleset.rules, options["diff"])
    written = [output.path for output in outputs if output.path]
    renderers = partial(load_renderers, [output.format for output in outputs])
    outcome = run_files(paths, settings, ruleset, options, written, renderers)
    whole = _looked_at_all(outcome, options)
    active = findable(ruleset.active, whole)
    notices = ruleset.notices + pass_gate(outcome.documents, gate, active, generation_time().date(), whole)
    if options["write_baseline"] and not outcome.interrupted:
        write_baseline(options["write_baseline"], outcome.documents, settings.language)
    if options["prune_baseline"]:
        prune_baseline(outcome.documents, notices, settings, active)
    report = report_of(outcome.documents, ruleset, settings, notices)
    with outcome.timings.step("render"):
        write_outputs(outputs, report, render_options(settings.language, options), options["quiet"])
    if not options["quiet"]:
        _tell(notices, settings.language)
    if options["show"]:
        show_pages(outputs, settings.language)
    if options["timings"]:
        from perflint.render.tables import timing_lines

        say("\n".join(timing_lines(outcome.timings, settings.language)))
    return _code(outcome, report, settings, options["exit_zero"])


def _looked_at_all(outcome: Outcome, options: dict[str, Any]) -> bool:
    """Say whether folders were searched to the end: what a run over single files does not find may still be
    there.
    """
    searched = any(not source.named for source in outcome.sources)
    return searched and not options["staged"] and not outcome.interrupted


def _where(paths: tuple[Path, ...], options: dict[str, Any]) -> list[Path]:
    """Return the paths from which settings are looked for."""
    named = [Path(options["stdin_filename"] or ".") if path == Path("-") else path for path in paths]
    return named or [Path()]


def _gate_settings(settings: Settings, options: dict[str, Any]) -> Settings:
    """Return settings with the files that the command line names; a baseline about to be written is not read
    first.
    """
    altered = {name: options[name] for name in ("baseline", "suppressions") if options[name]}
    if options["write_baseline"]:
        altered["baseline"] = None
    return replace(settings, **altered)


def render_options(language: str, options: dict[str, Any]) -> RenderOptions:
    """Return what renderers may know: colour and width of the terminal, where there is one."""
    terminal = sys.stdout.isatty()
    # https://no-color.org; FORCE_COLOR is what CI systems set whose logs show colour.
    colour = (terminal or bool(os.environ.get("FORCE_COLOR"))) and not os.environ.get("NO_COLOR")
    width = shutil.get_terminal_size().columns if terminal else PAGE_WIDTH
    return RenderOptions(
        language=language,
        colour=colour,
        width=width,
        fold=terminal,
        statistics=options["statistics"],
        pictures=options["pictures"],
        jobs=options.get("jobs") or 0,
    )


def _tell(notices: Iterable[NoticeJson], language: str) -> None:
    messages = wording("messages", language)
    for notice in notices:
        text = messages(
            f"notice.{notice['kind']}", path=notice["path"], line=notice["line"], **notice["values"]
        )
        say(f"perflint: {text}")


def _code(outcome: Outcome, report: ReportJson, settings: Settings, exit_zero: bool) -> int:
    """Return the exit code; `exit_zero` forgives findings, never what was left undone."""
    if outcome.interrupted:
        return INTERRUPTED
    if not outcome.complete:
        return UNDONE
    code = exit_code(report, settings.fail_on)
    return CLEAN if code == FINDINGS and exit_zero else code
