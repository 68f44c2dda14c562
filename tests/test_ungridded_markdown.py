"""Forms in text whose tables are Markdown: cells between bars, and copies of cells that span several columns and rows."""

from __future__ import annotations

from perflint.document import Line, LinePlace
from perflint.limits import Limits
from perflint.readers.text import read
from tests.test_ungridded_sections import recognise

DECLARATION = """## 财政项目支出绩效目标申报表

**（2025年度）**

| 项目名称 | 河道保洁 | 项目类别 | 经常性项目 |
|---|:-:|---|---|
| **绩效指标** | 一级指标 | 二级指标 | 三级指标<br>名称 | 指标目标值 |
|  | 产出指标 | 数量指标 | 保洁河道长度 | &gt;=42公里 |
|  |  | 质量指标 | 水面保洁<br>合格率 | \\>=95% |
"""

# A converter that writes the text of a cell once for each column and row that it spans.
EVALUATION = """项目支出绩效自评表
（2022年度）
| 项目名称 | 项目名称 | 村庄保洁 | 村庄保洁 | 村庄保洁 | 村庄保洁 | 村庄保洁 | 村庄保洁 | 村庄保洁 |
|---|---|---|---|---|---|---|---|---|
| 项目资金（万元） | 项目资金（万元） |  | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 |
| 项目资金（万元） | 项目资金（万元） | 年度资金总额： | 90 | 90 | 90 | 10 | 100% | 10 |
| 年度总体目标 | 预期目标 | 预期目标 | 预期目标 | 预期目标 | 实际完成情况 | 实际完成情况 | 实际完成情况 | 实际完成情况 |
| 年度总体目标 | 保洁26村 | 保洁26村 | 保洁26村 | 保洁26村 | 已保洁26村 | 已保洁26村 | 已保洁26村 | 已保洁26村 |
| 绩效指标 | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施 |
| 绩效指标 | 产出指标（50分） | 数量指标 | 保洁村庄数 | ≥26个 | 26个 | 25 | 25 |  |
| 绩效指标 | 产出指标（50分） | 时效指标 | 垃圾清运及时性 | 及时 | 及时 | 25 | 25 |  |
| 绩效指标 | 满意度指标（40分） | 满意度指标 | 村民满意度 | ≥85% | 88% | 40 | 40 |  |
| 总分 | 总分 | 总分 | 总分 | 总分 | 总分 | 100 | 100 |  |
"""


def test_cells_keep_their_place_on_the_line() -> None:
    blocks = read(DECLARATION.encode(), Limits()).blocks
    line = next(block for block in blocks if isinstance(block, Line) and block.pieces)
    assert [(piece.text, piece.place) for piece in line.pieces] == [
        ("项目名称", LinePlace(5, 3, 5, 7)),
        ("河道保洁", LinePlace(5, 10, 5, 14)),
        ("项目类别", LinePlace(5, 17, 5, 21)),
        ("经常性项目", LinePlace(5, 24, 5, 29)),
    ]


def test_marks_of_markdown_are_no_text_of_the_form() -> None:
    (form,) = recognise(DECLARATION).forms
    assert form.project_name
    assert (form.title.text, form.year, form.project_name.text) == (
        "财政项目支出绩效目标申报表",
        2025,
        "河道保洁",
    )
    assert [(row.name.text, row.target_passage and row.target_passage.text) for row in form.indicators] == [
        ("保洁河道长度", ">=42公里"),
        ("水面保洁合格率", ">=95%"),
    ]


def test_bars_without_a_rule_are_text() -> None:
    (line,) = (block for block in read("| 发布时间 | 字号 |\n".encode(), Limits()).blocks)
    assert isinstance(line, Line)
    assert line.pieces == ()


def test_copies_of_spanning_cells_are_left_out() -> None:
    (form,) = recognise(EVALUATION).forms
    assert form.project_name
    assert form.project_name.text == "村庄保洁"
    (funds,) = form.funding.rows
    assert [entry.value and entry.value.text for entry in funds.columns.values()] == [
        "90",
        "90",
        "90",
        "10",
        "100%",
        "10",
    ]
    assert [(goal.label, goal.value and goal.value.text) for goal in form.goals] == [
        ("预期目标", "保洁26村"),
        ("实际完成情况", "已保洁26村"),
    ]
    assert form.total_score
    assert form.total_score.text == "100"


def test_equal_cells_under_different_headings_are_two() -> None:
    (form,) = recognise(EVALUATION).forms
    assert [
        (
            row.name.text,
            row.target_passage and row.target_passage.text,
            row.actual_passage and row.actual_passage.text,
        )
        for row in form.indicators
    ] == [
        ("保洁村庄数", "≥26个", "26个"),
        ("垃圾清运及时性", "及时", "及时"),
        ("村民满意度", "≥85%", "88%"),
    ]


def test_label_of_level_2_that_is_that_of_level_1() -> None:
    (form,) = recognise(EVALUATION).forms
    level1, level2 = form.indicators[-1].level1, form.indicators[-1].level2
    assert level1
    assert level2
    assert (level1.passage.text, level2.passage.text) == ("满意度指标（40分）", "满意度指标")
