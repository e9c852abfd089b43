"""Document → Word (.docx): real styles, headings, captions, contents, header and footer; the same bytes every time.

With an office's own .docx as `template` its styles, header, footer and page stay as they are. The report goes in the
place of the paragraph that says «{{informe}}»; without one, after all that the template holds. A style of ours that
the template has under the same name («heading 1», «caption», «Pregón tabla») is the template's; what it lacks is added.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape

from pregon.document.issued import NAMESPACE, write_issued
from pregon.document.model import Document, Properties
from pregon.writers.word_body import BodyWriter, Plan
from pregon.writers.word_markup import BODY_NAMESPACES, clean, field, paragraph, run
from pregon.writers.word_pictures import PictureWriter

if TYPE_CHECKING:
    from docx.document import Document as WordFile

    from pregon.writers.charts import ChartShelf
    from pregon.writers.word_base import Base

SUFFIXES: Final = (".docx",)

_DEFAULT_LANGUAGE: Final = "es-CO"
_LONGEST_HEADER: Final = 100
"""Two header lines of no more letters than this share one line of the page, left and right."""

_CORE_NAMESPACES: Final = (
    'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"'
)


def write(document: Document, path: Path, *, charts: ChartShelf, template: Path | None = None) -> None:
    """Write a document as a Word file.

    Raises:
        UnreadableFile: the template has macros, is damaged or is no Word file; one Spanish sentence says what to do.
        OSError: the path cannot be written to.
    """
    from pregon.writers.word_base import open_blank, open_template, save

    language = document.properties.language or _DEFAULT_LANGUAGE
    base = open_blank(language) if template is None else open_template(template)
    pictures = PictureWriter(base.file.part, charts, base.width)
    body = BodyWriter(base.styles, pictures, base.width, has_own_pages=not base.is_template)
    base.insert(body.write(document))
    if not base.is_template:
        _set_margins(document, base)
    _set_properties(base.file, document.properties)
    _enclose_texts(base.file, document)
    path.write_bytes(save(base.file))


def _enclose_texts(file: WordFile, document: Document) -> None:
    """The texts the report leaves with, in a part of the file that Word keeps and does not show."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    xml = f'<issued xmlns="{NAMESPACE}">{escape(clean(write_issued(document)))}</issued>'
    part = Part(PackURI("/customXml/pregon1.xml"), "application/xml", xml.encode(), file.part.package)
    file.part.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_XML)


def _set_margins(document: Document, base: Base) -> None:
    """Header and footer: the document's own lines, and the page of how many. A cover has no header."""
    section = base.file.sections[0]
    header = _header_xml(document.header, base)
    footer = _footer_xml(document.footer, base)
    _fill(section.header, header)
    _fill(section.footer, footer)
    if Plan.of(document).has_cover:
        section.different_first_page_header_footer = True
        _fill(section.first_page_header, paragraph(base.styles["Header"], ""))
        _fill(section.first_page_footer, footer)


def _fill(story: object, xml: str) -> None:
    from docx.oxml import parse_xml

    story.is_linked_to_previous = False  # type: ignore[attr-defined]  # python-docx has no common type for the two
    element = story._element  # type: ignore[attr-defined]  # noqa: SLF001 -- the same; it has no public name
    for child in list(element):
        element.remove(child)
    for child in list(parse_xml(f"<w:hdr {BODY_NAMESPACES}>{xml}</w:hdr>")):
        element.append(child)


def _right_tab(base: Base) -> str:
    return f'<w:tabs><w:tab w:val="right" w:pos="{base.width}"/></w:tabs>'


def _header_xml(lines: tuple[str, ...], base: Base) -> str:
    style = base.styles["Header"]
    if len(lines) == 2 and sum(map(len, lines)) <= _LONGEST_HEADER:
        return paragraph(style, run("\t".join(lines)), _right_tab(base))
    return "".join(paragraph(style, run(line)) for line in lines) or paragraph(style, "")


def _footer_xml(lines: tuple[str, ...], base: Base) -> str:
    style = base.styles["Footer"]
    page = run("Página ") + field("PAGE", "1") + run(" de ") + field("NUMPAGES", "1")
    above = "".join(paragraph(style, run(line)) for line in lines[:-1])
    last = run(lines[-1] if lines else "") + run("\t") + page
    return above + paragraph(style, last, _right_tab(base))


def _set_properties(file: WordFile, properties: Properties) -> None:
    """What the document says of itself, and nothing else: no date and no user name of the machine that wrote it."""
    from docx.oxml import parse_xml

    values = (
        ("dc:title", properties.title),
        ("dc:creator", properties.institution),
        ("dc:identifier", properties.code),
        ("cp:version", properties.version),
        ("dc:subject", properties.period),
        ("dc:language", properties.language),
    )
    xml = "".join(f"<{tag}>{escape(clean(value))}</{tag}>" for tag, value in values)
    core = file.core_properties._element  # noqa: SLF001 -- its setters cut at 255 letters and add dates
    for child in list(core):
        core.remove(child)
    for child in list(parse_xml(f"<cp:coreProperties {_CORE_NAMESPACES}>{xml}</cp:coreProperties>")):
        core.append(child)
