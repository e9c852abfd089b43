"""The parts of a Word file that must tell of its comments: read, added to and written by hand."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Sequence
from typing import Final

from lxml import etree

AUTHOR: Final = "Pregón"
INITIALS: Final = "P"

_STRICT: Final = "http://purl.oclc.org/ooxml/"
_TYPES: Final = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELATIONS: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_COMMENTS_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_RELATIONS_TYPE: Final = "application/vnd.openxmlformats-package.relationships+xml"
_KIND: Final = {
    False: "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    True: "http://purl.oclc.org/ooxml/officeDocument/relationships",
}
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_STYLES: Final = {"annotation text": "text", "annotation reference": "reference"}
_FORBIDDEN: Final = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF))


class WordParts:
    """The main part, the comments, the relations and the content types of one file."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._names = {name.casefold(): name for name in archive.namelist()}
        self._main_name = self._find_main()
        self.main = self._read(self._main_name)
        self._w = self.main.tag.rpartition("}")[0] + "}"
        self._is_strict = _STRICT in self._w
        folder, base = posixpath.split(self._main_name)
        self._relations_name = posixpath.join(folder, "_rels", f"{base}.rels")
        self._relations = self._read_or_make(self._relations_name, _RELATIONS + "Relationships")
        self._types = self._read_or_make("[Content_Types].xml", _TYPES + "Types")
        self._styles = self._find_styles(folder)
        self._comments_name = self._target_of("comments", folder)
        if self._comments_name in archive.namelist():
            self._comments = self._read(self._comments_name)
        else:
            self._comments_name = self._add_comments_part(folder)
            self._comments = etree.Element(self._w + "comments", nsmap={"w": self._w[1:-1]})
        self._next = 1 + max((-1, *self._taken()))

    def changed(self) -> dict[str, bytes]:
        """The parts that say something new, by name."""
        trees = {
            self._main_name: self.main,
            self._comments_name: self._comments,
            self._relations_name: self._relations,
            "[Content_Types].xml": self._types,
        }
        return {
            name: etree.tostring(root.getroottree(), xml_declaration=True, encoding="UTF-8", standalone=True)
            for name, root in trees.items()
        }

    def add_comment(self, lines: Sequence[str]) -> str:
        """Write a comment, its first line in bold, and answer its number."""
        w, number = self._w, str(self._next)
        self._next += 1
        attributes = {w + "id": number, w + "author": AUTHOR, w + "initials": INITIALS}
        comment = etree.SubElement(self._comments, w + "comment", attributes)
        for place, line in enumerate(lines):
            paragraph = etree.SubElement(comment, w + "p")
            properties = etree.SubElement(paragraph, w + "pPr")
            if "text" in self._styles:
                etree.SubElement(properties, w + "pStyle", {w + "val": self._styles["text"]})
            etree.SubElement(properties, w + "spacing", {w + "before": "0", w + "after": "60"})
            if place == 0:
                self._call_back(paragraph)
            run = etree.SubElement(paragraph, w + "r")
            look = etree.SubElement(run, w + "rPr")
            if place == 0:
                etree.SubElement(look, w + "b")
            etree.SubElement(look, w + "sz", {w + "val": "20"})
            etree.SubElement(look, w + "lang", {w + "val": "es-CO"})
            text = etree.SubElement(run, w + "t", {_SPACE: "preserve"})
            text.text = line.translate(_FORBIDDEN)
        return number

    def _call_back(self, paragraph: etree._Element) -> None:
        """The mark with which Word joins a comment's text to its place."""
        run = etree.SubElement(paragraph, self._w + "r")
        if "reference" in self._styles:
            look = etree.SubElement(run, self._w + "rPr")
            etree.SubElement(look, self._w + "rStyle", {self._w + "val": self._styles["reference"]})
        etree.SubElement(run, self._w + "annotationRef")

    def _taken(self) -> list[int]:
        """The numbers of comments in use, also of those whose text was lost."""
        kept = [node.get(self._w + "id", "") for node in self._comments.iter(self._w + "comment")]
        kinds = (self._w + kind for kind in ("commentRangeStart", "commentRangeEnd", "commentReference"))
        kept += [node.get(self._w + "id", "") for node in self.main.iter(*kinds)]
        return [int(number) for number in kept if number.isdecimal() and number.isascii()]

    def _read(self, name: str) -> etree._Element:
        # The reader's own way of parsing: elements are counted the same by both.
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True)
        return etree.fromstring(self._archive.read(name), parser)

    def _read_or_make(self, name: str, tag: str) -> etree._Element:
        known = self._names.get(name.casefold())
        if known is not None:
            return self._read(known)
        return etree.fromstring(f'<{tag.partition("}")[2]} xmlns="{tag[1:].partition("}")[0]}"/>')

    def _find_main(self) -> str:
        root = self._read_or_make("_rels/.rels", _RELATIONS + "Relationships")
        for relation in root.iter(_RELATIONS + "Relationship"):
            target = relation.get("Target", "").lstrip("/")
            if relation.get("Type", "").endswith("/officeDocument") and target in self._names.values():
                return posixpath.normpath(target)
        return "word/document.xml"

    def _target_of(self, kind: str, folder: str) -> str:
        for relation in self._relations.iter(_RELATIONS + "Relationship"):
            if relation.get("Type", "").rsplit("/", 1)[-1] == kind and relation.get("TargetMode") != "External":
                target = relation.get("Target", "")
                return target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        return ""

    def _find_styles(self, folder: str) -> dict[str, str]:
        """The ids under which the file keeps Word's own styles for comments, whatever language it was made in."""
        name = self._target_of("styles", folder)
        if name not in self._archive.namelist():
            return {}
        found: dict[str, str] = {}
        for style in self._read(name).iter(self._w + "style"):
            called = style.find(self._w + "name")
            role = _STYLES.get("" if called is None else called.get(self._w + "val", "").casefold())
            if role is not None:
                found[role] = style.get(self._w + "styleId", "")
        return found

    def _add_comments_part(self, folder: str) -> str:
        """A place for comments in a file that has none: a part of its own, a relation to it and its content type."""
        base, count = "comments.xml", 1
        while posixpath.join(folder, base).casefold() in self._names:
            count += 1
            base = f"comments{count}.xml"
        known = {relation.get("Id") for relation in self._relations}
        code = next(code for number in range(1, len(known) + 2) if (code := f"rIdPregon{number}") not in known)
        etree.SubElement(
            self._relations,
            _RELATIONS + "Relationship",
            {"Id": code, "Type": f"{_KIND[self._is_strict]}/comments", "Target": base},
        )
        if not any(node.get("Extension", "").casefold() == "rels" for node in self._types.iter(_TYPES + "Default")):
            self._types.insert(
                0, etree.Element(_TYPES + "Default", {"Extension": "rels", "ContentType": _RELATIONS_TYPE})
            )
        name = posixpath.join(folder, base)
        etree.SubElement(self._types, _TYPES + "Override", {"PartName": f"/{name}", "ContentType": _COMMENTS_TYPE})
        return name
