"""Read dates as forms write them: 2026-01-01, 2026年12月31日, 2026.1, 2026年底, 20260101."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

# Not part of a longer number, of a document's number 〔2021〕101号 or of a standard's GB/T 2015-2020.
DATE = re.compile(
    r"(?<![\d.])(?P<year>(?:19|20)\d{2})(?:"
    r"年(?:(?P<month>1[0-2]|0?[1-9])(?:月份?(?:(?P<day>3[01]|[12]\d|0?[1-9])[日号])?))?"
    r"|(?P<sign>[-./])(?P<month2>1[0-2]|0?[1-9])(?!\d)(?:(?P=sign)(?P<day2>3[01]|[12]\d|0?[1-9])(?!\d))?"
    r"|(?P<month3>1[0-2]|0[1-9])(?P<day3>3[01]|[12]\d|0[1-9])(?!\d)"
    r")"
)


@dataclass(frozen=True, slots=True)
class DateRead:
    """A date in a text: the days that it may mean (2026年12月 is the whole month) and where it stands."""

    first: date
    last: date
    start: int
    end: int


def dates_in(text: str) -> Iterator[DateRead]:
    """Yield the dates of a text that carry a year, in order; a day that no month has is read as the month."""
    for match in DATE.finditer(text):
        year = int(match["year"])
        month = next((int(match[name]) for name in ("month", "month2", "month3") if match[name]), None)
        day = next((int(match[name]) for name in ("day", "day2", "day3") if match[name]), None)
        if month is None:
            yield DateRead(date(year, 1, 1), date(year, 12, 31), match.start(), match.end())
            continue
        days = calendar.monthrange(year, month)[1]
        if day is None or day > days:
            yield DateRead(date(year, month, 1), date(year, month, days), match.start(), match.end())
        else:
            yield DateRead(date(year, month, day), date(year, month, day), match.start(), match.end())


def first_day(text: str) -> date | None:
    """Return the first day that a date field may mean, None for what is no date."""
    found = next(dates_in(text), None)
    return found.first if found else None


def last_day(text: str) -> date | None:
    """Return the last day that a date field may mean, None for what is no date."""
    found = next(dates_in(text), None)
    return found.last if found else None
