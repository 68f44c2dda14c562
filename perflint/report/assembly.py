"""The parts of a report put together: from a run, or from saved reports."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from perflint import __version__
from perflint.config import Settings
from perflint.engine.cache import key_of
from perflint.engine.keys import rules_digest
from perflint.judge import general_suggestion
from perflint.report import DocumentJson, NoticeJson, ReportJson, RuleJson, RunJson
from perflint.report.statistics import statistics_of, summary_of
from perflint.rules import Rule
from perflint.rules.ruleset import RuleSet


def report_of(
    documents: list[DocumentJson], ruleset: RuleSet, settings: Settings, notices: list[NoticeJson]
) -> ReportJson:
    """Return the report of documents that were judged, in their order."""
    found = {finding["code"] for document in documents for finding in document["findings"]}
    run: RunJson = {
        "language": settings.language,
        "profile": settings.profile,
        "rules_sha256": rules_digest(ruleset.active),
        "settings_sha256": settings_digest(settings),
    }
    rules = {rule.code: rule_json(rule, settings.language) for rule in ruleset.rules if rule.code in found}
    return counted({"name": "perflint", "version": __version__}, run, rules, documents, notices)


def counted(
    tool: Any,
    run: RunJson,
    rules: dict[str, RuleJson],
    documents: list[DocumentJson],
    notices: list[NoticeJson],
) -> ReportJson:
    """Return a report with its counts made."""
    return {
        "tool": tool,
        "run": run,
        "rules": rules,
        "documents": documents,
        "summary": summary_of(documents),
        "statistics": statistics_of(documents),
        "notices": notices,
    }


def settings_digest(settings: Settings) -> str:
    """Return a hash of the settings that bear on what is found; where files lie and how fast it goes does
    not.
    """
    names = (
        "language",
        "profile",
        "select",
        "ignore",
        "extend_select",
        "extend_ignore",
        "preview",
        "severity",
        "params",
        "per_file_ignores",
        "limits",
        "pdf_engine",
    )
    return key_of({name: _plain(getattr(settings, name)) for name in names})


def _plain(value: Any) -> Any:
    return asdict(value) if hasattr(value, "__dataclass_fields__") else value


def rule_json(rule: Rule, language: str) -> RuleJson:
    """Return what renderers need of a rule."""

    def told(texts: Mapping[str, str]) -> str:
        return texts.get(language, texts["zh"])

    return {
        "name": rule.name,
        "group": rule.group,
        "severity": rule.severity,
        "title": told(rule.title),
        "why": told(rule.why),
        "suggestion": general_suggestion(rule, language),
        "basis": list(rule.basis),
    }


def merged(reports: Sequence[ReportJson]) -> ReportJson:
    """Return several reports as one: documents sorted by path, of two with the same path the later one."""
    last = reports[-1]
    documents: dict[str, DocumentJson] = {}
    rules: dict[str, RuleJson] = {}
    for report in reports:
        documents.update((document["path"], document) for document in report["documents"])
        rules.update(report["rules"])
    ordered = [documents[path] for path in sorted(documents)]
    notices: Iterable[NoticeJson] = (notice for report in reports for notice in report["notices"])
    return counted(last["tool"], last["run"], dict(sorted(rules.items())), ordered, list(notices))
