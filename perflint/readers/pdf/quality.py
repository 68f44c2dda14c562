"""What cannot be read on a page: pictures of text, text drawn as curves, text whose font hides its meaning."""

from __future__ import annotations

import re
from collections.abc import Sequence

from perflint.readers import scan
from perflint.readers.grid import Character
from perflint.readers.pdf.paths import Drawn

FEW = 12
"""Fewer characters are a page number at most: the page's text is elsewhere (a cover has its title's 15 or so)."""
PICTURE = 0.4
"""Share of the page that its largest picture covers, from which on the picture is the page."""
CURVES = 400
"""Curved segments: forty or so characters drawn as outlines."""
GARBLED = 0.03
"""Share of the characters: a bullet or two from a symbol font are no garbled text."""
GARBLED_FEW = 5
"""Fewer garbled characters are never reported."""
EXCERPT = 20
"""Characters of an excerpt."""

_GARBLED = re.compile(r"\(cid:\d+\)|[\ufffd\ue000-\uf8ff\U000f0000-\U0010ffff\x00\x01\x03-\x1f]")
"""Characters without a meaning: replaced, for private use, control characters, pdfminer's (cid:12).

U+0002 and U+FFFE are how pdfium marks a hyphen at a line end.
"""


def unread(characters: Sequence[Character], drawn: Drawn) -> str | None:
    """Return the key of what keeps a page from being read (a picture, curves), None where nothing does."""
    if sum(len(character[0]) for character in characters[:FEW]) >= FEW:
        return None
    if drawn.picture >= PICTURE:
        return scan.PICTURE_OF_TEXT
    if drawn.curves >= CURVES:
        return "text-as-curves"
    return None


def garbled(characters: Sequence[Character], undecodable: bool) -> str | None:
    """Return an excerpt of a page's garbled text, None where its text can be read.

    `undecodable`: the page's fonts do not say which characters they show.
    """
    text = "".join(character[0] for character in characters)
    bad = [match.start() for match in _GARBLED.finditer(text)]
    if undecodable and text:
        first = 0
    elif len(bad) >= GARBLED_FEW and len(bad) >= GARBLED * len(text):
        first = max(bad[0] - 2, 0)
    else:
        return None
    excerpt = text[first : first + EXCERPT]
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in excerpt)
