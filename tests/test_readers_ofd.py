"""OFD: characters and lines of a fixed page, through the cell finder."""

from __future__ import annotations

from pathlib import Path

import pytest

from perflint.document import Document, Line, PagePlace, Problem, Table, UnreadableFile
from perflint.limits import Limits
from perflint.readers import read_document
from perflint.readers.ofd_objects import characters_of, deltas, rulings_of
from tests.packages import package, seen

from lxml import etree  # isort: skip

FILES = Path(__file__).parent.parent / "fixtures" / "files"
OFD = 'xmlns:ofd="http://www.ofdspec.org/2016"'
POINTS = 72 / 25.4


def ofd(*pages: str, common: str = "", location: str = "Doc_0/Document.xml", **more: str) -> bytes:
    entries = "".join(f'<ofd:Page ID="{n}" BaseLoc="Pages/{n}.xml"/>' for n in range(len(pages)))
    parts = {
        "OFD.xml": f"<ofd:OFD {OFD}><ofd:DocBody><ofd:DocRoot>{location}</ofd:DocRoot></ofd:DocBody>"
        "</ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {OFD}><ofd:CommonData><ofd:PageArea>"
        f"<ofd:PhysicalBox>0 0 100 100</ofd:PhysicalBox></ofd:PageArea>{common}</ofd:CommonData>"
        f"<ofd:Pages>{entries}</ofd:Pages></ofd:Document>",
        **{f"Doc_0/Pages/{n}.xml": f"<ofd:Page {OFD}>{page}</ofd:Page>" for n, page in enumerate(pages)},
        **more,
    }
    return package(parts)


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
        ("a", 6, 8),
    ]


def test_a_matrix_scales_and_moves_what_is_drawn() -> None:
    drawn = element(path("M 0 0 L 10 0", 'CTM="2 0 0 2 1 1" LineWidth="1"', "5 5 30 30"))
    (ruling,) = rulings_of(drawn)
    assert [round(edge / POINTS, 2) for edge in ruling] == [6, 5.5, 26, 6.5]


@pytest.mark.parametrize(
    ("drawn", "count"),
    [
        (path("M 0 0 L 10 0 L 10 10 L 0 10 C"), 4),
        (path("M 0 0 L 10 0.1 L 5 5"), 1),
        (path("M 0 0 L 20 0 L 20 0.3 L 0 0.3 C", 'Stroke="false" Fill="true"'), 1),
        (path("M 0 0 L 20 0 L 20 9 L 0 9 C", 'Stroke="false" Fill="true"'), 0),
        (path("M 0 0 L 10 0", 'Visible="false"'), 0),
        (path("M 0 0 L 10 0", 'Alpha="0"'), 0),
        (path("M 0 0 L 10 0", inner='<ofd:StrokeColor Value="255 255 255"/>'), 0),
        (path("M 0 0 L x 0 Q 1 1 nan 5 L"), 0),
        (path(""), 0),
    ],
)
def test_which_paths_are_lines(drawn: str, count: int) -> None:
    assert len(list(rulings_of(element(drawn)))) == count


def test_a_page_that_is_a_picture_is_reported() -> None:
    document = read(ofd(content('<ofd:ImageObject Boundary="0 0 100 100" ResourceID="5"/>')))
    values = {"page": "1", "reason": "picture-needs-ocr"}
    size = 100 * POINTS
    assert document.problems == (Problem("E903", values, PagePlace(1, (0.0, 0.0, size, size))),)


@pytest.mark.parametrize("name", ["clean", "five-defects"])
def test_the_same_form_reads_as_from_pdf(name: str) -> None:
    from_ofd = read((FILES / f"{name}.ofd").read_bytes())
    from_pdf = read_document((FILES / f"{name}.writer.pdf").read_bytes(), "a.pdf")
    assert seen(from_ofd) == seen(from_pdf)


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
