"""Rules on units: what they find, how they put it, what they propose."""

from __future__ import annotations

import pytest

from tests.judged import Finding, findings, messages, row

WRITE_A_NUMBER = "写出数量和量词，如 =0(次)、≥5(家)；要考核比率，就把名称改为“…率”"
WRITE_A_RATE = "写成百分比，如 ≥95(%)；要考核次数或时间，就改名称，如“…次数”“…时间”"

CASES: list[tuple[str, str, str, list[Finding]]] = [
    ("数量指标", "重大差错次数", "=0(%)", [("U301", "error", "=0(次)")]),
    ("数量指标", "重大网络安全事故发生数", "=0.00(%)", [("U301", "error", "=0.00(起)")]),
    ("数量指标", "电子病历评价数", "=100.00(%)", [("U301", "error", WRITE_A_NUMBER)]),
    (
        "数量指标",
        "培训教师人数",
        "≥95(%)",
        [("U301", "error", "写出数量和量词，如 ≥10(人)；要考核比率，就把名称改为“…率”")],
    ),
    (
        "社会效益指标",
        "安全生产责任事故",
        "≤1%",
        [("U301", "error", "写出数量和量词，如 =0(起)；要考核比率，就把名称改为“…率”")],
    ),
    ("数量指标", "投诉数量", "较上年下降10%", []),
    ("时效指标", "故障响应及时率", "≤6小时", [("U302", "error", WRITE_A_RATE)]),
    ("质量指标", "万车死亡率", "≤1.5人/万车", []),
    ("数量指标", "年度签约人数", "<=15", [("U303", "warning", "≤15(人)")]),
    ("质量指标", "验收合格率", "≥95", [("U303", "warning", "≥95(%)")]),
    ("质量指标", "重大网络安全事故", "0", [("U303", "warning", "=0(起)")]),
    ("质量指标", "处理能力", "≥500", [("U303", "warning", "补上单位，如 =5(次)、≥95(%)")]),
    ("数量指标", "编印内刊期数", "≥4.00(次)", [("U305", "warning", "≥4.00(期)")]),
    (
        "数量指标",
        "受训教师人数",
        "≥5(期)",
        [("U305", "warning", "换成“人、人次”这样的单位，并核对数值；要考核别的，就改名称")],
    ),
    ("数量指标", "走访困难群众", "≥2(次)", []),
    (
        "质量指标",
        "专业影响力",
        "≥2(次)",
        [
            (
                "U305",
                "warning",
                "换成与所计事物相符的量词；不是可以计数的事物，写出可核对的等级、日期或比例，或改用可计数的指标",
            )
        ],
    ),
    ("数量指标", "购置服务器数量", "=5(数)", [("U306", "error", "=5(台)")]),
    ("数量指标", "惠及人数", "≥3(万)", [("U306", "error", "写出完整的单位，如 (个)、(万元)、(次/周)")]),
    ("质量指标", "验收合格率", ">100%", [("U307", "error", "核对数值与单位；考核增长的，名称写明“增长率”")]),
]


@pytest.mark.parametrize(("level2", "name", "target", "found"), CASES)
def test_units(level2: str, name: str, target: str, found: list[Finding]) -> None:
    assert findings(row(level2, name, target), "units") == found


@pytest.mark.parametrize(("target", "severity"), [(">5.00(件)", "error"), ("≥90(分)", "advice")])
def test_satisfaction_in_points_is_only_advice(target: str, severity: str) -> None:
    example = row("服务对象满意度指标", "工作满意度", target, "满意度指标")
    assert [(code, how) for code, how, _ in findings(example, "units")] == [("U304", severity)]


def test_a_cost_in_percent_is_found_in_both_layouts() -> None:
    for level1, level2 in (("成本指标", "经济成本指标"), ("产出指标", "成本指标")):
        assert [code for code, *_ in findings(row(level2, "采购成本", "=100(%)", level1), "units")] == [
            "U308"
        ]


def test_the_message_shows_name_and_value() -> None:
    example = row("数量指标", "重大差错次数", "=0(%)")
    assert messages(example, "units") == ["“重大差错次数”是计数指标，指标值“=0(%)”的单位却是 %"]
    assert messages(example, "units", language="en") == [
        "“重大差错次数” is a count, but its target “=0(%)” is in %"
    ]
