"""Damaged files through the command: stderr has perflint's own words, whatever libraries have to say."""

from __future__ import annotations

import io
import random
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest

from tests.damage.pdfs import damaged_pdf

FILES = Path(__file__).parent.parent / "fixtures" / "files"


def without_boxes_of_fonts() -> bytes:
    """Return a PDF whose font descriptors lack what pdfminer warns of, once a character."""
    made = io.BytesIO()
    with pikepdf.open(FILES / "clean.chromium.pdf") as pdf:
        for found in pdf.objects:
            if isinstance(found, pikepdf.Dictionary) and found.get("/Type") == "/FontDescriptor":
                found.FontBBox = pikepdf.Array([])
        pdf.save(made)
    return made.getvalue()


def checked(folder: Path, engine: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "perflint", "check", str(folder), "--no-cache", "--pdf-engine", engine]
    return subprocess.run([*command, "-f", "jsonl"], capture_output=True, text=True, check=False, cwd=folder)


@pytest.mark.parametrize("engine", ["pdfium", "pdfplumber"])
def test_nothing_but_our_own_words_on_stderr(engine: str, tmp_path: Path) -> None:
    (tmp_path / "boxes.pdf").write_bytes(without_boxes_of_fonts())
    sound = (FILES / "five-defects.writer.pdf").read_bytes()
    for seed in range(12):
        (tmp_path / f"{seed}.pdf").write_bytes(damaged_pdf(sound, random.Random(seed)))
    result = checked(tmp_path, engine)
    assert result.returncode in (1, 2)
    assert len(result.stdout.splitlines()) > 12
    assert result.stderr == ""
