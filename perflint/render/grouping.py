"""Findings that say the same are read once: by rule in a form, by rule and text over the forms of a file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from perflint.report import SEVERITIES, FindingJson
from perflint.report.fingerprints import normal

SHARED_BY = 3
"""From this many forms on, the same rule with the same text is told once for all of them."""


@dataclass(frozen=True, slots=True)
class Group:
    """Findings of one rule and severity that are told together."""

    code: str
    severity: str
    findings: tuple[FindingJson, ...]


def groups_by_rule(findings: Iterable[FindingJson]) -> list[Group]:
    """Return the findings gathered by rule and severity, worst first, else in the order of their appearance."""
    gathered: dict[tuple[str, str], list[FindingJson]] = defaultdict(list)
    for finding in findings:
        gathered[finding["code"], finding["severity"]].append(finding)
    return worst_first(Group(code, severity, tuple(found)) for (code, severity), found in gathered.items())


def worst_first(groups: Iterable[Group]) -> list[Group]:
    """Return groups by severity."""
    return sorted(groups, key=lambda group: SEVERITIES.index(group.severity))


def shared_groups(findings: Iterable[FindingJson]) -> tuple[list[Group], list[FindingJson]]:
    """Part the findings of a file: those that many forms share (same rule, same text), and the rest."""
    gathered: dict[tuple[str, str, str], list[FindingJson]] = defaultdict(list)
    rest = []
    for finding in findings:
        if finding["form"] is not None:
            gathered[finding["code"], finding["severity"], normal(finding["excerpt"])].append(finding)
        else:
            rest.append(finding)
    shared = []
    for (code, severity, _), found in gathered.items():
        if len({finding["form"] for finding in found}) >= SHARED_BY:
            shared.append(Group(code, severity, tuple(found)))
        else:
            rest += found
    return worst_first(shared), rest
