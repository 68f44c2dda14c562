"""Run the examples of rule files: each `bad` must be hit by its rule, each `good` must not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from perflint.document import Confidence, LinePlace, Passage, Problem
from perflint.forms.vocabulary import field_role, funding_roles, level_kind, level_parent
from perflint.judge import (
    Judgement,
    judge_form,
    judge_run,
    message,
    problem_message,
    problem_suggestion,
    suggestion,
)
from perflint.model import Entry, Form, FormKind, Funding, FundingRow, Indicator, Level
from perflint.rules import Rule
from perflint.targets import parse_target
from perflint.words import words

NOWHERE = LinePlace(1, 1, 1, 1)
YEAR = 2026
"""The year of an example that states none."""
FUNDING_ROLES = frozenset(
    {"total", "total_fiscal", "total_other", "annual_total", "annual_fiscal", "carry_over", "annual_other"}
)
ROW_KEYS = (
    "level1",
    "level2",
    "name",
    "target",
    "actual",
    "weight",
    "score",
    "remark",
    "unsure",
    "value_lost",
    "after_break",
)


@dataclass(frozen=True, slots=True)
class Difference:
    """An example that its rule judges otherwise than the file says; `example` is `bad[2]`, counted from 1."""

    rule: Rule
    example: str
    problem: str


def run_examples(rules: Iterable[Rule]) -> tuple[Difference, ...]:
    """Judge every example of the rules, each by its own rule alone.

    And return those that come out otherwise.
    """
    differences = []
    for rule in rules:
        for kind, examples in (("bad", rule.bad), ("good", rule.good)):
            for number, example in enumerate(examples, 1):
                problem = example_problem(rule, example, kind == "bad")
                if problem is not None:
                    differences.append(Difference(rule, f"{kind}[{number}]", problem))
    return tuple(differences)


def example_problem(rule: Rule, example: Mapping[str, Any], bad: bool) -> str | None:
    """Say what is wrong with one example, None where the rule judges it as the file says."""
    if rule.scope == "file":
        return file_example_problem(rule, example)
    forms = example_forms(rule, example)
    judgement = judge_example(rule, forms)
    if judgement.crashes:
        return f"the check failed: {judgement.crashes[0].values['error']}"
    for verdict in judgement.verdicts:
        form = forms[verdict.hit.spot.form]
        for language in rule.message:
            message(rule, verdict.hit, form, language)
            suggestion(rule, verdict.hit, form, language)
    found = bool(judgement.verdicts)
    if found == bad:
        return None
    if bad:
        return "the rule finds nothing"
    verdict = judgement.verdicts[0]
    return f"the rule finds something: {message(rule, verdict.hit, forms[verdict.hit.spot.form], 'zh')}"


def file_example_problem(rule: Rule, example: Mapping[str, Any]) -> str | None:
    """Say whether the texts of a rule without check can be filled with the example's values."""
    problem = Problem(rule.code, example.get("values", {}))
    for language in rule.message:
        texts = (problem_message(rule, problem, language), problem_suggestion(rule, problem, language))
        if missing := [
            value for value in problem.values.values() if not any(value in text for text in texts)
        ]:
            return f"the {language} texts leave out {', '.join(map(repr, missing))}"
    return None


def example_forms(rule: Rule, example: Mapping[str, Any]) -> tuple[Form, ...]:
    """Build the forms of an example; one that names no kind is of the first kind that the rule is for."""
    default = next(kind for kind in FormKind if kind in rule.forms)
    described = example.get("forms", [example])
    return tuple(build_form(form, default, index) for index, form in enumerate(described, 1))


def judge_example(rule: Rule, forms: tuple[Form, ...]) -> Judgement:
    """Judge an example's forms by one rule."""
    return judge_run(forms, (rule,)) if rule.scope == "run" else judge_form(forms[0], (rule,))


def build_form(example: Mapping[str, Any], default: FormKind, index: int = 1) -> Form:
    """Build a form from the keys of an example: an indicator's own keys, or `rows`, and those of the form."""
    kind = FormKind(example.get("kind", default))
    described = example.get("rows") or ([example] if "name" in example else [])
    indicators = tuple(build_indicator(row, number) for number, row in enumerate(described, 1))
    header = example.get("header", {})
    return Form(
        index=index,
        kind=kind,
        template="example",
        title=text_passage(example.get("title", words("titles")["kinds"][kind][0])),
        year=example.get("year", YEAR),
        project_name=optional_passage(example.get("project_name")),
        header=tuple(build_entry(label, value, "header") for label, value in header.items()),
        funding=build_funding(example.get("funding", {})),
        goals=tuple(build_entry(label, value, "goals") for label, value in example.get("goals", {}).items()),
        indicators=indicators,
        total_score=optional_passage(example.get("total_score")),
        grade=optional_passage(example.get("grade")),
        place=NOWHERE,
        levels_layout=example.get("layout") or layout_of(kind, indicators),
        has_remarks=example.get("has_remarks", True),
    )


def layout_of(kind: FormKind, indicators: Iterable[Indicator]) -> str:
    """Return the layout of an example that names none: the old one where 成本指标 stands at level 2."""
    if kind is FormKind.TARGET:
        return "shanghai-2020"
    old = any(row.level2 is not None and row.level2.kind == "cost" for row in indicators)
    return "before-2021" if old else "since-2021"


def build_indicator(row: Mapping[str, Any], index: int) -> Indicator:
    """Build an indicator from an example's row; a level 1 that is not given follows from level 2."""
    row = {key: row[key] for key in ROW_KEYS if key in row}
    target, actual = row.get("target"), row.get("actual")
    level2 = build_level(row.get("level2"), 2, row)
    level1 = build_level(row.get("level1") or parent_label(level2), 1, row)
    return Indicator(
        index=index,
        level1=level1,
        level2=level2,
        name=text_passage(row["name"]),
        target=parse_target(target) if target is not None else None,
        target_passage=optional_passage(target),
        place=NOWHERE,
        confidence=Confidence.EXACT,
        actual=parse_target(actual) if actual is not None else None,
        actual_passage=optional_passage(actual),
        weight=optional_passage(row.get("weight")),
        score=optional_passage(row.get("score")),
        remark=optional_passage(row.get("remark")),
        value_lost=row.get("value_lost", False),
        after_break=row.get("after_break", False),
    )


def build_level(label: str | None, number: int, row: Mapping[str, Any]) -> Level | None:
    """Build a level from its label; `unsure = true` stands for one that was assigned by order.

    Not by the grid.
    """
    if label is None:
        return None
    return Level(text_passage(label), level_kind(label, number), not row.get("unsure", False))


def parent_label(level2: Level | None) -> str | None:
    """Return the usual label of the level 1 above a level 2."""
    parent = level_parent(level2.kind) if level2 is not None and level2.kind else None
    return str(words("levels")["level1"][parent]["label"]) if parent else None


def build_entry(label: str, value: str | None, block: str) -> Entry:
    """Build a header or goal entry; an empty value stands for an empty field."""
    return Entry(label, field_role(label, block), optional_passage(value), NOWHERE)


def build_funding(described: Mapping[str, Any]) -> Funding:
    """Build the money of a form: `unit`, then amounts by role or label.

    Or rows of a self-evaluation by label and column.
    """
    entries, rows = [], []
    for label, value in described.items():
        if label == "unit":
            continue
        role = label if label in FUNDING_ROLES else next(iter(funding_roles(label)), None)
        role = "annual_other" if role == "other" else role
        if isinstance(value, str):
            entries.append(Entry(label, role, optional_passage(value), NOWHERE))
        else:
            rows.append(
                FundingRow(
                    label,
                    role,
                    {
                        field_role(name, "funding_columns") or name: build_entry(
                            name, cell, "funding_columns"
                        )
                        for name, cell in value.items()
                    },
                    NOWHERE,
                )
            )
    return Funding(described.get("unit"), tuple(entries), tuple(rows))


def text_passage(text: str) -> Passage:
    """Return a text as a passage without a place."""
    return Passage(text, NOWHERE, Confidence.EXACT, text)


def optional_passage(text: str | None) -> Passage | None:
    """Return a text as a passage, None for none and for an empty one."""
    return text_passage(text) if text else None
