"""The keys under which the cache keeps readings and findings: hashes of all that they depend on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, fields
from functools import cache
from importlib.util import find_spec
from pathlib import PurePath

from perflint.checks import plugins
from perflint.engine.cache import key_of, program_digest
from perflint.engine.examination import Conditions
from perflint.rules import Rule
from perflint.words import rules_folder

STATED = tuple(field.name for field in fields(Rule) if field.name not in ("bad", "good"))
"""What a rule's findings depend on; its examples are not among that."""


def reading_key(sha256: str, name: str, conditions: Conditions) -> str:
    """Return the key of a file's reading: its content and extension, the program, the limits, the engines at
    hand.
    """
    return key_of(_reading_conditions(conditions), sha256, PurePath(name).suffix.lower())


@cache
def _reading_conditions(conditions: Conditions) -> str:
    """Return a hash of what every reading of a run depends on beside the file."""
    engines = [conditions.pdf_engine, find_spec("rapidocr") is not None]
    return key_of(program_digest(), asdict(conditions.limits), engines)


def findings_key(reading: str, rules: str, conditions: Conditions) -> str:
    """Return the key of a file's part of the report: its reading, the digest of the rules that apply to it,
    the language.
    """
    return key_of(reading, rules, conditions.language)


def together_key(files: Sequence[tuple[str, str]], rules: str, conditions: Conditions) -> str:
    """Return the key of what the rules on all forms together found; `files` are (path, reading key)."""
    return key_of(files, rules, conditions.language)


def rules_digest(rules: Sequence[Rule]) -> str:
    """Return a hash of rules with all that their settings changed, and of the plugins that rules from
    elsewhere may use.
    """
    return key_of([_plain(rule) for rule in rules], _plugins() if any(map(_from_elsewhere, rules)) else [])


def _plain(rule: Rule) -> dict[str, object]:
    """Return what a rule's findings depend on as plain JSON."""
    stated = {name: getattr(rule, name) for name in STATED}
    return {**stated, "forms": sorted(rule.forms), "path": rule.path.name}


def _from_elsewhere(rule: Rule) -> bool:
    return rules_folder() not in rule.path.parents


def _plugins() -> list[str]:
    """Return the packages that register checks, with their versions."""
    return sorted(f"{point.dist.name} {point.dist.version}" for point in plugins() if point.dist)
