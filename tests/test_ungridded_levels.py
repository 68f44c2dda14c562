"""Indicator rows in text whose columns are damaged.

Every damage must come out as the form that was damaged.
"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perflint.document import Line
from perflint.forms.ungridded import read_lines
from perflint.limits import Limits
from perflint.model import Form, Part
from perflint.readers.clean import clean
from perflint.readers.text import read
from tests import ungridded_text as text
from tests.ungridded_text import BEFORE_2021, DECLARATION, SELF_EVALUATION, TARGET_2020, Cells, InventedForm


def read_form(content: str) -> Form:
    document = read(content.encode(), Limits())
    (form,) = read_lines([block for block in document.blocks if isinstance(block, Line)]).forms
    return form


def rows_read(form: Form) -> list[tuple[str | None, ...]]:
    return [
        (
            indicator.level1.passage.text if indicator.level1 else None,
            indicator.level2.passage.text if indicator.level2 else None,
            indicator.name.text,
            indicator.target_passage.text if indicator.target_passage else None,
        )
        for indicator in form.indicators
    ]


def rows_of(form: InventedForm) -> list[tuple[str | None, ...]]:
    return [(row.level1, row.level2, clean(row.name), clean(row.target)) for row in form.rows]


@pytest.mark.parametrize("form", [DECLARATION, BEFORE_2021, SELF_EVALUATION, TARGET_2020])
def test_text_with_tabs(form: InventedForm) -> None:
    read_back = read_form(text.with_tabs(form))
    assert rows_read(read_back) == rows_of(form)
    assert read_back.weaknesses == ()


@pytest.mark.parametrize("form", [DECLARATION, BEFORE_2021, SELF_EVALUATION, TARGET_2020])
@pytest.mark.parametrize("label_width", [1, 2, 3, 10])
@pytest.mark.parametrize("blank", [True, False])
def test_text_line_by_line(form: InventedForm, label_width: int, blank: bool) -> None:
    read_back = read_form(text.in_lines(form, label_width=label_width, blank=blank))
    assert rows_read(read_back) == rows_of(form)


DAMAGED = {
    "satisfaction row slid left": (
        DECLARATION,
        text.slid_left(text.table_of(DECLARATION), "街道使用人员满意度"),
    ),
    "cost row slid left": (BEFORE_2021, text.slid_left(text.table_of(BEFORE_2021), "养护成本控制数")),
    "timeliness row slid left": (DECLARATION, text.slid_left(text.table_of(DECLARATION), "故障处置及时率")),
    "output rows slid right": (
        DECLARATION,
        text.slid_right(text.slid_right(text.table_of(DECLARATION), "专网扩容街道数"), "桌面推演次数"),
    ),
    "name in the first column": (
        BEFORE_2021,
        text.first_column(text.table_of(BEFORE_2021), "养护队伍稳定性"),
    ),
    "label in the middle": (
        BEFORE_2021,
        text.slid_left(text.in_the_middle(text.table_of(BEFORE_2021), "质量指标"), "游客满意度"),
    ),
    "label one row too high": (
        DECLARATION,
        text.slid_left(text.one_row_too_high(text.table_of(DECLARATION), "效益指标"), "街道使用人员满意度"),
    ),
    "timeliness label lost": (
        BEFORE_2021,
        text.slid_left(text.without(text.table_of(BEFORE_2021), "时效指标"), "游客满意度"),
    ),
    "label lost at a page break": (
        BEFORE_2021,
        text.page_break(text.without(text.table_of(BEFORE_2021), "可持续影响指标"), "长效管理机制完备性"),
    ),
    "page break in a merged cell": (
        BEFORE_2021,
        text.page_break(text.table_of(BEFORE_2021), "改善市民休闲环境"),
    ),
    "value torn off": (BEFORE_2021, text.torn(text.table_of(BEFORE_2021), "游客满意度")),
    "labels doubled": (BEFORE_2021, text.doubled_labels(text.table_of(BEFORE_2021))),
}


@pytest.mark.parametrize(("form", "table"), DAMAGED.values(), ids=DAMAGED)
def test_damaged_columns(form: InventedForm, table: Cells) -> None:
    assert rows_read(read_form(text.with_tabs(form, table))) == rows_of(form)


def test_lost_value_is_told() -> None:
    table = text.value_lost(text.table_of(BEFORE_2021), "病虫害处置及时率")
    form = read_form(text.with_tabs(BEFORE_2021, table))
    expected = [(*row[:3], None) if row[2] == "病虫害处置及时率" else row for row in rows_of(BEFORE_2021)]
    assert rows_read(form) == expected
    assert [indicator.name.text for indicator in form.indicators if indicator.value_lost] == [
        "病虫害处置及时率"
    ]
    assert form.weak(Part.VALUES)


def test_misfiled_indicator_in_whole_text_keeps_its_label() -> None:
    table = [
        [cell.replace("设备验收合格率", "检修完成及时率") for cell in row]
        for row in text.table_of(DECLARATION)
    ]
    form = read_form(text.with_tabs(DECLARATION, table))
    (row,) = [row for row in rows_read(form) if row[2] == "检修完成及时率"]
    assert row[:2] == ("产出指标", "质量指标")
    assert not form.weak(Part.LEVELS)


def test_row_beside_the_labels_of_both_its_levels_stays_under_them() -> None:
    table = [
        [cell.replace("汛期通信中断事故数", "汛情预警发布及时性") for cell in row]
        for row in text.slid_left(text.table_of(DECLARATION), "街道使用人员满意度")
    ]
    (row,) = [
        row
        for row in rows_read(read_form(text.with_tabs(DECLARATION, table)))
        if row[2] == "汛情预警发布及时性"
    ]
    assert row[:2] == ("效益指标", "社会效益指标")


@pytest.mark.parametrize("name", ["台账数据完整率", "台账登记准确性", "值守人员持证上岗率"])
def test_row_above_its_label_is_told_by_its_name(name: str) -> None:
    slid = text.slid_left(text.in_the_middle(text.table_of(DECLARATION), "质量指标"), "街道使用人员满意度")
    table = [[cell.replace("5G链路可用率99.9%达标率", name) for cell in row] for row in slid]
    (row,) = [row for row in rows_read(read_form(text.with_tabs(DECLARATION, table))) if row[2] == name]
    assert row[:2] == ("产出指标", "质量指标")


def test_label_that_no_layout_has_is_kept() -> None:
    table = [
        [cell.replace("可持续影响指标", "数字化转型指标") for cell in row]
        for row in text.table_of(DECLARATION)
    ]
    (row,) = [
        row
        for row in read_form(text.with_tabs(DECLARATION, table)).indicators
        if row.name.text == "运维管理制度健全性"
    ]
    assert row.level2 is not None
    assert (row.level2.passage.text, row.level2.kind, row.level2.sure) == ("数字化转型指标", None, False)


PIECES = st.sampled_from(
    [
        "产出指标",
        "数量指标",
        "满意度",
        "满意度指标",
        "验收合格率",
        "≥95%",
        "100.00",
        "及时",
        "",
        "影响",
        "（",
        "总分",
        "注：",
        "=1份",
    ]
)


@given(st.lists(st.lists(PIECES, max_size=6), max_size=8), st.sampled_from("\t "))
@settings(max_examples=60)
def test_nothing_in_the_table_is_dropped_in_silence(table: Cells, separator: str) -> None:
    lines = [DECLARATION.title, separator.join(DECLARATION.headings), *map(separator.join, table)]
    document = read("\n".join(lines).encode(), Limits())
    recognition = read_lines([block for block in document.blocks if isinstance(block, Line)])
    if not recognition.forms:
        assert [problem.values for problem in recognition.problems] == [{"reason": "cells-out-of-order"}]
        return
    (form,) = recognition.forms
    cells = (
        cell.text
        for row in form.indicators
        for cell in (
            row.name,
            row.target_passage,
            *(level.passage for level in (row.level1, row.level2) if level),
        )
        if cell
    )
    told = "".join((*cells, *(weakness.reason["zh"] for weakness in form.weaknesses)))
    closing = next(
        (index for index, row in enumerate(table) for cell in row if cell in ("总分", "注：")), len(table)
    )
    # What stands below the last line with tabs is no row of a table between tabs.
    tabbed = max((index + 1 for index, row in enumerate(table) if len(row) > 1), default=len(table))
    for row in table[: closing if separator != "\t" else min(closing, tabbed)]:
        for cell in row:
            assert not cell.startswith(("≥", "=", "验收")) or cell in told


def test_rate_that_is_called_like_a_level_with_a_value_in_words() -> None:
    form = read_form(
        "财政项目支出绩效目标表\n（2021年度）\n项目名称：公益林养护\n一级目标 二级目标 三级目标 指标目标值\n投入与管理\n"
        "投入管理 预算执行率 执行率95%以上\n资金到位率 =100%\n财务管理 财务监控有效性 有效\n"
        "产出目标\n数量 养护面积 >=98000亩\n"
    )
    assert [(row.name.text, row.target_passage and row.target_passage.text) for row in form.indicators] == [
        ("预算执行率", "执行率95%以上"),
        ("资金到位率", "=100%"),
        ("财务监控有效性", "有效"),
        ("养护面积", ">=98000亩"),
    ]
