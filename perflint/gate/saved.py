"""Read back the JSON reports that perflint wrote."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from perflint.config import shown
from perflint.config.refusal import Mistake, SettingsError
from perflint.gate.baseline import read_json
from perflint.report import ReportJson


def load_report(path: Path) -> ReportJson:
    """Read a saved report and hold it against its schema. Raises SettingsError, naming the first key that
    does not fit.
    """
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import best_match

    content = read_json(path, "not-report")
    error = best_match(Draft202012Validator(report_schema()).iter_errors(content))
    if error is not None:
        where = "/".join(str(step) for step in error.absolute_path)
        detail = f"{where}: {error.message[:200]}" if where else error.message[:200]
        raise SettingsError([Mistake("not-report", {"detail": detail}, shown(path))])
    report: ReportJson = content
    return report


@cache
def report_schema() -> dict[str, Any]:
    """Return the JSON Schema of the report."""
    schema: dict[str, Any] = json.loads(
        (Path(__file__).parents[1] / "schemas" / "report.schema.json").read_text("utf-8")
    )
    return schema
