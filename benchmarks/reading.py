"""What a page costs: python -m benchmarks.reading [--smoke] [FILE…].

Each file is read by `pdfplumber.Page.extract_tables()` and checked whole by perflint (reading, recognition, rules) in
turns, in processor time, the best of three; the ratio counts. Generated files of 1, 60 and 1,000 pages (reportlab) and
of 60 pages (Chromium), or the files named. Memory is the peak of a process of its own. Ends with 1 where a page of a
generated file costs more than 1/12 of pdfplumber, or 1,000 pages more than 200 MB.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
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
    turns = [
        (seconds(lambda: extract_tables(path)), seconds(lambda: perflint.check([path]))) for _ in range(TURNS)
    ]
    reference = min(theirs for theirs, _ in turns) / min(total, COMPARED_PAGES)
    each = min(ours for _, ours in turns) / total
    ratio = reference / each
    peak = peak_megabytes(path)
    times = f"{reference * 1000:9.1f} ms {each * 1000:9.2f} ms"
    print(f"{path.name:28} {total:5} {times} {ratio:6.1f} {peak:4.0f} MB", flush=True)
    return (ratio >= RATIO or total < JUDGED_PAGES) and peak <= MEGABYTES


def extract_tables(path: Path) -> None:
    """Read the first pages of a file with pdfplumber, each one closed as its documentation advises."""
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages[:COMPARED_PAGES]:
            page.extract_tables()
            page.close()


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
    """Return the peak memory of a fresh process that checks the file."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(check_and_weigh, (path,))


def check_and_weigh(path: Path) -> float:
    """Check a file and return this process's peak memory in MB (ru_maxrss is in KB on Linux)."""
    perflint.check([path])
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    sys.exit(main())
