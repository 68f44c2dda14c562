"""The findings as an Excel workbook that an office can sort, filter and pass on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any

import xlsxwriter

from perflint.render import RenderOptions
from perflint.render.listing import Listed, listed
from perflint.render.spots import cell_text, indicator_of, named
from perflint.report import ReportJson
from perflint.report.statistics import unit_of
from perflint.wording import Wording, wording

FILLS = {"error": "#F8D7DA", "warning": "#FFF3CD", "advice": "#D6E6F5"}
FINDING_COLUMNS = {
    "severity": 7, "rule": 7, "rule_name": 24, "project": 26, "unit": 20, "form": 5, "indicator": 24, "place": 34,
    "excerpt": 24, "message": 46, "remedy": 40, "state": 10, "path": 30, "fingerprint": 20,
}  # fmt: skip
"""The columns of the list with their widths in characters."""
DOCUMENT_COLUMNS = {"path": 44, "state": 14, "format": 8, "forms": 8, "findings": 10, "sha256": 66}
STATISTICS_COLUMNS = {"rule": 10, "rule_name": 34, "severity": 10, "findings": 10, "forms": 10}

PRINTED = 11
"""As many columns fit a printed page; state, file and fingerprint are for the screen."""

Row = Sequence[str | int]


def render(report: ReportJson, options: RenderOptions) -> bytes:
    """Return a workbook with the findings, the files and the counts by rule; every text stays text, never a formula."""
    buffer = BytesIO()
    settings = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(buffer, settings)
    book.set_properties({"created": options.generated_at.replace(tzinfo=None), "author": "perflint"})
    say = wording("report", options.language)
    texts = wording("html", options.language)
    items = list(listed(report, options.language))
    fills = [item.finding["severity"] if item.counts else "" for item in items]
    rows = [_finding_row(item, report, say, texts) for item in items]
    _sheet(book, say, "findings", FINDING_COLUMNS, rows, fills)
    _sheet(book, say, "documents", DOCUMENT_COLUMNS, list(_document_rows(report, texts)))
    _sheet(book, say, "statistics", STATISTICS_COLUMNS, list(_statistics_rows(report, say)))
    book.close()
    return buffer.getvalue()


def _sheet(
    book: Any,
    say: Wording,
    name: str,
    columns: dict[str, int],
    rows: Sequence[Row],
    fills: Sequence[str] = (),
) -> None:
    """Write a sheet with a frozen heading and a filter; `fills` names the severity that colours each row."""
    sheet = book.add_worksheet(say(f"listing.{name}"))
    heading = book.add_format(
        {"bold": True, "bg_color": "#E9ECEF", "border": 1, "text_wrap": True, "valign": "vcenter"}
    )
    plain = {"text_wrap": True, "valign": "top", "border": 1}
    formats = {"": book.add_format(plain)}
    formats |= {severity: book.add_format(plain | {"bg_color": fill}) for severity, fill in FILLS.items()}
    for number, (column, width) in enumerate(columns.items()):
        sheet.set_column(number, number, width)
        sheet.write_string(0, number, say(f"listing.{column}"), heading)
    for number, row in enumerate(rows, 1):
        fill = formats[fills[number - 1] if fills else ""]
        for at, value in enumerate(row):
            if isinstance(value, int):
                sheet.write_number(number, at, value, fill)
            else:
                sheet.write_string(number, at, value, fill)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(rows), 1), len(columns) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.print_area(0, 0, max(len(rows), 1), min(len(columns), PRINTED) - 1)
    sheet.repeat_rows(0)


def _finding_row(item: Listed, report: ReportJson, say: Wording, texts: Wording) -> Row:
    """Return a finding in the order of FINDING_COLUMNS."""
    finding, form = item.finding, item.form
    row = indicator_of(form, finding["indicator"]) if form else None
    suppressed = finding["suppressed"]
    state = named(texts, "state", suppressed["kind"] if suppressed else "open")
    return (
        say(f"severity.{finding['severity']}"),
        finding["code"],
        report["rules"][finding["code"]]["title"],
        (form["project_name"] or "") if form else "",
        unit_of(form) if form else "",
        form["index"] if form else "",
        cell_text(row, "name") if row else "",
        item.where,
        finding["excerpt"],
        finding["message"],
        finding["suggestion"] or "",
        f"{state}：{suppressed['reason']}" if suppressed and suppressed["reason"] else state,
        item.document["path"],
        finding["fingerprint"],
    )


def _document_rows(report: ReportJson, texts: Wording) -> Iterator[Row]:
    for document in report["documents"]:
        counted = sum(finding["suppressed"] is None for finding in document["findings"])
        status = named(texts, "status", document["status"])
        yield (
            document["path"],
            status,
            document["format"],
            len(document["forms"]),
            counted,
            document["sha256"],
        )


def _statistics_rows(report: ReportJson, say: Wording) -> Iterator[Row]:
    for tally in report["statistics"]["by_rule"]:
        rule = report["rules"][tally["key"]]
        total = tally["error"] + tally["warning"] + tally["advice"]
        yield tally["key"], rule["title"], say(f"severity.{rule['severity']}"), total, tally["forms"]
