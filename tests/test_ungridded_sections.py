"""Where forms begin and end in text, and what belongs to none."""

from __future__ import annotations

import pytest

from perflint.document import Line
from perflint.forms.recognition import Recognition
from perflint.forms.ungridded import read_lines
from perflint.limits import Limits
from perflint.model import Part
from perflint.readers.text import read
from tests import ungridded_text as text
from tests.test_ungridded_levels import read_form, rows_of, rows_read
from tests.ungridded_text import BEFORE_2021, DECLARATION, SELF_EVALUATION, TARGET_2020


def recognise(content: str) -> Recognition:
    document = read(content.encode(), Limits())
    return read_lines([block for block in document.blocks if isinstance(block, Line)])


@pytest.mark.parametrize("write", [text.with_tabs, text.in_lines])
def test_several_forms_in_one_text(write: text.Writer) -> None:
    forms = [DECLARATION, BEFORE_2021, SELF_EVALUATION, TARGET_2020]
    found = recognise("上海市某区部门预算公开\n\n" + "\n".join(map(write, forms))).forms
    assert [form.index for form in found] == [1, 2, 3, 4]
    assert [rows_read(form) for form in found] == [rows_of(form) for form in forms]


def test_text_without_a_form() -> None:
    assert (
        recognise("一、部门职责\n本部门负责绩效目标管理。\n财政项目支出绩效目标申报表……12\n") == Recognition()
    )


def test_unsupported_kind_is_named() -> None:
    content = text.with_tabs(DECLARATION).replace("财政项目支出绩效目标申报表", "部门整体支出绩效目标申报表")
    found = recognise(content)
    assert found.forms == ()
    assert [(problem.code, problem.values["reason"]) for problem in found.problems] == [
        ("E902", "unsupported-whole-unit")
    ]


def test_head_repeated_on_the_next_page() -> None:
    table = text.table_of(DECLARATION)
    table.insert(6, list(DECLARATION.headings))
    assert rows_read(read_form(text.with_tabs(DECLARATION, table))) == rows_of(DECLARATION)


def test_title_repeated_on_the_next_page() -> None:
    first, second = text.with_tabs(DECLARATION).split("\t\t质量指标")
    head = "\t".join(DECLARATION.headings)
    content = f"{first}\n\f{DECLARATION.title}\n{head}\n\t\t质量指标{second}"
    assert rows_read(read_form(content)) == rows_of(DECLARATION)


def test_rules_of_dashes_and_notes_are_no_rows() -> None:
    content = text.with_tabs(BEFORE_2021) + "--\t-------\t----\t---\t---\n注：本表由项目单位填报。\n"
    assert rows_read(read_form(content)) == rows_of(BEFORE_2021)


def test_line_that_is_no_row_is_told() -> None:
    table = text.table_of(DECLARATION)
    table.insert(4, ["", "", "", "", "", "", "共2页，第1页。", "制表系统自动生成。", "内部资料。"])
    form = read_form(text.with_tabs(DECLARATION, table))
    assert rows_read(form) == rows_of(DECLARATION)
    (weakness,) = [weakness for weakness in form.weaknesses if weakness.part is Part.ROWS]
    assert weakness.reason["zh"] == "指标表中有未能读懂的一行：共2页，第1页。制表系统自动生成。内部资料。"


LAID_OUT = """\
            财政项目支出绩效目标申报表
                     （2026 年度）

项目名称    河道保洁与      项目性质   其他经常性      项目类别    特定目标类
        养护                 项目
主管部门    上海市青浦区水务局           实施单位     上海市青浦区河道所
计划开始日   2026-01-01        计划完成日 2026-12-31
  期                          期
 绩效      一级指标     二级指标          三级指标          年度(/项目)
 指标                                             指标值
         成本指标    经济成本指    河道保洁成本             ≤86.20(万
                   标                         元)
         产出指标    数量指标     保洁河道长度             =42.50(公里)
                          打捞水生植物次数           ≥12.00(次)
                  质量指标    河道断面水质达标率与整         ≥95.00(%)
                          治验收合格率
                  时效指标    垃圾清运及时率            =100.00(%
                                             )
         效益指标    社会效益指    改善沿河居民生活环境         有效改善
                   标
        满意度指标    服务对象满    沿河居民满意度            ≥90.00(%)
                 意度指标
"""


def test_text_laid_out_by_blanks() -> None:
    form = read_form(LAID_OUT)
    assert rows_read(form) == [
        ("成本指标", "经济成本指标", "河道保洁成本", "≤86.20(万元)"),
        ("产出指标", "数量指标", "保洁河道长度", "=42.50(公里)"),
        ("产出指标", "数量指标", "打捞水生植物次数", "≥12.00(次)"),
        ("产出指标", "质量指标", "河道断面水质达标率与整治验收合格率", "≥95.00(%)"),
        ("产出指标", "时效指标", "垃圾清运及时率", "=100.00(%)"),
        ("效益指标", "社会效益指标", "改善沿河居民生活环境", "有效改善"),
        ("满意度指标", "服务对象满意度指标", "沿河居民满意度", "≥90.00(%)"),
    ]
    assert form.project_name is not None
    assert form.project_name.text == "河道保洁与养护"
    assert {entry.label: entry.value.text for entry in form.header if entry.value} == {
        "项目性质": "其他经常性项目",
        "项目类别": "特定目标类",
        "主管部门": "上海市青浦区水务局",
        "实施单位": "上海市青浦区河道所",
        "计划开始日期": "2026-01-01",
        "计划完成日期": "2026-12-31",
    }


def test_text_below_a_table_between_tabs_is_no_row() -> None:
    (form,) = recognise(
        text.with_tabs(DECLARATION) + "附：\n1. 公开网址：http://www.example.gov.cn\n2. 电话：021-00000000\n"
    ).forms
    assert [row.name.text for row in form.indicators] == [row.name for row in DECLARATION.rows]
    assert form.weaknesses == ()
