"""The commands of perflint, each imported when it is called; their help in the user's language."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from itertools import pairwise
from typing import Any, TypeVar

import click

from perflint import __version__
from perflint.wording import LANGUAGES, wording

COMMANDS: Mapping[str, str] = {
    "check": "perflint.cli.check",
    "extract": "perflint.cli.extract",
    "rules": "perflint.cli.rules",
    "explain": "perflint.cli.explain",
    "report": "perflint.cli.report",
    "suppress": "perflint.cli.suppress",
    "config": "perflint.cli.config",
    "init": "perflint.cli.init",
    "shortcut": "perflint.cli.shortcut",
}
"""The module of each command; it holds an object `command`."""

Declared = TypeVar("Declared", bound=Callable[..., Any])

LANGUAGE_VARIABLE = "PERFLINT_LANG"


def language_in(arguments: Sequence[str]) -> str:
    """Return the language to speak: `--lang` wherever it stands, else PERFLINT_LANG, else Chinese.

    It is looked for before the arguments are parsed, for help pages and errors have to speak it too.
    """
    named = os.environ.get(LANGUAGE_VARIABLE, "")
    for argument, following in pairwise([*arguments, ""]):
        if argument == "--lang" or argument.startswith("--lang="):
            named = argument.partition("=")[2] or following
    return named if named in LANGUAGES else "zh"


def language_of(ctx: click.Context) -> str:
    """Return the language that `run` has found."""
    language = ctx.find_root().obj
    return language if language in LANGUAGES else "zh"


class Context(click.Context):
    """What a command is called with; its help pages speak the user's language."""

    def make_formatter(self) -> click.HelpFormatter:
        """Return what a help page is written with."""
        from perflint.cli.help_page import HelpPage

        say = wording("help", language_of(self))
        return HelpPage(say, width=self.terminal_width, max_width=self.max_content_width)


class Option(click.Option):
    """An option whose help stands in wording/help.toml, under `key` or its longest name."""

    def __init__(self, names: Sequence[str], key: str | None = None, **settings: Any) -> None:
        super().__init__(names, **settings)
        self.key = key or max(self.opts, key=len).lstrip("-")

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Return the line of the help page, in the language of the moment."""
        self.help = wording("help", language_of(ctx))(f"option.{self.key}")
        return super().get_help_record(ctx)


class Command(click.Command):
    """A command whose description stands in wording/help.toml, under the key that its `help` is."""

    context_class = Context

    def get_short_help_str(self, limit: int = 45) -> str:
        """Return its line in the list of commands."""
        return _description(self, click.get_current_context()).splitlines()[0]

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return the option that shows the help page, described in the language of the moment."""
        found = super().get_help_option(ctx)
        if found:
            found.help = wording("help", language_of(ctx))("option.help")
        return found

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write its description into its help page."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(_description(self, ctx))


class LazyGroup(Command, click.Group):
    """A group whose commands are imported when they are needed."""

    modules: Mapping[str, str] = {}

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands, in the order in which people meet them."""
        return [*self.modules, *super().list_commands(ctx)]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without importing any that is imported when it is called."""
        if self.modules:
            say = wording("help", language_of(ctx))
            with formatter.section("Commands"):
                formatter.write_dl([(name, say(f"command.{name}").splitlines()[0]) for name in self.modules])
        else:
            super().format_commands(ctx, formatter)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that the arguments begin with. Raises click.UsageError where there is none."""
        known = self.list_commands(ctx)
        if args[0] in known or args[0].startswith("-"):
            return super().resolve_command(ctx, args)
        from perflint.config.refusal import nearest

        messages = wording("messages", language_of(ctx))
        near = nearest(args[0], known)
        hint = messages("usage.nearest", name=near) if near else ""
        raise click.UsageError(messages("usage.no-command", name=args[0]) + hint, ctx)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command."""
        if cmd_name in self.modules:
            command: click.Command = import_module(self.modules[cmd_name]).command
            return command
        return super().get_command(ctx, cmd_name)


def _description(command: click.Command, ctx: click.Context) -> str:
    return wording("help", language_of(ctx))(f"command.{command.help}")


def option(*names: str, **settings: Any) -> Callable[[Declared], Declared]:
    """Declare an option whose help stands in wording/help.toml."""
    return click.option(*names, cls=Option, **settings)


def language_option(function: Declared) -> Declared:
    """Declare `--lang`."""
    return option("--lang", "language", type=click.Choice(LANGUAGES))(function)


@click.group(cls=LazyGroup, help="perflint", context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="perflint", cls=Option)
@language_option
def group(language: str | None) -> None:
    """Check performance forms."""


group.modules = COMMANDS
