"""Two indicator blocks side by side, in text without a grid: that of the whole period, filled or empty, and the year's."""

from __future__ import annotations

import pytest

from tests.test_ungridded_levels import read_form

HEAD = ["一级指标", "二级指标", "三级指标", "指标值", "二级指标", "三级指标", "指标值"]
Cells = list[str]
FILLED = [
    ["产出指标", "数量指标", "三年维修学校数", "54所", "数量指标", "维修学校数", "18所"],
    ["", "", "三年维修面积", "≥12万平方米", "", "维修面积", "≥4万平方米"],
    ["", "质量指标", "工程验收合格率", "100%", "质量指标", "工程验收合格率", "100%"],
    ["", "时效指标", "三年按期完工率", "≥95%", "时效指标", "按期完工率", "100%"],
    ["效益指标", "社会效益指标", "惠及学生人数", "≥4万人", "社会效益指标", "受益学生人数", "≥15000人"],
    ["满意度指标", "服务对象满意度指标", "家长满意度", "≥88%", "服务对象满意度指标", "师生满意度", "≥90%"],
]
EMPTY = [[*row[:2], "", "", *row[4:]] for row in FILLED]
YEAR = [
    ("产出指标", "数量指标", "维修学校数", "18所"),
    ("产出指标", "数量指标", "维修面积", "≥4万平方米"),
    ("产出指标", "质量指标", "工程验收合格率", "100%"),
    ("产出指标", "时效指标", "按期完工率", "100%"),
    ("效益指标", "社会效益指标", "受益学生人数", "≥15000人"),
    ("满意度指标", "服务对象满意度指标", "师生满意度", "≥90%"),
]


def between_tabs(rows: list[Cells]) -> str:
    return "\n".join("\t".join(row) for row in [HEAD, *rows])


def in_lines(rows: list[Cells]) -> str:
    return "\n".join(" ".join(cell for cell in row if cell) for row in [HEAD, *rows])


def a_cell_a_line(rows: list[Cells]) -> str:
    return "\n".join(cell for row in [HEAD, *rows] for cell in row if cell)


@pytest.mark.parametrize("rows", [FILLED, EMPTY], ids=["filled", "empty"])
@pytest.mark.parametrize("write", [between_tabs, in_lines, a_cell_a_line])
def test_the_last_block_is_the_years(write: object, rows: list[Cells]) -> None:
    assert callable(write)
    form = read_form(f"项目支出绩效目标申报表\n（2021年度）\n项目名称 校舍维修\n{write(rows)}\n")
    found = [
        (
            row.level1.passage.text if row.level1 else None,
            row.level2.passage.text if row.level2 else None,
            row.name.text,
            row.target_passage.text if row.target_passage else None,
        )
        for row in form.indicators
    ]
    assert found == YEAR


def test_the_whole_periods_value_is_kept_beside() -> None:
    form = read_form(f"项目支出绩效目标申报表\n（2021年度）\n项目名称 校舍维修\n{in_lines(FILLED)}\n")
    assert [dict(row.other_targets)[""].text for row in form.indicators][:3] == [
        "54所",
        "≥12万平方米",
        "100%",
    ]


def test_money_of_the_year_beside_that_of_the_whole_period() -> None:
    form = read_form(
        "项目支出绩效目标申报表\n项目名称 校舍维修\n主管部门及编码\n[015001]某区教育局\n资金总额\n3200\n当年资金总额:\n"
        "1200\n其他资金\n\n当年其他资金\n总体目标\n中期目标\n年度目标\n消除危房。\n维修18所。\n"
        + in_lines(FILLED)
    )
    assert [(entry.label, entry.role) for entry in form.funding.entries] == [
        ("资金总额", "total"),
        ("当年资金总额", "annual_total"),
        ("其他资金", "total_other"),
        ("当年其他资金", "annual_other"),
    ]
    assert [goal.label for goal in form.goals] == ["中期目标", "年度目标"]
    assert [entry.label for entry in form.header] == ["主管部门及编码"]


def test_web_page_behind_the_table() -> None:
    form = read_form(
        f"项目支出绩效目标申报表\n项目名称 校舍维修\n{a_cell_a_line(EMPTY)}\n附件:\n扫一扫在手机打开当前页\n[下载] [打印]\n"
    )
    assert [row.name.text for row in form.indicators] == [row[2] for row in YEAR]


def test_headings_broken_inside_their_bracket() -> None:
    head = "一级指标\n二级指标(长\n期)\n三级指标(长\n期)\n指标值(长期)\n二级指标(年\n度)\n三级指标(年\n度)\n指标值(年度)\n"
    cells = "\n".join(cell for row in EMPTY for cell in row if cell)
    form = read_form(f"项目支出绩效目标申报表\n项目名称\n校舍维修\n{head}{cells}\n")
    assert [row.name.text for row in form.indicators] == [row[2] for row in YEAR]
