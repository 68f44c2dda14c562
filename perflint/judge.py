"""Apply rules to forms: which rule says what, which abstains, which failed; and put verdicts into words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from perflint.checks import find_check
from perflint.checks.hit import Abstain, Hit, Spot
from perflint.document import Passage, Problem
from perflint.model import Form, Indicator, Level, Part
from perflint.proposals import agreed_text
from perflint.records import record
from perflint.rules import Rule

if TYPE_CHECKING:
    from jinja2 import Environment, Template

CRASH_CODE = "E906"
CHOICE = re.compile(r"\{% if [^%]*%\}.*?\{% else %\}(.*?)\{% endif %\}")
"""A choice in a rule's text, `{% if fits %}≥10({{ fits }}){% else %}=0(次){% endif %}`, and what it comes to without
values: told apart from other templates because to load jinja2 takes a good part of a run from the cache."""


@record(frozen=True, slots=True)
class Verdict:
    """A rule's finding; `severity` is the hit's where it has one, else the rule's."""

    rule: Rule
    hit: Hit
    severity: str


@record(frozen=True, slots=True)
class Abstention:
    """A rule that kept silent because a part of the form was read weakly."""

    rule: Rule
    part: Part


@record(frozen=True, slots=True)
class Judgement:
    """What the rules said.

    `crashes` are E906 problems with the values `rule` and `error`, to be reported like a reader's.
    """

    verdicts: tuple[Verdict, ...]
    abstentions: tuple[Abstention, ...] = ()
    crashes: tuple[Problem, ...] = ()


def judge_form(form: Form, rules: Iterable[Rule]) -> Judgement:
    """Apply the rules of scope `form` to one form.

    A rule abstains where a part that it `needs` is weak, or where its check raises Abstain. A check that
    fails says nothing; the other rules go on.
    """
    verdicts: list[Verdict] = []
    abstentions: list[Abstention] = []
    crashes: list[Problem] = []
    weak = {weakness.part for weakness in form.weaknesses}
    kind = form.judged_as
    for rule in rules:
        if rule.scope != "form" or kind not in rule.forms:
            continue
        lacking = next((part for part in rule.needs if part in weak), None) if weak else None
        if lacking is not None:
            abstentions.append(Abstention(rule, lacking))
            continue
        try:
            if found := [*hits_in(rule, form)]:
                verdicts.extend([verdict_of(rule, hit) for hit in found])
        except Abstain as abstain:
            abstentions.append(Abstention(rule, abstain.part))
        except Exception as error:
            crashes.append(crash(rule, error, form))
    agreed = with_agreed_texts(without_chorus(verdicts), form)
    return Judgement(agreed, tuple(abstentions), tuple(crashes))


def judge_run(forms: Sequence[Form], rules: Iterable[Rule]) -> Judgement:
    """Apply the rules of scope `run` to all forms of a run, given in the order of their paths and numbers.

    In a verdict `hit.spot.form` and each related `form` are positions in `forms`. A form that is weak in a
    part that a rule needs is not shown to that rule.
    """
    verdicts: list[Verdict] = []
    crashes: list[Problem] = []
    kinds = [form.judged_as for form in forms]
    for rule in rules:
        if rule.scope != "run":
            continue
        positions = [
            position
            for position, form in enumerate(forms)
            if kinds[position] in rule.forms and not any(form.weak(part) for part in rule.needs)
        ]
        if len(positions) < 2:
            continue
        try:
            shown = [forms[position] for position in positions]
            verdicts.extend(
                [verdict_of(rule, moved(hit, positions)) for hit in hits(rule, shown, rule.params)]
            )
        except Exception as error:
            crashes.append(crash(rule, error, forms[positions[0]]))
    return Judgement(without_chorus(verdicts), (), tuple(crashes))


def hits(rule: Rule, subject: Form | Sequence[Form], params: Mapping[str, Any]) -> Iterator[Hit]:
    """Run a rule's check on a form or on the forms of a run."""
    if rule.check is None:
        return iter(())
    found: Iterator[Hit] = find_check(rule.check)(subject, params)
    return found


def hits_in(rule: Rule, form: Form) -> Iterator[Hit]:
    """Run a rule's check on a form, with what the rule says for the form's layout."""
    return hits(rule, form, rule.by_template.get(form.template, rule.params))


def verdict_of(rule: Rule, hit: Hit) -> Verdict:
    """Return a hit as the rule's verdict."""
    return Verdict(rule, hit, hit.severity or rule.severity)


def moved(hit: Hit, positions: Sequence[int]) -> Hit:
    """Return a hit whose spots count among all forms instead of the forms that the check was shown."""

    def move(spot: Spot) -> Spot:
        return replace(spot, form=positions[spot.form])

    return replace(hit, spot=move(hit.spot), related=tuple(move(spot) for spot in hit.related))


def crash(rule: Rule, error: Exception, form: Form) -> Problem:
    """Return the E906 problem of a check that failed: the rule's code and the exception in one line."""
    line = f"{type(error).__name__}: {' '.join(str(error).split())}"
    return Problem(CRASH_CODE, {"rule": rule.code, "error": line}, form.place)


def without_chorus(verdicts: Sequence[Verdict]) -> tuple[Verdict, ...]:
    """Leave out the verdicts of rules that yield to another one which hit the same place.

    A verdict on the form as a whole that names rows as related is left out where every one of these rows was
    hit.
    """
    taken = {(verdict.rule.code, place_key(verdict.hit.spot)) for verdict in verdicts}

    def is_taken(spot: Spot, codes: Sequence[str]) -> bool:
        return any((code, place_key(spot)) in taken for code in codes)

    def is_chorus(verdict: Verdict) -> bool:
        codes, hit = verdict.rule.yields_to, verdict.hit
        if is_taken(hit.spot, codes):
            return True
        return (
            hit.spot.indicator is None
            and bool(hit.related)
            and all(is_taken(spot, codes) for spot in hit.related)
        )

    return tuple(verdict for verdict in verdicts if not verdict.rule.yields_to or not is_chorus(verdict))


def with_agreed_texts(verdicts: tuple[Verdict, ...], form: Form) -> tuple[Verdict, ...]:
    """Let all verdicts on a field propose the one text that mends what each of them finds, where there is one."""
    proposing: dict[Spot, list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        if verdict.hit.suggestion is not None:
            proposing[verdict.hit.spot].append(verdict)
    agreed: dict[Spot, str] = {}
    for spot, those in proposing.items():
        if len({verdict.hit.suggestion for verdict in those}) > 1:
            # A check that fails on the mended text leaves each rule its own proposal.
            with suppress(Exception):
                rules = [verdict.rule for verdict in those]
                agreed[spot] = agreed_text(form, spot, rules, hits_in) or ""
    if not agreed:
        return verdicts
    return tuple(
        replace(verdict, hit=replace(verdict.hit, suggestion=text))
        if verdict.hit.suggestion is not None and (text := agreed.get(verdict.hit.spot))
        else verdict
        for verdict in verdicts
    )


def place_key(spot: Spot) -> tuple[int, int | None, str | None]:
    """Return what makes two hits meet.

    The indicator, or the field of the form where there is no indicator.
    """
    return (spot.form, spot.indicator, spot.field if spot.indicator is None else None)


def message(rule: Rule, hit: Hit, form: Form | None, language: str) -> str:
    """Put a hit into words. `form` is the one that `hit.spot` stands in, None for a finding on the file."""
    return rendered(in_language(rule.message, language), hit, form)


def suggestion(rule: Rule, hit: Hit, form: Form | None, language: str) -> str:
    """Say how to mend it: the hit's own text that can be pasted where it has one, else the rule's."""
    if hit.suggestion is not None:
        return hit.suggestion
    return rendered(in_language(rule.suggestion, language), hit, form)


def general_suggestion(rule: Rule, language: str) -> str:
    """Say how to mend what a rule finds wherever that is: its text with everything unknown that a form tells."""
    text = CHOICE.sub(r"\1", in_language(rule.suggestion, language))
    if "{" not in text:
        return text
    from jinja2 import Undefined

    return environment().overlay(undefined=Undefined).from_string(text).render()


def problem_message(rule: Rule, problem: Problem, language: str) -> str:
    """Put a reader's problem (or a crash) into words by the message of its E9xx rule."""
    return compiled(in_language(rule.message, language)).render(problem_values(problem))


def problem_suggestion(rule: Rule, problem: Problem, language: str) -> str:
    """Say how to mend what a reader reported: its own remedy where it has one, else the rule's."""
    if problem.values.get("remedy"):
        return problem.values["remedy"]
    return compiled(in_language(rule.suggestion, language)).render(problem_values(problem))


def problem_values(problem: Problem) -> dict[str, Any]:
    """Return what an E9xx text may use.

    The problem's values under `values` (absent ones are empty), and its excerpt.
    """
    return {"values": defaultdict(str, problem.values), "excerpt": problem.excerpt, "place": problem.place}


def in_language(texts: Mapping[str, str], language: str) -> str:
    """Return the text in this language, in Chinese where it is missing."""
    return texts.get(language, texts["zh"])


def rendered(template: str, hit: Hit, form: Form | None) -> str:
    """Fill a template with `form`, `indicator`, `target`, `actual`, `excerpt` and the hit's values."""
    names: dict[str, Any] = {"excerpt": hit.excerpt}
    if form is not None:
        names["form"] = form_view(form)
        indicator = next((row for row in form.indicators if row.index == hit.spot.indicator), None)
        if indicator is not None:
            names["indicator"] = indicator_view(indicator)
            names["target"] = indicator.target
            names["actual"] = indicator.actual
    return compiled(template).render({**names, **hit.values})


def form_view(form: Form) -> dict[str, Any]:
    """Return a form as templates see it: plain texts."""
    return {
        "kind": form.kind.value,
        "title": form.title.text,
        "year": form.year,
        "project_name": text_of(form.project_name),
        "total_score": text_of(form.total_score),
        "grade": text_of(form.grade),
    }


def indicator_view(indicator: Indicator) -> dict[str, Any]:
    """Return an indicator as templates see it.

    Plain texts, `target` and `actual` as Target (`target.text`, `target.unit`).
    """
    return {
        "index": indicator.index,
        "level1": text_of(indicator.level1),
        "level2": text_of(indicator.level2),
        "name": indicator.name.text,
        "target": indicator.target,
        "actual": indicator.actual,
        "weight": text_of(indicator.weight),
        "score": text_of(indicator.score),
        "remark": text_of(indicator.remark),
    }


def text_of(part: Passage | Level | None) -> str:
    """Return a passage's or level's text, empty for none."""
    if isinstance(part, Level):
        return part.passage.text
    return part.text if part is not None else ""


@cache
def compiled(template: str) -> Template:
    """Compile a rule's text once, when it is first needed."""
    return environment().from_string(template)


@cache
def environment() -> Environment:
    """Return the Jinja environment of rule texts.

    Sandboxed, no escaping (renderers escape), no silent gaps.
    """
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    return ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=False)
