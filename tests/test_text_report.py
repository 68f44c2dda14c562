"""The report on a terminal: each defect once, marks right under Chinese text, nothing that a document could
do to a terminal.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth

import perflint
from perflint.render import RenderOptions, render
from perflint.render.excerpts import cut, display_width, folded, marked, printable
from perflint.render.tables import table_lines
from perflint.report import ReportJson
from tests.paper import COUNT_IN_PERCENT, SOUND, form, write

Rows = list[tuple[str, str, str, str]]


def text(report: ReportJson, language: str = "zh", colour: bool = False, width: int = 60) -> str:
    rendered = render("text", report, RenderOptions(language=language, colour=colour, width=width))
    assert isinstance(rendered, str)
    return rendered


def checked(folder: Path, *forms: str, select: tuple[str, ...] = ("U301", "U303", "E")) -> ReportJson:
    return perflint.check([write(folder / "a.html", *forms)], select=select)


def test_one_finding_is_told_by_its_message(folder: Path) -> None:
    report = checked(folder, form("甲项目", [*SOUND, COUNT_IN_PERCENT]))
    path = report["documents"][0]["path"]
    assert text(report) == (
        f"{path}\n"
        "  第 1 张表 财政项目支出绩效目标申报表《甲项目》\n"
        "  错误 U301 count-in-percent  “重大差错次数”是计数指标，指标值“=0(%)”的单位却是 %\n"
        "    第 1 个表格 第 14 行 第 4 列 · 产出指标 › 质量指标 › 重大差错次数 · 指标值\n"
        "      =0(%)\n"
        "      ^^^^^\n"
        "      → =0(次)\n"
        "\n"
        "✘ 有问题  检查了 1 个文件、1 张表 · 1 处错误，0 处警告，0 条提示\n"
    )


def test_of_many_related_places_the_first_ones_are_listed(folder: Path) -> None:
    report = checked(folder, form("甲项目", [*SOUND, COUNT_IN_PERCENT]))
    (found,) = report["documents"][0]["findings"]
    found["related"] = [
        {"path": f"{number}.html", "form": 1, "indicator": None, "field": None, "place": {"page": number}}
        for number in range(1, 9)
    ]
    listed = [line for line in text(report).splitlines() if "另见" in line]
    assert listed == [
        *(f"      另见 {number}.html 第 {number} 页" for number in range(1, 6)),
        "      另见其余 3 处，HTML 报告中全部列出",
    ]
    assert "      see also 3 more, all listed in the HTML report" in text(report, "en").splitlines()


def test_on_a_terminal_long_lines_are_folded_below_their_beginning(folder: Path) -> None:
    report = checked(folder, form("甲项目", [*SOUND, COUNT_IN_PERCENT]))
    folded = render("text", report, RenderOptions(width=60, fold=True))
    assert isinstance(folded, str)
    assert folded.splitlines()[3:7] == [
        "  错误 U301 count-in-percent",
        "    “重大差错次数”是计数指标，指标值“=0(%)”的单位却是 %",
        "    第 1 个表格 第 14 行 第 4 列 · 产出指标 › 质量指标 ›",
        "      重大差错次数 · 指标值",
    ]


def test_a_clean_file_is_one_line(folder: Path) -> None:
    report = checked(folder, form("甲项目"))
    assert text(report) == "✔ 通过  检查了 1 个文件、1 张表 · 0 处错误，0 处警告，0 条提示\n"
    assert text(report, "en") == "✔ passed  1 files, 1 forms checked · 0 errors, 0 warnings, 0 advice\n"


def test_the_same_rule_on_several_rows_is_read_once(folder: Path) -> None:
    rows: Rows = [*SOUND, COUNT_IN_PERCENT, ("产出指标", "质量指标", "系统故障次数", "=0(%)")]
    report = checked(folder, form("甲项目", [*rows, ("产出指标", "数量指标", "培训人数", "≥95%")]))
    assert text(report).splitlines()[2:-2] == [
        "  错误 U301 count-in-percent  计数指标用了百分比单位 (3 处)",
        "    第 1 个表格 第 14 行 第 4 列 · 产出指标 › 质量指标 › 重大差错次数 · 指标值",
        "    第 1 个表格 第 15 行 第 4 列 · 产出指标 › 质量指标 › 系统故障次数 · 指标值",
        "      =0(%)",
        "      ^^^^^",
        "      → =0(次)",
        "    第 1 个表格 第 16 行 第 4 列 · 产出指标 › 数量指标 › 培训人数 · 指标值",
        "      ≥95%",
        "      ^^^^",
        "      → 写出数量和量词，如 ≥10(人)；要考核比率，就把名称改为“…率”",
    ]


def test_what_many_forms_share_is_read_once(folder: Path) -> None:
    forms = [
        form(f"项目{number}", [*SOUND, COUNT_IN_PERCENT] if number != 3 else SOUND) for number in range(5)
    ]
    report = checked(folder, *forms)
    assert text(report).splitlines()[1:-2] == [
        "  错误 U301 count-in-percent  计数指标用了百分比单位",
        "    4 张表有同样的问题：1–3、5",
        "    第 1 个表格 第 14 行 第 4 列 · 产出指标 › 质量指标 › 重大差错次数 · 指标值",
        "      =0(%)",
        "      ^^^^^",
        "      → =0(次)",
    ]
    assert text(report).splitlines()[-1].startswith("✘ 有问题  检查了 1 个文件、5 张表 · 4 处错误")


def test_worst_first(folder: Path) -> None:
    rows: Rows = [*SOUND, ("产出指标", "数量指标", "更换硬盘数量", "=2"), COUNT_IN_PERCENT]
    lines = text(checked(folder, form("甲项目", rows))).splitlines()
    assert [line.split()[1] for line in lines if line.startswith(("  错误", "  警告", "  提示"))] == [
        "U301",
        "U303",
    ]


def test_suppressed_findings_are_counted_only(folder: Path) -> None:
    (folder / "perflint-ignore.toml").write_text('[[suppress]]\nrule = "U301"\nreason = "已核实"\n', "utf-8")
    report = checked(folder, form("甲项目", [*SOUND, COUNT_IN_PERCENT]))
    assert text(report) == "✔ 通过  检查了 1 个文件、1 张表 · 0 处错误，0 处警告，0 条提示 · 已忽略 1 处\n"


def test_an_unreadable_file_is_no_pass(folder: Path) -> None:
    (folder / "a.pdf").write_bytes(b"")
    assert text(perflint.check([Path("a.pdf")])) == (
        "a.pdf\n"
        "  错误 E901 unreadable-file  文件无法读取：文件是空的\n"
        "      → 重新导出或重新下载该文件\n"
        "\n"
        "⚠ 有文件未能检查  检查了 0 个文件、0 张表 · 1 处错误，0 处警告，0 条提示 · 1 个文件无法读取\n"
    )


def test_colour_only_where_it_is_asked_for(folder: Path) -> None:
    report = checked(folder, form("甲项目", [*SOUND, COUNT_IN_PERCENT]))
    coloured = text(report, colour=True)
    assert "\x1b[31m\x1b[1m错误\x1b[0m U301" in coloured
    assert "\x1b" not in text(report)


def test_a_document_cannot_write_to_the_terminal(folder: Path) -> None:
    hostile = "甲\x1b]0;x\x07\u202e项目\x9b31m"
    report = checked(folder, form(hostile, [*SOUND, ("产出指标", "质量指标", "差错\x1b[2J次数", "=0(%)")]))
    shown = text(report)
    assert "U301" in shown
    assert not set(shown) & set("\x1b\x07\x9b\u202e")


@pytest.mark.parametrize(
    ("cell", "excerpt", "width", "line", "carets"),
    [
        ("检测系统数量：本部及26家下属", "26家", 40, "检测系统数量：本部及26家下属", " " * 20 + "^^^^"),
        ("=0(%)", "=0(%)", 40, "=0(%)", "^^^^^"),
        ("及时", "不在其中", 40, "不在其中", "^^^^^^^^"),
        ("很" * 30 + "目标" + "长" * 30, "目标", 21, "…很很很目标长长长长…", " " * 7 + "^^^^"),
        ("很" * 30, "很" * 30, 9, "很很很很…", "^^^^^^^^^"),
        ("两\n行", "行", 40, "两 行", "   ^^"),
    ],
)
def test_the_mark_stands_under_the_text(cell: str, excerpt: str, width: int, line: str, carets: str) -> None:
    assert marked(cell, excerpt, width) == (line, carets)


@given(st.text(), st.text(), st.integers(20, 120))
def test_a_marked_line_never_exceeds_its_width(cell: str, excerpt: str, width: int) -> None:
    line, carets = marked(cell, excerpt, width)
    assert display_width(line) <= width
    assert len(carets) <= width
    assert "\n" not in line


@given(st.text(), st.integers(0, 50))
def test_what_is_cut_fits(value: str, width: int) -> None:
    assert display_width(cut(printable(value), width)) <= width


def test_no_folded_line_begins_with_a_closing_mark() -> None:
    assert folded("  提示：写出要达到的数值或者标准，以便核对。", 30) == [
        "  提示：写出要达到的数值或",
        "    者标准，以便核对。",
    ]
    assert folded("  一二三四五六七八九十一，二三四五六", 28) == [
        "  一二三四五六七八九十一，",
        "    二三四五六",
    ]


@given(st.text(st.sampled_from("中文，。（abc 1%›")), st.integers(30, 80), st.integers(0, 6))
def test_folding_keeps_the_text_and_the_width(value: str, width: int, indent: int) -> None:
    line = " " * indent + printable(value)
    lines = folded(line, width)
    assert "".join("".join(lines).split()) == "".join(line.split())
    assert all(display_width(part) <= width for part in lines)


@given(st.text())
def test_printable_text_has_a_width(value: str) -> None:
    assert wcswidth(printable(value)) >= 0


def test_tables_stand_right() -> None:
    assert table_lines([["规则", "处数"], ["U301", "1"], ["空", ""]]) == ["规则  处数", "U301  1", "空"]
