"""Limits on what a single file may cost: documents are hostile input."""

from __future__ import annotations

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
    """One part of a ZIP container, unpacked; an XML tree takes several times as much memory."""
    pages: int = 5_000
    page_objects: int = 100_000
    """Path objects on one page."""
    page_characters: int = 200_000
    picture_dots: int = 150_000_000
    """Dots of one picture or frame: a page of A3 at 600 dpi has 70 million."""
    table_cells: int = 500_000
    """Cells of one table or sheet."""
    table_extent: int = 5_000_000
    """Rows times columns of one table or sheet, empty ones included."""
    nesting: int = 200
    """Depth of XML or HTML elements."""
    seconds: float = 120.0
    """Wall time for one file; enforced by the engine."""


def enforce(limits: Limits, limit: str, found: int) -> None:
    """Raise UnreadableFile where `found` is more than the limit of that name allows."""
    allowed = getattr(limits, limit)
    if found > allowed:
        raise UnreadableFile("over-limit", limit=limit, found=str(found), allowed=str(allowed))
