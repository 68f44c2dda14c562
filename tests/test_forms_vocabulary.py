"""The words of forms: labels, headings, levels and titles, in the spellings in which they come."""

from __future__ import annotations

import pytest

from perflint.forms.vocabulary import (
    Title,
    column_role,
    field_role,
    funding_roles,
    level_kind,
    money_unit,
    period_in,
    shown_label,
    split_label,
    title_of,
    year_in,
    year_line,
)
from perflint.model import FormKind
from perflint.words import words


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("三级指标", "name"),
        ("三 级\n指 标", "name"),
        ("年度（/项目）指标值", "target"),
        ("年度(/项目)指标值", "target"),
        ("2026年指标值", "target"),
        ("指标值（含计量单位）", "target"),
        ("实施期指标值", "other_target"),
        ("全年完成值", "actual"),
        ("1-12月完成情况", "actual"),
        ("偏差原因分析\n及改进措施", "reason"),
        ("分值（权重）", "weight"),
        ("指标性质", "sign"),
        ("项目名称", None),
        ("培训次数", None),
    ],
)
def test_headings(heading: str, role: str | None) -> None:
    assert column_role(heading) == role


@pytest.mark.parametrize(
    ("label", "block", "role"),
    [
        ("项 目 名 称：", "header", "project_name"),
        ("主管部门及代码", "header", "department"),
        ("（一）项目概况", "header", "overview"),
        ("项目资金（元）", "blocks", "funding"),
        ("2020年绩效目标", "blocks", "goals"),
        ("年度总体目标", "goals", "goal_annual"),
        ("执行率(%)", "funding_columns", "rate"),
        ("评分等级：", "closing", "grade"),
        ("培训次数", "header", None),
    ],
)
def test_labels(label: str, block: str, role: str | None) -> None:
    assert field_role(label, block) == role


def test_a_funding_label_may_have_two_roles() -> None:
    assert funding_roles("其中：财政拨款") == ("total_fiscal", "annual_fiscal")
    assert funding_roles("上年结转资金") == ("carry_over",)


@pytest.mark.parametrize(
    ("label", "level", "kind"),
    [
        ("成本指标", 1, "cost"),
        ("成本指标", 2, "cost"),
        ("经济成本指标", 2, "economic_cost"),
        ("产出指标（50分）", 1, "output"),
        ("（一）产出指标", 1, "output"),
        ("满意\n度指标", 1, "satisfaction"),
        ("数量", 2, "quantity"),
        ("产出指标50分", 1, "output"),
        ("成本指标(0-20)分", 1, "cost"),
        ("项目完成指标", 1, "output"),
        ("项目成本指标", 2, "economic_cost"),
        ("产出值", 1, "output"),
        ("数量值", 2, "quantity"),
        ("指标值", 2, None),
        ("可持续性影响指标", 2, "sustainability"),
        ("服务对象或受益者满意度指标", 2, "satisfaction"),
        ("特色指标", 1, None),
    ],
)
def test_levels(label: str, level: int, kind: str | None) -> None:
    assert level_kind(label, level) == kind


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("财 政 项 目 支 出 绩 效 目 标 申 报 表", Title(FormKind.DECLARATION)),
        ("附件2：2024年度某局项目支出绩效自评表（表一）", Title(FormKind.SELF_EVALUATION)),
        ("财政项目支出绩效目标表", Title(FormKind.TARGET)),
        ("项目支出绩效目标表——校舍维修", Title(FormKind.TARGET)),
        ("项目支出绩效运行监控表", Title(None, "monitoring")),
        ("某局部门整体支出绩效目标表", Title(None, "whole-unit")),
        ("本局填报了项目支出绩效自评表。", None),
        ("十、项目支出绩效目标表……23", None),
        ("项目绩效目标", None),
    ],
)
def test_titles(text: str, title: Title | None) -> None:
    assert title_of(text) == title


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("其中：财政资金", "财政资金"),
        ("年度资金总额：", "年度资金总额"),
        ("项目总预算（元）：", "项目总预算"),
        ("实施期目标（2020年—2022年）", "实施期目标"),
        ("项 目 名 称", "项目名称"),
    ],
)
def test_labels_are_shown_without_what_is_no_part_of_them(text: str, shown: str) -> None:
    assert shown_label(text) == shown


def test_label_and_value_in_one_text() -> None:
    assert split_label("项目名称：信息化-某平台：二期") == ("项目名称", "信息化-某平台：二期")
    assert split_label("项目概况：") == ("项目概况", "")
    assert split_label("其中：财政资金：50") == ("财政资金", "50")
    assert split_label("培训次数：5次") is None
    assert split_label("其中：财政资金") is None


@pytest.mark.parametrize(
    ("text", "label", "value"),
    [
        ("年度资金申请总额100,000.00", "年度资金申请总额", "100,000.00"),
        ("项目资金总额（万元） 100.5", "项目资金总额（万元）", "100.5"),
        ("其中：财政拨款50万元", "财政拨款", "50万元"),
        ("其他资金0", "其他资金", "0"),
        ("开始日期2024-01-01", "开始日期", "2024-01-01"),
        ("项目起止时间2024年1月至2024年12月", "项目起止时间", "2024年1月至2024年12月"),
    ],
)
def test_label_and_figure_without_a_colon(text: str, label: str, value: str) -> None:
    assert split_label(text) == (label, value)


@pytest.mark.parametrize(
    "text",
    [
        "培训次数5",
        "其他100",
        "财政资金2",
        "年度预算2024",
        "财政资金100万元用于采购",
        "财政资金支持项目12个",
        "竣工2024-01-01",
    ],
)
def test_figure_behind_no_label_of_its_kind(text: str) -> None:
    assert split_label(text) is None


def test_years_periods_and_units_of_account() -> None:
    assert (year_line("（2024 年度）"), year_line("2024年度预算")) == (2024, None)
    assert (year_in("某局2024年度绩效"), year_in("2024-01-01")) == (2024, None)
    assert period_in("(2023 年 - 2023年)五年签约50名") == ("(2023 年 - 2023年)", "五年签约50名")
    assert period_in("（含税）采购成本") is None
    assert [money_unit(text) for text in ("项目资金\n（万元）", "金额单位：元", "项目资金")] == [
        "万元",
        "元",
        None,
    ]


@pytest.mark.parametrize("block", ["header", "goals", "closing"])
def test_no_label_has_two_roles_in_a_block(block: str) -> None:
    names = [name for names in words("fields")[block].values() for name in names]
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize(
    "label",
    [
        "④成本指标",
        "④ 成本指标",
        "⑷成本指标",
        "⒋成本指标",
        "㈣成本指标",
        "Ⅳ.成本指标",
        "4）成本指标",
        "四、成本指标",
    ],
)
def test_a_number_in_front_of_a_level_makes_it_no_other_one(label: str) -> None:
    assert level_kind(label, 1) == "cost"
