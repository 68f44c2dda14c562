"""What an installation needs beside perflint is what pyproject.toml says."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
DISTRIBUTIONS = {"PIL": "pillow", "docx": "python-docx", "cv2": "rapidocr", "numpy": "rapidocr"}
"""The package that brings a module which is called otherwise."""
BROUGHT_ALONG = {"markupsafe": "jinja2", "pdfminer": "pdfplumber"}
"""Modules that are part of what the package is for whose sake it is a dependency."""


def imported() -> Iterator[str]:
    """Give the first part of the name of every module that perflint imports anywhere."""
    for path in (ROOT / "perflint").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                yield from (alias.name.split(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                yield node.module.split(".")[0]


def test_every_library_that_is_imported_is_declared() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    stated = [*project["dependencies"], *project["optional-dependencies"]["ocr"]]
    declared = {re.split(r"[^\w-]", requirement, maxsplit=1)[0] for requirement in stated}
    needed = {name for name in imported() if name not in sys.stdlib_module_names and name != "perflint"}
    assert {DISTRIBUTIONS.get(name) or BROUGHT_ALONG.get(name) or name for name in needed} - declared == set()
