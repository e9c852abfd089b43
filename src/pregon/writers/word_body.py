"""The body of a Word report: cover, table of contents, headings, paragraphs, tables and pictures, as Word's XML."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from pregon.document.model import Block, Chart, Document, Heading, Paragraph, Picture, Role, Table
from pregon.document.prose import FigureKind, Operator
from pregon.writers.word_markup import bookmark, field, field_mark, instruction, paragraph, run, runs
from pregon.writers.word_pictures import PictureWriter
from pregon.writers.word_tables import Frame, table_xml

_ROLE_STYLES: Final = {
    Role.BODY: "",
    Role.ITEM: "ListBullet",
    Role.SOURCE: "PregonFuente",
    Role.NOTE: "PregonNota",
    Role.SUBTITLE: "Subtitle",
    Role.FOOTNOTE: "FootnoteText",
    Role.TEXT_BOX: "PregonRecuadro",
}
_KEY: Final = frozenset({Operator.SUM, Operator.COUNT})
_DEEPEST: Final = 9
_CONTENTS_DEPTH: Final = 2
_MOST_ENTRIES: Final = 40
"""A table of contents with more entries than fill a page keeps to the sections."""

# Numbers and names of our own, far from those that an office's template may have used.
_FIRST_BOOKMARK: Final = 9000
_NEW_PAGE: Final = '<w:pageBreakBefore/><w:spacing w:before="0"/>'
_SPACE_ABOVE: Final = '<w:spacing w:before="200"/>'
_APART: Final = '<w:spacing w:before="360"/>'


@dataclass(frozen=True, slots=True)
class Plan:
    """What is decided before writing: where the first section begins, and which headings the contents list."""

    first_section: int
    has_cover: bool
    entries: tuple[tuple[int, Heading], ...]
    depth: int

    @classmethod
    def of(cls, document: Document) -> Plan:
        """A document whose title stands before its first section has a cover, and contents after it."""
        headings = [(place, block) for place, block in enumerate(document.blocks) if isinstance(block, Heading)]
        sections = [(place, heading) for place, heading in headings if heading.level == 1]
        first = sections[0][0] if sections else len(document.blocks)
        has_cover = bool(sections) and any(heading.level == 0 and place < first for place, heading in headings)
        listed = [(place, heading) for place, heading in headings if 1 <= heading.level <= _CONTENTS_DEPTH]
        depth = _CONTENTS_DEPTH if len(listed) <= _MOST_ENTRIES else 1
        entries = tuple((place, heading) for place, heading in listed if heading.level <= depth)
        return cls(first, has_cover, entries if has_cover and len(sections) > 1 else (), depth)


class BodyWriter:
    """Writes the blocks of one document."""

    def __init__(self, styles: Mapping[str, str], pictures: PictureWriter, width: int) -> None:
        """`styles` gives the id that each of our styles goes by in this file; `width` is that of the text."""
        self._styles = styles
        self._pictures = pictures
        self._width = width
        self._next_numbers = {"Tabla": 1, "Gráfica": 1, "Imagen": 1}

    def write(self, document: Document) -> str:
        """All the blocks."""
        plan = Plan.of(document)
        return "".join(self._write_blocks(document.blocks, plan))

    def _write_blocks(self, blocks: tuple[Block, ...], plan: Plan) -> Iterator[str]:
        title = next((place for place, block in enumerate(blocks) if isinstance(block, Heading)), 0)
        listed = dict(plan.entries)
        for place, block in enumerate(blocks):
            after = blocks[place + 1] if place + 1 < len(blocks) else None
            before = blocks[place - 1] if place else None
            is_set_off = isinstance(before, Table) or _ends_list(before, block)
            if place == plan.first_section and plan.entries:
                yield self._write_contents(plan)
            match block:
                case Heading():
                    breaks = plan.has_cover and place == plan.first_section
                    yield self._write_heading(block, place if place in listed else None, new_page=breaks)
                case Paragraph():
                    yield self._write_paragraph(
                        block, is_above_title=plan.has_cover and place < title, is_set_off=is_set_off
                    )
                case Picture():
                    yield self._caption(self._label_picture(block), block.number, block.caption)
                    yield paragraph(self._styles["PregonGrafica"], self._pictures.drawing_xml(block))
                case Table():
                    if isinstance(before, Table) and not block.caption and block.number is None:
                        # Word makes one table of two that touch.
                        yield paragraph(self._styles["PregonSeparador"], "", _APART)
                    yield self._write_table(block, after, on_cover=plan.has_cover and place < plan.first_section)

    def _write_heading(self, heading: Heading, place: int | None, *, new_page: bool) -> str:
        style = "Title" if heading.level == 0 else f"Heading{min(heading.level, _DEEPEST)}"
        words = run(heading.text)
        if place is not None:
            words = bookmark(_FIRST_BOOKMARK + place, _bookmark_name(place), words)
        return paragraph(self._styles[style], words, _NEW_PAGE if new_page else "")

    def _write_paragraph(self, block: Paragraph, *, is_above_title: bool, is_set_off: bool) -> str:
        style = _ROLE_STYLES[block.role]
        if is_above_title and block.role is Role.BODY:
            style = "PregonPortada"
        properties = _SPACE_ABOVE if is_set_off and block.role in {Role.BODY, Role.ITEM} else ""
        return paragraph(self._styles[style] if style else "", self._write_words(block), properties)

    def _write_words(self, block: Paragraph) -> str:
        """The words of a paragraph; the counts and totals that running text is about stand out in it."""
        if block.role is not Role.BODY:
            return run(block.text)
        strong = self._styles["PregonFuerte"]
        return runs(
            (words, strong if figure and figure.kind is FigureKind.NUMBER and figure.operator in _KEY else "")
            for words, figure in block.prose.pieces()
        )

    def _write_table(self, table: Table, after: Block | None, *, on_cover: bool) -> str:
        has_source = isinstance(after, Paragraph) and after.role is Role.SOURCE
        frame = Frame(self._width, self._styles, on_cover=on_cover, keep_with_next=has_source)
        return self._caption_table(table) + table_xml(table, frame, self._caption_table)

    def _caption_table(self, table: Table) -> str:
        return self._caption("Tabla", table.number, table.caption)

    @staticmethod
    def _label_picture(picture: Picture) -> str:
        return "Gráfica" if isinstance(picture.drawing, Chart) else "Imagen"

    def _caption(self, label: str, number: int | None, caption: str) -> str:
        """A caption with its number as a field, so that Word numbers anew when a table is put in or taken out."""
        if number is None:
            return paragraph(self._styles["Caption"], run(caption)) if caption else ""
        # Where the document's own number is not the next one, the field is told to begin there.
        restart = "" if number == self._next_numbers[label] else f" \\r {number}"
        self._next_numbers[label] = number + 1
        counted = field(f"SEQ {label} \\* ARABIC{restart}", str(number))
        words = f". {caption}" if caption else "."
        return paragraph(self._styles["Caption"], run(f"{label} ") + counted + run(words))

    def _write_contents(self, plan: Plan) -> str:
        """A table of contents: Word's own field, filled in with links to the headings.

        The pages are left to Word, which alone knows them: the number of each entry is a field without a result until
        the table is updated, since a number written here would be a guess.
        """
        lines: list[str] = []
        tab = f'<w:tabs><w:tab w:val="right" w:pos="{self._width}"/></w:tabs>'
        for line, (place, heading) in enumerate(plan.entries):
            name = _bookmark_name(place)
            page = field_mark("begin") + instruction(f"PAGEREF {name} \\h") + field_mark("separate") + field_mark("end")
            words = run(heading.text) + "<w:r><w:tab/></w:r>" + page
            link = f'<w:hyperlink w:anchor="{name}" w:history="1">{words}</w:hyperlink>'
            opening = ""
            if line == 0:
                switches = f'TOC \\o "1-{plan.depth}" \\h \\z \\u'
                opening = field_mark("begin") + instruction(switches) + field_mark("separate")
            closing = field_mark("end") if line + 1 == len(plan.entries) else ""
            lines.append(paragraph(self._styles[f"TOC{heading.level}"], opening + link + closing, tab))
        head = paragraph(self._styles["TOCHeading"], run("Contenido"), "<w:pageBreakBefore/>")
        gallery = '<w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/>'
        return (
            f"<w:sdt><w:sdtPr><w:docPartObj>{gallery}</w:docPartObj></w:sdtPr>"
            f"<w:sdtContent>{head}{''.join(lines)}</w:sdtContent></w:sdt>"
        )


def _ends_list(before: Block | None, block: Block) -> bool:
    is_item = isinstance(before, Paragraph) and before.role is Role.ITEM
    return is_item and isinstance(block, Paragraph) and block.role is Role.BODY


def _bookmark_name(place: int) -> str:
    return f"_Toc{_FIRST_BOOKMARK}{place:04d}"
