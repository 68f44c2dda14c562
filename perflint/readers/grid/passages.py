"""Printed text → passages with their place."""

from __future__ import annotations

from functools import lru_cache

from perflint.document import Confidence, PagePlace, Passage
from perflint.readers.clean import clean

_clean = lru_cache(maxsize=4096)(clean)
"""Most cells of a long document say what others say (10.00, 数量指标): one string for all of them."""


def passage(text: str, place: PagePlace, confidence: Confidence) -> Passage:
    """Return a printed text, cleaned, with the printed one beside it."""
    return Passage(_clean(text), place, confidence, text)
