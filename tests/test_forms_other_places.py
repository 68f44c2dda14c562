"""Tables as other provinces draw them: parted headings, unnamed columns, several indicators in a row."""

from __future__ import annotations

from dataclasses import replace

import pytest

from perflint.document import Confidence, Table
from perflint.forms import Recognition
from perflint.forms.vocabulary import column_role, field_role
from perflint.readers.clean import clean
from tests.form_tables import Written, entries, funds, line, only_form, recognised, rows, table
from tests.test_ungridded_sections import recognise

HEADER: list[list[Written]] = [["项目名称", ("甲项目", 3)], ["年度绩效目标", ("养护公路412公里", 3)]]
HEAD: list[Written] = ["一级指标", "二级指标", "三级指标", "指标值"]


def in_lines(written: Table) -> Table:
    """Return a table as a reader gives it: line ends are kept in the original of a cell only."""
    cells = (
        replace(cell, passage=replace(cell.passage, text=clean(cell.text), original=cell.text))
        for cell in written.cells
    )
    return replace(written, cells=tuple(cells))


def test_heading_of_the_value_parted_into_years() -> None:
    form = only_form(
        table(
            [
                ["项目名称", ("甲项目", 4)],
                [("一级指标", 1, 2), ("二级指标", 1, 2), ("三级指标", 1, 2), ("指标值", 2)],
                ["上年实际值", "预期当年实现值"],
                ["产出指标", "数量指标", "养护里程", "400公里", "≥412公里"],
            ]
        )
    )
    assert rows(form) == [("产出指标", "数量指标", "养护里程", "≥412公里")]
    (indicator,) = form.indicators
    assert {key: passage.text for key, passage in indicator.other_targets.items()} == {
        "上年实际值": "400公里"
    }


def test_half_year_beside_the_whole_year() -> None:
    head: list[Written] = ["一级指标", "二级指标", "三级指标", "半年（指标值）", "全年（指标值）"]
    row: list[Written] = ["产出指标", "数量指标", "蓝藻打捞量", "≥3万吨", "≥8万吨"]
    form = only_form(table([["项目名称", ("甲项目", 4)], head, row]))
    assert rows(form) == [("产出指标", "数量指标", "蓝藻打捞量", "≥8万吨")]
    (indicator,) = form.indicators
    assert {key: passage.text for key, passage in indicator.other_targets.items()} == {
        "半年（指标值）": "≥3万吨"
    }


def test_remark_on_the_name_behind_the_value_is_no_second_block() -> None:
    head: list[Written] = [
        "一级指标",
        "二级指标",
        "三级指标",
        "指标性质",
        "指标值",
        "度量单位",
        "指标属性",
        "指标内容",
    ]
    form = only_form(
        table(
            [
                ["项目名称", ("甲项目", 7)],
                head,
                ["产出指标", "数量指标", "巡护天数", ">=", "180", "天", "定量指标", "考核巡护天数"],
                ["", "质量指标", "扑灭率", "=", "100", "%", "定量指标", "考核扑火质量"],
                ["效益指标", "社会效益指标", "通行条件", "=", "改善", "", "定性指标", "考核通行"],
            ]
        )
    )
    assert rows(form) == [
        ("产出指标", "数量指标", "巡护天数", "≥180(天)"),
        ("产出指标", "质量指标", "扑灭率", "=100(%)"),
        ("效益指标", "社会效益指标", "通行条件", "改善"),
    ]


@pytest.mark.parametrize(("heading", "column"), [("偏差原因分析", True), ("数据来源", False)])
def test_column_for_reasons(heading: str, column: bool) -> None:
    head: list[Written] = [
        "一级指标",
        "二级指标",
        "三级指标",
        "指标值",
        "实际完成值",
        "分值",
        "得分",
        heading,
    ]
    row: list[Written] = ["产出指标", "数量指标", "登记人数", "≥100人", "98人", "10", "9.8", ""]
    form = only_form(table([["项目名称", ("甲项目", 7)], head, row]))
    assert form.has_remarks is column


def test_signs_under_a_heading_that_nobody_knows() -> None:
    head: list[Written] = ["一级指标", "二级指标", "三级指标", "取值类别", "指标值", "单位"]
    form = only_form(
        table(
            [
                ["项目名称", ("甲项目", 5)],
                head,
                [("产出指标", 1, 3), "数量指标", "养护里程", "≥", "412", "公里"],
                ["质量指标", "优良路率", "≥", "88", "%"],
                ["时效指标", "抢通时间", "≤", "24", "小时"],
                ["效益指标", "社会效益指标", "出行条件", "定性", "改善", ""],
            ]
        )
    )
    assert [target for *_, target in rows(form)] == ["≥412(公里)", "≥88(%)", "≤24(小时)", "改善"]


def test_several_indicators_line_by_line_in_one_row() -> None:
    packed: list[Written] = [
        "产出指标",
        "数量指标",
        "养护里程\n病害处治面积\n修复处数",
        "=412公里\n≥5.6万平方米\n=9处",
    ]
    form = only_form(in_lines(table([*HEADER, HEAD, packed])))
    assert rows(form) == [
        ("产出指标", "数量指标", "养护里程", "=412公里"),
        ("产出指标", "数量指标", "病害处治面积", "≥5.6万平方米"),
        ("产出指标", "数量指标", "修复处数", "=9处"),
    ]


@pytest.mark.parametrize(
    ("name", "target", "confidence"),
    [
        ("故障响应\n时间", "≤30\n分钟", Confidence.EXACT),
        ("系统故障响应\n及处置时间", "30分钟内响应\n2小时内到场", Confidence.RULED),
        ("养护里程\n病害处治面积", "=412公里", Confidence.EXACT),
    ],
)
def test_one_indicator_that_is_broken_over_lines(name: str, target: str, confidence: Confidence) -> None:
    form = only_form(
        in_lines(table([*HEADER, HEAD, ["产出指标", "时效指标", name, target]], confidence=confidence))
    )
    assert rows(form) == [("产出指标", "时效指标", clean(name), clean(target))]


def test_signs_and_units_line_by_line() -> None:
    head: list[Written] = ["一级指标", "二级指标", "三级指标", "指标性质", "指标值", "度量单位"]
    row: list[Written] = ["产出指标", "数量指标", "养护里程\n修复处数", "≥\n＝", "412\n9", "公里\n处"]
    form = only_form(in_lines(table([["项目名称", ("甲项目", 5)], head, row])))
    assert [target for *_, target in rows(form)] == ["≥412(公里)", "=9(处)"]


def test_funds_in_a_row_without_a_label() -> None:
    form = only_form(
        table(
            [
                ["项目名称", ("甲项目", 4)],
                [("项目资金（万元）", 1, 2), "年初预算数", "全年预算数", "全年执行数", "执行率（%）"],
                ["782.00", "780.00", "780.00", "100.00"],
                ["一级指标", "二级指标", "三级指标", "年度指标值", "完成值"],
                ["产出指标", "数量指标", "养护里程", "≥412公里", "412公里"],
            ]
        )
    )
    assert form.funding.unit == "万元"
    assert funds(form) == {
        "项目资金": (
            "annual_total",
            {"initial_budget": "782.00", "full_budget": "780.00", "spent": "780.00", "rate": "100.00"},
        )
    }


def test_year_beside_the_unit_of_account() -> None:
    form = only_form(
        line("项目支出绩效目标表"),
        table(
            [
                [("2025年度", 2), ("单位：万元", 2)],
                ["项目名称", "甲项目", "年度资金总额", "523.00"],
                HEAD,
                ["产出指标", "数量指标", "养护里程", "≥412公里"],
            ]
        ),
    )
    assert (form.year, form.funding.unit) == (2025, "万元")
    assert entries(form, "funding") == {"年度资金总额": ("annual_total", "523.00")}


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("上年实际值", "other_target"),
        ("近两年指标值", "other_target"),
        ("2026年预期实现值", "target"),
        ("历史标准", "extra"),
        ("指标值确定依据", "extra"),
        ("绩效指标描述", "extra"),
        ("评（扣）分标准", "extra"),
        ("未完成情况偏差说明", "reason"),
        ("上半年指标值", "other_target"),
        ("全年（指标值）", "target"),
    ],
)
def test_headings_by_what_they_begin_and_end_with(heading: str, role: str) -> None:
    assert column_role(heading) == role


@pytest.mark.parametrize(
    ("label", "role"),
    [
        ("全年目标实际完成情况", "goal_actual"),
        ("年初设定总体绩效目标", "goal_annual"),
        ("专项实施期绩效目标", "goal_total"),
        ("实施期总体绩效目标（2024年-2026年）", "goal_total"),
        # Two labels, one below the other.
        ("年度总体目标预期目标", None),
        ("预期目标实际完成情况", None),
        ("年度目标值", None),
    ],
)
def test_goals_by_the_shape_of_their_label(label: str, role: str | None) -> None:
    assert field_role(label, "goals") == role


def test_money_behind_the_head_of_its_block() -> None:
    form = only_form(
        table(
            [
                ["项目名称", "甲项目", "项目资金（万元）", "523.00"],
                HEAD,
                ["产出指标", "数量指标", "养护里程", "≥412公里"],
            ]
        )
    )
    assert entries(form, "funding") == {"项目资金": ("annual_total", "523.00")}


@pytest.mark.parametrize(
    "written",
    [
        [
            ["指标类别", "指标名称", "2020年", "2025年目标值", "属性"],
            ["民生福祉", "城镇调查失业率（%）", "4.9", "控制在5.5以内", "预期性"],
            ["绿色生态", "森林覆盖率（%）", "32", "34", "约束性"],
        ],
        [
            ["一级指标", "二级指标", "三级指标", "目标值", "责任单位"],
            ["经济发展", "招商引资", "到位资金", "≥2亿元", "商务局"],
            ["平安建设", "信访维稳", "信访积案化解率", "≥95%", "信访局"],
        ],
    ],
    ids=["plan", "assessment"],
)
def test_table_of_other_indicators_is_no_form(written: list[list[Written]]) -> None:
    assert recognised(line("某市主要指标"), table(written)) == Recognition()
    text = "\n".join("\t".join(map(str, cells)) for cells in written)
    assert recognise(f"某市主要指标\n{text}") == Recognition()
