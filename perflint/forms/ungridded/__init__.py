"""Forms in text without a grid: lines whose columns were lost, or are no more than gaps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from perflint.document import Line, Passage, Problem
from perflint.forms.recognition import Recognition, shows_what_it_is
from perflint.forms.ungridded.blocks import ways_to_read
from perflint.forms.ungridded.cells import is_cut, row_costs
from perflint.forms.ungridded.copies import without_copies
from perflint.forms.ungridded.fields import roles_of
from perflint.forms.ungridded.form import form_of
from perflint.forms.ungridded.glue import with_parted_rows, with_parted_values
from perflint.forms.ungridded.layout import in_columns, is_laid_out, with_whole_labels, with_whole_values
from perflint.forms.ungridded.page_edges import without_page_edges
from perflint.forms.ungridded.pieces import pieces_of
from perflint.forms.ungridded.rows import (
    STATES_WITH_COLUMNS,
    RawRow,
    Rows,
    cost_of,
    labels_of_levels,
    misfit_of,
    rows_of,
)
from perflint.forms.ungridded.sections import Section, sections_of, title_passage, titles_without_head
from perflint.forms.ungridded.tokens import joined_text, tokens_of
from perflint.forms.vocabulary import title_of, unsupported_kind
from perflint.model import Form
from perflint.words import words

__all__ = ["read_lines"]

# Columns whose cells are figures mostly.
_FIGURES = frozenset({"target", "other_target", "actual", "weight", "score"})
# =100.0|0(%) in one column and 100.00(|%) beside it: lines of a row that were shared out wrongly.
_CUT_TOGETHER = frozenset({"target", "actual", "reason", "note"})


def read_lines(lines: Sequence[Line]) -> Recognition:
    """Read the forms that stand in lines of text.

    Cells get their roles by what they are (a known label, a name, a value), levels by the order of the
    form; what was inferred is marked as unsure and told as a weakness of the form. A kind of form that is
    not supported, and one whose cells are out of order, gives an E902 problem.
    """
    tokens = without_copies(tokens_of(without_page_edges(lines)))
    laid_out = is_laid_out(tokens)
    forms: list[Form] = []
    problems: list[Problem] = []
    for section in sections_of(with_whole_labels(tokens) if laid_out else tokens):
        if kind := _unsupported(section):
            problems.append(_problem(title_passage(section), f"unsupported-{kind}"))
            continue
        ways = [replace(section, headings=headings) for headings in ways_to_read(section.headings)]
        readings = [_laid_out_rows(way) if laid_out else (way, _rows(way)) for way in ways]
        chosen, rows = min(readings, key=lambda reading: _cost_of_way(*reading))
        form = form_of(chosen, rows, len(forms) + 1)
        if not shows_what_it_is(form):
            continue
        if _is_out_of_order(rows, chosen):
            problems.append(_problem(title_passage(section), "cells-out-of-order"))
        else:
            forms.append(form)
    problems += [_problem(title, "cells-out-of-order") for title in titles_without_head(tokens)]
    return Recognition(tuple(forms), tuple(problems))


def _unsupported(section: Section) -> str | None:
    """Return the kind of a form that is not read, None for any other."""
    title = title_of(title_passage(section).text)
    roles = [heading.role for heading in section.headings]
    texts = (token.text for token in (*section.before, *section.table))
    return (title.unsupported if title else None) or unsupported_kind(roles, texts)


def _is_out_of_order(rows: Rows, section: Section) -> bool:
    """Say whether the cells of a table stand in such an order that no row can be told from the next.

    A head without a column of names is a part of one. A row stands under two labels at most, so more labels
    than two a row are those of rows that were not found. Between tabs the order is kept: there what looks out
    of it are values that the form leaves empty.
    """
    if all(heading.role != "name" for heading in section.headings):
        return True
    if rows.state not in STATES_WITH_COLUMNS and labels_of_levels(rows) > 2 * len(rows.rows):
        return True
    limits = words("ungridded")["costs"]["table"]
    enough = len(section.table) >= limits["least_texts"] and rows.state not in STATES_WITH_COLUMNS
    return enough and misfit_of(rows, section.headings) > float(limits["hopeless"])


def _problem(title: Passage, reason: str) -> Problem:
    """Return the problem that a form was found by its title and could not be read."""
    return Problem("E902", {"reason": reason}, title.place, title.text)


def _cost_of_way(section: Section, rows: Rows) -> float:
    """Return what a way to read a table costs.

    Where its rows could as well be those of two blocks they are: what costs a little more is to leave the first out.
    """
    has_two = any(heading.role == "other_name" for heading in section.headings)
    return rows.cost if has_two else rows.cost + len(rows.rows) * row_costs()["one_block"]


def _rows(section: Section) -> Rows:
    """Return the rows of a section's table."""
    figures = sum(heading.role in _FIGURES for heading in section.headings)
    tokens = with_parted_values(section.table) if figures > 1 else section.table
    return rows_of(pieces_of(with_parted_rows(tokens, figures)), section.headings)


def _laid_out_rows(section: Section) -> tuple[Section, Rows]:
    """Return a section whose columns are kept by blanks, with whole cells, and its rows.

    The table is read by its columns, and in the order of its text; the better reading is taken.
    """
    section = replace(section, before=with_whole_values(section.before, roles_of))
    headings, table = in_columns(section.headings, with_parted_values(section.table))
    by_column = replace(section, headings=tuple(headings), table=tuple(table))
    readings = [(one, _rows(one)) for one in (by_column, section)]
    chosen, rows = min(readings, key=lambda reading: cost_of(reading[1], reading[0].headings))
    return chosen, replace(rows, state="middle", rows=tuple(map(_without_cut_cells, rows.rows)))


def _without_cut_cells(row: RawRow) -> RawRow:
    """Drop values and remarks of a row where a bracket of one does not close: the rest stands in another."""
    texts = {role: joined_text(tokens) for role, tokens in row.cells.items() if role in _CUT_TOGETHER}
    if not any(map(is_cut, texts.values())):
        return row
    return replace(row, cells={role: tokens for role, tokens in row.cells.items() if role not in texts})
