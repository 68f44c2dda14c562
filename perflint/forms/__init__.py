"""Recognise the performance forms in a document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from perflint.document import Block, Confidence, Document, Line, Passage, Problem
from perflint.forms.gridded import read_section
from perflint.forms.recognition import Recognition
from perflint.forms.sections import sections_of
from perflint.forms.side_by_side import parted
from perflint.forms.vocabulary import comparable, title_of
from perflint.model import Form
from perflint.readers.clean import clean

__all__ = ["Recognition", "recognise"]


def recognise(document: Document) -> Recognition:
    """Return the forms of a document, numbered from 1 in reading order, and what was not understood.

    Forms on tables are read by their cells, and take the title of the page header where they have none; runs of
    lines that belong to none of them are read as forms without a grid.
    """
    found: list[tuple[int, tuple[Form, ...], tuple[Problem, ...]]] = []
    used: set[int] = set()
    running_title = _running_title(document)
    blocks = tuple(parted(document.blocks))
    for section in sections_of(blocks):
        if running_title and section.title is None:
            passage = Passage(clean(running_title), section.tables[0].place, Confidence.EXACT, running_title)
            section = replace(section, title=passage)
        forms, problems = read_section(section)
        if forms or problems:
            used |= section.used_lines
            found.append((section.first_block, forms, problems))
    for start, lines in _runs_of_lines(blocks, used):
        # Imported here: most documents are all tables, and this is a third of the package.
        from perflint.forms.ungridded import read_lines

        recognition = read_lines(lines)
        found.append((start, recognition.forms, recognition.problems))
    found.sort(key=lambda part: part[0])
    every = [form for _, forms, _ in found for form in forms]
    return Recognition(
        tuple(replace(form, index=index) for index, form in enumerate(every, 1)),
        tuple(problem for _, _, problems in found for problem in problems),
    )


def _running_title(document: Document) -> str | None:
    """Return the title that all pages carry in their header, None for none and for several."""
    titles = {comparable(text): text for text in document.running_head if title_of(text)}
    return next(iter(titles.values())) if len(titles) == 1 else None


def _runs_of_lines(blocks: Sequence[Block], used: set[int]) -> Iterator[tuple[int, tuple[Line, ...]]]:
    """Yield the runs of lines that no form on tables uses, each with the number of its first block."""
    run: list[Line] = []
    start = 0
    for number, block in enumerate(blocks):
        if isinstance(block, Line) and number not in used:
            start = start if run else number
            run.append(block)
        elif run:
            yield start, tuple(run)
            run = []
    if run:
        yield start, tuple(run)
