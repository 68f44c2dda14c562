"""The machine report: the shape of perflint's JSON, which is all that a renderer ever sees.

The keys are a promise to users (docs/json.md); new ones may be added, none renamed.
"""

from __future__ import annotations

from typing import Any, NotRequired, TypedDict

SEVERITIES = ("error", "warning", "advice")
"""Worst first."""

PlaceJson = dict[str, Any]
"""`{"page", "box", "continued"?}`, `{"sheet", "cell"}`, `{"table", "row", "column"}`, `{"line", "column", "end_line",
"end_column"}`, or `{}` where there is none."""


class TargetJson(TypedDict):
    """A value cell: its text and what it says."""

    text: str
    comparator: str | None
    value: str | None
    unit: str | None
    place: NotRequired[PlaceJson]


class ActualJson(TypedDict):
    """The actual value of a self-evaluation."""

    text: str
    place: NotRequired[PlaceJson]


class IndicatorJson(TypedDict):
    """One indicator row."""

    index: int
    level1: str | None
    level2: str | None
    name: str
    target: TargetJson | None
    actual: ActualJson | None
    weight: str | None
    score: str | None
    remark: str | None
    confidence: str
    place: PlaceJson
    places: dict[str, PlaceJson]
    """The place of each cell: level1, level2, name, target, actual, weight, score, remark."""
    other_targets: NotRequired[dict[str, str]]
    """Targets of further value columns by their heading (the whole-period target of the national goal form)."""


class WeaknessJson(TypedDict):
    """A part of the form read with low confidence."""

    part: str
    reason: str
    place: PlaceJson


class AbstentionJson(TypedDict):
    """A rule that kept silent on this form, and the part whose reading was too weak for it."""

    code: str
    part: str


class FormJson(TypedDict):
    """One form as read."""

    index: int
    kind: str
    template: str
    title: str
    year: int | None
    project_name: str | None
    header: dict[str, str | None]
    funding: dict[str, Any]
    goals: dict[str, str | None]
    indicators: list[IndicatorJson]
    total_score: str | None
    grade: str | None
    place: PlaceJson
    places: dict[str, PlaceJson]
    """The place of each field outside the indicators: `project_name`, `header:LABEL`, `funding:LABEL`,
    `funding:LABEL.COLUMN`, `goals:LABEL`, `total_score`, `grade`."""
    weaknesses: list[WeaknessJson]
    abstentions: list[AbstentionJson]


class RelatedJson(TypedDict):
    """Another place that belongs to a finding."""

    path: str
    form: int | None
    indicator: int | None
    field: str | None
    place: PlaceJson


class SuppressedJson(TypedDict):
    """Why a finding does not count: `kind` is `suppression` or `baseline`."""

    kind: str
    reason: str
    until: str | None


class FindingJson(TypedDict):
    """One defect."""

    code: str
    name: str
    severity: str
    message: str
    suggestion: str | None
    replacement: NotRequired[str | None]
    """The text to paste into the field, where it follows from the form; `suggestion` is then the same text.

    Findings on one field propose the one text that mends them all, where there is one."""
    form: int | None
    indicator: int | None
    field: str | None
    excerpt: str
    place: PlaceJson
    related: list[RelatedJson]
    projects: NotRequired[list[str]]
    """Of a finding on several forms: the projects (else the titles) of all of them, sorted."""
    confidence: str | None
    fingerprint: str
    suppressed: SuppressedJson | None


class DocumentJson(TypedDict):
    """One file of the run."""

    path: str
    sha256: str
    format: str
    status: str
    """checked, no-form or unreadable."""
    named: bool
    """The user asked for this very file; False where it was found in a folder."""
    pages: int | None
    forms: list[FormJson]
    findings: list[FindingJson]


class RuleJson(TypedDict):
    """What a renderer needs of a rule that found something, in the language of the run."""

    name: str
    group: str
    severity: str
    title: str
    why: str
    suggestion: str
    basis: list[str]


class RunJson(TypedDict):
    """How the run was made."""

    language: str
    profile: str
    rules_sha256: str
    settings_sha256: str


class DocumentCounts(TypedDict):
    """Files by what became of them."""

    checked: int
    no_form: int
    unreadable: int


class FindingCounts(TypedDict):
    """Findings that count (not suppressed, not in the baseline) by severity."""

    error: int
    warning: int
    advice: int


class SummaryJson(TypedDict):
    """The counts of a run."""

    documents: DocumentCounts
    forms: int
    findings: FindingCounts
    suppressed: int
    baselined: int
    abstentions: int


class TallyJson(TypedDict):
    """Findings that count, of one rule (`key` is its code) or unit (its name, empty where none was read).

    `forms` are the forms concerned for a rule, all its forms for a unit.
    """

    key: str
    error: int
    warning: int
    advice: int
    forms: int


class StatisticsJson(TypedDict):
    """Counts by rule and by unit, most errors first."""

    by_rule: list[TallyJson]
    by_unit: list[TallyJson]


class NoticeJson(TypedDict):
    """Something that the owner of the settings should know: `kind` is `unused-suppression`, `expired-suppression`,
    `gone-from-baseline`, `renamed-rule` or `deprecated-rule`; `values` fill its text."""

    kind: str
    path: str
    line: int | None
    values: dict[str, str]


class ToolJson(TypedDict):
    """Who made the report."""

    name: str
    version: str


class ReportJson(TypedDict):
    """The whole report; documents sorted by path, findings by form, indicator, code and place."""

    tool: ToolJson
    run: RunJson
    rules: dict[str, RuleJson]
    documents: list[DocumentJson]
    summary: SummaryJson
    statistics: StatisticsJson
    notices: list[NoticeJson]
