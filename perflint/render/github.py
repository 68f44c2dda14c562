"""Annotations for GitHub Actions, and the summary of the step.

Source: GitHub, Workflow commands for GitHub Actions (escaping as in @actions/core, command.ts).
"""

from __future__ import annotations

from collections.abc import Iterator

from perflint.render import RenderOptions
from perflint.render.listing import Listed, listed, sentence
from perflint.report import SEVERITIES, ReportJson
from perflint.wording import wording

COMMANDS = {"error": "error", "warning": "warning", "advice": "notice"}
SUMMARY_ROWS = 200
"""GitHub cuts a summary at 1 MiB; a reviewer reads less."""


def render(report: ReportJson, options: RenderOptions) -> str:
    """Return a workflow command for each finding that counts, worst first: GitHub shows ten of a kind in a step."""
    items = sorted(
        (item for item in listed(report, options.language) if item.counts),
        key=lambda item: SEVERITIES.index(item.finding["severity"]),
    )
    return "".join(_command(item) + "\n" for item in items)


def _command(item: Listed) -> str:
    """Return `::error file=a.txt,line=3,col=5,title=U301 count-in-percent::message`."""
    finding, place = item.finding, item.finding["place"]
    values = {"file": item.document["path"]}
    if "line" in place:
        values |= {"line": str(place["line"]), "endLine": str(place["end_line"]), "col": str(place["column"])}
    values["title"] = f"{finding['code']} {finding['name']}"
    properties = ",".join(f"{key}={_property(value)}" for key, value in values.items())
    text = sentence(item) + (f"\n→ {finding['suggestion']}" if finding["suggestion"] else "")
    return f"::{COMMANDS[finding['severity']]} {properties}::{_data(text)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def step_summary(report: ReportJson, language: str) -> str:
    """Return the findings as a Markdown table for $GITHUB_STEP_SUMMARY: annotations are capped, this is not."""
    return "\n".join(_summary_lines(report, language)) + "\n"


def _summary_lines(report: ReportJson, language: str) -> Iterator[str]:
    say = wording("report", language)
    counts = report["summary"]
    files = say("summary.files", checked=counts["documents"]["checked"], forms=counts["forms"])
    yield f"### perflint\n\n{files} · {say('summary.findings', **counts['findings'])}\n"
    items = [item for item in listed(report, language) if item.counts]
    if not items:
        return
    columns = [say(f"listing.{name}") for name in ("severity", "rule", "path", "place", "message", "remedy")]
    yield "| " + " | ".join(columns) + " |"
    yield "|" + " --- |" * len(columns)
    for item in items[:SUMMARY_ROWS]:
        finding = item.finding
        severity = say(f"severity.{finding['severity']}")
        cells = [
            severity,
            finding["code"],
            item.document["path"],
            item.where,
            finding["message"],
            finding["suggestion"] or "",
        ]
        yield "| " + " | ".join(_cell(cell) for cell in cells) + " |"
    if len(items) > SUMMARY_ROWS:
        yield "\n" + say("listing.more", count=len(items) - SUMMARY_ROWS)


def _cell(text: str) -> str:
    """Return a text of a document as plain text in a cell of a Markdown table."""
    text = " ".join(text.split()).replace("&", "&amp;").replace("<", "&lt;")
    return "".join(f"\\{sign}" if sign in "\\|`*_[]" else sign for sign in text)
