"""Write the pages of `docs/rules/` from rule files.

`python -m perflint.publish.rule_pages [RULES-FOLDER] DOCS-FOLDER`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from perflint.config.toml_text import toml_value
from perflint.document import Problem
from perflint.judge import general_suggestion, message, problem_message
from perflint.rules import Rule, load_rules, rules_in
from perflint.rules.examples import ROW_KEYS, example_forms, judge_example

INDEX = "README.md"
TEMPLATE = Path(__file__).with_name("rule_page.md.jinja")
BETWEEN_CELLS = " | "
BLOCKS = ("header", "funding", "goals")


def pages(rules: Sequence[Rule]) -> dict[str, str]:
    """Return the pages of some rules by file name: one a rule, and an index by group."""
    from jinja2 import Environment, StrictUndefined

    template = Environment(
        undefined=StrictUndefined, autoescape=False, keep_trailing_newline=True
    ).from_string(TEMPLATE.read_text("utf-8"))
    made = {page_name(rule): template.render(page_values(rule)) for rule in rules}
    return {INDEX: index(rules), **made}


def page_name(rule: Rule) -> str:
    """Return the file name of a rule's page: U301-count-in-percent.md."""
    return f"{rule.code}-{rule.name}.md"


def page_values(rule: Rule) -> dict[str, Any]:
    """Return what the template of a page needs of a rule."""
    return {
        "rule": rule,
        "suggestion": {language: general_suggestion(rule, language) for language in ("zh", "en")},
        "forms": sorted(rule.forms),
        "bad": [example_values(rule, example) for example in rule.bad],
        "good": [example_values(rule, example) for example in rule.good],
        "params": [f"{key} = {toml_value(value)}" for key, value in rule.params.items()],
    }


def example_values(rule: Rule, example: Mapping[str, Any]) -> dict[str, Any]:
    """Return an example as lines, with the messages that the rule gives for it."""
    return {
        "note": example.get("note"),
        "lines": list(example_lines(example)),
        "messages": list(dict.fromkeys(example_messages(rule, example))),
    }


def example_lines(example: Mapping[str, Any]) -> Iterator[str]:
    """Yield an example as lines: what stands in the form, then a line for each indicator.

    Cells between bars.
    """
    for form in example.get("forms", ()):
        yield from (line if at == 0 else f"  {line}" for at, line in enumerate(example_lines(form)))
    for key in ("kind", "year", "title", "project_name", "total_score", "grade", "layout", "has_remarks"):
        if key in example:
            yield f"{key}: {example[key]}"
    for block in BLOCKS:
        yield from block_lines(example.get(block, {}))
    for row in example.get("rows", [example] if "name" in example else ()):
        yield BETWEEN_CELLS.join(
            f"({key})" if row[key] is True else str(row[key]) for key in ROW_KEYS if key in row
        )
    yield from (f"{key}: {value}" for key, value in example.get("values", {}).items())


def block_lines(block: Mapping[str, Any]) -> Iterator[str]:
    """Yield the entries of a header, funds or goals block as lines."""
    for label, value in block.items():
        cells = (
            value
            if isinstance(value, str)
            else BETWEEN_CELLS.join(f"{name} {cell}" for name, cell in value.items())
        )
        yield f"{label}: {cells}"


def example_messages(rule: Rule, example: Mapping[str, Any]) -> Iterator[str]:
    """Yield the Chinese messages that a rule gives for an example."""
    if rule.scope == "file":
        yield problem_message(rule, Problem(rule.code, example.get("values", {})), "zh")
        return
    forms = example_forms(rule, example)
    for verdict in judge_example(rule, forms).verdicts:
        yield message(rule, verdict.hit, forms[verdict.hit.spot.form], "zh")


def index(rules: Sequence[Rule]) -> str:
    """Return the page that lists all rules by group."""
    lines = [
        "# Rules",
        "",
        "<!-- Made from the rule files by `python -m perflint.publish.rule_pages`. -->",
        "",
    ]
    for group in dict.fromkeys(rule.group for rule in rules):
        lines += [f"## {group}", "", "| code | name | severity | |", "|---|---|---|---|"]
        lines += [
            f"| [{rule.code}]({page_name(rule)}) | {rule.name} | {rule.severity} | {rule.title['zh']} |"
            for rule in rules
            if rule.group == group
        ]
        lines.append("")
    return "\n".join(lines)


def main(arguments: Sequence[str]) -> int:
    """Write the pages of the built-in rules, or of a folder of rules, to a folder.

    Pages of rules that are gone are deleted.
    """
    *sources, target = arguments
    rules = load_rules() if not sources else sorted(rules_in(Path(sources[0])), key=lambda rule: rule.code)
    folder = Path(target)
    folder.mkdir(parents=True, exist_ok=True)
    made = pages(rules)
    for old in folder.glob("*.md"):
        if old.name not in made:
            old.unlink()
    for name, text in made.items():
        (folder / name).write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
