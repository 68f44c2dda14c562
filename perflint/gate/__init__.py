"""What counts: findings less those that are suppressed, in the baseline, or in an earlier report."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from perflint.config import Settings, shown
from perflint.gate.baseline import Baseline, baseline_of, gone_from, hide_known, load_baseline
from perflint.gate.saved import load_report
from perflint.gate.suppressions import Suppression, load_suppressions, suppress
from perflint.report import DocumentJson, NoticeJson
from perflint.rules import Rule


@dataclass(frozen=True, slots=True)
class Gate:
    """What is known before a run: accepted findings and old ones."""

    suppressions: tuple[Suppression, ...] = ()
    baselines: tuple[Baseline, ...] = ()


def load_gate(settings: Settings, rules: Sequence[Rule], diff: Path | None = None) -> Gate:
    """Read the suppressions, the baseline, and the report that `diff` names. Raises SettingsError."""
    suppressions = load_suppressions(settings.suppressions, rules) if settings.suppressions else ()
    baselines = [load_baseline(settings.baseline)] if settings.baseline else []
    if diff:
        baselines.append(baseline_of(load_report(diff)["documents"], shown(diff)))
    return Gate(suppressions, tuple(baselines))


def findable(rules: Iterable[Rule], whole: bool) -> frozenset[str]:
    """Return the codes of the rules that a run gave all they need: rules on several forms need a `whole` run."""
    return frozenset(rule.code for rule in rules if whole or rule.scope != "run")


def pass_gate(
    documents: Sequence[DocumentJson], gate: Gate, active: Collection[str], today: date, whole: bool
) -> list[NoticeJson]:
    """Mark the findings that do not count, and return what the owner of the gate should know.

    `active` are the codes of the rules that could find what they find (see `findable`); `whole` says that
    folders were searched, not only single files named.
    """
    notices = suppress(documents, gate.suppressions, active, today, whole)
    for baseline in gate.baselines:
        hide_known(documents, baseline)
        if gone := gone_from(documents, baseline, active):
            count = str(sum(entry.count for entry in gone))
            notices.append(
                {
                    "kind": "gone-from-baseline",
                    "path": baseline.source,
                    "line": None,
                    "values": {"count": count},
                }
            )
    return notices
