"""What recognising a document gives: the forms found in it, what could not be understood, and what is a form."""

from __future__ import annotations

from dataclasses import dataclass

from perflint.document import Problem
from perflint.forms.vocabulary import title_of
from perflint.model import Form


@dataclass(frozen=True, slots=True)
class Recognition:
    """The forms of a document, numbered from 1 in reading order, and the problems met (E902, E904)."""

    forms: tuple[Form, ...] = ()
    problems: tuple[Problem, ...] = ()


def shows_what_it_is(form: Form) -> bool:
    """Say whether a form has the title of one, names a project, or has known levels: 产出指标 over 数量指标.

    Plans, assessments and statistics have tables with the same headings (指标类别 | 指标名称 | 目标值).
    """
    if form.project_name or title_of(form.title.text):
        return True
    levels = (level for row in form.indicators for level in (row.level1, row.level2))
    return len({level.kind for level in levels if level and level.kind and level.sure}) > 1
