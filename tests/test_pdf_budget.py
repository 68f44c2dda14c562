"""A budget of sixty pages: prose, lists and tables of money, and a few forms deep inside."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pikepdf
import pytest

import perflint
from benchmarks.scoring import score
from fixtures.make.invent import invent
from fixtures.make.layouts import LAYOUTS
from fixtures.make.printers import print_with_reportlab
from tests.pdf_sketch import Cell, ruled, text, written

CONTENTS = [
    "目    录",
    "第一部分 部门概况........................................1",
    "第五部分 财政项目支出绩效目标申报表........................41",
    "项目支出绩效自评表........................................46",
]
PROSE = [
    "三、项目绩效目标情况说明",
    "2026年，本部门编报绩效目标的项目共12个，涉及财政拨款1,310.00万元。",
    "数量指标、质量指标、时效指标均按要求设定，绩效目标申报表见第五部分。",
    "满意度指标：服务对象满意度≥90%。",
]
MONEY = [
    ["项目", "年初预算数", "全年执行数", "备注"],
    ["一、一般公共预算", "131.00", "120.50", ""],
    ["二、政府性基金", "0.00", "0.00", "无"],
    ["项目支出", "88.00", "80.00", "见绩效目标表"],
]
FIRST = 41
"""The page on which the first form stands."""


def lines(contents: list[str]) -> list[str]:
    return [text(70, 80 + 24 * number, line, 11) for number, line in enumerate(contents)]


def table(rows: list[list[str]]) -> list[str]:
    cells: list[Cell] = [
        (row, column, 1, 1, content)
        for row, contents in enumerate(rows)
        for column, content in enumerate(contents)
    ]
    title = text(200, 70, "2026年部门收支预算总表", 14)
    return [
        title,
        *ruled(cells, (60, 200, 310, 420, 530), tuple(100 + 24 * row for row in range(len(rows) + 1))),
    ]


@pytest.fixture(scope="module")
def label() -> dict[str, Any]:
    return invent("declaration-2026", 5, seed=11)


@pytest.fixture(scope="module")
def budget(label: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the budget with the forms of the label in it, all of it of one file's making."""
    folder = tmp_path_factory.mktemp("budget")
    print_with_reportlab([LAYOUTS["declaration-2026"](form) for form in label["forms"]], folder / "forms.pdf")
    around = [lines(CONTENTS), *([lines(PROSE), table(MONEY)] * 28)]
    (folder / "around.pdf").write_bytes(written(around))
    path = folder / "budget.pdf"
    with pikepdf.open(folder / "around.pdf") as whole, pikepdf.open(folder / "forms.pdf") as forms:
        for number, page in enumerate(forms.pages):
            whole.pages.insert(FIRST - 1 + number, page)
        whole.save(path)
    return path


def test_forms_deep_inside_a_budget_are_read_and_nothing_else(budget: Path, label: dict[str, Any]) -> None:
    (document,) = perflint.check([budget])["documents"]
    figures = score(label, document)
    assert figures.differences == []
    assert [form["place"]["page"] for form in document["forms"]] == [41, 41, 42, 43, 44]
    assert not [finding for finding in document["findings"] if finding["code"].startswith("E9")]


def test_a_budget_without_forms_holds_none(budget: Path) -> None:
    (document,) = perflint.check([budget.with_name("around.pdf")])["documents"]
    assert (document["status"], document["forms"]) == ("no-form", [])
