"""Ruling lines in every way in which producers draw them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from perflint.document import Confidence, Table
from tests.pdf_sketch import (
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
)

XS, YS = (60, 110, 160, 330, 450), (100, 125, 150, 175, 200, 225)
CELLS: list[Cell] = [
    (0, 0, 1, 2, "项目名称"),
    (0, 2, 1, 2, "河道保洁项目"),
    (1, 0, 1, 1, "一级指标"),
    (1, 1, 1, 1, "二级指标"),
    (1, 2, 1, 1, "三级指标"),
    (1, 3, 1, 1, "年度指标值"),
    (2, 0, 3, 1, "产出\n指标"),
    (2, 1, 2, 1, "数量\n指标"),
    (2, 2, 1, 1, "保洁长度"),
    (2, 3, 1, 1, "≥20.00(公里)"),
    (3, 2, 1, 1, "巡查次数"),
    (3, 3, 1, 1, "=52.00(次)"),
    (4, 1, 1, 1, "质量指标"),
    (4, 2, 1, 1, "验收合格率"),
    (4, 3, 1, 1, "≥95.00(%)"),
]
SIDES = borders(CELLS, XS, YS)


def as_strokes() -> list[str]:
    return [stroke(*side) for side in SIDES]


def as_one_path() -> list[str]:
    lines = [f"{x0} {842 - y0} m {x1} {842 - y1} l" for x0, y0, x1, y1 in SIDES]
    return ["0.5 w", *lines, "S"]


def as_thin_boxes_with_corner_squares() -> list[str]:
    """Draw as Word does: filled boxes that stop short of each other, and a square at every corner."""
    parts = []
    for x0, y0, x1, y1 in SIDES:
        parts.append(box(x0 + 0.5, y0, x1, y0 + 0.5) if y0 == y1 else box(x0, y0 + 0.5, x0 + 0.5, y1))
        parts += [box(x0, y0, x0 + 0.5, y0 + 0.5), box(x1, y1, x1 + 0.5, y1 + 0.5)]
    return parts


def as_stroked_rectangles() -> list[str]:
    return [
        box(XS[column], YS[row], XS[column + columns], YS[row + rows], "S")
        for row, column, rows, columns, _ in CELLS
    ]


def as_white_boxes_on_black() -> list[str]:
    cells = [
        box(XS[column] + 0.5, YS[row] + 0.5, XS[column + columns] - 0.5, YS[row + rows] - 0.5)
        for row, column, rows, columns, _ in CELLS
    ]
    return ["0 g", box(XS[0] - 0.5, YS[0] - 0.5, XS[-1] + 0.5, YS[-1] + 0.5), "1 g", *cells, "0 g"]


def as_filled_frames() -> list[str]:
    """Draw the border of every cell as the surface between two rectangles, as drawing programs do."""
    return [
        f"{box(x0 - 0.3, y0 - 0.3, x1 + 0.3, y1 + 0.3, '')} {box(x0 + 0.3, y0 + 0.3, x1 - 0.3, y1 - 0.3, 'f*')}"
        for row, column, rows, columns, _ in CELLS
        for x0, y0, x1, y1 in [(XS[column], YS[row], XS[column + columns], YS[row + rows])]
    ]


def as_dots() -> list[str]:
    parts = []
    for x0, y0, x1, y1 in SIDES:
        steps = int(max(x1 - x0, y1 - y0) // 2.5)
        for step in range(steps + 1):
            x, y = x0 + (x1 - x0) * step / steps, y0 + (y1 - y0) * step / steps
            parts.append(box(x - 0.4, y - 0.4, x + 0.4, y + 0.4))
    return parts


def as_dashes() -> list[str]:
    return ["[3 2] 0 d", *as_strokes(), "[] 0 d"]


def as_heavy_boxes() -> list[str]:
    """Draw borders of 3 pt, as filled boxes."""
    return [box(x0 - 1.5, y0 - 1.5, x1 + 1.5, y1 + 1.5) for x0, y0, x1, y1 in SIDES]


def as_double_lines() -> list[str]:
    return [
        stroke(x0 + d * (x0 == x1), y0 + d * (y0 == y1), x1 + d * (x0 == x1), y1 + d * (y0 == y1))
        for x0, y0, x1, y1 in SIDES
        for d in (-0.75, 0.75)
    ]


def as_short_pieces() -> list[str]:
    """Draw every side as two pieces that miss each other and the corners by a point."""
    parts = []
    for x0, y0, x1, y1 in SIDES:
        x, y = (x0 + x1) / 2, (y0 + y1) / 2
        if y0 == y1:
            parts += [stroke(x0 + 1, y0, x - 0.5, y0), stroke(x + 0.5, y0, x1 - 1, y0)]
        else:
            parts += [stroke(x0, y0 + 1, x0, y - 0.5), stroke(x0, y + 0.5, x0, y1 - 1)]
    return parts


@pytest.mark.parametrize(
    "draw",
    [
        as_strokes,
        as_one_path,
        as_thin_boxes_with_corner_squares,
        as_stroked_rectangles,
        as_white_boxes_on_black,
        as_filled_frames,
        as_dots,
        as_dashes,
        as_heavy_boxes,
        as_double_lines,
        as_short_pieces,
    ],
)
def test_lines_are_found_however_they_are_drawn(draw: Callable[[], list[str]]) -> None:
    document = read([draw() + letters(CELLS, XS, YS)])
    assert tables_of(document) == [joined(CELLS)]
    assert lines_of(document) == []


def test_the_rule_under_a_running_head_is_no_side_of_a_table() -> None:
    head = [text(60, 60, "2026年度部门预算"), stroke(XS[0], 66, XS[-1], 66)]
    document = read([head + as_strokes() + letters(CELLS, XS, YS)])
    assert tables_of(document) == [joined(CELLS)]
    assert lines_of(document) == ["2026年度部门预算"]


def test_the_side_of_a_merged_cell_that_fills_the_page_touches_nothing() -> None:
    """The row that the page end cuts has no lower rule; WeasyPrint draws the sides down to the end."""
    ys = [100, 130, 160]
    rows: list[Cell] = [(0, 0, 3, 1, "绩效指标"), (0, 1, 1, 1, "甲"), (1, 1, 1, 1, "乙"), (2, 1, 1, 1, "丙")]
    lines = [stroke(x, ys[0], x, 185) for x in (60, 120, 300)] + [stroke(120, y, 300, y) for y in ys]
    document = read([lines + letters(rows, (60, 120, 300), [*ys, 185])])
    assert tables_of(document) == [rows]


def test_the_sides_of_two_merged_cells_that_fill_the_page_touch_nothing() -> None:
    rows: list[Cell] = [
        (0, 0, 2, 1, "绩效指标"),
        (0, 1, 2, 1, "产出指标"),
        (0, 2, 1, 1, "甲"),
        (1, 2, 1, 1, "乙"),
    ]
    xs, ys = (60, 110, 160, 300), (100, 130, 160)
    lines = [stroke(x, ys[0], x, ys[-1]) for x in xs] + [stroke(160, y, 300, y) for y in ys]
    assert tables_of(read([lines + letters(rows, xs, ys)])) == [rows]


def test_a_line_that_runs_over_the_end_of_another_parts_no_narrow_column() -> None:
    """Calc begins the rule between two rows a point to the left of the merged cell's side."""
    cells: list[Cell] = [
        (0, 0, 1, 1, "项目名称"),
        (0, 1, 1, 2, "河道保洁项目"),
        (1, 0, 2, 2, "产出指标"),
        (1, 2, 1, 1, "甲"),
        (2, 2, 1, 1, "乙"),
    ]
    xs, ys = (60, 133, 140, 300), (100, 130, 160, 190)
    sides = [side for side in borders(cells, xs, ys) if side != (140, 160, 300, 160)]
    document = read([[stroke(*side) for side in [*sides, (138.8, 160, 300, 160)]] + letters(cells, xs, ys)])
    assert tables_of(document) == [cells]
    [table] = [block for block in document.blocks if isinstance(block, Table)]
    assert {cell.passage.confidence for cell in table.cells} == {Confidence.RULED}


def test_lines_that_nobody_sees_are_ignored() -> None:
    unseen = [
        stroke(60, 187, 450, 187, colour="1 G"),
        stroke(250, 100, 250, 225, colour="1 1 1 RG"),
        "1 g",
        box(200, 100, 200.5, 225),
        "0 g",
        box(60, 212, 450, 212.4, "n"),
    ]
    assert tables_of(read([as_strokes() + unseen + letters(CELLS, XS, YS)])) == [joined(CELLS)]


def test_shaded_cells_are_no_lines() -> None:
    shade = ["0.85 g", box(60, 125, 450, 150), "0.6 0.7 0.9 rg", box(60, 150, 110, 225), "0 g"]
    assert tables_of(read([shade + as_strokes() + letters(CELLS, XS, YS)])) == [joined(CELLS)]


def test_missing_outer_lines_are_closed() -> None:
    inside = [
        (x0, y0, x1, y1)
        for x0, y0, x1, y1 in SIDES
        if not (x0 == x1 and x0 in (XS[0], XS[-1])) and not (y0 == y1 and y0 in (YS[0], YS[-1]))
    ]
    document = read([[stroke(*side) for side in inside] + letters(CELLS, XS, YS)])
    assert tables_of(document) == [joined(CELLS)]


def test_missing_sides_alone_are_closed() -> None:
    """As in tables of journals: horizontal lines run over verticals that only part the columns."""
    inside = [side for side in SIDES if not (side[0] == side[2] and side[0] in (XS[0], XS[-1]))]
    assert tables_of(read([[stroke(*side) for side in inside] + letters(CELLS, XS, YS)])) == [joined(CELLS)]


def test_a_header_block_without_verticals_is_parted_by_its_gaps() -> None:
    """Only the outer lines of the header row are drawn; label and value stand far apart."""
    sides = [side for side in SIDES if not (side[0] == side[2] == 160 and side[1] == 100)]
    assert tables_of(read([[stroke(*side) for side in sides] + letters(CELLS, XS, YS)])) == [joined(CELLS)]


def test_a_value_close_behind_its_label_is_parted_where_other_rows_have_a_border() -> None:
    """The vertical between them is not drawn in the first row, and the gap is narrower than a character."""
    cells: list[Cell] = [
        (0, 0, 1, 1, "项目名称"),
        (0, 1, 1, 1, "某小区保洁"),
        (1, 0, 1, 1, "主管部门"),
        (1, 1, 1, 1, "某局"),
    ]
    xs, ys = (60, 102, 155), (100, 120, 140)
    sides = [side for side in borders(cells, xs, ys) if not (side[0] == side[2] == 102 and side[1] == 100)]
    assert tables_of(read([[stroke(*side) for side in sides] + letters(cells, xs, ys)])) == [joined(cells)]


def test_a_frame_around_the_page_is_no_table() -> None:
    document = read([[box(20, 20, 575, 822, "S"), *ruled(CELLS, XS, YS), text(60, 60, "自评表")]])
    assert tables_of(document) == [joined(CELLS)]
    assert lines_of(document) == ["自评表"]


def test_an_underline_is_no_border() -> None:
    document = read([[*ruled(CELLS, XS, YS), stroke(200, 121, 300, 121)]])
    assert tables_of(document) == [joined(CELLS)]


def test_a_table_inside_a_cell_keeps_its_own_text() -> None:
    outer: list[Cell] = [(0, 0, 1, 1, "资金"), (0, 1, 1, 1, "")]
    inner: list[Cell] = [
        (0, 0, 1, 1, "总额"),
        (0, 1, 1, 1, "8.04"),
        (1, 0, 1, 1, "其他"),
        (1, 1, 1, 1, "0.00"),
    ]
    parts = ruled(outer, (60, 120, 400), (100, 200)) + ruled(inner, (140, 220, 300), (120, 145, 170))
    assert tables_of(read([parts])) == [outer, inner]


def test_text_without_lines_comes_as_pieces_between_wide_gaps() -> None:
    document = read([[text(60, 100, "数量指标"), text(140, 100, "保洁长度"), text(300, 100, "≥20.00(公里)")]])
    [line] = document.blocks
    assert [piece.text for piece in line.pieces] == ["数量指标", "保洁长度", "≥20.00(公里)"]
    assert tables_of(document) == []


def test_a_letter_spaced_title_is_one_piece() -> None:
    spaced = [text(100 + 25 * place, 80, letter, 14) for place, letter in enumerate("绩效目标申报表")]
    [line] = read([spaced]).blocks
    assert [piece.text for piece in line.pieces] == ["绩效目标申报表"]
