"""A suggestion that can be pasted must mend its defect: pasted into its field, the rule finds it no more."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from perflint.checks.hit import Hit, Spot
from perflint.document import Passage
from perflint.judge import judge_form, message
from perflint.model import Form, Indicator
from perflint.rules import Rule, load_rules
from perflint.rules.examples import example_forms, judge_example, text_passage
from perflint.targets import parse_target

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
    mended = pasted(form, hit)
    if rule.scope == "form":
        assert codes_at(mended, hit.spot, (rule,)) == set()
    new = codes_at(mended, hit.spot, RULES) - codes_at(form, hit.spot, RULES)
    assert new <= BROUGHT_TO_LIGHT.get(rule.code, set())


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


def pasted(form: Form, hit: Hit) -> Form:
    """Return a form with a hit's suggestion put into the hit's field."""
    assert hit.suggestion is not None
    passage, field = text_passage(hit.suggestion), hit.spot.field or ""
    if hit.spot.indicator is not None:
        rows = [
            pasted_row(row, field, passage) if row.index == hit.spot.indicator else row
            for row in form.indicators
        ]
        return replace(form, indicators=tuple(rows))
    block, _, role = field.partition(":")
    changes: dict[str, Any] = {field: passage}
    if not role:
        return replace(form, **changes)
    entries = getattr(form, block)
    changes = {
        block: tuple(
            replace(entry, value=passage) if role in (entry.role, entry.label) else entry for entry in entries
        )
    }
    return replace(form, **changes)


def pasted_row(row: Indicator, field: str, passage: Passage) -> Indicator:
    """Return a row with another text in one of its cells."""
    cells: dict[str, Any] = {"name": {"name": passage}}
    cells["target"] = {"target": parse_target(passage.text), "target_passage": passage}
    cells["actual"] = {"actual": parse_target(passage.text), "actual_passage": passage}
    return replace(row, **cells.get(field, {field: passage}))
