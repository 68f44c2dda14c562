"""Where a form was read weakly: parts whose cells were guessed, levels that stand out of place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from perflint.document import Confidence
from perflint.model import Indicator, Level, Part, Weakness
from perflint.report.problems import explain

_GUESSED = (Confidence.INFERRED, Confidence.TEXT)


def weaknesses_of(indicators: Sequence[Indicator]) -> tuple[Weakness, ...]:
    """Return the weak parts of an indicator table, the first place of each; none for a grid that is whole."""
    return tuple(_weak_levels(indicators)) + tuple(_weak_rows(indicators))


def _weak_levels(indicators: Sequence[Indicator]) -> Iterator[Weakness]:
    """Yield a weakness where a level label was guessed or stands below its row."""
    unsure = [level for level in _levels(indicators) if not level.sure]
    guessed = next((level for level in unsure if level.passage.confidence in _GUESSED), None)
    moved = next((level for level in unsure if level.passage.confidence not in _GUESSED), None)
    for level, key in ((guessed, "levels-inferred"), (moved, "levels-out-of-place")):
        if level:
            yield Weakness(Part.LEVELS, _told(key), level.passage.place)


def _weak_rows(indicators: Sequence[Indicator]) -> Iterator[Weakness]:
    """Yield a weakness where the cells of names and values were guessed."""
    guessed = next((row for row in indicators if row.confidence in _GUESSED), None)
    if guessed:
        yield Weakness(Part.ROWS, _told("values-inferred"), guessed.place)


def _levels(indicators: Sequence[Indicator]) -> Iterator[Level]:
    """Yield the level labels over all rows."""
    for indicator in indicators:
        for level in (indicator.level1, indicator.level2):
            if level:
                yield level


def _told(key: str) -> dict[str, str]:
    """Return a reason of problems.toml in both languages."""
    return {language: explain(key, {}, language).reason for language in ("zh", "en")}
