"""`perflint init`: settings, hook and CI file for the folder one stands in."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import click

from perflint.cli.group import Command, language_of, language_option, option
from perflint.config import SETTINGS_FILE
from perflint.report.verdict import CLEAN
from perflint.wording import wording

STARTER = Path(__file__).parent.parent / "starter"
HOOK = {".pre-commit-config.yaml": "pre-commit.yaml"}
CI: Mapping[str, Mapping[str, str]] = {
    "github": {".github/workflows/perflint.yml": "github.yml"},
    "gitlab": {".gitlab-ci.yml": "gitlab.yml"},
    "none": {},
}
"""What is written for each platform: the file's path, and the file of perflint/starter it is made from."""


@click.command("init", cls=Command, help="init")
@option("--ci", type=click.Choice(tuple(CI)))
@language_option
@click.pass_context
def command(ctx: click.Context, ci: str | None, language: str | None) -> int:
    """Write the files that are not there yet; show what to add to those that are. Raises OSError."""
    messages = wording("messages", language_of(ctx))
    for name, starter in {SETTINGS_FILE: "perflint.toml", **HOOK, **CI[ci or _platform()]}.items():
        path, text = Path(name), (STARTER / starter).read_text("utf-8")
        if path.exists():
            click.echo(messages("done.kept", path=path))
            if "perflint" not in path.read_text("utf-8", "replace"):
                click.echo(f"{messages('done.add')}\n\n{text}")
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
            click.echo(messages("done.written", path=path))
    return CLEAN


def _platform() -> str:
    """Return the platform that the folder shows signs of; GitHub where a git repository shows none."""
    if Path(".gitlab-ci.yml").exists() or "gitlab" in _remotes():
        return "gitlab"
    return "github" if Path(".git").exists() else "none"


def _remotes() -> str:
    """Return the part of the git configuration that names the remotes, "" where there is none."""
    try:
        return Path(".git/config").read_text("utf-8", "replace")
    except OSError:
        return ""
