"""What a text looks like once it is cleaned, and what is never touched."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perflint.readers.clean import clean, fold

PLAIN = st.text(st.sampled_from("一二三指标率（）《》①㎡≥≤%，。、0123456789abcXYZ "), max_size=40)
ANY = st.text(max_size=60)


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("⼀级指标", "一级指标"),
        ("⺠⽣满意度", "民生满意度"),
        ("⼾籍⼈⼝", "户籍人口"),
        ("\uf9dd益", "利益"),
        ("一 级 指 标", "一级指标"),
        ("等保 3级测评", "等保3级测评"),
        ("云 PaaS 运维", "云PaaS运维"),
        ("Oracle  Database 19c 许可", "Oracle Database 19c许可"),
        ("SSL VPN, two sites", "SSL VPN, two sites"),
        ("管理办法, 修订; 试行", "管理办法,修订;试行"),
        ("可持\n续影\n响指\n标", "可持续影响指标"),
        ("完成时间 20\n20年12月", "完成时间2020年12月"),
        ("COVID\ufffe\n19 检测", "COVID-19检测"),
        ("$\\geq 90\\%$", "≥90\\%"),
        ("\\leq 5 次", "≤5次"),
        ("$7 \\times 24$ 小时", "7×24小时"),
        ("共 $3 与 $5 元", "共$3与$5元"),
        ("\\alpha 测试", "\\alpha测试"),
        ("满意\u200b度\xa0指标\u3000", "满意度指标"),
        ("① 面积 20 ㎡（含）", "①面积20㎡（含）"),
        ("≥ 90.00 (%)", "≥90.00(%)"),
        ("2026-01-01 08:00", "2026-01-01 08:00"),
        ("<p>第一</p>", "<p>第一</p>"),
        ("", ""),
        (" \n\t", ""),
    ],
)
def test_clean(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


@pytest.mark.parametrize(
    ("one", "other"),
    [("（2026 年度）", "(2026年度)"), ("ＰaaS", "PAAS"), ("≥90％", "≥ 90%"), ("⼀级", "一级")],
)
def test_fold_makes_spellings_equal(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@given(ANY)
def test_cleaning_twice_changes_nothing(text: str) -> None:
    once = clean(text)
    assert clean(once) == once


@given(PLAIN)
def test_cleaning_drops_nothing_but_blanks(text: str) -> None:
    assert clean(text).replace(" ", "") == text.replace(" ", "")


@given(PLAIN)
def test_folding_ignores_blanks(text: str) -> None:
    assert fold(text) == fold(text.replace(" ", ""))
