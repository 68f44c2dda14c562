"""Python's search for cycles of objects, made rare: what is made of a file is kept until the file is done."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

COLLECTED_AT = 1_000_000
"""New objects (those of 400 pages) after which Python looks for cycles, instead of 700: to look through all that is
kept again and again takes a tenth of the time, and what makes cycles is small."""


@contextmanager
def few_collections() -> Iterator[None]:
    """Let Python look for cycles rarely for a while."""
    usual = gc.get_threshold()
    gc.set_threshold(COLLECTED_AT, *usual[1:])
    try:
        yield
    finally:
        if not gc.get_freeze_count():
            # What was kept joins the old objects, as it would after a search, which the usual threshold would start now.
            gc.freeze()
            gc.unfreeze()
        gc.set_threshold(*usual)
