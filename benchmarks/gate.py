"""What the gate costs: python -m benchmarks.gate [--smoke] [--files 500].

Writes documents in all formats, then times, each as a program of its own: the first run over them, the run after it,
the hook on one changed workbook, and the start of the program beside flake8's. Ends with 1 where a figure is over its
bound.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, replace
from pathlib import Path

from fixtures.make.mixed import DEFECT, invented_documents, with_row, write

WARM_SHARE = 1 / 20
"""The most that a run over unchanged files may take of the first run's time, in work: that of all processors, which
share the first run out among themselves."""
HOOK_SECONDS = 0.6
"""The most that the hook may take for one changed workbook."""
START_RATIO = 1.0
"""The most that `perflint --version` may take of the time of `flake8 --version`."""
REPEATS = 7


@dataclass(frozen=True)
class Cost:
    """Seconds of a command on the clock, and of the processors."""

    clock: float
    processor: float

    def __str__(self) -> str:
        return f"{self.clock:7.3f} s  (processor {self.processor:.3f} s)"


def main() -> int:
    """Measure and print; return 1 where a bound is broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--smoke", action="store_true", help="few files; the bounds are printed, not enforced"
    )
    parser.add_argument("--files", type=int, default=500)
    options = parser.parse_args()
    count, repeats = (12, 1) if options.smoke else (options.files, REPEATS)
    with tempfile.TemporaryDirectory() as name:
        broken = measured(Path(name), count, repeats)
    for line in broken:
        print(f"over its bound: {line}")
    return 1 if broken and not options.smoke else 0


def measured(folder: Path, count: int, repeats: int) -> list[str]:
    """Print all figures; return those that are over their bound."""
    documents = invented_documents(count)
    for document in documents:
        write(document, folder)
    check = (
        sys.executable,
        "-m",
        "perflint",
        "check",
        "--cache-dir",
        str(folder / ".cache"),
        "-q",
        "--exit-zero",
    )
    reports = ("-f", "json=.result.json")
    cold = cost_of([*check, ".", *reports], folder, 1)
    warm = cost_of([*check, ".", *reports], folder, repeats)
    changed = min(
        (changed_hook(folder, check, number) for number in range(repeats)), key=lambda cost: cost.clock
    )
    start = cost_of([sys.executable, "-m", "perflint", "--version"], folder, repeats)
    share = warm.processor / cold.processor
    by_clock = warm.clock / cold.clock
    print(f"first run over {count} files    {cold}")
    shares = f"{share:.3f} of the first (bound {WARM_SHARE:.3f}), by the clock {by_clock:.3f}"
    print(f"run over the same files     {warm}  {shares}")
    print(f"hook on one changed xlsx    {changed}  (bound {HOOK_SECONDS} s)")
    print(f"perflint --version          {start}")
    bounds = [("warm run", share, WARM_SHARE), ("hook", changed.clock, HOOK_SECONDS)]
    if shutil.which("flake8", path=Path(sys.executable).parent):
        beside = cost_of([sys.executable, "-m", "flake8", "--version"], folder, repeats)
        print(
            f"flake8 --version            {beside}  ratio {start.clock / beside.clock:.2f} (bound {START_RATIO})"
        )
        bounds.append(("start", start.clock / beside.clock, START_RATIO))
    else:
        print("flake8 --version            not installed here")
    return [f"{name} {found:.3f} > {bound:.3f}" for name, found, bound in bounds if found > bound]


def changed_hook(folder: Path, check: tuple[str, ...], number: int) -> Cost:
    """Return what the hook costs for a workbook that changes with `number`, so that no cache knows it."""
    document = invented_documents(1)[0]
    name = f"变动{number}"
    path = write(
        replace(document, stem=name, form=with_row(document.form, DEFECT | {"name": f"{name}差错次数"})),
        folder,
    )
    cost = cost_of([*check, path.name], folder, 1)
    path.unlink()
    return cost


def cost_of(command: list[str], folder: Path, repeats: int) -> Cost:
    """Return the least of several runs of a command. Raises CalledProcessError."""
    costs = []
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    for _ in range(repeats):
        before, started = processor_seconds(), time.perf_counter()
        subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True)
        costs.append(Cost(time.perf_counter() - started, processor_seconds() - before))
    return min(costs, key=lambda cost: cost.clock)


def processor_seconds() -> float:
    """Return the seconds that child processes have spent on processors so far."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    sys.exit(main())
