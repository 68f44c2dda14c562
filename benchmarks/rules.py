"""How long the rules take beside the reading: python -m benchmarks.rules [--smoke].

1,000 forms (100 with --smoke), taken over and over from the text documents of the fixtures.
"""

from __future__ import annotations

import argparse
import time
from itertools import cycle, islice
from pathlib import Path

from perflint.engine.reading import read_forms
from perflint.judge import judge_form, judge_run
from perflint.limits import Limits
from perflint.model import Form
from perflint.rules.profiles import profiled_rules

DOCUMENTS = Path(__file__).parent.parent / "fixtures" / "documents"


def main(wanted: int) -> None:
    """Read the text documents of the fixtures, judge their forms over and over, print both times for each form."""
    forms: list[Form] = []
    started = time.perf_counter()
    for file in sorted(DOCUMENTS.glob("*.txt")):
        forms += read_forms(file.read_bytes(), file.name, Limits(), "auto").forms
    reading = (time.perf_counter() - started) / len(forms)
    rules = profiled_rules()
    judge_form(forms[0], rules)
    many = list(islice(cycle(forms), wanted))
    started = time.perf_counter()
    for form in many:
        judge_form(form, rules)
    judging = (time.perf_counter() - started) / wanted
    started = time.perf_counter()
    judge_run(many, rules)
    together = (time.perf_counter() - started) / wanted
    print(f"forms: {wanted} (from {len(forms)} that were read), rules: {len(rules)}")
    print(f"reading from text: {reading * 1000:.2f} ms a form")
    print(f"judging one by one: {judging * 1000:.2f} ms a form, together: {together * 1000:.2f} ms a form")
    print(f"ratio judging / reading: {(judging + together) / reading:.2f}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--smoke", action="store_true", help="100 forms instead of 1,000")
    main(100 if parser.parse_args().smoke else 1000)
