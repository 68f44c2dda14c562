"""Slips in a form's texts: markup, system texts, punctuation, known confusions, outdated names."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from perflint.checks.hit import Hit
from perflint.checks.texts import plain, texts_of, whole_plain_text, whole_text
from perflint.model import Form
from perflint.words import any_of, words

BRACKETS = {
    "（": "）",
    "(": ")",
    "《": "》",
    "〈": "〉",
    "【": "】",
    "[": "]",
    "「": "」",
    "『": "』",
    "〔": "〕",
    "{": "}",
}
# Full and half width stand for each other: （包括单位) is closed.
WIDTHS = str.maketrans("（）［］｛｝", "()[]{}")
CLOSING = {close: mark for mark, close in BRACKETS.items()}
ANY_BRACKET = re.compile(f"[{re.escape(''.join((*BRACKETS, *CLOSING, *map(chr, WIDTHS))))}]")
# Items of a list: 1）, (2, a), 三） close what was never opened.
ITEM = re.compile(
    r"(?:(?<=^)|(?<=[\s，。；;：:、,.！!？?\u4e00-\u9fff]))(?:\d{1,2}|[a-zA-Z]|[一二三四五六七八九十]{1,2}|[①-⑳])[)）]"
)
HALF_WIDTH = re.compile(r"(?<=[\u4e00-\u9fff])[,;:?!()](?=[\u4e00-\u9fff])")
BESIDE_CHINESE = r"(?<=[\u4e00-\u9fff])[,;:?!()]|[,;:?!()](?=[\u4e00-\u9fff])"
EMPTY_BRACKETS = re.compile(r"[（(][）)]")
TITLE = re.compile(r"《[^》]*》")
IN_FRONT = re.compile(r"^(?:\(\?<[=!][^()]*\)|\(\?:[^()]*\)\?|\^|\\b)+")
"""What a pattern begins with that asks of the text before, or may be missing: (?<!目), (?:市|区)?, ^, \\b."""
BEGINS_WITH_LETTER = re.compile(r"[\w，。、；：#](?![?*{])")
MARKUP_SIGNS = "<&:"
"""Every tag, entity and style has one of these."""
AROUND = 10
"""Letters shown on either side of what is wrong."""


def words_in_text(form: Form, params: Mapping[str, Any]) -> Iterator[Hit]:
    """Hit texts that hold one of the `words`, once a field; not where one of `unless` stands there, too.

    `blocks` are parts of the form (`texts.BLOCKS`). The check for rules of wording that need no program.
    """
    whole = whole_plain_text(form)
    standing = [word for word in params["words"] if word in whole]
    for spot, text in texts_of(form, params["blocks"]) if standing else ():
        said = plain(text)
        found = next((word for word in standing if word in said), None)
        if found is not None and not any(word in said for word in params.get("unless", ())):
            yield Hit(spot, text if spot.indicator is not None else found, {"word": found})


def markup_left_in(form: Form, params: Mapping[str, Any]) -> Iterator[Hit]:
    """Hit texts with HTML tags, entities or CSS, once a field; the suggestion is the text without them."""
    markup = markup_pattern(params["words"])
    whole = whole_text(form)
    standing = any(sign in whole for sign in MARKUP_SIGNS) and markup.search(whole)
    for spot, text in texts_of(form, params["blocks"]) if standing else ():
        found = markup.search(text)
        if found is not None:
            cleaned = " ".join(markup.sub(meant, text).split())
            yield Hit(
                spot,
                around(text, found),
                {"markup": found.group()},
                re.sub(r"(?<=[\u4e00-\u9fff，。；]) (?=[\u4e00-\u9fff])", "", cleaned),
            )


def meant(markup: re.Match[str]) -> str:
    """Return the character that an entity stands for (&ldquo;: “), a blank for a tag or a style.

    Brackets of tags stay out, so that what is cleaned holds no markup.
    """
    character = html.unescape(markup.group())
    return " " if len(character) > 1 or character in "<>" else character


@cache
def markup_pattern(subject: str) -> re.Pattern[str]:
    """Return the pattern of tags, entities and CSS."""
    patterns = words(subject)
    return re.compile("|".join((patterns["tags"], patterns["entities"], patterns["styles"])), re.IGNORECASE)


def around(text: str, found: re.Match[str]) -> str:
    """Return what was found with a few letters on either side."""
    return text[max(0, found.start() - AROUND) : found.end() + AROUND]


def system_text_left_in(form: Form, params: Mapping[str, Any]) -> Iterator[Hit]:
    """Hit texts with a prompt of the filing system, or several of its field titles in a row, once a field."""
    standing = system_lookout(params["words"]).standing_in(whole_plain_text(form))
    for spot, text in texts_of(form, params["blocks"]) if standing else ():
        said = plain(text)
        found = prompt_pattern(params["words"]).search(said)
        found = found or compiled(titles_in_a_row(params["words"])).search(said)
        if found is not None:
            yield Hit(
                spot,
                around(said, found),
                {"system_text": found.group()},
                EMPTY_BRACKETS.sub("", said.replace(found.group(), "", 1)) or None,
            )


@dataclass(frozen=True, slots=True)
class Lookout:
    """Patterns to look for in all texts of a form at once: of hundreds hardly one stands in a form.

    A search finds wherever one of the patterns beside it (by their numbers) may be found; before that none of
    them need be compiled by itself.
    """

    patterns: tuple[str, ...]
    searches: tuple[tuple[re.Pattern[str], tuple[int, ...]], ...]

    @staticmethod
    def for_patterns(patterns: Iterable[str]) -> Lookout:
        """Put patterns into few searches.

        Where all alternatives begin with a letter the search skips to these letters. So what a pattern asks of
        the text before it is left out, and a pattern that begins otherwise is searched for by itself.
        """
        numbered = tuple(patterns)
        literal: list[tuple[int, str]] = []
        searches: list[tuple[re.Pattern[str], tuple[int, ...]]] = []
        for number, pattern in enumerate(numbered):
            rest = IN_FRONT.sub("", pattern)
            if BEGINS_WITH_LETTER.match(rest):
                literal.append((number, rest))
            else:
                searches.append((compiled(pattern), (number,)))
        if literal:
            any_of_them = compiled("|".join(rest for _, rest in literal))
            searches.append((any_of_them, tuple(number for number, _ in literal)))
        return Lookout(numbered, tuple(searches))

    def standing_in(self, whole: str) -> list[int]:
        """Return the numbers of the patterns that are found in a text, in their order."""
        found = [number for search, numbers in self.searches if search.search(whole) for number in numbers]
        return sorted(number for number in found if compiled(self.patterns[number]).search(whole))


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """Compile a pattern once, when it is first needed; ^ and $ stand for the ends of lines."""
    return re.compile(pattern, re.MULTILINE)


@cache
def prompt_pattern(subject: str) -> re.Pattern[str]:
    """Return the pattern of prompts: 请输入…, 限500字."""
    return compiled("|".join(words(subject)["prompts"]))


@cache
def titles_in_a_row(subject: str) -> str:
    """Return the pattern of field titles that stand side by side without anything between them."""
    data = words(subject)
    title = f"(?:{any_of({*data['titles'], *known_labels()})})"
    # The first one stands apart so that the search can skip to the letters with which a title begins.
    return f"{title}{title}{{{data['titles_in_a_row'] - 1},}}"


@cache
def system_lookout(subject: str) -> Lookout:
    """Return the patterns of prompts and of titles in a row, to look for all at once."""
    return Lookout.for_patterns([*words(subject)["prompts"], titles_in_a_row(subject)])


def known_labels() -> Iterator[str]:
    """Yield the labels of forms' fields (fields.toml): a system's export may leave them in a text, too."""
    fields = words("fields")
    for block in ("header", "funding", "goals"):
        for names in fields[block].values():
            yield from (name for name in names if len(name) > 2)


def half_width_punctuation(form: Form, params: Mapping[str, Any]) -> Iterator[Hit]:
    """Hit goals with ASCII punctuation between Chinese characters, once a field.

    The suggestion is the text mended.
    """
    for spot, text in texts_of(form, params["blocks"]):
        found = HALF_WIDTH.search(text)
        if found is not None:
            count = str(len(HALF_WIDTH.findall(text)))
            mended = compiled(BESIDE_CHINESE).sub(lambda mark: full_width(mark.group()), text)
            yield Hit(spot, around(text, found), {"mark": found.group(), "count": count}, mended)


def full_width(mark: str) -> str:
    """Return the full-width form of an ASCII punctuation mark."""
    return chr(ord(mark) + 0xFEE0)


def unbalanced_marks(form: Form, params: Mapping[str, Any]) -> Iterator[Hit]:
    """Hit texts with brackets, quotation or title marks that do not pair, once a field."""
    for spot, text in texts_of(form, params["blocks"]):
        found = unpaired(text)
        if found is not None:
            mark, position = found
            excerpt = text[max(0, position - AROUND) : position + AROUND + 1]
            yield Hit(spot, excerpt, {"mark": mark})


@lru_cache(maxsize=8192)
def unpaired(text: str) -> tuple[str, int] | None:
    """Return the first mark without its partner, and where it stands; None where all pair."""
    if ANY_BRACKET.search(text) is None:
        return unpaired_quote(text)
    plain = ITEM.sub(lambda item: "·" * len(item.group()), text).translate(WIDTHS)
    opened: list[tuple[str, int]] = []
    for bracket in ANY_BRACKET.finditer(plain):
        character, position = bracket.group(), bracket.start()
        if character in BRACKETS:
            opened.append((character, position))
            continue
        if not opened or opened[-1][0] != CLOSING[character]:
            known = CLOSING[character] in [mark for mark, _ in opened]
            wrong = opened[-1][1] if known else position
            return text[wrong], wrong
        opened.pop()
    if opened:
        return text[opened[0][1]], opened[0][1]
    return unpaired_quote(text)


def unpaired_quote(text: str) -> tuple[str, int] | None:
    """Return a quotation mark left over.

    Typists open and close with the same mark, so that only an odd number is wrong.
    """
    for kinds in ("“”", '"'):
        if sum(map(text.count, kinds)) % 2:
            last = max(map(text.rfind, kinds))
            return text[last], last
    return None


def likely_typo(form: Form, params: Mapping[str, Any]) -> Iterator[Hit]:
    """Hit known confusions, each once a field; the suggestion is the text with all of them put right."""
    lookout = confusion_lookout(params["words"])
    wholes = {whole_text(form), whole_plain_text(form)}
    numbers = sorted({number for whole in wholes for number in lookout.standing_in(whole)})
    confusions = [words(params["words"])["confusions"][number] for number in numbers]
    standing = [(compiled(entry["wrong"]), entry["right"]) for entry in confusions]
    for spot, text in texts_of(form, params["blocks"]) if standing else ():
        said = plain(text) if spot.indicator is not None else text
        mended = said
        for pattern, right in standing:
            mended = pattern.sub(right, mended)
        for pattern, right in standing if mended != said else ():
            found = pattern.search(said)
            if found is not None:
                values = {"wrong": found.group(), "right": found.expand(right)}
                yield Hit(spot, around(said, found), values, mended)


@cache
def confusion_lookout(subject: str) -> Lookout:
    """Return the patterns of the confusions, to look for all at once."""
    return Lookout.for_patterns(entry["wrong"] for entry in words(subject)["confusions"])


def outdated_name(form: Form, params: Mapping[str, Any]) -> Iterator[Hit]:
    """Hit names of organisations and terms that were renamed before the form's year.

    Titles of documents keep theirs.
    """
    renamed = words(params["words"])["renamed"]
    standing = renamed_lookout(params["words"]).standing_in(whole_text(form))
    for spot, text in texts_of(form, params["blocks"]) if standing else ():
        said = TITLE.sub(lambda title: "·" * len(title.group()), text)
        for number in standing:
            entry = renamed[number]
            found = compiled(entry["old"]).search(said)
            if found is not None and (form.year is None or form.year > entry["since"]):
                values = {"old": found.group(), "new": entry["new"], "since": str(entry["since"])}
                yield Hit(spot, around(text, found), values)
                break


@cache
def renamed_lookout(subject: str) -> Lookout:
    """Return the patterns of the renamed names, to look for all at once."""
    return Lookout.for_patterns(entry["old"] for entry in words(subject)["renamed"])
