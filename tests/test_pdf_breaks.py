"""Tables that run over pages: what a page break does to rows and merged cells, and what it must not join."""

from __future__ import annotations

from perflint.document import Confidence, Document, PagePlace, Table
from tests.pdf_sketch import Cell, borders, joined, letters, lines_of, read, ruled, stroke, tables_of, text

XS = (60, 110, 170, 340, 450)
HEADER: list[Cell] = [
    (0, 0, 1, 1, "一级指标"),
    (0, 1, 1, 1, "二级指标"),
    (0, 2, 1, 1, "三级指标"),
    (0, 3, 1, 1, "年度指标值"),
]


def upper(*rows: Cell) -> list[Cell]:
    """Return the rows on the first page, below the header row."""
    return HEADER + list(rows)


def ys(count: int, top: float = 600, height: float = 30) -> list[float]:
    """Return the borders of rows of one height."""
    return [top + height * number for number in range(count + 1)]


def pages(first: list[Cell], second: list[Cell], *, open_cut: tuple[float, ...] = ()) -> Document:
    """Draw two pages of one table; `open_cut` are the left sides of the cells with no rule at the page break."""
    rows = [max(cell[0] + cell[2] for cell in cells) for cells in (first, second)]
    places = ys(rows[0]), ys(rows[1], top=60)
    drawn = []
    for cells, borders_at, cut in zip((first, second), places, (places[0][-1], places[1][0]), strict=True):
        sides = [s for s in borders(cells, XS, borders_at) if not (s[1] == s[3] == cut and s[0] in open_cut)]
        drawn.append([stroke(*side) for side in sides] + letters(cells, XS, borders_at))
    return read(drawn)


ROW: list[Cell] = [(1, 2, 1, 1, "保洁长度"), (1, 3, 1, 1, "≥20.00(公里)")]


def test_a_cut_merged_cell_without_rules_is_one_cell() -> None:
    first = upper((1, 0, 1, 1, "产出\n指标"), (1, 1, 1, 1, "数量指标"), *ROW)
    second: list[Cell] = [
        (0, 0, 2, 1, ""),
        (0, 1, 1, 1, ""),
        (0, 2, 1, 1, "巡查次数"),
        (0, 3, 1, 1, "=52.00(次)"),
        (1, 1, 1, 1, "质量指标"),
        (1, 2, 1, 1, "验收合格率"),
        (1, 3, 1, 1, "≥95.00(%)"),
    ]
    document = pages(first, second, open_cut=(60, 110))
    assert tables_of(document) == [
        joined(
            upper(
                (1, 0, 3, 1, "产出指标"),
                (1, 1, 2, 1, "数量指标"),
                *ROW,
                (2, 2, 1, 1, "巡查次数"),
                (2, 3, 1, 1, "=52.00(次)"),
                (3, 1, 1, 1, "质量指标"),
                (3, 2, 1, 1, "验收合格率"),
                (3, 3, 1, 1, "≥95.00(%)"),
            )
        )
    ]
    [table] = [block for block in document.blocks if isinstance(block, Table)]
    cut = next(cell for cell in table.cells if cell.text == "产出指标")
    assert isinstance(cut.passage.place, PagePlace)
    assert cut.passage.place.page == 1
    assert [place.page for place in cut.passage.place.continued] == [2]
    assert cut.passage.confidence is Confidence.RULED


def closed(level1: tuple[str, str], level2: tuple[str, str]) -> list[list[Cell]]:
    """Return the joined table of a break through merged cells that are ruled on both pages (as Writer does)."""
    first = upper(
        (1, 0, 2, 1, level1[0]),
        (1, 1, 2, 1, level2[0]),
        *ROW,
        (2, 2, 1, 1, "清运次数"),
        (2, 3, 1, 1, "=12.00(次)"),
    )
    second: list[Cell] = [
        (0, 0, 2, 1, level1[1]),
        (0, 1, 1, 1, level2[1]),
        (0, 2, 1, 1, "巡查次数"),
        (0, 3, 1, 1, "=52.00(次)"),
        (1, 1, 1, 1, "质量指标"),
        (1, 2, 1, 1, "验收合格率"),
        (1, 3, 1, 1, "≥95.00(%)"),
    ]
    return tables_of(pages(first, second))


JOINED = [
    joined(
        upper(
            (1, 0, 4, 1, "效益指标"),
            (1, 1, 3, 1, "可持续影响指标"),
            *ROW,
            (2, 2, 1, 1, "清运次数"),
            (2, 3, 1, 1, "=12.00(次)"),
            (3, 2, 1, 1, "巡查次数"),
            (3, 3, 1, 1, "=52.00(次)"),
            (4, 1, 1, 1, "质量指标"),
            (4, 2, 1, 1, "验收合格率"),
            (4, 3, 1, 1, "≥95.00(%)"),
        )
    )
]


def test_a_label_on_the_first_page_only() -> None:
    assert closed(("效益\n指标", ""), ("可持\n续影\n响指\n标", "")) == JOINED


def test_a_label_on_the_second_page_only() -> None:
    assert closed(("", "效益\n指标"), ("", "可持\n续影\n响指\n标")) == JOINED


def test_a_label_higher_than_its_cell_runs_into_its_neighbours() -> None:
    assert closed(("效益\n指标", ""), ("可\n持\n续影\n响\n指\n标", "")) == JOINED


def test_a_label_split_over_both_pages() -> None:
    assert closed(("效益", "指标"), ("可持\n续影", "响指\n标")) == JOINED


def test_a_label_printed_on_both_pages() -> None:
    assert closed(("效益\n指标", "效益\n指标"), ("可持续影\n响指标", "响指标")) == JOINED


def test_different_labels_are_not_joined() -> None:
    [cells] = closed(("效益指标", "满意度\n指标"), ("社会\n效益\n指标", "满意度\n指标"))
    assert [cell for cell in cells if cell[1] == 0 and cell[0]] == [
        (1, 0, 2, 1, "效益指标"),
        (3, 0, 2, 1, "满意度指标"),
    ]


def test_a_row_cut_in_the_middle_of_its_text_is_one_row() -> None:
    first = [
        *upper((1, 0, 1, 1, "产出指标"), (1, 1, 1, 1, "数量指标"), *ROW),
        (2, 0, 1, 1, "效益指标"),
        (2, 1, 1, 1, "社会效益\n指标"),
        (2, 2, 1, 1, "河道周边居民对于日常保洁养护工作的"),
        (2, 3, 1, 1, "≥95.00(%)"),
    ]
    second: list[Cell] = [
        (0, 0, 1, 1, ""),
        (0, 1, 1, 1, ""),
        (0, 2, 1, 1, "认可程度"),
        (0, 3, 1, 1, ""),
        (1, 0, 1, 1, "满意度\n指标"),
        (1, 1, 1, 1, "服务对象\n满意度\n指标"),
        (1, 2, 1, 1, "居民满意度"),
        (1, 3, 1, 1, "≥90.00(%)"),
    ]
    whole = [
        *first[:-2],
        (2, 2, 1, 1, "河道周边居民对于日常保洁养护工作的认可程度"),
        (2, 3, 1, 1, "≥95.00(%)"),
        (3, 0, 1, 1, "满意度指标"),
        (3, 1, 1, 1, "服务对象满意度指标"),
        (3, 2, 1, 1, "居民满意度"),
        (3, 3, 1, 1, "≥90.00(%)"),
    ]
    assert tables_of(pages(first, second)) == [joined(whole)]


def test_a_row_after_the_break_that_lacks_its_value_is_a_row() -> None:
    """The first text would have had room for more: nothing was cut."""
    first = [
        *upper((1, 0, 1, 1, "产出指标"), (1, 1, 1, 1, "数量指标"), *ROW),
        (2, 0, 1, 1, "效益指标"),
        (2, 1, 1, 1, "社会效益\n指标"),
        (2, 2, 1, 1, "居民认可程度"),
        (2, 3, 1, 1, "≥95.00(%)"),
    ]
    second: list[Cell] = [
        (0, 0, 1, 1, "满意度\n指标"),
        (0, 1, 1, 1, "服务对象\n满意度\n指标"),
        (0, 2, 1, 1, "居民满意度"),
        (0, 3, 1, 1, ""),
    ]
    moved = [(cell[0] + 3, *cell[1:]) for cell in second]
    assert tables_of(pages(first, second)) == [joined(first + moved)]


GOAL = "保障全区河道水面及两岸绿地整洁有序无漂浮垃圾，及时清\n运打捞各类水生植物和生活垃圾，不断改善水体，提升水域"


def test_a_long_text_cut_beside_its_label_is_one_text() -> None:
    first: list[Cell] = [
        (0, 0, 1, 2, "项目名称"),
        (0, 2, 1, 2, "河道保洁项目"),
        (1, 0, 1, 2, "年度总体目标"),
        (1, 2, 1, 2, GOAL),
    ]
    second: list[Cell] = [
        (0, 0, 1, 2, ""),
        (0, 2, 1, 2, "环境质量。"),
        *[(cell[0] + 1, *cell[1:]) for cell in HEADER],
    ]
    whole = [*first[:3], (1, 2, 1, 2, GOAL + "环境质量。"), *[(cell[0] + 2, *cell[1:]) for cell in HEADER]]
    assert tables_of(pages(first, second)) == [joined(whole)]


def test_a_header_row_that_is_repeated_is_read_once() -> None:
    first = upper((1, 0, 1, 1, "产出\n指标"), (1, 1, 1, 1, "数量指标"), *ROW)
    second = [
        *HEADER,
        (1, 0, 2, 1, ""),
        (1, 1, 1, 1, ""),
        (1, 2, 1, 1, "巡查次数"),
        (1, 3, 1, 1, "=52.00(次)"),
        (2, 1, 1, 1, "质量指标"),
        (2, 2, 1, 1, "验收合格率"),
        (2, 3, 1, 1, "≥95.00(%)"),
    ]
    assert tables_of(pages(first, second)) == [
        joined(
            upper(
                (1, 0, 3, 1, "产出指标"),
                (1, 1, 2, 1, "数量指标"),
                *ROW,
                (2, 2, 1, 1, "巡查次数"),
                (2, 3, 1, 1, "=52.00(次)"),
                (3, 1, 1, 1, "质量指标"),
                (3, 2, 1, 1, "验收合格率"),
                (3, 3, 1, 1, "≥95.00(%)"),
            )
        )
    ]


def test_a_row_printed_twice_at_the_break_is_one_row() -> None:
    first = upper((1, 0, 1, 1, "产出\n指标"), (1, 1, 1, 1, "数量指标"), *ROW)
    second: list[Cell] = [
        (0, 0, 1, 1, "产出\n指标"),
        (0, 1, 1, 1, "数量指标"),
        (0, 2, 1, 1, "保洁长度"),
        (0, 3, 1, 1, "≥20.00(公里)"),
        (1, 0, 1, 1, "满意度\n指标"),
        (1, 1, 1, 1, "服务对象\n满意度"),
        (1, 2, 1, 1, "居民满意度"),
        (1, 3, 1, 1, "≥90.00(%)"),
    ]
    document = pages(first, second)
    assert tables_of(document) == [joined(first + [(cell[0] + 1, *cell[1:]) for cell in second[4:]])]
    [table] = [block for block in document.blocks if isinstance(block, Table)]
    twice = [cell.text for cell in table.cells if cell.passage.confidence is Confidence.INFERRED]
    assert twice == ["产出指标", "数量指标", "保洁长度", "≥20.00(公里)"]


def test_a_level_printed_on_both_pages_beside_a_row_cut_in_its_text_is_written_once() -> None:
    first = upper(
        (1, 0, 1, 1, "产出\n指标"),
        (1, 1, 1, 1, "数量指标"),
        (1, 2, 1, 1, "主干河道和支流的日常保洁打捞清"),
        (1, 3, 1, 1, "≥20.00(公里)"),
    )
    second: list[Cell] = [
        (0, 0, 1, 1, "产出\n指标"),
        (0, 1, 1, 1, "数量指标"),
        (0, 2, 1, 1, "理长度"),
        (0, 3, 1, 1, ""),
    ]
    [table] = tables_of(pages(first, second, open_cut=XS[:-1]))
    assert [cell[4] for cell in table if cell[0] == 1] == [
        "产出指标",
        "数量指标",
        "主干河道和支流的日常保洁打捞清理长度",
        "≥20.00(公里)",
    ]


def test_rows_that_differ_in_brackets_are_two_rows() -> None:
    def row(name: str) -> list[Cell]:
        levels: list[Cell] = [(0, 0, 1, 1, "产出\n指标"), (0, 1, 1, 1, "时效指标")]
        return [*levels, (0, 2, 1, 1, name), (0, 3, 1, 1, "=100.00(%)")]

    first = upper(*[(1, *cell[1:]) for cell in row("补贴发放及时率（城镇）")])
    [table] = tables_of(pages(first, row("补贴发放及时率（农村）")))
    assert [(cell[0], cell[4]) for cell in table if cell[1] == 2] == [
        (0, "三级指标"),
        (1, "补贴发放及时率（城镇）"),
        (2, "补贴发放及时率（农村）"),
    ]


def test_empty_cells_under_a_label_are_not_taken_for_the_top_of_a_merged_cell() -> None:
    """Each level is written in its first row, with rules in between; two page breaks."""
    rows = [("数量指标", "巡查次数"), ("", "检测次数"), ("", "保洁次数"), ("质量指标", "合格率")]
    parts: list[list[Cell]] = [
        [
            (row, 0, 1, 1, "产出\n指标" if number + row == 0 else ""),
            (row, 1, 1, 1, level),
            (row, 2, 1, 1, name),
        ]
        for number, row, (level, name) in zip((0, 1, 1, 2), (0, 0, 1, 0), rows, strict=True)
    ]
    xs = XS[:-1]
    document = read(
        [
            ruled(parts[0], xs, ys(1)),
            ruled(parts[1] + parts[2], xs, ys(2, 60)),
            ruled(parts[3], xs, ys(1, 60)),
        ]
    )
    [table] = tables_of(document)
    assert [(cell[0], cell[2], cell[4]) for cell in table if cell[1] == 1] == [
        (0, 2, "数量指标"),
        (2, 1, ""),
        (3, 1, "质量指标"),
    ]


def test_a_header_row_printed_again_without_the_label_beside_the_table_is_dropped() -> None:
    xs = (30, *XS)

    def shifted(cells: list[Cell]) -> list[Cell]:
        return [(row, column + 1, *rest) for row, column, *rest in cells]

    first = shifted(upper((1, 0, 1, 1, "产出\n指标"), (1, 1, 1, 1, "数量指标"), *ROW))
    first.append((0, 0, 2, 1, "绩效\n指标"))
    other: list[Cell] = [(1, 2, 1, 1, "巡查次数"), (1, 3, 1, 1, "=52.00(次)")]
    second = shifted([*HEADER, (1, 0, 1, 1, ""), (1, 1, 1, 1, ""), *other])
    second += [(0, 0, 1, 1, ""), (1, 0, 1, 1, "")]
    document = read([ruled(first, xs, ys(2)), ruled(second, xs, ys(2, 60))])
    expected: list[Cell] = [
        (0, 0, 3, 1, "绩效指标"),
        *shifted(upper((1, 0, 2, 1, "产出指标"), (1, 1, 2, 1, "数量指标"), *ROW)),
        *shifted([(2, *cell[1:]) for cell in other]),
    ]
    assert tables_of(document) == [joined(expected)]


TITLE = "财政项目支出绩效目标申报表"
FORM: list[Cell] = [
    (0, 0, 1, 2, "项目名称"),
    (0, 2, 1, 2, "河道保洁项目"),
    *[(1, *cell[1:]) for cell in HEADER],
]


def test_a_form_with_its_title_above_is_another_table() -> None:
    heading = text(200, 50, TITLE, 16)
    document = read([[heading, *ruled(FORM, XS, ys(2, 80))], [heading, *ruled(FORM, XS, ys(2, 80))]])
    assert tables_of(document) == [FORM, FORM]
    assert lines_of(document) == [TITLE, TITLE]


def test_a_form_with_its_title_inside_is_another_table() -> None:
    form: list[Cell] = [(0, 0, 1, 4, TITLE), *[(cell[0] + 1, *cell[1:]) for cell in FORM]]
    assert tables_of(read([ruled(form, XS, ys(3, 80))] * 2)) == [form, form]


def test_a_form_without_a_title_begins_with_the_same_label() -> None:
    other = [FORM[0], (0, 2, 1, 2, "道路养护项目"), *FORM[2:]]
    assert tables_of(read([ruled(FORM, XS, ys(2, 60)), ruled(other, XS, ys(2, 60))])) == [FORM, other]


def test_running_heads_and_page_numbers_do_not_part_a_table() -> None:
    first = upper((1, 0, 1, 1, "产出指标"), (1, 1, 1, 1, "数量指标"), *ROW)
    second: list[Cell] = [
        (0, 0, 1, 1, "满意度\n指标"),
        (0, 1, 1, 1, "服务对象\n满意度"),
        (0, 2, 1, 1, "居民满意度"),
        (0, 3, 1, 1, "≥90.00(%)"),
    ]
    head = text(60, 40, "上海市某局2026年部门预算")
    parts = [
        [head, *ruled(first, XS, ys(2, 600)), text(290, 800, "- 12 -")],
        [head, *ruled(second, XS, ys(1, 60)), text(290, 800, "- 13 -")],
    ]
    assert tables_of(read(parts)) == [joined(first + [(cell[0] + 2, *cell[1:]) for cell in second])]


def test_pages_printed_side_by_side_are_read_from_the_left() -> None:
    """Two pages on one sheet: a form that begins on the left goes on at the upper right."""
    xs = (20, 60, 100, 190, 260)
    form: list[Cell] = [
        *FORM,
        *[(2, *cell[1:]) for cell in ROW],
        (2, 0, 1, 1, "产出指标"),
        (2, 1, 1, 1, "数量指标"),
    ]
    rest: list[Cell] = [
        (0, 0, 1, 1, "满意度\n指标"),
        (0, 1, 1, 1, "服务对象\n满意度"),
        (0, 2, 1, 1, "居民满意度"),
        (0, 3, 1, 1, "≥90.00(%)"),
    ]
    beside = [x + 297 for x in xs]
    sheet = [text(60, 50, TITLE, 12), *ruled(form, xs, ys(3, 80), 8), *ruled(rest, beside, ys(1, 40), 8)]
    feet = [text(140, 800, "- 1 -"), text(437, 800, "- 2 -")]
    document = read([sheet + feet])
    assert tables_of(document) == [joined([*form, *[(3, *cell[1:]) for cell in rest]])]
    assert lines_of(document) == [TITLE, "-1-", "-2-"]
    [table] = [block for block in document.blocks if isinstance(block, Table)]
    places = [cell.passage.place for cell in table.cells if cell.text == "居民满意度"]
    assert [round(side) for place in places for side in getattr(place, "box", ())] == [397, 40, 487, 70]


def test_tables_of_other_widths_are_not_joined() -> None:
    narrow = (60, 110, 170, 300, 400)
    document = read([ruled(FORM, XS, ys(2, 700)), ruled(FORM, narrow, ys(2, 60))])
    assert tables_of(document) == [FORM, FORM]


def test_margins_for_binding_do_not_part_a_table() -> None:
    first = upper((1, 0, 1, 1, "产出指标"), (1, 1, 1, 1, "数量指标"), *ROW)
    second: list[Cell] = [
        (0, 0, 1, 1, "满意度\n指标"),
        (0, 1, 1, 1, "服务对象\n满意度"),
        (0, 2, 1, 1, "居民满意度"),
        (0, 3, 1, 1, "≥90.00(%)"),
    ]
    shifted = [x + 30 for x in XS]
    document = read([ruled(first, XS, ys(2, 600)), ruled(second, shifted, ys(1, 60))])
    assert tables_of(document) == [joined(first + [(cell[0] + 2, *cell[1:]) for cell in second])]


def test_a_table_without_a_bottom_rule_goes_on() -> None:
    first = upper((1, 0, 1, 1, "产出指标"), (1, 1, 1, 1, "数量指标"), *ROW)
    second: list[Cell] = [
        (0, 0, 1, 1, "满意度\n指标"),
        (0, 1, 1, 1, "服务对象\n满意度"),
        (0, 2, 1, 1, "居民满意度"),
        (0, 3, 1, 1, "≥90.00(%)"),
    ]
    below = ys(2, 600)
    sides = [side for side in borders(first, XS, below) if not side[1] == side[3] == below[-1]]
    open_page = [stroke(*side) for side in sides] + letters(first, XS, below)
    document = read([open_page, ruled(second, XS, ys(1, 60))])
    assert tables_of(document) == [joined(first + [(cell[0] + 2, *cell[1:]) for cell in second])]


def test_three_pages_of_one_merged_cell() -> None:
    def page(number: int) -> list[Cell]:
        rows: list[Cell] = [
            (0, 0, 2, 1, "产出\n指标" if number == 0 else ""),
            (0, 1, 2, 1, "数量指标" if number == 0 else ""),
        ]
        for row in (0, 1):
            rows += [
                (row, 2, 1, 1, f"第{2 * number + row}项完成数"),
                (row, 3, 1, 1, f"={2 * number + row}.00(项)"),
            ]
        return rows

    document = read([ruled(page(number), XS, ys(2, 60)) for number in range(3)])
    rows = [
        cell
        for number in range(6)
        for cell in ((number, 2, 1, 1, f"第{number}项完成数"), (number, 3, 1, 1, f"={number}.00(项)"))
    ]
    assert tables_of(document) == [joined([(0, 0, 6, 1, "产出指标"), (0, 1, 6, 1, "数量指标"), *rows])]


def test_a_row_cut_below_which_the_header_row_is_repeated_is_one_row() -> None:
    """The name stands below the break, the value above it; the last row below is cut the same way."""
    first = [
        *upper((1, 0, 2, 1, "产出指标"), (1, 1, 2, 1, "数量指标"), *ROW),
        (2, 2, 1, 1, ""),
        (2, 3, 1, 1, "≥256.00(次)"),
    ]
    second: list[Cell] = [
        *HEADER,
        (1, 0, 4, 1, ""),
        (1, 1, 4, 1, ""),
        (1, 2, 1, 1, "水质检测次数"),
        (1, 3, 1, 1, ""),
        (2, 2, 1, 1, "更换管网长度"),
        (2, 3, 1, 1, "≥23.00(公里)"),
        (3, 2, 1, 1, "维修水表井数"),
        (3, 3, 1, 1, "≥140.00(座)"),
        (4, 2, 1, 1, ""),
        (4, 3, 1, 1, "≤2.00(小时)"),
    ]
    (table,) = (block for block in pages(first, second).blocks if isinstance(block, Table))
    assert [[cell.text for cell in table.cells if cell.row == row and cell.column > 1] for row in (2, 3)] == [
        ["水质检测次数", "≥256.00(次)"],
        ["更换管网长度", "≥23.00(公里)"],
    ]
