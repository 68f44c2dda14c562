"""PDF files made to do harm: each ends soon, in a reading or a refusal."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perflint.document import Line, UnreadableFile
from perflint.limits import Limits
from perflint.readers import pdf
from tests.command import command_of
from tests.pdf_sketch import Cell, letters, ruled, stroke, text, written

CELLS: list[Cell] = [
    (0, 0, 1, 1, "一级指标"),
    (0, 1, 1, 1, "年度指标值"),
    (1, 0, 1, 1, "成本"),
    (1, 1, 1, 1, "≤8(万元)"),
]
XS, YS = (60, 200, 400), (100, 125, 150)
SMALL = written([[text(60, 80, "财政项目支出绩效目标申报表"), *ruled(CELLS, XS, YS)], ruled(CELLS, XS, YS)])


def test_a_page_of_many_paths_is_refused_by_the_limit() -> None:
    page = [f"{x % 500} {x % 700} m {x % 490} {x % 600} l S" for x in range(3_000)]
    with pytest.raises(UnreadableFile) as refusal:
        pdf.read(written([page]), Limits(page_objects=2_000))
    assert refusal.value.values["limit"] == "page_objects"


def test_a_page_of_crossing_lines_takes_seconds_at_most() -> None:
    page = [stroke(20, 20 + 0.3 * step, 575, 20 + 0.3 * step) for step in range(2_000)]
    page += [stroke(20 + 0.2 * step, 20, 20 + 0.2 * step, 822) for step in range(2_000)]
    started = time.monotonic()
    pdf.read(written([[*page, *letters(CELLS, XS, YS)]]), Limits())
    assert time.monotonic() - started < 20


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux bounds the memory of a process")
def test_forms_inside_forms_fill_no_more_memory_than_the_limit(folder: Path) -> None:
    """Every form object draws the next one ten times, and pdfium follows them all: 10 to the 30th objects."""
    extra = []
    for number in range(10, 40):
        content = " ".join(["/X Do"] * 10)
        extra.append(
            f"<< /Type /XObject /Subtype /Form /BBox [0 0 595 842] /Length {len(content)} "
            f"/Resources << /XObject << /X {number + 1} 0 R >> >> >>\nstream\n{content}\nendstream"
        )
    bomb = written([["/X Do"]], "/Resources << /XObject << /X 10 0 R >> >>", extra)
    Path("bomb.pdf").write_bytes(bomb)
    Path("sound.pdf").write_bytes(SMALL)
    Path("perflint.toml").write_text("[limits]\nmemory_bytes = 400_000_000\n", "utf-8")
    report = json.loads(command_of(folder, "perflint", "check", "-f", "json").stdout)
    assert [document["status"] for document in report["documents"]] == ["unreadable", "no-form"]


def test_characters_that_a_matrix_puts_nowhere_are_not_on_the_page() -> None:
    nowhere = text(60, 120, "无处").replace(" 60 ", f" {'6' * 52}.5 ")
    blocks = pdf.read(written([[text(60, 80, "财政项目支出绩效目标申报表"), nowhere]]), Limits()).blocks
    assert [block.passage.text for block in blocks if isinstance(block, Line)] == [
        "财政项目支出绩效目标申报表"
    ]


def reading_of(data: bytes, engine: pdf.Engine = "pdfium") -> str:
    """Return "read", or the key of the reason for which a file was refused."""
    try:
        pdf.read(data, Limits(), engine)
    except UnreadableFile as refusal:
        return refusal.reason
    return "read"


def test_pages_that_contain_themselves_are_refused_or_read() -> None:
    assert reading_of(SMALL.replace(b"/Kids [", b"/Kids [2 0 R ")) in {"read", "damaged"}


@given(
    st.lists(st.tuples(st.integers(0, len(SMALL) - 1), st.binary(max_size=4)), max_size=12),
    st.integers(0, len(SMALL)),
)
@settings(max_examples=60)
def test_a_mutilated_file_is_read_or_refused(changes: list[tuple[int, bytes]], end: int) -> None:
    data = bytearray(SMALL)
    for place, replacement in changes:
        data[place : place + len(replacement)] = replacement
    mutilated = bytes(data[: end if end > len(SMALL) // 2 else None])
    for engine in get_args(pdf.Engine):
        assert reading_of(mutilated, engine) in {"read", "damaged", "encrypted", "over-limit"}
