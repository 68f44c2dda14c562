"""What the page's scripts know of sections and cards before they are elements: enough to filter and to count."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from perflint.render.html.repeats import Repeat
from perflint.render.html.sections import Card, Defect, Section
from perflint.render.html.showable import showable
from perflint.report import RuleJson
from perflint.wording import Wording

SCRIPT_SAFE = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}
"""Escapes that keep a text of the report from ending the element that holds the JSON."""


def index_of(
    sections: Sequence[Section],
    repeats: Mapping[Defect, Repeat],
    rules: Mapping[str, RuleJson],
    texts: Wording,
) -> Markup:
    """Return the index as JSON that may stand in a script element.

    `titles` gives the title of each rule; `sections` a list a section: address, file, unit, kind of form,
    project, and of each card its severity, code, state, fingerprints, and the number of its repeat (0 for none).
    """
    index = {
        "titles": {code: rule["title"] for code, rule in rules.items()},
        "sections": [_entry(section, repeats, texts) for section in sections],
    }
    text = json.dumps(index, ensure_ascii=False, separators=(",", ":"))
    return Markup(showable(text).translate(SCRIPT_SAFE))


def _entry(section: Section, repeats: Mapping[Defect, Repeat], texts: Wording) -> list[Any]:
    """Return what the index says of a section."""
    form, path = section.form, section.document["path"]
    cards = [
        [card.severity, card.code, card.state, card.fingerprints, _number(card, repeats)]
        for card in section.cards
    ]
    if form is None:
        return [section.anchor, path, "", "", path, cards]
    kind, project = texts(f"kind.{form['kind']}"), form["project_name"] or texts("unnamed")
    return [section.anchor, path, section.unit, kind, project, cards]


def _number(card: Card, repeats: Mapping[Defect, Repeat]) -> int:
    """Return the number of the repeat that a card belongs to, 0 for none."""
    repeat = repeats.get(card.defect) if card.defect and card.state == "open" else None
    return repeat.number if repeat else 0
