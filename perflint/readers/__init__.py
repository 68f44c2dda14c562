"""Readers: the bytes of a file, of whatever format, to a Document."""

from __future__ import annotations

from importlib import import_module

from perflint.document import Document
from perflint.limits import Limits, enforce
from perflint.readers.kinds import KNOWN_EXTENSIONS, detect_kind, extension_of

__all__ = ["KNOWN_EXTENSIONS", "read_document"]

DEFAULT_LIMITS = Limits()


def read_document(
    data: bytes, name: str, limits: Limits = DEFAULT_LIMITS, pdf_engine: str = "pdfium"
) -> Document:
    """Read a file into lines and tables; what it is is told by its content, then by its extension.

    `name` is a file name, used only for its extension; `pdf_engine` is pdfium or pdfplumber.
    Raises UnreadableFile where nothing can be read: empty, damaged, encrypted, unknown, over a limit.
    """
    enforce(limits, "file_bytes", len(data))
    kind = detect_kind(data, name, limits)
    # Imported when needed: each reader brings a library that takes longer to load than a form to read.
    reader = import_module(f"perflint.readers.{kind}")
    document: Document
    if kind == "pdf":
        document = reader.read(data, limits, pdf_engine)
    elif kind == "legacy":
        document = reader.read(data, limits, extension_of(name))
    else:
        document = reader.read(data, limits)
    return document
