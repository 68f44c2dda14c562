"""`perflint suppress`: findings into the suppressions file, each with its reason."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from perflint.cli.group import Command, language_of, language_option, option
from perflint.cli.trouble import say
from perflint.config import SUPPRESSIONS_FILE, load_settings, read_toml, shown
from perflint.config.refusal import Mistake, SettingsError
from perflint.gate.baseline import project_of, read_json
from perflint.gate.saved import load_report
from perflint.gate.suppressions import TABLE, entry_text
from perflint.report.fingerprints import LENGTH
from perflint.report.verdict import CLEAN
from perflint.wording import wording

Entry = Mapping[str, Any]
FINGERPRINT = re.compile(f"[0-9a-f]{{{LENGTH}}}")


@click.command("suppress", cls=Command, help="suppress")
@click.argument("fingerprints", nargs=-1, metavar="[FINGERPRINT]…")
@option("--reason")
@option("--until", type=click.DateTime(["%Y-%m-%d"]))
@option("--from", "reviews", type=click.Path(path_type=Path))
@option("--report", type=click.Path(path_type=Path))
@option("--suppressions", type=click.Path(path_type=Path))
@language_option
@click.pass_context
def command(
    ctx: click.Context,
    fingerprints: tuple[str, ...],
    reason: str | None,
    until: datetime | None,
    reviews: Path | None,
    report: Path | None,
    suppressions: Path | None,
    language: str | None,
) -> int:
    """Add entries to the suppressions file. Raises SettingsError, click.UsageError, OSError."""
    messages = wording("messages", language_of(ctx))
    if bool(fingerprints) == bool(reviews) or (fingerprints and not (reason or "").strip()):
        raise click.UsageError(messages("usage.suppress"))
    last = until.date() if until else None
    if reviews:
        entries = list(disputed(reviews, last))
    else:
        entries = [
            {"fingerprint": fingerprint, "reason": reason, "until": last} for fingerprint in fingerprints
        ]
    for fingerprint in fingerprints:
        if not FINGERPRINT.fullmatch(fingerprint):
            raise click.UsageError(messages("usage.no-fingerprint", text=fingerprint))
    about = _described(report) if report else {}
    unknown = [entry["fingerprint"] for entry in entries if report and entry["fingerprint"] not in about]
    if unknown:
        raise click.UsageError(messages("usage.unknown-fingerprint", fingerprints=", ".join(unknown)))
    path = suppressions or load_settings([Path()]).suppressions or Path(SUPPRESSIONS_FILE)
    added = add_entries(path, entries, about)
    say(messages("done.suppressed", count=added, path=shown(path)))
    return CLEAN


def disputed(path: Path, until: date | None) -> Iterator[Entry]:
    """Give an entry for each finding that a reviewer disputes and says why. Raises SettingsError."""
    content = read_json(path, "not-reviews")
    try:
        for review in content["reviews"]:
            if review["decision"] == "dispute" and review.get("note", "").strip():
                comment = "  ".join(str(review[key]) for key in ("code", "project") if review.get(key))
                reason = " ".join(review["note"].split())
                yield {
                    "fingerprint": str(review["fingerprint"]),
                    "reason": reason,
                    "until": until,
                    "comment": comment,
                }
    except (KeyError, TypeError, AttributeError) as error:
        detail = f"{type(error).__name__}: {error}"
        raise SettingsError([Mistake("not-reviews", {"detail": detail}, shown(path))]) from error


def _described(path: Path) -> dict[str, str]:
    """Return what each fingerprint of a saved report is about."""
    return {
        finding["fingerprint"]: f"{finding['code']}  {project_of(document, finding)}  {finding['message']}"
        for document in load_report(path)["documents"]
        for finding in document["findings"]
    }


def add_entries(path: Path, entries: Sequence[Entry], about: Mapping[str, str]) -> int:
    """Append the entries whose fingerprint is not yet in the file, and return how many; what stands there
    stays as it is.
    """
    present = (
        {entry.get("fingerprint") for entry in read_toml(path)[1].get(TABLE, ())} if path.exists() else set()
    )
    added = {entry["fingerprint"]: entry for entry in entries if entry["fingerprint"] not in present}
    with path.open("a", encoding="utf-8") as file:
        for fingerprint, entry in added.items():
            comment = about.get(fingerprint) or entry.get("comment", "")
            file.write(entry_text(entry, " ".join(comment.split())))
    return len(added)
