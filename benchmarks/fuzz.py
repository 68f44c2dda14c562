"""Damage files for minutes on end and read them: python -m benchmarks.fuzz [--minutes 10] [--seed 1].

Ends with status 1 at the first file that makes a reader raise, hang or grow beyond the limit; the file is
kept under the seed that made it.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import time
import traceback
from collections import Counter
from pathlib import Path

from perflint.document import UnreadableFile
from perflint.limits import Limits
from perflint.readers import read_document
from tests.damage import damaged

FIXTURES = Path(__file__).parent.parent / "fixtures"
SLOWEST = 20.0
"""Seconds that one file may take."""
LARGEST = 1_500_000
"""Kilobytes of memory that the whole run may take."""


def main() -> int:
    """Run until the time is up; return the exit status."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--minutes", type=float, default=10)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--keep", type=Path, default=Path("fuzz-failures"))
    options.add_argument("--only", default="*", help="a pattern for the names of the files to damage")
    given = options.parse_args()
    folders = (FIXTURES / "files", FIXTURES / "documents")
    seeds = sorted(path for folder in folders for path in folder.glob(given.only) if path.is_file())
    results: Counter[str] = Counter()
    until = time.monotonic() + given.minutes * 60
    number = given.seed
    slowest = 0.0
    while time.monotonic() < until:
        chance = random.Random(number)
        path = chance.choice(seeds)
        data = damaged(path.read_bytes(), chance)
        before = time.monotonic()
        fault = _fault(data, path.name, results)
        slowest = max(slowest, time.monotonic() - before)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        if time.monotonic() - before > SLOWEST:
            fault = f"took {time.monotonic() - before:.0f} s"
        if memory > LARGEST:
            fault = f"took {memory // 1000} MB"
        if fault:
            given.keep.mkdir(exist_ok=True)
            kept = given.keep / f"{number}-{path.name}"
            kept.write_bytes(data)
            print(f"seed {number}, {path.name}: {fault}\nkept as {kept}", file=sys.stderr)
            return 1
        number += 1
    print(f"{number - given.seed} files, slowest {slowest:.1f} s, {memory // 1000} MB: {dict(results)}")
    return 0


def _fault(data: bytes, name: str, results: Counter[str]) -> str | None:
    """Read a file; return the traceback of what a reader must not raise."""
    try:
        read_document(data, name, Limits(seconds=SLOWEST))
        results["read"] += 1
    except UnreadableFile as refused:
        results[refused.reason] += 1
    except Exception:
        return traceback.format_exc()
    return None


if __name__ == "__main__":
    sys.exit(main())
