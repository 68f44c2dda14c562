"""perflint: a linter for China's project-expenditure performance forms.

As a library: `perflint.check(paths)` returns the report that `perflint check … -f json` writes,
`perflint.read(path)` the forms of one file. Everything else may change between versions.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from perflint.engine.reading import Reading
    from perflint.report import ReportJson

__version__ = "0.1.0"
__all__ = ["check", "read"]


def check(paths: Sequence[str | Path], config: str | Path | None = None, **changes: Any) -> ReportJson:
    """Check files and folders and return the report (docs/json.md).

    Settings are found as on the command line, or taken from the file `config`; `changes` replace fields of
    `perflint.config.Settings` (`select=("U",)`, `language="en"`). Everything happens in this process, without
    cache. Raises perflint.config.refusal.SettingsError for settings that cannot be used,
    perflint.sources.SourceError for a path that does not exist.
    """
    # Imported when called: the command line imports this package for its version alone.
    from dataclasses import replace

    from perflint.config import load_settings
    from perflint.engine.run import check_sources
    from perflint.garbage import few_collections
    from perflint.gate import findable, load_gate, pass_gate
    from perflint.render import generation_time
    from perflint.report.assembly import report_of
    from perflint.rules.ruleset import ruleset_of
    from perflint.sources import find_sources

    places = [Path(path) for path in paths]
    settings = replace(load_settings(places, Path(config) if config else None), **changes)
    ruleset = ruleset_of(settings)
    gate = load_gate(settings, ruleset.rules)
    sources, errors = find_sources(places, settings.exclude, settings.root)
    for error in errors:
        raise error
    with few_collections():
        run = check_sources(sources, ruleset, settings, processes=False)
        documents = [run.documents[position] for position in sorted(run.documents)]
        whole = any(not source.named for source in sources)
        active = findable(ruleset.active, whole)
        notices = pass_gate(documents, gate, active, generation_time().date(), whole)
        return report_of(documents, ruleset, settings, [*ruleset.notices, *notices])


def read(path: str | Path) -> Reading:
    """Return the forms of one file as rules see them (`perflint.model.Form`), and what could not be read.

    Raises OSError where the file cannot be opened.
    """
    from perflint.engine.reading import read_forms
    from perflint.limits import Limits

    return read_forms(Path(path).read_bytes(), str(path), Limits(), "pdfium")
