"""Word documents: the text as it reads, tables as they look."""

from __future__ import annotations

import pytest

from perflint.document import Confidence, Document, Table, TablePlace, UnreadableFile
from perflint.forms import recognise
from perflint.limits import Limits
from perflint.model import FormKind
from perflint.readers import read_document
from tests.packages import RELATIONS, WORD, docx, package, seen


def read(body: str) -> Document:
    return read_document(docx(body), "a.docx")


def p(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def tc(content: str, properties: str = "") -> str:
    content = content if content.startswith("<") else p(content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def tbl(*rows: str) -> str:
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


SPAN_2 = '<w:gridSpan w:val="2"/>'
START = '<w:vMerge w:val="restart"/>'
GO_ON = "<w:vMerge/>"


def test_paragraphs_and_cells_have_places_that_a_person_can_count() -> None:
    document = read(p("标题") + p("") + tbl(tr(tc("甲"), tc("乙"))) + p("说明") + tbl(tr(tc("丙"))))
    places = [block.place if isinstance(block, Table) else block.passage.place for block in document.blocks]
    assert places == [TablePlace(0, 1, 0), TablePlace(1, 1, 1), TablePlace(0, 3, 0), TablePlace(2, 1, 1)]
    table = document.blocks[1]
    assert isinstance(table, Table)
    assert [cell.passage.place for cell in table.cells] == [TablePlace(1, 1, 1), TablePlace(1, 1, 2)]
    assert {cell.passage.confidence for cell in table.cells} == {Confidence.EXACT}


def test_cells_merged_across_and_down() -> None:
    body = tbl(
        tr(tc("产出指标", START), tc("数量", START), tc("甲", SPAN_2)),
        tr(tc("", GO_ON), tc("", GO_ON), tc("乙"), tc("丙")),
        tr(tc("", GO_ON), tc("质量"), tc("丁", SPAN_2)),
    )
    assert seen(read(body)) == [
        [(0, 0, 3, 1, "产出指标"), (0, 1, 2, 1, "数量"), (0, 2, 1, 2, "甲"),
         (1, 2, 1, 1, "乙"), (1, 3, 1, 1, "丙"), (2, 1, 1, 1, "质量"), (2, 2, 1, 2, "丁")]
    ]  # fmt: skip


def test_a_continuation_below_nothing_is_a_cell_of_its_own() -> None:
    assert seen(read(tbl(tr(tc("甲", GO_ON)), tr(tc("乙", SPAN_2 + GO_ON))))) == [
        [(0, 0, 1, 1, "甲"), (1, 0, 1, 2, "乙")]
    ]


def test_rows_that_begin_later_and_cells_merged_the_old_way() -> None:
    body = tbl(
        tr(tc("甲", '<w:hMerge w:val="restart"/>'), tc("", "<w:hMerge/>"), tc("乙")),
        tr(tc("丙"), tc("丁"), properties='<w:gridBefore w:val="1"/>'),
    )
    assert seen(read(body)) == [
        [(0, 0, 1, 2, "甲"), (0, 2, 1, 1, "乙"), (1, 1, 1, 1, "丙"), (1, 2, 1, 1, "丁")]
    ]


def test_tracked_changes_read_as_accepted() -> None:
    body = (
        "<w:p><w:r><w:t>≥9</w:t></w:r><w:ins><w:r><w:t>5</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>0</w:delText></w:r></w:del><w:r><w:t>%</w:t></w:r></w:p>"
    ) + tbl(tr(tc("甲")), tr(tc("删去"), properties="<w:del/>"), tr(tc("乙")))
    assert seen(read(body)) == ["≥95%", [(0, 0, 1, 1, "甲"), (1, 0, 1, 1, "乙")]]


def test_a_merged_cell_that_began_in_a_deleted_row_goes_on_in_the_first_that_is_left() -> None:
    deleted = "<w:del/>"
    body = tbl(
        tr(tc("产出指标", START), tc("甲")),
        tr(tc("", GO_ON), tc("删"), properties=deleted),
        tr(tc("", GO_ON), tc("乙")),
        tr(tc("效益指标", START), tc("删"), properties=deleted),
        tr(tc("", GO_ON), tc("删"), properties=deleted),
        tr(tc("", GO_ON), tc("丙")),
        tr(tc("", GO_ON), tc("丁")),
    )
    assert seen(read(body)) == [
        [(0, 0, 2, 1, "产出指标"), (0, 1, 1, 1, "甲"), (1, 1, 1, 1, "乙"),
         (2, 0, 2, 1, "效益指标"), (2, 1, 1, 1, "丙"), (3, 1, 1, 1, "丁")]
    ]  # fmt: skip


def test_content_controls_links_and_fields_are_transparent() -> None:
    body = (
        "<w:sdt><w:sdtContent>" + p("一") + "</w:sdtContent></w:sdt>"
        "<w:p><w:hyperlink><w:r><w:t>二</w:t></w:r></w:hyperlink>"
        "<w:sdt><w:sdtContent><w:r><w:t>三</w:t></w:r></w:sdtContent></w:sdt>"
        "<w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>四</w:t></w:r></w:p>"
    ) + tbl(
        "<w:sdt><w:sdtContent>"
        + tr("<w:sdt><w:sdtContent>" + tc("五") + "</w:sdtContent></w:sdt>")
        + "</w:sdtContent></w:sdt>"
    )
    assert seen(read(body)) == ["一", "二三四", [(0, 0, 1, 1, "五")]]


def test_a_content_control_that_nobody_filled_in_is_empty() -> None:
    def control(content: str, setting: str = "<w:showingPlcHdr/>") -> str:
        return f"<w:sdt><w:sdtPr>{setting}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"

    run = "<w:r><w:t>单击此处输入文字</w:t></w:r>"
    filled = control("<w:r><w:t>是</w:t></w:r>", '<w:showingPlcHdr w:val="0"/>')
    cells = (
        tc(f"<w:p>{control(run)}</w:p>"),
        tc(control(p("单击"))),
        control(tc("单击")),
        tc(f"<w:p>{filled}</w:p>"),
    )
    assert seen(read(tbl(tr(*cells)))) == [
        [(0, 0, 1, 1, ""), (0, 1, 1, 1, ""), (0, 2, 1, 1, ""), (0, 3, 1, 1, "是")]
    ]


def test_breaks_tabs_hidden_text_ruby_and_formulas() -> None:
    body = (
        "<w:p><w:r><w:t>产出</w:t><w:br/><w:t>指标</w:t></w:r>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r>"
        '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>可见</w:t></w:r>'
        "<w:ruby><w:rt><w:r><w:t>yin</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>音</w:t></w:r></w:rubyBase></w:ruby>"
        '<m:oMath xmlns:m="urn:m"><m:r><m:t>≥90</m:t></m:r></m:oMath></w:p>'
    )
    assert seen(read(body)) == ["产出指标可见音≥90"]


def test_signs_of_symbol_fonts_and_form_fields() -> None:
    body = (
        '<w:p><w:r><w:sym w:font="Symbol" w:char="F0B3"/><w:t>95%</w:t></w:r>'
        '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:sym w:font="Odd" w:char="zz"/></w:r>'
        '<w:r><w:fldChar><w:ffData><w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox>'
        "</w:ffData></w:fldChar></w:r>"
        '<w:r><w:fldChar><w:ffData><w:checkBox><w:default w:val="0"/></w:checkBox></w:ffData>'
        "</w:fldChar></w:r>"
        '<w:r><w:fldChar><w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="是"/>'
        '<w:listEntry w:val="否"/>'
        "</w:ddList></w:ffData></w:fldChar></w:r></w:p>"
    )
    assert seen(read(body)) == ["≥95%☑\ufffd☑☐否"]


def test_of_a_sign_written_twice_the_text_is_read() -> None:
    other = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    sign = (
        f'<w:r><mc:AlternateContent {other}><mc:Choice Requires="w16se"><w:symEx/></mc:Choice>'
        "<mc:Fallback><w:t>☑</w:t></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert seen(read_document(docx(f"<w:p>{sign}<w:r><w:t>是</w:t></w:r></w:p>"), "a.docx")) == ["☑是"]


def test_a_text_box_is_read_once_though_it_is_written_twice() -> None:
    box = "<w:txbxContent>" + p("框内") + "</w:txbxContent>"
    body = (
        '<w:p><w:r><w:t>框外</w:t></w:r><w:r><mc:AlternateContent xmlns:mc="urn:mc"><mc:Choice><w:drawing>'
        f"{box}</w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert seen(read(body)) == ["框外", "框内"]


def test_a_table_inside_a_form_becomes_part_of_its_grid() -> None:
    inner = tbl(tr(tc("一级指标"), tc("指标值")), tr(tc("产出"), tc("≥1")))
    body = tbl(
        tr(tc("项目名称"), tc("某项目")),
        tr(tc("主管部门"), tc("某局")),
        tr(tc("绩效指标"), tc(inner + p(""))),
    )
    document = read(body)
    assert seen(document) == [
        [(0, 0, 1, 1, "项目名称"), (0, 1, 1, 2, "某项目"), (1, 0, 1, 1, "主管部门"), (1, 1, 1, 2, "某局"),
         (2, 0, 2, 1, "绩效指标"), (2, 1, 1, 1, "一级指标"), (2, 2, 1, 1, "指标值"),
         (3, 1, 1, 1, "产出"), (3, 2, 1, 1, "≥1")]
    ]  # fmt: skip
    table = document.blocks[0]
    assert isinstance(table, Table)
    assert table.cells[-1].passage.place == TablePlace(2, 2, 2)


def test_a_table_that_only_lays_out_the_page_is_taken_apart() -> None:
    body = tbl(tr(tc(p("标题") + tbl(tr(tc("甲"), tc("乙"))) + p("脚注"))))
    assert seen(read(body)) == ["标题", [(0, 0, 1, 1, "甲"), (0, 1, 1, 1, "乙")], "脚注"]


def with_parts(body: str, kind: str = "aFChunk", **parts: bytes) -> Document:
    """Read a document with parts of a kind, each by the id that is its name."""
    relations = "".join(
        f'<Relationship Id="{name}" Type="{RELATIONS}/{kind}" Target="parts/{name}"/>' for name in parts
    )
    files = {f"word/parts/{name}": content for name, content in parts.items()}
    data = package(
        {
            "word/document.xml": f'<w:document {WORD} xmlns:r="{RELATIONS}"><w:body>{body}</w:body></w:document>',
            "word/_rels/document.xml.rels": f"<Relationships>{relations}</Relationships>",
            **files,
        }
    )
    return read_document(data, "a.docx")


def header(*content: str) -> bytes:
    return f"<w:hdr {WORD}>{''.join(content)}</w:hdr>".encode()


FORM = tbl(
    tr(tc("项目名称"), tc("某项目", SPAN_2), tc("")),
    tr(tc("一级指标"), tc("二级指标"), tc("三级指标"), tc("指标值")),
    tr(tc("产出指标"), tc("数量指标"), tc("保洁次数"), tc("≥12次")),
)


def test_the_title_in_the_page_header_is_that_of_forms_without_one() -> None:
    upper = header(p("附件2"), tbl(tr(tc("2025年度项目支出绩效自评表"), tc("某局"))))
    document = with_parts(FORM + p("另一个") + FORM, "header", h1=upper, h2=upper, broken=b"<w:hdr")
    assert document.running_head == ("附件2", "2025年度项目支出绩效自评表", "某局")
    assert [(form.title.text, form.year, form.kind) for form in recognise(document).forms] == [
        ("2025年度项目支出绩效自评表", 2025, FormKind.SELF_EVALUATION)
    ] * 2


def test_a_title_of_its_own_goes_before_that_of_the_page_header() -> None:
    own = p("2026年度项目支出绩效目标表")
    document = with_parts(own + FORM, "header", h1=header(p("项目支出绩效自评表")))
    assert [form.title.text for form in recognise(document).forms] == ["2026年度项目支出绩效目标表"]


def test_of_several_titles_in_page_headers_none_is_taken() -> None:
    document = with_parts(FORM, "header", h1=header(p("项目支出绩效自评表")), h2=header(p("绩效目标表")))
    assert [form.title.text for form in recognise(document).forms] == [""]


def test_a_page_that_was_saved_as_a_document_is_read_from_its_part() -> None:
    page = "<html><body><p>标题</p><table><tr><td>甲</td><td>乙</td></tr></table></body></html>".encode()
    archive = (
        b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=B\n\n--B\nContent-Type: text/html\n\n"
    )
    body = (
        p("前")
        + '<w:altChunk r:id="a"/>'
        + tbl(tr(tc("丙")))
        + '<w:altChunk r:id="b"/><w:altChunk r:id="c"/>'
    )
    document = with_parts(body, a=page, b=archive + page + b"\n--B--", c=docx(p("后")))
    table = [(0, 0, 1, 1, "甲"), (0, 1, 1, 1, "乙")]
    assert seen(document) == ["前", "标题", table, [(0, 0, 1, 1, "丙")], "标题", table, "后"]
    assert [block.place for block in document.blocks if isinstance(block, Table)] == [
        TablePlace(1, 1, 1), TablePlace(2, 1, 1), TablePlace(3, 1, 1)
    ]  # fmt: skip
    assert document.problems == ()


def test_what_is_shown_and_cannot_be_read_is_told() -> None:
    size = (
        '<pic:pic xmlns:pic="urn:pic" xmlns:a="urn:a"><pic:spPr><a:xfrm><a:ext cx="{}" cy="{}"/></a:xfrm></pic:spPr>'
        "</pic:pic>"
    )
    body = "".join(
        f"<w:p><w:r>{content}</w:r></w:p>"
        for content in (
            f"<w:drawing>{size.format(5400000, 7800000)}</w:drawing>",
            f"<w:drawing>{size.format(1800000, 1800000)}</w:drawing>",  # 5 cm: an emblem.
            '<w:object><o:OLEObject xmlns:o="urn:o" ProgID="Excel.Sheet.12"/></w:object>',
            '<w:object><o:OLEObject xmlns:o="urn:o" ProgID="Equation.3"/></w:object>',
        )
    )
    document = with_parts(body + '<w:altChunk r:id="a"/><w:altChunk r:id="gone"/>', a=b"{\\rtf1 x}")
    assert [problem.values for problem in document.problems] == [
        {"reason": "pictures-of-pages", "count": "1"},
        {"reason": "objects-unread", "count": "3", "names": "Excel.Sheet.12, word/parts/a, gone"},
    ]


def test_the_main_part_is_found_by_its_relation_and_in_the_strict_namespace() -> None:
    word = WORD.replace(
        "schemas.openxmlformats.org/wordprocessingml/2006", "purl.oclc.org/ooxml/wordprocessingml"
    )
    data = package(
        {
            "_rels/.rels": '<Relationships><Relationship Id="1" Type="x/officeDocument"'
            ' Target="word/document2.xml"/></Relationships>',
            "word/document2.xml": f"<w:document {word}><w:body>{p('严格')}</w:body></w:document>",
        }
    )
    assert seen(read_document(data, "a.docx")) == ["严格"]


@pytest.mark.parametrize(
    ("body", "limits", "limit"),
    [
        (tbl(*[tr(tc("x"))] * 5), Limits(table_cells=4), "table_cells"),
        (tbl(tr(tc("x", '<w:gridSpan w:val="99999"/>'))), Limits(table_extent=999), "table_extent"),
        ("<w:sdt><w:sdtContent>" * 90 + "</w:sdtContent></w:sdt>" * 90, Limits(nesting=100), "nesting"),
        ("<w:sdt>" * 5000 + "</w:sdt>" * 5000, Limits(), "nesting"),
    ],
)
def test_limits(body: str, limits: Limits, limit: str) -> None:
    with pytest.raises(UnreadableFile) as refused:
        read_document(docx(body), "a.docx", limits)
    assert refused.value.limit == limit
