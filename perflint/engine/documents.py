"""From the reading of one file to its part of the report: forms, findings, status."""

from __future__ import annotations

from collections.abc import Sequence

from perflint.document import Problem
from perflint.engine.reading import Reading
from perflint.judge import judge_form
from perflint.model import Form
from perflint.report import DocumentJson, FindingJson, FormJson
from perflint.report.findings import form_finding, problem_findings, reading_order, weak_form
from perflint.report.fingerprints import fingerprints
from perflint.report.serialise import form_json
from perflint.rules import Rule
from perflint.sharing import in_order

NO_FORM = "E902"
UNREADABLE = "E901"
PICTURE = "E903"


def document_json(reading: Reading, sha256: str, rules: Sequence[Rule], language: str) -> DocumentJson:
    """Judge the forms of one file by the active rules and return its part of the report; path and `named` are
    filled in later.

    The result depends on nothing but its arguments, so that it can be kept under their hashes.
    """
    document: DocumentJson = {
        "path": "",
        "sha256": sha256,
        "format": reading.format,
        "status": status(reading),
        "named": True,
        "pages": reading.pages,
        "forms": [],
        "findings": [],
    }
    problems: list[tuple[Problem, int | None]] = [(problem, None) for problem in reading.problems]
    if document["status"] == "no-form" and not any(problem.code == NO_FORM for problem in reading.problems):
        problems.append((Problem(NO_FORM), None))
    forms = reading.forms
    judged = in_order(lambda number: _judged(forms[number], rules, language), len(forms))
    for form, (shown, findings, troubles) in zip(forms, judged, strict=True):
        document["forms"].append(shown)
        document["findings"] += findings
        problems += [(trouble, form.index) for trouble in troubles]
    document["findings"] += problem_findings(problems, {rule.code: rule for rule in rules}, language)
    return finished(document)


def _judged(
    form: Form, rules: Sequence[Rule], language: str
) -> tuple[FormJson, list[FindingJson], list[Problem]]:
    """Judge a form; return it and its findings as the report has them, and what kept rules from judging it."""
    judgement = judge_form(form, rules)
    shown = form_json(form, language)
    shown["abstentions"] = [
        {"code": said.rule.code, "part": said.part.value} for said in judgement.abstentions
    ]
    weak = [weak_form(form, judgement, language)] if form.weaknesses else []
    findings = [form_finding(verdict, form, language) for verdict in judgement.verdicts]
    return shown, findings, [*weak, *judgement.crashes]


def finished(document: DocumentJson) -> DocumentJson:
    """Sort the findings of a document and give them their fingerprints, in place."""
    document["findings"].sort(key=reading_order)
    for finding, fingerprint in zip(document["findings"], fingerprints(document), strict=True):
        finding["fingerprint"] = fingerprint
    return document


def status(reading: Reading) -> str:
    """Say what became of a file: `checked`, `no-form`, or `unreadable` (also where pictures hide what it
    holds).
    """
    codes = {problem.code for problem in reading.problems}
    if UNREADABLE in codes or (PICTURE in codes and not reading.forms):
        return "unreadable"
    return "checked" if reading.forms else "no-form"
