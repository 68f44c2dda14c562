"""Write and prune the baseline file."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

import click

from perflint.cli.trouble import say
from perflint.config import Settings
from perflint.gate.baseline import baseline_of, baseline_text, gone_from, hide_known, load_baseline, pruned
from perflint.report import DocumentJson, NoticeJson
from perflint.wording import wording


def write_baseline(path: Path, documents: Sequence[DocumentJson], language: str) -> None:
    """Make the findings of a run the baseline, and mark them as in it. Raises OSError."""
    baseline = baseline_of(documents, str(path))
    path.write_text(baseline_text(baseline), "utf-8")
    hide_known(documents, baseline)
    count = sum(entry.count for entry in baseline.entries)
    say(wording("messages", language)("done.baseline", path=path, count=count))


def prune_baseline(
    documents: Sequence[DocumentJson],
    notices: list[NoticeJson],
    settings: Settings,
    active: Collection[str],
) -> None:
    """Take out of the baseline file what a run of the rules `active` has not found again; the notice that says
    so becomes needless.

    Raises click.UsageError where there is no baseline.
    """
    messages = wording("messages", settings.language)
    if settings.baseline is None:
        raise click.UsageError(messages("usage.no-baseline"))
    baseline = load_baseline(settings.baseline)
    gone = gone_from(documents, baseline, active)
    left = pruned(baseline, gone)
    settings.baseline.write_text(baseline_text(left), "utf-8")
    notices[:] = [notice for notice in notices if notice["kind"] != "gone-from-baseline"]
    counts = {"gone": sum(entry.count for entry in gone), "count": sum(entry.count for entry in left.entries)}
    say(messages("done.pruned", path=settings.baseline, **counts))
