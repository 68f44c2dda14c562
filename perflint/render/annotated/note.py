"""A comment to be written into a copy of a document."""

from __future__ import annotations

from dataclasses import dataclass

from perflint.report import PlaceJson

COLOURS = {"error": "F4B6B0", "warning": "FFE08A", "advice": "BBD8F7"}
"""The fill of a marked cell by severity, as RRGGBB: light enough to read the text on it, in print as well."""


@dataclass(frozen=True, slots=True)
class Note:
    """The findings on one cell as a comment; `severity` is the gravest."""

    place: PlaceJson
    severity: str
    body: str
    author: str
