"""What the gate costs: python -m benchmarks.gate [--smoke].

A folder of 500 invented files (40 with --smoke) is checked cold and warm, then one changed workbook on its own,
as a hook does.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from fixtures.make.mixed import DEFECT, invented_documents, with_row, write


def main(files: int) -> None:
    """Print the seconds of each run, and the ratio of the warm to the cold one."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        documents = invented_documents(files)
        for document in documents:
            write(document, folder / "office")
        cold = seconds(folder, "office")
        warm = min(seconds(folder, "office") for _ in range(3))
        workbook = next(document for document in documents if document.ending == ".xlsx")
        changed = write(replace(workbook, form=with_row(workbook.form, DEFECT)), folder / "office")
        hook = seconds(folder, str(changed.relative_to(folder)))
        again = min(seconds(folder, str(changed.relative_to(folder))) for _ in range(3))
    print(f"files: {files}")
    print(
        f"cold run: {cold:.2f} s, warm run: {warm:.2f} s, ratio 1/{cold / warm:.1f} (required 1/20 for 500 files)"
    )
    print(f"one changed workbook: {hook:.2f} s (required 0.60 s), unchanged: {again:.2f} s")


def seconds(folder: Path, path: str) -> float:
    """Return the wall time of one run of the program, start to end."""
    command = [sys.executable, "-m", "perflint", "check", path, "-f", "json", "--exit-zero"]
    surroundings = {**os.environ, "PERFLINT_CACHE_DIR": str(folder / "cache")}
    # The folder of this checkout, for where perflint is not installed.
    surroundings["PYTHONPATH"] = str(Path(__file__).parent.parent)
    started = time.perf_counter()
    subprocess.run(command, cwd=folder, env=surroundings, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--smoke", action="store_true", help="40 files instead of 500")
    main(40 if parser.parse_args().smoke else 500)
