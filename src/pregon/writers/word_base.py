"""The file that a report is written into: a blank one of ours, or an office's own template."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pregon.document.unreadable import UnreadableFile, Why
from pregon.figures.words import fold
from pregon.writers.word_markup import BODY_NAMESPACES
from pregon.writers.word_styles import (
    STYLES,
    bullets_xml,
    fonts_xml,
    number_xml,
    settings_xml,
    style_xml,
    stylesheet_xml,
)

if TYPE_CHECKING:
    from docx.document import Document as WordFile
    from docx.parts.numbering import NumberingPart
    from lxml import etree

MARKER: Final = "{{informe}}"
"""The paragraph of a template in whose place the report goes."""

_TEMPLATE_TYPE: Final = b"wordprocessingml.template.main+xml"
_DOCUMENT_TYPE: Final = b"wordprocessingml.document.main+xml"
_MACRO_MARKS: Final = (b"macroEnabled", b"vbaProject")
_STALE_KINDS: Final = ("/stylesWithEffects", "/customXml", "/webSettings", "/thumbnail", "/theme")
_LISTS: Final = "1"

# Letter, as the printed report: 24 mm at the sides, 26 above, 30 below. Twentieths of a point.
_PAGE: Final = (12240, 15840)
_MARGINS: Final = {"top": 1474, "right": 1361, "bottom": 1701, "left": 1361, "header": 850, "footer": 780, "gutter": 0}
_NARROWEST: Final = 2000


@dataclass(frozen=True, slots=True)
class Base:
    """An open Word file, the ids of our styles in it, how wide its text is, and where the report goes."""

    file: WordFile
    styles: Mapping[str, str]
    width: int
    marker: etree._Element | None = None
    is_template: bool = False

    def insert(self, body: str) -> None:
        """Put the report's XML in its place: for the marker, or after all that stands there."""
        from docx.oxml import parse_xml

        whole = parse_xml(f"<w:body {BODY_NAMESPACES}>{body}</w:body>")
        if self.marker is None:
            last = self.file.element.body.sectPr
            for element in list(whole):
                last.addprevious(element)
            return
        for element in list(whole):
            self.marker.addprevious(element)
        # A marker that ends a section keeps its section; else it has done its work.
        if self.marker.find(f"{_W}pPr/{_W}sectPr") is None:
            self.file.element.body.remove(self.marker)
        else:
            for run in self.marker.findall(f"{_W}r"):
                self.marker.remove(run)


_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def open_blank(language: str) -> Base:
    """A blank file of ours: our styles alone, letter page, today's layout rules."""
    import docx

    file = docx.Document()
    part = file.part
    for code in [code for code, relation in part.rels.items() if relation.reltype.endswith(_STALE_KINDS)]:
        del part.rels[code]
    package = part.package
    for code in [code for code, relation in package.rels.items() if relation.reltype.endswith(_STALE_KINDS)]:
        del package.rels[code]
    _refill(file.styles.element, stylesheet_xml(language, _LISTS))
    _refill(file.settings.element, settings_xml(language))
    _refill(part.numbering_part.element, _wrap(bullets_xml(_LISTS) + number_xml(_LISTS, _LISTS)))
    for relation in part.rels.values():
        if relation.reltype.endswith("/fontTable"):
            relation.target_part._blob = fonts_xml().encode()  # noqa: SLF001 -- python-docx gives no other way
    for relation in package.rels.values():
        if relation.reltype.endswith("/extended-properties"):
            relation.target_part._blob = _APPLICATION  # noqa: SLF001 -- the same
    _set_page(file)
    width = _PAGE[0] - _MARGINS["left"] - _MARGINS["right"]
    return Base(file, {style.code: style.code for style in STYLES}, width)


_APPLICATION: Final = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    b"<Application>Preg\xc3\xb3n</Application></Properties>"
)


def open_template(path: Path) -> Base:
    """An office's template: all that is in it stays, and the styles it lacks are added without our typefaces.

    Raises:
        UnreadableFile: it is no Word file, is damaged, or has macros; one Spanish sentence says what to do.
    """
    import docx
    from docx.opc.exceptions import OpcError

    content = _check_template(path)
    try:
        file = docx.Document(io.BytesIO(content))
        if file.element.body.sectPr is None:
            file.element.body.get_or_add_sectPr()
        styles = _add_missing_styles(file)
    except (OpcError, KeyError, ValueError, AttributeError, SyntaxError) as error:
        raise _damaged(path) from error
    marker = next((each for each in file.element.body.findall(f"{_W}p") if _text(each) == MARKER), None)
    return Base(file, styles, _text_width(file, marker), marker, is_template=True)


def _check_template(path: Path) -> bytes:
    """The template's bytes, as those of a document; refuses what has macros or is no Word file."""
    try:
        content = path.read_bytes()
    except OSError as error:
        sentence = f"No encontramos la plantilla «{path.name}». Revise el nombre y la carpeta."
        raise UnreadableFile(Why.MISSING, sentence) from error
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = {member.filename: archive.read(member) for member in archive.infolist()}
    except Exception as error:
        # Each way in which a zip is broken raises its own; to the office they are one.
        raise _damaged(path) from error
    types = members.get("[Content_Types].xml", b"")
    if any(mark in types for mark in _MACRO_MARKS) or any(name.endswith("vbaProject.bin") for name in members):
        raise UnreadableFile(
            Why.WRONG_KIND,
            f"«{path.name}» tiene macros y no puede ser la plantilla. Guárdela en Word como .docx y elija ese archivo.",
        )
    if _DOCUMENT_TYPE not in types and _TEMPLATE_TYPE not in types:
        sentence = f"«{path.name}» no es un archivo de Word. Elija como plantilla un .docx."
        raise UnreadableFile(Why.WRONG_KIND, sentence)
    members["[Content_Types].xml"] = types.replace(_TEMPLATE_TYPE, _DOCUMENT_TYPE)
    return pack(members)


def _damaged(path: Path) -> UnreadableFile:
    return UnreadableFile(
        Why.DAMAGED,
        f"No pudimos leer la plantilla «{path.name}»: está dañada o incompleta. Ábrala en Word y guárdela otra vez.",
    )


def pack(members: Mapping[str, bytes]) -> bytes:
    """The members as a zip that is the same, byte by byte, whenever it is made."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, content in members.items():
            entry = zipfile.ZipInfo(name)  # dated 1980, as the format does where there is no date
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return stream.getvalue()


def save(file: WordFile) -> bytes:
    """The open file as bytes, the same for the same content."""
    stream = io.BytesIO()
    file.save(stream)
    with zipfile.ZipFile(stream) as archive:
        return pack({member.filename: archive.read(member) for member in archive.infolist()})


def _refill(element: etree._Element, xml: str) -> None:
    """Put another element's content in the place of this one's, which python-docx holds on to."""
    from docx.oxml import parse_xml

    for child in list(element):
        element.remove(child)
    for child in list(parse_xml(xml)):
        element.append(child)


def _wrap(xml: str) -> str:
    return f"<w:numbering {BODY_NAMESPACES}>{xml}</w:numbering>"


def _set_page(file: WordFile) -> None:
    from docx.oxml import parse_xml

    section = file.element.body.sectPr
    for child in list(section):
        section.remove(child)
    margins = " ".join(f'w:{side}="{size}"' for side, size in _MARGINS.items())
    sizes = f'<w:pgSz w:w="{_PAGE[0]}" w:h="{_PAGE[1]}"/><w:pgMar {margins}/>'
    for child in list(parse_xml(f"<w:sectPr {BODY_NAMESPACES}>{sizes}</w:sectPr>")):
        section.append(child)


def _add_missing_styles(file: WordFile) -> dict[str, str]:
    """The id of each of our styles in this file; those it has no style of the same name for are added."""
    from docx.oxml import parse_xml

    sheet = file.styles.element
    found = {}
    for style in sheet.findall(f"{_W}style"):
        name = style.find(f"{_W}name")
        if name is not None:
            found[fold(name.get(f"{_W}val", ""))] = style.get(f"{_W}styleId", "")
    codes = {style.code: found.get(fold(style.name), style.code) for style in STYLES}
    bases = codes | {"Normal": found.get("normal", ""), "TableNormal": found.get("normal table", "")}
    missing = [style for style in STYLES if fold(style.name) not in found]
    needs_list = any("{list}" in style.paragraph for style in missing)
    list_number = _add_list(file) if needs_list else ""
    for style in missing:
        sheet.append(parse_xml(style_xml(style, bases, list_number, keep_face=False)))
    return codes


def _add_list(file: WordFile) -> str:
    """Add our bullets to the lists of a template; their number."""
    from docx.oxml import parse_xml

    numbering = _numbering_part(file).element
    numbers = [int(each) for each in re.findall(r"\d+", " ".join(numbering.xpath(".//@w:numId | .//@w:abstractNumId")))]
    free = str(max(numbers, default=0) + 1)
    first_number = numbering.find(f"{_W}num")
    bullets = parse_xml(bullets_xml(free))
    # The format wants every abstract list before the first that uses one.
    if first_number is None:
        numbering.append(bullets)
    else:
        first_number.addprevious(bullets)
    numbering.append(parse_xml(number_xml(free, free)))
    return free


def _numbering_part(file: WordFile) -> NumberingPart:
    from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.parts.numbering import NumberingPart

    relations = file.part.rels.values()
    for relation in relations:
        if relation.reltype == RELATIONSHIP_TYPE.NUMBERING and isinstance(relation.target_part, NumberingPart):
            return relation.target_part
    name = PackURI("/word/numbering.xml")
    part: NumberingPart = NumberingPart.load(name, CONTENT_TYPE.WML_NUMBERING, _wrap("").encode(), file.part.package)
    file.part.relate_to(part, RELATIONSHIP_TYPE.NUMBERING)
    return part


def _text_width(file: WordFile, marker: etree._Element | None) -> int:
    """How wide the text is in the section that the report goes into."""
    body = file.element.body
    following = [] if marker is None else [marker, *marker.itersiblings()]
    sections = [found for each in following if (found := each.find(f"{_W}pPr/{_W}sectPr")) is not None]
    section = sections[0] if sections else body.sectPr
    size, margins = section.find(f"{_W}pgSz"), section.find(f"{_W}pgMar")
    if size is None or margins is None:
        return _PAGE[0] - _MARGINS["left"] - _MARGINS["right"]
    sides = (int(margins.get(f"{_W}{side}", "1440")) for side in ("left", "right"))
    return max(_NARROWEST, int(size.get(f"{_W}w", str(_PAGE[0]))) - sum(sides))


def _text(element: etree._Element) -> str:
    return "".join(node.text or "" for node in element.iter(f"{_W}t")).strip()
