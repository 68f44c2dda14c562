"""Web pages: encodings, the shape of tables, and what a browser would show."""

from __future__ import annotations

from base64 import encodebytes

import pytest

from perflint.document import Document, Problem, Table, TablePlace, UnreadableFile
from perflint.limits import Limits
from perflint.readers import read_document
from tests.packages import seen

TABLE = "<table><tr><td>一级指标</td><td>指标值</td></tr></table>"
READ = [[(0, 0, 1, 1, "一级指标"), (0, 1, 1, 1, "指标值")]]


def read(markup: str | bytes, name: str = "a.html") -> Document:
    return read_document(markup if isinstance(markup, bytes) else markup.encode(), name)


@pytest.mark.parametrize(
    "data",
    [
        TABLE.encode(),
        b"\xef\xbb\xbf" + TABLE.encode(),
        f'<meta charset="gb2312">{TABLE}'.encode("gb18030"),
        f'<META http-equiv="Content-Type" content="text/html; charset=GBK">{TABLE}'.encode("gbk"),
        f'<meta charset="gb2312">{TABLE}'.encode(),
        f'<meta charset="utf-8">{TABLE}'.encode("gb18030"),
        f'<meta charset="iso-8859-1">{TABLE}'.encode("gb18030"),
        f'<meta charset="no-such-charset">{TABLE}'.encode("gb18030"),
        TABLE.encode("gb18030"),
        TABLE.encode("utf-16"),
        f'<?xml version="1.0" encoding="gb2312"?><html>{TABLE}</html>'.encode("gb18030"),
    ],
)
def test_encodings(data: bytes) -> None:
    document = read(data)
    assert seen(document) == READ
    assert document.problems == ()


@pytest.mark.parametrize(
    "data",
    [
        TABLE.encode("gb18030") + b"\xff\xff\xff",
        TABLE.encode() + "页脚：版权所有".encode()[:-1],
        f'<meta charset="gb2312">{TABLE}'.encode() + "页脚\0版权所有".encode().replace(b"\0", b"\xff"),
    ],
)
def test_bytes_of_no_encoding_are_reported(data: bytes) -> None:
    document = read(data)
    assert seen(document)[0] == READ[0]
    assert document.problems == (Problem("E905", {"reason": "undecodable-bytes"}),)


def test_spans_reach_as_far_as_in_a_browser() -> None:
    markup = (
        "<table><thead><tr><th colspan=2>甲<th>乙</thead>"
        "<tbody><tr><td rowspan=9>丙<td>丁<td>戊<tr><td colspan='2px'>己</tbody>"
        "<tbody><tr><td rowspan=0>庚<td colspan=0>辛<td>壬<tr><td>癸</tbody></table>"
    )
    assert seen(read(markup)) == [
        [(0, 0, 1, 2, "甲"), (0, 2, 1, 1, "乙"), (1, 0, 2, 1, "丙"), (1, 1, 1, 1, "丁"), (1, 2, 1, 1, "戊"),
         (2, 1, 1, 2, "己"), (3, 0, 2, 1, "庚"), (3, 1, 1, 1, "辛"), (3, 2, 1, 1, "壬"), (4, 1, 1, 1, "癸")]
    ]  # fmt: skip


def test_a_cell_never_overlaps_one_that_reaches_down() -> None:
    markup = "<table><tr><td>甲<td rowspan=2>乙<tr><td colspan=3>丙<td>丁</table>"
    assert seen(read(markup)) == [
        [(0, 0, 1, 1, "甲"), (0, 1, 2, 1, "乙"), (1, 0, 1, 1, "丙"), (1, 2, 1, 1, "丁")]
    ]


def test_the_foot_of_a_table_stands_below_and_its_caption_above() -> None:
    markup = "<table><caption>标题</caption><tfoot><tr><td>脚</tfoot><tbody><tr><td>身</tbody></table>"
    assert seen(read(markup)) == ["标题", [(0, 0, 1, 1, "身"), (1, 0, 1, 1, "脚")]]


def test_text_is_what_a_browser_shows() -> None:
    markup = (
        "<head><title>网页</title><style>p{}</style></head><script>x</script><!-- 注释 -->"
        "<p>项目&nbsp;名称：<b>某</b><del>旧</del><ins>项目</ins></p><div>产出<br>指标</div>"
        '<p style="DISPLAY : none">隐藏</p><p hidden>隐藏</p><noscript>无</noscript>'
        "<ul><li>甲<li>乙</ul>a\n b"
    )
    assert seen(read(markup)) == ["项目名称：某项目", "产出", "指标", "甲", "乙", "a b"]


def test_a_line_break_in_a_cell_is_no_new_cell() -> None:
    assert seen(read("<table><tr><td>≥95.0<br>0(%)<td>满意度指<p>标</p></table>")) == [
        [(0, 0, 1, 1, "≥95.00(%)"), (0, 1, 1, 1, "满意度指标")]
    ]


def test_a_filled_in_page_shows_what_was_filled_in() -> None:
    markup = (
        '<table><tr><td><input value="≥95%"><td><textarea>长\n文</textarea><td><select>'
        "<option>甲<option selected>乙</select>"
        '<td><input type=radio checked>是<input type=radio>否<td><input type=hidden value="x">'
        '<input type=password value="y">'
        "</table>"
    )
    assert [cell[4] for cell in seen(read(markup))[0]] == ["≥95%", "长文", "乙", "☑是☐否", ""]


def test_tables_of_a_page_laid_out_with_tables() -> None:
    markup = (
        "<table width=100%><tr><td>首页<td>公开<tr><td colspan=2><table><tr><td><p>申报表</p>"
        f"{TABLE}<p>说明</p>{TABLE}</table></table>"
    )
    document = read(markup)
    assert seen(document) == ["首页", "公开", "申报表", READ[0], "说明", READ[0]]
    assert [block.place for block in document.blocks if isinstance(block, Table)] == [
        TablePlace(3, 1, 1),
        TablePlace(4, 1, 1),
    ]


def test_a_frame_that_carries_its_page_is_part_of_it() -> None:
    inner = TABLE.replace("<", "&lt;")
    assert seen(read(f'<p>前<iframe srcdoc="{inner}"></iframe>后<iframe src="b.html">旧</iframe>')) == [
        "前",
        *READ,
        "后",
    ]


def test_a_web_archive() -> None:
    markup = (
        b'MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary="B"\r\n\r\n--B\r\n'
        b"Content-Type: text/html; charset=gb2312\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    )
    assert seen(read(markup + encodebytes(TABLE.encode("gb18030")) + b"\r\n--B--", "a.doc")) == READ


def test_a_web_archive_without_a_page_is_damaged() -> None:
    with pytest.raises(UnreadableFile):
        read("MIME-Version: 1.0\nContent-Type: multipart/related; boundary=B\n\n--B\n\nx\n--B--", "a.mht")


@pytest.mark.parametrize(
    ("markup", "limits", "limit"),
    [
        ("<div>" * 300 + "x", Limits(), "nesting"),
        ("<table>" + "<tr><td>x" * 5 + "</table>", Limits(table_cells=4), "table_cells"),
        ("<table><tr>" + "<td colspan=1000>x" * 20 + "</table>", Limits(table_extent=5000), "table_extent"),
        ("<table>" + "<tr><td rowspan=9999 colspan=1000>x" * 100 + "</table>", Limits(), "table_extent"),
        (
            "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(3000)),
            Limits(),
            "nesting",
        ),
    ],
)
def test_limits(markup: str, limits: Limits, limit: str) -> None:
    with pytest.raises(UnreadableFile) as refused:
        read_document(markup.encode(), "a.html", limits)
    assert refused.value.limit == limit


def test_entities_of_a_document_type_are_not_expanded() -> None:
    bomb = '<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa"><!ENTITY x SYSTEM "file:///etc/passwd">]><p>&a;&x;甲</p>'
    assert "root:" not in str(seen(read(bomb)))


@pytest.mark.parametrize("name", ["a.md", "a.txt"])
@pytest.mark.parametrize("table", [TABLE, f"<html><body>{TABLE}</body></html>"])
def test_tables_in_markdown(name: str, table: str) -> None:
    document = read(f"# 绩效目标表\n\n（2026年度）\n\n{table}\n\n注：**单位**为元\n{table}\n", name)
    assert document.format == "html"
    assert seen(document) == ["绩效目标表", "（2026年度）", *READ, "注：单位为元", *READ]


def test_tag_inside_a_line_of_text_makes_no_page() -> None:
    assert read("项目名称 <p>运维</p> 的<table>标记\n", "a.txt").format == "text"


def test_a_page_without_a_table_says_what_else_it_shows() -> None:
    logo, form = '<img src="logo.gif" width="88" height="31">', '<img src="1.jpg"><img src="2.jpg" width=800>'
    framed = '<html><frameset><frame src="menu.html"><frame src="main.html"></frameset></html>'
    assert [
        read(markup).problems for markup in (f"<p>公开</p>{logo}{form}", framed, f"{TABLE}{form}", logo)
    ] == [
        (Problem("E904", {"reason": "page-of-pictures", "count": "2"}),),
        (Problem("E904", {"reason": "page-of-frames", "names": "menu.html, main.html"}),),
        (),
        (),
    ]


def test_a_table_around_pictures_is_no_form() -> None:
    layout = '<table><tr><td>自评表</td></tr><tr><td><img src="1.jpg"></td></tr></table>'
    assert read(layout).problems == (Problem("E904", {"reason": "page-of-pictures", "count": "1"}),)
