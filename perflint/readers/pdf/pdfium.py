"""pdfium's raw interface, bound for speed: plain pointers, whole pages in one array."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from ctypes import c_char_p, c_float, c_int, c_uint, c_ulong, c_void_p
from typing import Any

import pypdfium2.raw as raw

Function = Callable[..., Any]


def bound(function: Any, result: Any, *arguments: Any) -> Function:
    """Return a function of pdfium with plain argument types.

    A call costs a third of one through pypdfium2's own signatures, which check pointer types. The
    interpreter's lock is kept: pdfium is not thread-safe anyway, and to hand it back and forth takes longer
    than most calls.
    """
    address = ctypes.cast(function, c_void_p).value or 0
    return ctypes.PYFUNCTYPE(result, *arguments)(address)


def handle_of(pointer: Any) -> int:
    """Return a pdfium handle as a number."""
    return ctypes.cast(pointer, c_void_p).value or 0


load_text = bound(raw.FPDFText_LoadPage, c_void_p, c_void_p)
close_text = bound(raw.FPDFText_ClosePage, None, c_void_p)
count_characters = bound(raw.FPDFText_CountChars, c_int, c_void_p)
get_text = bound(raw.FPDFText_GetText, c_int, c_void_p, c_int, c_int, c_void_p)
get_unicode = bound(raw.FPDFText_GetUnicode, c_uint, c_void_p, c_int)
get_loose_box = bound(raw.FPDFText_GetLooseCharBox, c_int, c_void_p, c_int, c_void_p)
get_ink_box = bound(raw.FPDFText_GetCharBox, c_int, c_void_p, c_int, *[c_void_p] * 4)
get_angle = bound(raw.FPDFText_GetCharAngle, c_float, c_void_p, c_int)
get_text_colour = bound(raw.FPDFText_GetFillColor, c_int, c_void_p, c_int, *[c_void_p] * 4)
is_undecodable = bound(raw.FPDFText_HasUnicodeMapError, c_int, c_void_p, c_int)
count_objects = bound(raw.FPDFPage_CountObjects, c_int, c_void_p)
get_object = bound(raw.FPDFPage_GetObject, c_void_p, c_void_p, c_int)
count_form_objects = bound(raw.FPDFFormObj_CountObjects, c_int, c_void_p)
get_form_object = bound(raw.FPDFFormObj_GetObject, c_void_p, c_void_p, c_uint)
object_type = bound(raw.FPDFPageObj_GetType, c_int, c_void_p)
object_bounds = bound(raw.FPDFPageObj_GetBounds, c_int, *[c_void_p] * 5)
object_matrix = bound(raw.FPDFPageObj_GetMatrix, c_int, c_void_p, c_void_p)
path_mode = bound(raw.FPDFPath_GetDrawMode, c_int, c_void_p, c_void_p, c_void_p)
fill_colour = bound(raw.FPDFPageObj_GetFillColor, c_int, *[c_void_p] * 5)
stroke_colour = bound(raw.FPDFPageObj_GetStrokeColor, c_int, *[c_void_p] * 5)
count_segments = bound(raw.FPDFPath_CountSegments, c_int, c_void_p)
get_segment = bound(raw.FPDFPath_GetPathSegment, c_void_p, c_void_p, c_int)
segment_type = bound(raw.FPDFPathSegment_GetType, c_int, c_void_p)
segment_point = bound(raw.FPDFPathSegment_GetPoint, c_int, c_void_p, c_void_p, c_void_p)
segment_closes = bound(raw.FPDFPathSegment_GetClose, c_int, c_void_p)
get_text_object = bound(raw.FPDFText_GetTextObject, c_void_p, c_void_p, c_int)
get_clip = bound(raw.FPDFPageObj_GetClipPath, c_void_p, c_void_p)
count_clip_paths = bound(raw.FPDFClipPath_CountPaths, c_int, c_void_p)
count_clip_segments = bound(raw.FPDFClipPath_CountPathSegments, c_int, c_void_p, c_int)
get_clip_segment = bound(raw.FPDFClipPath_GetPathSegment, c_void_p, c_void_p, c_int, c_int)
count_annotations = bound(raw.FPDFPage_GetAnnotCount, c_int, c_void_p)
get_annotation = bound(raw.FPDFPage_GetAnnot, c_void_p, c_void_p, c_int)
close_annotation = bound(raw.FPDFPage_CloseAnnot, None, c_void_p)
annotation_flags = bound(raw.FPDFAnnot_GetFlags, c_int, c_void_p)
annotation_kind = bound(raw.FPDFAnnot_GetSubtype, c_int, c_void_p)
annotation_box = bound(raw.FPDFAnnot_GetRect, c_int, c_void_p, c_void_p)
annotation_string = bound(raw.FPDFAnnot_GetStringValue, c_ulong, c_void_p, c_char_p, c_void_p, c_ulong)
field_type = bound(raw.FPDFAnnot_GetFormFieldType, c_int, c_void_p, c_void_p)
field_value = bound(raw.FPDFAnnot_GetFormFieldValue, c_ulong, c_void_p, c_void_p, c_void_p, c_ulong)
field_is_checked = bound(raw.FPDFAnnot_IsChecked, c_int, c_void_p, c_void_p)
