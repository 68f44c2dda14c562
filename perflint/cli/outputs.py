"""Where reports go: `-f FORMAT[=FILE]`, any number from one reading."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import click

from perflint.cli.trouble import say
from perflint.config.refusal import nearest
from perflint.render import FORMATS, Rendered, RenderOptions, render
from perflint.report import ReportJson
from perflint.wording import wording

PAGE = "html"
"""The format that a browser shows."""


@dataclass(frozen=True, slots=True)
class Output:
    """A format and where it goes; `path` is None for stdout."""

    format: str
    path: Path | None


def outputs_of(texts: Sequence[str], language: str, show: bool = False) -> list[Output]:
    """Read the values of `-f`; with `show` (`--open`) there is an HTML file among them whatever they say.

    Raises click.UsageError for an unknown format and for two that want stdout.
    """
    messages = wording("messages", language)
    outputs = []
    for text in texts or ("text",):
        name, _, target = text.partition("=")
        if name not in FORMATS:
            near = nearest(name, FORMATS)
            hint = wording("settings", language)("nearest", word=near) if near else ""
            known = ", ".join(FORMATS)
            raise click.UsageError(messages("usage.unknown-format", name=name, known=known) + hint)
        path = Path(target) if target and target != "-" else None
        if FORMATS[name].kind == "folder" and path is None:
            raise click.UsageError(messages("usage.needs-file", name=name))
        outputs.append(Output(name, path))
    if show and not _pages(outputs):
        outputs.append(Output(PAGE, Path(messages("shortcut.report"))))
    if sum(output.path is None for output in outputs) > 1:
        raise click.UsageError(messages("usage.twice-on-stdout"))
    return outputs


def _pages(outputs: Sequence[Output]) -> list[Path]:
    return [output.path for output in outputs if output.format == PAGE and output.path]


def show_pages(outputs: Sequence[Output], language: str) -> None:
    """Open the HTML files that were written in the browser of the desktop, or say that there is none."""
    import webbrowser

    for path in _pages(outputs):
        if not webbrowser.open(path.resolve().as_uri()):
            say(wording("messages", language)("done.no-browser", path=path))


def write_outputs(outputs: Sequence[Output], report: ReportJson, options: RenderOptions, quiet: bool) -> None:
    """Render the report in each format and write it where it goes. Raises OSError."""
    for output in outputs:
        # Colour and short lines are for the terminal alone, whatever else is written at the same time.
        own = options if output.path is None else replace(options, colour=False, fold=False)
        write(render(output.format, report, own), output.path)
        if output.format == "github":
            _add_step_summary(report, options.language)
        if output.path and not quiet:
            say(wording("messages", options.language)("done.written", path=output.path))


def _add_step_summary(report: ReportJson, language: str) -> None:
    """Add the findings to the summary of the step where GitHub Actions asks for one: it shows only ten
    annotations.
    """
    from perflint.render.github import step_summary

    if path := os.environ.get("GITHUB_STEP_SUMMARY"):
        with Path(path).open("a", encoding="utf-8") as file:
            file.write(step_summary(report, language))


def show_lines(lines: Iterable[str]) -> None:
    """Write lines to stdout, the long ones folded where that is a terminal."""
    if sys.stdout.isatty():
        from perflint.render.excerpts import folded

        columns = shutil.get_terminal_size().columns
        lines = [part for line in lines for part in folded(line, columns)]
    click.echo("\n".join(lines))


def write(content: Rendered, path: Path | None) -> None:
    """Write a text (in UTF-8), bytes, or the files of a folder; to stdout where there is no path."""
    if isinstance(content, Mapping):
        for name, data in content.items():
            assert path is not None  # outputs_of sees to it
            target = path / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        return
    data = content.encode("utf-8", "replace") if isinstance(content, str) else content
    if path is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    else:
        path.write_bytes(data)
