"""Invented forms written as text without a grid, and the damage that conversions do to them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One indicator row as the form has it."""

    level1: str
    level2: str
    name: str
    target: str
    actual: str = ""
    weight: str = ""
    score: str = ""
    remark: str = ""


@dataclass(frozen=True)
class InventedForm:
    """What a form says; `head` are the lines of cells above the indicator table, `headings` its columns."""

    title: str
    year: str
    head: tuple[tuple[str, ...], ...]
    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    closing: tuple[tuple[str, ...], ...] = ()


DECLARATION = InventedForm(
    "财政项目支出绩效目标申报表",
    "(2026年度)",
    (
        ("项目名称", "5G应急指挥专网(二期)运维", "项目性质", "其他经常性项目", "项目类别", "特定目标类"),
        ("主管部门", "上海市杨浦区应急管理局", "实施单位", "上海市杨浦区应急救援中心", "", ""),
        ("计划开始日期", "2026-03-01", "计划完成日期", "2026-11-30", "", ""),
        ("项目资金(元)", "项目资金总额:", "3,600,000.00", "年度资金申请总额:", "1,215,500.00", ""),
        ("", "其中:财政资金", "3,600,000.00", "其中:当年财政拨款", "1,200,000.00", ""),
        ("", "", "", "上年结转资金", "15,500.00", ""),
        ("", "其他资金", "", "其他资金", "0.00", ""),
        ("项目绩效目标", "项目总目标", "", "年度总体目标", "", ""),
        (
            "",
            "三年内建成覆盖12个街道的专网。",
            "",
            "完成4个街道专网扩容,开展桌面推演2次,保障汛期通信。",
            "",
            "",
        ),
    ),
    ("绩效指标", "一级指标", "二级指标", "三级指标", "年度(/项目)指标值"),
    (
        Row("成本指标", "经济成本指标", "专网运维总成本", "≤121.55(万元)"),
        Row("成本指标", "经济成本指标", "单个街道扩容成本", "≤18.00(万元)"),
        Row("产出指标", "数量指标", "专网扩容街道数", "=4.00(个)"),
        Row("产出指标", "数量指标", "桌面推演次数", "≥2.00(次)"),
        Row("产出指标", "质量指标", "5G链路可用率99.9%达标率", "=100.00(%)"),
        Row("产出指标", "质量指标", "设备验收合格率", "=100.00(%)"),
        Row("产出指标", "时效指标", "故障处置及时率", "≥98.00(%)"),
        Row("产出指标", "时效指标", "汛前检修完成时间", "2026年5月底前"),
        Row("效益指标", "社会效益指标", "汛期通信中断事故数", "=0.00(起)"),
        Row("效益指标", "社会效益指标", "提升街道应急响应能力", "显著提升"),
        Row("效益指标", "可持续影响指标", "运维管理制度健全性", "健全"),
        Row("满意度指标", "服务对象满意度指标", "街道使用人员满意度", "≥90.00(%)"),
    ),
)

BEFORE_2021 = InventedForm(
    "财政项目支出绩效目标申报表",
    "(2023年度)",
    (
        ("项目名称", "奉贤区公园绿地养护", "项目类别", "经常性项目"),
        ("主管部门", "上海市奉贤区绿化和市容管理局(汇总)", "实施单位", "上海市奉贤区绿化管理所"),
        ("计划开始日期", "2023-01-01", "计划完成日期", "2023-12-31"),
        ("项目资金(元)", "项目资金总额", "862,000", "年度资金申请总额", "862,000"),
        ("", "其中:财政资金", "862,000", "其中:当年财政拨款", "862,000"),
        ("", "", "", "上年结转资金", ""),
        ("", "其他资金", "", "其他资金", ""),
        ("项目绩效目标", "项目总目标", "", "年度总目标", ""),
        ("", "(2023年-2023年)", "", "", ""),
        ("", "保持公园绿地整洁优美。", "", "全年养护公园绿地38.6公顷,更换花卉12万盆。", ""),
    ),
    ("绩效指标", "一级指标", "二级指标", "三级指标", "指标目标值"),
    (
        Row("产出指标", "数量指标", "养护绿地面积", ">=38.6公顷"),
        Row("产出指标", "数量指标", "更换花卉数量", "12万盆"),
        Row("产出指标", "质量指标", "苗木成活率", ">=95%"),
        Row("产出指标", "质量指标", "养护考核合格率", "=100%"),
        Row("产出指标", "时效指标", "病虫害处置及时率", "=100%"),
        Row("产出指标", "成本指标", "养护成本控制数", "控制在预算范围内"),
        Row("效益指标", "社会效益指标", "公园开放天数", "=365天"),
        Row("效益指标", "社会效益指标", "改善市民休闲环境", "有所改善"),
        Row("效益指标", "生态效益指标", "枯枝落叶资源利用率", ">=80%"),
        Row("效益指标", "可持续影响指标", "长效管理机制完备性", "完备"),
        Row("效益指标", "可持续影响指标", "养护队伍稳定性", "稳定"),
        Row("满意度指标", "服务对象满意度指标", "游客满意度", ">=85%"),
    ),
)

SELF_EVALUATION = InventedForm(
    "财政项目支出绩效自评表",
    "（2024年度）",
    (
        ("项目名称", "青浦区中小河道水质监测(2024)"),
        ("主管部门", "上海市青浦区水务局(汇总)", "实施单位", "上海市青浦区水文勘测队"),
        ("项目资金（万元）",),
        ("年初预算数", "全年预算数", "全年执行数", "分数", "执行率(%)", "得分"),
        ("年度资金总额：", "66.40", "60.20", "59.98", "10.00", "99.63", "9.96"),
        ("其中：当年财政拨款", "66.40", "60.20", "59.98", "-", "99.63", "-"),
        ("上年结转资金", "0.00", "0.00", "0.00", "-", "0.00", "-"),
        ("其他资金", "0.00", "0.00", "0.00", "-", "0.00", "-"),
        ("年度总体目标",),
        ("预期目标", "实际完成情况"),
        ("完成全区210条中小河道每月一次的水质监测", "共监测河道214条，出具月报12期"),
    ),
    (
        "一级指标",
        "二级指标",
        "三级指标",
        "年度指标值",
        "实际完成值",
        "分值",
        "得分",
        "偏差原因分析及改进措施",
    ),
    (
        Row("成本指标", "经济成本指标", "单条河道监测成本", "≤2800.00(元)", "2795.00(元)", "10.00", "10.00"),
        Row("产出指标", "数量指标", "监测河道条数", "≥210.00(条)", "214.00(条)", "10.00", "10.00"),
        Row(
            "产出指标",
            "数量指标",
            "出具pH值、COD等5项指标月报数",
            "=12.00(期)",
            "12.00(期)",
            "10.00",
            "10.00",
        ),
        Row(
            "产出指标", "质量指标", "检测数据准确率", "≥99.00(%)", "97.50(%)", "10.00", "9.85", "更换试剂批次"
        ),
        Row("产出指标", "时效指标", "月报报送及时性", "及时", "达成指标", "10.00", "10.00"),
        Row("效益指标", "社会效益指标", "河道黑臭投诉件数", "≤5.00(件)", "3.00(件)", "10.00", "10.00"),
        Row("效益指标", "社会效益指标", "水质预警能力", "持续增强", "达成指标", "10.00", "10.00"),
        Row("效益指标", "可持续影响指标", "监测档案管理完备性", "完备", "达成指标", "10.00", "10.00"),
        Row("满意度指标", "服务对象满意度指标", "沿河居民满意度", "≥85.00(%)", "88.20(%)", "10.00", "10.00"),
    ),
    (("总分", "100.00", "99.81"), ("评分等级", "优")),
)

TARGET_2020 = InventedForm(
    "财政项目支出绩效目标表",
    "（2020年度）",
    (
        ("申报单位名称：上海市气象信息中心",),
        ("项目名称：",),
        ("气象观测站网设备更新",),
        ("(一期)",),
        ("项目类别：", "其他一次性项目"),
        ("计划开始日期：", "2020-02-01", "计划完成日期：", "2020-10-31"),
        ("是否含有政府购买服务：", "否", "绩效类型：", "事业/专业类"),
        ("项目概况：",),
        ("对全市26个区域自动气象站的传感器进行更新，其他站点维持现",),
        ("状，年内完成安装与比对。",),
        ("总目标及阶段性目标：",),
        ("完成26个站点更新，数据可用率不低于98%。",),
        ("项目总预算（元）：", "4,310,000", "项目当年预算（元）：", "4,310,000"),
        ("同名项目上年预算额（元）：", "同名项目上年预算执行数（元）："),
        ("2020年绩效目标",),
    ),
    ("一级目标", "二级目标", "三级目标", "指标目标值"),
    (
        Row("投入与管理", "投入管理", "预算执行率", ">=95%"),
        Row("投入与管理", "财务管理", "资金使用规范性", "规范"),
        Row("投入与管理", "实施管理", "合同管理完备性", "完备"),
        Row("投入与管理", "实施管理", "政府采购规范性", "合规"),
        Row("产出目标", "数量", "更新自动站数量", "=26个"),
        Row("产出目标", "质量", "设备验收合格率", "=100%"),
        Row("产出目标", "时效", "安装调试完成及时性", "及时"),
        Row("效果目标", "社会效益", "预报服务准确性提升", "有所提升"),
        Row("效果目标", "满意度", "数据用户满意度", ">=90%"),
        Row("影响力目标", "长效管理", "巡检维护机制健全性", "健全"),
        Row("影响力目标", "信息共享", "共享数据部门数", ">=3个"),
    ),
)


Writer = Callable[[InventedForm], str]
"""Writes a form as text."""

Cells = list[list[str]]
"""The indicator table of a form as cells: the block's label, level 1, level 2, name, value."""


def table_of(form: InventedForm) -> Cells:
    """Return the indicator table as a converter writes it: a merged label stands in the first of its rows."""
    cells: Cells = []
    before = ("", "")
    for row in form.rows:
        level1 = row.level1 if row.level1 != before[0] else ""
        level2 = row.level2 if (row.level1, row.level2) != before else ""
        results = [row.actual, row.weight, row.score, row.remark] if row.actual else []
        cells.append(["", level1, level2, row.name, row.target, *results])
        before = (row.level1, row.level2)
    return cells


def with_tabs(form: InventedForm, table: Cells | None = None) -> str:
    """Write a form with tabs between its cells; an empty row of the table is a page break."""
    headings = form.headings if form.headings[0].startswith("绩效") else ("", *form.headings)
    table = table_of(form) if table is None else table
    lines = [[form.title], [form.year], *form.head, headings, *table, *form.closing]
    width = max(len(line) for line in lines)
    return "\n".join("\t".join(line) + "\t" * (width - len(line)) if line else "" for line in lines) + "\n"


def slid_left(table: Cells, name: str) -> Cells:
    """Let a row slide one column to the left."""
    return [[*row[1:], ""] if name in row else row for row in table]


def slid_right(table: Cells, name: str) -> Cells:
    """Let a row slide one column to the right."""
    return [["", *row] if name in row else row for row in table]


def first_column(table: Cells, name: str) -> Cells:
    """Let a name slide into the first column, its value staying where it was."""
    return [[name, "", "", "", row[4]] if name in row and not any(row[:3]) else row for row in table]


def in_the_middle(table: Cells, label: str) -> Cells:
    """Print a label in the second of its rows."""
    result = [list(row) for row in table]
    at = next(index for index, row in enumerate(table) if label in row)
    column = table[at].index(label)
    result[at][column], result[at + 1][column] = "", label
    return result


def one_row_too_high(table: Cells, label: str) -> Cells:
    """Print a label beside the row above its first one."""
    result = [list(row) for row in table]
    at = next(index for index, row in enumerate(table) if label in row)
    column = table[at].index(label)
    result[at][column], result[at - 1][column] = "", label
    return result


def without(table: Cells, text: str) -> Cells:
    """Lose a label or a value."""
    return [["" if cell == text else cell for cell in row] for row in table]


def value_lost(table: Cells, name: str) -> Cells:
    """Lose the value of a row: its name slides into the value's column, its label into the name's."""
    return [["", *row[:4]] if name in row else row for row in table]


def page_break(table: Cells, name: str) -> Cells:
    """Set a blank line above a row; a label that stands there is printed below the break."""
    at = next(index for index, row in enumerate(table) if name in row)
    return [*table[:at], [], *table[at:]]


def torn(table: Cells, name: str) -> Cells:
    """Tear a row from its value at a page break."""
    at = next(index for index, row in enumerate(table) if name in row)
    row = table[at]
    return [*table[:at], [], [*row[:4], ""], [], ["", "", "", "", row[4]], *table[at + 1 :]]


def doubled_labels(table: Cells) -> Cells:
    """Print level 2 in every row, twice where it begins."""
    result: Cells = []
    label = ""
    for row in table:
        label = row[2] or label
        result.append([*row[:2], label, *([label] if row[2] else []), *row[3:]])
    return result


def in_lines(form: InventedForm, label_width: int = 2, value_width: int = 6, blank: bool = True) -> str:
    """Write a form line by line.

    Labels of merged cells and long values broken, blank lines between the pieces.
    """
    lines = [form.title, "", form.year, ""]
    for cells in form.head:
        lines += [" ".join(cell for cell in cells if cell), ""]
    for heading in form.headings[:2]:
        lines += _broken(heading, label_width, blank)
    lines += [" ".join(form.headings[2:]), ""]
    before = ("", "")
    for row in form.rows:
        if row.level1 != before[0]:
            lines += _broken(row.level1, label_width, blank)
        if (row.level1, row.level2) != before:
            lines += _broken(row.level2, label_width, blank)
        lines += _row(row, value_width, blank)
        before = (row.level1, row.level2)
    for cells in form.closing:
        lines += [" ".join(cells), ""]
    return "\n".join(lines) + "\n"


def _row(row: Row, value_width: int, blank: bool) -> Iterator[str]:
    """Yield the lines of a row: one, or several where its value is too wide for the column."""
    results = [cell for cell in (row.actual, row.weight, row.score, row.remark) if cell]
    if len(row.target) <= value_width or any(character.isdigit() for character in row.target):
        yield " ".join([row.name, row.target, *results])
        yield ""
        return
    yield row.name
    yield row.target[:value_width]
    if blank:
        yield ""
    yield " ".join([row.target[value_width:], *results]) if not results else row.target[value_width:]
    if results:
        yield " ".join(results)
    yield ""


def _broken(label: str, width: int, blank: bool) -> Sequence[str]:
    """Return a label broken over lines of a width, with blank lines between them."""
    parts = [label[start : start + width] for start in range(0, len(label), width)]
    return [line for part in parts for line in ((part, "") if blank else (part,))]
