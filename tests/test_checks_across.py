"""Pairs of forms: by unit, project name, kind and year."""

from __future__ import annotations

from typing import Any

import pytest

from perflint.checks.pairing import pairs, project_key
from perflint.judge import judge_run
from perflint.model import Form, FormKind
from perflint.rules import load_rules
from perflint.rules.examples import build_form

RULES = {rule.code: rule for rule in load_rules()}
D, E = FormKind.DECLARATION, FormKind.SELF_EVALUATION


def form(kind: FormKind, name: str, year: int = 2026, unit: str = "", **described: Any) -> Form:
    return build_form({"project_name": name, "year": year, "header": {"实施单位": unit}, **described}, kind)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("社区养老(2025年)", "社区养老（2026年度）", True),
        ("社区养老（跨年）", "社区养老", True),
        ("2025年社区养老", "社区养老", True),
        ("检验互认系统(2024运维)", "检验互认系统（2025运维）", True),
        ("智慧社区 一期", "智慧社区·一期", True),
        ("智慧社区一期", "智慧社区二期", False),
        ("道路养护", "绿化养护", False),
    ],
)
def test_names_of_one_project(one: str, other: str, same: bool) -> None:
    assert (project_key(form(D, one)) == project_key(form(D, other))) is same


def test_pairs_need_kind_year_and_unit() -> None:
    forms = [
        form(D, "社区养老", unit="民政局"),
        form(E, "社区养老（跨年）", unit="民政局（汇总）"),
        form(E, "社区养老", year=2025, unit="民政局"),
        form(E, "社区养老", unit="卫健委"),
    ]
    assert list(pairs(forms, D, E, 0)) == [(0, 1)]
    assert list(pairs(forms, E, D, 1)) == [(2, 0)]


def test_several_candidates_are_told_apart_by_the_whole_name_or_left_alone() -> None:
    evaluated = form(E, "校舍维修(2026年)")
    assert list(pairs([form(D, "校舍维修(2026年)"), form(D, "校舍维修（跨年）"), evaluated], D, E, 0)) == [
        (0, 2)
    ]
    assert list(pairs([form(D, "校舍维修"), form(D, "校舍维修（跨年）"), evaluated], D, E, 0)) == []


def test_changed_target_points_at_both_forms_and_gives_the_approved_one() -> None:
    forms = [
        form(E, "签约服务", rows=[{"name": "签约率", "target": "≥35(%)", "actual": "36(%)"}]),
        form(
            D, "签约服务", rows=[{"name": "人数", "target": "≥5(人)"}, {"name": "签约率", "target": "≥40(%)"}]
        ),
    ]
    [verdict] = judge_run(forms, [RULES["C805"]]).verdicts
    assert (verdict.hit.spot.form, verdict.hit.spot.indicator, verdict.hit.spot.field) == (0, 1, "target")
    assert [(spot.form, spot.indicator) for spot in verdict.hit.related] == [(1, 2)]
    assert verdict.hit.suggestion == "≥40(%)"


def test_copied_tables_are_reported_once() -> None:
    rows = [{"name": name, "target": "=100(%)"} for name in ("完成率", "合格率", "及时率")]
    forms = [form(D, name, rows=rows) for name in ("道路养护", "绿化养护", "桥梁养护", "绿化养护(2025年)")]
    [verdict] = judge_run(forms, [RULES["D204"]]).verdicts
    assert verdict.hit.values["others"] == "道路养护、桥梁养护"
    assert (verdict.hit.spot.form, [spot.form for spot in verdict.hit.related]) == (1, [0, 2])
