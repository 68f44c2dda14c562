"""From a PDF page's own coordinates to those of the page as it is read, and of the page as it is shown."""

from __future__ import annotations

from dataclasses import dataclass

from perflint.readers.grid.model import Box, turned


@dataclass(frozen=True, slots=True)
class Geometry:
    """A page: its crop box in PDF coordinates (origin below left), `/Rotate` and the direction of its text.

    `rotation` and `turn` count quarter turns clockwise: `rotation` is applied where the page is shown, `turn` makes
    its text upright. They differ on a page that lies on its side.
    """

    left: float
    bottom: float
    right: float
    top: float
    rotation: int = 0
    turn: int = 0

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the page as it is read."""
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.turn % 2 else (width, height)

    def read(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        """Turn a box of the PDF (any two corners) into x0, top, x1, bottom with the text upright."""
        if x0 > x1:
            x0, x1 = x1, x0
        if y0 > y1:
            y0, y1 = y1, y0
        box = (x0 - self.left, self.top - y1, x1 - self.left, self.top - y0)
        return turned(box, self.turn, self.right - self.left, self.top - self.bottom) if self.turn else box

    @property
    def quarters(self) -> int:
        """Quarter turns clockwise from the page as it is read to the page as it is shown."""
        return (self.rotation - self.turn) % 4
