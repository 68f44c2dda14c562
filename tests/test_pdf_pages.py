"""Whole pages: turned, watermarked, with fields, without readable text, encrypted, damaged, over a limit."""

from __future__ import annotations

import io

import pikepdf
import pytest

from perflint.document import Line, PagePlace, Table, UnreadableFile
from perflint.limits import Limits
from perflint.readers import pdf, scan
from tests.pdf_sketch import (
    HEIGHT,
    WIDTH,
    Cell,
    borders,
    box,
    joined,
    letters,
    lines_of,
    read,
    ruled,
    stroke,
    tables_of,
    text,
    written,
)

XS, YS = (60, 110, 170, 340, 450), (100, 125, 185, 210)
CELLS: list[Cell] = [
    (0, 0, 1, 1, "一级指标"),
    (0, 1, 1, 1, "二级指标"),
    (0, 2, 1, 1, "三级指标"),
    (0, 3, 1, 1, "年度指标值"),
    (1, 0, 2, 1, "效益\n指标"),
    (1, 1, 1, 1, "可持\n续影\n响指\n标"),
    (1, 2, 1, 1, "长效管理机制健全情况"),
    (1, 3, 1, 1, "建立健全"),
    (2, 1, 1, 1, "经济效益"),
    (2, 2, 1, 1, "节约率"),
    (2, 3, 1, 1, "≥95.0\n0(%)"),
]
TITLE = "财政项目支出绩效目标申报表"
PAGE = [text(200, 60, TITLE, 16), *ruled(CELLS, XS, YS)]


def first_place(document: pdf.Document) -> PagePlace:
    """Return the place of the first table's first cell, in whole points."""
    table = next(block for block in document.blocks if isinstance(block, Table))
    place = table.cells[0].passage.place
    assert isinstance(place, PagePlace)
    x0, top, x1, bottom = place.box
    return PagePlace(place.page, (round(x0), round(top), round(x1), round(bottom)))


def test_wrapped_labels_and_values_are_joined() -> None:
    document = read([PAGE])
    assert tables_of(document) == [joined(CELLS)]
    assert lines_of(document) == [TITLE]
    assert first_place(document) == PagePlace(1, (60, 100, 110, 125))


def turned_content(parts: list[str], quarters: int) -> list[str]:
    """Turn what is drawn anticlockwise about the page's middle, as a page in landscape is drawn for /Rotate."""
    matrix = {1: f"0 1 -1 0 {HEIGHT} 0", 2: f"-1 0 0 -1 {WIDTH} {HEIGHT}", 3: f"0 -1 1 0 0 {WIDTH}"}[quarters]
    return ["q", f"{matrix} cm", *parts, "Q"]


@pytest.mark.parametrize(("quarters", "rotate"), [(1, 90), (2, 180), (3, 270)])
def test_a_rotated_page_is_read_as_it_is_shown(quarters: int, rotate: int) -> None:
    sides = f"/MediaBox [0 0 {HEIGHT} {WIDTH}]" if quarters % 2 else f"/MediaBox [0 0 {WIDTH} {HEIGHT}]"
    document = read([turned_content(PAGE, quarters)], f"{sides} /Rotate {rotate}")
    assert tables_of(document) == [joined(CELLS)]
    assert first_place(document) == PagePlace(1, (60, 100, 110, 125))


def test_a_page_that_lies_on_its_side_is_read_and_its_places_are_those_shown() -> None:
    document = read([turned_content(PAGE, 1)], f"/MediaBox [0 0 {HEIGHT} {WIDTH}]")
    assert tables_of(document) == [joined(CELLS)]
    assert first_place(document) == PagePlace(1, (100, WIDTH - 110, 125, WIDTH - 60))


def test_a_crop_box_moves_the_corner_from_which_places_count() -> None:
    document = read([PAGE], "/CropBox [20 30 575 800]")
    assert tables_of(document) == [joined(CELLS)]
    assert first_place(document) == PagePlace(1, (40, 58, 90, 83))


def test_what_a_cropped_page_does_not_show_is_no_part_of_it() -> None:
    """Another table and its text beyond the edges."""
    beyond = ruled([(0, 0, 1, 1, "稿"), (0, 1, 1, 1, "样")], (2, 10, 16), (60, 80))
    document = read(
        [PAGE + beyond + [text(100, 830, "校对稿"), text(300, 12, "裁切线")]], "/CropBox [20 30 575 800]"
    )
    assert tables_of(document) == [joined(CELLS)]
    assert lines_of(document) == [TITLE]


def test_lines_that_run_off_the_page_are_those_that_their_clip_shows() -> None:
    """Chromium draws the sides of a cell over several pages beyond the page, and other pages' lines there as well."""
    cells: list[Cell] = [(0, 0, 2, 1, "产出指标"), (0, 1, 1, 1, "甲"), (1, 1, 1, 1, "乙")]
    xs, ys = (60, 120, 300), (60, 100, 140)
    sides = [*borders(cells, xs, ys), (60, -300, 60, 60), (120, -300, 120, 60), (200, -90, 200, -20)]
    clip = ["q", f"0 {HEIGHT - 780} {WIDTH} 720 re W n"]
    document = read(
        [[*clip, *[stroke(*side) for side in sides], "Q", *letters(cells, xs, ys), text(65, 30, "页眉")]]
    )
    assert tables_of(document) == [cells]
    assert lines_of(document) == ["页眉"]


def test_watermarks_and_stamps_are_ignored() -> None:
    marks = [
        text(100, 300, "内部资料", 60, "0.707 0.707 -0.707 0.707", grey=0.8),
        text(120, 190, "请勿外传", 20, "0.94 0.34 -0.34 0.94"),
        text(70, 200, "样张", 90, grey=0.9),
    ]
    document = read([marks + PAGE])
    assert tables_of(document) == [joined(CELLS)]
    assert lines_of(document) == [TITLE]


def test_the_name_around_a_seal_is_ignored_where_it_stands_straight_too() -> None:
    seal = [
        text(110 + 12 * number, 120, letter, 10, matrix)
        for number, (letter, matrix) in enumerate(
            [
                ("某", "0 1 -1 0"),
                ("区", "0.34 0.94 -0.94 0.34"),
                ("财", "0.64 0.77 -0.77 0.64"),
                ("政", "0.94 0.34 -0.34 0.94"),
                ("局", "1 0 0 1"),
                ("公", "0.94 -0.34 0.34 0.94"),
            ]
        )
    ]
    assert tables_of(read([PAGE + seal])) == [joined(CELLS)]


def test_a_label_written_upwards_is_read_in_its_order() -> None:
    cells: list[Cell] = [(0, 0, 2, 1, ""), (0, 1, 1, 1, "数量指标"), (1, 1, 1, 1, "质量指标")]
    parts = ruled(cells, (60, 90, 200), (100, 150, 200))
    document = read([[*parts, text(80, 180, "产出指标", 10, "0 1 -1 0")]])
    assert tables_of(document) == [[(0, 0, 2, 1, "产出指标"), *cells[1:]]]


def test_text_struck_twice_is_read_once() -> None:
    twice = letters(CELLS, [x + 0.4 for x in XS], YS)
    assert tables_of(read([PAGE + twice])) == [joined(CELLS)]


def test_blanks_stay_between_latin_words_only() -> None:
    words = [text(65, 115, "一 级 指 标"), text(65, 140, "故障率 5 次 per month 以内")]
    cells: list[Cell] = [(0, 0, 1, 1, ""), (1, 0, 1, 1, "")]
    assert tables_of(read([ruled(cells, (60, 400), (100, 125, 150)) + words])) == [
        [(0, 0, 1, 1, "一级指标"), (1, 0, 1, 1, "故障率5次per month以内")]
    ]


def test_radicals_are_folded_and_the_original_is_kept() -> None:
    cells: list[Cell] = [(0, 0, 1, 1, "\u2f00级指标"), (0, 1, 1, 1, "项\u2f6c")]
    document = read([ruled(cells, (60, 200, 400), (100, 125))])
    assert tables_of(document) == [[(0, 0, 1, 1, "一级指标"), (0, 1, 1, 1, "项目")]]


def test_two_forms_on_a_page_are_two_tables() -> None:
    lower = [y + 300 for y in YS]
    document = read([[*PAGE, text(200, 360, TITLE, 16), *ruled(CELLS, XS, lower)]])
    assert tables_of(document) == [joined(CELLS), joined(CELLS)]
    assert [type(block) for block in document.blocks] == [Line, Table, Line, Table]


def test_forms_side_by_side_each_have_their_title() -> None:
    cells: list[Cell] = [
        (0, 0, 1, 1, "一级指标"),
        (0, 1, 1, 1, "指标值"),
        (1, 0, 1, 1, "产出"),
        (1, 1, 1, 1, "≥8"),
    ]
    page = [text(60, 50, "两张申报表并列在一页的同一行，标题各在其表的上方", 15)]
    for title, left in (("申报表甲", 60), ("申报表乙", 310)):
        page += [text(left, 90, title), *ruled(cells, (left, left + 100, left + 220), (100, 125, 150))]
    document = read(
        [
            [
                *page,
                text(60, 170, "页下的注，横跨两张表，在两张表的下方，所以它是全页的最后一行文字，排在最后面"),
            ]
        ]
    )
    assert [
        block.passage.text[:4] if isinstance(block, Line) else block.cells[0].text
        for block in document.blocks
    ] == ["两张申报", "申报表甲", "一级指标", "申报表乙", "一级指标", "页下的注"]


def test_text_too_wide_for_its_cell_stays_in_it() -> None:
    """The last characters stand on the border or hang out beyond it; the next cell has its own text."""
    cells: list[Cell] = [(0, 0, 1, 1, ""), (0, 1, 1, 1, "")]
    wide = [text(62, 115, "=100.00(%)", 12), text(122.5, 115, "97.00(%)", 12)]
    assert tables_of(read([ruled(cells, (60, 119, 200), (100, 125)) + wide])) == [
        [(0, 0, 1, 1, "=100.00(%)"), (0, 1, 1, 1, "97.00(%)")]
    ]


def test_clipped_text_is_not_read() -> None:
    """Calc prints the label of a merged cell on every page the cell is on, and clips it to the cell."""
    clipped = ["q", box(60, 185, 110, 210, "W n"), text(65, 115, "效益指标"), "Q"]
    document = read([PAGE + clipped])
    assert tables_of(document) == [joined(CELLS)]


def test_form_fields_and_text_annotations_are_read() -> None:
    cells: list[Cell] = [(0, 0, 1, 1, "项目名称"), (0, 1, 1, 1, ""), (1, 0, 1, 1, "备注"), (1, 1, 1, 1, "")]
    field = (
        "<< /Type /Annot /Subtype /Widget /FT /Tx /T (name) /F 4 /Rect [165 717 390 740] "
        f"/V <feff{'河道保洁项目'.encode('utf-16-be').hex()}> >>"
    )
    note = (
        "<< /Type /Annot /Subtype /FreeText /F 4 /Rect [165 692 390 715] /DA (/F 10 Tf) "
        f"/Contents <feff{'已核对'.encode('utf-16-be').hex()}> >>"
    )
    hidden = note.replace("/F 4", "/F 2")
    data = written(
        [ruled(cells, (60, 160, 400), (100, 125, 150))],
        "/Annots [10 0 R 11 0 R 12 0 R]",
        [field, note, hidden],
    )
    with pikepdf.open(io.BytesIO(data)) as file:
        file.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([file.pages[0].Annots[0]]))
        data = saved(file)
    assert tables_of(pdf.read(data, Limits())) == [
        [(0, 0, 1, 1, "项目名称"), (0, 1, 1, 1, "河道保洁项目"), (1, 0, 1, 1, "备注"), (1, 1, 1, 1, "已核对")]
    ]


def saved(file: pikepdf.Pdf, **options: object) -> bytes:
    """Return a PDF's bytes."""
    buffer = io.BytesIO()
    file.save(buffer, deterministic_id="encryption" not in options, **options)
    return buffer.getvalue()


def encrypted(user: str) -> bytes:
    with pikepdf.open(io.BytesIO(written([PAGE]))) as file:
        return saved(file, encryption=pikepdf.Encryption(owner="owner", user=user))


@pytest.mark.parametrize("engine", ["pdfium", "pdfplumber"])
def test_a_file_with_an_empty_user_password_is_read(engine: pdf.Engine) -> None:
    assert tables_of(pdf.read(encrypted(""), Limits(), engine)) == [joined(CELLS)]


@pytest.mark.parametrize("engine", ["pdfium", "pdfplumber"])
def test_a_file_with_a_password_is_refused(engine: pdf.Engine) -> None:
    with pytest.raises(UnreadableFile) as refusal:
        pdf.read(encrypted("secret"), Limits(), engine)
    assert refusal.value.reason == "encrypted"


@pytest.mark.parametrize("engine", ["pdfium", "pdfplumber"])
@pytest.mark.parametrize("data", [b"%PDF-1.7\nnothing", written([PAGE])[:300]])
def test_a_damaged_file_is_refused(data: bytes, engine: pdf.Engine) -> None:
    with pytest.raises(UnreadableFile) as refusal:
        pdf.read(data, Limits(), engine)
    assert refusal.value.reason == "damaged"


def test_of_a_file_with_a_damaged_page_the_others_are_read() -> None:
    page, damaged = b"/Type /Page ", b"/Type /Pag? "
    parts = written([PAGE, [text(60, 60, "甲")], [text(60, 60, "乙")]]).split(page)
    document = pdf.read(page.join(parts[:2]) + damaged + page.join(parts[2:]), Limits())
    assert document.pages == 3
    assert tables_of(document) == [joined(CELLS)]
    assert lines_of(document) == ["财政项目支出绩效目标申报表", "乙"]
    (problem,) = document.problems
    assert (problem.code, problem.values["page"], problem.values["reason"]) == ("E903", "2", "damaged-page")
    with pytest.raises(UnreadableFile) as refusal:
        pdf.read(damaged.join(parts), Limits())
    assert refusal.value.reason == "damaged"


@pytest.mark.parametrize(
    ("limits", "name"),
    [
        (Limits(pages=1), "pages"),
        (Limits(page_objects=10), "page_objects"),
        (Limits(page_characters=10), "page_characters"),
    ],
)
@pytest.mark.parametrize("engine", ["pdfium", "pdfplumber"])
def test_passing_a_limit_names_it(limits: Limits, name: str, engine: pdf.Engine) -> None:
    with pytest.raises(UnreadableFile) as refusal:
        pdf.read(written([PAGE, PAGE]), limits, engine)
    assert refusal.value.values["limit"] == name


PICTURE = (
    "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 "
    "/Length 1 >>\nstream\n\x80\nendstream"
)


def test_a_page_that_is_a_picture_is_reported() -> None:
    reason = "picture-unreadable" if scan.available() else "picture-needs-ocr"
    entries = "/Resources << /Font << /F 3 0 R >> /XObject << /I 10 0 R >> >>"
    document = read([["q 500 0 0 700 40 60 cm /I Do Q"]], entries, [PICTURE])
    assert [(problem.code, dict(problem.values)) for problem in document.problems] == [
        ("E903", {"page": "1", "reason": reason})
    ]


def test_a_page_of_text_drawn_as_curves_is_reported() -> None:
    curves = [
        f"{x} {y} m {x} {y + 8} {x + 4} {y + 8} {x + 8} {y} c {x + 4} {y - 4} {x + 2} {y - 2} {x} {y} c f"
        for y in range(300, 600, 20)
        for x in range(60, 500, 25)
    ]
    document = read([curves])
    assert [(problem.code, problem.values["reason"]) for problem in document.problems] == [
        ("E903", "text-as-curves")
    ]


def test_private_characters_are_reported() -> None:
    document = read([[*PAGE, text(60, 300, "\ue001\ue002\ue003\ue004\ue005\ue006的")]])
    assert [problem.code for problem in document.problems] == ["E905"]


def test_one_symbol_for_private_use_is_not_reported() -> None:
    assert read([[*PAGE, text(60, 300, "\uf0a3是 \uf052否")]]).problems == ()


def test_both_engines_read_the_same() -> None:
    data = written([PAGE])
    assert tables_of(pdf.read(data, Limits(), "pdfplumber")) == tables_of(pdf.read(data, Limits()))
    assert lines_of(pdf.read(data, Limits(), "pdfplumber")) == [TITLE]


def test_lines_of_a_drawing_are_no_table() -> None:
    drawing = [stroke(100, 300 + 4 * step, 100 + 9 * step, 300 + 4 * step) for step in range(1, 30)]
    assert tables_of(read([PAGE + drawing])) == [joined(CELLS)]
