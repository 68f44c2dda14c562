"""Damage done to files as chance, a seed, will have it: in their bytes, and in what their format is made of."""

from __future__ import annotations

import random

from tests.damage.contents import damaged_bytes
from tests.damage.packages import damaged_package
from tests.damage.pdfs import damaged_pdf
from tests.damage.trees import damaged_page

__all__ = ["damaged"]

SOUND = 0.7
"""The share of files whose container stays sound, so that the damage reaches the readers behind the parser."""


def damaged(data: bytes, chance: random.Random) -> bytes:
    """Return the file with one to four faults: the same seed and file, the same faults."""
    if chance.random() < SOUND:
        if data.startswith(b"PK"):
            return damaged_package(data, chance)
        if data.startswith(b"%PDF"):
            return damaged_pdf(data, chance)
        if b"<html" in data[:2048]:
            return damaged_page(data, chance)
    return damaged_bytes(data, chance)
