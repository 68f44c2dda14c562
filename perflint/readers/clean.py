"""Clean a text once, at the edge: free it from what fonts, line ends and converters did to it."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from itertools import pairwise

from perflint.words import words

# Kangxi radicals, compatibility ideographs and their supplement: fonts map 一 目 民 to these code points.
_FOLDED_BLOCKS = ((0x2F00, 0x2FDF), (0xF900, 0xFAFF), (0x2F800, 0x2FA1F))

# Soft hyphen, zero-width and direction marks, control characters that are no blanks: nobody sees them.
_INVISIBLE = re.compile(
    r"[\x00\x01\x03-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]"
)

# pdfium writes U+FFFE or U+0002 for a hyphen at a line end (COVID-|19), and the line goes on behind it.
_LINE_END_HYPHEN = re.compile("[\x02\ufffe]\\s*")

# Converters of PDF to text write comparators as LaTeX: $\geq 90\%$. Only these become signs; an escaped sign
# (\%) is shown as the file has it, and read as the sign by whoever reads values.
_LATEX_SIGNS = {
    "geq": "≥", "geqslant": "≥", "ge": "≥", "leq": "≤", "leqslant": "≤", "le": "≤", "gt": ">", "lt": "<",
    "neq": "≠", "approx": "≈", "times": "×", "pm": "±", "sim": "~", "cdot": "·", "circ": "°",
}  # fmt: skip
_LATEX_COMMAND = re.compile(r"\\([a-z]+)(?![A-Za-z])")
_LATEX_FORMULA = re.compile(r"\$([^$\n]{1,80})\$")
_LATEX_BODY = re.compile(r"[\\=<>]|^[\s\d.,%]+$")

_LATIN = r"A-Za-z0-9À-ÖØ-öø-ɏ"
_BLANK = re.compile(rf"(?:[{_LATIN}]|[A-Za-z][,.;:!?)]) (?=[{_LATIN}])")
_LINE_END = re.compile(r"\s*[\n\r\v\f\x85\u2028\u2029]\s*")
_NEEDS_WORK = re.compile(
    r"[\s\\$\x00-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffe\u2e80-\u2fdf\uf900-\ufaff"
    "\U0002f800-\U0002fa1f]"
)


@cache
def _folded_characters() -> dict[int, str]:
    """Return the characters that are shown as others, by code point."""
    data = words("radicals")
    listed = dict(zip(map(ord, data["radicals"]), data["characters"], strict=True))
    decomposed = {
        point: character
        for first, last in _FOLDED_BLOCKS
        for point in range(first, last + 1)
        if (character := unicodedata.normalize("NFKC", chr(point))) != chr(point)
    }
    return decomposed | listed


def clean(text: str) -> str:
    """Return the text as it is meant to be read.

    CJK radicals and compatibility ideographs become the characters they stand for, LaTeX comparators become
    signs, invisible characters go, line ends are joined, and blanks stay only between Latin words or figures.
    Nothing else changes: ①, ㎡ and full-width brackets stay as they are (Unicode's NFKC would rewrite them).
    Idempotent.
    """
    if not _NEEDS_WORK.search(text):
        return text
    text = _LINE_END_HYPHEN.sub("-", text.translate(_folded_characters()))
    text = _LATEX_FORMULA.sub(_formula, _INVISIBLE.sub("", text))
    text = _LATEX_COMMAND.sub(_command, text)
    return _without_blanks(text)


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """Return the text for comparing, never for showing: clean, NFKC, without any blank, case folded."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", clean(text)).casefold())
    return "".join(folded.split())


def _formula(match: re.Match[str]) -> str:
    """Return what stands between the dollar signs of a formula; two mere dollar signs stay."""
    return match[1] if _LATEX_BODY.search(match[1]) else match[0]


def _command(match: re.Match[str]) -> str:
    """Return the sign of a LaTeX command; an unknown command stays."""
    return _LATEX_SIGNS.get(match[1], match[0])


def _without_blanks(text: str) -> str:
    """Join lines and keep single blanks between Latin words or figures only.

    Figures broken over a line are one figure (20|20年12月); Latin words are two.
    """
    tokens = re.sub(r"(?<=\d)\n(?=\d)", "", _LINE_END.sub("\n", text)).split()
    pieces = tokens[:1]
    for before, after in pairwise(tokens):
        pieces.append(f" {after}" if _BLANK.search(f"{before[-2:]} {after[:1]}") else after)
    return "".join(pieces)
