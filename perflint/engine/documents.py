"""From the reading of one file to its part of the report: forms, findings, status."""

from __future__ import annotations

from collections.abc import Sequence

from perflint.document import Problem
from perflint.engine.reading import Reading
from perflint.judge import judge_form
from perflint.report import DocumentJson
from perflint.report.findings import form_finding, problem_findings, reading_order, weak_form
from perflint.report.fingerprints import fingerprints
from perflint.report.serialise import form_json
from perflint.rules import Rule

NO_FORM = "E902"
UNREADABLE = "E901"
PICTURE = "E903"


def document_json(reading: Reading, sha256: str, rules: Sequence[Rule], language: str) -> DocumentJson:
    """Judge the forms of one file by the active rules and return its part of the report; path and `named` are
    filled in later.

    The result depends on nothing but its arguments, so that it can be kept under their hashes.
    """
    judgements = [judge_form(form, rules) for form in reading.forms]
    document: DocumentJson = {
        "path": "",
        "sha256": sha256,
        "format": reading.format,
        "status": status(reading),
        "named": True,
        "pages": reading.pages,
        "forms": [form_json(form, language) for form in reading.forms],
        "findings": [],
    }
    problems: list[tuple[Problem, int | None]] = [(problem, None) for problem in reading.problems]
    if document["status"] == "no-form" and not any(problem.code == NO_FORM for problem in reading.problems):
        problems.append((Problem(NO_FORM), None))
    for form, judged, shown in zip(reading.forms, judgements, document["forms"], strict=True):
        shown["abstentions"] = [
            {"code": said.rule.code, "part": said.part.value} for said in judged.abstentions
        ]
        if form.weaknesses:
            problems.append((weak_form(form, judged, language), form.index))
        problems += [(crash, form.index) for crash in judged.crashes]
        document["findings"] += [form_finding(verdict, form, language) for verdict in judged.verdicts]
    document["findings"] += problem_findings(problems, {rule.code: rule for rule in rules}, language)
    return finished(document)


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
