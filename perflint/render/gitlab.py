"""Code Quality report of GitLab.

Source: GitLab documentation, Code Quality report format (a subset of the Code Climate specification).
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from typing import Any

from perflint.render import RenderOptions
from perflint.render.listing import Listed, listed, sentence
from perflint.report import ReportJson

SEVERITIES = {"error": "major", "warning": "minor", "advice": "info"}


def render(report: ReportJson, options: RenderOptions) -> str:
    """Return the findings that count as a JSON array; every fingerprint in it is unique."""
    seen: Counter[str] = Counter()
    issues = []
    for item in listed(report, options.language):
        if item.counts:
            seen[item.finding["fingerprint"]] += 1
            issues.append(_issue(item, seen[item.finding["fingerprint"]]))
    return json.dumps(issues, ensure_ascii=False, indent=1) + "\n"


def _issue(item: Listed, number: int) -> dict[str, Any]:
    """Return a finding; `number` tells the copies of one file apart, whose findings have the same fingerprints."""
    finding = item.finding
    fingerprint = finding["fingerprint"]
    if number > 1:
        fingerprint = hashlib.sha256(f"{fingerprint} {number}".encode()).hexdigest()[: len(fingerprint)]
    return {
        "description": f"{finding['code']} {sentence(item)}",
        "check_name": finding["name"],
        "fingerprint": fingerprint,
        "severity": SEVERITIES[finding["severity"]],
        "location": {"path": item.document["path"], "lines": {"begin": finding["place"].get("line", 1)}},
    }
