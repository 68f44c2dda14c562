"""Small forms of our own, written as web pages, for tests of what happens around reading and judging."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path

Row = tuple[str, str, str, str]
"""Level 1, level 2, name, target."""

SOUND: tuple[Row, ...] = (
    ("成本指标", "经济成本指标", "设备购置成本", "≤10.00(万元)"),
    ("产出指标", "数量指标", "购置设备数量", "=2.00(台)"),
    ("产出指标", "质量指标", "设备验收合格率", "=100.00(%)"),
    ("产出指标", "时效指标", "设备交付及时率", "=100.00(%)"),
    ("效益指标", "社会效益指标", "设备使用率", "≥90.00(%)"),
    ("满意度指标", "服务对象满意度指标", "使用人员满意度", "≥90.00(%)"),
)
"""Indicators in which no rule finds an error."""
COUNT_IN_PERCENT: Row = ("产出指标", "质量指标", "重大差错次数", "=0(%)")
"""One error: U301."""


def form(project: str, rows: Sequence[Row] = SOUND, year: int = 2026) -> str:
    """Return one declaration as HTML, amounts in 元."""
    cells = [
        [("项目名称", project), ("项目性质", "一次性项目")],
        [("主管部门", "甲区卫生健康委员会"), ("实施单位", "甲区疾病预防控制中心")],
        [("计划开始日期", f"{year}-01-01"), ("计划完成日期", f"{year}-12-31")],
        [("项目资金总额", "100,000.00"), ("年度资金申请总额", "100,000.00")],
        [("其中：财政资金", "100,000.00"), ("其中：当年财政拨款", "100,000.00")],
        [("项目总目标", ""), ("年度总体目标", "购置检测设备2台，验收合格后投入使用，提高检测能力。")],
    ]
    head = "".join(
        "<tr>"
        + "".join(f"<td>{escape(label)}</td><td>{escape(value)}</td>" for label, value in pair)
        + "</tr>"
        for pair in cells
    )
    columns = "".join(f"<td>{name}</td>" for name in ("一级指标", "二级指标", "三级指标", "年度指标值"))
    body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    title = f"<p>财政项目支出绩效目标申报表</p><p>（{year}年度）</p>"
    return f"{title}<table border=1>{head}<tr>{columns}</tr>{body}</table>"


def page(*forms: str) -> str:
    """Return forms as a web page."""
    return f'<!doctype html><html><head><meta charset="utf-8"></head><body>{"".join(forms)}</body></html>'


def write(path: Path, *forms: str) -> Path:
    """Write forms into a file and return its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(page(*forms), "utf-8")
    return path
