"""OpenDocument (.odt, .ods and their templates) → Document: texts and sheets as LibreOffice keeps them.

Text that a tracked change deleted, hidden text, comments and indexes are not what a document says and are left out;
inserted text, notes, text boxes, headers and footers are read. Nothing outside the file is opened, no macro looked at.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pregon.document.model import Document, Properties
from pregon.readers import refusals
from pregon.readers.signatures import Content, recognise

if TYPE_CHECKING:
    from pregon.readers.opendocument_package import OpenPackage

NAME: Final = "OpenDocument"
SUFFIXES: Final = (".odt", ".ods", ".ott", ".ots")

_CHANGES: Final = "El documento tiene cambios sin aceptar; se leyó como si ya estuvieran aceptados."


def identify(content: bytes, name: str) -> bool:  # noqa: ARG001 -- every reader has the same two arguments
    """Whether the bytes are a text or a spreadsheet of OpenDocument."""
    return recognise(content) is Content.OPENDOCUMENT


def read(content: bytes, name: str) -> Document:
    """The document that a text or a spreadsheet holds; `name` is what its owner calls the file.

    Raises:
        UnreadableFile: it has a password, is broken, has nothing in it, or more than can be read.
    """
    from pregon.readers.opendocument_package import OFFICE, OpenPackage

    package = OpenPackage(content, name)
    root = package.tree(package.main_part)
    body = None if root is None else root.find(f"{OFFICE}body")
    if root is None or body is None:
        raise refusals.damaged(name)
    if body.find(f"{OFFICE}spreadsheet") is not None:
        return _read_spreadsheet(package, name)
    if body.find(f"{OFFICE}text") is None:
        raise refusals.damaged(name)
    return _read_text(package, name)


def _read_text(package: OpenPackage, name: str) -> Document:
    from pregon.readers.opendocument_blocks import BlockReader, read_margin
    from pregon.readers.opendocument_package import OFFICE, TEXT
    from pregon.readers.opendocument_styles import StyleSheet

    content = package.tree(package.main_part)
    text = None if content is None else content.find(f"{OFFICE}body/{OFFICE}text")
    if content is None or text is None:
        raise refusals.damaged(name)
    styled = package.tree("styles.xml")
    styles = StyleSheet.read([root for root in (styled, content) if root is not None])
    reader = BlockReader(styles, name)
    blocks = reader.read(text)
    remarks = list(reader.remarks)
    if text.find(f"{TEXT}tracked-changes/{TEXT}changed-region") is not None:
        remarks.append(_CHANGES)
    header, footer = (() if styled is None else read_margin(styled, content, styles, name, kind) for kind in _MARGINS)
    return Document(tuple(blocks), _read_properties(package), header, footer, name, tuple(remarks))


_MARGINS: Final = ("header", "footer")


def _read_spreadsheet(package: OpenPackage, name: str) -> Document:
    from pregon.readers.excel_regions import read_sheets
    from pregon.readers.opendocument_sheets import SheetReader

    reader = SheetReader(package)
    blocks = read_sheets(reader.sheets, name)
    if not blocks:
        raise refusals.empty(name)
    remarks = [f"La hoja «{sheet}» está oculta y no se leyó." for sheet in reader.hidden_sheets]
    remarks += [
        f"La hoja «{sheet.name}» tiene filas o columnas ocultas; también se leyeron."
        for sheet in reader.sheets
        if sheet.has_hidden_lines
    ]
    return Document(blocks, _read_properties(package), source=name, remarks=tuple(remarks))


def _read_properties(package: OpenPackage) -> Properties:
    root = package.tree("meta.xml")
    if root is None:
        return Properties()
    said = {tag: (root.findtext(f".//{{*}}{tag}") or "").strip() for tag in ("title", "initial-creator", "subject")}
    named = {
        each.get(next((key for key in each.attrib if str(key).endswith("}name")), ""), "").casefold(): each.text or ""
        for each in root.iter("{*}user-defined")
    }
    language = (root.findtext(".//{*}language") or "").strip() or Properties().language
    code, version = named.get("identifier", ""), named.get("version", "")
    return Properties(said["title"], said["initial-creator"], code, version, said["subject"], language)
