"""What rules see: forms, their header, funding, goals and indicators. Nothing here knows of files or pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum

from perflint.document import Confidence, Passage, Place
from perflint.records import record
from perflint.targets import Target


class FormKind(StrEnum):
    """The three kinds of form."""

    DECLARATION = "declaration"
    """财政项目支出绩效目标申报表."""
    TARGET = "target"
    """财政项目支出绩效目标表 of the 2020 layout."""
    SELF_EVALUATION = "self_evaluation"
    """财政项目支出绩效自评表."""


class Part(StrEnum):
    """The parts of a form that can be read weakly; a rule's `needs` names one."""

    LEVELS = "levels"
    VALUES = "values"
    ROWS = "rows"
    HEADER = "header"
    FUNDING = "funding"
    GOALS = "goals"


@record(frozen=True, slots=True)
class Entry:
    """A label of the form with its value.

    `role` is the meaning of the label in `rules/words/fields.toml` (`department`, `start`, `annual_total`, …; None for a
    label that is none of them); `value` is None where the form leaves the field empty.
    """

    label: str
    role: str | None
    value: Passage | None
    place: Place


@record(frozen=True, slots=True)
class FundingRow:
    """A row of the funds table of a self-evaluation: amounts and scores by column.

    `role` is `annual_total`, `annual_fiscal`, `carry_over` or `annual_other`; columns are keyed by role:
    `initial_budget`, `full_budget`, `spent`, `weight`, `rate`, `score`.
    """

    label: str
    role: str | None
    columns: Mapping[str, Entry]
    place: Place


@record(frozen=True, slots=True)
class Funding:
    """The money of a form. `unit` is 元 or 万元 as the form says it, None where it says nothing.

    A declaration fills `entries` (roles `total`, `total_fiscal`, `total_other`, `annual_total`, `annual_fiscal`,
    `carry_over`, `annual_other`; the 2020 form also `last_year_budget`, `last_year_spent`), a self-evaluation `rows`.
    """

    unit: str | None = None
    entries: tuple[Entry, ...] = ()
    rows: tuple[FundingRow, ...] = ()


@record(frozen=True, slots=True)
class Level:
    """A level-1 or level-2 label as it stands over an indicator.

    `kind` is its meaning in `rules/words/levels.toml` (`cost`, `output`, `benefit`, `satisfaction`, `input`, `influence`;
    `quantity`, `quality`, `timeliness`, `cost`, `economic_cost`, …), None for a label that no known layout has.
    """

    passage: Passage
    kind: str | None
    sure: bool = True
    """False where the label was assigned by order or meaning, not by the grid."""


@record(frozen=True, slots=True)
class Indicator:
    """One indicator row, numbered from 1 in its form. A cell that is empty or was lost is None."""

    index: int
    level1: Level | None
    level2: Level | None
    name: Passage
    target: Target | None
    target_passage: Passage | None
    place: Place
    confidence: Confidence
    actual: Target | None = None
    actual_passage: Passage | None = None
    weight: Passage | None = None
    score: Passage | None = None
    remark: Passage | None = None
    value_lost: bool = False
    """The reading, not the submitter, may have lost the target: rules on absent values abstain."""
    after_break: bool = False
    """First row after a page break."""
    other_targets: Mapping[str, Passage] = field(default_factory=dict)
    """Targets of further value columns, keyed by their heading (the whole-period target of the national goal form)."""
    target_parts: Mapping[str, Passage] = field(default_factory=dict)
    """The cells that the target was put together from (`sign`, `target`, `unit`); empty where it is one cell."""

    @property
    def cells(self) -> Mapping[str, Passage | None]:
        """What stands in each cell of the row, by the field that rules and reports name it by."""
        return {
            "level1": self.level1.passage if self.level1 else None,
            "level2": self.level2.passage if self.level2 else None,
            "name": self.name,
            "target": self.target_passage,
            "actual": self.actual_passage,
            "weight": self.weight,
            "score": self.score,
            "remark": self.remark,
        }


@record(frozen=True, slots=True)
class Weakness:
    """A part of a form that was read with low confidence: which, why (a sentence in Chinese and in English), where."""

    part: Part
    reason: Mapping[str, str]
    place: Place | None = None


@record(frozen=True, slots=True)
class Form:
    """One form, numbered from 1 in its document."""

    index: int
    kind: FormKind
    template: str
    title: Passage
    year: int | None
    project_name: Passage | None
    header: tuple[Entry, ...]
    funding: Funding
    goals: tuple[Entry, ...]
    """Roles `goal_total`, `goal_annual`, `goal_actual`."""
    indicators: tuple[Indicator, ...]
    total_score: Passage | None
    grade: Passage | None
    place: Place
    weaknesses: tuple[Weakness, ...] = ()
    levels_layout: str = "since-2021"
    """`since-2021` (成本指标 is a level-1 kind), `before-2021` (成本指标 under 产出指标) or `shanghai-2020`."""
    has_remarks: bool = True
    """False where the indicator table has no column for reasons or notes."""

    @property
    def judged_as(self) -> FormKind:
        """The kind whose rules the form follows: a 绩效目标表 with the levels of a declaration those of one.

        The levels of a target form by which rules go are those of Shanghai 2020.
        """
        as_declaration = self.kind is FormKind.TARGET and self.levels_layout != "shanghai-2020"
        return FormKind.DECLARATION if as_declaration else self.kind

    def entry(self, role: str) -> Entry | None:
        """Return the header, funding or goal entry with this role, None where the form has none."""
        for entry in (*self.header, *self.funding.entries, *self.goals):
            if entry.role == role:
                return entry
        return None

    def weak(self, part: Part) -> bool:
        """Say whether this part was read with low confidence."""
        return any(weakness.part == part for weakness in self.weaknesses)
