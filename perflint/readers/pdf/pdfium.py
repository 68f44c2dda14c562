"""pdfium's raw interface, bound for speed: plain pointers, whole pages in one array."""

from __future__ import annotations

import ctypes
from array import array
from collections.abc import Callable
from ctypes import c_float, c_int, c_uint, c_ulong
from typing import TYPE_CHECKING, Any

import pypdfium2.raw as raw

Function = Callable[..., Any]


class _Unknown(ctypes.Structure):
    """What a pointer of pdfium's leads to, which only pdfium knows."""


if TYPE_CHECKING:
    Handle = ctypes._Pointer[_Unknown]
else:
    Handle = ctypes.POINTER(_Unknown)


def bound(function: Any, result: Any) -> Function:
    """Return a function of pdfium that takes its arguments as they are: handles, arrays, bytes, and numbers as C int.

    Without argument types a call costs two thirds of one with plain types, a fifth of one through pypdfium2's own
    signatures, which check pointer types; but an address given as a number would lose its upper half. The
    interpreter's lock is kept: pdfium is not thread-safe anyway, and to hand it back and forth takes longer than
    most calls.
    """
    return ctypes.PYFUNCTYPE(result)(ctypes.cast(function, ctypes.c_void_p).value or 0)


def handle_of(pointer: Any) -> Handle:
    """Return one of pypdfium2's pointers as a handle."""
    return ctypes.cast(pointer, Handle)


def places_in(numbers: array[Any]) -> tuple[Any, ...]:
    """Return where the items of an array stand, for functions that fill them in.

    To read an item of Python's arrays takes a tenth of what one of ctypes' takes.
    """
    buffer = (ctypes.c_char * (numbers.itemsize * len(numbers))).from_buffer(numbers)
    return tuple(ctypes.byref(buffer, numbers.itemsize * index) for index in range(len(numbers)))


load_text = bound(raw.FPDFText_LoadPage, Handle)
close_text = bound(raw.FPDFText_ClosePage, None)
count_characters = bound(raw.FPDFText_CountChars, c_int)
get_text = bound(raw.FPDFText_GetText, c_int)
get_unicode = bound(raw.FPDFText_GetUnicode, c_uint)
get_loose_box = bound(raw.FPDFText_GetLooseCharBox, c_int)
get_ink_box = bound(raw.FPDFText_GetCharBox, c_int)
get_angle = bound(raw.FPDFText_GetCharAngle, c_float)
get_text_colour = bound(raw.FPDFText_GetFillColor, c_int)
is_undecodable = bound(raw.FPDFText_HasUnicodeMapError, c_int)
count_objects = bound(raw.FPDFPage_CountObjects, c_int)
get_object = bound(raw.FPDFPage_GetObject, Handle)
count_form_objects = bound(raw.FPDFFormObj_CountObjects, c_int)
get_form_object = bound(raw.FPDFFormObj_GetObject, Handle)
object_type = bound(raw.FPDFPageObj_GetType, c_int)
object_bounds = bound(raw.FPDFPageObj_GetBounds, c_int)
object_matrix = bound(raw.FPDFPageObj_GetMatrix, c_int)
path_mode = bound(raw.FPDFPath_GetDrawMode, c_int)
fill_colour = bound(raw.FPDFPageObj_GetFillColor, c_int)
stroke_colour = bound(raw.FPDFPageObj_GetStrokeColor, c_int)
count_segments = bound(raw.FPDFPath_CountSegments, c_int)
get_segment = bound(raw.FPDFPath_GetPathSegment, Handle)
segment_type = bound(raw.FPDFPathSegment_GetType, c_int)
segment_point = bound(raw.FPDFPathSegment_GetPoint, c_int)
segment_closes = bound(raw.FPDFPathSegment_GetClose, c_int)
get_text_object = bound(raw.FPDFText_GetTextObject, Handle)
get_clip = bound(raw.FPDFPageObj_GetClipPath, Handle)
count_clip_paths = bound(raw.FPDFClipPath_CountPaths, c_int)
count_clip_segments = bound(raw.FPDFClipPath_CountPathSegments, c_int)
get_clip_segment = bound(raw.FPDFClipPath_GetPathSegment, Handle)
count_annotations = bound(raw.FPDFPage_GetAnnotCount, c_int)
get_annotation = bound(raw.FPDFPage_GetAnnot, Handle)
close_annotation = bound(raw.FPDFPage_CloseAnnot, None)
annotation_flags = bound(raw.FPDFAnnot_GetFlags, c_int)
annotation_kind = bound(raw.FPDFAnnot_GetSubtype, c_int)
annotation_box = bound(raw.FPDFAnnot_GetRect, c_int)
annotation_string = bound(raw.FPDFAnnot_GetStringValue, c_ulong)
field_type = bound(raw.FPDFAnnot_GetFormFieldType, c_int)
field_value = bound(raw.FPDFAnnot_GetFormFieldValue, c_ulong)
field_is_checked = bound(raw.FPDFAnnot_IsChecked, c_int)
