"""Rule files: TOML → Rule, validated, in the order of their codes."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import tomli

from perflint.model import FormKind, Part
from perflint.words import rules_folder

NOT_RULES = ("words", "profiles")
"""Folders below a rules folder that hold vocabulary and settings of a place, not rules."""


class RuleError(Exception):
    """A rule file (or profile) that cannot be used.

    The message names the file, the key and the nearest right one.
    """

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(f"{path}: {problem}")
        self.path = path
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as its file states it.

    `check` names a function of `perflint.checks` or of a plugin, None for scope `file` (what readers report);
    `needs` are the parts of a form whose weak reading makes the rule abstain; `yields_to` the codes that,
    hitting the same indicator (or the same field of the form), make it keep silent. Texts are keyed by
    language.
    """

    code: str
    name: str
    group: str
    severity: str
    status: str
    scope: str
    check: str | None
    forms: frozenset[FormKind]
    needs: tuple[Part, ...]
    yields_to: tuple[str, ...]
    params: Mapping[str, Any]
    title: Mapping[str, str]
    message: Mapping[str, str]
    suggestion: Mapping[str, str]
    why: Mapping[str, str]
    basis: tuple[str, ...]
    bad: tuple[Mapping[str, Any], ...]
    good: tuple[Mapping[str, Any], ...]
    path: Path
    by_template: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """Params for forms of a template, by its id, where a profile has them; other forms get `params`."""


def load_rules(folders: Sequence[Path] = ()) -> tuple[Rule, ...]:
    """Load the built-in rules and those of further folders, sorted by code.

    The files of `folders` are validated; the built-in ones are validated by the tests, not at every start.
    Raises RuleError for a file that is not TOML, breaks the schema, names an unknown check, or repeats a code
    or name.
    """
    loaded = list(built_in_rules())
    for folder in folders:
        loaded.extend(rules_in(folder))
    refuse_repeats(loaded)
    return tuple(sorted(loaded, key=lambda rule: rule.code))


@cache
def built_in_rules() -> tuple[Rule, ...]:
    """Return the rules that ship with perflint."""
    folder = rules_folder()
    files = (
        file
        for group in folder.iterdir()
        if group.is_dir() and group.name not in NOT_RULES
        for file in group.glob("*.toml")
    )
    return tuple(rule_of(read_toml(file), file) for file in sorted(files))


def rules_in(folder: Path) -> list[Rule]:
    """Load and validate the rules of a user's folder. Raises RuleError."""
    if not folder.is_dir():
        raise RuleError(folder, "no such folder")
    files = sorted(
        file
        for file in folder.rglob("*.toml")
        if not set(file.relative_to(folder).parts[:-1]) & set(NOT_RULES)
    )
    if not files:
        raise RuleError(folder, "no rule file (*.toml) in it")
    rules = []
    for file in files:
        content = read_toml(file)
        validate(content, file)
        rules.append(rule_of(content, file))
    return rules


def read_toml(file: Path) -> dict[str, Any]:
    """Read a TOML file. Raises RuleError with the line where it is wrong."""
    try:
        return tomli.loads(file.read_text("utf-8"))
    except (tomli.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RuleError(file, f"not TOML in UTF-8: {error}") from error


def rule_of(content: Mapping[str, Any], path: Path) -> Rule:
    """Make a Rule of a valid file's content."""
    why = dict(content["why"])
    basis = tuple(why.pop("basis", ()))
    return Rule(
        code=content["code"],
        name=content["name"],
        group=content["group"],
        severity=content["severity"],
        status=content["status"],
        scope=content.get("scope", "form"),
        check=content.get("check"),
        forms=frozenset(FormKind(kind) for kind in content["forms"]),
        needs=tuple(Part(part) for part in content.get("needs", ())),
        yields_to=tuple(content.get("yields_to", ())),
        params=content.get("params", {}),
        title=content["title"],
        message=content["message"],
        suggestion=content["suggestion"],
        why=why,
        basis=basis,
        bad=tuple(content["bad"]),
        good=tuple(content.get("good", ())),
        path=path,
    )


def validate(content: Mapping[str, Any], path: Path) -> None:
    """Check a rule file's content against the schema and its check against those that exist.

    Raises RuleError.
    """
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import best_match

    error = best_match(Draft202012Validator(rule_schema()).iter_errors(content))
    if error is not None:
        raise RuleError(path, schema_problem(error))
    if "check" in content:
        from perflint.checks import UnknownCheck, find_check

        try:
            find_check(content["check"])
        except UnknownCheck as unknown:
            raise RuleError(path, f"check: {unknown}") from unknown


@cache
def rule_schema() -> dict[str, Any]:
    """Return the JSON Schema of rule files."""
    schema: dict[str, Any] = json.loads(
        (Path(__file__).parents[1] / "schemas" / "rule.schema.json").read_text("utf-8")
    )
    return schema


def schema_problem(error: Any) -> str:
    """Say in one line what a jsonschema ValidationError found.

    The key and, for a misspelt one, the nearest right one.
    """
    where = ".".join(str(step) for step in error.absolute_path)
    prefix = f"{where}: " if where else ""
    if error.validator == "additionalProperties":
        known = list(error.schema.get("properties", ()))
        unknown = next(key for key in error.instance if key not in known)
        return f"{prefix}unknown key {unknown!r}{nearest(unknown, known)}"
    if error.validator == "enum":
        choices = error.validator_value
        near = nearest(error.instance, choices)
        return f"{prefix}{error.instance!r} is none of {', '.join(choices)}{near}"
    if error.validator == "required":
        missing = next(key for key in error.validator_value if key not in error.instance)
        return f"{prefix}the key {missing!r} is missing"
    if error.validator == "not":
        return f"{prefix}a rule of scope 'file' has no check"
    return f"{prefix}{error.message}"


def nearest(word: object, known: Iterable[str]) -> str:
    """Return “; did you mean 'X'?” for the nearest known word, an empty text where none is near."""
    matches = difflib.get_close_matches(str(word), list(known), n=1)
    return f"; did you mean {matches[0]!r}?" if matches else ""


def refuse_repeats(rules: Sequence[Rule]) -> None:
    """Raise RuleError where two files state the same code or name."""
    seen: dict[str, Path] = {}
    for rule in rules:
        for key in (rule.code, rule.name):
            if key in seen:
                raise RuleError(rule.path, f"{key!r} is already the rule in {seen[key]}")
            seen[key] = rule.path
