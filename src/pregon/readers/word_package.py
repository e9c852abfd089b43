"""The zip that a Word file is: its parts as XML trees, read safely, and the relations that join them.

Nothing outside the file is ever opened: relations that point elsewhere are left out, entities are not resolved, a
document type is refused (the format has none), and each part is read up to a limit whatever size it declares.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from dataclasses import dataclass
from typing import Final

from lxml import etree

from pregon.readers import refusals
from pregon.readers.bounds import check_tags

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
WP: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
M: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
V: Final = "{urn:schemas-microsoft-com:vml}"
_RELATION: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"

MAXIMUM_PART: Final = 64 * 1024 * 1024
MAXIMUM_PARTS: Final = 10_000

# ISO 29500 Strict says the same under other names; renamed, one reader serves both.
_STRICT: Final = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", R[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing", WP[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", M[1:-1].encode()),
)
_STRICT_MARK: Final = b"http://purl.oclc.org/ooxml/"


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation of a part: its kind («header», «footnotes») and the part it leads to."""

    kind: str
    target: str


class Package:
    """The parts of one Word file."""

    def __init__(self, content: bytes, name: str) -> None:
        """Open the zip; `name` is what its owner calls the file.

        Raises:
            UnreadableFile: it is no whole zip, or holds more parts than any report.
        """
        self.name = name
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError) as error:
            raise refusals.damaged(name) from error
        members = self._archive.infolist()
        if len(members) > MAXIMUM_PARTS:
            raise refusals.too_many(name, f"más de {MAXIMUM_PARTS // 1000} mil partes")
        if any(member.flag_bits & 1 for member in members):
            raise refusals.protected(name)
        self._members = {member.filename: member for member in members}
        self._relations: dict[str, dict[str, Relation]] = {}
        self.main_part = self._find_main_part()

    def _find_main_part(self) -> str:
        for relation in self.relations("").values():
            if relation.kind == "officeDocument" and relation.target in self._members:
                return relation.target
        if "word/document.xml" in self._members:
            return "word/document.xml"
        raise refusals.damaged(self.name)

    def tree(self, part: str) -> etree._Element | None:
        """The root element of a part; None where the file has no such part.

        Raises:
            UnreadableFile: the part is there and is not sound XML, or is larger than any report.
        """
        if part not in self._members:
            return None
        content = self._inflate(part)
        if _STRICT_MARK in content:
            for strict, usual in _STRICT:
                content = content.replace(strict, usual)
        check_tags(content, self.name)
        if _has_document_type(content):
            raise refusals.damaged(self.name)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True)
        try:
            root = etree.fromstring(content, parser)
        except etree.XMLSyntaxError as error:
            raise refusals.damaged(self.name) from error
        if root.getroottree().docinfo.internalDTD is not None:  # in an encoding that hides it from bytes
            raise refusals.damaged(self.name)
        return root

    def _inflate(self, part: str) -> bytes:
        try:
            with self._archive.open(self._members[part]) as stream:
                content = stream.read(MAXIMUM_PART + 1)
        except Exception as error:
            # zlib, lzma, bz2, struct and zipfile each raise their own for bytes that were cut or changed.
            raise refusals.damaged(self.name) from error
        if len(content) > MAXIMUM_PART:
            raise refusals.too_large_inside(self.name, self._members[part].file_size, MAXIMUM_PART)
        return content

    def relations(self, part: str) -> dict[str, Relation]:
        """The relations of a part that stay inside the file, by their id."""
        if part not in self._relations:
            self._relations[part] = self._read_relations(part)
        return self._relations[part]

    def _read_relations(self, part: str) -> dict[str, Relation]:
        folder, base = posixpath.split(part)
        root = self.tree(posixpath.join(folder, "_rels", f"{base}.rels"))
        if root is None:
            return {}
        found: dict[str, Relation] = {}
        for relation in root.iter(_RELATION):
            if relation.get("TargetMode") == "External":
                continue
            target = relation.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found[relation.get("Id", "")] = Relation(relation.get("Type", "").rsplit("/", 1)[-1], path)
        return found

    def related_tree(self, part: str, kind: str) -> tuple[str, etree._Element] | None:
        """The first part that `part` relates to by a kind, with its name; None where there is none."""
        for relation in self.relations(part).values():
            if relation.kind == kind:
                root = self.tree(relation.target)
                if root is not None:
                    return relation.target, root
        return None


def _has_document_type(content: bytes) -> bool:
    """Whether a part declares a document type, which these formats have none of: refused before it is parsed."""
    opening = content[:65_536].replace(b"\x00", b"")  # UTF-16 writes each letter with a zero
    return b"<!DOCTYPE" in opening or b"<!ENTITY" in opening
