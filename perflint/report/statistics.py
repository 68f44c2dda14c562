"""Count what a run found: by severity, by rule, by unit."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from perflint.report import DocumentJson, FormJson, StatisticsJson, SummaryJson, TallyJson
from perflint.words import words


def summary_of(documents: Sequence[DocumentJson]) -> SummaryJson:
    """Return the counts of a run; what is suppressed or in the baseline counts apart."""
    findings = [finding for document in documents for finding in document["findings"]]
    severities = Counter(finding["severity"] for finding in findings if finding["suppressed"] is None)
    kinds = Counter(finding["suppressed"]["kind"] for finding in findings if finding["suppressed"])
    statuses = Counter(document["status"] for document in documents)
    forms = [form for document in documents for form in document["forms"]]
    return {
        "documents": {
            "checked": statuses["checked"],
            "no_form": statuses["no-form"],
            "unreadable": statuses["unreadable"],
        },
        "forms": len(forms),
        "findings": {
            "error": severities["error"],
            "warning": severities["warning"],
            "advice": severities["advice"],
        },
        "suppressed": kinds["suppression"],
        "baselined": kinds["baseline"],
        "abstentions": sum(len(form["abstentions"]) for form in forms),
    }


def statistics_of(documents: Sequence[DocumentJson]) -> StatisticsJson:
    """Return the findings that count by rule and by unit, most first.

    A unit is what a form names in its field 实施单位 (or another label of that role), else 主管部门.
    """
    by_rule: dict[str, Counter[str]] = defaultdict(Counter)
    by_unit: dict[str, Counter[str]] = defaultdict(Counter)
    places: dict[str, set[tuple[str, int | None]]] = defaultdict(set)
    for document in documents:
        units = {form["index"]: unit_of(form) for form in document["forms"]}
        for form in document["forms"]:
            by_unit[units[form["index"]]]["forms"] += 1
        for finding in document["findings"]:
            if finding["suppressed"] is not None:
                continue
            by_rule[finding["code"]][finding["severity"]] += 1
            places[finding["code"]].add((document["path"], finding["form"]))
            if finding["form"] is not None:
                by_unit[units[finding["form"]]][finding["severity"]] += 1
    for code, found in places.items():
        by_rule[code]["forms"] = len(found)
    return {"by_rule": _tallies(by_rule), "by_unit": _tallies(by_unit)}


def unit_of(form: FormJson) -> str:
    """Return the unit that a form names, "" where none was read."""
    roles = words("fields")["header"]
    for role in ("unit", "department"):
        for label in roles[role]:
            if form["header"].get(label):
                return str(form["header"][label])
    return ""


def _tallies(counters: Mapping[str, Counter[str]]) -> list[TallyJson]:
    tallies: Iterable[TallyJson] = (
        {
            "key": key,
            "error": counts["error"],
            "warning": counts["warning"],
            "advice": counts["advice"],
            "forms": counts["forms"],
        }
        for key, counts in counters.items()
    )
    return sorted(
        tallies, key=lambda tally: (-tally["error"], -tally["warning"], -tally["advice"], tally["key"])
    )
