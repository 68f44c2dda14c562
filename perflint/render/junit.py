"""JUnit XML for CI servers: a suite a file, a failure a finding, an error where a file was not checked."""

from __future__ import annotations

from itertools import groupby

from lxml import etree

from perflint.render import RenderOptions
from perflint.render.listing import Listed, listed, sentence
from perflint.report import DocumentJson, ReportJson
from perflint.report.verdict import undone


def render(report: ReportJson, options: RenderOptions) -> str:
    """Return the report as JUnit XML; a file without findings is one passed test."""
    root = etree.Element("testsuites", name="perflint")
    findings = {
        path: list(items)
        for path, items in groupby(listed(report, options.language), key=lambda item: item.document["path"])
    }
    for document in report["documents"]:
        root.append(_suite(document, findings.get(document["path"], [])))
    for attribute in ("tests", "failures", "errors", "skipped"):
        root.set(attribute, str(sum(int(suite.get(attribute, "0")) for suite in root)))
    text: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
    return text.decode("utf-8")


def _suite(document: DocumentJson, items: list[Listed]) -> etree._Element:
    """Return the tests of a file; where it was not checked, its findings are errors."""
    suite = etree.Element("testsuite", name=_safe(document["path"]))
    broken = undone(document)
    cases = [
        _case(document["path"], item, "error" if broken and item.form is None else "failure")
        for item in items
    ]
    if not any(item.counts for item in items) and not broken:
        cases.insert(0, etree.Element("testcase", classname=_safe(document["path"]), name=document["status"]))
    suite.extend(cases)
    for attribute, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(attribute, str(len(suite.findall(f"testcase/{tag}"))))
    suite.set("tests", str(len(cases)))
    return suite


def _case(path: str, item: Listed, outcome: str) -> etree._Element:
    """Return a finding as a test that failed, or was skipped where it is suppressed."""
    finding = item.finding
    name = " ".join(part for part in (finding["code"], finding["name"], item.where) if part)
    case = etree.Element("testcase", classname=_safe(path), name=_safe(name))
    if not item.counts:
        etree.SubElement(case, "skipped", message=_safe((finding["suppressed"] or {"reason": ""})["reason"]))
        return case
    failure = etree.SubElement(case, outcome, type=finding["severity"], message=_safe(finding["message"]))
    failure.text = _safe(
        "\n".join(part for part in (sentence(item), finding["excerpt"], finding["suggestion"]) if part)
    )
    return case


def _safe(text: str) -> str:
    """Return a text without the characters that XML 1.0 cannot hold (§ 2.2, Char)."""
    return "".join(
        sign
        if sign in "\t\n\r" or " " <= sign <= "\ud7ff" or "\ue000" <= sign <= "\ufffd" or sign > "\uffff"
        else "�"
        for sign in text
    )
