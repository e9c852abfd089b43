"""Word (.docx, .docm, .dotx, .dotm) → Document. A reader of our own over the zip and its XML.

Merged cells stand once; tables inside cells, content controls, inserted text, text boxes, notes, headers and footers
are read; deleted and hidden text, the table of contents and page numbers are not what a document says and are left
out. Lists keep their words, not their computed numbers. Macros are never looked at.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pregon.document.collection import without_collection
from pregon.document.issued import NAMESPACE, read_issued
from pregon.document.model import Block, Document, Properties, Table
from pregon.document.unreadable import UnreadableFile
from pregon.readers.signatures import Content, recognise

if TYPE_CHECKING:
    from lxml import etree

    from pregon.readers.word_blocks import NoteParts
    from pregon.readers.word_package import Package
    from pregon.readers.word_styles import StyleSheet
    from pregon.readers.word_trace import Trace

NAME: Final = "Word"
SUFFIXES: Final = (".docx", ".docm", ".dotx", ".dotm")

_NOTE_TAGS: Final = {"footnotes": "footnote", "endnotes": "endnote"}
_DUBLIN_CORE: Final = "{http://purl.org/dc/elements/1.1/}"
_CORE: Final = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}"
_CHANGES: Final = "El documento tiene cambios sin aceptar; se leyó como si ya estuvieran aceptados."


def identify(content: bytes, name: str) -> bool:  # noqa: ARG001 -- every reader has the same two arguments
    """Whether the bytes are a Word file of 2007 or later."""
    return recognise(content) is Content.WORD


def read(content: bytes, name: str) -> Document:
    """The document that a Word file holds; `name` is what its owner calls the file.

    Raises:
        UnreadableFile: it has a password, is broken or cut short, or has nothing in it.
    """
    return read_traced(content, name, None)


@without_collection()
def read_traced(content: bytes, name: str, trace: Trace | None) -> Document:
    """As `read`; `trace`, where there is one, learns which elements of the file each text came from."""
    from pregon.readers import refusals
    from pregon.readers.word_blocks import BlockReader
    from pregon.readers.word_package import Package, W
    from pregon.readers.word_styles import StyleSheet

    package = Package(content, name)
    root = package.tree(package.main_part)
    body = None if root is None else root.find(W + "body")
    if root is None or body is None:
        raise refusals.damaged(name)
    styled = package.related_tree(package.main_part, "styles")
    styles = StyleSheet.read(None if styled is None else styled[1])
    reader = BlockReader(styles, _load_notes(package), trace)
    blocks = reader.read(body)
    if next(root.iter(W + "ins", W + "del", W + "moveFrom"), None) is not None:
        reader.remarks[_CHANGES] = None
    return Document(
        blocks=tuple(blocks),
        properties=_read_properties(package, styles),
        header=_read_margin(package, styles, root, "header"),
        footer=_read_margin(package, styles, root, "footer"),
        source=name,
        remarks=tuple(reader.remarks),
        issued=_read_issued(package),
    )


def _read_issued(package: Package) -> tuple[str, ...] | None:
    """The texts that a report of ours left with. Other custom parts, and a broken one, are none of our business."""
    for relation in package.relations(package.main_part).values():
        if relation.kind != "customXml":
            continue
        try:
            root = package.tree(relation.target)
        except UnreadableFile:
            continue
        if root is not None and root.tag == f"{{{NAMESPACE}}}issued":
            return read_issued(root.text or "")
    return None


def _load_notes(package: Package) -> NoteParts:
    from pregon.readers.word_package import W

    notes: NoteParts = {}
    for part, tag in _NOTE_TAGS.items():
        found = package.related_tree(package.main_part, part)
        if found is not None:
            # The separators between text and notes are notes too, of a type of their own.
            whole = (note for note in found[1].iter(W + tag) if note.get(W + "type", "normal") == "normal")
            notes[part] = {note.get(W + "id", ""): note for note in whole}
    return notes


def _read_margin(package: Package, styles: StyleSheet, root: etree._Element, kind: str) -> tuple[str, ...]:
    """The lines of every header or footer that a page shows, each once."""
    from pregon.readers.word_blocks import BlockReader

    relations = package.relations(package.main_part)
    lines: list[str] = []
    seen: set[str] = set()
    for code in _shown_margins(package, root, kind):
        relation = relations.get(code)
        tree = None if relation is None or relation.target in seen else package.tree(relation.target)
        if relation is None or tree is None:
            continue
        seen.add(relation.target)
        earlier = frozenset(lines)
        lines.extend(line for line in _list_lines(BlockReader(styles, {}).read(tree)) if line not in earlier)
    return tuple(lines)


def _shown_margins(package: Package, root: etree._Element, kind: str) -> list[str]:
    """The relation ids of the headers or footers in use: those of first and even pages only where sections ask."""
    from pregon.readers.word_package import R, W

    settings = package.related_tree(package.main_part, "settings")
    has_even = settings is not None and settings[1].find(W + "evenAndOddHeaders") is not None
    shown: list[str] = []
    for section in root.iter(W + "sectPr"):
        used = {"default": True, "first": section.find(W + "titlePg") is not None, "even": has_even}
        shown.extend(
            reference.get(R + "id", "")
            for reference in section.iterchildren(f"{W}{kind}Reference")
            if used.get(reference.get(W + "type", "default"), True)
        )
    return shown


def _list_lines(blocks: list[Block]) -> list[str]:
    texts: list[str] = []
    for block in blocks:
        if isinstance(block, Table):
            texts.extend(cell.text for row in block.rows for cell in row)
        else:
            texts.append(getattr(block, "text", ""))
    # A tab sets what stands at the middle or the right of the page apart from what stands at its left.
    return [part.strip() for text in texts for line in text.split("\n") for part in line.split("\t") if part.strip()]


def _read_properties(package: Package, styles: StyleSheet) -> Properties:
    found = package.related_tree("", "core-properties")

    def value(tag: str, default: str = "") -> str:
        node = None if found is None else found[1].find(tag)
        return default if node is None else node.text or ""

    return Properties(
        title=value(_DUBLIN_CORE + "title"),
        institution=value(_DUBLIN_CORE + "creator"),
        code=value(_DUBLIN_CORE + "identifier"),
        version=value(_CORE + "version"),
        period=value(_DUBLIN_CORE + "subject"),
        language=value(_DUBLIN_CORE + "language", styles.language),
    )
