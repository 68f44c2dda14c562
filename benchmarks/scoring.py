"""Compare perflint's JSON for one document with its label file: rows, levels, fields, findings."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

KINDS = {"申报表": "declaration", "目标表": "target", "自评表": "self_evaluation"}
# Findings that follow from a value which the conversion to text lost, or from a level it displaced, count neither way.
FOLLOW_FROM_VALUE = {"V501", "V502", "Q401", "Q402", "Q403", "U303"}
FOLLOW_FROM_LEVEL = {"S110", "S101", "S105", "S106", "S107"}

Key = tuple[int, str | None, str]


@dataclass(slots=True)
class Ratio:
    """So many right of so many."""

    right: int = 0
    of: int = 0

    def count(self, right: bool) -> None:
        """Count one more case."""
        self.right += right
        self.of += 1

    def add(self, other: Ratio) -> None:
        """Add the cases of another ratio."""
        self.right += other.right
        self.of += other.of

    @property
    def share(self) -> float:
        """The share of right ones; 1.0 of none."""
        return self.right / self.of if self.of else 1.0


@dataclass(slots=True)
class Score:
    """How a document was read and judged."""

    rows_found: int = 0
    rows_missing: int = 0
    rows_extra: int = 0
    level1: Ratio = field(default_factory=Ratio)
    level2: Ratio = field(default_factory=Ratio)
    fields: Ratio = field(default_factory=Ratio)
    funding: Ratio = field(default_factory=Ratio)
    results: Ratio = field(default_factory=Ratio)
    forms_extra: int = 0
    findings: Ratio = field(default_factory=Ratio)
    """Certain findings of the labels: reported of all."""
    false_findings: int = 0
    differences: list[str] = field(default_factory=list)

    @property
    def f1(self) -> float:
        """F1 of the indicator rows, name and target exact."""
        total = 2 * self.rows_found + self.rows_extra + self.rows_missing
        return 2 * self.rows_found / total if total else 1.0

    def add(self, other: Score) -> None:
        """Add another document's figures."""
        for name in ("rows_found", "rows_missing", "rows_extra", "forms_extra", "false_findings"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for name in ("level1", "level2", "fields", "funding", "results", "findings"):
            getattr(self, name).add(getattr(other, name))
        self.differences += other.differences


def fold(text: object) -> str:
    """Return a text for comparing: NFKC, one spelling of each comparator, no blanks."""
    if isinstance(text, dict):
        text = text.get("text")
    if text is None:
        return ""
    folded = (
        unicodedata.normalize("NFKC", str(text))
        .replace("\\geq", "≥")
        .replace("\\leq", "≤")
        .replace("\\%", "%")
        .replace("$", "")
    )
    folded = folded.replace(">=", "≥").replace("<=", "≤").replace("≧", "≥").replace("≦", "≤")
    return re.sub(r"\s+", "", re.sub(r"<[^<>]{1,8}>", "", folded))


def score(label: Mapping[str, Any], document: Mapping[str, Any]) -> Score:
    """Score one document of perflint's report against its label file."""
    result = Score()
    read = {form["index"]: form for form in document["forms"]}
    labelled = {form["index"]: form for form in label["forms"]}
    result.forms_extra = max(0, len(read) - len(labelled))
    for index, form in labelled.items():
        found = read.get(index, {})
        score_fields(result, form, found)
        score_funding(result, form, found)
        score_rows(result, form, found)
    score_findings(result, label, document)
    return result


def score_fields(result: Score, form: Mapping[str, Any], read: Mapping[str, Any]) -> None:
    """Count project name, year, kind, header and goal fields that were read to the letter."""
    header = {fold(value) for value in (read.get("header") or {}).values()}
    goals = {fold(value) for value in (read.get("goals") or {}).values()}
    expected: list[tuple[str, object, bool]] = [
        ("project name", form["project_name"], fold(form["project_name"]) == fold(read.get("project_name"))),
        ("year", form["year"], form["year"] == read.get("year")),
        ("kind", form["kind"], KINDS[form["kind"]] == read.get("kind")),
    ]
    expected += [
        (key, value, fold(value) in header) for key, value in form["header"].items() if value is not None
    ]
    expected += [
        (key, value, fold(value) in goals) for key, value in form["goals"].items() if value is not None
    ]
    for name, value, right in expected:
        result.fields.count(right)
        if not right:
            result.differences.append(f"form {form['index']}: {name} is {fold(value)[:40]!r}")


def score_funding(result: Score, form: Mapping[str, Any], read: Mapping[str, Any]) -> None:
    """Count the amounts of the funds block that were read, wherever they stand in it."""
    expected, found = Counter(amounts(form["funding"])), Counter(amounts(read.get("funding")))
    result.funding.add(Ratio((expected & found).total(), expected.total()))
    if missing := expected - found:
        result.differences.append(f"form {form['index']}: funding lacks {sorted(missing)}")


def amounts(value: object) -> Iterator[float]:
    """Yield the numbers in a funds block."""
    if isinstance(value, dict):
        for part in value.values():
            yield from amounts(part)
    elif value not in (None, "", "-"):
        text = re.sub(r"[,\s]", "", str(value))
        if re.fullmatch(r"-?\d+(\.\d+)?", text):
            yield float(text)


def score_rows(result: Score, form: Mapping[str, Any], read: Mapping[str, Any]) -> None:
    """Count indicator rows with exact name and target, and of those the levels and result cells."""
    open_rows = defaultdict(list)
    for row in form["indicators"]:
        open_rows[fold(row["name"]), fold(row["target"])].append(row)
    for row in read.get("indicators", []):
        key = fold(row["name"]), fold(row["target"])
        if not open_rows[key]:
            result.rows_extra += 1
            result.differences.append(f"form {form['index']}: extra row {key}")
            continue
        label = open_rows[key].pop(0)
        result.rows_found += 1
        for ratio, name in ((result.level1, "level1"), (result.level2, "level2")):
            right = fold(row[name]).removesuffix("指标") == fold(label[name]).removesuffix("指标")
            ratio.count(right)
            if not right:
                result.differences.append(
                    f"form {form['index']}: {key[0]} {name} {row[name]!r}, label {label[name]!r}"
                )
        for name in ("actual", "weight", "score"):
            if label.get(name) is not None:
                result.results.count(same_value(fold(row[name]), fold(label[name])))
    for key, rows in open_rows.items():
        result.rows_missing += len(rows)
        result.differences += [f"form {form['index']}: missing row {key}"] * len(rows)


def same_value(read: str, label: str) -> bool:
    """Say whether two cells hold the same number or the same text."""
    try:
        return float(read) == float(label)
    except ValueError:
        return read == label


def score_findings(result: Score, label: Mapping[str, Any], document: Mapping[str, Any]) -> None:
    """Count certain findings that were reported, and reported ones of the labels' codes that no label has."""
    codes = (
        {finding["code"] for finding in label["findings"]}
        | FOLLOW_FROM_VALUE
        | {"D201", "D202", "U301", "U302"}
    )
    names = {
        (form["index"], row["index"]): fold(row["name"])
        for form in document["forms"]
        for row in form["indicators"]
    }
    got: set[Key] = {
        (finding["form"], names.get((finding["form"], finding["indicator"])), finding["code"])
        for finding in document["findings"]
        if finding["code"] in codes
    }
    known: dict[str, set[Key]] = {"certain": set(), "debatable": set()}
    for finding in label["findings"]:
        name = fold(finding["indicator"]) if finding["indicator"] else None
        known[finding["certainty"]].add((finding["form"], name, finding["code"]))
    rows = [(form["index"], row) for form in label["forms"] for row in form["indicators"]]
    neutral = {
        (index, fold(row["name"]), code)
        for index, row in rows
        if row["target"] is None
        for code in FOLLOW_FROM_VALUE
    }
    neutral |= {
        (index, fold(row["name"]), code)
        for index, row in rows
        if row.get("displaced")
        for code in FOLLOW_FROM_LEVEL
    }
    result.findings.add(Ratio(len(known["certain"] & got), len(known["certain"])))
    false = got - known["certain"] - known["debatable"] - neutral
    result.false_findings += len(false)
    result.differences += [f"missed finding {key}" for key in sorted(known["certain"] - got, key=str)]
    result.differences += [f"false finding {key}" for key in sorted(false, key=str)]
