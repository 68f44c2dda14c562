"""OFD: characters and lines of a fixed page, through the cell finder."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from fixtures.make.ofd import ofd_of_pdf
from perflint.document import Document, Line, PagePlace, Problem, Table, UnreadableFile
from perflint.limits import Limits
from perflint.readers import read_document, scan
from perflint.readers.ofd_objects import characters_of, deltas, rulings_of
from tests.packages import package, seen

from lxml import etree  # isort: skip

FILES = Path(__file__).parent.parent / "fixtures" / "files"
OFD = 'xmlns:ofd="http://www.ofdspec.org/2016"'
POINTS = 72 / 25.4


def ofd(
    *pages: str, common: str = "", more: str = "", location: str = "Doc_0/Document.xml", **parts: str
) -> bytes:
    entries = "".join(f'<ofd:Page ID="{n}" BaseLoc="Pages/{n}.xml"/>' for n in range(len(pages)))
    all_parts = {
        "OFD.xml": f"<ofd:OFD {OFD}><ofd:DocBody><ofd:DocRoot>{location}</ofd:DocRoot></ofd:DocBody>"
        "</ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {OFD}><ofd:CommonData><ofd:PageArea>"
        f"<ofd:PhysicalBox>0 0 100 100</ofd:PhysicalBox></ofd:PageArea>{common}</ofd:CommonData>"
        f"<ofd:Pages>{entries}</ofd:Pages>{more}</ofd:Document>",
        **{f"Doc_0/Pages/{n}.xml": f"<ofd:Page {OFD}>{page}</ofd:Page>" for n, page in enumerate(pages)},
        **parts,
    }
    return package(all_parts)


def package_parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def content(*objects: str) -> str:
    return f'<ofd:Content><ofd:Layer ID="1">{"".join(objects)}</ofd:Layer></ofd:Content>'


def text(x: float, y: float, words: str, more: str = 'DeltaX="g 9 4"') -> str:
    return (
        f'<ofd:TextObject Boundary="{x} {y} 50 5" Size="4"><ofd:TextCode X="0" Y="4" {more}>{words}'
        "</ofd:TextCode></ofd:TextObject>"
    )


def path(data: str, attributes: str = "", boundary: str = "0 0 100 100", inner: str = "") -> str:
    return (
        f'<ofd:PathObject Boundary="{boundary}" {attributes}>{inner}'
        f"<ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>"
    )


GRID = path("M 10 20 L 90 20 M 10 30 L 90 30 L 90 20 M 10 20 L 10 30 M 50 20 L 50 30")


def read(data: bytes) -> Document:
    return read_document(data, "a.ofd")


def element(markup: str) -> etree._Element:
    return etree.fromstring(
        markup.replace("<ofd:PathObject", f"<ofd:PathObject {OFD}").replace(
            "<ofd:TextObject", f"<ofd:TextObject {OFD}"
        )
    )


def test_a_page_of_text_and_lines() -> None:
    document = read(ofd(content(text(10, 5, "申报表"), GRID, text(12, 22, "名称"), text(52, 22, "某项目"))))
    assert seen(document) == ["申报表", [(0, 0, 1, 1, "名称"), (0, 1, 1, 1, "某项目")]]
    assert (document.pages, document.problems) == (1, ())
    line, table = document.blocks
    assert isinstance(line, Line)
    assert isinstance(table, Table)
    place = table.cells[1].passage.place
    assert isinstance(place, PagePlace)
    assert [round(edge / POINTS) for edge in place.box] == [50, 20, 90, 30]


def test_the_frame_may_stand_in_a_template_and_the_paths_be_odd() -> None:
    template = '<ofd:TemplatePage ID="9" BaseLoc="Tpls\\t.xml"/>'
    page = '<ofd:Template TemplateID="9"/>' + content(
        f"<ofd:PageBlock>{text(12, 22, '名称')}</ofd:PageBlock>"
    )
    data = ofd(
        page, common=template, location="/Doc_0/./Document.xml",
        **{"Doc_0/Tpls/t.xml": f"<ofd:Page {OFD}>{content(GRID)}</ofd:Page>"},
    )  # fmt: skip
    assert seen(read(data)) == [[(0, 0, 1, 1, "名称"), (0, 1, 1, 1, "")]]


def test_a_page_may_have_a_paper_of_its_own() -> None:
    page = "<ofd:Area><ofd:PhysicalBox>10 10 50 50</ofd:PhysicalBox></ofd:Area>" + content(
        text(20, 20, "文字")
    )
    (line,) = read(ofd(page)).blocks
    assert isinstance(line, Line)
    assert isinstance(line.passage.place, PagePlace)
    assert [round(edge / POINTS) for edge in line.passage.place.box] == [10, 10, 18, 14]


@pytest.mark.parametrize(
    ("text", "count", "steps"),
    [
        ("1.5 2", 3, [1.5, 2.0]),
        ("1.5 g 3 2 4", 9, [1.5, 2.0, 2.0, 2.0, 4.0]),
        ("g 999999999 1", 3, [1.0, 1.0, 1.0]),
        ("g", 3, []),
        ("x 1", 3, [1.0]),
        (None, 3, []),
    ],
)
def test_steps_between_characters(text: str | None, count: int, steps: list[float]) -> None:
    assert deltas(text, count) == steps


def test_characters_without_steps_follow_by_their_usual_width() -> None:
    found = list(characters_of(element(text(0, 0, "指 a", ""))))
    assert [(c.text, round(c.x0 / POINTS, 2), round(c.x1 / POINTS, 2)) for c in found] == [
        ("指", 0, 4),
        ("a", 6, 8.4),
    ]


def test_a_matrix_scales_and_moves_what_is_drawn() -> None:
    drawn = element(path("M 0 0 L 10 0", 'CTM="2 0 0 2 1 1" LineWidth="1"', "5 5 30 30"))
    (ruling,) = rulings_of(drawn)
    assert [round(edge / POINTS, 2) for edge in ruling] == [6, 5, 26, 7]


@pytest.mark.parametrize(
    ("drawn", "count"),
    [
        (path("M 0 0 L 10 0 L 10 10 L 0 10 C"), 4),
        (path("M 0 0 L 10 0.1 L 5 5"), 1),
        (path("M 0 0 L 20 0 L 20 0.3 L 0 0.3 C", 'Stroke="false" Fill="true"'), 1),
        (path("M 0 0 L 20 0 L 20 9 L 0 9 C", 'Stroke="false" Fill="true"'), 0),
        (path("M0 0L10 0 L10-10"), 2),
        (path("M 0 0 L 10 0", 'Alpha="0"'), 0),
        (path("M 0 0 L 10 0", inner='<ofd:StrokeColor Value="255 255 255"/>'), 0),
        (path("M 0 0 L x 0 Q 1 1 nan 5 L"), 0),
        (path(""), 0),
    ],
)
def test_which_paths_are_lines(drawn: str, count: int) -> None:
    assert len(list(rulings_of(element(drawn)))) == count


def test_a_page_that_is_a_picture_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "available", lambda: False)
    document = read(ofd(content('<ofd:ImageObject Boundary="0 0 100 100" ResourceID="5"/>')))
    values = {"page": "1", "reason": "picture-needs-ocr"}
    size = 100 * POINTS
    assert document.problems == (Problem("E903", values, PagePlace(1, (0.0, 0.0, size, size))),)


@pytest.mark.parametrize("converter", [False, True])
@pytest.mark.parametrize("name", ["clean", "five-defects"])
def test_the_same_form_reads_as_from_pdf(name: str, converter: bool) -> None:
    pdf = (FILES / f"{name}.writer.pdf").read_bytes()
    assert seen(read(ofd_of_pdf(pdf, converter=converter))) == seen(read_document(pdf, "a.pdf"))


@pytest.mark.parametrize(
    "data",
    [
        ofd(content(), location="Doc_0/Missing.xml"),
        ofd(content(), location=""),
        package({"OFD.xml": "<ofd"}),
        package({"OFD.xml": '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'}),
    ],
)
def test_damaged_files_are_refused(data: bytes) -> None:
    with pytest.raises(UnreadableFile):
        read(data)


def test_limits() -> None:
    with pytest.raises(UnreadableFile) as refused:
        read_document(ofd(content(), content()), "a.ofd", Limits(pages=1))
    assert refused.value.limit == "pages"
    with pytest.raises(UnreadableFile) as refused:
        read_document(ofd(content(path("M 0 0 L 9 0 " * 20))), "a.ofd", Limits(page_objects=10))
    assert refused.value.limit == "page_objects"


def texts(document: Document) -> list[str]:
    return [block.passage.text for block in document.blocks if isinstance(block, Line)]


def res(*entries: str) -> str:
    return f'<ofd:Res {OFD} BaseLoc="Res">{"".join(entries)}</ofd:Res>'


def test_a_producer_may_draw_in_points_and_far_from_the_boundary() -> None:
    """As one converter of PDF writes: sizes in points under a scaling CTM, positions on its own page."""
    drawn = (
        '<ofd:TextObject CTM="0.3528 0 0 0.3528 -114.8075 111.3523" Boundary="114.8075 85.2296 8 4.7338"'
        ' Size="14.749"><ofd:CGTransform CodePosition="0" CodeCount="2" GlyphCount="2"><ofd:Glyphs>4460 12'
        '</ofd:Glyphs></ofd:CGTransform><ofd:TextCode X="325.4" Y="-303.7" DeltaX="14.7">局长</ofd:TextCode>'
        "</ofd:TextObject>"
    )
    shown = list(characters_of(element(drawn)))
    assert [(c.text, round(c.x0 / POINTS), round(c.bottom / POINTS)) for c in shown] == [
        ("局", 115, 90),
        ("长", 120, 90),
    ]


def test_a_text_goes_on_at_the_place_of_the_code_before() -> None:
    codes = '<ofd:TextCode X="1" Y="4">甲乙</ofd:TextCode><ofd:TextCode Y="9">丙</ofd:TextCode>'
    found = characters_of(element(f'<ofd:TextObject Boundary="0 0 9 9" Size="4">{codes}</ofd:TextObject>'))
    assert [(c.text, round(c.x0 / POINTS)) for c in found] == [("甲", 1), ("乙", 5), ("丙", 1)]


def test_blanks_may_be_escaped_and_other_backslashes_stay() -> None:
    data = ofd(content(text(10, 5, r"A\0020B C:\2024", "")))
    assert texts(read(data)) == [r"A B C:\2024"]


def test_characters_of_which_only_the_glyph_is_known_are_reported() -> None:
    (problem,) = read(ofd(content(text(10, 5, "指标¤¤¤¤¤¤")))).problems
    assert (problem.code, problem.values["reason"]) == ("E905", "font-without-encoding")
    assert problem.excerpt == "指标\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd"


def test_an_object_may_be_a_drawing_of_the_resources() -> None:
    unit = '<ofd:CompositeGraphicUnit ID="7" Width="50" Height="50">{}</ofd:CompositeGraphicUnit>'
    inner = unit.format(content(text(2, 3, "内容")))
    again = unit.replace('"7"', '"8"').format(
        content('<ofd:CompositeObject ResourceID="8" Boundary="0 0 9 9"/>')
    )
    units = f"<ofd:CompositeGraphicUnits>{inner}{again}</ofd:CompositeGraphicUnits>"
    common = "<ofd:PublicRes>PublicRes.xml</ofd:PublicRes><ofd:DocumentRes>Missing.xml</ofd:DocumentRes>"
    parts = {"Doc_0/PublicRes.xml": res(units)}
    page = content('<ofd:CompositeObject ResourceID="7" Boundary="20 30 50 50" CTM="2 0 0 2 0 0"/>')
    (line,) = read(ofd(page, common=common, **parts)).blocks
    assert isinstance(line, Line)
    assert isinstance(line.passage.place, PagePlace)
    assert line.passage.text == "内容"
    assert [round(edge / POINTS) for edge in line.passage.place.box] == [24, 37, 40, 45]
    with pytest.raises(UnreadableFile) as refused:
        read(ofd(content('<ofd:CompositeObject ResourceID="8"/>'), common=common, **parts))
    assert refused.value.limit == "nesting"


def test_annotations_are_read_unless_they_are_marks_on_the_paper() -> None:
    kinds = {"Watermark": "水印", "Stamp": "已审", "Path": "填写的值", "Link": "链接"}
    marks = "".join(
        f'<ofd:Annot Type="{kind}"><ofd:Appearance Boundary="10 40 50 9">{text(2, 0, words)}</ofd:Appearance>'
        "</ofd:Annot>"
        for kind, words in kinds.items()
    )
    pages = '<ofd:Page PageID="0"><ofd:FileLoc>P0.xml</ofd:FileLoc></ofd:Page>'
    parts = {
        "Doc_0/Annots/Annotations.xml": f"<ofd:Annotations {OFD}>{pages}</ofd:Annotations>",
        "Doc_0/Annots/P0.xml": f"<ofd:PageAnnot {OFD}>{marks}</ofd:PageAnnot>",
    }
    data = ofd(
        content(text(10, 5, "申报表")),
        more="<ofd:Annotations>Annots/Annotations.xml</ofd:Annotations>",
        **parts,
    )
    assert texts(read(data)) == ["申报表", "填写的值"]


def test_hidden_objects_watermarks_and_what_is_off_the_paper_are_left_out() -> None:
    hidden = text(10, 20, "隐藏").replace("<ofd:TextObject", '<ofd:TextObject Visible="false"')
    slanted = text(10, 40, "内部资料").replace(
        "<ofd:TextObject", '<ofd:TextObject CTM="0.87 -0.5 0.5 0.87 0 0"'
    )
    document = read(ofd(content(text(10, 5, "申报表"), hidden, slanted, text(10, 200, "纸外"))))
    assert seen(document) == ["申报表"]


@pytest.mark.parametrize(
    ("turn", "box"),
    [
        ("0 1 -1 0 100 0", [70, 50, 80, 90]),
        ("-1 0 0 -1 100 100", [10, 70, 50, 80]),
        ("0 -1 1 0 0 100", [20, 10, 30, 50]),
    ],
)
def test_a_page_drawn_sideways_is_read_upright(turn: str, box: list[int]) -> None:
    objects = (GRID, text(12, 22, "名称"), text(52, 22, "某项目"))
    turned = f'<ofd:CompositeGraphicUnit ID="7">{content(*objects)}</ofd:CompositeGraphicUnit>'
    data = ofd(
        content(f'<ofd:CompositeObject ResourceID="7" CTM="{turn}"/>'),
        common="<ofd:DocumentRes>Res.xml</ofd:DocumentRes>",
        **{"Doc_0/Res.xml": res(f"<ofd:CompositeGraphicUnits>{turned}</ofd:CompositeGraphicUnits>")},
    )
    (table,) = read(data).blocks
    assert isinstance(table, Table)
    assert [cell.text for cell in table.cells] == ["名称", "某项目"]
    place = table.cells[1].passage.place
    assert isinstance(place, PagePlace)
    assert [round(edge / POINTS) for edge in place.box] == box


def test_every_document_of_a_file_is_read_and_its_pages_are_counted_on() -> None:
    first = package_parts(ofd(content(text(10, 5, "甲表"))))
    second = package_parts(ofd(content(text(10, 5, "乙表"))))
    bodies = "".join(
        f"<ofd:DocBody><ofd:DocRoot>Doc_{n}/Document.xml</ofd:DocRoot></ofd:DocBody>" for n in range(2)
    )
    both = {name: part for name, part in first.items() if name != "OFD.xml"}
    both |= {name.replace("Doc_0", "Doc_1"): part for name, part in second.items() if name != "OFD.xml"}
    document = read(package({"OFD.xml": f"<ofd:OFD {OFD}>{bodies}</ofd:OFD>", **both}))
    assert texts(document) == ["甲表", "乙表"]
    assert [block.passage.place.page for block in document.blocks] == [1, 2]


def test_packages_with_backslashes_are_read_and_encrypted_ones_refused() -> None:
    parts = package_parts(ofd(content(text(10, 5, "申报表"))))
    assert texts(read(package({name.replace("/", "\\"): part for name, part in parts.items()}))) == ["申报表"]
    with pytest.raises(UnreadableFile) as refused:
        read(package({**parts, "Encryptions.xml": f"<ofd:Encryptions {OFD}/>"}))
    assert refused.value.reason == "encrypted"
