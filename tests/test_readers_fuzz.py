"""Damaged files of every format end in a document or a refusal, in time (long form: benchmarks/fuzz.py)."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perflint.document import Document, UnreadableFile
from perflint.limits import Limits
from perflint.readers import read_document
from perflint.words import words
from tests.damage import damaged

FILES = Path(__file__).parent.parent / "fixtures"
SEEDS = [
    "files/clean.docx", "files/clean.xlsx", "files/clean.html", "files/clean.ofd", "files/clean.writer.pdf",
    "files/clean.chromium.pdf", "documents/target-2020-information-centre.txt",
]  # fmt: skip
LIMITS = Limits(
    unpacked_bytes=20_000_000, part_bytes=10_000_000, table_cells=50_000, table_extent=500_000, pages=100
)
SECONDS = 10.0
"""Of processor time: what else the machine does is not counted."""


@pytest.mark.parametrize("name", SEEDS)
@settings(max_examples=25)
@given(seed=st.integers(0, 2**32))
def test_any_damage_ends_in_a_document_or_a_refusal(name: str, seed: int) -> None:
    data = damaged((FILES / name).read_bytes(), random.Random(seed))
    before = time.process_time()
    try:
        outcome: Document | UnreadableFile = read_document(data, name, LIMITS)
    except UnreadableFile as refused:
        outcome = refused
    assert isinstance(outcome, Document) or outcome.reason in words("problems")
    assert time.process_time() - before < SECONDS
