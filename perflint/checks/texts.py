"""The texts of a form, each with its spot: what rules of wording look at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from perflint.checks.hit import Spot
from perflint.checks.once import once_a_form
from perflint.model import Form

BLOCKS = ("project_name", "header", "goals", "name", "target", "actual", "remark")


def texts_of(form: Form, blocks: Sequence[str]) -> list[tuple[Spot, str]]:
    """Return the texts of the blocks named (of `BLOCKS`), in the order of the form."""
    wanted = frozenset(blocks)
    return [(spot, text) for block, spot, text in _texts(form) if block in wanted]


@once_a_form
def whole_text(form: Form) -> str:
    """Return the texts of all blocks, one below the other: what is not in it need not be looked for in each."""
    return "\n".join([text for _, _, text in _texts(form)])


@once_a_form
def whole_plain_text(form: Form) -> str:
    """Return the texts of all blocks without blanks, one below the other."""
    return "\n".join([plain(text) for _, _, text in _texts(form)])


def plain(text: str) -> str:
    """Return a text without blanks."""
    return "".join(text.split())


@once_a_form
def _texts(form: Form) -> tuple[tuple[str, Spot, str], ...]:
    """Return every text with its block and spot."""
    return tuple(_every_text(form))


def _every_text(form: Form) -> Iterator[tuple[str, Spot, str]]:
    if form.project_name is not None:
        yield "project_name", Spot(None, "project_name"), form.project_name.text
    for block, entries in (("header", form.header), ("goals", form.goals)):
        for entry in entries:
            if entry.value is not None:
                yield block, Spot(None, f"{block}:{entry.role or entry.label}"), entry.value.text
    for row in form.indicators:
        cells = (
            ("name", row.name),
            ("target", row.target_passage),
            ("actual", row.actual_passage),
            ("remark", row.remark),
        )
        for field, passage in cells:
            if passage is not None and passage.text:
                yield field, Spot(row.index, field), passage.text
