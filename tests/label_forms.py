"""Forms built straight from a label file, so that rules can be tried without any reading."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from perflint.document import Confidence, LinePlace, Passage
from perflint.model import Entry, Form, FormKind, Funding, FundingRow, Indicator, Level
from perflint.targets import parse_target
from perflint.words import words

NOWHERE = LinePlace(1, 1, 1, 1)
KINDS = {"申报表": FormKind.DECLARATION, "目标表": FormKind.TARGET, "自评表": FormKind.SELF_EVALUATION}
TITLES = {
    "申报表": "财政项目支出绩效目标申报表",
    "目标表": "财政项目支出绩效目标表",
    "自评表": "财政项目支出绩效自评表",
}
FUNDING_ROLES = {
    "项目资金总额": "total",
    "财政资金": "total_fiscal",
    "其他资金_总额栏": "total_other",
    "项目总预算": "total",
    "年度资金申请总额": "annual_total",
    "年度资金总额": "annual_total",
    "项目当年预算": "annual_total",
    "当年财政拨款": "annual_fiscal",
    "上年结转资金": "carry_over",
    "其他资金": "annual_other",
    "同名项目上年预算额": "last_year_budget",
    "同名项目上年预算执行数": "last_year_spent",
}
COLUMN_ROLES = {
    "年初预算数": "initial_budget",
    "全年预算数": "full_budget",
    "全年执行数": "spent",
    "分数": "weight",
    "执行率": "rate",
    "得分": "score",
}


def forms_of(label_file: Path) -> list[Form]:
    """Return the forms that a label file describes, as a perfect reading would give them."""
    return [form_of(form) for form in json.loads(label_file.read_text("utf-8"))["forms"]]


def form_of(label: dict[str, Any]) -> Form:
    """Return one labelled form as rules see it."""
    funding = label.get("funding") or {}
    rows = {key: value for key, value in funding.items() if isinstance(value, dict)}
    kinds_2 = {row["level2"] for row in label["indicators"]}
    layout = "before-2021" if "成本指标" in kinds_2 else "since-2021"
    return Form(
        index=label["index"],
        kind=KINDS[label["kind"]],
        template="labels",
        title=passage(TITLES[label["kind"]]),
        year=label["year"],
        project_name=passage(label["project_name"]),
        header=tuple(entry(key, value, "header") for key, value in label["header"].items()),
        funding=Funding(
            label["funding_unit"],
            tuple(
                Entry(key, FUNDING_ROLES.get(key), passage(value), NOWHERE)
                for key, value in funding.items()
                if key not in rows
            ),
            tuple(
                FundingRow(
                    key,
                    FUNDING_ROLES.get(key),
                    {
                        COLUMN_ROLES[name]: Entry(name, COLUMN_ROLES[name], passage(value), NOWHERE)
                        for name, value in columns.items()
                    },
                    NOWHERE,
                )
                for key, columns in rows.items()
            ),
        ),
        goals=tuple(entry(key, value, "goals") for key, value in label["goals"].items()),
        indicators=tuple(indicator_of(index, row) for index, row in enumerate(label["indicators"], 1)),
        total_score=passage(label["total_score"]),
        grade=passage(label["grade"]),
        place=NOWHERE,
        levels_layout="shanghai-2020" if label["kind"] == "目标表" else layout,
    )


def indicator_of(index: int, row: dict[str, Any]) -> Indicator:
    """Return one labelled row."""
    target, actual = row["target"], row["actual"]
    return Indicator(
        index=index,
        level1=level(row["level1"], "level1"),
        level2=level(row["level2"], "level2"),
        name=passage(row["name"]) or Passage("", NOWHERE, Confidence.EXACT),
        target=parse_target(target) if target else None,
        target_passage=passage(target),
        place=NOWHERE,
        confidence=Confidence.EXACT,
        actual=parse_target(actual) if actual else None,
        actual_passage=passage(actual),
        weight=passage(row["weight"]),
        score=passage(row["score"]),
        remark=passage(row["remark"]),
        value_lost=target is None,
    )


def passage(text: str | None) -> Passage | None:
    """Return a text as a passage, None for none."""
    return Passage(text, NOWHERE, Confidence.EXACT, text) if text is not None else None


def entry(label: str, value: str | None, block: str) -> Entry:
    """Return a header or goal entry with its role."""
    roles = words("fields")[block]
    role = next((role for role, names in roles.items() if label in names), None)
    return Entry(label, role, passage(value), NOWHERE)


def level(label: str | None, number: str) -> Level | None:
    """Return a level label with its kind."""
    if label is None:
        return None
    short = re.sub("(指标|目标)$", "", label)
    kind = next(
        (
            kind
            for kind, known in words("levels")[number].items()
            if any(short == re.sub("(指标|目标)$", "", name) for name in known["names"])
        ),
        None,
    )
    return Level(Passage(label, NOWHERE, Confidence.EXACT, label), kind)
