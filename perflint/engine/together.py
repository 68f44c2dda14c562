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
    the rules speak of the second, so they see them ordered by what they are: a file that is renamed does not
    move a finding to another form.
    """
    first = min(position for position, _ in forms)
    forms = sorted(forms, key=_identity)
    judgement = judge_run([form for _, form in forms], rules)
    findings = []
    for verdict in judgement.verdicts:
        position, form = forms[verdict.hit.spot.form]
        finding = form_finding(verdict, form, language)
        finding["related"] = [
            related(spot, forms[spot.form][1], paths[forms[spot.form][0]]) for spot in verdict.hit.related
        ]
        findings.append((position, finding))
    crashes: list[tuple[Problem, int | None]] = [(crash, None) for crash in judgement.crashes]
    by_code = {rule.code: rule for rule in rules}
    # A rule that failed on all forms together belongs to no document more than to another: the first one
    # carries it.
    findings += [(first, finding) for finding in problem_findings(crashes, by_code, language)]
    return findings


def _identity(located: Located) -> tuple[str, str, int]:
    form = located[1]
    name = form.project_name.text if form.project_name is not None else form.title.text
    return normal(name), form.kind, form.year or 0
