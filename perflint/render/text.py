"""The report for a terminal: by file and form, each defect told once, the offending text marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import click

from perflint.render import RenderOptions
from perflint.render.excerpts import cut, folded, marked, printable
from perflint.render.grouping import Group, groups_by_rule, shared_groups
from perflint.render.spots import (
    cell_text,
    field_key,
    form_value,
    indicator_of,
    place_in_words,
    spot_in_words,
)
from perflint.render.tables import statistics_lines
from perflint.report import DocumentJson, FindingJson, FormJson, RelatedJson, ReportJson
from perflint.report.fingerprints import normal
from perflint.report.verdict import verdict
from perflint.wording import Wording, wording

COLOURS = {"error": "red", "warning": "yellow", "advice": "cyan"}
VERDICT_COLOURS = {"pass": "green", "problems": "red", "unchecked": "yellow"}
MARGIN = 6
"""Columns by which excerpts and remedies are indented."""
RELATED = 5
"""As many related places are listed: a goal may be copied in a hundred forms."""
REMEDY_LINES = 2
"""As many lines of a remedy are shown; a whole goal written anew is to be taken from another format."""


@dataclass(frozen=True, slots=True)
class _View:
    """What every part of the text needs to know."""

    report: ReportJson
    options: RenderOptions
    say: Wording
    texts: Wording


def render(report: ReportJson, options: RenderOptions) -> str:
    """Return the report as lines of text, in colour where `options.colour` says so.

    Findings that are suppressed or in the baseline are counted, not shown.
    """
    view = _View(report, options, wording("report", options.language), wording("html", options.language))
    lines = [line for document in report["documents"] for line in _document_lines(document, view)]
    lines += _apart(view)
    if options.statistics:
        lines += statistics_lines(report, options.language)
    lines.append(_summary(view))
    if options.fold:
        lines = [part for line in lines for part in folded(line, options.width)]
    text = "\n".join(lines) + "\n"
    return text if options.colour else click.unstyle(text)


def _document_lines(document: DocumentJson, view: _View) -> Iterator[str]:
    """Give the findings of a file: on the file itself, those that many forms share, then form by form."""
    open_findings = [finding for finding in document["findings"] if finding["suppressed"] is None]
    if not open_findings or _is_apart(document):
        return
    yield click.style(printable(document["path"]), bold=True)
    shared, rest = shared_groups(open_findings)
    for group in groups_by_rule(finding for finding in rest if finding["form"] is None):
        yield from _group_lines(group, None, document["path"], view)
    for group in shared:
        yield from _shared_lines(group, document, view)
    for form in document["forms"]:
        own = [finding for finding in rest if finding["form"] == form["index"]]
        if own:
            yield "  " + click.style(_form_title(form, view.say), underline=True)
        for group in groups_by_rule(own):
            yield from _group_lines(group, form, document["path"], view)
    yield ""


def _is_apart(document: DocumentJson) -> bool:
    """Say whether a file belongs into the list of those without a form: nobody said that it had one."""
    return document["status"] == "no-form" and not document["named"]


def _form_title(form: FormJson, say: Wording) -> str:
    project = printable(form["project_name"] or say("unnamed"))
    return say("title", form=say("form", form=form["index"]), title=printable(form["title"]), project=project)


def _heading(group: Group, text: str, view: _View) -> str:
    severity = click.style(view.say(f"severity.{group.severity}"), fg=COLOURS[group.severity], bold=True)
    return f"  {severity} {group.code} {group.findings[0]['name']}  {printable(text)}"


def _title(group: Group, view: _View) -> str:
    return view.report["rules"][group.code]["title"]


def _group_lines(group: Group, form: FormJson | None, path: str, view: _View) -> Iterator[str]:
    """Give the findings of one rule in one form: the message of a single one, else the rule's title and each
    place.
    """
    count = len(group.findings)
    alone = group.findings[0]["message"]
    yield _heading(
        group, alone if count == 1 else f"{_title(group, view)} ({view.say('rows', count=count)})", view
    )
    remedies = {finding["suggestion"] for finding in group.findings}
    for _, alike in groupby(group.findings, key=lambda finding: normal(finding["excerpt"])):
        findings = list(alike)
        for finding in findings:
            yield from _where(finding, form, view)
        yield from _excerpt(findings[0], form, view)
        for finding in findings:
            yield from _related(finding["related"], path, view)
        if len(remedies) > 1:
            yield from _remedy(findings[0]["suggestion"], view)
    if len(remedies) == 1:
        yield from _remedy(group.findings[0]["suggestion"], view)


def _shared_lines(group: Group, document: DocumentJson, view: _View) -> Iterator[str]:
    """Give a defect that several forms share once, with the numbers of the forms."""
    numbers = list(dict.fromkeys(finding["form"] for finding in group.findings if finding["form"]))
    yield _heading(group, _title(group, view), view)
    listed = view.say("list").join(_runs(numbers))
    yield "    " + click.style(view.say("shared", count=len(numbers), forms=listed), dim=True)
    first = group.findings[0]
    form = document["forms"][numbers[0] - 1]
    yield from _where(first, form, view)
    yield from _excerpt(first, form, view)
    if len({finding["suggestion"] for finding in group.findings}) == 1:
        yield from _remedy(first["suggestion"], view)


def _runs(numbers: Sequence[int]) -> list[str]:
    """Return ascending numbers with runs drawn together: 1, 2, 3, 7 gives `1–3`, `7`."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return [str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs]


def _where(finding: FindingJson, form: FormJson | None, view: _View) -> Iterator[str]:
    spot = spot_in_words(form, finding["indicator"], finding["field"], finding["place"], view.texts)
    where = " · ".join(filter(None, (place_in_words(finding["place"], view.texts), spot)))
    if where:
        yield "    " + click.style(printable(where), dim=True)


def _excerpt(finding: FindingJson, form: FormJson | None, view: _View) -> Iterator[str]:
    """Give the text of the cell, and below it the mark under the offending part."""
    if finding["excerpt"]:
        line, carets = marked(_cell(finding, form), finding["excerpt"], max(view.options.width - MARGIN, 20))
        yield " " * MARGIN + line
        yield " " * MARGIN + click.style(carets, fg=COLOURS[finding["severity"]])


def _cell(finding: FindingJson, form: FormJson | None) -> str:
    """Return the whole text of the cell that a finding is about, the excerpt where there is none."""
    if form is None or finding["field"] is None:
        return finding["excerpt"]
    row = indicator_of(form, finding["indicator"])
    if row:
        return cell_text(row, finding["field"]) or finding["excerpt"]
    return form_value(form, field_key(form, finding["field"], finding["place"])) or finding["excerpt"]


def _related(places: Sequence[RelatedJson], path: str, view: _View) -> Iterator[str]:
    """Give the first of the other places that a finding speaks of; the file only where it is another one."""
    for other in places[:RELATED]:
        elsewhere = other["path"] if other["path"] != path else ""
        where = " ".join(filter(None, (elsewhere, place_in_words(other["place"], view.texts))))
        yield " " * MARGIN + view.say("related") + printable(where)
    if more := len(places[RELATED:]):
        yield " " * MARGIN + view.say("related_more", count=more)


def _remedy(text: str | None, view: _View) -> Iterator[str]:
    if text:
        width = max(view.options.width - MARGIN, 20) * REMEDY_LINES
        yield " " * MARGIN + cut(printable(f"→ {text}"), width)


def _apart(view: _View) -> list[str]:
    """Return the list of files that a search through folders found, but that hold no form."""
    paths = [printable(document["path"]) for document in view.report["documents"] if _is_apart(document)]
    return [view.say("no_form_files"), *(f"  {path}" for path in paths), ""] if paths else []


def _summary(view: _View) -> str:
    """Return the last line: verdict and counts."""
    summary, said = view.report["summary"], verdict(view.report)
    documents = summary["documents"]
    counts = {
        "no_form": documents["no_form"],
        "unreadable": documents["unreadable"],
        "suppressed": summary["suppressed"],
        "baselined": summary["baselined"],
        "abstentions": summary["abstentions"],
    }
    parts = [
        view.say("summary.files", checked=documents["checked"], forms=summary["forms"]),
        view.say("summary.findings", **summary["findings"]),
        *(view.say(f"summary.{name}", count=count) for name, count in counts.items() if count),
    ]
    head = click.style(view.say(f"summary.verdict_{said}"), fg=VERDICT_COLOURS[said], bold=True)
    return f"{head}  {' · '.join(parts)}"
