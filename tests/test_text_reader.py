"""Plain text: encodings, lines, pieces and their places."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perflint.document import Document, Line, LinePlace, UnreadableFile
from perflint.limits import Limits
from perflint.readers.text import decode, read

FORM = (
    "财政项目支出绩效目标申报表\n(2026年度)\n项目名称\t网络安全运维\t\t≤13.10(万元)\n\n注：以上为全部内容\n"
)


def lines_of(document: Document) -> list[Line]:
    return [block for block in document.blocks if isinstance(block, Line)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
def test_encodings(encoding: str) -> None:
    assert decode(FORM.encode(encoding)) == FORM


def test_big5_is_refused() -> None:
    traditional = "財政專案支出績效目標申報表 實際達成值 產出指標 數量指標 網路運維服務費 單位負責人"
    with pytest.raises(UnreadableFile) as refused:
        read(traditional.encode("big5"), Limits())
    assert refused.value.reason == "unknown-encoding"


def test_bytes_of_no_encoding_are_refused() -> None:
    with pytest.raises(UnreadableFile):
        decode(bytes(range(0x80, 0x100)) * 4)


def test_few_broken_bytes_are_replaced_and_told() -> None:
    document = read(FORM.encode() * 8 + b"\xff\n", Limits())
    assert [(problem.code, dict(problem.values)) for problem in document.problems] == [
        ("E905", {"reason": "undecodable-bytes"})
    ]
    assert lines_of(document)[0].passage.text == "财政项目支出绩效目标申报表"


def test_pieces_keep_their_column_and_place() -> None:
    line = lines_of(read(FORM.encode(), Limits()))[2]
    assert [(piece.text, piece.place) for piece in line.pieces] == [
        ("项目名称", LinePlace(3, 1, 3, 5)),
        ("网络安全运维", LinePlace(3, 6, 3, 12)),
        ("", LinePlace(3, 13, 3, 13)),
        ("≤13.10(万元)", LinePlace(3, 14, 3, 24)),
    ]


def test_line_without_tabs_has_no_pieces() -> None:
    line = lines_of(read("  一 级 指 标   数量 \n".encode(), Limits()))[0]
    assert (line.passage.text, line.pieces) == ("一级指标数量", ())
    assert line.passage.place == LinePlace(1, 3, 1, 15)
    assert line.passage.original == "  一 级 指 标   数量 "


def test_blank_lines_and_page_breaks() -> None:
    lines = lines_of(read("甲\n\n乙\r\n丙\n\f丁\n\n\f\n戊\n".encode(), Limits()))
    assert [(line.passage.text, line.blank_before, line.break_before) for line in lines] == [
        ("甲", False, False),
        ("乙", True, False),
        ("丙", False, False),
        ("丁", True, True),
        ("戊", True, True),
    ]


def test_page_break_ends_a_line() -> None:
    lines = lines_of(read("甲\t乙\f丙 丁\t戊\n".encode(), Limits()))
    assert [(line.passage.original, line.break_before, line.passage.place) for line in lines] == [
        ("甲\t乙", False, LinePlace(1, 1, 1, 4)),
        ("丙 丁\t戊", True, LinePlace(1, 5, 1, 10)),
    ]
    assert [piece.place for piece in lines[1].pieces] == [LinePlace(1, 5, 1, 8), LinePlace(1, 9, 1, 10)]


def test_pages_are_counted_by_form_feeds() -> None:
    assert read("甲\f乙\f".encode(), Limits()).pages == 2


@given(st.text(st.characters(codec="utf-8", exclude_characters="\ufeff"), max_size=200))
def test_utf_8_round_trip(text: str) -> None:
    assert decode(b"\xef\xbb\xbf" + text.encode()) == text


@given(st.lists(st.text("一二三 \tab12()", max_size=20), max_size=12))
def test_places_point_at_the_text(parts: list[str]) -> None:
    source = "\n".join(["财政项目支出绩效目标", *parts])
    rows = source.split("\n")
    for line in lines_of(read(source.encode(), Limits())):
        for passage in (line.passage, *line.pieces):
            place = passage.place
            assert isinstance(place, LinePlace)
            assert rows[place.line - 1][place.column - 1 : place.end_column - 1] == passage.original.strip()
