"""The decision which rules apply, as a table."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import pytest

from perflint.rules import Rule, load_rules
from perflint.rules.selection import Selection, UnknownSelector, applies, rule_of, selector_of

RULES = load_rules()
U301 = next(rule for rule in RULES if rule.code == "U301")


def decide(rule: Rule, select: str, ignore: str = "", preview: bool = False) -> bool:
    def selectors(texts: str) -> tuple[object, ...]:
        return tuple(selector_of(text, RULES) for text in texts.split())

    return applies(rule, Selection(selectors(select), selectors(ignore), preview))


@pytest.mark.parametrize(
    ("select", "ignore", "applied"),
    [
        ("ALL", "", True),
        ("U", "", True),
        ("U3", "", True),
        ("U301", "", True),
        ("count-in-percent", "", True),
        ("units", "", True),
        ("Q", "", False),
        ("D S structure", "", False),
        ("ALL", "U301", False),
        ("ALL", "count-in-percent", False),
        ("ALL", "U3", False),
        ("ALL", "units", False),
        ("ALL", "Q", True),
        # The more specific one decides …
        ("U301", "U3", True),
        ("U3", "U", True),
        ("U", "units", True),
        ("count-in-percent", "ALL", True),
        ("ALL U301", "U", True),
        ("U3", "U301", False),
        # … and between equals ignore does.
        ("U301", "U301", False),
        ("U301", "count-in-percent", False),
        ("units", "units", False),
        ("ALL", "ALL", False),
    ],
)
def test_the_most_specific_selector_decides(select: str, ignore: str, applied: bool) -> None:
    assert decide(U301, select, ignore) is applied


@pytest.mark.parametrize(
    ("status", "select", "preview", "applied"),
    [
        ("preview", "ALL", False, False),
        ("preview", "U3", False, False),
        ("preview", "U3", True, True),
        ("preview", "U301", False, True),
        ("preview", "count-in-percent", False, True),
        ("deprecated", "ALL", True, False),
        ("deprecated", "U301", False, True),
        ("stable", "ALL", False, True),
    ],
)
def test_rules_on_trial_or_on_their_way_out_have_to_be_asked_for(
    status: str, select: str, preview: bool, applied: bool
) -> None:
    assert decide(replace(U301, status=status), select, preview=preview) is applied


@pytest.mark.parametrize("text", ["ZZ999", "U309", "u301", "unit", "", "30", "U301x"])
def test_what_stands_for_no_rule_is_refused(text: str) -> None:
    with pytest.raises(UnknownSelector) as refusal:
        selector_of(text, RULES)
    assert (refusal.value.problem, refusal.value.values) == ("unknown-selector", {"word": text})
    assert "U301" in refusal.value.known


def test_a_group_is_known_by_either_spelling() -> None:
    assert selector_of("target-quality", RULES).codes == selector_of("target_quality", RULES).codes


def test_one_rule_is_found_by_code_or_name_only() -> None:
    assert rule_of("U301", RULES) is rule_of("count-in-percent", RULES) is U301
    with pytest.raises(UnknownSelector):
        rule_of("U3", RULES)


def test_renamed_and_removed_rules_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    retired = {
        "renamed": {"percent-count": "U301"},
        "removed": {"U399": {"zh": "并入 U301", "en": "now part of U301"}},
    }
    monkeypatch.setattr("perflint.rules.selection.words", lambda subject: MappingProxyType(retired))
    renamed = selector_of("percent-count", RULES)
    assert (renamed.codes, renamed.notice) == (frozenset({"U301"}), "U301")
    with pytest.raises(UnknownSelector) as refusal:
        selector_of("U399", RULES)
    assert refusal.value.problem == "removed-rule"
    assert refusal.value.values == {"word": "U399", "reason_en": "now part of U301", "reason_zh": "并入 U301"}
