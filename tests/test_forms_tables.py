"""What an indicator table and the fields around it may look like beyond the plain layouts."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from perflint.document import Confidence
from perflint.model import Part
from tests.form_tables import Written, entries, line, only_form, recognised, results, rows, table

TITLE = line("项目支出绩效自评表")
HEAD = ["一级指标", "二级指标", "三级指标", "指标值"]
NAME = ["项目名称", ("某项目", 3)]


def test_head_of_two_rows() -> None:
    form = only_form(
        line("项目绩效目标表"),
        table(
            [
                [("一级指标", 1, 2), ("二级指标", 1, 2), ("三级指标", 1, 2), ("指标值", 3)],
                ["符号", "值", "单位"],
                ["产出指标", "数量指标", "场次", "≥", "5", "场"],
            ]
        ),
    )
    assert rows(form) == [("产出指标", "数量指标", "场次", "≥5(场)")]


def test_group_heading_over_the_levels_printed_again() -> None:
    head: list[list[Written]] = [
        [("绩效指标", 3), ("年度指标值", 1, 2), ("实际完成值", 1, 2), ("分值", 1, 2), ("自评得分", 1, 2)],
        ["一级指标", "二级指标", "三级指标"],
    ]
    form = only_form(
        TITLE,
        table(
            [
                ["项目名称", ("某项目", 6)],
                *head,
                ["产出指标", "数量指标", "甲", "≥5个", "6个", "50", "50"],
                *head,
                ["", "质量指标", "乙", "100%", "100%", "40", "40"],
                [("自评总分", 6), "90"],
                [("自评等级：优", 7)],
                [("其他需要说明的问题", 6), "预算有调整"],
                [("填表人：张三", 3), ("联系电话：12345", 4)],
            ]
        ),
    )
    assert rows(form) == [
        ("产出指标", "数量指标", "甲", "≥5个"),
        ("产出指标", "质量指标", "乙", "100%"),
    ]
    assert form.total_score is not None
    assert form.total_score.text == "90"
    assert form.grade is not None
    assert form.grade.text == "优"
    assert entries(form, "header") == {"填表人": ("contact", "张三"), "联系电话": ("phone", "12345")}


def test_extra_columns_in_another_order() -> None:
    form = only_form(
        TITLE,
        table(
            [
                [
                    "序号",
                    "一级指标",
                    "权重",
                    "二级指标",
                    "三级指标",
                    "上年度实际水平",
                    "指标值",
                    "指标解释",
                    "完成值",
                ],
                ["1", "产出指标", "50", "数量指标", "甲", "≥3", "≥5", "说明", "6"],
            ]
        ),
    )
    assert rows(form) == [("产出指标", "数量指标", "甲", "≥5")]
    assert results(form) == [("6", "50", None, None)]
    assert {heading: cell.text for heading, cell in form.indicators[0].other_targets.items()} == {
        "上年度实际水平": "≥3"
    }


def test_same_word_is_another_level_in_another_column() -> None:
    form = only_form(
        table(
            [
                NAME,
                HEAD,
                ["成本指标", "经济成本指标", "甲", "5元"],
                [("产出指标", 1, 2), "数量指标", "乙", "5个"],
                ["成本指标", "丙", "5元"],
            ]
        )
    )
    kinds = [(row.level1.kind, row.level2.kind) for row in form.indicators if row.level1 and row.level2]
    assert kinds == [("cost", "economic_cost"), ("output", "quantity"), ("output", "cost")]


def test_level_2_is_not_taken_over_the_beginning_of_another_level_1() -> None:
    form = only_form(
        table(
            [
                NAME,
                HEAD,
                ["产出指标", "数量指标", "甲", "5"],
                ["效益指标", "", "乙", "5"],
                ["", "", "丙", "5"],
            ]
        )
    )
    assert [(level1, level2) for level1, level2, _, _ in rows(form)] == [
        ("产出指标", "数量指标"),
        ("效益指标", None),
        ("效益指标", None),
    ]


def test_level_2_is_taken_from_above_where_level_1_is_written_again_in_every_row() -> None:
    form = only_form(
        TITLE,
        table([NAME, HEAD, ["产出指标", "数量指标", "甲", "5个"], ["产出指标", "", "乙", "6个"]]),
    )
    assert rows(form) == [("产出指标", "数量指标", "甲", "5个"), ("产出指标", "数量指标", "乙", "6个")]


def test_labels_in_the_middle_of_unmerged_cells_are_a_weak_reading() -> None:
    (form,) = recognised(
        table([NAME, HEAD, ["", "", "甲", "5"], ["产出指标", "数量指标", "乙", "5"], ["", "", "丙", "5"]])
    ).forms
    assert [level1 for level1, _, _, _ in rows(form)] == ["产出指标"] * 3
    assert [row.level1.sure for row in form.indicators if row.level1] == [False, True, True]
    assert form.weak(Part.LEVELS)
    assert not form.weak(Part.ROWS)


def test_guessed_cells_are_a_weak_reading() -> None:
    inferred = table([NAME, HEAD, ["产出指标", "数量指标", "甲", "5"]], confidence=Confidence.INFERRED)
    (form,) = recognised(inferred).forms
    assert {weakness.part for weakness in form.weaknesses} == {Part.LEVELS, Part.ROWS}
    ruled = table([NAME, HEAD, ["产出指标", "数量指标", "甲", "5"]], confidence=Confidence.RULED)
    assert only_form(ruled).weaknesses == ()


def test_rows_without_name_and_target_and_notes_are_no_indicators() -> None:
    form = only_form(
        table(
            [
                NAME,
                HEAD,
                ["产出指标", "数量指标", "甲", "5"],
                ["", "时效指标", "", ""],
                ["效益指标", "社会效益指标", "", "提升"],
                ["", "", "乙", ""],
                [("注：本表一式两份。", 4)],
            ]
        )
    )
    assert rows(form) == [
        ("产出指标", "数量指标", "甲", "5"),
        ("效益指标", "社会效益指标", "", "提升"),
        ("效益指标", "社会效益指标", "乙", None),
    ]
    assert [indicator.value_lost for indicator in form.indicators] == [False, False, False]


def test_labels_with_values_in_one_cell_below_and_unknown() -> None:
    form = only_form(
        table(
            [
                [("项目名称：某工程（二期）", 2), ("项 目 属 性：新增", 2)],
                ["主管部门", "实施单位", "项目编码", "联系人"],
                ["某局", "某中心", "0012", ""],
                ["片区划分", "东片", "主管部门负责人", "李四"],
                HEAD,
                ["产出指标", "数量指标", "甲", "5"],
            ]
        )
    )
    assert form.project_name is not None
    assert form.project_name.text == "某工程（二期）"
    assert entries(form, "header") == {
        "项目属性": ("project_nature", "新增"),
        "主管部门": ("department", "某局"),
        "实施单位": ("unit", "某中心"),
        "项目编码": ("code", "0012"),
        "联系人": ("contact", None),
        "片区划分": (None, "东片"),
        "主管部门负责人": (None, "李四"),
    }


def test_label_and_figure_that_no_line_parts() -> None:
    form = only_form(
        line("项目支出绩效目标表"),
        table(
            [
                ["项目名称", ("某项目", 3)],
                [("开始日期2024-01-01", 2), ("完成日期2024-12-31", 2)],
                [("年度资金申请总额100,000.00", 2), ("其中：当年财政拨款100,000.00", 2)],
                HEAD,
                ["产出指标", "数量指标", "甲", "≥5次"],
            ]
        ),
    )
    assert entries(form, "header") == {
        "开始日期": ("start", "2024-01-01"),
        "完成日期": ("end", "2024-12-31"),
    }
    assert entries(form, "funding") == {
        "年度资金申请总额": ("annual_total", "100,000.00"),
        "当年财政拨款": ("annual_fiscal", "100,000.00"),
    }


def test_text_that_begins_like_a_label_is_still_the_text() -> None:
    form = only_form(
        table(
            [
                NAME,
                ["项目概况", ("主要内容：采购图书", 3)],
                ["项目绩效目标", ("项目总目标", 1), ("年度总目标", 2)],
                ["", "实施周期：三年", ("年度目标：完成采购", 2)],
                HEAD,
                ["产出指标", "数量指标", "甲", "5"],
            ]
        )
    )
    assert entries(form, "header") == {"项目概况": ("overview", "主要内容：采购图书")}
    assert entries(form, "goals") == {
        "项目总目标": ("goal_total", "实施周期：三年"),
        "年度总目标": ("goal_annual", "年度目标：完成采购"),
    }


def test_words_of_the_funds_as_values() -> None:
    form = only_form(
        table(
            [
                ["项目名称", "甲", "项目性质", "其他"],
                ["资金来源", "财政拨款", "项目类别", "其他"],
                ["年度资金总额", "5", "其中：财政拨款", ""],
                HEAD,
                ["产出指标", "数量指标", "甲", "5"],
            ]
        )
    )
    assert entries(form, "header") == {
        "项目性质": ("project_nature", "其他"),
        "资金来源": ("other", "财政拨款"),
        "项目类别": ("project_class", "其他"),
    }
    assert entries(form, "funding") == {
        "年度资金总额": ("annual_total", "5"),
        "财政拨款": ("annual_fiscal", None),
    }


def test_what_was_spent_is_no_part_of_the_budget() -> None:
    form = only_form(
        TITLE,
        table(
            [
                ["项目名称", ("甲", 4)],
                [("预算执行情况（万元）", 1, 2), "预算数：", "100", "执行数：", "98"],
                ["其中：财政拨款", "90", "其中：其他资金", "8"],
                [*HEAD, "完成值"],
                ["产出指标", "数量指标", "甲", "5", "5"],
            ]
        ),
    )
    assert form.funding.unit == "万元"
    assert entries(form, "funding") == {
        "预算数": ("annual_total", "100"),
        "执行数": ("spent", "98"),
        "财政拨款": ("annual_fiscal", "90"),
        "其他资金": (None, "8"),
    }


def test_text_that_goes_on_in_the_next_row() -> None:
    form = only_form(
        table(
            [
                ["项目名称", "某某", "主管部门", "某"],
                ["", "工程", "", "局"],
                ["项目绩效目标", "项目总目标", ("年度总体目标", 2)],
                ["", "建成", ("完成一期，", 2)],
                ["", "", ("验收二期", 2)],
                HEAD,
                ["产出指标", "数量指标", "甲", "5"],
            ]
        )
    )
    assert form.project_name is not None
    assert form.project_name.text == "某某工程"
    assert entries(form, "header") == {"主管部门": ("department", "某局")}
    assert entries(form, "goals") == {
        "项目总目标": ("goal_total", "建成"),
        "年度总体目标": ("goal_annual", "完成一期，验收二期"),
    }


def test_empty_goal_is_an_entry_without_value() -> None:
    form = only_form(table([NAME, ["年度目标", ("", 3)], HEAD, ["产出指标", "数量指标", "甲", "5"]]))
    assert entries(form, "goals") == {"年度目标": ("goal_annual", None)}


def test_text_without_a_part_in_the_form_is_told_once() -> None:
    recognition = recognised(
        table(
            [
                NAME,
                [("此处为测试，2025年。", 4)],
                HEAD,
                ["产出指标", "数量指标", "甲", "5"],
                ["", "", "", "孤"],
            ]
        )
    )
    (problem,) = recognition.problems
    assert dict(problem.values) == {
        "reason": "unassigned-text",
        "count": "1",
        "texts": "此处为测试，2025年。",
    }


WORDS = st.sampled_from(
    [
        "一级指标",
        "二级指标",
        "三级指标",
        "指标值",
        "项目名称",
        "年度目标",
        "项目总目标",
        "绩效指标",
        "项目资金（元）",
        "年度资金总额",
        "其中：财政拨款",
        "其他资金",
        "年初预算数",
        "全年执行数",
        "产出指标",
        "数量指标",
        "成本指标",
        "总分",
        "评分等级",
        "≥5(次)",
        "100",
        "(2023年-2023年)",
        "2025年绩效目标",
        "项目支出绩效目标申报表",
        "指标性质",
        "单位",
        "注：",
        "实际完成值",
        "甲",
        "项目名称：甲",
        "",
    ]
)
CELLS = st.tuples(WORDS, st.integers(1, 3), st.integers(1, 3))


@given(st.lists(st.lists(CELLS, min_size=1, max_size=6), min_size=1, max_size=12))
@settings(max_examples=150)
def test_any_table_is_read_without_failing_and_each_row_once(written: list[list[Written]]) -> None:
    try:
        whole = table(written)
    except ValueError:
        return
    recognition = recognised(whole)
    for index, form in enumerate(recognition.forms, 1):
        assert form.index == index
        assert [row.index for row in form.indicators] == list(range(1, len(form.indicators) + 1))
        assert all(row.name.text or row.target_passage for row in form.indicators)
