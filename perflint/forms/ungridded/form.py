"""Put a form together from the text around its indicator table and the rows in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from perflint.document import Confidence, Passage, Place
from perflint.forms.templates import Evidence, evident, template_of
from perflint.forms.ungridded.fields import Field, fields_of, value_of
from perflint.forms.ungridded.funding import amounts_of, funding_of
from perflint.forms.ungridded.goals import goals_of
from perflint.forms.ungridded.levels import (
    PrintedLabel,
    RowEvidence,
    layout_of,
    levels_of,
)
from perflint.forms.ungridded.rows import RawRow, Rows, misfit_of
from perflint.forms.ungridded.sections import Section, lines_of, title_passage
from perflint.forms.ungridded.tokens import joined_passage, merged
from perflint.forms.ungridded.weaknesses import weaknesses_of
from perflint.forms.values import compose
from perflint.forms.vocabulary import bare, is_blank, shown_label, title_of, year_in, year_line
from perflint.model import Entry, Form, Indicator, Level
from perflint.targets import parse_target

# A table in which more of the values are missing was not read right.
_MOST_LOST_VALUES = 1 / 3
_LONGEST_QUOTE = 40


def form_of(section: Section, rows: Rows, index: int) -> Form:
    """Put a form together from its text and the rows of its table."""
    fields = fields_of(section.before)
    goals, periods = goals_of(fields)
    header = (*_header(fields), *periods)
    funding = funding_of(fields)
    labels = _printed_labels(rows)
    layout = layout_of(labels)
    evidence = [RowEvidence(_text(row, "name"), _text(row, "target"), row.after_break) for row in rows.rows]
    levels = levels_of(evidence, labels, layout, rows.state)
    indicators = tuple(
        _indicator(row, number, *levels[number - 1]) for number, row in enumerate(rows.rows, 1)
    )
    title = title_passage(section)
    template = template_of(_evidence(section, fields))
    closing = fields_of(section.closing)
    form = Form(
        index=index,
        kind=template.kind,
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
    return replace(
        form, weaknesses=tuple(weaknesses_of(form, rows, labels, misfit_of(rows, section.headings)))
    )


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
    texts = [
        title.text,
        *(entry.value.text for entry in header if entry.value and entry.role in ("year", "start")),
    ]
    return next((year for text in texts if (year := year_in(text) or year_line(text[:4])) is not None), None)


def _printed_labels(rows: Rows) -> list[PrintedLabel]:
    """Return the level labels with the row that each stands with; those below the last row belong to it."""
    last = max(len(rows.rows) - 1, 0)
    stretches = [*((number, row.labels) for number, row in enumerate(rows.rows)), (last, rows.labels_below)]
    return [
        PrintedLabel(
            token, number, follows_itself=before is not None and bare(before.text) == bare(token.text)
        )
        for number, labels in stretches
        for before, token in zip((None, *labels), labels, strict=False)
    ]


def _text(row: RawRow, role: str) -> str:
    tokens = row.cells.get(role)
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
    """Return the total of the scores: the last amount behind its label.

    The sum of the weights stands before it.
    """
    for field in closing:
        if field.roles.get("closing") == "total_score" and (amounts := amounts_of(field)):
            return amounts[-1].passage
    return None
