"""Values as the sources write them, and the properties that hold for any text."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perflint.targets import Target, TargetKind, amount_in_yuan, parse_target, write_target
from perflint.values.measures import kind_of

# text, comparator, words for it, number, unit as written, measure, scale
NUMBERS = [
    ("≥90.00(%)", "≥", None, "90.00", "%", "%", 1),
    ("=2.00(台)", "=", None, "2.00", "台", "台", 1),
    ("≤13.10(万元)", "≤", None, "13.10", "万元", "元", 10000),
    ("<=15", "≤", None, "15", None, None, 1),
    ("＞＝95％", "≥", None, "95", "％", "%", 1),
    ("≧95%", "≥", None, "95", "%", "%", 1),
    ("≥95.0 0(%)", "≥", None, "95.00", "%", "%", 1),
    (r"$\geq 90\%$", "≥", None, "90", "%", "%", 1),
    (r"$\leq5\%$", "≤", None, "5", "%", "%", 1),
    ("&ge;90%", "≥", None, "90", "%", "%", 1),
    (">=52次.周", "≥", None, "52", "次.周", None, 1),
    ("100%", None, None, "100", "%", "%", 1),
    ("≥100百分比", "≥", None, "100", "百分比", "%", 1),
    ("0.5‰", None, None, "0.5", "‰", "‰", 1),
    ("21家", None, None, "21", "家", "家", 1),
    ("≥100(零件)", "≥", None, "100", "零件", None, 1),
    ("100件零部件", None, None, "100", "件", "件", 1),
    ("0", None, None, "0", None, None, 1),
    ("-5%", None, None, "-5", "%", "%", 1),
    ("不少于3次", "≥", "不少于", "3", "次", "次", 1),
    ("大于 2 次", ">", "大于", "2", "次", "次", 1),
    ("少于5件", "<", "少于", "5", "件", "件", 1),
    ("至少3年", "≥", "至少", "3", "年", "年", 1),
    ("90%以上", "≥", "以上", "90", "%", "%", 1),
    ("10万元以内", "≤", "以内", "10", "万元", "元", 10000),
    ("控制在50万元以内", "≤", "控制在…以内", "50", "万元", "元", 10000),
    ("达到90%以上", "≥", "达到…以上", "90", "%", "%", 1),
    ("90分以上", "≥", "以上", "90", "分", "分", 1),
    ("24小时内", "≤", "内", "24", "小时", "小时", 1),
    ("接近85%", None, "接近", "85", "%", "%", 1),
    ("节约5%", None, None, "5", "%", "%", 1),
    ("下达3批", None, None, "3", "批", "批", 1),
    ("50人左右", None, "左右", "50", "人", "人", 1),
    ("不少于两次", "≥", "不少于", "2", "次", "次", 1),
    ("一年两次", None, None, "2", "次", "次", 1),
    ("一年一次", None, None, "1", "次", "次", 1),
    ("65岁以上老人100%", None, None, "100", "%", "%", 1),
    ("≤35岁", "≤", None, "35", "岁", "岁", 1),
    ("十二场", None, None, "12", "场", "场", 1),
    ("百分之九十五以上", "≥", "以上", "95", "%", "%", 1),
    ("≥100.00(万人次)", "≥", None, "100.00", "万人次", "人次", 10000),
    ("≥10万(元)", "≥", None, "10", "万元", "元", 10000),
    ("300名", None, None, "300", "名", "人", 1),
    ("12个月", None, None, "12", "个月", "月", 1),
    ("=12.00(月)", "=", None, "12.00", "月", "月", 1),
    ("=9.00(小时/天（一周5天）)", "=", None, "9.00", "小时/天（一周5天）", "小时/天", 1),
    ("≥1,200.00(元/人·天)", "≥", None, "1,200.00", "元/人·天", "元/人·天", 1),
    ("4次每年", None, None, "4", "次每年", "次/年", 1),
    ("850元/生·年", None, None, "850", "元/生·年", None, 1),
    ("≤8/10万", "≤", None, "8", "/10万", "每十万", 1),
    ("2000m2", None, None, "2000", "m2", "平方米", 1),
    ("10T", None, None, "10", "T", "TB", 1),
    ("=5(数)", "=", None, "5", "数", None, 1),
    ("≥3(万)", "≥", None, "3", "万", None, 10000),
    ("1批（20台）", None, None, "1", "批", "批", 1),
    ("每2年1次", None, None, "1", "次", "次", 1),
    ("﹥90﹪", ">", None, "90", "﹪", "%", 1),
    ("〈=5%", "≤", None, "5", "%", "%", 1),
    ("90%（含）以上", "≥", "(含)以上", "90", "%", "%", 1),
    ("5%以下(含)", "≤", "以下(含)", "5", "%", "%", 1),
    ("3轮次", None, None, "3", "轮次", "轮次", 1),
    ("≥4场（次）", "≥", None, "4", "场（次）", "场次", 1),
    ("500人(次)", None, None, "500", "人(次)", "人次", 1),
    ("≤50元/单次", "≤", None, "50", "元/单次", "元/单次", 1),
    ("12个系统", None, None, "12", "个", "个", 1),
]

KINDS = [
    ("", TargetKind.EMPTY),
    ("   ", TargetKind.EMPTY),
    ("1-2次", TargetKind.RANGE),
    ("3~5个工作日", TargetKind.RANGE),
    ("85%-95%", TargetKind.RANGE),
    ("各1次", TargetKind.SEVERAL),
    ("30分钟内响应，2小时内上门", TargetKind.SEVERAL),
    ("≥90%，≤100%", TargetKind.SEVERAL),
    ("11月底前", TargetKind.DATE),
    ("2025年12月底前", TargetKind.DATE),
    ("2026-12-31", TargetKind.DATE),
    ("20261231", TargetKind.DATE),
    ("2026.12.31", TargetKind.DATE),
    ("2.1.3", TargetKind.NORM),
    ("次月10日前", TargetKind.DATE),
    ("每季度首月5日前", TargetKind.DATE),
    ("365天24小时", TargetKind.NORM),
    ("26±2℃", TargetKind.NORM),
    ("T+1", TargetKind.NORM),
    ("第一季度前", TargetKind.DATE),
    ("2025年6月-2026年5月", TargetKind.DATE),
    ("2025-2026学年", TargetKind.DATE),
    ("≤12月31日", TargetKind.DATE),
    ("≤2023年12月", TargetKind.DATE),
    ("7*24小时", TargetKind.NORM),
    ("15分钟便民生活圈", TargetKind.NORM),
    ("24小时值守", TargetKind.NORM),
    ("≤万分之一", TargetKind.NORM),
    ("=7*24小时", TargetKind.NORM),
    ("1 : 3", TargetKind.NORM),
    ("2/3", TargetKind.NORM),
    ("9:00-17:00", TargetKind.NORM),
    ("1小时30分钟", TargetKind.NORM),
    ("三级等保", TargetKind.NORM),
    ("按财社〔2021〕15号文件执行", TargetKind.NORM),
    ("≥二级", TargetKind.NORM),
    ("支持IPv6", TargetKind.NORM),
    ("符合GB50016-2014要求", TargetKind.NORM),
    ("是", TargetKind.WORDS),
    ("控制在预算范围内", TargetKind.WORDS),
    ("不超过预算", TargetKind.WORDS),
    ("一次性通过", TargetKind.WORDS),
    ("第一时间", TargetKind.WORDS),
    ("十四五期间", TargetKind.WORDS),
    ("发现一处拆除一处", TargetKind.WORDS),
    ("65岁以上老人全覆盖", TargetKind.WORDS),
    ("一户一档", TargetKind.WORDS),
    ("-", TargetKind.WORDS),
]


@pytest.mark.parametrize(
    ("text", "comparator", "in_words", "number", "unit", "measure", "scale"),
    NUMBERS,
    ids=[case[0] for case in NUMBERS],
)
def test_one_number(
    text: str,
    comparator: str | None,
    in_words: str | None,
    number: str,
    unit: str | None,
    measure: str | None,
    scale: int,
) -> None:
    read = parse_target(text)
    assert read.text == text
    assert read.kind == TargetKind.NUMBER
    assert (read.comparator, read.comparator_in_words) == (comparator, in_words)
    assert (read.number_text, read.number) == (number, Decimal(number.replace(",", "")))
    assert (read.unit, read.measure, read.scale) == (unit, measure, scale)


@pytest.mark.parametrize(("text", "kind"), KINDS, ids=[text or "nothing" for text, _ in KINDS])
def test_kind(text: str, kind: TargetKind) -> None:
    assert parse_target(text).kind == kind


def test_words_around_a_number_are_kept() -> None:
    read = parse_target("建设周期不超过4个月")
    assert (read.words_before, read.comparator, read.number, read.measure) == ("建设周期", "≤", 4, "月")
    assert parse_target("30分钟内响应").words_after == "响应"


def test_a_range_has_both_ends() -> None:
    read = parse_target("3-5个工作日")
    assert (read.number, read.upper, read.measure) == (3, 5, "工作日")


def test_several_numbers_tell_the_first() -> None:
    read = parse_target("30分钟内响应，2小时内上门")
    assert (read.number, read.measure, read.comparator) == (30, "分钟", "≤")


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("不少于3次", "≥3(次)"),
        ("90%以上", "≥90(%)"),
        ("控制在50万元以内", "≤50(万元)"),
        ("大于 2 次", ">2(次)"),
        ("<=15", "≤15"),
        ("≥95.0 0(%)", "≥95.00(%)"),
        ("7*24小时", "7*24小时"),
        ("1-2次", "1-2次"),
    ],
)
def test_write_target(text: str, written: str) -> None:
    assert write_target(parse_target(text)) == written


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("≤13.10(万元)", "131000"),
        ("822335.00元", "822335.00"),
        ("1.2亿元", "120000000"),
        ("≥10万(元)", "100000"),
        ("≤500(元/人)", None),
        ("850元/生·年", None),
        ("13.10", None),
        ("10-20万元", None),
    ],
)
def test_amount_in_yuan(text: str, yuan: str | None) -> None:
    assert amount_in_yuan(parse_target(text)) == (Decimal(yuan) if yuan else None)


@pytest.mark.parametrize(
    ("measure", "kind"),
    [
        ("%", "ratio"),
        ("人", "person"),
        ("元/人·天", "money_rate"),
        ("次/年", "frequency"),
        ("数", None),
        (None, None),
    ],
)
def test_kind_of_a_measure(measure: str | None, kind: str | None) -> None:
    assert kind_of(measure) == kind


@pytest.mark.parametrize(
    "text", ["一" * 9000, "9" * 9000, "1(" * 9000, "1次" * 9000, "≥" * 9000, "万(" * 9000]
)
def test_a_cell_as_long_as_a_page_is_read_at_once(text: str) -> None:
    assert parse_target(text).text == text


VALUE_LETTERS = st.text(
    "0123456789.,%‰()（）≥≤><=-~/*: 万亿千元次个年月日天人内以上前约达到不超过两三十百分之每各率，；$\\gel",
    max_size=24,
)


@given(st.one_of(st.text(max_size=40), VALUE_LETTERS))
def test_any_text_parses_and_is_kept(text: str) -> None:
    read = parse_target(text)
    assert read.text == text
    assert (read.number is None) == (
        read.kind not in (TargetKind.NUMBER, TargetKind.RANGE, TargetKind.SEVERAL)
    )


@given(st.one_of(st.text(max_size=40), VALUE_LETTERS))
def test_what_was_recognised_can_be_written_back(text: str) -> None:
    read = parse_target(text)
    again = parse_target(write_target(read))
    assert quantity(again) == quantity(read)


@given(
    st.sampled_from(["", "≥", "≤", ">", "<", "="]),
    st.decimals(0, 10**9, places=2),
    st.sampled_from(
        ["", "(%)", "(台)", "(万元)", "(人次)", "(万人次)", "(元/人·天)", "(平方米)", "(个工作日)"]
    ),
)
def test_the_filing_systems_own_form_comes_back_unchanged(
    comparator: str, number: Decimal, unit: str
) -> None:
    text = f"{comparator}{number}{unit}"
    assert write_target(parse_target(text)) == text


def quantity(target: Target) -> tuple[object, ...]:
    """Return what a target says apart from its wording."""
    return (target.kind, target.comparator, target.number, target.unit, target.measure, target.scale)
