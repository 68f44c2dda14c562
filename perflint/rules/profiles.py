"""Profiles: what differs by place (weights, grades, tolerances, required fields), as params for the rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from perflint.rules import Rule, RuleError, load_rules, nearest, read_toml
from perflint.words import rules_folder

AUTO = "auto"
"""The choice of profile by each form's own template."""
KEYS = ("title", "templates", "params")


@dataclass(frozen=True, slots=True)
class Profile:
    """A place's settings: `params` by rule code.

    Forms of the `templates` get them unless the settings choose a profile.
    """

    name: str
    title: Mapping[str, str]
    templates: tuple[str, ...]
    params: Mapping[str, Mapping[str, Any]]
    path: Path


class UnknownProfile(LookupError):
    """No profile of this name; `known` are those that there are."""

    def __init__(self, name: str, known: Sequence[str]) -> None:
        super().__init__(f"no profile {name!r}{nearest(name, known)}")
        self.name = name
        self.known = tuple(known)


def profiled_rules(folders: Sequence[Path] = (), profile: str = AUTO) -> tuple[Rule, ...]:
    """Load all rules with the params of a profile; `auto` goes by the template of each form.

    Raises RuleError for a wrong file, UnknownProfile for a name that is none.
    """
    rules = load_rules(folders)
    profiles = load_profiles(folders)
    for known in profiles:
        refuse_unknown(known, rules)
    if profile == AUTO:
        by_template = ((rule, params_by_template(rule, profiles)) for rule in rules)
        return tuple(replace(rule, by_template=params) if params else rule for rule, params in by_template)
    chosen = next((known for known in profiles if known.name == profile), None)
    if chosen is None:
        raise UnknownProfile(profile, [AUTO, *(known.name for known in profiles)])
    return tuple(with_params(rule, chosen.params.get(rule.code, {})) for rule in rules)


def with_params(rule: Rule, params: Mapping[str, Any]) -> Rule:
    """Return a rule with some of its params replaced, for forms of every template."""
    if not params:
        return rule
    by_template = {template: {**own, **params} for template, own in rule.by_template.items()}
    return replace(rule, params={**rule.params, **params}, by_template=by_template)


def params_by_template(rule: Rule, profiles: Iterable[Profile]) -> dict[str, Mapping[str, Any]]:
    """Return the params that a rule gets by the templates of forms.

    Its own with those of the template's profile.
    """
    return {
        template: {**rule.params, **profile.params[rule.code]}
        for profile in profiles
        if rule.code in profile.params
        for template in profile.templates
    }


def load_profiles(folders: Sequence[Path] = ()) -> tuple[Profile, ...]:
    """Load the built-in profiles and those in `profiles/` of further rule folders, sorted by name.

    A profile of a further folder replaces its namesake. Raises RuleError for a file that is not TOML or has
    an unknown key.
    """
    files = {
        file.stem: file
        for folder in (rules_folder(), *folders)
        for file in sorted((folder / "profiles").glob("*.toml"))
    }
    return tuple(profile_of(files[name]) for name in sorted(files))


def profile_of(file: Path) -> Profile:
    """Read one profile; its name is the file's. Raises RuleError."""
    content = read_toml(file)
    for key in content:
        if key not in KEYS:
            raise RuleError(file, f"unknown key {key!r}{nearest(key, KEYS)}")
    return Profile(
        file.stem,
        content.get("title", {}),
        tuple(content.get("templates", ())),
        content.get("params", {}),
        file,
    )


def refuse_unknown(profile: Profile, rules: Sequence[Rule]) -> None:
    """Raise RuleError where a profile names a rule or a param that does not exist."""
    known = {rule.code: rule for rule in rules}
    for code, params in profile.params.items():
        if code not in known:
            raise RuleError(profile.path, f"params: no rule {code!r}{nearest(code, known)}")
        for key in params:
            if key not in known[code].params:
                raise RuleError(
                    profile.path, f"params.{code}: unknown param {key!r}{nearest(key, known[code].params)}"
                )
