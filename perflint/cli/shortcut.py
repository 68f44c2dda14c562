"""`perflint shortcut`: a file to double-click, which checks the folder it lies in and opens the report."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

import click

from perflint.cli.group import Command, language_of, language_option
from perflint.cli.init import STARTER
from perflint.report.verdict import CLEAN
from perflint.wording import wording

ENDINGS = {"win32": ".bat", "darwin": ".command"}
"""What a file is called that the desktop of a system runs when it is double-clicked; on others a shell script."""


@click.command("shortcut", cls=Command, help="shortcut")
@click.argument("folder", default=".", type=click.Path(exists=True, file_okay=False, path_type=Path))
@language_option
@click.pass_context
def command(ctx: click.Context, folder: Path, language: str | None) -> int:
    """Write the file into a folder, over an older one: this Python may have moved. Raises OSError."""
    messages = wording("messages", language_of(ctx))
    path = folder / (messages("shortcut.name") + ENDINGS.get(sys.platform, ".sh"))
    path.write_bytes(script(path.suffix, sys.executable).encode("utf-8"))
    path.chmod(0o755)
    click.echo(messages("done.written", path=path))
    return CLEAN


def script(ending: str, python: str) -> str:
    """Return what a shortcut with this ending holds; `python` is the interpreter that has perflint."""
    if ending == ".bat":
        lines = (STARTER / "shortcut.bat").read_text("utf-8").replace("\n", "\r\n")
        return lines.replace("{python}", python.replace("%", "%%"))
    return (STARTER / "shortcut.sh").read_text("utf-8").replace("{python}", shlex.quote(python))
