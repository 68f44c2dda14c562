"""Pages placed inside a form object (several on a sheet, stamped, signed): boxes that pdfium leaves where they were.

A character that comes from `/ActualText` (Chromium writes it for 一, 目, 生 …) has a box without the form's matrix.
"""

from __future__ import annotations

from array import array

import pypdfium2.raw as raw

from perflint.readers.pdf import pdfium
from perflint.readers.pdf.matrices import IDENTITY, Matrix, matrix_of, moved, product
from perflint.readers.pdf.pdfium import Handle

FEW = 50
"""A page placed in a form object has few objects beside it; on others it is not looked for."""
SAME = 0.05
"""Points by which the box of a character may differ from that of its ink where pdfium knows no other."""


def form_matrix(page: Handle) -> Matrix | None:
    """Return the matrix of the one form object that a page consists of, None where it is not made so."""
    count = pdfium.count_objects(page)
    if count > FEW:
        return None
    handles = [pdfium.get_object(page, index) for index in range(count)]
    matrix = IDENTITY
    while True:
        forms = [each for each in handles if pdfium.object_type(each) == raw.FPDF_PAGEOBJ_FORM]
        if len(forms) != 1:
            return None if matrix == IDENTITY else matrix
        matrix = product(matrix_of(forms[0]), matrix)
        inside = min(pdfium.count_form_objects(forms[0]), FEW)
        handles = [pdfium.get_form_object(forms[0], index) for index in range(inside)]


Box = tuple[float, float, float, float]
"""Left, top, right, bottom in PDF coordinates."""


def placed(handle: Handle, indices: range, boxes: list[float], matrix: Matrix) -> list[float]:
    """Return left, top, right, bottom of a word's characters, those that lack the form's matrix put right.

    These have the box of their ink. So have a few that fill their box (额): they stand beside the others as they are.
    """
    ink = array("d", [0.0] * 4)
    places = pdfium.places_in(ink)
    found: list[Box] = []
    doubtful: list[int] = []
    for number, index in enumerate(indices):
        left, top, right, bottom = boxes[4 * number : 4 * number + 4]
        pdfium.get_ink_box(handle, index, *places)
        if max(abs(left - ink[0]), abs(right - ink[1]), abs(bottom - ink[2]), abs(top - ink[3])) <= SAME:
            doubtful.append(number)
        found.append((left, top, right, bottom))
    sure = [number for number in range(len(found)) if number not in doubtful]
    for number in doubtful:
        left, top, right, bottom = found[number]
        box = (*moved(matrix, left, top), *moved(matrix, right, bottom))
        beside = [(other - number, found[other]) for other in _neighbours(number, sure)]
        if not beside or _misplaced(box, beside) < _misplaced(found[number], beside):
            found[number] = box
    return [side for box in found for side in box]


def _neighbours(number: int, sure: list[int]) -> list[int]:
    """Return the nearest characters before and behind one whose boxes are sure."""
    return [
        *[other for other in sure if other < number][-1:],
        *[other for other in sure if other > number][:1],
    ]


def _misplaced(box: Box, beside: list[tuple[int, Box]]) -> float:
    """Return how far a box is from where a character stands that many characters before or behind another."""
    return min(
        abs(other[0] + other[2] - box[0] - box[2] - 2 * steps * (other[2] - other[0]))
        + abs(other[1] + other[3] - box[1] - box[3])
        for steps, other in beside
    )
