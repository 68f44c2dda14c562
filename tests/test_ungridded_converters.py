"""One table as different converters write it: blanks lost or put in, cells cut by a page break, columns that drift."""

from __future__ import annotations

import pytest

from perflint.document import Line
from perflint.forms.recognition import Recognition
from perflint.forms.ungridded import read_lines
from perflint.limits import Limits
from perflint.model import Form, Part
from perflint.readers.text import read

DECLARATION = """财政项目支出绩效目标申报表
（2026年度）
项目名称 乡镇卫生院设备更新
一级指标 二级指标 三级指标 指标值
"""
EVALUATION = """项目支出绩效自评表
（2024年度）
项目名称 乡镇卫生院设备更新
一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分 偏差原因分析及改进措施
"""
NAMES = ["更新设备数量", "门诊接诊人次", "设备验收合格率", "设备到货及时率", "就诊群众满意度"]
VALUES = ["=120(台)", "≥4200(人次)", "=100(%)", "=100(%)", "≥90(%)"]
Cell = str | None


def recognised(content: str) -> Recognition:
    document = read(content.encode(), Limits())
    return read_lines([block for block in document.blocks if isinstance(block, Line)])


def form_of(content: str) -> Form:
    (form,) = recognised(content).forms
    return form


def cells_of(form: Form) -> list[tuple[Cell, ...]]:
    """Return level 2, name, target, result and remark of each row."""
    return [
        (
            row.level2.passage.text if row.level2 else None,
            row.name.text,
            row.target_passage.text if row.target_passage else None,
            row.actual_passage.text if row.actual_passage else None,
            row.remark.text if row.remark else None,
        )
        for row in form.indicators
    ]


def test_blanks_in_the_place_of_line_ends() -> None:
    form = form_of(
        "财政项目支出绩效目标申报表\n（2026年度）\n项目名称 乡镇卫生院设备更 新\n"
        "项目资金（元）\n项目资金总额： 年度资金申请总 额： 886,000.00\n"
        "一级指标 二级指标 三级指标 年度(/项目)指 标值\n"
        "成本指标 经济成本 指标 设备补助标准 ≤4500.00(元/ 台)\n"
        "产出指标 数量指标 更新设备数量 =120.00(台)\n"
        "满意度指标 服务对象满意 度指标 就诊群众满意度 ≥90.00(%)\n"
    )
    assert form.project_name
    assert form.project_name.text == "乡镇卫生院设备更新"
    assert [(entry.label, entry.value and entry.value.text) for entry in form.funding.entries] == [
        ("项目资金总额", None),
        ("年度资金申请总额", "886,000.00"),
    ]
    assert cells_of(form) == [
        ("经济成本指标", "设备补助标准", "≤4500.00(元/台)", None, None),
        ("数量指标", "更新设备数量", "=120.00(台)", None, None),
        ("服务对象满意度指标", "就诊群众满意度", "≥90.00(%)", None, None),
    ]


def test_labels_side_by_side_stay_two() -> None:
    form = form_of(
        "财政项目支出绩效目标申报表\n（2026年度）\n项目名称 乡镇卫生院设备更新\n"
        "年度资金申请总额 886,000\n其他资金 6,000 其他资金 0\n"
        "一级指标 二级指标 三级指标 指标值\n产出指标 数量指标 更新设备数量 =120(台)\n"
    )
    assert [entry.value and entry.value.text for entry in form.funding.entries] == ["886,000", "6,000", "0"]


@pytest.mark.parametrize(
    "row",
    [
        "门诊接诊人次 ≥4200.00(人次)4350.00(人次)10.00 10.00",
        "门诊接诊人次 ≥4200.00(人次)4350.00(人次) 10.00 10.00",
        "门诊接诊人次\n≥4200.00\n(人次)\n4350.00\n(人次)\n10.00 10.00",
        "门诊接诊人次\n≥4200.00(人\n次)\n4350.00(人\n次)\n10.00\n10.00",
    ],
)
def test_values_without_a_blank_between_or_broken_at_their_unit(row: str) -> None:
    form = form_of(f"{EVALUATION}产出指标 数量指标 更新设备数量 =120.00(台) 120.00(台) 10.00 10.00\n{row}\n")
    assert cells_of(form) == [
        ("数量指标", "更新设备数量", "=120.00(台)", "120.00(台)", None),
        ("数量指标", "门诊接诊人次", "≥4200.00(人次)", "4350.00(人次)", None),
    ]


def test_values_without_a_tab_between() -> None:
    form = form_of(
        EVALUATION.replace(" ", "\t")
        + "产出指标\t数量指标\t门诊接诊人次\t≥4200.00(人次)4350.00(人次)\t\t10.00\t10.00\t\n"
    )
    assert cells_of(form) == [("数量指标", "门诊接诊人次", "≥4200.00(人次)", "4350.00(人次)", None)]


def test_unit_without_brackets_on_the_next_line() -> None:
    form = form_of(f"{DECLARATION}产出指标 数量指标 门诊接诊人次 ≥4200\n人次\n更新设备数量 =120\n台\n")
    assert [row.target_passage and row.target_passage.text for row in form.indicators] == [
        "≥4200人次",
        "=120台",
    ]


def test_label_without_a_blank_before_the_name() -> None:
    form = form_of(
        f"{DECLARATION}产出指标 数量指标 更新设备数量 =120(台)\n效益指标 社会效益指标门诊接诊人次 ≥4200(人次)\n"
        "满意度指标 服务对象满意度\n指标就诊群众满意度 ≥90(%)\n"
    )
    assert [cells[:2] for cells in cells_of(form)] == [
        ("数量指标", "更新设备数量"),
        ("社会效益指标", "门诊接诊人次"),
        ("服务对象满意度指标", "就诊群众满意度"),
    ]


def test_name_that_begins_with_the_label_of_its_level() -> None:
    form = form_of(f"{DECLARATION}产出指标 数量指标 数量指标完成率 =100(%)\n质量指标 设备合格率 =100(%)\n")
    assert [cells[:2] for cells in cells_of(form)] == [
        ("数量指标", "数量指标完成率"),
        ("质量指标", "设备合格率"),
    ]


def test_page_break_in_a_row() -> None:
    form = form_of(
        f"{EVALUATION}产出指标 时效指标\n设备到货周期 ≤12.00(个 13.00(个 10.00 9.20\f月) 月)\n"
        "培训完成时间 ≤30.00(天) 28.00(天) 10.00 10.00\n"
    )
    assert cells_of(form) == [
        ("时效指标", "设备到货周期", "≤12.00(个月)", "13.00(个月)", None),
        ("时效指标", "培训完成时间", "≤30.00(天)", "28.00(天)", None),
    ]


def test_page_break_in_two_labels() -> None:
    form = form_of(
        f"{EVALUATION}产出\n指标\n数量\n指标\n更新设备数量 =120.00(台) 120.00(台) 10.00 10.00\n"
        "满意\n度指\n服务\n对象\n就诊群众满意度 ≥90.00(%) 92.00(%) 10.00 10.00\n\f标\n满意\n度指\n标\n"
        "总分 100.00 99.20\n"
    )
    row = form.indicators[-1]
    assert row.level1
    assert row.level2
    assert (row.level1.passage.text, row.level2.passage.text) == ("满意度指标", "服务对象满意度指标")


def test_each_cell_on_a_line_of_its_own() -> None:
    form = form_of(
        EVALUATION.replace(" ", "\n")
        + "产出指标\n数量指标\n更新设备数量\n=120.00(台)\n96.00(台)\n10.00\n8.00\n因供应商交付延迟\n"
        + "门诊接诊人次\n≥4200.00(人次)\n4350.00(人次)\n10.00\n10.00\n总分\n100.00\n97.60\n"
    )
    assert cells_of(form) == [
        ("数量指标", "更新设备数量", "=120.00(台)", "96.00(台)", "因供应商交付延迟"),
        ("数量指标", "门诊接诊人次", "≥4200.00(人次)", "4350.00(人次)", None),
    ]
    assert form.total_score
    assert form.total_score.text == "97.60"


def test_cells_out_of_order_are_refused() -> None:
    recognition = recognised(DECLARATION + "产出指标\n数量指标\n" + "\n".join([*VALUES, *NAMES]) + "\n")
    assert recognition.forms == ()
    (problem,) = recognition.problems
    assert (problem.code, problem.values) == ("E902", {"reason": "cells-out-of-order"})
    assert problem.excerpt == "财政项目支出绩效目标申报表"


def test_table_whose_head_is_scattered_is_refused() -> None:
    recognition = recognised(
        "财政项目支出绩效目标申报表\n项目名称 乡镇卫生院设备更新\n一级指标\n产出指标\n数量指标\n更新设备数量\n"
        "效益指标\n二级指标\n=120(台)\n三级指标\n"
    )
    assert recognition.forms == ()
    assert [problem.values for problem in recognition.problems] == [{"reason": "cells-out-of-order"}]


def test_empty_values_between_tabs_are_the_forms_own() -> None:
    rows = "".join(f"\t\t{name}\t\n" for name in ("门诊接诊人次", "培训医护人数", "设备验收合格率"))
    form = form_of(f"{DECLARATION.replace(' ', chr(9))}产出指标\t数量指标\t更新设备数量\t\n{rows}")
    assert [row.target for row in form.indicators] == [None] * 4


def test_value_put_together_from_two_cells_is_told() -> None:
    form = form_of(
        f"{DECLARATION}产出指标 数量指标 更新设备数量 =120(台)\n门诊接诊人 次≥4200(人次)\n质量指标 设备合格率 =100(%)\n"
    )
    assert form.weak(Part.VALUES)


LAID_OUT = """                 财政项目支出绩效目标申报表
                        （2026年度）
                        金额单位：元

            乡镇卫生院设备更新及
 项目名称                              项目类别    其他一次性项目
            医护人员培训

  一级指标        二级指标             三级指标                指标值
"""


def test_value_around_its_label() -> None:
    form = form_of(f"{LAID_OUT}  产出指标        数量指标       更新设备数量              =120(台)\n")
    assert form.project_name
    assert (form.year, form.project_name.text) == (2026, "乡镇卫生院设备更新及医护人员培训")


def test_columns_that_drift() -> None:
    form = form_of(
        f"{LAID_OUT}"
        "                  数量指标 更新设备数量                   =120(台)\n"
        "  产出指标                   乡镇卫生院全科医师规范化培训人数   ≥36(人)\n"
        "                  质量指标 设备验收合格率           =100(%)\n"
        "                                                ≤15(\n"
        "                  时效指标 设备故障修复时间\n"
        "                                                天)\n"
    )
    assert [cells[:3] for cells in cells_of(form)] == [
        ("数量指标", "更新设备数量", "=120(台)"),
        ("数量指标", "乡镇卫生院全科医师规范化培训人数", "≥36(人)"),
        ("质量指标", "设备验收合格率", "=100(%)"),
        ("时效指标", "设备故障修复时间", "≤15(天)"),
    ]


def test_names_above_their_values_in_turn() -> None:
    form = form_of(
        f"{LAID_OUT}"
        "  产出指标        数量指标       更新设备数量               =120(台)\n"
        "                              全科医师培训人数\n"
        "                              门诊接诊人次\n"
        "                                                 ≥36(人)\n"
        "                                                 ≥4200(人次)\n"
        "                  质量指标       设备验收合格率              =100(%)\n"
    )
    assert [cells[1:3] for cells in cells_of(form)] == [
        ("更新设备数量", "=120(台)"),
        ("全科医师培训人数", "≥36(人)"),
        ("门诊接诊人次", "≥4200(人次)"),
        ("设备验收合格率", "=100(%)"),
    ]


def test_bare_numbers_at_page_breaks_that_do_not_count_the_pages() -> None:
    rows = "产出指标 数量指标 更新设备数量 =120(台)\n120(台)\n50\n{}\f质量指标 设备合格率 =100(%)\n100(%)\n40\n{}\n"
    cells = form_of(EVALUATION + rows.format(40, 40)).indicators
    assert [row.score and row.score.text for row in cells] == ["40", "40"]
    numbers = form_of(EVALUATION + rows.format("50\n8", "40\n9")).indicators
    assert [row.score and row.score.text for row in numbers] == ["50", "40"]


def test_last_cell_of_a_text_without_pages() -> None:
    form = form_of(
        EVALUATION.replace(" ", "\n") + "产出指标\n数量指标\n更新设备数量\n=120(台)\n120(台)\n90\n90\n"
    )
    assert form.indicators[0].score
    assert form.indicators[0].score.text == "90"


def test_value_in_words_whose_end_is_like_the_label_beside_the_table() -> None:
    form = form_of(
        EVALUATION + "绩效\n产出指标 质量指标\n经费支出\n合规性\n严格执行\n相关规定\n达成预期\n指标\n8 8\n"
        "指标\n效益指标 社会效益指标\n保障群众\n出行安全\n效果明显\n达成预期\n指标\n15 15\n"
    )
    assert [cells[1:4] for cells in cells_of(form)] == [
        ("经费支出合规性", "严格执行相关规定", "达成预期指标"),
        ("保障群众出行安全", "效果明显", "达成预期指标"),
    ]


def test_name_whose_end_stands_before_a_date_or_a_figure() -> None:
    form = form_of(
        DECLARATION
        + "产出指标 质量指标\n工程验收 合格率 100% \n时效指标\n建设任务完成时 间 2024年11月 底前\n"
    )
    assert [cells[1:3] for cells in cells_of(form)] == [
        ("工程验收合格率", "100%"),
        ("建设任务完成时间", "2024年11月底前"),
    ]


def test_reason_that_begins_with_what_hindered() -> None:
    form = form_of(
        EVALUATION.replace(" ", "\n")
        + "产出指标\n数量指标\n更新设备数量\n=120(台)\n96(台)\n10\n8\n汛期影响，24台未到货\n"
        "门诊接诊人次\n≥4200(人次)\n4350(人次)\n10\n10\n"
    )
    assert [(cells[1], cells[4]) for cells in cells_of(form)] == [
        ("更新设备数量", "汛期影响，24台未到货"),
        ("门诊接诊人次", None),
    ]


def test_qualitative_value_beside_its_sign() -> None:
    form = form_of(
        "项目支出绩效目标表\n项目名称\n养殖补助\n一级指标\n二级指标\n三级指标\n指标性质\n指标值\n度量单位\n"
        "产出指标\n数量指标\n免疫次数\n=\n2\n次\n效益指标\n经济效益指标\n养殖户收入\n定性\n稳步增长\n"
        "满意度指标\n服务对象满意度指标\n养殖户满意度\n≥\n85\n%\n"
    )
    assert [cells[1:3] for cells in cells_of(form)] == [
        ("免疫次数", "=2(次)"),
        ("养殖户收入", "稳步增长"),
        ("养殖户满意度", "≥85(%)"),
    ]


def test_column_that_the_form_leaves_empty() -> None:
    rows = "".join(f"{name}\n{value}\n" for name, value in zip(NAMES, VALUES, strict=True))
    form = form_of(
        "项目支出绩效目标表\n项目名称\n乡镇卫生院设备更新\n一级指标\n二级指标\n三级指标\n指标值\n分值权重\n产出指标\n数量指标\n"
        + rows
    )
    assert [cells[1:3] for cells in cells_of(form)] == list(zip(NAMES, VALUES, strict=True))
    assert not form.weak(Part.ROWS)


def test_points_that_a_narrow_column_breaks() -> None:
    form = form_of(
        EVALUATION
        + "成本指标 经济成本指标\n设备采购\n成本\n≤20.00(\n万元/台)\n19.20(万\n元/台)\n10.0\n0\n10.00\n"
        "产出指标 数量指标\n更新设备\n数量\n=120.00(\n台)\n96.00(台)\n10.0\n0\n8.00\n因供应商交付延迟\n"
    )
    assert [(cells[1], cells[2], cells[3]) for cells in cells_of(form)] == [
        ("设备采购成本", "≤20.00(万元/台)", "19.20(万元/台)"),
        ("更新设备数量", "=120.00(台)", "96.00(台)"),
    ]
    assert [(row.weight and row.weight.text, row.score and row.score.text) for row in form.indicators] == [
        ("10.00", "10.00"),
        ("10.00", "8.00"),
    ]


def test_score_of_nothing_below_its_weight() -> None:
    form = form_of(
        EVALUATION.replace(" ", "\n")
        + "产出指标\n数量指标\n更新设备数量\n=120(台)\n0(台)\n10.0\n0\n设备流标\n"
    )
    assert [(row.weight and row.weight.text, row.score and row.score.text) for row in form.indicators] == [
        ("10.0", "0")
    ]


def test_values_of_three_lines_in_centred_cells() -> None:
    form = form_of(
        "                       财政项目支出绩效目标申报表\n"
        "                           （2025 年度）\n"
        "         武康路历史风貌\n"
        " 项目名称     区灯光维护         项目性质      其他经常性项目\n"
        "         （2024年度）\n"
        "         上海市徐汇区绿\n"
        " 主管部门                   实施单位      上海市徐汇区市容中心\n"
        "         化和市容管理局\n"
        " 计划开始日期   2025-01-01      计划完成日期    2025-12-31\n"
        "  一级指标        二级指标       三级指标         指标值\n"
        "  产出指标        数量指标       维护灯具数量       =126(处)\n"
    )
    assert form.project_name
    assert (form.year, form.project_name.text) == (2025, "武康路历史风貌区灯光维护（2024年度）")
    assert [entry.value and entry.value.text for entry in form.header] == [
        "其他经常性项目",
        "上海市徐汇区绿化和市容管理局",
        "上海市徐汇区市容中心",
        "2025-01-01",
        "2025-12-31",
    ]


def test_rest_of_a_cut_label_behind_the_label_of_its_first_level() -> None:
    form = form_of(
        "财政项目支出绩效目标申报表\n（2026年度）\n\t一级指标\t二级指标\t三级指标\t指标值\n"
        "\t产出指标\t数量指标\t更新设备数量\t=120(台)\n\t效益指标\t社会效益\t就诊等候时间\t≤15(分钟)\n\n"
        "\t效益指标\t指标\t门诊投诉数\t≤5(件)\n\t满意度指标\t服务对象满意度指标\t职工满意度\t≥85(%)\n"
    )
    assert [cells[1] for cells in cells_of(form)] == [
        "更新设备数量",
        "就诊等候时间",
        "门诊投诉数",
        "职工满意度",
    ]
    assert [row.level2.kind for row in form.indicators if row.level2] == [
        "quantity",
        "social_benefit",
        "social_benefit",
        "satisfaction",
    ]
