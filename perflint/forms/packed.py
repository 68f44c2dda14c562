"""Several indicators that a form writes line by line into the cells of one row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from perflint.document import Confidence, Passage
from perflint.readers.clean import clean
from perflint.words import words

Texts = Mapping[str, Passage]
"""What stands in a row by role; signs under `sign 0`, `sign 1`, …"""

_SHORTEST_NAME = 3


def unpacked(texts: Texts) -> tuple[Texts, ...]:
    """Return the texts of each indicator in a row: as many as names and values have lines, mostly one.

    Every line of the value must be a value by itself, none of the name. A cell with another number of
    lines goes with the first indicator.
    """
    count = len(_written_lines(texts.get("name")))
    if count < 2 or count != len(_written_lines(texts.get("target"))):
        return (texts,)
    names, targets = _lines(texts["name"]), _lines(texts["target"])
    if not all(_is_value(target) for target in targets) or not all(map(_is_name, names)):
        return (texts,)
    split = {role: _lines(passage) for role, passage in texts.items()}
    return tuple(
        {
            role: lines[number] if len(lines) == len(names) else texts[role]
            for role, lines in split.items()
            if len(lines) == len(names) or number == 0
        }
        for number in range(len(names))
    )


def _written_lines(passage: Passage | None) -> Sequence[str]:
    """Return the lines of a cell as the file has them."""
    return [line for line in passage.original.split("\n") if line.strip()] if passage else []


def _lines(passage: Passage) -> Sequence[Passage]:
    """Return the lines of a cell as passages, each at the place of the cell."""
    return [replace(passage, text=clean(line), original=line) for line in _written_lines(passage)]


def _is_value(passage: Passage) -> bool:
    # Imported here: it brings along all that reads text without a grid, which few forms on tables need.
    from perflint.forms.ungridded.cells import looks_like_value

    return looks_like_value(passage.text)


def _is_name(passage: Passage) -> bool:
    """Say whether a line is a whole name: in a PDF the end of a line may be none of the author's."""
    if len(passage.text) < _SHORTEST_NAME or _is_value(passage):
        return False
    endings = tuple(words("ungridded")["names"]["endings"])
    return passage.confidence is Confidence.EXACT or passage.text.endswith(endings)
