"""ZIP containers and the XML in them (docx, xlsx, ofd), opened with the distrust that such files deserve."""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO

from lxml import etree

from perflint.document import UnreadableFile
from perflint.limits import Limits, enforce

DOCUMENT_TYPE = tuple("<!DOCTYPE".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))


@dataclass(frozen=True, slots=True)
class Package:
    """An opened container: the names of its parts and the way to their bytes."""

    archive: zipfile.ZipFile
    parts: Mapping[str, zipfile.ZipInfo]
    names: frozenset[str]
    limits: Limits

    def read(self, name: str) -> bytes:
        """Return the bytes of a part.

        Raises UnreadableFile where it is missing, damaged, encrypted or over `limits.part_bytes`.
        """
        try:
            part = self.parts[name]
            enforce(self.limits, "part_bytes", part.file_size)
            return self.archive.read(part)
        except KeyError:
            raise UnreadableFile("damaged", detail=f"{name} is missing") from None
        except RuntimeError:  # zipfile's way to ask for a password
            raise UnreadableFile("encrypted") from None
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError) as error:
            raise UnreadableFile("damaged", detail=f"{name}: {error}") from error

    def parse(self, name: str) -> etree._Element:
        """Return the root element of an XML part. Raises UnreadableFile as `read` and `parse_xml` do."""
        return parse_xml(self.read(name), name, self.limits)

    def relations(self, name: str) -> Mapping[str, Relation]:
        """Return the relations of a part by their id (ECMA-376 part 2, clause 6.5); `""` is the package."""
        folder, base = posixpath.split(name)
        rels = posixpath.join(folder, "_rels", f"{base}.rels")
        if rels not in self.names:
            return {}
        relations = {}
        for element in elements(self.parse(rels)):
            target = element.get("Target", "")
            path = target if target.startswith("/") else posixpath.join(folder, target)
            relations[element.get("Id", "")] = Relation(
                element.get("Type", "").rpartition("/")[2], posixpath.normpath(path).lstrip("/")
            )
        return relations

    def main_part(self, fallback: str) -> str:
        """Return the name of the part that holds an Office document itself."""
        for relation in self.relations("").values():
            if relation.kind == "officeDocument" and relation.target in self.names:
                return relation.target
        return fallback


@dataclass(frozen=True, slots=True)
class Relation:
    """A link between two parts: the last word of its type, and the part it points to."""

    kind: str
    target: str


def open_package(data: bytes, limits: Limits) -> Package:
    """Open a ZIP container in memory.

    Raises UnreadableFile where it is damaged, or where its parts together would unpack to more than
    `limits.unpacked_bytes`; zipfile never unpacks a part beyond the size it states.
    """
    try:
        archive = zipfile.ZipFile(BytesIO(data))
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise UnreadableFile("damaged", detail=str(error)) from error
    parts = archive.infolist()
    enforce(limits, "parts", len(parts))
    enforce(limits, "unpacked_bytes", sum(part.file_size for part in parts))
    # Some programs on Windows write the folders of a name with backslashes, which ZIP forbids.
    named = {part.filename.replace("\\", "/").lstrip("/"): part for part in parts}
    return Package(archive, named, frozenset(named), limits)


def parse_xml(data: bytes, name: str, limits: Limits) -> etree._Element:
    """Parse XML without entities, external files or network, and return its root element.

    Raises UnreadableFile for malformed XML, a document type declaration, and beyond `limits.tags` and
    `limits.nesting`.
    """
    refuse_document_type(data)
    check_tags(data, limits)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        if "depth" in str(error):
            raise UnreadableFile(
                "over-limit", limit="nesting", found=">256", allowed=str(limits.nesting)
            ) from error
        raise UnreadableFile("damaged", detail=f"{name}: {error}") from error
    except ValueError as error:
        raise UnreadableFile("damaged", detail=f"{name}: {error}") from error
    check_nesting(root, limits)
    return root


def refuse_document_type(data: bytes) -> None:
    """Raise UnreadableFile for XML with a document type declaration: no office program writes one."""
    if any(sign in data for sign in DOCUMENT_TYPE):
        raise UnreadableFile("declares-entities")


def check_tags(data: bytes, limits: Limits) -> None:
    """Raise UnreadableFile where XML or HTML has more tags than `limits.tags`, before a tree is made of it."""
    enforce(limits, "tags", data.count(b"<"))


def check_nesting(root: etree._Element, limits: Limits) -> None:
    """Raise UnreadableFile where elements are nested deeper than `limits.nesting`."""
    if root.xpath(f"boolean({'/*' * (limits.nesting + 1)})"):
        raise UnreadableFile(
            "over-limit", limit="nesting", found=f">{limits.nesting}", allowed=str(limits.nesting)
        )


def local_name(element: etree._Element) -> str:
    """Return an element's name without its namespace: Office has two sets, strict and transitional."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def attribute(element: etree._Element, name: str) -> str | None:
    """Return the value of an attribute whatever its namespace."""
    for key, value in element.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return None


def elements(parent: etree._Element | None, name: str | None = None) -> Iterator[etree._Element]:
    """Yield the child elements, or those with a local name; none where there is no parent."""
    for child in () if parent is None else parent:
        if name is None or local_name(child) == name:
            yield child


def element(parent: etree._Element, *path: str) -> etree._Element | None:
    """Return the first descendant along a path of local names."""
    found: etree._Element | None = parent
    for name in path:
        if found is None:
            return None
        found = next(elements(found, name), None)
    return found
