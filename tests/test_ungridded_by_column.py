"""Text written column by column, as plain pdftotext does where cells are tall: labels stand apart from their rows."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from perflint.model import Part
from tests import ungridded_text as text
from tests.test_ungridded_levels import read_form
from tests.test_ungridded_sections import recognise
from tests.ungridded_text import DECLARATION

# The labels by the middles of their cells, not in the order of the form.
LABELS = [
    "经济成本指标",
    "成本指标",
    "数量指标",
    "质量指标",
    "产出指标",
    "时效指标",
    "绩效指标",
    "社会效益指标",
    "效益指标",
    "可持续影响指标",
    "满意度指标",
    "服务对象满意度指标",
]
LEVELS = ["一级指标", "二级指标"]
COLUMNS = ["三级指标", "年度(/项目)指标值"]
CELLS = [cell for row in DECLARATION.rows for cell in (row.name, row.target)]


def by_column(table: Sequence[str]) -> str:
    head = text.in_lines(DECLARATION, label_width=10).partition("一级指标")[0]
    return head + "\n\n".join(table) + "\n"


@pytest.mark.parametrize(
    "table",
    [[*LEVELS, *LABELS, *COLUMNS, *CELLS], [*LEVELS, *COLUMNS, *CELLS, *LABELS]],
    ids=["labels between the headings", "labels below the rows"],
)
def test_levels_of_rows_apart_from_their_labels_are_told_by_their_names(table: Sequence[str]) -> None:
    form = read_form(by_column(table))
    told = [(row.level2.passage.text, row.name.text) for row in form.indicators if row.level2]
    # The name of the tenth row speaks for 社会效益指标 and for 可持续影响指标.
    assert told[:9] + told[10:] == [
        (row.level2, row.name) for row in DECLARATION.rows if "能力" not in row.name
    ]
    assert not any(row.level2.sure for row in form.indicators if row.level2)
    assert form.weak(Part.LEVELS)


def test_more_labels_than_rows_stand_under_are_refused() -> None:
    found = recognise(by_column([*LEVELS, *COLUMNS, *CELLS[:4], *LABELS]))
    assert found.forms == ()
    assert [(problem.code, problem.values["reason"]) for problem in found.problems] == [
        ("E902", "cells-out-of-order")
    ]


def test_form_without_a_head_is_told_beside_one_that_was_read() -> None:
    found = recognise(text.in_lines(DECLARATION) + by_column([*LABELS, *CELLS]))
    assert [form.index for form in found.forms] == [1]
    assert [(problem.code, problem.values["reason"]) for problem in found.problems] == [
        ("E902", "cells-out-of-order")
    ]
