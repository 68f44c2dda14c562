"""SARIF 2.1.0, the format of code-scanning services.

Source: OASIS, Static Analysis Results Interchange Format (SARIF) Version 2.1.0.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from perflint.render import RenderOptions
from perflint.render.listing import Listed, listed, sentence
from perflint.report import PlaceJson, RelatedJson, ReportJson, RuleJson
from perflint.report.verdict import undone

LEVELS = {"error": "error", "warning": "warning", "advice": "note"}
ROOT = "SRCROOT"
PAGE_START = {"startLine": 1}
"""What services that need a line get where a file has none (PDF, Word, Excel): the message names the place."""


def render(report: ReportJson, options: RenderOptions) -> str:
    """Return one SARIF run; its columns count code points, its paths are relative to the folder of the run."""
    codes = sorted(report["rules"])
    driver = {
        "name": report["tool"]["name"],
        "version": report["tool"]["version"],
        "language": {"zh": "zh-CN"}.get(options.language, options.language),
        "rules": [_rule(code, report["rules"][code]) for code in codes],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {ROOT: {"description": {"text": "The folder that perflint was run in."}}},
        "artifacts": [
            {"location": _file(document["path"]), "hashes": {"sha-256": document["sha256"]}}
            for document in report["documents"]
        ],
        "invocations": [
            {"executionSuccessful": not any(undone(document) for document in report["documents"])}
        ],
        "results": [_result(item, codes) for item in listed(report, options.language)],
    }
    schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
    return (
        json.dumps({"$schema": schema, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=1)
        + "\n"
    )


def _rule(code: str, rule: RuleJson) -> dict[str, Any]:
    """Return a rule that found something, with its reason and remedy as help."""
    basis = "、".join(rule["basis"])
    paragraphs = [rule["why"], rule["suggestion"], basis]
    return {
        "id": code,
        "name": rule["name"],
        "shortDescription": {"text": rule["title"]},
        "fullDescription": {"text": rule["why"]},
        "help": {
            "text": "\n".join(part for part in paragraphs if part),
            "markdown": "\n\n".join(part for part in (f"**{rule['title']}**", *paragraphs) if part),
        },
        "defaultConfiguration": {"level": LEVELS[rule["severity"]]},
        "properties": {"tags": [rule["group"]], "problem.severity": LEVELS[rule["severity"]]},
    }


def _result(item: Listed, codes: Sequence[str]) -> dict[str, Any]:
    """Return a finding; one that is suppressed or in the baseline says so."""
    finding = item.finding
    result: dict[str, Any] = {
        "ruleId": finding["code"],
        "ruleIndex": codes.index(finding["code"]),
        "level": LEVELS[finding["severity"]],
        "message": {"text": sentence(item)},
        "locations": [_location(item.document["path"], finding["place"], item.where)],
        "partialFingerprints": {"perflint/v1": finding["fingerprint"]},
        "properties": {"place": finding["place"], "excerpt": finding["excerpt"]},
    }
    if finding["suggestion"]:
        result["properties"]["suggestion"] = finding["suggestion"]
    if finding["related"]:
        result["relatedLocations"] = [_related(place) for place in finding["related"]]
    suppressed = finding["suppressed"]
    if suppressed and suppressed["kind"] == "baseline":
        result["baselineState"] = "unchanged"
    elif suppressed:
        result["suppressions"] = [{"kind": "external", "justification": suppressed["reason"]}]
    return result


def _location(path: str, place: PlaceJson, where: str) -> dict[str, Any]:
    """Return a place: file and region, and the way through the form as a logical location."""
    location: dict[str, Any] = {
        "physicalLocation": {"artifactLocation": _file(path), "region": _region(place)}
    }
    if where:
        location["logicalLocations"] = [{"fullyQualifiedName": where, "kind": "element"}]
    return location


def _related(place: RelatedJson) -> dict[str, Any]:
    return {"physicalLocation": {"artifactLocation": _file(place["path"]), "region": _region(place["place"])}}


def _region(place: PlaceJson) -> dict[str, Any]:
    if "line" not in place:
        return dict(PAGE_START)
    return {
        "startLine": place["line"],
        "startColumn": place["column"],
        "endLine": place["end_line"],
        "endColumn": place["end_column"],
    }


def _file(path: str) -> dict[str, str]:
    return {"uri": quote(path), "uriBaseId": ROOT}
