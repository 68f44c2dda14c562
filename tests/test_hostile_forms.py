"""Well-formed grids and texts that hold anything anywhere: forms, rules and report take them without a crash."""

from __future__ import annotations

import json
import time
from itertools import product
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from perflint.config import Settings
from perflint.document import Block, Cell, Confidence, Document, Line, LinePlace, PagePlace, Passage, Table
from perflint.engine.documents import document_json
from perflint.engine.reading import Reading
from perflint.forms import recognise
from perflint.limits import Limits
from perflint.readers.text import read
from perflint.rules.ruleset import ruleset_of

RULES = ruleset_of(Settings(root=Path())).active
TITLES = ["财政项目支出绩效目标申报表", "项目支出绩效自评表", "项目绩效目标表（2025年度）", "绩效运行监控表"]
HEADS = [
    "一级指标",
    "二级指标",
    "三级指标",
    "指标值",
    "年度指标值",
    "实际完成值",
    "分值",
    "得分",
    "偏差原因分析",
    "备注",
]
LABELS = [
    "项目名称", "主管部门", "年度资金总额", "全年预算数", "全年执行数", "执行率", "总分", "年度总体目标", "其中：财政拨款",
    "产出指标", "效益指标", "满意度指标", "成本指标", "数量指标", "质量指标", "时效指标", "经济成本指标", "社会效益指标",
]  # fmt: skip
VALUES = [
    "≥95.00(%)", "=0(%)", "≤13.10(万元)", "100", "0", "-1", "1e9", "优", "及时", "≥", "/", "无", "2024-02-30", "99.5%", "√",
    "20.00 万元", "(", "≥≥5", "一二三", "∞", "1/0", "0.00元", "100000000000000000000",
]  # fmt: skip
texts = st.one_of(
    st.sampled_from(HEADS),
    st.sampled_from(LABELS),
    st.sampled_from(VALUES),
    st.just(""),
    st.text(max_size=12),
)
confidences = st.sampled_from(Confidence)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """Draw a grid with merged cells; one row in most has the heads of an indicator table."""
    rows, columns = draw(st.integers(1, 9)), draw(st.integers(1, 8))
    head = draw(st.integers(0, rows))
    free = set(product(range(rows), range(columns)))
    cells = []
    for row, column in sorted(free):
        if (row, column) not in free:
            continue
        height, width = draw(st.sampled_from([(1, 1), (1, 1), (1, 1), (2, 1), (1, 2), (3, 2)]))
        area = set(product(range(row, row + height), range(column, column + width)))
        if not area <= free:
            area, height, width = {(row, column)}, 1, 1
        free -= area
        text = HEADS[column] if row == head else draw(texts)
        place = PagePlace(1, (column * 50.0, row * 20.0, (column + width) * 50.0, (row + height) * 20.0))
        cells.append(Cell(row, column, height, width, Passage(text, place, draw(confidences), text)))
    return Table(tuple(cells), rows, columns, PagePlace(1, (0.0, 0.0, columns * 50.0, rows * 20.0)))


lines = st.builds(
    lambda text: Line(Passage(text, LinePlace(1, 1, 1, 1 + len(text)), Confidence.EXACT, text)),
    st.one_of(st.sampled_from(TITLES), texts),
)


def judged(document: Document) -> None:
    """Take a document the whole way to its report, and look for rules that crashed."""
    recognition = recognise(document)
    reading = Reading(document.format, 1, recognition.forms, recognition.problems)
    report = document_json(reading, "", RULES, "zh")
    assert [finding for finding in report["findings"] if finding["code"] == "E906"] == []
    assert json.loads(json.dumps(report)) == report


@settings(max_examples=60)
@given(st.sampled_from(TITLES), st.lists(st.one_of(tables(), lines), max_size=4))
def test_grids_of_anything(title: str, blocks: list[Block]) -> None:
    heading = Line(Passage(title, LinePlace(1, 1, 1, 9), Confidence.EXACT, title))
    judged(Document("docx", (heading, *blocks)))


@settings(max_examples=60)
@given(st.sampled_from(TITLES), st.lists(st.lists(texts, max_size=6), max_size=25), st.sampled_from(" \t\n"))
def test_texts_of_anything(title: str, rows: list[list[str]], separator: str) -> None:
    text = "\n".join([title, " ".join(HEADS[:5]), *(separator.join(row) for row in rows)])
    judged(read(text.encode("utf-8", "replace"), Limits()))


def test_a_text_of_five_thousand_rows_is_read_in_time() -> None:
    """Every row names both its levels; each label was once held against each row, for minutes."""
    rows = "产出指标 数量指标 购置数量 ≥2台\n" * 5_000
    text = f"项目支出绩效目标申报表\n项目名称 甲\n一级指标 二级指标 三级指标 指标值\n{rows}"
    started = time.process_time()
    (form,) = recognise(read(text.encode(), Limits())).forms
    assert len(form.indicators) == 5_000
    assert time.process_time() - started < 30


def test_a_text_of_four_million_characters_on_one_line_is_read_in_time() -> None:
    """Each of its words once copied the whole line."""
    text = (" " * 100 + "甲") * 40_000
    started = time.process_time()
    assert recognise(read(text.encode(), Limits())).forms == ()
    assert time.process_time() - started < 20
