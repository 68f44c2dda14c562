"""From verdicts and problems to findings as the report lists them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from perflint.checks.hit import Spot
from perflint.document import Problem
from perflint.judge import Judgement, Verdict, message, problem_message, problem_suggestion, suggestion
from perflint.model import Form
from perflint.report import FindingJson, RelatedJson
from perflint.report import problems as words_of_problems
from perflint.report.places import locate, place_json
from perflint.rules import Rule
from perflint.wording import wording

SEPARATOR = {"zh": "；", "en": "; "}


def form_finding(verdict: Verdict, form: Form, language: str) -> FindingJson:
    """Return a verdict on one form as a finding of its document; paths of related places are left empty."""
    spot, hit = verdict.hit.spot, verdict.hit
    place, confidence = locate(form, spot)
    return {
        "code": verdict.rule.code,
        "name": verdict.rule.name,
        "severity": verdict.severity,
        "message": message(verdict.rule, hit, form, language),
        "suggestion": suggestion(verdict.rule, hit, form, language) or None,
        "replacement": hit.suggestion,
        "form": form.index,
        "indicator": spot.indicator,
        "field": spot.field,
        "excerpt": hit.excerpt,
        "place": place_json(place),
        "related": [related(other, form, "") for other in hit.related],
        "confidence": confidence.value,
        "fingerprint": "",
        "suppressed": None,
    }


def related(spot: Spot, form: Form, path: str) -> RelatedJson:
    """Return another place that a finding speaks of."""
    place, _ = locate(form, spot)
    return {
        "path": path,
        "form": form.index,
        "indicator": spot.indicator,
        "field": spot.field,
        "place": place_json(place),
    }


def problem_findings(
    problems: Iterable[tuple[Problem, int | None]], rules: Mapping[str, Rule], language: str
) -> list[FindingJson]:
    """Return what could not be read as findings.

    Each problem comes with the number of its form, None for the file as a whole; `rules` are the active rules
    by code: a problem whose rule is not among them is not reported here (the document's status tells of it
    all the same).
    """
    return [
        _problem_finding(in_words(problem, language), form, rules[problem.code], language)
        for problem, form in problems
        if problem.code in rules
    ]


def in_words(problem: Problem, language: str) -> Problem:
    """Return a problem whose `reason` is a sentence; readers give a key of rules/words/problems.toml."""
    reason = problem.values.get("reason", "")
    try:
        explanation = words_of_problems.explain(reason, problem.values, language)
    except KeyError:
        return problem
    values = {**problem.values, "reason": explanation.reason, "remedy": explanation.remedy}
    return Problem(problem.code, values, problem.place, problem.excerpt)


def _problem_finding(problem: Problem, form: int | None, rule: Rule, language: str) -> FindingJson:
    return {
        "code": rule.code,
        "name": rule.name,
        "severity": rule.severity,
        "message": problem_message(rule, problem, language),
        "suggestion": problem_suggestion(rule, problem, language) or None,
        "form": form,
        "indicator": None,
        "field": None,
        "excerpt": problem.excerpt,
        "place": place_json(problem.place),
        "related": [],
        "confidence": None,
        "fingerprint": "",
        "suppressed": None,
    }


def reading_order(finding: FindingJson) -> tuple[object, ...]:
    """Sort key of the findings of a document: form, indicator, code, then the place."""
    place = finding["place"]
    spot = [(key, str(value).rjust(12)) for key, value in sorted(place.items())]
    return (
        finding["form"] or 0,
        finding["indicator"] or 0,
        finding["code"],
        finding["field"] or "",
        finding["excerpt"],
        spot,
        finding["message"],
    )


def weak_form(form: Form, judgement: Judgement, language: str) -> Problem:
    """Return the E904 problem of a form with weak parts: why they are weak, and which rules kept silent for it."""
    reasons = dict.fromkeys(weakness.reason[language] for weakness in form.weaknesses)
    silent = dict.fromkeys(said.rule.code for said in judgement.abstentions)
    place = next((weakness.place for weakness in form.weaknesses if weakness.place), form.place)
    values = {
        "reason": SEPARATOR[language].join(reasons),
        "silent": wording("report", language)("list").join(silent),
    }
    return Problem("E904", values, place)
