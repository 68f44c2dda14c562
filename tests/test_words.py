"""Quick ways to look for many words at once find what looking for each finds."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from perflint.checks.wording import Lookout
from perflint.words import Endings, any_of

texts = st.text("次数率满意度人", max_size=8)
choices = st.lists(st.text("次数率满意度人.", min_size=1, max_size=4), min_size=1, max_size=8)


@given(texts, choices)
def test_the_longest_ending_is_the_one_found(text: str, endings: list[str]) -> None:
    naive = max((ending for ending in endings if text.endswith(ending)), key=len, default="")
    assert Endings.of(endings).longest(text) == naive


@given(texts, choices)
def test_any_word_is_found_where_the_longest_of_them_stands(text: str, words: list[str]) -> None:
    naive = max((word for word in words if text.startswith(word)), key=len, default=None)
    found = re.compile(any_of(words)).match(text)
    assert (found and found.group()) == naive


PATTERNS = ["数率", "(?<!满)意度", "(?:人|次)?数", "^人", "率(?!数)", "[次率]人", "人|率率"]


@given(st.lists(texts, max_size=4))
def test_patterns_searched_together_are_found_as_one_by_one(lines: list[str]) -> None:
    whole = "\n".join(lines)
    naive = [number for number, pattern in enumerate(PATTERNS) if re.search(pattern, whole, re.MULTILINE)]
    assert Lookout.for_patterns(PATTERNS).standing_in(whole) == naive
