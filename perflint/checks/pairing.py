"""Which forms of a run belong to the same project: by unit and project name, years and layers in it aside."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from perflint.checks.comparing import comparable_text
from perflint.model import Form, FormKind
from perflint.readers.clean import fold
from perflint.words import words


def project_key(form: Form) -> str | None:
    """Return the project's name for pairing: without (2022年), （跨年）, blanks and punctuation.

    None where the form has no name or nothing is left of it.
    """
    if form.project_name is None:
        return None
    name = fold(form.project_name.text)
    return comparable_text(marks_pattern().sub("", name)) or None


@cache
def marks_pattern() -> re.Pattern[str]:
    """Return the pattern of what makes no other project."""
    return re.compile("|".join(words("sameness")["project_marks"]))


def unit_key(form: Form) -> str:
    """Return the unit (or else the department) for pairing, empty where the form names none."""
    for role in ("unit", "department"):
        entry = form.entry(role)
        if entry is not None and entry.value is not None:
            return comparable_text(re.sub(r"[(（][^()（）]*[)）]$", "", entry.value.text.strip()))
    return ""


def may_be_one_unit(first: Form, second: Form) -> bool:
    """Say whether two forms are of one unit as far as they name one."""
    keys = unit_key(first), unit_key(second)
    return not all(keys) or keys[0] == keys[1]


def same_project(first: Form, second: Form) -> bool:
    """Say whether two forms are surely or possibly of one project; forms without a name may be of any."""
    keys = project_key(first), project_key(second)
    return None in keys or (keys[0] == keys[1] and may_be_one_unit(first, second))


def pairs(
    forms: Sequence[Form], first: FormKind, second: FormKind, years_between: int
) -> Iterator[tuple[int, int]]:
    """Yield the positions of a form of the first and one of the second kind of one project.

    `years_between` is the second's year less the first's. A project with several candidates on either side is
    left out unless the whole names tell them apart: what stays unpaired is not guessed.
    """
    for position, form in enumerate(forms):
        if form.judged_as is not first:
            continue
        partner = only_match(position, forms, second, years_between)
        if partner is not None and only_match(partner, forms, first, -years_between) == position:
            yield position, partner


def only_match(position: int, forms: Sequence[Form], kind: FormKind, years: int) -> int | None:
    """Return the one form of this kind and distance in years of a form's project, None unless it is one."""
    form = forms[position]
    key = project_key(form)
    if key is None or form.year is None:
        return None
    candidates = [
        other
        for other, candidate in enumerate(forms)
        if other != position
        and candidate.judged_as is kind
        and candidate.year == form.year + years
        and project_key(candidate) == key
        and may_be_one_unit(form, candidate)
    ]
    if len(candidates) > 1:
        candidates = [other for other in candidates if whole_name(forms[other]) == whole_name(form)]
    return candidates[0] if len(candidates) == 1 else None


def whole_name(form: Form) -> str:
    """Return the project's whole name for comparing."""
    return comparable_text(form.project_name.text) if form.project_name is not None else ""
