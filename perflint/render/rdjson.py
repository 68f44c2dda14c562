"""Reviewdog Diagnostic Format (rdjson): its columns count bytes of UTF-8.

Source: reviewdog, proto/rdf (DiagnosticResult, Position).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from perflint.render import RenderOptions
from perflint.render.listing import Listed, listed, sentence
from perflint.render.pictures import original_of
from perflint.report import DocumentJson, PlaceJson, ReportJson

SEVERITIES = {"error": "ERROR", "warning": "WARNING", "advice": "INFO"}


def render(report: ReportJson, options: RenderOptions) -> str:
    """Return the findings that count as one DiagnosticResult."""
    lines = {
        document["path"]: _lines(document, options.base)
        for document in report["documents"]
        if document["format"] == "text" and document["status"] != "unreadable"
    }
    result = {
        "source": {"name": report["tool"]["name"]},
        "diagnostics": [_diagnostic(item, lines) for item in listed(report, options.language) if item.counts],
    }
    return json.dumps(result, ensure_ascii=False, indent=1) + "\n"


def _lines(document: DocumentJson, base: Path) -> list[str]:
    """Return the lines of the text file, which bytes are counted in; none where it is not at hand."""
    from perflint.readers.text import decode

    data = original_of(base, document["path"], document["sha256"])
    return re.split("\r\n|\r|\n", decode(data)) if data is not None else []


def _diagnostic(item: Listed, lines: Mapping[str, list[str]]) -> dict[str, Any]:
    """Return a finding; a place that is no line stands in the message alone."""
    finding, path = item.finding, item.document["path"]
    location: dict[str, Any] = {"path": path}
    if "line" in finding["place"]:
        location["range"] = _range(finding["place"], lines.get(path, []))
    text = sentence(item) + (f" → {finding['suggestion']}" if finding["suggestion"] else "")
    return {
        "message": text,
        "location": location,
        "severity": SEVERITIES[finding["severity"]],
        "code": {"value": finding["code"]},
    }


def _range(place: PlaceJson, lines: list[str]) -> dict[str, Any]:
    """Return a stretch of a text file; without the file (a saved report) the line alone."""
    start: dict[str, int] = {"line": place["line"]}
    end: dict[str, int] = {"line": place["end_line"]}
    if len(lines) >= place["end_line"]:
        start["column"] = _byte_column(lines[place["line"] - 1], place["column"])
        end["column"] = _byte_column(lines[place["end_line"] - 1], place["end_column"])
    return {"start": start, "end": end}


def _byte_column(line: str, column: int) -> int:
    """Return the column in bytes of UTF-8, from 1, of a column in code points, from 1."""
    return len(line[: column - 1].encode("utf-8")) + 1
