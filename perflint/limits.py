"""Limits on what a single file may cost: documents are hostile input."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass

from perflint.document import UnreadableFile


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that one file may ask for. Passing one ends in E901 with the limit's name."""

    file_bytes: int = 200_000_000
    unpacked_bytes: int = 500_000_000
    """Sum of all parts of a ZIP container (docx, xlsx, ofd)."""
    parts: int = 20_000
    """Parts of a ZIP container."""
    part_bytes: int = 150_000_000
    """One part of a ZIP container, unpacked."""
    tags: int = 4_000_000
    """Tags of one XML part or web page: a tree of so many takes 500 MB. A budget of 1,000 pages has two million."""
    pages: int = 5_000
    page_objects: int = 100_000
    """Path objects on one page."""
    page_characters: int = 200_000
    picture_dots: int = 150_000_000
    """Dots of one picture or frame: a page of A3 at 600 dpi has 70 million."""
    lines: int = 500_000
    """Lines and paragraphs outside tables."""
    table_cells: int = 500_000
    """Cells of one table or sheet."""
    table_extent: int = 5_000_000
    """Rows times columns of one table or sheet, empty ones included."""
    nesting: int = 200
    """Depth of XML or HTML elements."""
    memory_bytes: int = 3_000_000_000
    """Memory of each process that reads a file, where the system can bound it (Linux does); enforced by the engine."""
    seconds: float = 120.0
    """Wall time for one file; enforced by the engine."""
    seconds_a_scanned_page: float = 30.0
    """Further wall time for each page that has to be recognised, which takes three seconds or so."""
    scanned_pages: int = 200
    """Pages of one file that are recognised; the others are reported as pictures (E903)."""


time_granter: ContextVar[Callable[[float], None]] = ContextVar("time_granter", default=lambda seconds: None)
"""Where requests for more time go: the engine sets it in the processes whose clock it watches."""


def ask_for_time(seconds: float) -> None:
    """Tell the engine that a file needs more time than others, in seconds from what it was allowed so far."""
    time_granter.get()(seconds)


def enforce(limits: Limits, limit: str, found: int) -> None:
    """Raise UnreadableFile where `found` is more than the limit of that name allows."""
    allowed = getattr(limits, limit)
    if found > allowed:
        raise UnreadableFile("over-limit", limit=limit, found=str(found), allowed=str(allowed))
