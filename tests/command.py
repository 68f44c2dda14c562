"""Run a command of perflint inside the test, as a terminal would."""

from __future__ import annotations

import io
import json
import sys
from dataclasses import dataclass
from typing import Any

import pytest

from perflint.cli import run


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
