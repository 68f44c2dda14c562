"""What stands over a form: its title, its year, its unit of account."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from perflint.document import Passage
from perflint.forms.vocabulary import money_unit, year_in, year_line
from perflint.model import Entry


def year_of(title: Passage | None, above: Sequence[str], header: Iterable[Entry]) -> int | None:
    """Return the year of a form, None where nothing tells it.

    Asked in turn: a line of its own (2026年度), a field of the header, the title, the other texts over the
    form (`above`), the planned dates.
    """
    entries = {entry.role: entry.value.text for entry in header if entry.value}
    own = next((year for text in above if (year := year_line(text))), None)
    field = entries.get("year", "")
    titled = year_in(title.text) if title else None
    lines = next((year for text in above if (year := year_in(text))), None)
    dated = next((year for role in ("start", "end") if (year := _leading_year(entries.get(role, "")))), None)
    return own or _leading_year(field) or titled or lines or dated


def _leading_year(text: str) -> int | None:
    """Return the year that a date or a field begins with: 2026-01-01, 2026年."""
    digits = text.strip()[:4]
    return int(digits) if digits.isdecimal() and digits.startswith("20") else None


def unit_of(labels: Iterable[str], above: Iterable[str]) -> str | None:
    """Return the unit of account that a label of the funds gives, or else a line above the table."""
    return next((unit for text in (*labels, *above) if (unit := money_unit(text))), None)
