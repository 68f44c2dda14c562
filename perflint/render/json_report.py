"""The machine report as JSON: the contract of docs/json.md."""

from __future__ import annotations

import json

from perflint.render import RenderOptions
from perflint.report import ReportJson


def render(report: ReportJson, options: RenderOptions) -> str:
    """Return the whole report, indented, Chinese as it is."""
    return json.dumps(report, ensure_ascii=False, indent=1) + "\n"
