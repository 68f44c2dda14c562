"""Which of the known layouts a form has: `rules/words/templates.toml` held against what the form shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from perflint.forms.vocabulary import bare, comparable
from perflint.model import FormKind
from perflint.words import words


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a form shows.

    `title` is the kind of its title, "" for none; `fields` are the roles of its labels, `roles` those of its
    columns, `blocks` the number of indicator blocks side by side; `cells` say what stands under the headings
    of signs: 指标性质=directions.
    """

    title: str
    labels: frozenset[str]
    fields: frozenset[str]
    headings: frozenset[str]
    roles: frozenset[str]
    blocks: int = 1
    cells: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Template:
    """A known layout: its name and what its forms are."""

    identifier: str
    kind: FormKind
    layout: str | None


@lru_cache(maxsize=1024)
def evident(texts: frozenset[str]) -> frozenset[str]:
    """Return texts as evidence holds them: for comparing, with and without brackets."""
    return frozenset(form for text in texts for form in (comparable(text), bare(text)))


@lru_cache(maxsize=1024)
def template_of(evidence: Evidence) -> Template:
    """Return the first layout whose conditions all hold; the last of the file has none.

    The kind is the layout's, or what the title calls the form where forms of that layout are called so, too.
    """
    entry = next(entry for entry in words("templates")["template"] if _holds(entry, evidence))
    kind = evidence.title if evidence.title in entry.get("called", ()) else entry["kind"]
    return Template(entry["id"], FormKind(kind), entry.get("layout"))


def _holds(entry: Mapping[str, Any], evidence: Evidence) -> bool:
    """Say whether all conditions of a layout hold."""
    return (
        evidence.title in entry.get("titles", [evidence.title])
        and all(comparable(heading) in evidence.headings for heading in entry.get("headings", ()))
        and all(comparable(label) in evidence.labels for label in entry.get("labels", ()))
        and evidence.roles.issuperset(entry.get("roles", ()))
        and evidence.fields.issuperset(entry.get("fields", ()))
        and evidence.blocks >= entry.get("blocks", 1)
        and ("cells" not in entry or not evidence.cells.isdisjoint(entry["cells"]))
    )
