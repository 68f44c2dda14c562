"""Numbers as a spreadsheet shows them; expected texts are those of Excel and LibreOffice."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perflint.readers.number_format import built_in_format, show_number, show_text

ACCOUNTING = '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ '


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        ("0.95", "0%", "95%"),
        ("-5.5", "[<0]-0.0;0.0", "-5.5"),
        ("-5.5", "[<0](0.0);0.0", "(5.5)"),
        ("-5.5", "[<100]0.0;0", "-5.5"),
        ("5.5", "[<0]-0.0;0.0", "5.5"),
        ("0.94999999999999996", "0.00%", "95.00%"),
        ("51.5", "0.00", "51.50"),
        ("51.5", "0.00_ ", "51.50"),
        ("131000", "#,##0.00", "131,000.00"),
        ("1234567.891", "#,##0.00", "1,234,567.89"),
        ("131000", '0!.0,"万元"', "13.1万元"),
        ("131000", '0\\.0,"万元"', "13.1万元"),
        ("123456", "0.00,,", "0.12"),
        ("5", '0"家"', "5家"),
        ("5", 'General"家"', "5家"),
        ("5", 'G/通用格式"家"', "5家"),
        ("0.95", "≥0.00%", "≥95.00%"),
        ("13800001111", "000-0000-0000", "138-0000-1111"),
        ("1234", "000000", "001234"),
        ("5", "#.##", "5"),
        ("0.005", "0.00", "0.01"),
        ("2.5", "0", "3"),
        ("0", ACCOUNTING, "-"),
        ("1234.5", ACCOUNTING, "1,234.50"),
        ("-1234.5", ACCOUNTING, "-1,234.50"),
        ("-3", "0.00", "-3.00"),
        ("-3", "0.00_);[Red](0.00)", "(3.00)"),
        ("3", ";;;", ""),
        ("0", "0;-0;;@", ""),
        ("1000", "[$¥-804]#,##0", "¥1,000"),
        ("150", '[>=100]0"多";0"少"', "150多"),
        ("50", '[>=100]0"多";0"少"', "50少"),
        ("12345.678", "0.00E+00", "1.23E+04"),
        ("3.5", "# ?/?", "3.5"),
        ("0.1", "General", "0.1"),
        ("0.30000000000000004", "General", "0.3"),
        ("0.3333333333333333", "General", "0.3333333333"),
        ("131000", "General", "131000"),
        ("131000", "@", "131000"),
        ("46023", "yyyy-mm-dd", "2026-01-01"),
        ("46023", 'yyyy"年"m"月"d"日";@', "2026年1月1日"),
        ("46023", "[$-804]aaaa;@", "星期四"),
        ("46023.75", "yyyy/m/d h:mm", "2026/1/1 18:00"),
        ("46023.75", '上午/下午h"时"mm"分"', "下午6时00分"),
        ("46023.75", "h:mm AM/PM", "6:00 PM"),
        ("46023", "d-mmm-yy", "1-Jan-26"),
        ("1.5", "[h]:mm:ss", "36:00:00"),
        ("1", "yyyy-mm-dd", "1900-01-01"),
        ("61", "yyyy-mm-dd", "1900-03-01"),
        ("-1", "yyyy-mm-dd", "-1"),
        ("99999999", "yyyy-mm-dd", "99999999"),
        ("no number", "0.00", "no number"),
        ("NaN", "0.00", "NaN"),
    ],
)
def test_numbers(value: str, code: str, shown: str) -> None:
    assert show_number(value, code) == shown


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        ("5", '@"元"', "5元"),
        ("甲", "@", "甲"),
        ("甲", "General", "甲"),
        ("甲", '0;0;0;@"乙"', "甲乙"),
        ("甲", "0.00", "甲"),
    ],
)
def test_texts(value: str, code: str, shown: str) -> None:
    assert show_text(value, code) == shown


def test_formats_known_by_number() -> None:
    assert [built_in_format(number) for number in ("10", "57", "163")] == [
        "0.00%",
        'yyyy"年"m"月"',
        "General",
    ]


@given(
    st.floats(allow_nan=True),
    st.text(st.sampled_from('0#?.,%;"[]@_*\\!hmsyedaAMPGeneral$<>=1-/E+ 年'), max_size=20),
)
def test_any_number_is_shown_under_any_format(value: float, code: str) -> None:
    assert isinstance(show_number(repr(value), code), str)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**9), max_value=10**9))
def test_two_decimals_lose_nothing(value: object) -> None:
    assert show_number(str(value), "#,##0.00").replace(",", "") == str(value).replace("-0.00", "0.00")
