"""Values that stand in form fields and text annotations, not in the page's own text."""

from __future__ import annotations

import ctypes
from array import array
from collections.abc import Callable, Iterator
from typing import Any

import pypdfium2.raw as raw

from perflint.readers.grid import Character
from perflint.readers.pdf import pdfium
from perflint.readers.pdf.geometry import Geometry
from perflint.readers.pdf.pdfium import Handle

LONGEST = 100_000
"""Bytes of a value that are read."""
LINE_HEIGHT = 14.0
"""Points that a line of a value takes where its field is higher."""
CHECKED = "√"
MARGIN = 2.0
"""Points between a field's side and its value."""

_HIDDEN = raw.FPDF_ANNOT_FLAG_HIDDEN | raw.FPDF_ANNOT_FLAG_NOVIEW | raw.FPDF_ANNOT_FLAG_INVISIBLE


def values_on(page: Handle, form: Handle | int, geometry: Geometry) -> list[Character]:
    """Return the values of fields and text annotations as characters spread over their rectangles.

    `page` and `form` are pdfium's handles; `form` is 0 where the document has no fields.
    """
    found: list[Character] = []
    for index in range(pdfium.count_annotations(page)):
        annotation = pdfium.get_annotation(page, index)
        if not annotation:
            continue
        try:
            if text := _value(annotation, form):
                found += _spread(text, annotation, geometry)
        finally:
            pdfium.close_annotation(annotation)
    return found


def _value(annotation: Handle, form: Handle | int) -> str:
    """Return what an annotation shows as text, nothing where it is hidden or of another kind."""
    if pdfium.annotation_flags(annotation) & _HIDDEN:
        return ""
    kind = pdfium.annotation_kind(annotation)
    if kind == raw.FPDF_ANNOT_FREETEXT:
        return _string(lambda buffer, size: pdfium.annotation_string(annotation, b"Contents", buffer, size))
    if kind != raw.FPDF_ANNOT_WIDGET or not form:
        return ""
    field = pdfium.field_type(form, annotation)
    if field in (raw.FPDF_FORMFIELD_CHECKBOX, raw.FPDF_FORMFIELD_RADIOBUTTON):
        return CHECKED if pdfium.field_is_checked(form, annotation) else ""
    if field in (raw.FPDF_FORMFIELD_TEXTFIELD, raw.FPDF_FORMFIELD_COMBOBOX, raw.FPDF_FORMFIELD_LISTBOX):
        return _string(lambda buffer, size: pdfium.field_value(form, annotation, buffer, size))
    return ""


def _string(read: Callable[[Any, int], int]) -> str:
    """Return a string that pdfium writes into a buffer as UTF-16, its length in bytes asked first."""
    size = min(read(None, 0), LONGEST)
    buffer = ctypes.create_string_buffer(size + 2)
    read(buffer, size)
    return buffer.raw[:size].decode("utf-16-le", "replace").rstrip("\0")


def _spread(text: str, annotation: Handle, geometry: Geometry) -> Iterator[Character]:
    """Return the characters of a value with places inside the annotation's rectangle."""
    corners = array("f", [0.0] * 4)
    if not pdfium.annotation_box(annotation, pdfium.places_in(corners)[0]):
        return
    left, upper, right, lower = corners
    x0, top, x1, bottom = geometry.read(left, lower, right, upper)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    height = min((bottom - top) / len(lines), LINE_HEIGHT)
    start = (top + bottom - height * len(lines)) / 2
    for number, line in enumerate(lines):
        upper_edge = start + number * height
        step = min((x1 - x0 - 2 * MARGIN) / max(len(line), 1), height)
        for place, letter in enumerate(line):
            if not letter.isspace():
                x = x0 + MARGIN + place * step
                yield Character(letter, x, upper_edge, x + step, upper_edge + height)
