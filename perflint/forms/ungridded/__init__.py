"""Forms in text without a grid: lines whose columns were lost, or are no more than gaps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from perflint.document import Confidence, Line, Passage, Place
from perflint.forms.recognition import Recognition
from perflint.forms.templates import Evidence, Template, evident, template_of
from perflint.forms.ungridded.fields import Field, fields_of, roles_of, value_of
from perflint.forms.ungridded.funding import amounts_of, funding_of
from perflint.forms.ungridded.goals import goals_of
from perflint.forms.ungridded.layout import (
    in_columns,
    is_laid_out,
    with_whole_labels,
    with_whole_values,
)
from perflint.forms.ungridded.levels import PrintedLabel, RowEvidence, layout_of, levels_of
from perflint.forms.ungridded.pieces import pieces_of
from perflint.forms.ungridded.rows import RawRow, Rows, rows_of
from perflint.forms.ungridded.sections import Section, lines_of, sections_of, title_passage
from perflint.forms.ungridded.tokens import Token, joined_passage, merged, tokens_of
from perflint.forms.values import compose
from perflint.forms.vocabulary import is_blank, shown_label, title_of, year_in, year_line
from perflint.model import Entry, Form, FormKind, Indicator, Level, Part, Weakness
from perflint.targets import parse_target
from perflint.words import words

__all__ = ["read_lines"]


def read_lines(lines: Sequence[Line]) -> Recognition:
    """Read the forms that stand in lines of text.

    Cells get their roles by what they are (a known label, a name, a value), levels by the order of the form; what was
    inferred is marked as unsure and told as a weakness of the form.
    """
    tokens = tokens_of(lines)
    laid_out = is_laid_out(tokens)
    sections = sections_of(with_whole_labels(tokens) if laid_out else tokens)
    if laid_out:
        sections = tuple(map(_with_whole_cells, sections))
    return Recognition(tuple(_form(section, index) for index, section in enumerate(sections, 1)))


def _with_whole_cells(section: Section) -> Section:
    """Put the cells of a section together that a laid-out text breaks over lines."""
    headings, table = in_columns(section.headings, section.table)
    before = with_whole_values(section.before, lambda text: bool(roles_of(text)))
    return replace(section, before=before, headings=tuple(headings), table=tuple(table))


def _form(section: Section, index: int) -> Form:
    """Read one form."""
    fields = fields_of(section.before)
    goals, periods = goals_of(fields)
    header = (*_header(fields), *periods)
    funding = funding_of(fields)
    pieces = pieces_of(section.table)
    rows = rows_of(pieces, section.headings)
    labels = _printed_labels(rows)
    layout = layout_of(labels)
    evidence = [RowEvidence(_name(row), row.after_break) for row in rows.rows]
    levels = levels_of(evidence, labels, layout, rows.state)
    indicators = tuple(
        _indicator(row, number, *levels[number - 1]) for number, row in enumerate(rows.rows, 1)
    )
    title = title_passage(section)
    template = template_of(_evidence(section, fields))
    closing = fields_of(section.closing)
    form = Form(
        index=index,
        kind=_kind(title, template),
        template=template.identifier,
        title=title,
        year=_year(section, title, header),
        project_name=next((entry.value for entry in header if entry.role == "project_name"), None),
        header=tuple(entry for entry in header if entry.role != "project_name"),
        funding=funding,
        goals=goals,
        indicators=indicators,
        total_score=_total(closing),
        grade=next((value_of(field) for field in closing if field.roles.get("closing") == "grade"), None),
        place=title.place,
        levels_layout=layout.name,
    )
    return replace(form, weaknesses=tuple(_weaknesses(form, rows)))


def _header(fields: Sequence[Field]) -> list[Entry]:
    """Return the labels of the header with their values."""
    entries = []
    for field in fields:
        if "header" not in field.roles:
            continue
        value = value_of(field)
        if value and is_blank(value.text):
            value = None
        place: Place = value.place if value else field.label.passage.place
        entries.append(Entry(shown_label(field.label.text), field.roles["header"], value, place))
    return entries


def _kind(title: Passage, template: Template) -> FormKind:
    """Return the kind of a form as its title names it, else as its layout is."""
    named = title_of(title.text)
    return named.kind if named and named.kind else template.kind


def _evidence(section: Section, fields: Sequence[Field]) -> Evidence:
    """Return what tells the layout of a form."""
    named = title_of(title_passage(section).text)
    headings = frozenset(heading.token.text for heading in section.headings)
    labels = [*fields, *fields_of(section.closing)]
    return Evidence(
        title=named.kind.value if named and named.kind else "",
        labels=evident(frozenset(field.label.text for field in labels)),
        fields=frozenset(role for field in labels for role in field.roles.values()),
        headings=evident(headings),
        roles=frozenset(heading.role for heading in section.headings),
    )


def _year(section: Section, title: Passage, header: Sequence[Entry]) -> int | None:
    """Return the year: from the line below the title, the title itself, or the first date of the form."""
    for line in lines_of(section.before):
        if (year := year_line(merged(line).text)) is not None:
            return year
    texts = [title.text, *(entry.value.text for entry in header if entry.value and entry.role in ("year", "start"))]
    return next((year for text in texts if (year := year_in(text) or year_line(text[:4])) is not None), None)


def _printed_labels(rows: Rows) -> list[PrintedLabel]:
    """Return the level labels with the row that each stands with; those below the last row belong to it."""
    labels = [PrintedLabel(token, number) for number, row in enumerate(rows.rows) for token in row.labels]
    last = max(len(rows.rows) - 1, 0)
    return [*labels, *(PrintedLabel(token, last) for token in rows.labels_below)]


def _name(row: RawRow) -> str:
    tokens = row.cells.get("name")
    return joined_passage(tokens).text if tokens else ""


def _indicator(row: RawRow, index: int, level1: Level | None, level2: Level | None) -> Indicator:
    """Return a row as an indicator."""
    cells = {role: joined_passage(tokens) for role, tokens in row.cells.items()}
    present = {role: cell for role, cell in cells.items() if not is_blank(cell.text)}
    first = min(row.cells.values(), key=lambda tokens: (tokens[0].line, tokens[0].start))[0].passage
    signs = [present["sign"]] if "sign" in present else []
    value = compose(present.get("target"), signs, present.get("unit"))
    actual = present.get("actual")
    return Indicator(
        index=index,
        level1=level1,
        level2=level2,
        name=cells.get("name") or Passage("", first.place, first.confidence),
        target=parse_target(value.passage.text) if value.passage else None,
        target_passage=value.passage,
        place=first.place,
        confidence=Confidence.TEXT,
        actual=parse_target(actual.text) if actual else None,
        actual_passage=actual,
        weight=cells.get("weight"),
        score=cells.get("score"),
        remark=present.get("reason") or present.get("note"),
        value_lost="target" not in cells,
        after_break=row.after_break,
        other_targets={"": present["other_target"]} if "other_target" in present else {},
        target_parts=value.parts,
    )


def _total(closing: Sequence[Field]) -> Passage | None:
    """Return the total of the scores: the last amount behind its label, for the sum of the weights stands before it."""
    for field in closing:
        if field.roles.get("closing") == "total_score" and (amounts := amounts_of(field)):
            return amounts[-1].passage
    return None


def _weaknesses(form: Form, rows: Rows) -> list[Weakness]:
    """Return what of a form was read with low confidence."""
    reasons = words("ungridded")["weaknesses"]
    found: list[Weakness] = []
    unsure = [
        level
        for indicator in form.indicators
        for level in (indicator.level1, indicator.level2)
        if level is None or not level.sure
    ]
    if unsure:
        place = next((level.passage.place for level in unsure if level), form.place)
        found.append(Weakness(Part.LEVELS, reasons["levels"], place))
    lost = [indicator for indicator in form.indicators if indicator.value_lost]
    if lost:
        found.append(Weakness(Part.VALUES, reasons["values"], lost[0].place))
    for line in rows.unread:
        text = _told(line)
        reason = {language: sentence.format(text=text) for language, sentence in reasons["rows"].items()}
        found.append(Weakness(Part.ROWS, reason, line[0].passage.place))
    return found


def _told(tokens: Sequence[Token]) -> str:
    """Return a line as a message quotes it."""
    text = joined_passage(tokens).text
    return text if len(text) <= 40 else f"{text[:40]}…"
