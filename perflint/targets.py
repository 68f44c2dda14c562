"""Read what stands in a value column: comparator, number, unit, the words around them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum
from functools import cache, lru_cache

from perflint.records import record
from perflint.values.measures import Unit, bracket_at, read_unit
from perflint.values.numerals import holds_numeral, with_digits
from perflint.words import any_of, words

NUMBER = r"(?<![A-Za-z\d.])(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?!\d)"
"""1,200.00 and 95.00; not the 6 of IPv6."""
MINUS = r"(?<![\d%‰)）A-Za-z\u4e00-\u9fff])-"
"""The sign of -5%, not the dash of 1-2次 or 85%-95%."""
LATEX = ((r"\\geq(?:slant)?|\\ge\b", "≥"), (r"\\leq(?:slant)?|\\le\b", "≤"), (r"\\([%$&#_])", r"\1"))
FULL_WIDTH = re.compile("[！-～]")
PUNCTUATION = "，。；、,;.!！"
PLAIN = re.compile(r"([≥≤><=])(\d+(?:\.\d+)?)(\([^()\d]*\))?")
"""What the filing systems write, ≥90.00(%): in it stands no date, rhythm or norm (零件 is no 零… of a norm)."""
LONGEST_UNIT = 64
"""Characters behind a number in which its unit must end: a cell may be a page long."""
APPROXIMATE = "~"
"""Stands for the comparator of words that bound nothing (约) in values.toml."""


class TargetKind(StrEnum):
    """What a value is."""

    EMPTY = "empty"
    NUMBER = "number"
    """One number, with or without comparator and unit: ≥90.00(%), 21家, 0."""
    RANGE = "range"
    """1-2次, 3~5天."""
    SEVERAL = "several"
    """Several numbers or conditions: 30分钟内响应，2小时内上门; 各1次."""
    DATE = "date"
    """11月底前, 2026-12-31."""
    NORM = "norm"
    """A value that is written with digits but is no quantity: 7*24小时, 三级等保."""
    WORDS = "words"
    """No number: 是, 及时, 控制在预算范围内."""


@record(frozen=True, slots=True)
class Target:
    """A value as read.

    `comparator` is one of ≥ ≤ > < = or None; `comparator_in_words` the words that stood for it (不少于,
    以上), also without a comparator for words that bound nothing (约, 接近, 左右);
    `unit` is the whole unit as written (万人次), `measure` the same without its scale in its canonical form
    (人次; 名 → 人), None for a unit that is none, `scale` the factor (10000);
    `number` counts as written, without scale. Of several numbers the first is told.
    """

    text: str
    kind: TargetKind
    comparator: str | None = None
    comparator_in_words: str | None = None
    number: Decimal | None = None
    number_text: str | None = None
    upper: Decimal | None = None
    """The upper end of a range."""
    unit: str | None = None
    measure: str | None = None
    scale: int = 1
    words_before: str = ""
    """Words in front of the number that are no comparator: 办结率 in 办结率98%."""
    words_after: str = ""
    """Words behind the unit: 响应 in 30分钟内响应."""


@record(frozen=True, slots=True)
class _Quantity:
    """A number in the text with its unit and its bounds, from `start` to `end`."""

    start: int
    end: int
    comparator: str | None
    in_words: str | None
    number_text: str
    unit: Unit | None

    @property
    def number(self) -> Decimal:
        return Decimal(self.number_text.replace(",", ""))


@lru_cache(maxsize=8192)
def parse_target(text: str) -> Target:
    """Read one value cell; never fails, keeps the text.

    Full and half width, blanks and LaTeX comparators make no difference. Where the text is no quantity, its
    kind says so.
    """
    shown = _surplus_pattern().sub("", _compact(text))
    value = _half_width(shown)
    if not value:
        return Target(text, TargetKind.EMPTY)
    plain = PLAIN.fullmatch(value)
    if plain and (target := _plain_target(text, shown, plain)):
        return target
    dates, norms, rhythms = (_patterns(name) for name in ("dates", "norms", "rhythms"))
    if holds_numeral(value):
        with_numeral = None if norms.fullmatch(value) else with_digits(value, _behind_pattern())
        if with_numeral is not None:
            shown = value = with_numeral
        free = value
        if not plain:
            value = _blank_out(value, _patterns("attributes"))
            free = _blank_out(_blank_out(_blank_out(value, rhythms), norms), dates)
        quantities = _quantities(free, shown)
        if quantities:
            return _target(text, shown, free, quantities)
    if dates.search(_blank_out(value, norms)):
        return Target(text, TargetKind.DATE)
    in_digits = norms.search(value) or any(char.isdigit() for char in value)
    return Target(text, TargetKind.NORM if in_digits else TargetKind.WORDS)


def _plain_target(text: str, shown: str, plain: re.Match[str]) -> Target | None:
    """Return a value that is nothing but sign, number and unit; None where a bracket is no unit: ≥90(含)."""
    sign, number, bracket = plain.groups()
    unit = read_unit(shown[plain.start(3) :]) if bracket else None
    if bracket and (unit is None or unit.length < len(bracket)):
        return None
    return Target(
        text,
        TargetKind.NUMBER,
        comparator=_spellings("signs")[sign],
        number=Decimal(number),
        number_text=number,
        unit=unit.text if unit else None,
        measure=unit.measure if unit else None,
        scale=unit.scale if unit else 1,
    )


def write_target(target: Target) -> str:
    """Write the quantity that a target holds in the form of the filing systems: 不少于3次 → ≥3(次).

    Returns the text as it is for a target without exactly one number.
    """
    if target.kind != TargetKind.NUMBER or target.number_text is None:
        return target.text
    unit = f"({target.unit})" if target.unit else ""
    return f"{target.comparator or ''}{target.number_text}{unit}"


def amount_in_yuan(target: Target) -> Decimal | None:
    """Return an amount of money in yuan: ≤13.10(万元) → 131000.00.

    Returns None for what is no single amount in the currency of the forms.
    """
    currency = next(iter(words("measures")["units"]["money"]))
    if target.kind != TargetKind.NUMBER or target.number is None or target.measure != currency:
        return None
    return target.number * target.scale


def _target(text: str, shown: str, value: str, quantities: Sequence[_Quantity]) -> Target:
    first, last = quantities[0], quantities[-1]
    ranged = len(quantities) == 2 and _range_join().fullmatch(value[first.end : last.start]) is not None
    fillers = words("values")["fillers"]
    led_by = shown[: first.start]
    # 日均5条 is one number though it ends like 均5条.
    distributed = led_by.endswith(tuple(fillers["each"])) and not led_by.endswith(tuple(fillers["average"]))
    several = len(quantities) > 1 or distributed
    kind = TargetKind.RANGE if ranged else TargetKind.SEVERAL if several else TargetKind.NUMBER
    unit = first.unit or (last.unit if ranged else None)
    return Target(
        text=text,
        kind=kind,
        comparator=first.comparator or (last.comparator if ranged else None),
        comparator_in_words=first.in_words,
        number=first.number,
        number_text=first.number_text,
        upper=last.number if ranged else None,
        unit=unit.text if unit else None,
        measure=unit.measure if unit else None,
        scale=unit.scale if unit else 1,
        words_before=shown[: first.start].strip(PUNCTUATION),
        words_after=shown[last.end :].strip(PUNCTUATION),
    )


def _quantities(value: str, shown: str) -> list[_Quantity]:
    """Return the numbers of a text in order.

    Digits in a unit (m2, /10万) and in a remark in brackets (1批（20台）) are no numbers of their own.
    """
    found: list[_Quantity] = []
    position = 0
    for match in _quantity_pattern().finditer(value):
        if match.start("number") < position:
            continue
        quantity = _quantity(match, value, shown)
        found.append(quantity)
        remark = bracket_at(shown, quantity.end)
        position = quantity.end + (len(remark) + 2 if remark is not None else 0)
    return found


def _quantity(match: re.Match[str], value: str, shown: str) -> _Quantity:
    """Return the number that was found, with the unit and the bounding word behind it."""
    unit = read_unit(shown[match.end() : match.end() + LONGEST_UNIT])
    end = match.end() + (unit.length if unit else 0)
    sign, word = match.group("sign"), match.group("word")
    comparator = _spellings("signs")[sign] if sign else _spellings("before")[word] if word else None
    behind = _behind_pattern().match(value, end)
    # 达到90%以上, 控制在50万元以内: the word behind says the bound, the one in front only leads to it.
    if behind is not None and not sign:
        bound = _spellings("behind")[behind.group()]
        if comparator in (None, "=", bound):
            comparator, end = bound, behind.end()
            word = f"{word}…{behind.group()}" if word else behind.group()
    return _Quantity(
        start=match.start(),
        end=end,
        comparator=None if comparator == APPROXIMATE else comparator,
        in_words=word,
        number_text=f"{match.group('minus') or ''}{match.group('number')}",
        unit=unit,
    )


def _compact(text: str) -> str:
    """Return a text without blanks and LaTeX: $\\geq 90\\%$ → ≥90%."""
    if "\\" in text:
        for pattern, sign in LATEX:
            text = re.sub(pattern, sign, text)
        text = text.replace("$", "")
    return "".join(text.split())


def _half_width(text: str) -> str:
    """Fold full-width ASCII, character by character, so that positions stay."""
    if not FULL_WIDTH.search(text):
        return text
    return "".join(chr(ord(char) - 0xFEE0) if "！" <= char <= "～" else char for char in text)


def _blank_out(value: str, pattern: re.Pattern[str]) -> str:
    """Replace what a pattern finds by as many full stops, so that its digits are not read again."""
    return pattern.sub(lambda match: "。" * len(match.group()), value)


@cache
def _spellings(group: str) -> dict[str, str]:
    """Return the comparators of a group of values.toml by the way they are written."""
    return {
        _half_width(word): sign
        for sign, group_words in words("values")[group].items()
        for word in group_words
    }


@cache
def _quantity_pattern() -> re.Pattern[str]:
    compounds = words("values")["compounds"].items()
    alone = "".join(f"(?!(?<=[{first}]){last})" for last, first in compounds)
    word = f"{alone}(?:{any_of(_spellings('before'))})"
    bound = f"(?P<sign>{any_of(_spellings('signs'))})|(?P<word>{word})"
    return re.compile(f"(?:(?:{bound})(?:{_noun_of_money()})?)?(?P<minus>{MINUS})?(?P<number>{NUMBER})")


def _noun_of_money() -> str:
    """Return the pattern of what may stand between a bound and an amount: 预算 in 不超预算150万元."""
    scales, money = words("measures")["scales"], words("measures")["units"]["money"]
    return f"(?:{any_of(words('values')['fillers']['of_money'])})+(?={NUMBER}(?:{any_of(scales)})?(?:{any_of(money)}))"


@cache
def _surplus_pattern() -> re.Pattern[str]:
    """Return the pattern of the word between a number and its unit that adds a little: 余 in 2.5万余人."""
    numerals, fillers = words("values")["numerals"], words("values")["fillers"]
    before = "".join((*numerals["tens"], *words("measures")["scales"]))
    return re.compile(rf"(?<=[\d{before}])(?:{any_of(fillers['surplus'])})(?=[\u4e00-\u9fff])")


@cache
def _range_join() -> re.Pattern[str]:
    return re.compile(f"(?:{any_of(words('values')['ranges']['joins'])})+")


@cache
def _behind_pattern() -> re.Pattern[str]:
    return re.compile(any_of(_spellings("behind")))


@cache
def _patterns(group: str) -> re.Pattern[str]:
    """Return the pattern of dates, norms, rhythms or attributes.

    A sign makes a number of a month (≤12月), but not of a day or a year (≤12月31日).
    """
    known = words("values")[group]
    not_behind = r"(?<![\d.≥≤><=])" if group == "dates" else r"(?<![\d.])"
    signed = f"|(?<![\\d.])(?:{known['behind_sign']})" if group == "dates" else ""
    return re.compile(f"{not_behind}(?:{'|'.join(known['patterns'])}){signed}")
