"""Damage files for minutes on end and check them: python -m benchmarks.fuzz [--minutes 10] [--seed 1].

Every file goes the whole way, through its reader, the recognition of forms, the rules and the report, in a process
that the engine watches. What raises, dies, hangs or takes too much memory is kept under the seed that made it, and
the run ends with status 1. Each number makes the same file again: --seed NUMBER --files 1.
"""

from __future__ import annotations

import argparse
import io
import random
import re
import sys
import time
import traceback
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from functools import cache, partial
from pathlib import Path

import pypdfium2

from perflint.config import Settings
from perflint.document import UnreadableFile
from perflint.engine.documents import document_json
from perflint.engine.examination import prepare
from perflint.engine.reading import Reading, unreadable
from perflint.engine.workers import Failure, work
from perflint.forms import recognise
from perflint.limits import Limits
from perflint.readers import read_document
from perflint.rules import Rule
from perflint.rules.ruleset import ruleset_of
from tests.damage import damaged

FIXTURES = Path(__file__).parent.parent / "fixtures"
SLOWEST = 20.0
"""Seconds of processor time that one file may take; the engine ends it when three times as many have passed."""
LARGEST = 1_000
"""Megabytes that the reading of one file may take, what is loaded for all files included."""
LIMITS = Limits(seconds=SLOWEST, pages=200, scanned_pages=2)
"""A page that a fault repeats a thousand times costs what a thousand pages cost, and tells nothing new."""
BATCH = 200
"""Files that one process reads, if it lives."""
RARE = {"picture": 0.1, "scan": 0.1}
"""How often formats are chosen that take a second to read; the others count 1."""
CRASH = "E906"
Seeds = Mapping[str, Sequence[tuple[str, bytes]]]
"""Names and contents of sound files by format."""


@dataclass(frozen=True)
class Outcome:
    """What came of a file: `read` or why it was refused, seconds and peak megabytes, the fault if there is one."""

    result: str
    number: int
    seconds: float = 0.0
    megabytes: float = 0.0
    fault: str = ""


def main() -> int:
    """Run until the time is up; return the exit status."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--minutes", type=float, default=10)
    options.add_argument("--files", type=int, default=sys.maxsize, help="end after so many files")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--keep", type=Path, default=Path("fuzz-failures"))
    options.add_argument("--only", default=".*", help="a regular expression for the formats to damage")
    options.add_argument("--jobs", type=int, default=1)
    given = options.parse_args()
    seeds = {kind: files for kind, files in sound_files().items() if re.fullmatch(given.only, kind)}
    until = time.monotonic() + given.minutes * 60
    results: Counter[str] = Counter()
    slowest = largest = Outcome("", 0)
    faults = 0
    _rules()
    prepare(name for files in seeds.values() for name, _ in files)
    first, end = given.seed, given.seed + given.files
    while first < end and time.monotonic() < until:
        numbers = range(first, min(first + BATCH, end))
        for position, found in work(partial(outcome_of, seeds), numbers, given.jobs, SLOWEST * 3):
            outcome = _ended(found, numbers[position])
            results[outcome.result] += 1
            slowest = max(slowest, outcome, key=lambda one: one.seconds)
            largest = max(largest, outcome, key=lambda one: one.megabytes)
            if outcome.fault:
                faults += 1
                _keep(seeds, outcome, given.keep)
            if time.monotonic() > until:
                break
        first = numbers[-1] + 1
    print(
        f"{results.total()} files, {faults} faults; slowest {slowest.seconds:.1f} s (seed {slowest.number}), "
        f"largest {largest.megabytes:.0f} MB (seed {largest.number}); {dict(results.most_common())}"
    )
    return 1 if faults else 0


@cache
def sound_files() -> Seeds:
    """Return the files to damage: the fixtures, and forms as MHTML archive, picture and scan."""
    paths = sorted([*(FIXTURES / "files").iterdir(), *(FIXTURES / "documents").iterdir()])
    found: dict[str, list[tuple[str, bytes]]] = {}
    for path in paths:
        found.setdefault(path.suffix[1:], []).append((path.name, path.read_bytes()))
    archive = EmailMessage()
    archive.make_related()
    archive.add_related((FIXTURES / "files" / "clean.html").read_bytes(), "text", "html", cte="base64")
    found["mht"] = [("clean.mht", archive.as_bytes())]
    page = pypdfium2.PdfDocument(FIXTURES / "files" / "clean.chromium.pdf")[0].render(scale=100 / 72).to_pil()
    page = page.crop((0, 0, page.width, page.height // 3))
    for kind, endings in {"picture": ("png", "jpeg", "tiff", "gif"), "scan": ("pdf",)}.items():
        for ending in endings:
            made = io.BytesIO()
            page.save(made, ending, dpi=(100, 100))
            found.setdefault(kind, []).append((f"clean-{kind}.{ending}", made.getvalue()))
    return found


def damaged_file(seeds: Seeds, number: int) -> tuple[str, bytes, random.Random]:
    """Return name and content of the damaged file of this number, and what is left of its chance."""
    chance = random.Random(number)
    (kind,) = chance.choices(list(seeds), [RARE.get(kind, 1.0) for kind in seeds])
    name, data = chance.choice(seeds[kind])
    return name, damaged(data, chance), chance


def outcome_of(seeds: Seeds, number: int) -> Outcome:
    """Check the damaged file of this number."""
    name, data, chance = damaged_file(seeds, number)
    engine = "pdfplumber" if chance.random() < 0.2 else "pdfium"
    _forget_peak()
    started = time.process_time()
    try:
        result, fault = _checked(data, name, engine)
    except Exception:
        result, fault = "raised", traceback.format_exc()
    seconds, megabytes = time.process_time() - started, _peak()
    if megabytes > LARGEST:
        fault = f"took {megabytes:.0f} MB"
    if seconds > SLOWEST:
        fault = f"took {seconds:.0f} s"
    return Outcome(result, number, seconds, megabytes, fault)


def _checked(data: bytes, name: str, engine: str) -> tuple[str, str]:
    """Read, recognise and judge; return what became of the file, and the crashes of rules."""
    try:
        document = read_document(data, name, LIMITS, engine)
        recognition = recognise(document)
        problems = (*document.problems, *recognition.problems)
        reading = Reading(document.format, document.pages, recognition.forms, problems)
        result = "read"
    except UnreadableFile as refused:
        reading = unreadable(name, refused.reason, refused.values)
        result = refused.reason
    report = document_json(reading, "", _rules(), "zh")
    crashes = [finding["message"] for finding in report["findings"] if finding["code"] == CRASH]
    return result, "\n".join(crashes)


@cache
def _rules() -> tuple[Rule, ...]:
    return ruleset_of(Settings(root=FIXTURES)).active


def _forget_peak() -> None:
    """Begin to measure the peak of memory anew (Linux: proc(5), clear_refs)."""
    Path("/proc/self/clear_refs").write_text("5")


def _peak() -> float:
    """Return the peak of this process's memory in megabytes."""
    peak = re.search(r"VmHWM:\s*(\d+)", Path("/proc/self/status").read_text())
    return int(peak[1]) / 1024 if peak else 0.0


def _ended(found: Outcome | Failure, number: int) -> Outcome:
    """Return what a process said of a file, or how it ended."""
    if isinstance(found, Failure):
        return Outcome(found.reason, number, fault=str(found))
    return found


def _keep(seeds: Seeds, outcome: Outcome, folder: Path) -> None:
    """Say what went wrong with a file, and keep it."""
    name, data, _ = damaged_file(seeds, outcome.number)
    folder.mkdir(exist_ok=True)
    kept = folder / f"{outcome.number}-{name}"
    kept.write_bytes(data)
    print(f"seed {outcome.number}, {name}: {outcome.fault}\nkept as {kept}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
