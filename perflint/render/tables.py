"""Tables on a terminal, in columns that stand right with Chinese text in them."""

from __future__ import annotations

from collections.abc import Sequence

from perflint.engine.timings import Timings
from perflint.render.excerpts import display_width, printable
from perflint.report import ReportJson, TallyJson
from perflint.wording import wording

SLOWEST = 5
"""Files that the table of timings names."""


def statistics_lines(report: ReportJson, language: str) -> list[str]:
    """Return the counts by rule and by unit as lines."""
    say = wording("report", language)
    statistics = report["statistics"]
    by_rule = [
        [tally["key"], report["rules"][tally["key"]]["title"], *_counts(tally)]
        for tally in statistics["by_rule"]
    ]
    by_unit = [
        [tally["key"] or say("statistics.unknown_unit"), *_counts(tally)] for tally in statistics["by_unit"]
    ]
    heads = [say(f"severity.{severity}") for severity in ("error", "warning", "advice")] + [
        say("statistics.forms")
    ]
    return [
        *table_lines([[say("statistics.by_rule"), "", *heads], *by_rule]),
        "",
        *table_lines([[say("statistics.by_unit"), *heads], *by_unit]),
        "",
    ]


def _counts(tally: TallyJson) -> list[str]:
    return [str(tally["error"]), str(tally["warning"]), str(tally["advice"]), str(tally["forms"])]


def timing_lines(timings: Timings, language: str) -> list[str]:
    """Return where the time went: seconds by step, and the slowest files."""
    say = wording("messages", language)
    steps = [[say(f"timings.{step}"), f"{seconds:.3f}"] for step, seconds in timings.steps.items()]
    total = [say("timings.total"), f"{sum(timings.steps.values()):.3f}"]
    lines = table_lines([[say("timings.step"), say("timings.seconds")], *steps, total])
    slowest = sorted(timings.files.items(), key=lambda item: -item[1])[:SLOWEST]
    if slowest:
        files = [[path, f"{seconds:.3f}"] for path, seconds in slowest]
        lines += ["", *table_lines([[say("timings.slowest"), say("timings.seconds")], *files])]
    return lines


def table_lines(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return rows of cells (all of one length) as lines, each column as wide as its widest cell."""
    cells = [[printable(cell) for cell in row] for row in rows]
    widths = [max(display_width(cell) for cell in column) for column in zip(*cells, strict=True)]
    return [
        "  ".join(
            cell + " " * (width - display_width(cell)) for cell, width in zip(row, widths, strict=True)
        ).rstrip()
        for row in cells
    ]
