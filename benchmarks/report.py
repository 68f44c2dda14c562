"""What the HTML report costs: time against reading, bytes a form, and how soon a long one opens in Chromium.

Run from the project's folder: `python -m benchmarks.report`. Times are seconds of one processor, Chromium's are
those on the clock (left out where Playwright or Chromium is missing).
"""

from __future__ import annotations

import argparse
import sys
import time
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import perflint
from benchmarks.opening import chromium, measured
from perflint.render import RenderOptions
from perflint.render.html import render
from perflint.report import ReportJson
from perflint.report.statistics import statistics_of, summary_of

FILES = Path("fixtures/files")
PRODUCERS = ("chromium", "writer", "weasyprint")
"""Three printings of the same forms make a run of more than 100 forms."""
LARGEST = 10_000_000
"""Bytes of a report of 100 PDF forms with its pictures: what a mail may carry."""
LONG = 1000
"""Forms of the long report."""
SOON = 2.0
"""Seconds after which the long report is to be usable."""


def timed(task: Any, *arguments: Any) -> tuple[Any, float]:
    """Return what a function gives and the processor seconds that it took."""
    start = time.process_time()
    result = task(*arguments)
    return result, time.process_time() - start


def grown(report: ReportJson, forms: int) -> ReportJson:
    """Return a report with its documents repeated, under other names, until it has this many forms."""
    documents: list[Any] = []
    while sum(len(document["forms"]) for document in documents) < forms:
        for document in report["documents"]:
            path = f"{len(documents)}/{document['path']}"
            mark = f"{len(documents):04}"
            findings = [
                {**finding, "fingerprint": finding["fingerprint"] + mark, "related": []}
                for finding in document["findings"]
            ]
            projects = [
                {**form, "project_name": f"{form['project_name']}（{mark}）"} for form in document["forms"]
            ]
            documents.append({**document, "path": path, "forms": projects, "findings": findings})
    long: ReportJson = {**report, "documents": documents}
    long["summary"], long["statistics"] = summary_of(documents), statistics_of(documents)
    return long


def long_report(report: ReportJson) -> bool:
    """Print what a report of LONG forms costs and how soon it opens; say whether it opens in time."""
    long = grown(report, LONG)
    page, seconds = timed(render, long, RenderOptions(pictures="none"))
    findings = long["summary"]["findings"]
    counts = findings["error"] + findings["warning"] + findings["advice"]
    size = len(page.encode()) / 1e6
    print(f"{long['summary']['forms']} forms, {counts} findings: {size:.1f} MB in {seconds:.1f} s")
    with TemporaryDirectory() as folder, chromium() as browser:
        if browser is None:
            return True
        file = Path(folder) / "report.html"
        file.write_text(page, "utf-8")
        opening = measured(browser, file)
    print(
        f"in Chromium: usable after {opening.usable:.2f} s, a change of filter {opening.filtered * 1000:.0f} ms, "
        f"a screen of scrolling {opening.screen * 1000:.0f} ms"
    )
    return opening.usable <= SOON


def main() -> int:
    """Measure and print one line a figure; return 1 where a report is too large, too dear or too slow."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--smoke", action="store_true", help="one printing of the forms, times not judged, no long report"
    )
    smoke = parser.parse_args().smoke
    producers = PRODUCERS[:1] if smoke else PRODUCERS
    paths = [path for producer in producers for path in sorted(FILES.glob(f"*.{producer}.pdf"))]
    report, reading = timed(perflint.check, paths)
    forms = report["summary"]["forms"]
    print(f"{forms} forms in {len(paths)} PDF files: read and checked in {reading:.1f} s")
    for pictures in ("none", "all", "auto"):
        page, drawing = timed(render, report, replace(RenderOptions(), pictures=pictures))
        print(f"report with pictures {pictures}: {len(page.encode()) / 1e6:.1f} MB in {drawing:.1f} s")
    # The last one is what users get.
    if len(page.encode()) > LARGEST * max(forms, 100) / 100:
        print(f"larger than {LARGEST / 1e6:.0f} MB for 100 forms")
        return 1
    if not smoke and drawing > reading:
        print("rendering costs more than reading")
        return 1
    if not smoke and not long_report(report):
        print(f"usable later than {SOON:.0f} s")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
