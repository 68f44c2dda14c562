"""Numbers as a spreadsheet shows them: 0.95 under `0.0%` is 95.0% (ECMA-376 part 1, 18.8.31)."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import cache, lru_cache
from itertools import pairwise

from perflint.words import words


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a number format.

    Its kind is text (shown as it is), digit, point, comma, percent, exponent, date (part of a date or time),
    half (AM/PM), general (the number in its plain form) or cell (the text of the cell).
    """

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    """One of the up to four parts of a number format (`0.00;-0.00;"-";@`), with its condition (`[>=100]`)."""

    tokens: tuple[Token, ...]
    condition: tuple[str, Decimal] | None

    def holds(self, kind: str) -> bool:
        """Tell whether a token of this kind is in the section."""
        return any(token.kind == kind for token in self.tokens)

    def writes_sign(self) -> bool:
        """Tell a section for negative numbers that has their sign itself: `[<0]-0.0`, `[<0](0.0)`."""
        below = self.condition is not None and self.condition[0] in ("<", "<=") and self.condition[1] <= 0
        return below and any(token.kind == "text" and token.text in SIGNS for token in self.tokens)


SIGNS = ("-", "(")
SECTION = re.compile(r'(?:\A|;)((?:"[^"]*"?|\[[^\]]*\]?|[\\!_*].|[^;])*)', re.DOTALL)
CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)")
ELAPSED = re.compile(r"h+|m+|s+", re.IGNORECASE)
CURRENCY = re.compile(r"\$([^-]*)(?:-.*)?")
"""`[$¥-804]` shows ¥, `[$-804]` nothing: a currency and the language it belongs to."""

COMPARISONS: Mapping[str, Callable[[Decimal, Decimal], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    "=": operator.eq,
    "<>": operator.ne,
    ">=": operator.ge,
    ">": operator.gt,
}
ANY_SIZE = Context(prec=700)
"""Enough digits for the largest and the smallest number of a cell, 1E308 and 1E-308, written out."""
LAST_DAY = 2958466
"""The serial number after 9999-12-31, the last date that a spreadsheet knows."""


def built_in_format(number: str) -> str:
    """Return the format that a workbook means by a number below 164; General for one without a meaning."""
    return str(words("number_formats")["built_in"].get(number, "General"))


def show_number(value: str, code: str, *, from_1904: bool = False) -> str:
    """Return a number as a cell of the number format `code` shows it.

    Dates are days counted from 1900, or from 1904. A value that is no number, and a date that no calendar
    has, come back as plain as they are.
    """
    try:
        # Spreadsheets calculate with 15 significant digits: 0.94999999999999996 in a file is 0.95.
        number = Decimal(f"{float(value):.15g}")
    except ValueError:
        return value
    if not number.is_finite():
        return value
    section, number = _chosen(_sections(code), number)
    if section.holds("date"):
        moment = _moment(number, from_1904)
        return _plain(number) if moment is None else "".join(_date(section.tokens, moment, number))
    if section.holds("digit") and not _is_fraction(section):
        return _figure(section.tokens, number)
    if section.holds("digit"):
        return _plain(number)
    return "".join(
        _plain(number) if token.kind in ("general", "cell") else token.text for token in section.tokens
    )


def show_date(value: str, code: str) -> str:
    """Return a date that a workbook holds in ISO 8601 (`2026-01-01T00:00:00`) as a cell of the format `code` shows it."""
    try:
        moment = datetime.fromisoformat(value).replace(tzinfo=None)
    except ValueError:
        return value
    if not _sections(code)[0].holds("date"):
        return value
    return show_number(str((moment - datetime(1899, 12, 30)) / timedelta(days=1)), code)


def show_text(value: str, code: str) -> str:
    """Return a text as a cell of the number format `code` shows it: 5 under `@"元"` is 5元."""
    section = (_sections(code) * 4)[3] if len(_sections(code)) in (1, 4) else None
    if section is None or not section.holds("cell"):
        return value
    return "".join(value if token.kind == "cell" else token.text for token in section.tokens)


@lru_cache(maxsize=1024)
def _sections(code: str) -> tuple[Section, ...]:
    return tuple(_section(part) for part in SECTION.findall(code)[:4])


def _section(code: str) -> Section:
    tokens: list[Token] = []
    condition = None
    for match in _token_pattern().finditer(code):
        kind = match.lastgroup or ""
        text = match[kind]
        if kind == "bracket":
            if found := CONDITION.fullmatch(text):
                condition = found[1], Decimal(found[2])
            elif ELAPSED.fullmatch(text):
                tokens.append(Token("date", f"[{text.lower()}]"))
            elif found := CURRENCY.fullmatch(text):
                tokens.append(Token("text", found[1]))
        elif kind != "width":
            kinds = {"quoted": "text", "escaped": "text", "other": "text"}
            tokens.append(Token(kinds.get(kind, kind), text.lower() if kind == "date" else text))
    return Section(tuple(tokens), condition)


@cache
def _token_pattern() -> re.Pattern[str]:
    names = words("number_formats")["words"]
    general = "|".join(map(re.escape, names["general"]))
    halves = re.escape("/".join(names["halves"]))
    return re.compile(
        r'"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.)|[_*](?P<width>.?)|\[(?P<bracket>[^\]]*)\]?'
        rf"|(?P<general>{general})|(?P<half>AM/PM|A/P|{halves})|(?P<exponent>E[+-]0+)"
        r"|(?P<date>s+(?:\.0+)?|y+|m+|d+|h+|e+|a{3,4})|(?P<digit>[0#?])|(?P<point>\.)|(?P<comma>,)"
        r"|(?P<percent>%)|(?P<cell>@)|(?P<other>.)",
        re.IGNORECASE | re.DOTALL,
    )


def _chosen(sections: tuple[Section, ...], number: Decimal) -> tuple[Section, Decimal]:
    """Return the section for a number, and the number without its sign where the section has its own."""
    if any(section.condition for section in sections):
        for section in sections[:3]:
            if section.condition is None or COMPARISONS[section.condition[0]](number, section.condition[1]):
                return section, number.copy_abs() if section.writes_sign() else number
        return sections[-1], number
    if number < 0 and len(sections) > 1:
        return sections[1], -number
    if number == 0 and len(sections) > 2:
        return sections[2], number
    return sections[0], number


def _is_fraction(section: Section) -> bool:
    """Tell `# ?/?`: perflint shows such numbers as decimals, which say the same."""
    return any(token.text == "/" and after.kind == "digit" for token, after in pairwise(section.tokens))


def _plain(number: Decimal) -> str:
    """Return a number as General shows it in a wide column: 11 digits, or all of those before the point."""
    decimals = max(0, 11 - max(1, number.adjusted() + 1))
    text = f"{_rounded(number, decimals):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _rounded(number: Decimal, decimals: int) -> Decimal:
    return number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, ANY_SIZE)


def _figure(tokens: tuple[Token, ...], number: Decimal) -> str:
    """Return a number through the digit places of a section."""
    number *= Decimal(100) ** sum(token.kind == "percent" for token in tokens)
    kinds = [token.kind for token in tokens]
    point = kinds.index("point") if "point" in kinds else len(kinds)
    exponent = ""
    if "exponent" in kinds:
        size = number.adjusted() if number else 0
        number = number.scaleb(-size)
        exponent = f"E{size:+03d}"
    last_digit = max(place for place, kind in enumerate(kinds) if kind == "digit")
    first_digit = kinds.index("digit")
    # Commas between digits group thousands, those behind the last digit divide by a thousand.
    end = max((place for place in range(point) if kinds[place] == "digit"), default=-1)
    scaling = kinds[end + 1 : point].count("comma") + kinds[max(point, last_digit) + 1 :].count("comma")
    grouped = "comma" in kinds[first_digit : max(end, 0)]
    places = [tokens[place].text for place in range(point, len(kinds)) if kinds[place] == "digit"]
    number = _rounded(number.scaleb(-3 * scaling), len(places))
    whole, _, fraction = f"{number.copy_abs():f}".partition(".")
    before = _whole(tokens[:point], whole.lstrip("0"), grouped)
    after = _fraction(tokens[point + 1 :], fraction, exponent)
    return ("-" if number < 0 else "") + before + after


def _whole(tokens: tuple[Token, ...], digits: str, grouped: bool) -> str:
    """Return what stands before the point: the digits from the right, what is left in the first place."""
    first = next((place for place, token in enumerate(tokens) if token.kind == "digit"), None)
    shown: list[str] = []
    count = 0
    for place in range(len(tokens) - 1, -1, -1):
        token = tokens[place]
        if token.kind in ("text", "percent"):
            shown.append(token.text)
        if token.kind != "digit":
            continue
        left = digits if place == first else digits[-1:]
        digits = digits[: len(digits) - len(left)]
        for digit in reversed(left or ("0" if token.text == "0" else "")):
            shown.append("," if grouped and count and count % 3 == 0 else "")
            shown.append(digit)
            count += 1
    return "".join(reversed(shown))


def _fraction(tokens: tuple[Token, ...], digits: str, exponent: str) -> str:
    """Return what stands behind the point, and the point where a digit follows it."""
    shown: list[str] = []
    place = 0
    for token in tokens:
        if token.kind == "digit":
            needed = token.text == "0" or digits[place:].strip("0")
            shown.append(digits[place : place + 1] if needed else "")
            place += 1
        elif token.kind == "exponent":
            shown.append(exponent)
        elif token.kind in ("text", "percent"):
            shown.append(token.text)
    text = "".join(shown)
    return f".{text}" if digits[:place].strip("0") or any(token.text == "0" for token in tokens) else text


def _moment(number: Decimal, from_1904: bool) -> datetime | None:
    if not 0 <= number < LAST_DAY:
        return None
    # Excel counts a 29 February 1900 that never was; before it the days are one lower.
    start = (
        datetime(1904, 1, 1)
        if from_1904
        else datetime(1899, 12, 31)
        if number < 60
        else datetime(1899, 12, 30)
    )
    try:
        return start + timedelta(seconds=float(_rounded(number * 86400, 0)))
    except OverflowError:
        return None


def _date(tokens: tuple[Token, ...], moment: datetime, number: Decimal) -> Iterator[str]:
    """Yield a date or time through the tokens of a section."""
    parts = [token.text for token in tokens if token.kind == "date"]
    twelve_hours = any(token.kind == "half" for token in tokens)
    part = 0
    for token in tokens:
        if token.kind == "date":
            after_hour = part > 0 and "h" in parts[part - 1]
            before_second = part + 1 < len(parts) and "s" in parts[part + 1]
            minute = token.text in ("m", "mm") and (after_hour or before_second)
            yield _date_part("n" * len(token.text) if minute else token.text, moment, number, twelve_hours)
            part += 1
        elif token.kind == "half":
            names = words("number_formats")["words"]["halves"] if "/" in token.text[1:] else ["AM", "PM"]
            yield (
                names[moment.hour >= 12]
                if not token.text.isascii()
                else token.text.split("/")[moment.hour >= 12]
            )
        else:
            yield token.text


def _date_part(code: str, moment: datetime, number: Decimal, twelve_hours: bool) -> str:
    """Return one part of a date; `n` is a minute, for `m` is a month."""
    hour = (moment.hour - 1) % 12 + 1 if twelve_hours else moment.hour
    names = words("number_formats")["words"]
    weekday = names["weekdays"][moment.weekday()]
    letter, width = code[0], len(code)
    if letter == "[":
        seconds = int(_rounded(number * 86400, 0))
        return str(seconds // {"h": 3600, "m": 60, "s": 1}[code[1]])
    shown = {
        "y": f"{moment.year:04d}" if width > 2 else f"{moment.year % 100:02d}",
        "e": str(moment.year),
        "m": str(moment.month) if width == 1 else f"{moment:%m}" if width == 2 else f"{moment:%b}",
        "d": str(moment.day) if width == 1 else f"{moment:%d}" if width == 2 else f"{moment:%a}",
        "a": weekday if width == 3 else names["weekday_prefix"] + weekday,
        "h": str(hour) if width == 1 else f"{hour:02d}",
        "n": str(moment.minute) if width == 1 else f"{moment.minute:02d}",
        "s": str(moment.second) if width == 1 else f"{moment.second:02d}",
    }
    return str(shown[letter])
