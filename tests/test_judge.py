"""Judging: which rules speak, which abstain, yield or fail, and what they say."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from perflint.document import Problem
from perflint.judge import (
    Judgement,
    general_suggestion,
    judge_form,
    judge_run,
    message,
    problem_message,
    problem_suggestion,
    suggestion,
)
from perflint.model import Form, FormKind, Part, Weakness
from perflint.report.findings import weak_form
from perflint.rules import Rule, load_rules
from perflint.rules.examples import build_form

RULES = {rule.code: rule for rule in load_rules()}


def form(kind: FormKind = FormKind.DECLARATION, **described: Any) -> Form:
    return build_form(described, kind)


def codes(judgement: Judgement) -> list[tuple[str, int | None]]:
    return [(verdict.rule.code, verdict.hit.spot.indicator) for verdict in judgement.verdicts]


def test_a_rule_speaks_only_on_its_kinds_of_forms() -> None:
    rows = [{"level2": "数量指标", "name": "培训人数", "target": "≥10(人)"}]
    missing = RULES["S101"]
    assert codes(judge_form(form(rows=rows), [missing])) == [("S101", None)]
    assert codes(judge_form(form(FormKind.TARGET, rows=rows), [missing])) == []


def test_weak_part_makes_a_rule_abstain() -> None:
    weak = Weakness(Part.FUNDING, {"zh": "…"})
    described = form(
        funding={
            "unit": "元",
            "年度资金申请总额": "2",
            "当年财政拨款": "1",
            "上年结转资金": "0",
            "annual_other": "0",
        }
    )
    assert codes(judge_form(described, [RULES["B701"]])) == [("B701", None)]
    judgement = judge_form(replace(described, weaknesses=(weak,)), [RULES["B701"]])
    assert [(abstention.rule.code, abstention.part) for abstention in judgement.abstentions] == [
        ("B701", Part.FUNDING)
    ]
    assert judgement.verdicts == ()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_general_suggestion_of_a_rule_needs_no_form(language: str) -> None:
    told = [general_suggestion(rule, language) for rule in RULES.values()]
    assert not [text for text in told if re.search(r"\{[{%]", text)]
    assert general_suggestion(RULES["D206"], "zh") == "按本项目的内容重写；若是贴错了项目，换回本项目的目标"
    varied = replace(RULES["D206"], suggestion={"zh": "写{% if fits %}{{ fits }}{% else %}数量{% endif %}"})
    assert general_suggestion(varied, language) == "写数量"


def test_a_weak_part_is_told_with_the_reason_and_the_rules_that_kept_silent() -> None:
    reasons = {"zh": "资金表的单元格边界是推断的", "en": "borders were guessed"}
    weak = replace(form(funding={"unit": "元"}), weaknesses=(Weakness(Part.FUNDING, reasons),))
    problem = weak_form(weak, judge_form(weak, [RULES["B701"], RULES["D201"]]), "zh")
    assert (
        problem_message(RULES["E904"], problem, "zh")
        == "请核对读取结果：资金表的单元格边界是推断的（因此未作判断的规则：B701）"
    )
    nothing_lost = weak_form(weak, judge_form(weak, [RULES["D201"]]), "en")
    assert (
        problem_message(RULES["E904"], nothing_lost, "en")
        == "compare with the original: borders were guessed"
    )


def test_check_abstains_where_a_guessed_level_matters() -> None:
    judgement = judge_form(
        form(
            rows=[
                {"level2": "数量指标", "name": "采购数量", "target": "=20(台)"},
                {"level2": "数量指标", "name": "采购成本", "target": "≤50(万元)", "unsure": True},
            ]
        ),
        [RULES["S101"]],
    )
    assert [(abstention.rule.code, abstention.part) for abstention in judgement.abstentions] == [
        ("S101", Part.LEVELS)
    ]


def test_general_rule_yields_to_the_particular_one() -> None:
    described = form(
        rows=[
            {"name": "完成及时率", "target": "=100(%)"},
            {"name": "完成及时率", "target": "=100(%)"},
            {"name": "项目完成及时性", "target": "及时"},
        ]
    )
    assert codes(judge_form(described, [RULES["D201"], RULES["D203"]])) == [("D201", 2), ("D203", 3)]


def test_finding_on_the_form_yields_where_every_row_has_its_own() -> None:
    in_words = {"level2": "经济成本指标", "name": "项目成本", "target": "控制在预算范围内"}
    by_rate = {"level2": "经济成本指标", "name": "成本节约率", "target": "≥5(%)"}
    rules = [RULES["B704"], RULES["Q402"]]
    assert codes(judge_form(form(rows=[in_words]), rules)) == [("Q402", 1)]
    assert codes(judge_form(form(rows=[in_words, by_rate]), rules)) == [("B704", None), ("Q402", 1)]
    assert codes(judge_form(form(rows=[in_words]), rules[:1])) == [("B704", None)]


def test_failing_check_is_reported_and_the_others_go_on() -> None:
    broken = replace(RULES["D205"], params={})
    judgement = judge_form(form(rows=[{"name": "成本成本", "target": "=100(%)"}]), [broken, RULES["D205"]])
    assert codes(judgement) == [("D205", 1)]
    [crash] = judgement.crashes
    assert crash.values == {"rule": "D205", "error": "KeyError: 'words'"}
    assert (
        problem_message(RULES["E906"], crash, "en")
        == "rule D205 failed on this form and says nothing of it: KeyError: 'words'"
    )


def test_run_rules_speak_of_positions_among_all_forms() -> None:
    goal = {"年度总体目标": "改造提升辖区内口袋公园环境，为居民提供休闲场所。"}
    forms = [
        form(project_name="别的", goals={}),
        form(project_name="公园", goals=goal),
        form(project_name="绿道", goals=goal),
    ]
    [verdict] = judge_run(forms, [RULES["D206"]]).verdicts
    assert (verdict.hit.spot.form, verdict.hit.related[0].form) == (2, 1)
    assert message(verdict.rule, verdict.hit, forms[2], "zh") == "这段目标与“公园”的一字不差"


def test_a_goal_that_many_projects_share_is_told_with_a_few_of_their_names() -> None:
    goal = {"年度总体目标": "改造提升辖区内口袋公园环境，为居民提供休闲场所。"}
    forms = [form(project_name=name, goals=goal) for name in ("公园", "绿道", "广场", "河岸", "街角", "校园")]
    [verdict] = judge_run(forms, [RULES["D206"]]).verdicts
    assert len(verdict.hit.related) == 5
    told = [message(verdict.rule, verdict.hit, forms[1], language) for language in ("zh", "en")]
    assert told == [
        "这段目标与“公园、广场、河岸”等 5 个项目的一字不差",
        "this goal stands word for word in 公园、广场、河岸 and 2 other projects, too",
    ]


def test_run_rules_are_not_shown_forms_that_are_weak_where_it_matters() -> None:
    goal = {"年度总体目标": "改造提升辖区内口袋公园环境，为居民提供休闲场所。"}
    weak = replace(form(project_name="公园", goals=goal), weaknesses=(Weakness(Part.GOALS, {"zh": "…"}),))
    assert judge_run([weak, form(project_name="绿道", goals=goal)], [RULES["D206"]]).verdicts == ()


def test_params_follow_the_forms_template() -> None:
    rule = replace(
        RULES["R905"],
        by_template={"example": {"grades": [{"names": ["优"], "least": 95}, {"names": ["良"], "least": 0}]}},
    )
    described = form(FormKind.SELF_EVALUATION, total_score="92", grade="优")
    [verdict] = judge_form(described, [rule]).verdicts
    assert verdict.hit.values["right"] == "良"
    assert judge_form(replace(described, template="other"), [rule]).verdicts == ()


def test_texts_in_both_languages_and_a_suggestion_to_paste() -> None:
    described = form(rows=[{"name": "采购成本成本", "target": "≤5(万元)"}])
    [verdict] = judge_form(described, [RULES["D205"]]).verdicts
    assert message(verdict.rule, verdict.hit, described, "zh") == "“采购成本成本”中“成本成本”重复"
    assert (
        message(verdict.rule, verdict.hit, described, "en")
        == 'a word is doubled in "采购成本成本": "成本成本"'
    )
    assert suggestion(verdict.rule, verdict.hit, described, "zh") == "采购成本"


def test_rule_in_one_language_speaks_it_in_every_language() -> None:
    rule: Rule = replace(RULES["D205"], message={"zh": "重复：{{ doubled }}"})
    described = form(rows=[{"name": "采购成本成本", "target": "≤5(万元)"}])
    [verdict] = judge_form(described, [rule]).verdicts
    assert message(verdict.rule, verdict.hit, described, "en") == "重复：成本成本"


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"reason": "文件是空的", "remedy": "重新导出"}, ("文件无法读取：文件是空的", "重新导出")),
        (
            {"reason": "文件是空的"},
            ("文件无法读取：文件是空的", "用原程序打开并重新保存，或重新下载后再检查"),
        ),
    ],
)
def test_problems_of_readers_are_told_by_their_rule(
    values: dict[str, str], expected: tuple[str, str]
) -> None:
    problem = Problem("E901", values)
    assert (
        problem_message(RULES["E901"], problem, "zh"),
        problem_suggestion(RULES["E901"], problem, "zh"),
    ) == expected
