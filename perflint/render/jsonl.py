"""The findings as JSON Lines: one object a line, for streams and for `grep`."""

from __future__ import annotations

import json
from collections.abc import Iterator

from perflint.render import RenderOptions
from perflint.report import ReportJson


def render(report: ReportJson, options: RenderOptions) -> str:
    """Return a line for each document (`type` document), finding (`finding`) and, last, the `summary`."""
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in _lines(report))


def _lines(report: ReportJson) -> Iterator[dict[str, object]]:
    for document in report["documents"]:
        path = document["path"]
        yield {
            "type": "document",
            "path": path,
            "sha256": document["sha256"],
            "format": document["format"],
            "status": document["status"],
            "forms": len(document["forms"]),
        }
        for finding in document["findings"]:
            yield {"type": "finding", "path": path, **finding}
    yield {"type": "summary", **report["summary"]}
