"""A suggestion that can be pasted must mend its defect: pasted into its field, the rule finds it no more."""

from __future__ import annotations

import pytest

from perflint.checks.hit import Hit, Spot
from perflint.judge import judge_form, message
from perflint.model import Form, FormKind
from perflint.proposals import agreed_text, with_text
from perflint.rules import Rule, load_rules
from perflint.rules.examples import build_form, example_forms, judge_example
from tests.judged import row as described

RULES = load_rules()
BROUGHT_TO_LIGHT = {
    # The number that is asked for is there; whether it is the right one was asked before, too.
    "U303": {"Q411"},
    # 符合标准符合标准: what is left says as little as before.
    "D205": {"Q406"},
}
PASTED = [
    (rule, number, hit, forms[hit.spot.form])
    for rule in RULES
    if rule.scope != "file"
    for number, example in enumerate(rule.bad, 1)
    for forms in [example_forms(rule, example)]
    for hit in [verdict.hit for verdict in judge_example(rule, forms).verdicts]
    if hit.suggestion is not None
]


@pytest.mark.parametrize(
    ("rule", "hit", "form"),
    [
        pytest.param(rule, hit, form, id=f"{rule.code}-bad-{number}-{hit.spot.field}")
        for rule, number, hit, form in PASTED
    ],
)
def test_pasted_suggestion_mends_its_defect(rule: Rule, hit: Hit, form: Form) -> None:
    assert hit.suggestion is not None
    mended = with_text(form, hit.spot, hit.suggestion)
    assert mended != form
    if rule.scope == "form":
        assert codes_at(mended, hit.spot, (rule,)) == set()
    new = codes_at(mended, hit.spot, RULES) - codes_at(form, hit.spot, RULES)
    assert new <= BROUGHT_TO_LIGHT.get(rule.code, set())


@pytest.mark.parametrize(
    ("name", "target", "codes", "text"),
    [
        # An upper bound where a lower one is meant, and no measure word.
        ("培训人数", "<=15", {"Q411", "U303"}, "≥15(人)"),
        # Both see the same: nothing to agree on.
        ("安全事故发生数", "0", {"Q405", "U303"}, "=0(起)"),
    ],
)
def test_rules_that_find_something_in_one_value_propose_one_text(
    name: str, target: str, codes: set[str], text: str
) -> None:
    form = build_form({"rows": [described("数量指标", name, target)]}, FormKind.DECLARATION)
    proposed = {
        verdict.rule.code: verdict.hit.suggestion
        for verdict in judge_form(form, RULES).verdicts
        if verdict.hit.suggestion is not None
    }
    assert proposed == dict.fromkeys(codes, text)


def test_a_goal_with_markup_and_half_width_marks_gets_one_text_without_both() -> None:
    goal = "<p>1、完成平台测评,上报结果。</p><p>2、完成数据测试;提交报告。</p>"
    form = build_form({"goals": {"年度绩效目标": goal}}, FormKind.DECLARATION)
    verdicts = [verdict for verdict in judge_form(form, RULES).verdicts if verdict.hit.suggestion is not None]
    assert {verdict.rule.code for verdict in verdicts} == {"X001", "X004"}
    text = "1、完成平台测评，上报结果。 2、完成数据测试；提交报告。"
    assert {verdict.hit.suggestion for verdict in verdicts} == {text}


def test_what_two_rules_change_back_and_forth_is_left_to_each_of_them() -> None:
    form = build_form({"rows": [described("数量指标", "培训人数", "15")]}, FormKind.DECLARATION)
    spot = Spot(1, "target")
    rules = RULES[:2]
    wanted = {rules[0].code: "≥15", rules[1].code: "=15"}

    def judge(rule: Rule, form: Form) -> list[Hit]:
        (indicator,) = form.indicators
        assert indicator.target_passage is not None
        text = indicator.target_passage.text
        return [] if text == wanted[rule.code] else [Hit(spot, text, {}, wanted[rule.code])]

    assert agreed_text(form, spot, rules, judge) is None
    assert agreed_text(form, spot, rules[:1], judge) == "≥15"


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.scope == "form"], ids=lambda rule: rule.code)
def test_message_on_a_value_or_name_shows_it(rule: Rule) -> None:
    for example in rule.bad:
        (form,) = example_forms(rule, example)
        for verdict in judge_form(form, (rule,)).verdicts:
            hit = verdict.hit
            if hit.spot.field in ("name", "target") and hit.excerpt and rule.group != "text":
                assert hit.excerpt in message(rule, hit, form, "zh")
                assert hit.excerpt in message(rule, hit, form, "en")


def codes_at(form: Form, spot: Spot, rules: tuple[Rule, ...]) -> set[str]:
    """Return the codes of what these rules find in one field of a form."""
    one_form = [rule for rule in rules if rule.scope == "form"]
    place = (spot.indicator, spot.field)
    return {
        verdict.rule.code
        for verdict in judge_form(form, one_form).verdicts
        if (verdict.hit.spot.indicator, verdict.hit.spot.field) == place
    }
