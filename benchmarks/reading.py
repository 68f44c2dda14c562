"""What a page costs: python -m benchmarks.reading [--smoke] [FILE…].

Each file is read by `pdfplumber.Page.extract_tables()` and checked whole by perflint (reading, recognition, rules) in
turns, in processor time, the best of three; the ratio counts. Generated files of 1, 60 and 1,000 pages (reportlab) and
of 60 pages (Chromium), or the files named. Memory is the peak of a process of its own. Ends with 1 where a page of a
generated file costs more than 1/12 of pdfplumber, or 1,000 pages more than 200 MB.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pdfplumber

import perflint
from fixtures.make import printers, writers
from fixtures.make.invent import invent
from fixtures.make.layouts import LAYOUTS

RATIO = 12
MEGABYTES = 200
COMPARED_PAGES = 20
"""As many pages of a long file are given to pdfplumber: its time a page does not change with the length."""
TURNS = 3
WEIGH = """
import re, sys
import perflint
perflint.check(sys.argv[1:])
print(re.search(r"VmHWM:\\s*(\\d+)", open("/proc/self/status").read())[1])
"""
"""Prints the peak in KB; `getrusage` would count the memory of the process that started this one."""
JUDGED_PAGES = 10
"""The time of a shorter file is that of the start of a run (settings, eighty rules), shared by all its files."""


def main() -> int:
    """Measure every file and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--smoke", action="store_true", help="one short file, ratios printed but not judged")
    parser.add_argument("files", nargs="*", type=Path)
    options = parser.parse_args()
    print(f"{'file':28} {'pages':>5} {'pdfplumber':>12} {'perflint':>12} {'ratio':>6} {'peak':>7}")
    with tempfile.TemporaryDirectory() as folder:
        files = options.files or generated(Path(folder), smoke=options.smoke)
        passed = [measured(path) for path in files]
    return 0 if options.smoke or options.files or all(passed) else 1


def generated(folder: Path, *, smoke: bool) -> Iterator[Path]:
    """Yield PDFs of invented self-evaluations."""
    for forms in (1, 5) if smoke else (1, 46, 760):
        path = folder / f"reportlab-{forms}.pdf"
        label = invent("self-evaluation-2024", forms, seed=3)
        sheets = [LAYOUTS["self-evaluation-2024"](form) for form in label["forms"]]
        printers.print_with_reportlab(sheets, path)
        yield path
        if forms == 46:
            writers.write_html(sheets, folder / "page.html")
            printers.print_with_chromium(folder / "page.html", folder / "chromium-46.pdf")
            yield folder / "chromium-46.pdf"


def measured(path: Path) -> bool:
    """Print the figures of one file and say whether they are good enough."""
    total = page_count(path)
    perflint.check([path])  # the first run pays for imports and rules
    turns = [(seconds_a_page(path), seconds(lambda: perflint.check([path])) / total) for _ in range(TURNS)]
    reference, each = (min(times) for times in zip(*turns, strict=True))
    ratio = reference / each
    peak = peak_megabytes(path)
    times = f"{reference * 1000:9.1f} ms {each * 1000:9.2f} ms"
    print(f"{path.name:28} {total:5} {times} {ratio:6.1f} {peak:4.0f} MB", flush=True)
    return (ratio >= RATIO or total < JUDGED_PAGES) and peak <= MEGABYTES


def seconds_a_page(path: Path) -> float:
    """Return what pdfplumber takes for a page; to open the file, which goes by its length, is not counted."""
    with pdfplumber.open(path) as pdf:
        pages = pdf.pages[:COMPARED_PAGES]

        def read() -> None:
            for page in pages:
                page.extract_tables()
                page.close()

        return seconds(read) / len(pages)


def page_count(path: Path) -> int:
    """Return the number of pages of a PDF."""
    with pdfplumber.open(path) as pdf:
        return len(pdf.pages)


def seconds(action: Callable[[], object]) -> float:
    """Return the processor time that something takes: what else the machine does is not counted."""
    started = time.process_time()
    action()
    return time.process_time() - started


def peak_megabytes(path: Path) -> float:
    """Return the peak memory in MB of a fresh process that checks the file and loads nothing else."""
    finished = subprocess.run([sys.executable, "-c", WEIGH, path], check=True, capture_output=True, text=True)
    return float(finished.stdout) / 1024


if __name__ == "__main__":
    sys.exit(main())
