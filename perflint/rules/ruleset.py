"""The rules of a run: loaded, altered by the settings, chosen for each file."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from perflint.config import Settings, stated
from perflint.config.refusal import Mistake, SettingsError
from perflint.report import NoticeJson
from perflint.rules import Rule, RuleError
from perflint.rules.profiles import UnknownProfile, profiled_rules, with_params
from perflint.rules.selection import Selection, Selector, UnknownSelector, applies, rule_of, selector_of

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec


@dataclass(frozen=True)
class RuleSet:
    """All rules with the severities and parameters of the settings, and which of them apply where."""

    rules: tuple[Rule, ...]
    selection: Selection
    per_file: tuple[tuple[str, tuple[Selector, ...]], ...]
    root: Path

    @property
    def notices(self) -> list[NoticeJson]:
        """What the owner of the settings should know: rules that are named by an old name, or on their way
        out.
        """
        named = [
            *self.selection.select,
            *self.selection.ignore,
            *(one for _, own in self.per_file for one in own),
        ]
        renamed = {one.text: one.notice for one in named if one.notice}
        deprecated = {rule.code: rule.name for rule in self.active if rule.status == "deprecated"}
        return [
            *(_notice("renamed-rule", old, present) for old, present in renamed.items()),
            *(_notice("deprecated-rule", code, name) for code, name in deprecated.items()),
        ]

    @cached_property
    def active(self) -> tuple[Rule, ...]:
        """The rules that apply to a file for which nothing else is said."""
        return tuple(rule for rule in self.rules if applies(rule, self.selection))

    @cached_property
    def _patterns(self) -> list[tuple[GitIgnoreSpec, frozenset[str]]]:
        from pathspec import GitIgnoreSpec

        return [
            (
                GitIgnoreSpec.from_lines([pattern]),
                frozenset().union(*(selector.codes for selector in selectors)),
            )
            for pattern, selectors in self.per_file
        ]

    def for_file(self, path: Path) -> tuple[Rule, ...]:
        """Return the rules that apply to a file: the active ones without those that per-file-ignores name for
        it.
        """
        if not self.per_file:
            return self.active
        relative = Path(os.path.relpath(path.absolute(), self.root)).as_posix()
        ignored = {code for spec, codes in self._patterns if spec.match_file(relative) for code in codes}
        return tuple(rule for rule in self.active if rule.code not in ignored)


def _notice(kind: str, word: str, name: str) -> NoticeJson:
    return {"kind": kind, "path": "", "line": None, "values": {"word": word, "name": name}}


def ruleset_of(settings: Settings, given: Mapping[str, Sequence[str]] | None = None) -> RuleSet:
    """Return the rules that settings ask for.

    `given` are the selectors among them that come from options of the command line, by option. Raises
    SettingsError for every name that stands for no rule.
    """
    try:
        rules = profiled_rules(settings.rules, settings.profile)
    except RuleError as error:
        raise SettingsError([Mistake("rules-folder", {"detail": error.problem}, str(error.path))]) from error
    except UnknownProfile as unknown:
        raise SettingsError([_profile_mistake(settings, unknown)]) from unknown
    mistakes = list(_mistakes(settings, rules))
    for option, texts in (given or {}).items():
        mistakes += _option_mistakes(option, texts, rules)
    if mistakes:
        raise SettingsError(mistakes)

    def selectors(texts: Sequence[str]) -> tuple[Selector, ...]:
        return tuple(selector_of(text, rules) for text in texts)

    selection = Selection(
        selectors((*settings.select, *settings.extend_select)),
        selectors((*settings.ignore, *settings.extend_ignore)),
        settings.preview,
    )
    per_file = tuple((pattern, selectors(texts)) for pattern, texts in settings.per_file_ignores.items())
    return RuleSet(
        tuple(_altered(rule, settings, rules) for rule in rules), selection, per_file, settings.root
    )


def _altered(rule: Rule, settings: Settings, rules: Sequence[Rule]) -> Rule:
    """Return a rule with the severity and parameters that the settings give it."""
    named = [(selector_of(text, rules), severity) for text, severity in settings.severity.items()]
    fitting = [
        (selector.specificity, severity) for selector, severity in named if rule.code in selector.codes
    ]
    severity = max(fitting, key=lambda pair: pair[0])[1] if fitting else rule.severity
    changed = {
        key: value
        for text, table in settings.params.items()
        if rule_of(text, rules).code == rule.code
        for key, value in table.items()
    }
    if severity == rule.severity and not changed:
        return rule
    return replace(with_params(rule, changed), severity=severity)


def _profile_mistake(settings: Settings, unknown: UnknownProfile) -> Mistake:
    """Return the mistake of naming a profile that there is none of, in the settings file or the option that
    names it.
    """
    values = {"word": unknown.name, "choices": ", ".join(unknown.known)}
    for file, path, holds, text in stated(settings):
        if holds == "profile" and text == unknown.name:
            return file.mistake("unknown-profile", path, unknown.known, **values)
    option = "--profile "
    line = f"{option}{unknown.name}"
    return Mistake(
        "unknown-profile",
        values,
        option.strip(),
        line,
        None,
        len(option) + 1,
        len(unknown.name),
        unknown.known,
    )


def _mistakes(settings: Settings, rules: Sequence[Rule]) -> Iterator[Mistake]:
    """Give every code, name, pattern and parameter in the settings files that does not exist."""
    for file, path, holds, text in stated(settings):
        try:
            if holds == "selector":
                selector_of(text, rules)
            elif holds == "rule":
                yield from (
                    file.mistake(problem, (*path, key), known, **values)
                    for key, problem, known, values in _parameter_mistakes(
                        rule_of(text, rules), file.table["params"][text]
                    )
                )
            elif holds == "pattern":
                _check_pattern(text)
        except UnknownSelector as unknown:
            yield file.mistake(unknown.problem, path, unknown.known, **unknown.values)
        except ValueError as error:
            yield file.mistake("bad-pattern", path, word=text, detail=str(error))


def _check_pattern(text: str) -> None:
    """Raise ValueError for what is no gitignore pattern."""
    from pathspec import GitIgnoreSpec

    GitIgnoreSpec.from_lines([text])


def _parameter_mistakes(
    rule: Rule, table: dict[str, Any]
) -> Iterator[tuple[str, str, tuple[str, ...], dict[str, str]]]:
    """Give the parameters that a rule does not have, or not of this type: key, problem, what would be right,
    values.
    """
    for key, value in table.items():
        if key not in rule.params:
            yield key, "unknown-parameter", tuple(rule.params), {"word": key, "rule": rule.code}
            continue
        present = rule.params[key]
        numbers = (
            isinstance(value, (int, float))
            and isinstance(present, (int, float))
            and not isinstance(value, bool)
        )
        if type(value) is not type(present) and not numbers:
            expected, found = type(present).__name__, type(value).__name__
            yield (
                key,
                "wrong-parameter",
                (),
                {"word": key, "rule": rule.code, "expected": expected, "found": found},
            )


def _option_mistakes(option: str, texts: Sequence[str], rules: Sequence[Rule]) -> list[Mistake]:
    """Return the mistakes among the selectors that an option of the command line was given."""
    line = f"{option} {','.join(texts)}"
    mistakes = []
    column = len(option) + 2
    for text in texts:
        try:
            selector_of(text, rules)
        except UnknownSelector as unknown:
            mistakes.append(
                Mistake(unknown.problem, unknown.values, option, line, None, column, len(text), unknown.known)
            )
        column += len(text) + 1
    return mistakes
