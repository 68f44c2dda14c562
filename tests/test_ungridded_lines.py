"""Text line by line, as converters write the cells of a page: half a line apart without a blank line between."""

from __future__ import annotations

import pytest

from perflint.model import FormKind, Part
from tests import ungridded_text as text
from tests.test_ungridded_levels import read_form, rows_of, rows_read
from tests.test_ungridded_sections import recognise
from tests.ungridded_text import BEFORE_2021, DECLARATION, SELF_EVALUATION, TARGET_2020

REPORT_HEAD = """财政项目支出绩效自评表

（2024年度）

项目名称 河道保洁

一级

指标

二级

指标
三级指标 年度指标值 实际完成值 分值 得分

偏差原因分析

及改进措施

产出

指标

数量

指标

"""


def results_of(rows: str) -> list[tuple[str, str | None, str | None, str | None]]:
    """Return name, target, score and remark of each row below the head of a self-evaluation."""
    return [
        (
            row.name.text,
            row.target_passage.text if row.target_passage else None,
            row.score.text if row.score else None,
            row.remark.text if row.remark else None,
        )
        for row in read_form(REPORT_HEAD + rows).indicators
    ]


def test_remark_over_several_lines() -> None:
    rows = """巡查河道长度 ≥128.00(公里) 119.00(公里) 10.00 9.30
受天气影响，部分

活动延期，下一步

加强统筹

打捞漂浮物数量及时上报情况 ≥30.00(吨) 31.00(吨) 10.00 10.00
"""
    assert results_of(rows) == [
        ("巡查河道长度", "≥128.00(公里)", "9.30", "受天气影响，部分活动延期，下一步加强统筹"),
        ("打捞漂浮物数量及时上报情况", "≥30.00(吨)", "10.00", None),
    ]


def test_name_over_lines_that_reads_like_a_label() -> None:
    rows = """巡查河道长度 ≥128.00(公里) 128.00(公里) 10.00 10.00

质量

指标

水质达标率 ≥90.00(%) 90.00(%) 10.00 10.00

无人机巡航示范点建设

数量（含2个备用点）
=6.00(个) 6.00(个) 10.00 10.00

满意

度指

标

服务

对象

满意

度指

标
服务对象满意度 ≥90.00(%) 95.00(%) 10.00 10.00
"""
    assert results_of(rows) == [
        ("巡查河道长度", "≥128.00(公里)", "10.00", None),
        ("水质达标率", "≥90.00(%)", "10.00", None),
        ("无人机巡航示范点建设数量（含2个备用点）", "=6.00(个)", "10.00", None),
        ("服务对象满意度", "≥90.00(%)", "10.00", None),
    ]


def test_figure_is_not_part_of_the_name_before_it() -> None:
    content = text.in_lines(TARGET_2020).replace(
        "更新自动站数量 =26个",
        "编制《年度公报》 1份\n\n建立覆盖全市16个区（含新区）的观\n\n测数据共享体系\n基本建立",
    )
    rows = [row[2:] for row in rows_read(read_form(content))]
    assert ("编制《年度公报》", "1份") in rows
    assert ("建立覆盖全市16个区（含新区）的观测数据共享体系", "基本建立") in rows


GOALS = {
    "first one line high, second several": (
        "保障系统安全、稳定运行 已完成：根据年度计划，按时完成\n\n租金补贴的申请受理、审核、公示和发放\n\n"
        "工作，吸引各类人才",
        "保障系统安全、稳定运行",
        "已完成：根据年度计划，按时完成租金补贴的申请受理、审核、公示和发放工作，吸引各类人才",
    ),
    "second a short report": (
        "组织公益性文化活动不少于300场，惠\n\n及群众15万人次；举办业务培训班10期\n\n已按计划完成。",
        "组织公益性文化活动不少于300场，惠及群众15万人次；举办业务培训班10期",
        "已按计划完成。",
    ),
    "first shorter than the second, all lines full": (
        "完成补贴的申请受理、审核和发放工作，\n\n吸引和留住更多的各类专业技术人才。\n\n"
        "共受理申请一千二百余件，审核通过一千\n\n一百件，发放补贴三千万元，服务对象满\n\n意度百分之九十五，达到年初预期目标",
        "完成补贴的申请受理、审核和发放工作，吸引和留住更多的各类专业技术人才。",
        "共受理申请一千二百余件，审核通过一千一百件，发放补贴三千万元，服务对象满意度百分之九十五，达到年初预期目标",
    ),
}


@pytest.mark.parametrize(("lines", "planned", "achieved"), GOALS.values(), ids=GOALS)
def test_two_goals_one_behind_the_other(lines: str, planned: str, achieved: str) -> None:
    goals = "完成全区210条中小河道每月一次的水质监测 共监测河道214条，出具月报12期"
    form = read_form(text.in_lines(SELF_EVALUATION).replace(goals, lines))
    assert [entry.value.text for entry in form.goals if entry.value] == [planned, achieved]


def test_benefit_label_beside_the_cost_row_above() -> None:
    table = text.one_row_too_high(text.table_of(BEFORE_2021), "效益指标")
    form = read_form(text.with_tabs(BEFORE_2021, text.slid_left(table, "游客满意度")))
    assert form.levels_layout == "before-2021"
    assert rows_read(form) == rows_of(BEFORE_2021)


def test_kind_that_only_names_speak_for_is_not_sure() -> None:
    """质量指标 is printed nowhere: lost, or never filled in; rules that need the level abstain."""
    form = read_form(text.with_tabs(DECLARATION, text.without(text.table_of(DECLARATION), "质量指标")))
    (row,) = [row for row in form.indicators if row.name.text == "设备验收合格率"]
    assert row.level2 is not None
    assert not row.level2.sure
    assert form.weak(Part.LEVELS)


def test_forms_of_a_page_each_keep_their_first_and_last_lines() -> None:
    """The same unit fills in all forms: its line stands at the top of every page and is no page header."""
    page = text.in_lines(TARGET_2020).split("\n", 4)[-1]
    found = recognise("\f".join(f"财政项目支出绩效目标表（2020年度）\n{page}" for _ in range(4))).forms
    assert [form.project_name and form.project_name.text for form in found] == [
        "气象观测站网设备更新(一期)"
    ] * 4
    assert [rows_read(form) for form in found] == [rows_of(TARGET_2020)] * 4


def test_header_field_without_a_value_is_told() -> None:
    content = text.in_lines(SELF_EVALUATION).replace(" 上海市青浦区水文勘测队", "")
    form = read_form(content)
    assert form.weak(Part.HEADER)


def test_values_cut_between_columns_are_told_and_not_shown() -> None:
    head = "一级指标    二级指标    三级指标      年度指标值    实际完成值    分值    得分"
    row = "产出指标    数量指标    巡查次数      =100.00(     100.00(       10.00   10.00"
    form = read_form(f"财政项目支出绩效自评表\n\n项目名称    河道保洁\n\n{head}\n{row}\n")
    assert [(row.name.text, row.target, row.value_lost) for row in form.indicators] == [
        ("巡查次数", None, True)
    ]
    assert form.weak(Part.VALUES)
    assert form.weak(Part.ROWS)


def test_rows_of_one_line() -> None:
    """pypdf writes rows that begin on the line of a broken label on that line."""
    content = text.in_lines(DECLARATION, label_width=10)
    for name in ("单个街道扩容成本", "桌面推演次数"):
        content = content.replace(f"\n\n{name}", f" {name}")
    assert rows_read(read_form(content)) == rows_of(DECLARATION)


def test_figure_inside_a_name_ends_no_row() -> None:
    content = text.in_lines(DECLARATION).replace(
        "设备验收合格率 =100.00(%)", "等保 3级 测评完成率 =100.00(%)"
    )
    assert "等保3级测评完成率" in [row.name.text for row in read_form(content).indicators]


def test_cells_that_blanks_break_as_line_ends_do() -> None:
    rows = """单场活动成 本 ≤3万 元 2.8万元 15 15
结对村居户 数 ≥80.00 (户) 86.00(户) 10.0 0 10.00
参与健身市民人次 ≥2万
人次 2.1万人次 15 15
"""
    assert results_of(rows) == [
        ("单场活动成本", "≤3万元", "15", None),
        ("结对村居户数", "≥80.00(户)", "10.00", None),
        ("参与健身市民人次", "≥2万人次", "15", None),
    ]


def test_one_character_is_the_rest_of_a_name_and_no_value() -> None:
    lines = "外聘教师课时费标\n准\n外聘教师课时费标\n准"
    content = text.in_lines(DECLARATION, blank=False).replace("单个街道扩容成本 ≤18.00(万元)", lines)
    assert ("外聘教师课时费标准", "外聘教师课时费标准") in [row[2:] for row in rows_read(read_form(content))]


def test_remark_of_three_lines_above_a_name_that_is_broken() -> None:
    rows = """举办赛事项

数
=18项 11项 10 5

受疫情影响，部

分赛事取消，下

年度视情补办

参赛学生人

次
>=6000人次 3100人次 10 2
"""
    assert results_of(rows) == [
        ("举办赛事项数", "=18项", "5", "受疫情影响，部分赛事取消，下年度视情补办"),
        ("参赛学生人次", ">=6000人次", "2", None),
    ]


def test_value_of_two_lines_that_ends_in_an_effect() -> None:
    rows = """带动沿线

农产品销

售

带动作用

明显

达成预期

指标
10 10
"""
    assert results_of(rows) == [("带动沿线农产品销售", "带动作用明显", "10", None)]


def test_name_that_begins_with_a_label_of_another_layout() -> None:
    table = """产出指标
数量指标 更新设备数量 =120(台)
质量指标 设备验收合格率 =100(%)
效益指标
社会效益指标 就诊群众知晓率 ≥90(%)
可持续影响指标
长效管理
机制健全
性
健全
"""
    form = read_form("财政项目支出绩效目标申报表\n（2026年度）\n一级指标 二级指标 三级指标 指标值\n" + table)
    assert form.indicators[-1].name.text == "长效管理机制健全性"


def test_points_of_a_level_in_brackets_on_lines_of_their_own() -> None:
    table = """产出

指标（

50分

）

数量指标

巡查河道长度 ≥128.00(公里)
"""
    form = read_form("财政项目支出绩效目标申报表\n（2026年度）\n一级指标 二级指标 三级指标 指标值\n" + table)
    level1 = form.indicators[0].level1
    assert level1
    assert level1.passage.text == "产出指标（50分）"


SHANGHAI_2020 = """财政项目支出绩效目标表
（2019年度）

申报单位名称：上海市某区城管执法大队

项目名称： 执法辅助人员经费
总目标及阶段性目标：

配备执法辅助人员96名。

项目总预算（元）： 8,640,000 项目当年预算（元）： 8,640,000
 2019年绩效目标
一级目标 二级目标 三级目标 指标目标值

产出目标
数量 辅助人员配备数量 =96人

效果目标
满意度 市民满意度 >=85%

影响力目标

人力资源 人员流失率 <=15%

部门协助 与街镇联勤联动机制 建立

配套设施 执法装备配备率 =100%

信息共享 执法信息共享程度 共享
"""


def test_kinds_of_influence_of_the_2020_layout() -> None:
    form = read_form(SHANGHAI_2020)
    assert [(row.level2.kind, row.name.text) for row in form.indicators if row.level2][2:] == [
        ("human_resources", "人员流失率"),
        ("department_support", "与街镇联勤联动机制"),
        ("supporting_facilities", "执法装备配备率"),
        ("information_sharing", "执法信息共享程度"),
    ]


def test_heading_of_the_table_is_no_goal_without_a_text() -> None:
    form = read_form(SHANGHAI_2020)
    assert [entry.label for entry in form.goals] == ["总目标及阶段性目标"]
    assert not form.weak(Part.GOALS)


def test_self_evaluation_of_the_2020_layout() -> None:
    form = read_form(
        """财政项目绩效自评结果信息表
（2020年度）

项目名称： 医疗急救体系建设 预算单位： 上海市某区医疗急救中心

具体实施处（科室）： 急救科 是否为经常性项目： 是

项目年度总目标：

更新救护车3辆。

一级目标 二级目标 三级目标 权重 指标目标值 实际完成值 得分

投入与管理(36)

投入管理
预算编制合理性 5 合理 合理 5

预算执行率 4 >=95% 98.11% 4

产出目标(34)

数量 更新救护车数量 10 =3辆 3辆 10

效果目标(30) 满意度 患者满意度 15 >=90% 93% 15
"""
    )
    assert (form.kind, form.template) == (FormKind.SELF_EVALUATION, "shanghai-self-evaluation-2020")
    assert [row.level1.passage.text for row in form.indicators if row.level1] == [
        "投入与管理(36)",
        "投入与管理(36)",
        "产出目标(34)",
        "效果目标(30)",
    ]
    assert [entry.value.text for entry in form.goals if entry.value] == ["更新救护车3辆。"]


def test_values_that_a_narrow_column_breaks() -> None:
    rows = """应急保障能

力

满足30天

满负荷运

转需求

达成指标

10 10

储备库温湿

度

符合储存

要求

达成指标

10 10

方案编制及

评审

2023年4

月底前

4月20日

完成

10 10

现场施

工
5-10月 5-10月 5 5

伤残家庭扶

助标准
≥800元/人·月 800元/人·月 10 10
"""
    assert [(name, target) for name, target, _, _ in results_of(rows)] == [
        ("应急保障能力", "满足30天满负荷运转需求"),
        ("储备库温湿度", "符合储存要求"),
        ("方案编制及评审", "2023年4月底前"),
        ("现场施工", "5-10月"),
        ("伤残家庭扶助标准", "≥800元/人·月"),
    ]
