"""The texts of a form, each with its spot: what rules of wording look at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from perflint.checks.hit import Spot
from perflint.model import Form

BLOCKS = ("project_name", "header", "goals", "name", "target", "actual", "remark")


def texts_of(form: Form, blocks: Iterable[str]) -> Iterator[tuple[Spot, str]]:
    """Yield the texts of the blocks named (of `BLOCKS`), in the order of the form."""
    wanted = frozenset(blocks)
    if "project_name" in wanted and form.project_name is not None:
        yield Spot(None, "project_name"), form.project_name.text
    for block, entries in (("header", form.header), ("goals", form.goals)):
        if block in wanted:
            yield from (
                (Spot(None, f"{block}:{entry.role or entry.label}"), entry.value.text)
                for entry in entries
                if entry.value is not None
            )
    for row in form.indicators:
        cells = {
            "name": row.name,
            "target": row.target_passage,
            "actual": row.actual_passage,
            "remark": row.remark,
        }
        for field, passage in cells.items():
            if field in wanted and passage is not None and passage.text:
                yield Spot(row.index, field), passage.text
