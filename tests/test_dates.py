"""Dates as forms write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perflint.values.dates import dates_in, first_day, last_day


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026-01-01", date(2026, 1, 1), date(2026, 1, 1)),
        ("2026年12月31日", date(2026, 12, 31), date(2026, 12, 31)),
        ("2026年2月", date(2026, 2, 1), date(2026, 2, 28)),
        ("2024.2", date(2024, 2, 1), date(2024, 2, 29)),
        ("2026/3/5", date(2026, 3, 5), date(2026, 3, 5)),
        ("20260305", date(2026, 3, 5), date(2026, 3, 5)),
        ("2026年底", date(2026, 1, 1), date(2026, 12, 31)),
        ("2026年2月30日", date(2026, 2, 1), date(2026, 2, 28)),
        ("长期", None, None),
        ("财预〔2021〕101号", None, None),
    ],
)
def test_days_that_a_text_may_mean(text: str, first: date | None, last: date | None) -> None:
    assert (first_day(text), last_day(text)) == (first, last)


def test_all_dates_of_a_text_in_order() -> None:
    text = "开始时间2020年1月完成时间2020年12月；机房托管完成时间2021年9月"
    assert [text[found.start : found.end] for found in dates_in(text)] == [
        "2020年1月",
        "2020年12月",
        "2021年9月",
    ]


@given(st.dates(date(1950, 1, 1), date(2099, 12, 31)))
def test_every_day_is_read_back_from_every_spelling(day: date) -> None:
    spellings = (
        f"{day:%Y-%m-%d}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year}.{day.month}.{day.day}",
        f"{day:%Y%m%d}",
    )
    assert {first_day(text) for text in spellings} == {day}


@given(st.text(alphabet="0123456789年月日-./前 至〔〕号", max_size=30))
def test_any_text_is_read_and_the_first_day_is_not_after_the_last(text: str) -> None:
    for found in dates_in(text):
        assert found.first <= found.last
        assert text[found.start : found.end].startswith(str(found.first.year))
