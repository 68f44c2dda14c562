"""The rules that look at all forms of a run: their verdicts as findings of the documents they stand in."""

from __future__ import annotations

from collections.abc import Sequence

from perflint.document import Problem
from perflint.judge import judge_run
from perflint.model import Form
from perflint.report import FindingJson
from perflint.report.findings import form_finding, problem_findings, related
from perflint.report.fingerprints import normal
from perflint.rules import Rule

Located = tuple[int, Form]
"""A form with the position of its document in the run."""


def judge_together(
    forms: Sequence[Located], paths: Sequence[str], rules: Sequence[Rule], language: str
) -> list[tuple[int, FindingJson]]:
    """Return (position of the document, finding) for each verdict on several forms.

    `forms` come in the order of the report; `paths` are the documents' by position. Of forms that are alike
    the rules speak of the second, so they see them ordered by what they hold: a file that is renamed does not
    move a finding to another form.
    """
    first = min(position for position, _ in forms)
    forms = sorted(forms, key=lambda located: _content(located[1]))
    judgement = judge_run([form for _, form in forms], rules)
    findings = []
    for verdict in judgement.verdicts:
        position, form = forms[verdict.hit.spot.form]
        finding = form_finding(verdict, form, language)
        finding["related"] = [
            related(spot, forms[spot.form][1], paths[forms[spot.form][0]]) for spot in verdict.hit.related
        ]
        others = {spot.form for spot in verdict.hit.related} - {verdict.hit.spot.form}
        finding["projects"] = sorted(_name(forms[at][1]) for at in (verdict.hit.spot.form, *others))
        findings.append((position, finding))
    crashes: list[tuple[Problem, int | None]] = [(crash, None) for crash in judgement.crashes]
    by_code = {rule.code: rule for rule in rules}
    # A rule that failed on all forms together belongs to no document more than to another: the first one
    # carries it.
    findings += [(first, finding) for finding in problem_findings(crashes, by_code, language)]
    return findings


def _name(form: Form) -> str:
    return form.project_name.text if form.project_name is not None else form.title.text


def _content(form: Form) -> tuple[object, ...]:
    """Return what a form holds, whatever file it stands in: forms alike in it are alike to the rules, too."""
    entries = [(entry.role or entry.label, entry.value) for entry in (*form.header, *form.goals)]
    rows = [(normal(row.name.text), row.target_passage) for row in form.indicators]
    said = (
        sorted((key, normal(value.text) if value else "") for key, value in part) for part in (entries, rows)
    )
    return normal(_name(form)), form.kind, form.year or 0, *said
