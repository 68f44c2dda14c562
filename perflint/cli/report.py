"""`perflint report`: saved JSON results rendered again, several merged into one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from perflint.cli.check import render_options
from perflint.cli.group import Command, language_of, language_option, option
from perflint.cli.outputs import outputs_of, write_outputs
from perflint.config.keys import FAIL_ON
from perflint.gate.saved import load_report
from perflint.report.assembly import merged
from perflint.report.verdict import CLEAN, FINDINGS, exit_code


@click.command("report", cls=Command, help="report")
@click.argument("results", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="RESULT.json…")
@option("-f", "--format", "formats", multiple=True, metavar="FORMAT[=FILE]")
@option("--fail-on", type=click.Choice(FAIL_ON), default="error")
@option("--exit-zero", is_flag=True)
@option("--pictures", type=click.Choice(["none", "auto", "all"]), default="auto")
@option("--statistics", is_flag=True)
@option("-q", "--quiet", is_flag=True)
@language_option
@click.pass_context
def command(ctx: click.Context, /, results: tuple[Path, ...], **options: Any) -> int:
    """Render results and return the exit code that a check with these findings has."""
    outputs = outputs_of(options["formats"], language_of(ctx))
    report = merged([load_report(path) for path in results])
    # Messages in the report keep the language of their run; what is said around them speaks it too unless
    # told otherwise.
    language = options["language"] or report["run"]["language"]
    write_outputs(outputs, report, render_options(language, options), options["quiet"])
    code = exit_code(report, options["fail_on"])
    return CLEAN if code == FINDINGS and options["exit_zero"] else code
