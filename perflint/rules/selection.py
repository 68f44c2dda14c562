"""Which rules apply: one decision for select, ignore, preview and rules that were renamed or removed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from perflint.rules import Rule
from perflint.words import words

ALL = "ALL"
PREFIX = re.compile(r"[A-Z]+\d*")
"""The beginning of a code: U, U3, U301."""
EXACT = 100
"""How specific a whole code or name is; beginnings of codes have their length + 1, groups 1, ALL 0."""


@dataclass(frozen=True, slots=True)
class Selector:
    """A text that stands for rules: their codes, and how specifically it names them."""

    text: str
    codes: frozenset[str]
    specificity: int
    notice: str | None = None
    """The present code or name, where the text is an old one."""


class UnknownSelector(LookupError):
    """A text that stands for no rule: the problem (key of wording/settings.toml), its values, and what would
    be right.
    """

    def __init__(self, problem: str, values: Mapping[str, str], known: Sequence[str]) -> None:
        super().__init__(values["word"])
        self.problem, self.values, self.known = problem, values, tuple(known)


@dataclass(frozen=True, slots=True)
class Selection:
    """Selectors as the settings and the command line state them."""

    select: tuple[Selector, ...]
    ignore: tuple[Selector, ...] = ()
    preview: bool = False


def selector_of(text: str, rules: Sequence[Rule]) -> Selector:
    """Return what a code, beginning of a code, name, group or ALL stands for. Raises UnknownSelector."""
    if text == ALL:
        return Selector(text, frozenset(rule.code for rule in rules), 0)
    retired = words("retired")
    if reason := retired["removed"].get(text):
        raise UnknownSelector(
            "removed-rule", {"word": text, "reason_en": reason["en"], "reason_zh": reason["zh"]}, ()
        )
    renamed = retired["renamed"].get(text)
    wanted = renamed or text
    exact = [rule.code for rule in rules if wanted in (rule.code, rule.name)]
    if exact:
        return Selector(text, frozenset(exact), EXACT, renamed)
    group = [rule.code for rule in rules if rule.group.replace("_", "-") == text.replace("_", "-")]
    if group:
        return Selector(text, frozenset(group), 1)
    beginning = [rule.code for rule in rules if rule.code.startswith(text)] if PREFIX.fullmatch(text) else []
    if beginning:
        return Selector(text, frozenset(beginning), len(text) + 1)
    raise UnknownSelector("unknown-selector", {"word": text}, known_selectors(rules))


def rule_of(text: str, rules: Sequence[Rule]) -> Rule:
    """Return the one rule that a code or name stands for. Raises UnknownSelector."""
    try:
        selector = selector_of(text, rules)
    except UnknownSelector as unknown:
        if unknown.problem == "removed-rule":
            raise
        selector = None
    if selector is None or selector.specificity != EXACT:
        known = [name for rule in rules for name in (rule.code, rule.name)]
        raise UnknownSelector("unknown-rule", {"word": text}, known)
    return next(rule for rule in rules if rule.code in selector.codes)


def known_selectors(rules: Sequence[Rule]) -> list[str]:
    """Return every code, name and group, for the search for the nearest."""
    groups = sorted({rule.group.replace("_", "-") for rule in rules})
    return [*(rule.code for rule in rules), *(rule.name for rule in rules), *groups, ALL]


def applies(rule: Rule, selection: Selection) -> bool:
    """Decide whether a rule applies.

    Of all selectors that name the rule, the most specific decides; between equals ignore does. A rule on
    trial applies only where it is selected by its own code or name, or where preview is on; a deprecated one
    only by its own code or name.
    """
    selected = _specificity(rule, selection.select)
    if selected <= _specificity(rule, selection.ignore):
        return False
    if rule.status == "preview":
        return selection.preview or selected == EXACT
    return rule.status != "deprecated" or selected == EXACT


def _specificity(rule: Rule, selectors: Iterable[Selector]) -> int:
    """Return how specifically the selectors name a rule, -1 where they do not."""
    return max((selector.specificity for selector in selectors if rule.code in selector.codes), default=-1)
