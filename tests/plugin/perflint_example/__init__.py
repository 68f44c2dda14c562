"""An example plugin: a check of its own for perflint."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from perflint.checks.hit import Hit, Spot
from perflint.model import Form


def too_many_indicators(form: Form, params: Mapping[str, Any]) -> Iterator[Hit]:
    """Hit a form with more than `most` indicators, at the first one too many."""
    if len(form.indicators) > params["most"]:
        extra = form.indicators[params["most"]]
        yield Hit(Spot(extra.index, "name"), extra.name.text, {"count": str(len(form.indicators))})
