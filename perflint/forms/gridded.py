"""Read a form that stands on tables: from a section of the document to a Form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from perflint.document import Cell, Place, Problem
from perflint.forms.body import Body, read_body
from perflint.forms.closing import Closing, closing_of
from perflint.forms.columns import TableHead
from perflint.forms.fields import Field, read_fields
from perflint.forms.funding import FundingTable, funding_table
from perflint.forms.grid import Grid
from perflint.forms.header import Header, sort_fields
from perflint.forms.heading import year_of
from perflint.forms.leftover import unassigned
from perflint.forms.listed import Project, lists_projects, projects_of
from perflint.forms.recognition import shows_what_it_is
from perflint.forms.rows import numbered
from perflint.forms.sections import Section
from perflint.forms.templates import Evidence, evident, template_of
from perflint.forms.values import sign_kind
from perflint.forms.vocabulary import (
    Title,
    comparable,
    field_role,
    funding_roles,
    is_blank,
    is_label,
    money_unit,
    split_label,
    title_of,
    unsupported_kind,
    year_line,
)
from perflint.forms.weaknesses import weaknesses_of
from perflint.model import Form, Indicator


@dataclass(frozen=True, slots=True)
class _Context:
    """What the forms of a section have in common."""

    section: Section
    title: Title | None
    body: Body
    table: FundingTable
    closing: Closing
    above: tuple[str, ...]
    place: Place


def read_section(section: Section) -> tuple[tuple[Form, ...], tuple[Problem, ...]]:
    """Read the form of a section, or the forms of all projects that its table lists.

    Returns the forms and what was not understood in them (E904); for a kind that is not supported no form and
    an E902; nothing at all for a table that only has the headings of one.
    """
    grid = section.grid
    title = title_of(section.title.text) if section.title else None
    body = read_body(grid, section.heads)
    roles = [column.role for head in body.heads for column in head.columns]
    place = section.title.place if section.title else section.tables[0].place
    if unsupported := (title.unsupported if title else None) or unsupported_kind(roles, grid.texts()):
        excerpt = section.title.text if section.title else ""
        return (), (Problem("E902", {"reason": f"unsupported-{unsupported}"}, place, excerpt),)

    top = body.heads[0].first if body.heads else grid.rows
    table = funding_table(grid, 0, top)
    fields = _fields_around(section, grid, body, table, top)
    closing = closing_of(grid, fields, body.heads[-1] if body.heads else None)
    projects = [Project(fields, body.rows)]
    if lists_projects(body):
        projects = [Project((*fields, *project.fields), project.rows) for project in projects_of(grid, body)]
    context = _Context(section, title, body, table, closing, tuple(_texts_above(section, grid, top)), place)
    forms = tuple(form for project in projects if shows_what_it_is(form := _form(context, project, grid)))
    if not forms:
        return (), ()
    read = [closing.cells, table.cells, *(row.cells for row in body.rows)]
    read += [field.cells for project in projects for field in project.fields]
    missing = [problem for form in forms for problem in _missing_rows(form)]
    return forms, (*missing, *unassigned(grid, body, chain.from_iterable(read), section.unread))


def _form(context: _Context, project: Project, grid: Grid) -> Form:
    """Put one form together."""
    header = sort_fields(project.fields, context.table, context.above)
    template = template_of(_evidence(context, project))
    indicators = numbered(project.rows, _whole_period_key(header, context.body))
    return Form(
        index=0,
        kind=template.kind,
        template=template.identifier,
        title=context.section.title or replace(grid.cells[0].passage, text="", original=""),
        year=year_of(context.section.title, context.above, header.entries),
        project_name=header.project_name,
        header=header.entries,
        funding=header.funding,
        goals=header.goals,
        indicators=indicators,
        total_score=context.closing.total_score,
        grade=context.closing.grade,
        place=context.place,
        weaknesses=weaknesses_of(indicators),
        levels_layout=template.layout or _layout(indicators),
        has_remarks=not context.body.heads or any(map(_has_remarks, context.body.heads)),
    )


def _has_remarks(head: TableHead) -> bool:
    """Say whether an indicator table has a column for reasons or notes."""
    return any(column.role in ("reason", "note") for column in head.columns)


def _fields_around(
    section: Section, grid: Grid, body: Body, table: FundingTable, top: int
) -> tuple[Field, ...]:
    """Return the labels with values over and below the indicator table and in the lines around it."""
    upper = [*read_fields(grid, 0, table.first), *read_fields(grid, table.end, top)]
    lower = [field for row in body.closing_rows for field in read_fields(grid, row, row + 1)]
    return (*_line_fields(section), *upper, *lower)


def _line_fields(section: Section) -> Iterator[Field]:
    """Yield the labels with values in the lines over a form: 申报单位名称：…"""
    for line in section.lines:
        split = split_label(line.passage.text)
        if split and not is_blank(split[1]) and not money_unit(line.passage.text):
            cell = Cell(-1, -1, 1, 1, line.passage)
            yield Field(split[0], replace(line.passage, text=split[1]), cell, ())


def _texts_above(section: Section, grid: Grid, top: int) -> list[str]:
    """Return the texts that may name year and unit of account: lines around the form, rows without a label.

    A year may stand beside the unit of account: 2025年度 | 单位：万元.
    """
    texts = [line.passage.text for line in section.lines]
    for row in range(top):
        filled = [cell.text for cell in grid.filled(row)]
        if not any(is_label(text) for text in filled) and (len(filled) == 1 or any(map(year_line, filled))):
            texts += filled
    return texts


def _evidence(context: _Context, project: Project) -> Evidence:
    """Gather what tells the layout of a form."""
    title, heads = context.title, context.body.heads
    columns = [column for head in heads for column in head.columns]
    labels = frozenset(field.label for field in project.fields) | {row.label for row in context.table.rows}
    blocks = ("header", "goals", "closing")
    known = {role for label in labels for block in blocks if (role := field_role(label, block))}
    known |= {role for label in labels for role in funding_roles(label)}
    signs = {sign for row in project.rows for sign in row.signs}
    return Evidence(
        title=title.kind.value if title and title.kind else "",
        labels=evident(labels),
        fields=frozenset(known),
        headings=evident(frozenset(column.heading.text for column in columns)),
        roles=frozenset(column.role for column in columns if column.role),
        blocks=max((len(head.blocks) for head in heads), default=1),
        cells=frozenset(
            f"{comparable(heading)}={kind}" for heading, text in signs if (kind := sign_kind(text))
        ),
    )


def _whole_period_key(header: Header, body: Body) -> str:
    """Return what the target of the left of two indicator blocks is called: its goal, or else its heading."""
    goal = next((entry.label for entry in header.goals if entry.role == "goal_total"), None)
    targets = (head.blocks[0].columns.get("target") for head in body.heads)
    heading = next((column.heading.text for column in targets if column), "")
    return goal or heading


def _layout(indicators: Sequence[Indicator]) -> str:
    """Say where 成本指标 stands: under 产出指标 before 2021, a level of its own since."""
    old = any(
        row.level1 and row.level2 and row.level1.kind == "output" and row.level2.kind == "cost"
        for row in indicators
    )
    return "before-2021" if old else "since-2021"


def _missing_rows(form: Form) -> Iterator[Problem]:
    """Yield a problem where a form ends with its head."""
    if not form.indicators:
        yield Problem("E904", {"reason": "no-indicators"}, form.place, form.title.text)
