"""The identity of a finding: what it is about, not where it stands."""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

from perflint.report import DocumentJson, FindingJson, FormJson

LENGTH = 16
"""Hexadecimal digits of a fingerprint: 64 bits, so that a million findings collide with a chance of one in 40
million.
"""


def fingerprints(document: DocumentJson) -> list[str]:
    """Return the fingerprint of each finding of a document, in their order.

    It is made of the rule, the project and kind of form, the indicator's name or the field, and the offending
    text, compared without blanks and width; never of page, line, path or number of a row, so that a file that
    was typeset anew, renamed or put in another order keeps its fingerprints. Findings alike in all this are
    told apart by their rank among their equals. A finding on several forms is made of the projects of all of
    them: one form more makes it another. Where a file has no form, its content stands for the project.
    """
    seen: Counter[str] = Counter()
    made = []
    for finding in document["findings"]:
        key = "\x1f".join(_identity(finding, document))
        seen[key] += 1
        made.append(digest(f"{key}\x1f{seen[key]}"))
    return made


def digest(text: str) -> str:
    """Return the first hexadecimal digits of a text's SHA-256."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:LENGTH]


def _identity(finding: FindingJson, document: DocumentJson) -> Iterable[str]:
    form = document["forms"][finding["form"] - 1] if finding["form"] else None
    yield finding["code"]
    if form is None:
        yield from _projects(document["forms"]) or [document["sha256"]]
    else:
        yield form["kind"]
        yield normal(form["project_name"] or "")
        index = finding["indicator"]
        yield normal(form["indicators"][index - 1]["name"]) if index else ""
    yield finding["field"] or ""
    yield normal(finding["excerpt"])
    yield from sorted(map(normal, finding.get("projects", ())))


def _projects(forms: Sequence[FormJson]) -> list[str]:
    return sorted({normal(form["project_name"] or "") for form in forms})


@lru_cache(maxsize=8192)
def normal(text: str) -> str:
    """Fold a text for comparing: width and compatibility forms, case, no blanks, one sign a comparator."""
    folded = "".join(unicodedata.normalize("NFKC", text).casefold().split())
    return folded.replace(">=", "≥").replace("<=", "≤").replace("≧", "≥").replace("≦", "≤")
