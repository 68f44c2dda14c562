"""What a report amounts to: the verdict in one word, and the exit code."""

from __future__ import annotations

from perflint.report import SEVERITIES, DocumentJson, ReportJson

CLEAN, FINDINGS, UNDONE, INTERRUPTED = 0, 1, 2, 130
"""The exit codes of `perflint check`."""

NOT_CHECKED = frozenset({"E903", "E906"})
"""scanned-page and rule-crashed: a part of the file that nobody has looked at."""


def undone(document: DocumentJson) -> bool:
    """Say whether a file was not checked though it should have been.

    That is a file that cannot be read, a page that is a picture, a rule that failed, a form cut off before
    its first indicator, and a named file without a form (unless the rule no-form-found is switched off).
    """
    codes = {finding["code"] for finding in document["findings"] if finding["suppressed"] is None}
    if document["status"] == "no-form":
        return document["named"] and "E902" in codes
    cut_off = any(not form["indicators"] for form in document["forms"])
    return document["status"] == "unreadable" or cut_off or bool(codes & NOT_CHECKED)


def verdict(report: ReportJson) -> str:
    """Return `unchecked` (a file was not, or no form at all), `problems` (errors or warnings) or `pass`."""
    documents = report["documents"]
    nothing = not any(document["status"] == "checked" for document in documents)
    if nothing or any(undone(document) for document in documents):
        return "unchecked"
    counts = report["summary"]["findings"]
    return "problems" if counts["error"] or counts["warning"] else "pass"


def exit_code(report: ReportJson, fail_on: str) -> int:
    """Return 2 where a file was not checked, 1 for findings at or above the severity `fail_on`, else 0.

    `fail_on` is error, warning, advice, or never.
    """
    if any(undone(document) for document in report["documents"]):
        return UNDONE
    failing = SEVERITIES[: SEVERITIES.index(fail_on) + 1] if fail_on in SEVERITIES else ()
    counts = dict(report["summary"]["findings"])
    return FINDINGS if any(counts[severity] for severity in failing) else CLEAN
