"""Forms in text without a grid: lines whose columns were lost, or are no more than gaps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from perflint.document import Line, Problem
from perflint.forms.recognition import Recognition, shows_what_it_is
from perflint.forms.ungridded.cells import is_cut
from perflint.forms.ungridded.fields import roles_of
from perflint.forms.ungridded.form import form_of
from perflint.forms.ungridded.layout import in_columns, is_laid_out, with_whole_labels, with_whole_values
from perflint.forms.ungridded.page_edges import without_page_edges
from perflint.forms.ungridded.pieces import pieces_of
from perflint.forms.ungridded.rows import RawRow, Rows, cost_of, rows_of
from perflint.forms.ungridded.sections import Section, sections_of, title_passage
from perflint.forms.ungridded.tokens import joined_text, tokens_of
from perflint.forms.vocabulary import title_of, unsupported_kind
from perflint.model import Form

__all__ = ["read_lines"]

# =100.0|0(%) in one column and 100.00(|%) beside it: lines of a row that were shared out wrongly.
_CUT_TOGETHER = frozenset({"target", "actual", "reason", "note"})


def read_lines(lines: Sequence[Line]) -> Recognition:
    """Read the forms that stand in lines of text.

    Cells get their roles by what they are (a known label, a name, a value), levels by the order of the
    form; what was inferred is marked as unsure and told as a weakness of the form. A kind of form that is
    not supported gives an E902 problem.
    """
    tokens = tokens_of(without_page_edges(lines))
    laid_out = is_laid_out(tokens)
    forms: list[Form] = []
    problems: list[Problem] = []
    for section in sections_of(with_whole_labels(tokens) if laid_out else tokens):
        if problem := _unsupported(section):
            problems.append(problem)
            continue
        chosen, rows = _laid_out_rows(section) if laid_out else (section, _rows(section))
        form = form_of(chosen, rows, len(forms) + 1)
        if shows_what_it_is(form):
            forms.append(form)
    return Recognition(tuple(forms), tuple(problems))


def _unsupported(section: Section) -> Problem | None:
    """Return the problem that a form is of a kind which is not read, None for any other."""
    title = title_of(title_passage(section).text)
    roles = [heading.role for heading in section.headings]
    texts = (token.text for token in (*section.before, *section.table))
    kind = (title.unsupported if title else None) or unsupported_kind(roles, texts)
    if kind is None:
        return None
    passage = title_passage(section)
    return Problem("E902", {"reason": f"unsupported-{kind}"}, passage.place, passage.text)


def _rows(section: Section) -> Rows:
    """Return the rows of a section's table."""
    return rows_of(pieces_of(section.table), section.headings)


def _laid_out_rows(section: Section) -> tuple[Section, Rows]:
    """Return a section whose columns are kept by blanks, with whole cells, and its rows.

    The table is read by its columns, and in the order of its text; the better reading is taken.
    """
    section = replace(section, before=with_whole_values(section.before, roles_of))
    headings, table = in_columns(section.headings, section.table)
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
