"""Text fit to be shown: without the characters that a page cannot hold or that deceive the eye."""

from __future__ import annotations

import re
from typing import Any

UNSHOWABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Control characters, halves of surrogate pairs, and the direction marks that make a text read as another one
(Unicode Technical Report 36, 3.3)."""


def showable(value: Any) -> Any:
    """Return a text of the report with `�` for what cannot be shown; anything but a text as it is."""
    # Markup is a subclass of str that the templates have made: it holds only what went through here before.
    if type(value) is str and UNSHOWABLE.search(value):
        return UNSHOWABLE.sub("�", value)
    return value
