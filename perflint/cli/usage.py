"""What is wrong with a command line, in the user's language: click itself speaks English alone."""

from __future__ import annotations

import click
from click.exceptions import BadOptionUsage, BadParameter, MissingParameter, NoSuchOption

from perflint.wording import Wording, wording


def refusal(error: click.ClickException, language: str) -> str:
    """Return what to tell the user whose command line was refused: how it is called, and what was wrong."""
    say = wording("messages", language)
    reason = f"perflint: {_reason(error, say) if language == 'zh' else error.format_message()}"
    context = error.ctx if isinstance(error, click.UsageError) else None
    if context is None:
        return reason
    return f"{context.get_usage()}\n{say('usage.help', command=context.command_path)}\n\n{reason}"


def _reason(error: click.ClickException, say: Wording) -> str:
    """Return what was wrong, in click's own words where it is nothing that people often do."""
    if isinstance(error, NoSuchOption):
        near = (error.possibilities or [""])[0]
        return say("usage.no-option", name=error.option_name) + (
            say("usage.nearest", name=near) if near else ""
        )
    if isinstance(error, MissingParameter) and error.param and error.ctx:
        return say("usage.missing", name=error.param.make_metavar(error.ctx))
    if isinstance(error, BadOptionUsage):
        return say("usage.bad-option", name=error.option_name)
    if isinstance(error, BadParameter) and error.param:
        return say("usage.bad-value", name=max(error.param.opts, key=len), allowed=_allowed(error, say))
    return error.format_message()


def _allowed(error: BadParameter, say: Wording) -> str:
    """Return what a parameter takes."""
    kind = error.param.type if error.param else None
    if isinstance(kind, click.Choice):
        return ", ".join(map(str, kind.choices))
    if isinstance(kind, click.IntRange):
        return say("usage.number", least=kind.min)
    if isinstance(kind, click.DateTime):
        return say("usage.date")
    return error.message
