"""What kind of file it is: its first bytes and parts tell, its extension only where these are silent."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import Literal

from perflint.document import UnreadableFile
from perflint.limits import Limits

Kind = Literal["pdf", "docx", "xlsx", "xls", "html", "ofd", "text", "legacy", "picture"]

KNOWN_EXTENSIONS = frozenset([
    ".pdf", ".docx", ".docm", ".xlsx", ".xlsm", ".xls", ".et", ".doc", ".wps", ".rtf", ".htm", ".html",
    ".mht", ".mhtml", ".txt", ".tsv", ".ofd", ".odt", ".ods", ".xlsb",
])  # fmt: skip
"""The extensions that a search through a folder takes along. Pictures are read only where they are named."""

TEXT_EXTENSIONS = frozenset({".txt", ".tsv", ".md", ""})
OFFICE_EXTENSIONS = frozenset({".doc", ".wps", ".xls", ".et"})
HTML_EXTENSIONS = frozenset({".htm", ".html", ".mht", ".mhtml"})

PACKAGE = (b"PK\x03\x04", b"PK\x05\x06")
PICTURE = re.compile(
    rb"\xff\xd8\xff|\x89PNG\r\n\x1a\n|II\*\0|MM\0\*|BM.{4}\0{4}|GIF8[79]a|RIFF.{4}WEBP", re.DOTALL
)
COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""Signature of the OLE container of Office 97-2003 and WPS ([MS-CFB] 2.2)."""

BINARY = re.compile(rb"[\0-\x08\x0e-\x1a\x1c-\x1f]")
"""Control characters that no text in an 8-bit or UTF-8 encoding holds."""

MARKUP = re.compile(r"<(?:!doctype\s+html|html|head|body|meta|table|div|title)\b", re.IGNORECASE)
TABLE_IN_TEXT = re.compile(
    rb"^[ \t]*(?:<html>\s{0,9})?(?:<body>\s{0,9})?<table\b[^>]{0,200}>\s{0,99}<(?:tr|thead|tbody)\b",
    re.IGNORECASE | re.MULTILINE,
)
"""A table in HTML that begins a line of Markdown, as converters of PDF write those with merged cells."""
OFFICE_XML = re.compile(
    r"urn:schemas-microsoft-com:office:spreadsheet|schemas\.microsoft\.com/office/word/2003"
)
"""Flat XML of Office 2003, which filing systems write under the names .xls and .doc."""
MIME = re.compile(rb"\A(?:[\w-]+:.*?^)?content-type:\s*multipart/", re.IGNORECASE | re.DOTALL | re.MULTILINE)
"""The head of an MHTML archive, which browsers and Word save (RFC 2557)."""


def extension_of(name: str) -> str:
    """Return the extension of a file name in lower case, with its dot: `a/表.PDF` gives `.pdf`."""
    return PurePath(name).suffix.lower()


def detect_kind(data: bytes, name: str, limits: Limits) -> Kind:
    """Tell which reader takes a file.

    Raises UnreadableFile for an empty or encrypted file, and for one that no reader knows.
    """
    if not data.strip(b"\0\t\r\n "):
        raise UnreadableFile("empty-file")
    if b"%PDF-" in data[:1024]:  # Acrobat allows rubbish before the header, within 1,024 bytes.
        return "pdf"
    if data.startswith(PACKAGE):
        return _kind_of_package(data, limits)
    if data.startswith(COMPOUND_FILE):
        return _kind_of_compound_file(data, extension_of(name))
    if data.startswith(b"{\\rtf"):
        return "legacy"
    if PICTURE.match(data):
        if extension_of(name) in KNOWN_EXTENSIONS:
            raise UnreadableFile("renamed-picture", extension=extension_of(name))
        return "picture"
    return _kind_of_text(data, extension_of(name))


def _kind_of_package(data: bytes, limits: Limits) -> Kind:
    # Imported here for lxml's sake: a search through folders wants the extensions above, not a parser.
    from perflint.readers.container import open_package

    package = open_package(data, limits)
    names = package.names
    if "OFD.xml" in names:
        return "ofd"
    if any(name.startswith("word/") for name in names):
        return "docx"
    if "xl/workbook.bin" in names or "mimetype" in names:
        return "legacy"
    if any(name.startswith("xl/") for name in names):
        return "xlsx"
    raise UnreadableFile("unknown-package")


def _kind_of_compound_file(data: bytes, extension: str) -> Kind:
    if utf_16_holds(data, "EncryptedPackage"):
        raise UnreadableFile("encrypted")
    if utf_16_holds(data, "WordDocument"):
        return "legacy"
    if utf_16_holds(data, "Workbook") or utf_16_holds(data, "Book"):
        return "xls"
    if extension in OFFICE_EXTENSIONS:
        return "legacy"
    raise UnreadableFile("unknown-type", extension=extension or "-")


def utf_16_holds(data: bytes, name: str) -> bool:
    """Tell whether a compound file has a stream of this name: its directory is UTF-16LE ([MS-CFB] 2.6.1)."""
    return name.encode("utf-16-le") in data


def _kind_of_text(data: bytes, extension: str) -> Kind:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = data[:8192].decode("utf-16", errors="replace")
    else:
        head = data[:8192].decode("latin-1")
    if MIME.match(data[:8192]) or extension in HTML_EXTENSIONS:
        return "html"
    if OFFICE_XML.search(head):
        return "legacy"
    if head.lstrip("\ufeffï»¿ \t\r\n").startswith("<") and MARKUP.search(head):
        return "html"
    if TABLE_IN_TEXT.search(data):
        return "html"
    if extension in TEXT_EXTENSIONS or not (BINARY.search(data) or extension in KNOWN_EXTENSIONS):
        return "text"
    if extension in KNOWN_EXTENSIONS:
        raise UnreadableFile("damaged", detail=f"not a {extension.lstrip('.')} file")
    raise UnreadableFile("unknown-type", extension=extension or "-")
