"""Turn the Chinese numeral of a value into digits: 不少于两次 → 不少于2次, 百分之九十 → 90%."""

from __future__ import annotations

import re
from functools import cache

from perflint.values.measures import kind_of, read_unit
from perflint.words import words

COUNTING = ("count", "person", "time", "money")
"""Kinds of units before which a Chinese numeral counts; a 级 or 类 after it names a grade."""


def with_digits(value: str, behind: re.Pattern[str]) -> str | None:
    """Write a value whose only number is a Chinese numeral with digits.

    `value` is half width and without blanks, `behind` the pattern of words that may follow a unit (以上).
    Returns None for any other value. Only a numeral at the end counts (每年两次): in 一次性通过, 第一时间,
    十四五期间 it is part of a word.
    """
    numerals = words("values")["numerals"]
    for fraction, sign in numerals["fractions"].items():
        if fraction in value:
            before, after = value.split(fraction, 1)
            said = re.match(rf"[{_letters()}]+|\d+(?:\.\d+)?", after)
            return f"{before}{_digits(said.group())}{sign}{after[said.end() :]}" if said else None
    if re.search(r"\d", value):
        return None
    for match in _numeral().finditer(value):
        rest = value[match.end() :]
        unit = read_unit(rest)
        # 发现一处拆除一处 says each of them, not how many.
        if unit is not None and value.count(match.group() + unit.text) > 1:
            return None
        if unit is not None and kind_of(unit.measure) in COUNTING and unit.scale == 1:
            rest = rest[unit.length :]
        elif rest or match.start():
            continue
        if not rest or behind.fullmatch(rest):
            return f"{value[: match.start()]}{_digits(match.group())}{value[match.end() :]}"
    return None


def holds_numeral(text: str) -> bool:
    """Say whether a text has a digit or a letter of a Chinese numeral; without one it holds no number."""
    return _digit_or_letter().search(text) is not None


def _digits(numeral: str) -> str:
    """Return the digits of a numeral below a hundred million; digit by digit where it has no tens (二〇)."""
    digits, tens = words("values")["numerals"]["digits"], words("values")["numerals"]["tens"]
    if not set(numeral) <= {*digits, *tens}:
        return numeral
    if not any(letter in tens for letter in numeral):
        return "".join(str(digits[letter]) for letter in numeral).lstrip("0") or "0"
    total, digit = 0, None
    for letter in numeral:
        if letter in tens:
            total += (1 if digit is None else digit) * tens[letter]
            digit = None
        else:
            digit = digits[letter]
    return str(total + (digit or 0))


@cache
def _letters() -> str:
    numerals = words("values")["numerals"]
    return "".join((*numerals["digits"], *numerals["tens"]))


@cache
def _digit_or_letter() -> re.Pattern[str]:
    return re.compile(rf"[\d{_letters()}]")


@cache
def _numeral() -> re.Pattern[str]:
    ordinal = words("values")["numerals"]["ordinal"]
    return re.compile(f"(?<![{_letters()}{ordinal}])[{_letters()}]+")
