"""Run a command of perflint inside the test, as a terminal would; run other programs beside it."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from perflint.cli import run

TOOLS = str(Path(sys.executable).parent)
"""Where perflint and pre-commit are installed: hooks find their programs on the PATH."""


@dataclass(frozen=True)
class Result:
    """What a command wrote and its exit code."""

    code: int
    out: str
    err: str

    @property
    def report(self) -> dict[str, Any]:
        """What it wrote, as JSON."""
        found: dict[str, Any] = json.loads(self.out)
        return found


def perflint(capsys: pytest.CaptureFixture[str], *arguments: object, stdin: bytes = b"") -> Result:
    """Run `perflint ARGUMENTS`."""
    capsys.readouterr()
    kept, sys.stdin = sys.stdin, io.TextIOWrapper(io.BytesIO(stdin))
    try:
        code = run([str(argument) for argument in arguments])
    finally:
        sys.stdin = kept
    written = capsys.readouterr()
    return Result(code, written.out, written.err)


def codes(report: dict[str, Any]) -> list[str]:
    """Return the codes of the findings that count, in the order of the report."""
    return [
        finding["code"]
        for document in report["documents"]
        for finding in document["findings"]
        if finding["suppressed"] is None
    ]


def command_of(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Run a program in a folder, as somebody whom git knows, with pre-commit's files in a place of their own."""
    environment = os.environ | {
        "PATH": f"{TOOLS}{os.pathsep}{os.environ['PATH']}",
        "PRE_COMMIT_HOME": os.environ["PERFLINT_CACHE_DIR"],
        "HOME": os.environ["PERFLINT_CACHE_DIR"],
        "GIT_CONFIG_NOSYSTEM": "1",
        **{
            f"GIT_{who}_{what}": "a@example.org"
            for who in ("AUTHOR", "COMMITTER")
            for what in ("NAME", "EMAIL")
        },
    }
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
