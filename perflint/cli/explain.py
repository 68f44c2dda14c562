"""`perflint explain`: all that a rule's file says, for people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from perflint.cli.group import Command, language_of, language_option
from perflint.cli.outputs import show_lines
from perflint.config import load_settings
from perflint.config.refusal import Mistake, SettingsError
from perflint.config.toml_text import toml_value
from perflint.judge import general_suggestion
from perflint.report.verdict import CLEAN
from perflint.rules import Rule
from perflint.rules.ruleset import ruleset_of
from perflint.rules.selection import UnknownSelector, rule_of
from perflint.wording import wording


@click.command("explain", cls=Command, help="explain")
@click.argument("rule", metavar="CODE|NAME")
@language_option
@click.pass_context
def command(ctx: click.Context, rule: str, language: str | None) -> int:
    """Print one rule. Raises SettingsError for a rule that does not exist."""
    rules = ruleset_of(load_settings([Path()])).rules
    try:
        found = rule_of(rule, rules)
    except UnknownSelector as unknown:
        line = f"perflint explain {rule}"
        mistake = Mistake(
            unknown.problem,
            unknown.values,
            "explain",
            line,
            None,
            len(line) - len(rule) + 1,
            len(rule),
            unknown.known,
        )
        raise SettingsError([mistake]) from unknown
    show_lines(explained(found, language_of(ctx)))
    return CLEAN


def explained(rule: Rule, language: str) -> Iterator[str]:
    """Give a rule as lines of text."""
    say = wording("report", language)

    def told(texts: Mapping[str, str]) -> str:
        return " ".join(texts.get(language, texts["zh"]).split())

    yield f"{rule.code} {rule.name} — {told(rule.title)}"
    yield ""
    kinds = say("list").join(wording("html", language)(f"kind.{kind}") for kind in sorted(rule.forms))
    facts = {
        "severity": say(f"severity.{rule.severity}"),
        "group": rule.group,
        "kinds": kinds,
        "why": told(rule.why),
        "basis": say("list").join(rule.basis),
        "remedy": general_suggestion(rule, language),
        "params": say("list").join(f"{key} = {toml_value(value)}" for key, value in rule.params.items()),
    }
    if rule.status != "stable":
        yield say(f"status.{rule.status}")
    yield from (f"{say('explain.' + key)}{text}" for key, text in facts.items() if text)
    for kind, examples in (("bad", rule.bad), ("good", rule.good)):
        if not examples:
            continue
        yield ""
        yield say(f"explain.{kind}")
        yield from (f"  {_example(example)}" for example in examples)


def _example(example: Mapping[str, Any]) -> str:
    """Return an example as one line, about as it stands in the rule file."""
    return "  ".join(f"{key} = {toml_value(value)}" for key, value in example.items())
