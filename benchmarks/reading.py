"""What a page costs: python -m benchmarks.reading [--smoke] [FILE…].

Each file is read by `pdfplumber.Page.extract_tables()` and checked whole by perflint (reading, recognition, rules) in
turns, the best of five. perflint runs in a process of its own that has checked a small form before, but never seen the
file: nothing of it is remembered. Two ratios are printed: of the processor time where one process does everything, and of
the time that passes where the pages are shared out among all processors, as `perflint check` does it. Generated files
of 1, 60 and 1,000 pages (reportlab) and of 60 pages (Chromium), or the files named. Ends with 1 where a page of a
generated file takes longer than 1/12 of pdfplumber, or a process takes more than 200 MB.
"""

from __future__ import annotations

import argparse
import logging
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pdfplumber

from fixtures.make import printers, writers
from fixtures.make.invent import invent
from fixtures.make.layouts import LAYOUTS
from perflint.engine.workers import available

RATIO = 12
MEGABYTES = 200
COMPARED_PAGES = 20
"""As many pages of a long file are given to pdfplumber: its time a page does not change with the length."""
TURNS = 5
CHECK = """
import re, resource, sys, time
import perflint
from perflint.sharing import processors
perflint.check(sys.argv[2:3])
processors.set(int(sys.argv[1]))
started, spent = time.perf_counter(), time.process_time()
perflint.check(sys.argv[3:])
print(time.process_time() - spent, time.perf_counter() - started)
print(re.search(r"VmHWM:\\s*(\\d+)", open("/proc/self/status").read())[1])
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
"""Prints the seconds of processor and clock that the second file takes, and the peaks in KB of this process and the
largest of its helpers (of this one `getrusage` would count the parent's memory too)."""
SMALL = Path(__file__).parent.parent / "fixtures" / "files" / "five-defects.chromium.pdf"
"""Pays for imports and rules."""
JUDGED_PAGES = 10
"""The time of a shorter file is that of the start of a run (settings, eighty rules), shared by all its files."""


def main() -> int:
    """Measure every file and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--smoke", action="store_true", help="one short file, ratios printed but not judged")
    parser.add_argument("files", nargs="*", type=Path)
    options = parser.parse_args()
    # pdfminer complains of every font that is not embedded.
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    head = f"{'file':20} {'pages':>5} {'pdfplumber':>12} {'processor':>12} {'ratio':>6}"
    print(f"{head} {f'{available()} processes':>12} {'ratio':>6} {'peak':>7}")
    with tempfile.TemporaryDirectory() as folder:
        files = options.files or generated(Path(folder), smoke=options.smoke)
        passed = [measured(path) for path in files]
    return 0 if options.smoke or options.files or all(passed) else 1


def generated(folder: Path, *, smoke: bool) -> Iterator[Path]:
    """Yield PDFs of invented self-evaluations."""
    for forms in (1, 5) if smoke else (1, 60, 1000):
        path = folder / f"reportlab-{forms}.pdf"
        label = invent("self-evaluation-2024", forms, seed=3)
        sheets = [LAYOUTS["self-evaluation-2024"](form) for form in label["forms"]]
        printers.print_with_reportlab(sheets, path)
        yield path
        if forms == 60:
            writers.write_html(sheets, folder / "page.html")
            printers.print_with_chromium(folder / "page.html", folder / "chromium-60.pdf")
            yield folder / "chromium-60.pdf"


def measured(path: Path) -> bool:
    """Print the figures of one file and say whether they are good enough."""
    total = page_count(path)
    turns = [(seconds_a_page(path), *checked(path, 1), *checked(path, available())) for _ in range(TURNS)]
    reference, spent, _, peak, _, passed, highest = (min(figures) for figures in zip(*turns, strict=True))
    ratios = [reference * total / seconds for seconds in (spent, passed)]
    columns = [
        f"{seconds / total * 1000:9.2f} ms {ratio:6.1f}"
        for seconds, ratio in zip((spent, passed), ratios, strict=True)
    ]
    peak = max(peak, highest)
    print(
        f"{path.name:20} {total:5} {reference * 1000:9.1f} ms {' '.join(columns)} {peak:4.0f} MB", flush=True
    )
    return (ratios[1] >= RATIO or total < JUDGED_PAGES) and peak <= MEGABYTES


def seconds_a_page(path: Path) -> float:
    """Return what pdfplumber takes for a page; to open the file, which goes by its length, is not counted."""
    with pdfplumber.open(path) as pdf:
        pages = pdf.pages[:COMPARED_PAGES]
        started = time.process_time()
        for page in pages:
            page.extract_tables()
            page.close()
        return (time.process_time() - started) / len(pages)


def page_count(path: Path) -> int:
    """Return the number of pages of a PDF."""
    with pdfplumber.open(path) as pdf:
        return len(pdf.pages)


def checked(path: Path, processes: int) -> tuple[float, float, float]:
    """Return the seconds of processor (of one process) and clock that perflint takes for a file, and its peak in MB."""
    command = [sys.executable, "-c", CHECK, str(processes), SMALL, path]
    finished = subprocess.run(command, check=True, capture_output=True, text=True)
    spent, passed, *kilobytes = map(float, finished.stdout.split())
    return spent, passed, max(kilobytes) / 1024


if __name__ == "__main__":
    sys.exit(main())
