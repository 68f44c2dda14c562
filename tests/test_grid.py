"""The cell finder by itself: any grid of merged cells comes back as it was drawn."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perflint.readers.grid import Character, Ruling, find_tables

Rectangle = tuple[int, int, int, int]


@st.composite
def merged_grids(draw: st.DrawFn) -> tuple[list[float], list[float], list[Rectangle]]:
    """Return borders and a tiling of their units by cells (row, column, spans), at least two."""
    widths = draw(st.lists(st.integers(12, 80), min_size=2, max_size=6))
    heights = draw(st.lists(st.integers(12, 60), min_size=2, max_size=8))
    xs = [50.0 + sum(widths[:count]) for count in range(len(widths) + 1)]
    ys = [50.0 + sum(heights[:count]) for count in range(len(heights) + 1)]
    taken = [[False] * len(widths) for _ in heights]
    cells = []
    for row in range(len(heights)):
        for column in range(len(widths)):
            if taken[row][column]:
                continue
            free = next((c for c in range(column, len(widths)) if taken[row][c]), len(widths)) - column
            columns, rows = draw(st.integers(1, free)), draw(st.integers(1, len(heights) - row))
            for unit in range(row, row + rows):
                taken[unit][column : column + columns] = [True] * columns
            cells.append((row, column, rows, columns))
    return xs, ys, cells


def drawn_from(xs: list[float], ys: list[float], cells: list[Rectangle]) -> list[Ruling]:
    """Return the four sides of every cell."""
    found = []
    for row, column, rows, columns in cells:
        x0, top, x1, bottom = xs[column], ys[row], xs[column + columns], ys[row + rows]
        found += [
            Ruling(x0, top, x1, top),
            Ruling(x0, bottom, x1, bottom),
            Ruling(x0, top, x0, bottom),
            Ruling(x1, top, x1, bottom),
        ]
    return found


def whole(places: list[float], cells: list[Rectangle], axis: int) -> bool:
    """Say whether every border is the side of a cell (one that is not drawn anywhere cannot be found)."""
    sides = {cell[axis] for cell in cells} | {cell[axis] + cell[axis + 2] for cell in cells}
    return sides == set(range(len(places)))


@given(merged_grids())
@settings(max_examples=150)
def test_every_tiling_is_found_again(grid: tuple[list[float], list[float], list[Rectangle]]) -> None:
    xs, ys, cells = grid
    if len(cells) < 2 or not whole(ys, cells, 0) or not whole(xs, cells, 1):
        return
    characters = []
    for number, (row, column, rows, columns) in enumerate(cells):
        x, y = (xs[column] + xs[column + columns]) / 2, (ys[row] + ys[row + rows]) / 2
        characters.append(Character(chr(0x4E00 + number), x - 4, y - 4, x + 4, y + 4))
    page = find_tables(characters, drawn_from(xs, ys, cells), 700, 700)
    [table] = page.tables
    found = [(cell.row, cell.column, cell.row_span, cell.column_span, cell.text) for cell in table.cells]
    assert found == [(*cell, chr(0x4E00 + number)) for number, cell in enumerate(cells)]
    assert all(cell.sure for cell in table.cells)
    assert page.lines == ()


@given(
    st.lists(st.tuples(*[st.floats(0, 500)] * 4), max_size=40),
    st.lists(st.tuples(st.characters(categories=["Lo", "Nd", "Po"]), *[st.floats(0, 500)] * 2), max_size=40),
)
@settings(max_examples=150)
def test_no_character_is_lost_whatever_is_drawn(
    lines: list[tuple[float, float, float, float]], letters: list[tuple[str, float, float]]
) -> None:
    rulings = [
        Ruling(min(x0, x1), y0, max(x0, x1), y0) if index % 2 else Ruling(x0, min(y0, y1), x0, max(y0, y1))
        for index, (x0, y0, x1, y1) in enumerate(lines)
    ]
    characters = [Character(letter, x, y, x + 10, y + 12) for letter, x, y in letters]
    page = find_tables(characters, rulings, 600, 600)
    texts = [cell.text for table in page.tables for cell in table.cells] + [line.text for line in page.lines]
    assert set("".join(texts)) - {"\n", " "} == {letter for letter, _, _ in letters}


# As Chromium prints them, and as pdfium gives them back: letter, left and right side.
ONE_DIGIT_OVER = [
    *[("(", 289.3, 293.1), ("人", 293.5, 303.2), ("1", 302.5, 307.4), (")", 303.6, 307.4)],
    *[("8", 307.4, 313.3), ("6", 313.3, 319.2)],
]
TWO_DIGITS_OVER = [
    *[("(", 295.1, 298.9), ("册", 298.9, 309.4), ("2", 302.5, 308.4), ("4", 308.4, 314.2)],
    *[(")", 309.4, 313.3), ("0", 314.2, 320.0)],
]


@pytest.mark.parametrize(
    ("letters", "texts"), [(ONE_DIGIT_OVER, ["(人)", "186"]), (TWO_DIGITS_OVER, ["(册)", "240"])]
)
def test_text_that_runs_into_the_next_cell_stays_with_its_own(
    letters: list[tuple[str, float, float]], texts: list[str]
) -> None:
    characters = [Character(text, x0, 52.0, x1, 62.0) for text, x0, x1 in letters]
    rulings = drawn_from([240.0, 298.2, 360.0], [48.0, 66.0], [(0, 0, 1, 1), (0, 1, 1, 1)])
    (table,) = find_tables(characters, rulings, 400, 100).tables
    assert ["".join(line.text for line in cell.lines) for cell in table.cells] == texts
