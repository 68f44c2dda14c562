"""Header, money and goals in text without a grid."""

from __future__ import annotations

import pytest

from perflint.model import Form, FormKind, Part
from tests import ungridded_text as text
from tests.test_ungridded_levels import read_form
from tests.ungridded_text import BEFORE_2021, DECLARATION, SELF_EVALUATION, TARGET_2020


def header_of(form: Form) -> dict[str, str | None]:
    return {entry.label: entry.value.text if entry.value else None for entry in form.header}


def amounts_of(form: Form) -> list[tuple[str, str | None, str | None]]:
    return [
        (entry.label, entry.role, entry.value.text if entry.value else None) for entry in form.funding.entries
    ]


def goals_of(form: Form) -> dict[str, str | None]:
    return {entry.label: entry.value.text if entry.value else None for entry in form.goals}


@pytest.mark.parametrize("write", [text.with_tabs, text.in_lines])
def test_declaration(write: text.Writer) -> None:
    form = read_form(write(DECLARATION))
    assert (form.kind, form.year) == (FormKind.DECLARATION, 2026)
    assert form.project_name is not None
    assert form.project_name.text == "5G应急指挥专网(二期)运维"
    assert header_of(form) == {
        "项目性质": "其他经常性项目",
        "项目类别": "特定目标类",
        "主管部门": "上海市杨浦区应急管理局",
        "实施单位": "上海市杨浦区应急救援中心",
        "计划开始日期": "2026-03-01",
        "计划完成日期": "2026-11-30",
    }
    assert form.funding.unit == "元"
    assert amounts_of(form) == [
        ("项目资金总额", "total", "3,600,000.00"),
        ("年度资金申请总额", "annual_total", "1,215,500.00"),
        ("财政资金", "total_fiscal", "3,600,000.00"),
        ("当年财政拨款", "annual_fiscal", "1,200,000.00"),
        ("上年结转资金", "carry_over", "15,500.00"),
        ("其他资金（总额栏）", "total_other", None),
        ("其他资金", "annual_other", "0.00"),
    ]


def test_goals_side_by_side_between_tabs() -> None:
    assert goals_of(read_form(text.with_tabs(DECLARATION))) == {
        "项目总目标": "三年内建成覆盖12个街道的专网。",
        "年度总体目标": "完成4个街道专网扩容,开展桌面推演2次,保障汛期通信。",
    }


def test_goal_over_a_page_whose_table_begins_with_a_rule() -> None:
    goal = "完成4个街道专网扩容,开展桌面推演2次,保障汛期通信。"
    content = text.with_tabs(DECLARATION)
    assert goal in content
    form = read_form(
        content.replace(goal, "完成4个街道专网扩容,\n\n--\t-------\t--\n\t\t\t开展桌面推演2次,保障汛期通信。")
    )
    assert goals_of(form)["年度总体目标"] == goal


def test_period_of_a_goal_goes_to_the_header() -> None:
    form = read_form(text.with_tabs(BEFORE_2021))
    assert header_of(form)["项目总目标期间"] == "(2023年-2023年)"
    assert goals_of(form) == {
        "项目总目标": "保持公园绿地整洁优美。",
        "年度总目标": "全年养护公园绿地38.6公顷,更换花卉12万盆。",
    }


@pytest.mark.parametrize("write", [text.with_tabs, text.in_lines])
def test_self_evaluation(write: text.Writer) -> None:
    form = read_form(write(SELF_EVALUATION))
    assert (form.kind, form.year, form.funding.unit) == (FormKind.SELF_EVALUATION, 2024, "万元")
    assert form.total_score is not None
    assert form.grade is not None
    assert (form.total_score.text, form.grade.text) == ("99.81", "优")
    assert [
        (row.role, {role: entry.value.text for role, entry in row.columns.items() if entry.value})
        for row in form.funding.rows[:2]
    ] == [
        (
            "annual_total",
            {
                "initial_budget": "66.40",
                "full_budget": "60.20",
                "spent": "59.98",
                "weight": "10.00",
                "rate": "99.63",
                "score": "9.96",
            },
        ),
        (
            "annual_fiscal",
            {
                "initial_budget": "66.40",
                "full_budget": "60.20",
                "spent": "59.98",
                "weight": "-",
                "rate": "99.63",
                "score": "-",
            },
        ),
    ]
    assert goals_of(form) == {
        "预期目标": "完成全区210条中小河道每月一次的水质监测",
        "实际完成情况": "共监测河道214条，出具月报12期",
    }
    (row,) = [indicator for indicator in form.indicators if indicator.remark]
    assert row.remark is not None
    assert (row.name.text, row.remark.text) == ("检测数据准确率", "更换试剂批次")


def test_result_cells_of_a_self_evaluation() -> None:
    form = read_form(text.in_lines(SELF_EVALUATION))
    cells = [(row.actual_passage, row.weight, row.score) for row in form.indicators]
    assert [tuple(cell.text if cell else None for cell in row) for row in cells] == [
        (row.actual, row.weight, row.score) for row in SELF_EVALUATION.rows
    ]


def test_text_sections_of_2020() -> None:
    form = read_form(text.in_lines(TARGET_2020))
    assert (form.kind, form.year, form.levels_layout) == (FormKind.TARGET, 2020, "shanghai-2020")
    assert form.project_name is not None
    assert form.project_name.text == "气象观测站网设备更新(一期)"
    assert header_of(form) == {
        "申报单位名称": "上海市气象信息中心",
        "项目类别": "其他一次性项目",
        "计划开始日期": "2020-02-01",
        "计划完成日期": "2020-10-31",
        "是否含有政府购买服务": "否",
        "绩效类型": "事业/专业类",
        "项目概况": "对全市26个区域自动气象站的传感器进行更新，其他站点维持现状，年内完成安装与比对。",
        "总目标及阶段性目标": "完成26个站点更新，数据可用率不低于98%。",
    }
    assert amounts_of(form) == [
        ("项目总预算", "total", "4,310,000"),
        ("项目当年预算", "annual_total", "4,310,000"),
        ("同名项目上年预算额", "last_year_budget", None),
        ("同名项目上年预算执行数", "last_year_spent", None),
    ]


NARROW = """项目支出绩效自评表
（2022年度）
项目名称
全民健身活动
年初预算
数
全年预算
数
全年执行
数
分值
执行率
得分
年度资金
总额
1200000.
00
960000.0
0
912000.0
0
10
95.00%
9.50
上年结转
资金
0
0
0
—
—
一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分
产出指标 数量指标 赛事场次 ≥20场 20场 90 90
总分 100 99.50
"""


def test_amounts_that_a_narrow_column_breaks() -> None:
    form = read_form(NARROW)
    assert {
        role: entry.value.text for role, entry in form.funding.rows[0].columns.items() if entry.value
    } == {
        "initial_budget": "1200000.00",
        "full_budget": "960000.00",
        "spent": "912000.00",
        "weight": "10",
        "rate": "95.00%",
        "score": "9.50",
    }


@pytest.mark.parametrize("broken", ["1,912,650\n.5", "1,912,65\n0.5", "1,9\n12,650.5", "19126\n50.50"])
def test_amount_that_a_narrow_column_breaks_elsewhere(broken: str) -> None:
    form = read_form(NARROW.replace("912000.0\n0", broken))
    spent = form.funding.rows[0].columns["spent"].value
    assert spent
    assert spent.text.replace(",", "").rstrip("0") == "1912650.5"


def test_row_of_no_money_may_have_empty_cells() -> None:
    form = read_form(NARROW)
    assert not form.weak(Part.FUNDING)


def test_row_of_money_with_an_empty_cell_is_weak() -> None:
    form = read_form(NARROW.replace("上年结转\n资金\n0\n", "上年结转\n资金\n120.5\n"))
    assert form.weak(Part.FUNDING)


def test_amounts_whose_line_end_a_converter_wrote_as_a_blank() -> None:
    form = read_form(
        "项目支出绩效自评表\n项目名称\t全民健身活动\n"
        "项目资金（元）\t\t年初预算 数\t全年预算 数\t全年执行 数\t分值\t执行率\t得分\n"
        "\t年度资金 总额\t1200000. 00\t960000.0 0\t912000.0 0\t10\t95.00 %\t9.50\n"
        "一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n"
        "产出指标\t数量指标\t赛事场次\t≥20场\t20场\t90\t90\n"
    )
    assert [entry.value and entry.value.text for entry in form.funding.rows[0].columns.values()] == [
        "1200000.00",
        "960000.00",
        "912000.00",
        "10",
        "95.00%",
        "9.50",
    ]


def test_two_goals_of_one_line_each() -> None:
    form = read_form(
        "财政项目支出绩效目标申报表\n项目名称\n设备添置\n项目总目标（2023年-2023年）\n年度总目标\n"
        "改善办园条件，满足幼儿户外活动需要。\n年内更换空调，添置幼儿床150张。\n"
        "一级指标\n二级指标\n三级指标\n指标目标值\n产出指标\n数量指标\n幼儿床数量\n=150张\n"
    )
    assert goals_of(form) == {
        "项目总目标": "改善办园条件，满足幼儿户外活动需要。",
        "年度总目标": "年内更换空调，添置幼儿床150张。",
    }


def test_two_goals_on_one_line() -> None:
    form = read_form(
        "财政项目支出绩效目标申报表\n项目名称 课后服务\n项目总目标（2023年-2023年） 年度总目标\n"
        "落实“双减”政策，课后服务全覆盖， 开设社团课程42门，参与学生1180人。\n"
        "一级指标 二级指标 三级指标 指标目标值\n产出指标 数量指标 社团课程数 >=42门\n"
    )
    assert goals_of(form) == {
        "项目总目标": "落实“双减”政策，课后服务全覆盖，",
        "年度总目标": "开设社团课程42门，参与学生1180人。",
    }
