"""Matrices of PDF objects: a, b, c, d, e, f of ISO 32000-1, 8.3.3."""

from __future__ import annotations

from array import array

from perflint.readers.pdf import pdfium
from perflint.readers.pdf.pdfium import Handle

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)

_six = array("f", [0.0] * 6)
_SIX = pdfium.places_in(_six)


def matrix_of(handle: Handle) -> Matrix:
    """Return the matrix of a page object (pdfium's handle)."""
    if not pdfium.object_matrix(handle, _SIX[0]):
        return IDENTITY
    a, b, c, d, e, f = _six
    return (a, b, c, d, e, f)


def product(inner: Matrix, outer: Matrix) -> Matrix:
    """Return the matrix that applies `inner` first, then `outer`."""
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def moved(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    """Return a point under a matrix."""
    a, b, c, d, e, f = matrix
    return (a * x + c * y + e, b * x + d * y + f)
