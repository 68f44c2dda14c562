"""`perflint rules` and `perflint rules test`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

import click

from perflint.cli.group import Command, LazyGroup, language_of, language_option, option
from perflint.cli.outputs import show_lines
from perflint.cli.settings_options import rule_options, selectors_given, settings_for
from perflint.config.refusal import Mistake, SettingsError
from perflint.render.tables import table_lines
from perflint.report.verdict import CLEAN, FINDINGS
from perflint.rules import Rule, RuleError, load_rules, rules_in
from perflint.rules.ruleset import ruleset_of
from perflint.wording import wording


@click.group("rules", cls=LazyGroup, help="rules", invoke_without_command=True)
@option(
    "-f", "--format", "wanted", key="extract-format", type=click.Choice(["table", "json"]), default="table"
)
@option("--config", type=click.Path(dir_okay=False, path_type=Path))
@option("--isolated", is_flag=True)
@rule_options
@language_option
@click.pass_context
def command(ctx: click.Context, /, wanted: str, **options: Any) -> int | None:
    """List the rules that apply here, with what the settings changed in them."""
    if ctx.invoked_subcommand:
        return None
    settings = settings_for([Path()], {**options, "no_cache": False})
    ruleset = ruleset_of(settings, selectors_given(options))
    active = {rule.code for rule in ruleset.active}
    if wanted == "json":
        rows = [_as_json(rule, rule.code in active) for rule in ruleset.rules]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        show_lines(_as_table(ruleset.rules, active, settings.language))
    return CLEAN


def _as_json(rule: Rule, active: bool) -> dict[str, Any]:
    return {
        "code": rule.code,
        "name": rule.name,
        "group": rule.group,
        "severity": rule.severity,
        "status": rule.status,
        "active": active,
        "forms": sorted(rule.forms),
        "title": rule.title,
        "basis": rule.basis,
    }


def _as_table(rules: Sequence[Rule], active: set[str], language: str) -> Iterator[str]:
    """Give the rules in columns, below the name of each group."""
    say = wording("report", language)
    rows = [
        [
            rule.code,
            say(f"severity.{rule.severity}"),
            rule.title.get(language, rule.title["zh"]),
            rule.name,
            _state(rule, rule.code in active, language),
        ]
        for rule in rules
    ]
    lines = zip(rules, table_lines(rows), strict=True)
    for group, listed in groupby(lines, key=lambda pair: pair[0].group):
        yield group
        yield from (f"  {line}" for _, line in listed)


def _state(rule: Rule, active: bool, language: str) -> str:
    say = wording("report", language)
    states = [
        say(f"status.{rule.status}") if rule.status != "stable" else "",
        "" if active else say("status.off"),
    ]
    return " ".join(filter(None, states))


@command.command("test", cls=Command, help="rules-test")
@click.argument("folders", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]…")
@language_option
@click.pass_context
def test(ctx: click.Context, folders: tuple[Path, ...], language: str | None) -> int:
    """Run the examples and return 1 where one comes out otherwise. Raises SettingsError for a rule file that
    is wrong.
    """
    from perflint.rules.examples import run_examples

    language = language_of(ctx)
    try:
        rules = [rule for folder in folders for rule in rules_in(folder)] if folders else load_rules()
    except RuleError as error:
        raise SettingsError([Mistake("rules-folder", {"detail": error.problem}, str(error.path))]) from error
    differences = run_examples(rules)
    for difference in differences:
        click.echo(
            f"{difference.rule.path}: {difference.rule.code} {difference.example}: {difference.problem}"
        )
    if differences:
        return FINDINGS
    examples = sum(len(rule.bad) + len(rule.good) for rule in rules)
    click.echo(wording("messages", language)("done.examples-fine", rules=len(rules), examples=examples))
    return CLEAN
