"""How well documents are read and judged: python -m benchmarks.accuracy [--smoke] [--detail].

Reads `fixtures/` and forms that are invented and typeset on the spot; prints, per layout and producer, the F1 of
the indicator rows (name and target exact), the share of right levels, fields, funding amounts and result cells,
forms that are none, and the findings. Ends with 1 where a figure is below its floor.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import perflint
from benchmarks.scoring import Score, score
from fixtures.make import printers, writers
from fixtures.make.grid import Sheet
from fixtures.make.invent import invent
from fixtures.make.layouts import LAYOUTS
from perflint.readers import scan as ocr

FIXTURES = Path(__file__).parent.parent / "fixtures"
EXACT = ("docx", "xlsx", "html")
SCANNED_FORMS = 3
FLOORS = {"text": 0.99, "scan": 0.95, "exact": 1.0, "typeset": 0.995}
"""The least F1 of rows and share of levels, by the kind of source."""

Case = tuple[str, str, Path, dict[str, Any]]
"""Layout or document, producer, file, label."""


def main() -> int:
    """Score every case and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--smoke", action="store_true", help="only fixtures, two files a format")
    parser.add_argument("--detail", action="store_true", help="print every difference")
    options = parser.parse_args()
    print(
        f"{'document':38} {'producer':12} {'rows':>5} {'F1':>6} {'level1':>6} {'level2':>6} {'fields':>6} "
        f"{'funds':>6} {'result':>6} {'extra':>5} {'found':>8} {'false':>5}"
    )
    below = []
    with tempfile.TemporaryDirectory() as folder:
        for name, producer, path, label in cases(Path(folder), smoke=options.smoke):
            figures = score(label, perflint.check([path])["documents"][0])
            print(line(name, producer, figures), flush=True)
            for difference in figures.differences if options.detail else ():
                print(f"    {difference}")
            if min(figures.f1, figures.level1.share, figures.level2.share) < floor(producer):
                below.append(f"{name} {producer}")
    for case in below:
        print(f"below its floor: {case}")
    return 1 if below else 0


def cases(folder: Path, *, smoke: bool) -> Iterator[Case]:
    """Yield the labelled files of the fixtures, then invented ones."""
    for label_file in sorted((FIXTURES / "labels").glob("*.json")):
        label = json.loads(label_file.read_text("utf-8"))
        name = label_file.stem
        text = FIXTURES / "documents" / f"{name}.txt"
        if text.exists():
            yield name, "text", text, label
        for path in sorted((FIXTURES / "files").glob(f"{name}.*")):
            producer = path.name.removeprefix(f"{name}.").removesuffix(".pdf")
            if not smoke or producer in ("xlsx", "chromium"):
                yield name, producer, path, label
    if not smoke:
        for layout in LAYOUTS:
            yield from invented(layout, folder)
            if ocr.available():
                yield scanned(layout, folder)


def labelled(layout: str, forms: int) -> tuple[dict[str, Any], list[Sheet]]:
    """Return invented forms of a layout: their label and how they are set."""
    label = invent(layout, forms, seed=7)
    sheets = [LAYOUTS[layout](form) for form in label["forms"]]
    label["forms"] = [as_printed(form, sheet) for form, sheet in zip(label["forms"], sheets, strict=True)]
    return label, sheets


def scanned(layout: str, folder: Path) -> Case:
    """Return a scan of a few forms of a layout: a page takes seconds to recognise."""
    label, sheets = labelled(layout, SCANNED_FORMS)
    printed, path = folder / "printed.pdf", folder / f"{layout}.scan.pdf"
    printers.print_with_reportlab(sheets, printed)
    printers.scan(printed, path)
    return layout, "scan", path, label


def invented(layout: str, folder: Path) -> Iterator[Case]:
    """Yield invented forms of a layout, written and printed by every producer that is at hand."""
    label, sheets = labelled(layout, 12)
    word, book, page = (folder / f"{layout}.{ending}" for ending in EXACT)
    writers.write_html(sheets, page, encoding="gb18030")
    writers.write_docx(sheets, word, landscape=True)
    writers.write_xlsx(sheets, book, one_sheet=True)
    for path in (page, word, book):
        yield layout, path.suffix[1:], path, label
    for producer, source in (
        ("chromium", page),
        ("weasyprint", page),
        ("reportlab", page),
        ("writer", word),
        ("calc", book),
    ):
        path = folder / f"{layout}.{producer}.pdf"
        try:
            typeset(producer, source, sheets, path)
        except FileNotFoundError as missing:
            print(f"{layout:38} {producer:12} left out: {missing}")
            continue
        yield layout, producer, path, label


def typeset(producer: str, source: Path, sheets: list[Sheet], path: Path) -> None:
    """Print a source as PDF."""
    if producer == "reportlab":
        printers.print_with_reportlab(sheets, path)
    elif producer == "chromium":
        printers.print_with_chromium(source, path)
    elif producer == "weasyprint":
        printers.print_with_weasyprint(source, path)
    else:
        printers.print_with_libreoffice(source, path)


def as_printed(form: dict[str, Any], sheet: Sheet) -> dict[str, Any]:
    """Return a label without the fields that its layout does not print."""
    above = {cell.text for cell in sheet.cells if cell.row < sheet.header_row}
    printed = above | {line.rpartition("：")[2] for line in sheet.heading}

    def only(values: dict[str, Any]) -> dict[str, Any]:
        return {key: value for key, value in values.items() if isinstance(value, dict) or value in printed}

    return form | {part: only(form[part]) for part in ("header", "funding", "goals")}


def floor(producer: str) -> float:
    """Return the least figure that is good enough for a producer."""
    return FLOORS.get(producer, FLOORS["exact" if producer in EXACT else "typeset"])


def line(name: str, producer: str, figures: Score) -> str:
    """Return one line of the table."""
    shares = [figures.f1] + [
        ratio.share
        for ratio in (figures.level1, figures.level2, figures.fields, figures.funding, figures.results)
    ]
    rows = figures.rows_found + figures.rows_missing
    found = f"{figures.findings.right}/{figures.findings.of}"
    return (
        f"{name:38} {producer:12} {rows:5} "
        + " ".join(f"{share:6.3f}" for share in shares)
        + f" {figures.forms_extra:5} {found:>8} {figures.false_findings:5}"
    )


if __name__ == "__main__":
    sys.exit(main())
