"""The layouts of forms, each as one small form of its kind."""

from __future__ import annotations

from pathlib import Path

from perflint import check
from perflint.document import TablePlace
from perflint.model import FormKind
from tests.form_tables import entries, funds, line, only_form, recognised, results, rows, table


def test_declaration_of_2026() -> None:
    form = only_form(
        line("财政项目支出绩效目标申报表"),
        line("（2026年度）"),
        table(
            [
                ["项目名称", "甲项目", "项目性质", "其他经常性项目", "项目类别", "特定目标类"],
                ["主管部门", ("某区教育局", 2), "实施单位", ("某区图书馆", 2)],
                ["计划开始日期", ("2026-01-01", 2), "计划完成日期", ("2026-12-31", 2)],
                [("项目资金（元）", 1, 4), "项目资金总额：", "", ("年度资金申请总额：", 2), "131,000.00"],
                ["其中：财政资金", "", ("其中：当年财政拨款", 2), "131,000.00"],
                ["", "", ("上年结转资金", 2), "0.00"],
                ["其他资金", "", ("其他资金", 2), "0.00"],
                [("项目绩效目标", 1, 2), ("项目总目标", 2), ("年度总体目标", 3)],
                [("", 2), ("采购图书2万册", 3)],
                [("绩效指标", 1, 4), "一级指标", "二级指标", ("三级指标", 2), "年度(/项目)指标值"],
                ["成本指标", "经济成本指标", ("图书采购成本", 2), "≤13.10(万元)"],
                [("产出指标", 1, 2), ("数量指标", 1, 2), ("采购图书册数", 2), "≥20000.00(册)"],
                [("受益学校数", 2), "=12.00(所)"],
            ]
        ),
    )
    assert (form.kind, form.template) == (FormKind.DECLARATION, "shanghai-declaration-2026")
    assert (form.title.text, form.year, form.levels_layout) == (
        "财政项目支出绩效目标申报表",
        2026,
        "since-2021",
    )
    assert form.project_name is not None
    assert (form.project_name.text, form.project_name.place) == ("甲项目", TablePlace(1, 1, 2))
    assert entries(form, "header") == {
        "项目性质": ("project_nature", "其他经常性项目"),
        "项目类别": ("project_class", "特定目标类"),
        "主管部门": ("department", "某区教育局"),
        "实施单位": ("unit", "某区图书馆"),
        "计划开始日期": ("start", "2026-01-01"),
        "计划完成日期": ("end", "2026-12-31"),
    }
    assert form.funding.unit == "元"
    assert entries(form, "funding") == {
        "项目资金总额": ("total", None),
        "年度资金申请总额": ("annual_total", "131,000.00"),
        "财政资金": ("total_fiscal", None),
        "当年财政拨款": ("annual_fiscal", "131,000.00"),
        "上年结转资金": ("carry_over", "0.00"),
        "其他资金（总额栏）": ("total_other", None),
        "其他资金": ("annual_other", "0.00"),
    }
    assert entries(form, "goals") == {
        "项目总目标": ("goal_total", None),
        "年度总体目标": ("goal_annual", "采购图书2万册"),
    }
    assert rows(form) == [
        ("成本指标", "经济成本指标", "图书采购成本", "≤13.10(万元)"),
        ("产出指标", "数量指标", "采购图书册数", "≥20000.00(册)"),
        ("产出指标", "数量指标", "受益学校数", "=12.00(所)"),
    ]
    assert [indicator.level1.kind for indicator in form.indicators if indicator.level1] == [
        "cost",
        "output",
        "output",
    ]
    assert form.indicators[2].place == TablePlace(1, 13, 4)
    assert form.weaknesses == ()


def test_district_declaration_with_cost_under_output_and_a_period_below_the_goal() -> None:
    form = only_form(
        table(
            [
                [("财政项目支出绩效目标申报表", 5)],
                [("(2023年度)", 5)],
                ["项目名称", ("乙项目", 2), "项目类别", "经常性项目"],
                [("项目绩效目标", 1, 3), ("项目总目标", 2), ("年度总目标", 2)],
                [("(2023年-2023年)", 2), ("", 2)],
                [("五年签约50名", 2), ("年内签约10名", 2)],
                [("绩效指标", 1, 3), "一级指标", "二级指标", "三级指标", "指标目标值"],
                [("产出指标", 1, 2), "数量指标", "签约学生数", "≥10名"],
                ["成本指标", "补贴标准", "≤2000元"],
            ]
        )
    )
    assert (form.template, form.levels_layout, form.year) == ("declaration", "before-2021", 2023)
    assert entries(form, "goals") == {
        "项目总目标": ("goal_total", "五年签约50名"),
        "年度总目标": ("goal_annual", "年内签约10名"),
    }
    assert entries(form, "header")["项目总目标期间"] == ("goal_period", "(2023年-2023年)")
    kinds = [(row.level1.kind, row.level2.kind) for row in form.indicators if row.level1 and row.level2]
    assert kinds == [("output", "quantity"), ("output", "cost")]


def test_goal_form_of_2020() -> None:
    form = only_form(
        line("财政项目支出绩效目标表"),
        line("（2020年度）"),
        line("申报单位名称：某信息中心"),
        table(
            [
                ["项目名称：", "丙项目（运维）", "项目类别：", "其他一次性项目"],
                ["项目概况：", ("日常运行维护", 3)],
                ["总目标及阶段性目标：", ("系统安全稳定", 3)],
                ["项目总预算（元）：", "16,907,221", "项目当年预算（元）：", "16,907,221"],
                ["同名项目上年预算额（元）：", "", "同名项目上年预算执行数（元）：", ""],
                [("2020年绩效目标", 4)],
                ["一级目标", "二级目标", "三级目标", "指标目标值"],
                [("投入与管理", 1, 2), "投入管理", "预算执行率", ">=95%"],
                ["财务管理", "资金使用规范性", "规范"],
            ]
        ),
    )
    assert (form.kind, form.template) == (FormKind.TARGET, "shanghai-target-2020")
    assert form.levels_layout == "shanghai-2020"
    assert entries(form, "header") == {
        "申报单位名称": ("unit", "某信息中心"),
        "项目类别": ("project_class", "其他一次性项目"),
        "项目概况": ("overview", "日常运行维护"),
        "总目标及阶段性目标": ("stages", "系统安全稳定"),
    }
    assert entries(form, "goals") == {"总目标及阶段性目标": ("goal_total", "系统安全稳定")}
    assert form.funding.unit == "元"
    assert entries(form, "funding") == {
        "项目总预算": ("total", "16,907,221"),
        "项目当年预算": ("annual_total", "16,907,221"),
        "同名项目上年预算额": ("last_year_budget", None),
        "同名项目上年预算执行数": ("last_year_spent", None),
    }
    assert rows(form) == [
        ("投入与管理", "投入管理", "预算执行率", ">=95%"),
        ("投入与管理", "财务管理", "资金使用规范性", "规范"),
    ]


def test_self_evaluation() -> None:
    form = only_form(
        line("财政项目支出绩效自评表"),
        line("（2024年度）"),
        table(
            [
                [("项目名称", 2), ("丁项目", 7)],
                [
                    ("项目资金（万元）", 1, 3),
                    "",
                    "年初预算数",
                    "全年预算数",
                    "全年执行数",
                    ("分数", 2),
                    "执行率(%)",
                    "得分",
                ],
                ["年度资金总额：", "8.04", "8.04", "8.00", ("10.00", 2), "99.50", "9.95"],
                ["其中：当年财政拨款", "8.04", "8.04", "8.00", ("-", 2), "99.50", "-"],
                [("年度总体目标", 1, 2), ("预期目标", 4), ("实际完成情况", 4)],
                [("完成运维", 4), ("已完成运维", 4)],
                [
                    "一级指标",
                    "二级指标",
                    "三级指标",
                    "年度指标值",
                    "实际完成值",
                    "分值",
                    "得分",
                    ("偏差原因分析及改进措施", 2),
                ],
                ["产出指标", "数量指标", "服务次数", "≥4(次)", "3(次)", "90.00", "67.50", ("人手不足", 2)],
                [("总分", 5), "100.00", "77.45", ("", 2)],
                [("评分等级", 5), ("合格", 4)],
            ]
        ),
    )
    assert (form.kind, form.template) == (FormKind.SELF_EVALUATION, "district-self-evaluation-2024")
    assert form.funding.unit == "万元"
    amounts = {"initial_budget": "8.04", "full_budget": "8.04", "spent": "8.00", "rate": "99.50"}
    assert funds(form) == {
        "年度资金总额": ("annual_total", amounts | {"weight": "10.00", "score": "9.95"}),
        "当年财政拨款": ("annual_fiscal", amounts | {"weight": "-", "score": "-"}),
    }
    assert form.funding.rows[0].columns["rate"].label == "执行率"
    assert entries(form, "goals") == {
        "预期目标": ("goal_annual", "完成运维"),
        "实际完成情况": ("goal_actual", "已完成运维"),
    }
    assert rows(form) == [("产出指标", "数量指标", "服务次数", "≥4(次)")]
    assert results(form) == [("3(次)", "90.00", "67.50", "人手不足")]
    assert form.total_score is not None
    assert form.total_score.text == "77.45"
    assert form.grade is not None
    assert form.grade.text == "合格"


def test_national_self_evaluation_with_points_in_the_level_labels() -> None:
    form = only_form(
        line("项目支出绩效自评表（2023年度）"),
        table(
            [
                [("主管部门及代码", 2), ("[361]某部", 3), "实施单位", ("某中心", 2)],
                [
                    ("项目资金（万元）", 1, 2),
                    "",
                    "年初预算数",
                    "全年预算数",
                    "全年执行数",
                    "分值",
                    "执行率",
                    "得分",
                ],
                ["年度资金总额", "100.00", "120.00", "110.00", "10", "91.67%", "9.17"],
                ["绩效指标", "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"],
                ["", ("产出指标（50分）", 1, 2), "数量指标", "培训次数", "≥5次", "5次", "50", "50"],
                ["", "成本指标", "培训成本", "≤20万元", "18万元", "40", "40"],
                [("总分", 6), "100", "99.17"],
                [("注：得分不能超过分值。", 8)],
            ]
        ),
    )
    assert (form.template, form.levels_layout) == ("national-self-evaluation", "before-2021")
    assert [row.level1.kind for row in form.indicators if row.level1] == ["output", "output"]
    assert form.total_score is not None
    assert form.total_score.text == "99.17"


def test_national_goal_form_with_two_blocks() -> None:
    form = only_form(
        line("项目支出绩效目标申报表"),
        table(
            [
                [("项目名称", 2), ("某专项", 6)],
                [
                    ("项目资金（万元）", 1, 3),
                    "实施期资金总额：",
                    ("300", 2),
                    ("年度资金总额：", 2),
                    ("100", 2),
                ],
                ["其中：财政拨款", ("300", 2), ("其中：财政拨款", 2), ("100", 2)],
                ["其他资金", ("0", 2), ("其他资金", 2), ("", 2)],
                [("总体目标", 1, 2), ("实施期目标（2020年—2022年）", 3), ("年度目标", 4)],
                [("建成", 3), ("完成一期", 4)],
                ["绩效指标", "一级指标", "二级指标", "三级指标", "指标值", "二级指标", "三级指标", "指标值"],
                ["", ("产出指标", 1, 2), "数量指标", "建设数量", "≥30个", "数量指标", "建设数量", "≥10个"],
                ["", "质量指标", "验收合格率", "100%", "质量指标", "", ""],
            ]
        ),
    )
    assert form.template == "national-declaration"
    assert rows(form) == [
        ("产出指标", "数量指标", "建设数量", "≥10个"),
        ("产出指标", "质量指标", "验收合格率", "100%"),
    ]
    whole_period = form.indicators[0].other_targets["实施期目标"]
    assert (whole_period.text, whole_period.place) == ("≥30个", TablePlace(1, 8, 5))
    assert entries(form, "funding") == {
        "实施期资金总额": ("total", "300"),
        "年度资金总额": ("annual_total", "100"),
        "财政拨款（总额栏）": ("total_fiscal", "300"),
        "财政拨款": ("annual_fiscal", "100"),
        "其他资金（总额栏）": ("total_other", "0"),
        "其他资金": ("annual_other", None),
    }
    assert entries(form, "header") == {"实施期目标期间": ("goal_period", "（2020年—2022年）")}


def test_sichuan_composes_sign_value_and_unit() -> None:
    form = only_form(
        line("部门预算项目支出绩效自评表（2023年度）"),
        table(
            [
                ["项目名称", ("某项目", 8)],
                [
                    "一级指标",
                    "二级指标",
                    "三级指标",
                    "指标性质",
                    "指标值",
                    "度量单位",
                    "完成值",
                    "权重",
                    "得分",
                ],
                [("产出指标", 1, 2), "数量指标", "建设数量", "≥", "90", "个", "95", "50", "50"],
                ["质量指标", "评审结论", "定性", "优良", "", "优", "50", "50"],
            ]
        ),
    )
    assert form.template == "sichuan-self-evaluation"
    assert rows(form) == [
        ("产出指标", "数量指标", "建设数量", "≥90(个)"),
        ("产出指标", "质量指标", "评审结论", "优良"),
    ]
    parts = form.indicators[0].target_parts
    assert {role: (part.text, part.place) for role, part in parts.items()} == {
        "sign": ("≥", TablePlace(1, 3, 4)),
        "target": ("90", TablePlace(1, 3, 5)),
        "unit": ("个", TablePlace(1, 3, 6)),
    }
    assert form.indicators[1].target_parts == {}


def test_inner_mongolia_takes_the_sign_from_the_other_heading() -> None:
    form = only_form(
        line("项目支出绩效目标表"),
        line("单位：万元"),
        table(
            [
                ["项目名称", ("某工程", 8)],
                [
                    "一级指标",
                    "二级指标",
                    "三级指标",
                    "指标性质",
                    "指标方向",
                    "目标值",
                    "计量单位",
                    "分值",
                    "备注",
                ],
                ["产出指标", "成本指标", "建设成本", "反向", "≤", "50", "万元", "20", ""],
            ]
        ),
    )
    assert (form.template, form.kind, form.judged_as) == (
        "inner-mongolia-declaration",
        FormKind.TARGET,
        FormKind.DECLARATION,
    )
    assert rows(form) == [("产出指标", "成本指标", "建设成本", "≤50(万元)")]
    assert form.funding.unit == "万元"
    assert form.header == ()


def test_a_list_of_projects_gives_a_form_for_each() -> None:
    recognition = recognised(
        line("部门预算项目支出绩效目标表（2023年度）"),
        line("单位：万元"),
        table(
            [
                [
                    "单位名称",
                    "项目名称",
                    "预算数",
                    "年度目标",
                    "一级指标",
                    "二级指标",
                    "三级指标",
                    "指标性质",
                    "指标值",
                    "度量单位",
                ],
                [
                    ("某局", 1, 3),
                    ("甲", 1, 2),
                    ("10", 1, 2),
                    ("目标甲", 1, 2),
                    ("产出指标", 1, 2),
                    "数量指标",
                    "场次",
                    "≥",
                    "5",
                    "场",
                ],
                ["质量指标", "合格率", "＝", "100", "%"],
                ["乙", "20", "目标乙", "产出指标", "数量指标", "场次", "≥", "5", "场"],
            ]
        ),
    )
    assert recognition.problems == ()
    names = [form.project_name.text for form in recognition.forms if form.project_name]
    assert names == ["甲", "乙"]
    assert [form.index for form in recognition.forms] == [1, 2]
    first, second = recognition.forms
    assert rows(first) == [
        ("产出指标", "数量指标", "场次", "≥5(场)"),
        ("产出指标", "质量指标", "合格率", "=100(%)"),
    ]
    assert entries(second, "header") == {"单位名称": ("unit", "某局")}
    assert entries(second, "funding") == {"预算数": ("annual_total", "20")}
    assert entries(second, "goals") == {"年度目标": ("goal_annual", "目标乙")}


def test_a_target_form_with_the_levels_of_a_declaration_is_judged_as_one(tmp_path: Path) -> None:
    page = tmp_path / "form.html"
    page.write_text(
        "<p>2025年度项目支出绩效目标表</p><table><tr><td>项目名称<td colspan=3>图书采购"
        "<tr><td>一级指标<td>二级指标<td>三级指标<td>指标值"
        "<tr><td>产出指标<td>数量指标<td>采购图书数量<td>≥500册"
        "<tr><td>效益指标<td>社会效益指标<td>图书借阅率<td>≥60%</table>",
        "utf-8",
    )

    document = check([page])["documents"][0]

    assert document["forms"][0]["kind"] == "target"
    assert "S101" in [finding["code"] for finding in document["findings"]]
