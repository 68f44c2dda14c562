"""What the words of a form mean: labels, headings, level labels and titles matched against `rules/words/`.

Every comparison forgives blanks, line ends, full and half width and colons; where a wording is not known as
it stands, it is tried without numbering (（一）) and without what stands in brackets (项目资金（元）).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from perflint.model import FormKind
from perflint.readers.clean import fold
from perflint.targets import NUMBER
from perflint.values.dates import dates_in
from perflint.words import words

_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^】]*】|<[^<>]*>")
# （一）, 1., 2、, 三、, 4） in front of a label.
_NUMBERING = re.compile(r"^(?:\([一二三四五六七八九十\d]{1,3}\)|[一二三四五六七八九十\d]{1,3}[、.．)])")
# ④, ⑷, ⒋, ㈣, Ⅳ, with or without a point behind; folding would make them 4, (4), 4., (四), IV.
_ENCLOSED = re.compile(r"^\s*[①-⑳⑴-⒇⒈-⒛㈠-㈩Ⅰ-Ⅻ]\s*[、.．:：]?")
_LEADING_YEAR = re.compile(r"^20\d{2}年度?")
_COLONS = ":："
_CHINESE = re.compile("[\u4e00-\u9fff]")
_DIGIT = re.compile(r"\d")
LONGEST_LABEL = 40
"""Longer than any label with its bracket (项目资金总额（单位：万元，保留两位小数）: 21 characters)."""
_LABEL_AND_VALUE = re.compile(rf"\s*([^:：]{{2,{LONGEST_LABEL}}}?)\s*[:：]\s*(.*)$", re.DOTALL)

# 财政资金2 is the second of several labels, 年度预算2024 names a year: neither is an amount.
_AMOUNT_BEHIND = re.compile(
    rf"\s*(?P<label>.{{4,{LONGEST_LABEL}}}?)\s*"
    rf"(?P<amount>[¥￥]?(?!(?:[1-9]|(?:19|20)\d\d)\s*\Z){NUMBER}\s*(?P<unit>\D{{0,2}}))\s*",
    re.DOTALL,
)
_SHORTEST_CLOSED_UP = 4
"""Characters of a label that a value may follow without a colon: 其他, 总额 and 年度 stand in sentences."""
_DATES = frozenset({"start", "end", "period", "date"})

_BLOCKS = ("header", "funding", "funding_columns", "goals", "closing", "blocks")
"""The tables of fields.toml that list labels by role."""
_LABELS = frozenset({"header", "funding", "goals", "closing", "blocks"})

# What a label is in the column of the whole project and in that of the year.
ROLES_IN_TOTAL = {"other": "total_other", "annual_fiscal": "total_fiscal"}
ROLES_IN_YEAR = {"other": "annual_other", "total_fiscal": "annual_fiscal", "total": "annual_total"}


@dataclass(frozen=True, slots=True)
class Title:
    """A title as understood: the kind of form it names, or the unsupported kind (`id` in titles.toml)."""

    kind: FormKind | None
    unsupported: str | None = None


@lru_cache(maxsize=8192)
def comparable(text: str) -> str:
    """Return a label or heading for comparing: folded, without 其中 in front, without colons."""
    folded = fold(text).strip(_COLONS + "*")
    for word in words("fields")["affixes"]["before"]:
        folded = folded.removeprefix(word).lstrip(_COLONS)
    return folded


@lru_cache(maxsize=8192)
def bare(text: str) -> str:
    """Return a comparable text without numbering and without what stands in brackets."""
    without = _NUMBERING.sub("", comparable(_ENCLOSED.sub("", text)))
    while (inner := _BRACKETED.sub("", without)) != without:
        without = inner
    return without.strip(_COLONS)


@lru_cache(maxsize=8192)
def shown_label(text: str) -> str:
    """Return a label as a report shows it: without 其中：, without brackets and colons at the end."""
    shown = text.strip().strip(_COLONS)
    for word in words("fields")["affixes"]["before"]:
        if shown.startswith(word):
            shown = shown.removeprefix(word).lstrip(_COLONS + " ")
    shown = re.sub(r"\s*[（(][^（()）]*[）)]\s*$", "", shown).strip(_COLONS + " ") or shown
    # Few labels have blanks inside, and the pattern takes long to compile.
    inside = len(shown.split()) > 1
    return re.sub(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])", "", shown) if inside else shown


@lru_cache(maxsize=8192)
def field_role(label: str, block: str) -> str | None:
    """Return the role of a label in a block of fields.toml.

    `block` is header, funding, funding_columns, goals, closing or blocks. None for a label of none of its
    roles. A funding label may have two roles (财政拨款); the first is returned, `funding_roles` gives both.
    """
    roles = _field_roles(label).get(block)
    return roles[0] if roles else None


def funding_roles(label: str) -> tuple[str, ...]:
    """Return the roles a funding label may have: 财政拨款 is total_fiscal or annual_fiscal."""
    return _field_roles(label).get("funding", ())


@lru_cache(maxsize=8192)
def is_label(text: str) -> bool:
    """Say whether a text is a label of the header, funding, goals, closing or a block's head."""
    return _may_be_label(text) and not _LABELS.isdisjoint(_field_roles(text))


@lru_cache(maxsize=2048)
def split_label(text: str) -> tuple[str, str] | None:
    """Split `项目名称：XX工程` into a known label and its value; None where the text does not begin with one.

    The value is empty where nothing follows the colon. Without a colon only a label of money with nothing but an
    amount behind it is split, or one of dates with nothing but dates: no line of the page may part the two.
    """
    if any(colon in text for colon in _COLONS):
        for word in words("fields")["affixes"]["before"]:
            text = re.sub(rf"^\s*{word}\s*[:：]", "", text)
        match = _LABEL_AND_VALUE.match(text)
        if match and is_label(match[1]):
            return match[1], match[2].strip()
    return _split_before_figure(text)


def _split_before_figure(text: str) -> tuple[str, str] | None:
    """Split 年度资金申请总额100,000.00 and 开始日期2024-01-01; None for any other text."""
    if not 2 * LONGEST_LABEL >= len(text) > _SHORTEST_CLOSED_UP or not _DIGIT.search(text):
        return None
    match = _AMOUNT_BEHIND.fullmatch(text)
    units = ("", *words("fields")["money"]["units"])
    if match and match["unit"].strip() in units and funding_roles(match["label"]):
        label, value = match["label"], match["amount"]
    elif (dates := list(dates_in(text))) and dates[-1].end == len(text.rstrip()):
        label, value = text[: dates[0].start].strip(), text[dates[0].start :].strip()
        if field_role(label, "header") not in _DATES:
            return None
    else:
        return None
    return (label, value) if len(comparable(label)) >= _SHORTEST_CLOSED_UP else None


def looks_like_label(text: str) -> bool:
    """Say whether an unknown text may be a label by its shape: short, Chinese, no sentence, no figure."""
    folded = bare(text)
    return 2 <= len(folded) <= 12 and not _CHINESE.sub("", folded).strip("、/")


@lru_cache(maxsize=8192)
def column_role(heading: str) -> str | None:
    """Return the role of a heading of the indicator table: level1, level2, name, target, actual, weight, …"""
    if not _may_be_label(heading):
        return None
    columns = _columns()
    whole, plain, undated = _wordings(heading)
    if roles := columns.get(whole) or columns.get(plain) or columns.get(undated):
        return roles[0]
    begins, ends = _column_parts("beginnings"), _column_parts("endings")
    for text in (whole, plain):
        if text.startswith(tuple(begins)):
            return next(role for part, role in begins.items() if text.startswith(part))
    for text in (whole, plain):
        if text.endswith(tuple(ends)):
            return next(role for part, role in ends.items() if text.endswith(part))
    return None


@lru_cache(maxsize=8192)
def is_preferred_target(heading: str) -> bool:
    """Say whether a heading names the value to judge where a row has several."""
    preferred = {comparable(name) for name in words("columns")["roles"]["target"]["preferred"]}
    return comparable(heading) in preferred or bare(heading) in preferred


@lru_cache(maxsize=8192)
def level_kind(label: str, level: int) -> str | None:
    """Return the kind of a label at level 1 or 2 (`cost`, `quantity`, …), None where no layout has it."""
    table = _levels(level)
    for text in (comparable(label), bare(label)):
        if kind := table.get(_level_stem(text)):
            return kind
    return None


def level_parent(kind: str) -> str | None:
    """Return the level-1 kind that a level-2 kind stands under."""
    entry = words("levels")["level2"].get(kind)
    return str(entry["parent"]) if entry else None


@lru_cache(maxsize=8192)
def title_of(text: str) -> Title | None:
    """Understand a line as the title of a form; None for any other text."""
    data = words("titles")
    # Twice the longest title: blanks between its characters.
    if len(text) > 2 * data["longest"]:
        return None
    folded = _strip_tail(comparable(text))
    if len(folded) > data["longest"] or any(mark in folded for mark in data["sentence_marks"]):
        return None
    names, titles, inside = _titles()
    if folded.endswith(names):
        unsupported = next((kind for word, kind in inside if word in folded), None)
        return (
            Title(None, unsupported)
            if unsupported
            else next(t for name, t in titles if folded.endswith(name))
        )
    return None


def unsupported_kind(roles: Iterable[str | None], texts: Iterable[str]) -> str | None:
    """Return the kind of unsupported form that alone has such columns or labels, None where there is none.

    `roles` are those of its columns, `texts` what stands in its cells.
    """
    columns = set(roles)
    labels = {*map(comparable, filter(_is_unsupported_label, texts))}
    for entry in words("titles")["unsupported"]:
        if not columns.isdisjoint(entry["columns"]) or (
            entry["labels"] and labels.issuperset(entry["labels"])
        ):
            return str(entry["id"])
    return None


@lru_cache(maxsize=8192)
def _is_unsupported_label(text: str) -> bool:
    """Say whether a text is one of the labels that tell an unsupported kind of form."""
    return len(text) <= LONGEST_LABEL and comparable(text) in _unsupported_labels()


@cache
def _unsupported_labels() -> frozenset[str]:
    return frozenset(label for entry in words("titles")["unsupported"] for label in entry["labels"])


def year_line(text: str) -> int | None:
    """Return the year of a line that holds nothing else: (2026年度)."""
    match = re.match(words("titles")["year"]["line"], fold(text))
    return int(match[1]) if match else None


def year_in(text: str) -> int | None:
    """Return the first year that a text names (2026年…), None where it names none."""
    match = re.search(words("titles")["year"]["pattern"], fold(text))
    return int(match[1]) if match else None


@lru_cache(maxsize=8192)
def money_unit(text: str) -> str | None:
    """Return the unit of account that a text gives in brackets or behind 单位: 项目资金（万元） → 万元."""
    folded = fold(text)
    data = words("fields")["money"]
    units = "|".join(data["units"])
    labels = "|".join(data["unit_labels"])
    match = re.search(rf"\((?:[^()]*[:,])?({units})\)|(?:{labels})[:]?({units})", folded)
    return (match[1] or match[2]) if match else None


def period_in(text: str) -> tuple[str, str] | None:
    """Split a period in brackets off the front of a text: (2023年-2023年)目标 → (2023年-2023年), 目标."""
    match = re.match(r"\s*([（(][^（()）]{4,24}[）)])\s*(.*)$", text, re.DOTALL)
    if match is None or not re.search(r"(?:\d{2,4}|X{2}|n)年?.*[-—–~～至一].*(?:\d{2,4}|X{2}|n)", match[1]):
        return None
    return match[1], match[2]


def period_of_label(label: str) -> str | None:
    """Return the period in brackets at the end of a goal's label: 项目总目标(2023年-2023年)."""
    match = re.search(r"[（(][^（()）]*[）)]\s*$", label)
    split = period_in(match[0]) if match else None
    return split[0] if split else None


def is_blank(text: str) -> bool:
    """Say whether a text stands for an empty field: nothing, a dash, a stroke."""
    folded = fold(text)
    return not folded or folded in words("fields")["notes"]["blanks"]


def is_note(text: str) -> bool:
    """Say whether a row that begins so is a note and no part of the form's data."""
    folded = fold(text)
    return any(folded.startswith(fold(start)) for start in words("fields")["notes"]["starts"])


def _may_be_label(text: str) -> bool:
    """Say whether a text is short enough for a label or heading and has a Chinese character, as all of them do."""
    return len(text) <= LONGEST_LABEL and _CHINESE.search(text) is not None


def _wordings(text: str) -> tuple[str, str, str]:
    """Return a text as the lists may have it: as it stands, bare, and without a year (2020年绩效目标)."""
    plain = bare(text)
    return comparable(text), plain, _LEADING_YEAR.sub("", plain)


@lru_cache(maxsize=8192)
def _field_roles(label: str) -> Mapping[str, tuple[str, ...]]:
    """Return the roles that a label has in each block of fields.toml: by its wording, or else by its shape."""
    roles: dict[str, tuple[str, ...]] = {}
    plain = bare(label)
    if _any_shape().fullmatch(plain):
        for block, role, pattern in _shapes():
            if pattern.fullmatch(plain):
                roles.setdefault(block, (role,))
    if _may_be_label(label):
        fields = _fields()
        for text in reversed(_wordings(label)):
            roles.update(fields.get(text, ()))
    return roles


@cache
def _fields() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Return the labels of fields.toml as comparable label → block → roles."""
    fields: dict[str, dict[str, tuple[str, ...]]] = {}
    for block in _BLOCKS:
        for label, roles in _inverted(words("fields")[block].items()).items():
            fields.setdefault(label, {})[block] = roles
    return fields


@cache
def _shapes() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    """Return the patterns of labels that no list has (全年目标实际完成情况) with their block and role."""
    return tuple(
        (block, role, re.compile(pattern))
        for block, shapes in words("fields")["shapes"].items()
        for role, pattern in shapes.items()
    )


@cache
def _any_shape() -> re.Pattern[str]:
    """Return the pattern of all shapes: most texts have none."""
    return re.compile("|".join(f"(?:{pattern.pattern})" for _, _, pattern in _shapes()))


@cache
def _columns() -> Mapping[str, tuple[str, ...]]:
    """Return the headings of columns.toml as comparable heading → roles."""
    return _inverted((role, entry["names"]) for role, entry in words("columns")["roles"].items())


@cache
def _column_parts(which: str) -> Mapping[str, str]:
    """Return the `beginnings` or `endings` of headings with their role, longest first."""
    pairs = [
        (comparable(part), role)
        for role, entry in words("columns")["roles"].items()
        for part in entry.get(which, ())
    ]
    return dict(sorted(pairs, key=lambda pair: -len(pair[0])))


@cache
def _levels(level: int) -> Mapping[str, str]:
    """Return the stems of the labels of a level with their kind."""
    entries: Mapping[str, Any] = words("levels")[f"level{level}"]
    table: dict[str, str] = {}
    for kind, entry in entries.items():
        for name in entry["names"]:
            table.setdefault(_level_stem(comparable(name)), kind)
    return table


def _level_stem(folded: str) -> str:
    """Return a folded level label without its final 指标, 目标 or 值 and the points behind it.

    产出指标50分, 成本指标(0-20)分 of which the bracket is gone.
    """
    return re.sub(r"(?:指标|目标|值)(?:\d{0,3}[分%])?$", "", folded)


def _inverted(pairs: Iterable[tuple[str, Iterable[str]]]) -> Mapping[str, tuple[str, ...]]:
    """Turn role → names into comparable name → roles, in the order of the file."""
    table: dict[str, tuple[str, ...]] = {}
    for role, names in pairs:
        for name in names:
            key = comparable(name)
            table[key] = (*table.get(key, ()), role)
    return table


def _strip_tail(folded: str) -> str:
    """Return a folded title without brackets and without a project's name behind a dash or colon."""
    without = _BRACKETED.sub("", folded)
    return re.split(r"[:—–]|--", without)[0] if re.search(r"表(?:[:—–]|--)", without) else without


@cache
def _titles() -> tuple[tuple[str, ...], tuple[tuple[str, Title], ...], tuple[tuple[str, str], ...]]:
    """Return the endings of titles; each with what it means, longest first; words of unsupported kinds."""
    data = words("titles")
    titles = [(fold(name), Title(FormKind(kind))) for kind, names in data["kinds"].items() for name in names]
    titles += [
        (fold(name), Title(None, entry["id"])) for entry in data["unsupported"] for name in entry["names"]
    ]
    titles.sort(key=lambda title: -len(title[0]))
    inside = tuple((fold(word), entry["id"]) for entry in data["unsupported"] for word in entry["inside"])
    return tuple(name for name, _ in titles), tuple(titles), inside
