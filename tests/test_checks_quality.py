"""Rules on what a target says: what they find, what they propose, who keeps silent for whom."""

from __future__ import annotations

import pytest

from tests.judged import Finding, findings, row

TWO_COSTS = [
    {"level1": "成本指标", "level2": "经济成本指标", "name": "设备购置成本", "target": "控制在预算范围内"},
    {"level1": "成本指标", "level2": "经济成本指标", "name": "运行维护成本", "target": "≤5(万元)"},
]


def codes(found: list[Finding]) -> list[str]:
    """Return the codes of findings."""
    return [code for code, *_ in found]


@pytest.mark.parametrize(
    ("target", "suggestion"),
    [
        ("大于2次", "≥3(次)"),
        ("少于5件", "≤4(件)"),
        ("不少于两场", "≥2(场)"),
        ("90%以上", "≥90(%)"),
        ("高于90%", ">90(%)"),
        ("控制在50万元以内", "≤50(万元)"),
    ],
)
def test_a_comparator_in_words_is_proposed_as_a_sign(target: str, suggestion: str) -> None:
    assert findings(row("社会效益指标", "宣讲成效", target), "target_quality") == [
        ("Q404", "advice", suggestion)
    ]


@pytest.mark.parametrize(
    ("name", "target", "suggestion"),
    [
        ("验收合格率", "100%", "=100(%)"),
        ("系统故障率", "5%", "≤5(%)"),
        ("患者满意度", "90%", "≥90(%)"),
        ("服务医疗机构数", "21家", "=21(家)"),
        ("重大网络安全事故", "0", "=0(起)"),
    ],
)
def test_a_missing_comparator_is_proposed_by_direction(name: str, target: str, suggestion: str) -> None:
    assert findings(row("质量指标", name, target), "target_quality") == [("Q405", "advice", suggestion)]


def test_a_cost_in_words_gets_the_budget_as_its_bound() -> None:
    example = {
        **row("经济成本指标", "成本控制", "控制在预算范围内", "成本指标"),
        "funding": {"unit": "元", "年度资金申请总额": "131,000.00"},
    }
    assert findings(example, "target_quality") == [("Q402", "warning", "≤13.10(万元)")]


def test_the_bound_of_a_self_evaluation_is_its_full_budget() -> None:
    example = {
        **row("经济成本指标", "成本控制有效性", "有效", "成本指标"),
        "kind": "self_evaluation",
        "funding": {"unit": "万元", "年度资金总额": {"全年预算数": "8.04", "全年执行数": "8.00"}},
    }
    assert findings(example, "target_quality") == [("Q402", "warning", "≤8.04(万元)")]


def test_the_budget_is_no_bound_for_one_of_two_costs() -> None:
    example = {"rows": TWO_COSTS, "funding": {"unit": "元", "年度资金申请总额": "131,000.00"}}
    assert findings(example, "target_quality") == [
        ("Q402", "warning", "写出金额上限，如 ≤13.10(万元)，或单位成本，如 ≤500(元/人)")
    ]


@pytest.mark.parametrize(
    ("level1", "level2", "name", "target", "found"),
    [
        ("产出指标", "数量指标", "检测系统数量", "本部及26家下属的单位", ["Q401"]),
        ("产出指标", "数量指标", "覆盖乡镇", "全县18个乡镇", ["Q405"]),
        ("产出指标", "数量指标", "任务完成率", "完成", ["Q401"]),
        ("产出指标", "数量指标", "演练次数", "每年一次", ["Q405"]),
        ("产出指标", "成本指标", "成本节约率", "有效", ["Q402"]),
        ("产出指标", "质量指标", "资金分配准确率", "准确", ["Q403"]),
        ("产出指标", "时效指标", "备件提供及时性", "及时", ["Q406"]),
        ("效益指标", "可持续影响指标", "信息公开及时性", "及时", []),
        ("产出指标", "质量指标", "是否完成", "=100(%)", ["Q408"]),
        ("产出指标", "数量指标", "培训次数", "1-2次", ["Q409"]),
        ("满意度指标", "服务对象满意度指标", "用户满意度", "=95(%)", ["Q410"]),
        ("满意度指标", "服务对象满意度指标", "用户满意度", "=100(%)", ["Q412"]),
        ("产出指标", "数量指标", "签约学生数", "<=15", ["Q411"]),
    ],
)
def test_one_defect_one_finding(level1: str, level2: str, name: str, target: str, found: list[str]) -> None:
    assert codes(findings(row(level2, name, target, level1), "target_quality")) == found


@pytest.mark.parametrize(("name", "found"), [("检查次数", ["Q401"]), ("资料归档规范性", [])])
def test_a_guessed_slot_counts_only_where_the_name_agrees(name: str, found: list[str]) -> None:
    example = {**row("数量指标", name, "规范"), "unsure": True}
    assert codes(findings(example, "target_quality")) == found


def test_an_unverifiable_word_in_the_frame_of_management_is_customary() -> None:
    example = {**row("财务管理", "财务监控", "有效", "投入与管理"), "kind": "target"}
    assert findings(example, "target_quality") == []


@pytest.mark.parametrize(
    ("level2", "name", "target", "code"),
    [
        ("数量指标", "受益人口数", "100%", "Q405"),
        ("质量指标", "故障响应及时率", "5分钟内", "Q404"),
        ("质量指标", "验收合格率", "0.95", "Q405"),
        ("数量指标", "处理能力", "500", "Q405"),
        ("数量指标", "培训次数", "0.95", "Q405"),
        ("数量指标", "公众号粉丝数", "10万", "Q405"),
        ("数量指标", "公众号粉丝数", "10万以上", "Q404"),
    ],
)
def test_nothing_is_proposed_that_would_be_wrong_again(
    level2: str, name: str, target: str, code: str
) -> None:
    told = {found: how for found, _, how in findings(row(level2, name, target), "target_quality")}
    assert told[code].startswith(("加上", "用 ≥"))
