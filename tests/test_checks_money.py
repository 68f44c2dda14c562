"""Amounts of forms and the arithmetic of self-evaluations."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perflint.checks.evaluation import possible_rates
from perflint.checks.money import budgets, decimal_of
from perflint.judge import judge_form, message
from perflint.model import FormKind
from perflint.rules import load_rules
from perflint.rules.examples import build_form, optional_passage

RULES = {rule.code: rule for rule in load_rules()}


def messages(code: str, kind: FormKind, **described: Any) -> list[str]:
    form = build_form(described, kind)
    return [
        message(RULES[code], verdict.hit, form, "zh") for verdict in judge_form(form, [RULES[code]]).verdicts
    ]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("131,000.00", Decimal("131000.00")),
        ("99.50%", Decimal("99.50")),
        ("99.50％", Decimal("99.50")),
        ("10分", Decimal(10)),
        ("8.04万元", Decimal("8.04")),
        ("-2", Decimal(-2)),
        ("-", None),
        ("10 或 20", None),
        ("约10", None),
        ("", None),
    ],
)
def test_number_that_stands_alone(text: str, number: Decimal | None) -> None:
    assert decimal_of(optional_passage(text)) == number


def test_budgets_in_yuan_whatever_the_unit() -> None:
    described = {"funding": {"unit": "万元", "项目资金总额": "900", "年度资金总额": "2,000,000元"}}
    assert budgets(build_form(described, FormKind.DECLARATION)) == [Decimal(2000000), Decimal(9000000)]
    assert budgets(build_form({"funding": {"年度资金总额": "900"}}, FormKind.DECLARATION)) == []


@given(st.integers(1, 10**9), st.integers(0, 10**9))
def test_rate_of_the_exact_amounts_is_possible_for_the_printed_ones(budget: int, spent: int) -> None:
    """Amounts in yuan, printed in 万元 with two decimals; the rate computed from yuan must be accepted."""
    printed = [(Decimal(yuan) / 10000).quantize(Decimal("0.01")) for yuan in (spent, budget)]
    if printed[1] == 0:
        return
    low, high = possible_rates(printed[0], 2, printed[1], 2)
    assert low <= Decimal(spent) / Decimal(budget) * 100 <= high


def test_whole_and_its_parts_are_not_added() -> None:
    rows = [
        {"level2": "经济成本指标", "name": "项目总成本", "target": "≤100(万元)"},
        {"level2": "经济成本指标", "name": "设备成本", "target": "≤60(万元)"},
        {"level2": "经济成本指标", "name": "安装成本", "target": "≤50(万元)"},
    ]
    funding = {"unit": "万元", "年度资金总额": "100"}
    assert messages("B702", FormKind.DECLARATION, rows=rows, funding=funding) == [
        "成本指标合计 210 万元，超过项目预算 100 万元"
    ]
    rows[2]["target"] = "≤40(万元)"
    assert messages("B702", FormKind.DECLARATION, rows=rows, funding=funding) == []


def test_every_column_of_the_funds_must_add_up() -> None:
    total = {"年初预算数": "50.00", "全年预算数": "48.00", "全年执行数": "47.52"}
    fiscal = {"年初预算数": "50.00", "全年预算数": "40.00", "全年执行数": "47.52"}
    nothing = {"年初预算数": "0.00", "全年预算数": "0.00", "全年执行数": "0.00"}
    funding = {
        "unit": "万元",
        "年度资金总额": total,
        "当年财政拨款": fiscal,
        "上年结转资金": nothing,
        "其他资金": nothing,
    }
    assert messages("B701", FormKind.SELF_EVALUATION, funding=funding) == [
        "全年预算数为 48.00，各项之和却是 40.00（40.00 + 0.00 + 0.00）"
    ]


@pytest.mark.parametrize(
    ("name", "target", "actual", "missed"),
    [
        ("培训人数", "≥100(人)", "99(人)", True),
        ("培训人数", "≥1(万人)", "9999(人)", True),
        ("培训人数", "≥1(万人)", "10000(人)", False),
        ("投诉次数", "=3(次)", "4(次)", True),
        ("投诉次数", "=3(次)", "2(次)", False),
        ("办理时间", "=5(天)", "3(天)", False),
        ("资产负债率", "=60(%)", "55(%)", False),
        ("验收合格率", "=100(%)", "99(%)", True),
        ("事故发生数", "0", "1", True),
        ("平均响应时间", "<30(分钟)", "30(分钟)", True),
        ("培训人数", "≥100(人)", "约100人", False),
        ("培训人数", "≥1.2(万人)", "0.9", True),
        ("办件量", "≥1(万件)", "9800", True),
        ("巡查次数", "≥12(次)", "每月1次", False),
        ("完成时间", "2026年9月底前", "2026年11月", True),
        ("完成时间", "2026年9月底前", "2026年9月", False),
        ("用水量", "=500(吨)", "450(吨)", False),
        ("上访人数", "=3(人)", "2(人)", False),
        ("网络安全事件数", "=3(起)", "2(起)", False),
        ("受理投诉件数", "=30(件)", "20(件)", False),
    ],
)
def test_missed_targets(name: str, target: str, actual: str, missed: bool) -> None:
    row = {"name": name, "target": target, "actual": actual, "weight": "10", "score": "10"}
    assert bool(messages("R906", FormKind.SELF_EVALUATION, rows=[row])) is missed
