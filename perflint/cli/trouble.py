"""What is said, and which exit code given, when a command cannot do what it was asked."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from perflint import __version__
from perflint.report.verdict import INTERRUPTED, UNDONE
from perflint.wording import wording


def say(text: str) -> None:
    """Write a message for people to stderr; stdout is for what was asked for."""
    click.echo(text, err=True)


def exit_code_of(trouble: BaseException, arguments: Sequence[str], language: str) -> int:
    """Tell the user what went wrong and return the exit code."""
    if isinstance(trouble, click.exceptions.Exit):
        return trouble.exit_code
    if isinstance(trouble, SystemExit):
        return trouble.code if isinstance(trouble.code, int) else UNDONE
    if isinstance(trouble, (KeyboardInterrupt, click.Abort)):
        return INTERRUPTED
    if isinstance(trouble, click.exceptions.NoArgsIsHelpError):
        say(trouble.format_message())
        return UNDONE
    if isinstance(trouble, click.ClickException):
        from perflint.cli.usage import refusal

        say(refusal(trouble, language))
        return UNDONE
    return _told(trouble, arguments, language)


def _told(trouble: BaseException, arguments: Sequence[str], language: str) -> int:
    # Imported here: a program that only tells its version should not have to know what can go wrong.
    from perflint.config.refusal import SettingsError, told
    from perflint.sources import SourceError

    messages = wording("messages", language)
    if isinstance(trouble, SettingsError):
        for mistake in trouble.mistakes:
            say(f"perflint: {told(mistake, language)}")
    elif isinstance(trouble, SourceError):
        say(f"perflint: {messages('source.' + trouble.problem, detail=trouble.detail)}")
    elif isinstance(trouble, BrokenPipeError):
        # Whoever read our output has seen enough; Python would complain again on closing the stream.
        sys.stdout = None
    elif isinstance(trouble, OSError):
        say(f"perflint: {trouble.filename or ''}: {trouble.strerror or trouble}")
    else:
        log = crash_log(trouble, arguments)
        say(f"{messages('crash.head')}\n\n{log}\n\n{messages('crash.tail', path=_kept(log))}")
    return UNDONE


def crash_log(trouble: BaseException, arguments: Sequence[str]) -> str:
    """Return all that a bug report needs, ready to paste; no text of a document is in it but what the
    exception says.
    """
    import platform
    import traceback

    lines = "".join(traceback.format_exception(trouble)).rstrip()
    return "\n".join(
        [
            "### perflint",
            "",
            f"- perflint {__version__}, Python {platform.python_version()}, {platform.platform()}",
            f"- `{' '.join(['perflint', *arguments])}`",
            "",
            "```",
            lines,
            "```",
        ]
    )


def _kept(log: str) -> str:
    """Write the log beside the cache and return its path, "-" where that cannot be done."""
    from perflint.engine.cache import default_folder

    path = default_folder() / "perflint.log"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(log + "\n", "utf-8")
    except OSError:
        return "-"
    return str(path)
