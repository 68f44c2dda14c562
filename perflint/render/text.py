"""The report for a terminal: by file and form, each defect told once, with a mark under the offending text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import click

from perflint.render import RenderOptions
from perflint.render.excerpts import display_width, marked, printable
from perflint.render.grouping import Group, groups_by_rule, shared_groups
from perflint.render.html.spots import cell_text, form_value, indicator_of, place_in_words, spot_in_words
from perflint.render.tables import statistics_lines
from perflint.report import DocumentJson, FindingJson, FormJson, ReportJson
from perflint.verdict import verdict
from perflint.wording import wording

COLOURS = {"error": "red", "warning": "yellow", "advice": "cyan"}
VERDICT_COLOURS = {"pass": "green", "problems": "red", "unchecked": "yellow"}
SHOWN_SPOTS = 12
"""Forms listed of those that share a defect; the machine report has them all."""


def render(report: ReportJson, options: RenderOptions) -> str:
    """Return the report as lines of text, in colour where `options.colour` says so.

    Findings that are suppressed or in the baseline are counted, not shown.
    """
    lines: list[str] = []
    for document in report["documents"]:
        if document["named"] or document["status"] != "no-form":
            lines += _document_lines(document, report, options)
    lines += _apart(report, options)
    if options.statistics:
        lines += statistics_lines(report, options.language)
    lines.append(_summary(report, options))
    text = "\n".join(lines) + "\n"
    return text if options.colour else click.unstyle(text)


def _document_lines(document: DocumentJson, report: ReportJson, options: RenderOptions) -> Iterator[str]:
    """Give the findings of a file: on the file as a whole, those that many forms share, then form by form."""
    open_findings = [finding for finding in document["findings"] if finding["suppressed"] is None]
    if not open_findings:
        return
    yield click.style(printable(document["path"]), bold=True)
    shared, rest = shared_groups(open_findings)
    for group in groups_by_rule(finding for finding in rest if finding["form"] is None):
        yield from _group_lines(group, None, report, options)
    for group in shared:
        yield from _shared_lines(group, document, report, options)
    for form in document["forms"]:
        own = [finding for finding in rest if finding["form"] == form["index"]]
        if own:
            yield "  " + click.style(_form_title(form, options.language), underline=True)
        for group in groups_by_rule(own):
            yield from _group_lines(group, form, report, options)
    yield ""


def _form_title(form: FormJson, language: str) -> str:
    say = wording("report", language)
    project = form["project_name"] or say("unnamed")
    return say("title", form=say("form", form=form["index"]), title=printable(form["title"]), project=printable(project))


def _heading(group: Group, report: ReportJson, language: str, tail: str) -> str:
    severity = click.style(wording("report", language)(f"severity.{group.severity}"), fg=COLOURS[group.severity], bold=True)
    return f"  {severity} {group.code} {group.findings[0]['name']}  {tail}"


def _group_lines(group: Group, form: FormJson | None, report: ReportJson, options: RenderOptions) -> Iterator[str]:
    """Give the findings of one rule in one form: its message for a single one, else its title and then each place."""
    say = wording("report", options.language)
    first = group.findings[0]
    alone = len(group.findings) == 1
    tail = first["message"] if alone else f"{report['rules'][group.code]['title']} ({say('rows', count=len(group.findings))})"
    yield _heading(group, report, options.language, printable(tail))
    remedies = {finding["suggestion"] for finding in group.findings}
    for finding in group.findings:
        yield from _finding_lines(finding, form, options)
        if len(remedies) > 1 and finding["suggestion"]:
            yield f"      → {printable(finding['suggestion'])}"
    if len(remedies) == 1 and first["suggestion"]:
        yield f"      → {printable(first['suggestion'])}"


def _finding_lines(finding: FindingJson, form: FormJson | None, options: RenderOptions) -> Iterator[str]:
    """Give where a finding stands and the text it is about, marked."""
    texts = wording("html", options.language)
    spot = spot_in_words(form, finding["indicator"], finding["field"], finding["place"], texts)
    where = " · ".join(part for part in (place_in_words(finding["place"], texts), spot) if part)
    if where:
        yield "    " + click.style(printable(where), dim=True)
    if finding["excerpt"]:
        text = _cell(finding, form) or finding["excerpt"]
        line, carets = marked(text, finding["excerpt"], max(options.width - 8, 20))
        yield "      " + line
        yield "      " + click.style(carets, fg=COLOURS[finding["severity"]])
    for number, other in enumerate(finding["related"], 1):
        place = place_in_words(other["place"], texts)
        path = f"{printable(other['path'])} " if other["path"] else ""
        yield f"      {wording('report', options.language)('related')}[{number}] {path}{place}".rstrip()


def _cell(finding: FindingJson, form: FormJson | None) -> str:
    """Return the whole text of the cell that a finding is about."""
    if form is None or finding["field"] is None:
        return ""
    row = indicator_of(form, finding["indicator"])
    return cell_text(row, finding["field"]) if row else form_value(form, finding["field"])


def _shared_lines(
    group: Group, document: DocumentJson, report: ReportJson, options: RenderOptions
) -> Iterator[str]:
    """Give a defect that several forms share once, with the forms it stands in."""
    say = wording("report", options.language)
    forms = list(dict.fromkeys(finding["form"] for finding in group.findings))
    listed = say("list").join(_ranges([form for form in forms if form]))
    yield _heading(group, report, options.language, printable(report["rules"][group.code]["title"]))
    yield "    " + click.style(say("shared", count=len(forms), forms=listed), dim=True)
    first = group.findings[0]
    form = next((form for form in document["forms"] if form["index"] == first["form"]), None)
    yield from _finding_lines(first, form, options)
    if first["suggestion"]:
        yield f"      → {printable(first['suggestion'])}"


def _ranges(numbers: Sequence[int]) -> list[str]:
    """Return numbers in ascending order with runs drawn together: 1, 2, 3, 7 gives `1–3`, `7`."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return [str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs]


def _apart(report: ReportJson, options: RenderOptions) -> list[str]:
    """Return the list of files that a search through a folder found, but that hold no form."""
    paths = [one["path"] for one in report["documents"] if not one["named"] and one["status"] == "no-form"]
    if not paths:
        return []
    return [wording("report", options.language)("no_form_files"), *(f"  {printable(path)}" for path in paths), ""]


def _summary(report: ReportJson, options: RenderOptions) -> str:
    """Return the last line: verdict and counts."""
    say = wording("report", options.language)
    summary, said = report["summary"], verdict(report)
    documents = summary["documents"]
    parts = [say("summary.files", checked=documents["checked"], forms=summary["forms"])]
    counts = {
        "no_form": documents["no_form"], "unreadable": documents["unreadable"], "suppressed": summary["suppressed"],
        "baselined": summary["baselined"], "abstentions": summary["abstentions"],
    }  # fmt: skip
    parts.append(say("summary.findings", **summary["findings"]))
    parts += [say(f"summary.{name}", count=count) for name, count in counts.items() if count]
    head = click.style(say(f"summary.verdict_{said}"), fg=VERDICT_COLOURS[said], bold=True)
    return f"{head}  " + " · ".join(parts)
