"""The command line: arguments in, exit code out, nothing else."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from perflint.cli.group import group, language_in
from perflint.cli.trouble import exit_code_of

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command that the arguments name and exit with its code."""
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command that the arguments name and return its exit code; nothing it raises comes through."""
    arguments = sys.argv[1:] if arguments is None else list(arguments)
    language = language_in(arguments)
    try:
        result = group.main(arguments, prog_name="perflint", standalone_mode=False, obj=language)
    except BaseException as trouble:  # The last door: what comes through here ends the program anyway.
        return exit_code_of(trouble, arguments, language)
    return result if isinstance(result, int) else 0
