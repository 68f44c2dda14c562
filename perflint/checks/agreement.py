"""The form's goals against its indicators and against each other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate
from typing import Any

from perflint.checks.comparing import comparable_text
from perflint.checks.hit import Hit, Spot
from perflint.checks.naming import fitting_measures, read_name
from perflint.checks.presence import runs_over_years
from perflint.checks.repetition import name_core
from perflint.checks.texts import plain
from perflint.model import Form, Indicator
from perflint.readers.clean import fold
from perflint.targets import NUMBER, TargetKind
from perflint.values.measures import kind_of, read_unit
from perflint.words import any_word, words

CLAUSE = re.compile(r"[，。；、,;!！?？\n：:（）()]|(?<!\d)\.|\.(?!\d)")
FIGURE = re.compile(NUMBER)
THOUSANDS = re.compile(r"(?<=\d),(?=\d{3})")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its measure, and the clause of a goal or name of an indicator that says of what."""

    number: Decimal
    measure: str
    about: str
    text: str
    row: Indicator | None = None


def goal_contradicts_indicator(form: Form, params: Mapping[str, Any]) -> Iterator[Hit]:
    """Hit an indicator whose number is not the goal's with the same measure word for the same thing.

    The same thing: the goal's clause shares most of the indicator's name, or a word of it where neither the
    goal nor the form has another number with this measure. A number of the goal that any indicator has, as it is
    or in a sum, is accounted for; so is an indicator whose own number stands elsewhere in the goal
    (建设农田1.6万亩，其中新建1万亩).
    """
    stated = [quantity for row in form.indicators for quantity in indicator_quantities(row)]
    # Clauses of the past, of a part, or for each of something.
    no_goal = any_word(params["words"], "no_goal")
    for entry in form.goals:
        if entry.role not in params["roles"] or entry.value is None:
            continue
        clauses = CLAUSE.split(THOUSANDS.sub("", plain(entry.value.text)))
        every = list(quantities(clauses, params["words"]))
        told = {(quantity.number, quantity.measure) for quantity in every}
        said = [quantity for quantity in every if not no_goal.search(quantity.about)]
        accounted: dict[str, list[Quantity]] = {}
        for quantity in said:
            alike = [other for other in stated if other.measure == quantity.measure]
            beside = [other for other in said if other.measure == quantity.measure]
            if quantity.measure not in accounted:
                accounted[quantity.measure] = accounted_for(beside, alike)
            if quantity in accounted[quantity.measure]:
                continue
            alone = len(alike) == 1 and len(beside) == 1
            matches = [other for other in alike if same_thing(other.about, quantity.about, alone, params)]
            if sum(other.number for other in matches) == quantity.number:
                continue
            match = next((other for other in matches if (other.number, other.measure) not in told), None)
            if match is not None and match.row is not None and match.row.target is not None:
                values = {"said": quantity.text, "goal": entry.label, "clause": quantity.about}
                related = (Spot(None, f"goals:{entry.role}"),)
                yield Hit(Spot(match.row.index, "target"), match.row.target.text, values, related=related)


def accounted_for(beside: Sequence[Quantity], alike: Sequence[Quantity]) -> list[Quantity]:
    """Return the numbers of a goal that indicators have, as they are or in one of two sums.

    1个文化馆、11个文化站 and =12个, or the reverse. `beside` are the goal's numbers with one measure, `alike` those of
    the indicators.
    """
    stated = [other.number for other in alike]
    sums = {total for _, _, total in runs(stated)}
    numbers = set(stated)
    # Of the runs from one number on that an indicator has in a sum, the longest one stays.
    ends = {start: end for start, end, total in runs([other.number for other in beside]) if total in numbers}
    found, covered = [], 0
    for position, quantity in enumerate(beside):
        covered = max(covered, ends.get(position, 0))
        if position < covered or quantity.number in sums:
            found.append(quantity)
    return found


def runs(numbers: Sequence[Decimal]) -> Iterator[tuple[int, int, Decimal]]:
    """Yield start, end and sum of every run of neighbouring numbers, of one upwards, the shorter ones first."""
    for start in range(len(numbers)):
        for end, total in enumerate(accumulate(numbers[start:]), start + 1):
            yield start, end, total


def quantities(clauses: Iterable[str], subject: str) -> Iterator[Quantity]:
    """Yield the numbers with a measure word in the clauses of a goal."""
    lists = words(subject)
    for clause in clauses:
        for match in FIGURE.finditer(clause):
            unit = read_unit(clause[match.end() :])
            if unit is None or unit.measure is None or kind_of(unit.measure) not in lists["measured"]:
                continue
            if clause[: match.start()].endswith(tuple(lists["ordinal"])):
                continue
            text_found = clause[match.start() : match.end() + unit.length]
            number = Decimal(match.group()) * unit.scale
            yield Quantity(number, unit.measure, clause, text_found)


def indicator_quantities(row: Indicator) -> Iterator[Quantity]:
    """Yield an indicator's number under its measure.

    A bare number under each measure word that fits what is counted.
    """
    target = row.target
    if target is None or target.kind is not TargetKind.NUMBER or target.number is None:
        return
    measures = (
        (target.measure,)
        if target.measure
        else fitting_measures(row.name.text)
        if target.unit is None
        else ()
    )
    for measure in measures:
        yield Quantity(target.number * target.scale, measure, row.name.text, target.text, row)


def same_thing(name: str, clause: str, alone: bool, params: Mapping[str, Any]) -> bool:
    """Say whether a clause of a goal speaks of what an indicator's name measures.

    A doing at the end of the name that the clause does not speak of makes it another: 标准提案 are more than
    标准提案立项.
    """
    read = read_name(name)
    core = read.stem or name_core(name)
    pairs = letter_pairs(core)
    particular = pairs - frozenset(words(params["words"])["general"])
    said = letter_pairs(comparable_text(clause))
    shared = (particular or pairs) & said
    # 立项数 is an ending by itself.
    doings = letter_pairs(core[-2:] + read.ending) & frozenset(words("things")["activities"]["words"])
    if doings - said - frozenset(words(params["words"])["general"]):
        return False
    if alone and shared:
        return True
    return bool(particular) and len(shared) / len(particular) >= params["share"]


def letter_pairs(text: str) -> frozenset[str]:
    """Return the pairs of neighbouring letters of a text: 签约学生 → 签约, 约学, 学生."""
    return frozenset(text[at : at + 2] for at in range(len(text) - 1))


def result_copies_goal(form: Form, params: Mapping[str, Any]) -> Iterator[Hit]:
    """Hit an 实际完成情况 that is the goal word for word, blanks and a final full stop aside."""
    goal, result = form.entry("goal_annual"), form.entry("goal_actual")
    if goal is None or result is None or goal.value is None or result.value is None:
        return
    if same_text(goal.value.text, result.value.text):
        related = (Spot(None, "goals:goal_annual"),)
        yield Hit(
            Spot(None, "goals:goal_actual"),
            result.value.text,
            {"goal": goal.label, "result": result.label},
            related=related,
        )


def annual_goal_copies_total(form: Form, params: Mapping[str, Any]) -> Iterator[Hit]:
    """Hit an annual goal that is the total goal word for word in a project of several years."""
    total, annual = form.entry("goal_total"), form.entry("goal_annual")
    if total is None or annual is None or total.value is None or annual.value is None:
        return
    if runs_over_years(form) and same_text(total.value.text, annual.value.text):
        related = (Spot(None, "goals:goal_total"),)
        yield Hit(
            Spot(None, "goals:goal_annual"),
            annual.value.text,
            {"total": total.label, "annual": annual.label},
            related=related,
        )


def same_text(first: str, second: str) -> bool:
    """Say whether two texts are the same but for blanks, width and final marks."""
    return fold(first).rstrip("。.;；") == fold(second).rstrip("。.;；")


def slogan_goal(form: Form, params: Mapping[str, Any]) -> Iterator[Hit]:
    """Hit an annual goal of at most `longest` letters without a number, a deadline or a definite doing."""
    goal = form.entry("goal_annual")
    if goal is None or goal.value is None:
        return
    text = goal.value.text.strip()
    letters = comparable_text(text)
    if not letters or len(letters) > params["longest"] or any(letter.isdigit() for letter in letters):
        return
    lists = words(params["words"])
    does = any(word in text for word in lists["doing"]) and not any(
        word in text for word in lists["nothing_done"]
    )
    if not does and not any(word in text for word in lists["deadline"]):
        yield Hit(Spot(None, "goals:goal_annual"), text, {"goal": goal.label})
