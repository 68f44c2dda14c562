"""Where forms begin and end: several in a file, on a sheet, over pages, none at all."""

from __future__ import annotations

import pytest

from perflint.document import Table
from tests.form_tables import Written, entries, line, only_form, recognised, rows, table

TITLE = "项目支出绩效目标申报表"
HEAD = ["一级指标", "二级指标", "三级指标", "指标值"]


def header(name: str) -> list[list[Written]]:
    """Return the rows over the indicators of a small form."""
    return [["项目名称", (name, 3)], ["主管部门", "某局", "实施单位", "某中心"]]


def indicators(*names: str) -> list[list[Written]]:
    """Return the head and rows of a small indicator table, levels not merged and written once."""
    first: list[Written] = ["产出指标", "数量指标", names[0], "≥5次"]
    return [[*HEAD], first, *(["", "", name, "≥5次"] for name in names[1:])]


def named(*tables: Table) -> list[str | None]:
    """Return the project names of the forms in these tables."""
    forms = recognised(*tables).forms
    return [form.project_name.text if form.project_name else None for form in forms]


def test_two_forms_on_one_sheet() -> None:
    sheet = table(
        [
            [("附件1", 4)],
            [(TITLE, 4)],
            [("（2025年度）", 4)],
            *header("甲"),
            *indicators("培训次数", "检查次数"),
            [("", 4)],
            [(TITLE, 4)],
            [("（2024年度）", 4)],
            *header("乙"),
            *indicators("演练次数"),
        ]
    )
    recognition = recognised(sheet)
    assert recognition.problems == ()
    assert [(form.index, form.year) for form in recognition.forms] == [(1, 2025), (2, 2024)]
    assert [rows(form) for form in recognition.forms] == [
        [("产出指标", "数量指标", "培训次数", "≥5次"), ("产出指标", "数量指标", "检查次数", "≥5次")],
        [("产出指标", "数量指标", "演练次数", "≥5次")],
    ]


def test_forms_side_by_side_in_one_table() -> None:
    """With one title and one note over the whole width, and cells of different heights beside each other."""
    upper = [[*one, *two] for one, two in zip(header("甲"), header("乙"), strict=True)]
    lower: list[list[Written]] = [
        [*HEAD, *HEAD],
        [
            ("产出指标", 1, 2),
            ("数量指标", 1, 2),
            "培训次数",
            "≥5次",
            "产出指标",
            "数量指标",
            "演练次数",
            "≥6次",
        ],
        ["检查次数", "≥7次", "效益指标", "社会效益指标", "事故率", "≤1%"],
    ]
    sheet = table([[(TITLE, 8)], [("（2025年度）", 8)], *upper, *lower, [("注：指标值含本数", 8)]])
    recognition = recognised(sheet)
    assert recognition.problems == ()
    assert named(sheet) == ["甲", "乙"]
    assert [(form.title.text, form.year) for form in recognition.forms] == [(TITLE, 2025)] * 2
    assert [rows(form) for form in recognition.forms] == [
        [("产出指标", "数量指标", "培训次数", "≥5次"), ("产出指标", "数量指标", "检查次数", "≥7次")],
        [("产出指标", "数量指标", "演练次数", "≥6次"), ("效益指标", "社会效益指标", "事故率", "≤1%")],
    ]


def test_two_blocks_of_indicators_are_one_form() -> None:
    """The labels of the project's name differ, and the second one does not head a form of its own."""
    sheet = table(
        [
            [(TITLE, 8)],
            ["一级项目名称", ("甲", 3), "二级项目名称", ("乙", 3)],
            [("绩效指标", 4), ("年度绩效指标", 4)],
            [*HEAD, *HEAD],
            ["产出指标", "数量指标", "培训次数", "≥5次", "产出指标", "数量指标", "培训次数", "≥2次"],
        ]
    )
    assert len(recognised(sheet).forms) == 1


def test_forms_without_titles_begin_at_the_project_name() -> None:
    first = table([*header("甲"), *indicators("培训次数")], 1)
    second = table([*header("乙"), *indicators("演练次数")], 2)
    assert named(first, second) == ["甲", "乙"]
    assert [form.title.text for form in recognised(first, second).forms] == ["", ""]


def test_form_split_over_tables_with_and_without_its_head() -> None:
    form = only_form(
        line(TITLE),
        table(header("甲"), 1),
        table(indicators("培训次数"), 2),
        line("第 2 页"),
        table([*indicators("检查次数")], 3),
        table([["", "质量指标", "合格率", "≥90%"]], 4),
    )
    assert rows(form) == [
        ("产出指标", "数量指标", "培训次数", "≥5次"),
        ("产出指标", "数量指标", "检查次数", "≥5次"),
        ("产出指标", "质量指标", "合格率", "≥90%"),
    ]


def test_title_printed_again_over_the_rest_of_a_table_begins_no_form() -> None:
    form = only_form(
        line(TITLE),
        table([*header("甲"), *indicators("培训次数")], 1),
        line(TITLE),
        table(indicators("检查次数"), 2),
    )
    assert [name for _, _, name, _ in rows(form)] == ["培训次数", "检查次数"]


def test_rest_of_a_table_in_columns_of_its_own() -> None:
    wide = [
        ["一级指标", "二级指标", "三级指标", ("指标值", 2)],
        ["产出指标", "数量指标", "培训次数", ("≥5次", 2)],
    ]
    form = only_form(
        line(TITLE),
        table([["项目名称", ("甲", 4)], *wide], 1),
        table([["效益指标", "社会效益指标", "知晓率", "≥90%"]], 2),
    )
    assert rows(form) == [
        ("产出指标", "数量指标", "培训次数", "≥5次"),
        ("效益指标", "社会效益指标", "知晓率", "≥90%"),
    ]


def test_rest_of_a_table_that_fits_no_columns_is_told() -> None:
    recognition = recognised(
        line(TITLE),
        table([*header("甲"), *indicators("培训次数")], 1),
        table([["效益指标", "社会效益指标", "知晓率", "全区", "≥90%", "抽样"]], 2),
    )
    (form,) = recognition.forms
    assert len(form.indicators) == 1
    (problem,) = recognition.problems
    assert (problem.code, problem.values["reason"], problem.values["count"]) == (
        "E904",
        "unassigned-text",
        "6",
    )
    assert problem.excerpt == "效益指标"


def test_project_names_in_lines_over_the_tables() -> None:
    recognition = recognised(
        line(TITLE),
        line("项目名称：甲"),
        table(indicators("培训次数"), 1),
        line("项目名称：乙"),
        table(indicators("演练次数"), 2),
    )
    assert recognition.problems == ()
    read = [
        (form.project_name and form.project_name.text, len(form.indicators)) for form in recognition.forms
    ]
    assert read == [("甲", 1), ("乙", 1)]


def test_lines_around_a_form_are_not_read_twice() -> None:
    form = only_form(
        line("一、单位概况"),
        line(TITLE + "（2025年度）"),
        line("填报单位：某局"),
        line("单位：万元"),
        table([*header("甲"), *indicators("培训次数")]),
        line("二、其他说明"),
    )
    assert form.year == 2025
    assert form.funding.unit == "万元"
    assert entries(form, "header")["填报单位"] == ("unit", "某局")


def test_title_over_two_lines_keeps_its_year() -> None:
    form = only_form(
        line("2025年度武侯区城市管理局预算项目支出"),
        line("绩效目标申报表"),
        table([*header("甲"), *indicators("培训次数")]),
    )
    assert form.year == 2025


@pytest.mark.parametrize("above", ["填报日期：2024年3月1日", "2024年，我局组织了培训，效果良好。"])
def test_line_over_a_title_that_is_not_its_beginning_tells_no_year(above: str) -> None:
    form = only_form(line(above), line(TITLE), table([*header("甲"), *indicators("培训次数")]))
    assert form.year is None


def test_no_form_in_other_tables() -> None:
    recognition = recognised(
        line("某局2025年度部门预算"),
        line("十、项目支出绩效目标表"),
        line("项目支出绩效目标申报表"),
        table([["项目名称", "功能分类", "预算数", "备注"], ["办公费", "201", "30", ""]], 1),
        line("本部门开展项目支出绩效自评表填报工作。"),
        table([["一级指标", "二级指标", "单位", "比重"], ["经济", "总产值", "亿元", "100"]], 2),
    )
    assert recognition.forms == ()
    assert recognition.problems == ()


@pytest.mark.parametrize(
    ("title", "head", "reason"),
    [
        ("项目支出绩效运行监控表", HEAD, "unsupported-monitoring"),
        ("", [*HEAD[:3], "年度指标值", "1-7月执行情况", "全年预计完成情况"], "unsupported-monitoring"),
        ("某部门整体支出绩效目标申报表", HEAD, "unsupported-whole-unit"),
        ("", [*HEAD, "年度主要任务"], "unsupported-whole-unit"),
        ("", [*HEAD, "长期绩效指标", "年度绩效指标"], "unsupported-stacked"),
    ],
)
def test_other_kinds_of_forms_are_named_and_not_read(title: str, head: list[Written], reason: str) -> None:
    width = len(head)
    form = table(
        [["项目名称", ("甲", width - 1)], head, ["产出指标", "数量指标", "次数", "5", "5", "5"][:width]]
    )
    recognition = recognised(*([line(title)] if title else []), form)
    assert recognition.forms == ()
    assert [(problem.code, problem.values["reason"]) for problem in recognition.problems] == [
        ("E902", reason)
    ]


@pytest.mark.parametrize("rest", [[], [HEAD]])
def test_form_cut_off_after_its_head(rest: list[list[Written]]) -> None:
    recognition = recognised(line(TITLE), table([*header("甲"), ["年度目标", ("做好工作", 3)], *rest]))
    (form,) = recognition.forms
    assert form.indicators == ()
    assert entries(form, "goals") == {"年度目标": ("goal_annual", "做好工作")}
    assert [(problem.code, problem.values["reason"]) for problem in recognition.problems] == [
        ("E904", "no-indicators")
    ]
