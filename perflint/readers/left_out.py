"""What an office document shows beside its text and no reader reads: pictures of pages, objects of other programs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from perflint.document import Problem
from perflint.readers.container import local_name

PAGE_LIKE = 12 * 360_000
"""Width and height, in EMU (12 cm), from which on a picture may be a scanned page, and is no emblem or signature."""
OFFICE = re.compile(r"(?:Excel|Word|ET|WPS|KET|KWPS)\.")
"""Programs whose objects hold tables or text; those of formulas and drawings hold none."""


@dataclass(slots=True)
class LeftOut:
    """What was met on the way through a document and not read."""

    pictures: int = 0
    """Those as large as a page."""
    objects: list[str] = field(default_factory=list)
    """The names of programs and parts."""

    def note_picture(self, anchor: etree._Element) -> None:
        """Note the picture that an element holds, where one of the sizes in it is that of a page."""
        sizes = (found for found in anchor.iter() if local_name(found) == "ext" and found.get("cx"))
        self.pictures += any(
            min(_length(size.get("cx")), _length(size.get("cy"))) >= PAGE_LIKE for size in sizes
        )

    def note_object(self, program: str) -> None:
        """Note an object of an office program."""
        if OFFICE.match(program):
            self.objects.append(program)

    def problems(self) -> Iterator[Problem]:
        """Yield what to tell of it."""
        if self.pictures:
            yield Problem("E904", {"reason": "pictures-of-pages", "count": str(self.pictures)})
        if self.objects:
            names = ", ".join(dict.fromkeys(self.objects))
            count = str(len(self.objects))
            yield Problem("E904", {"reason": "objects-unread", "count": count, "names": names})


def _length(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else 0
