"""Readings survive the way through JSON unchanged."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import perflint
from perflint.document import Confidence, LinePlace, PagePlace, Passage, Problem, SheetPlace, TablePlace
from perflint.engine.codec import UnknownShape, decode, encode
from perflint.engine.reading import Reading
from perflint.targets import parse_target

FIXTURES = Path(__file__).parent.parent / "fixtures"

numbers = st.integers(0, 1000)
floats = st.floats(allow_nan=False, allow_infinity=False)
places = st.one_of(
    st.builds(LinePlace, numbers, numbers, numbers, numbers),
    st.builds(TablePlace, numbers, numbers, numbers),
    st.builds(SheetPlace, st.text(), st.text()),
    st.builds(PagePlace, numbers, st.tuples(floats, floats, floats, floats)),
)
passages = st.builds(Passage, st.text(), places, st.sampled_from(Confidence), st.text())
problems = st.builds(Problem, st.text(), st.dictionaries(st.text(), st.text()), st.none() | places, st.text())


def through_json(value: object) -> object:
    return decode(json.loads(json.dumps(encode(value))))


@given(passages | problems)
def test_pieces_come_back_as_they_were(value: object) -> None:
    assert through_json(value) == value


@given(st.text())
def test_targets_come_back_as_they_were(text: str) -> None:
    assert through_json(parse_target(text)) == parse_target(text)


@given(st.decimals(allow_nan=False))
def test_decimals_keep_every_digit(number: Decimal) -> None:
    found = through_json(number)
    assert str(found) == str(number)


@pytest.mark.parametrize(
    "name", ["documents/self-evaluation-2024-minhang.txt", "files/declaration-2023-jiading.writer.pdf"]
)
def test_whole_files_come_back_as_they_were(name: str) -> None:
    reading = perflint.read(FIXTURES / name)
    assert len(reading.forms) >= 9
    assert through_json(reading) == reading


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"@": "Form"},
        {"@": "os.system", "v": ["true"]},
        {"@": "Form", "v": [1]},
        {"@": "Confidence", "v": "sure"},
        {"@": "Decimal", "v": "x"},
        {"@": "Mapping", "v": [1]},
        {"@": "Passage", "v": 7},
        {"v": []},
    ],
)
def test_nothing_else_is_ever_built(data: object) -> None:
    with pytest.raises(UnknownShape):
        decode(data)


def test_a_reading_of_nothing() -> None:
    assert through_json(Reading("pdf", None, (), ())) == Reading("pdf", None, (), ())
