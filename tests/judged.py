"""Judge indicator rows by the rules that ship with perflint, one group at a time."""

from __future__ import annotations

from functools import cache
from typing import Any

from perflint.judge import judge_form, message, suggestion
from perflint.model import FormKind
from perflint.rules import Rule, load_rules
from perflint.rules.examples import build_form

ROW_KEYS = ("level1", "level2", "name", "target")
Finding = tuple[str, str, str]
"""Code, severity, what to paste or to do."""


@cache
def rules_of(*groups: str) -> tuple[Rule, ...]:
    """Return the rules of these groups."""
    return tuple(rule for rule in load_rules() if rule.group in groups)


def findings(example: dict[str, Any], *groups: str) -> list[Finding]:
    """Return what the rules of these groups find in a form described like a rule's example."""
    form = build_form(example, FormKind.DECLARATION)
    judgement = judge_form(form, rules_of(*groups))
    assert judgement.crashes == ()
    return [
        (verdict.rule.code, verdict.severity, suggestion(verdict.rule, verdict.hit, form, "zh"))
        for verdict in judgement.verdicts
    ]


def messages(example: dict[str, Any], *groups: str, language: str = "zh") -> list[str]:
    """Return the messages of the rules of these groups on a form described like a rule's example."""
    form = build_form(example, FormKind.DECLARATION)
    judgement = judge_form(form, rules_of(*groups))
    return [message(verdict.rule, verdict.hit, form, language) for verdict in judgement.verdicts]


def row(level2: str, name: str, target: str, level1: str = "产出指标") -> dict[str, Any]:
    """Return a form of one indicator."""
    return dict(zip(ROW_KEYS, (level1, level2, name, target), strict=True))
