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
_SPACE_ABOVE: Final = '<w:spacing w:before="240"/>'
_APART: Final = '<w:spacing w:before="360"/>'


@dataclass(frozen=True, slots=True)
class Plan:
    """What is decided before writing: where the first section begins, and which headings the contents list."""

    title: int
    first_section: int
    has_cover: bool
    first_sunk: int
    """The note at the end of the cover, and any that follow it, sink to the foot of the page."""
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
        sunk = first
        while has_cover and sunk and _has_role(document.blocks[sunk - 1], Role.NOTE):
            sunk -= 1
        title = headings[0][0] if headings else 0
        return cls(title, first, has_cover, sunk, entries if has_cover and len(sections) > 1 else (), depth)


class BodyWriter:
    """Writes the blocks of one document."""

    def __init__(self, styles: Mapping[str, str], pictures: PictureWriter, width: int, *, has_own_pages: bool) -> None:
        """Begin a file.

        `styles` gives the id that each of our styles goes by in it; `width` is that of the text; `has_own_pages` says
        that no page holds anything but the report.
        """
        self._styles = styles
        self._has_own_pages = has_own_pages
        self._pictures = pictures
        self._width = width
        self._next_numbers = {"Tabla": 1, "Gráfica": 1, "Imagen": 1}

    def write(self, document: Document) -> str:
        """All the blocks."""
        plan = Plan.of(document)
        return "".join(self._write_blocks(document.blocks, plan))

    def _write_blocks(self, blocks: tuple[Block, ...], plan: Plan) -> Iterator[str]:
        around = (None, *blocks, None)
        for place, block in enumerate(blocks):
            if place == plan.first_section:
                yield self._close_cover(plan)
            yield self._write_block(place, block, around[place], around[place + 2], plan)
        if blocks and isinstance(blocks[-1], Table):
            yield paragraph(self._styles["PregonSeparador"], "")

    def _close_cover(self, plan: Plan) -> str:
        """What stands between the cover and the first section: the contents."""
        # What sinks hangs on the paragraph after it, which must be of the same page.
        is_sunk = self._has_own_pages and plan.first_sunk < plan.first_section
        anchor = paragraph(self._styles["PregonSeparador"], "") if is_sunk else ""
        return anchor + (self._write_contents(plan) if plan.entries else "")

    def _write_block(self, place: int, block: Block, before: Block | None, after: Block | None, plan: Plan) -> str:
        is_set_off = isinstance(before, Table) or _ends_list(before, block)
        on_cover = plan.has_cover and place < plan.first_section
        match block:
            case Heading():
                new_page = plan.has_cover and place == plan.first_section
                is_listed = any(place == each for each, _ in plan.entries)
                return self._write_heading(block, place if is_listed else None, new_page=new_page)
            case Paragraph():
                if self._has_own_pages and plan.first_sunk <= place < plan.first_section:
                    return self._sink(block)
                is_above_title = on_cover and place < plan.title
                return self._write_paragraph(block, is_above_title=is_above_title, is_set_off=is_set_off)
            case Picture():
                caption = self._caption(self._label_picture(block), block.number, block.caption, is_set_off=is_set_off)
                return caption + paragraph(self._styles["PregonGrafica"], self._pictures.drawing_xml(block))
            case Table():
                caption = self._caption("Tabla", block.number, block.caption, is_set_off=is_set_off)
                if isinstance(before, Table) and not caption:
                    # Word makes one table of two that touch.
                    caption = paragraph(self._styles["PregonSeparador"], "", _APART)
                return caption + self._write_table(block, after, on_cover=on_cover)

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

    def _sink(self, block: Paragraph) -> str:
        """A note at the foot of the cover, as in the printed report."""
        place = 'w:vAnchor="margin" w:hAnchor="margin" w:xAlign="left" w:yAlign="bottom"'
        frame = f'<w:framePr w:w="{self._width}" w:wrap="around" {place}/><w:spacing w:before="0" w:after="0"/>'
        return paragraph(self._styles[_ROLE_STYLES[block.role]], self._write_words(block), frame)

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
        keep = _has_role(after, Role.SOURCE)
        frame = Frame(self._width, self._styles, on_cover=on_cover, keep_with_next=keep)
        return table_xml(table, frame, self._caption_table)

    def _caption_table(self, table: Table) -> str:
        return self._caption("Tabla", table.number, table.caption)

    @staticmethod
    def _label_picture(picture: Picture) -> str:
        return "Gráfica" if isinstance(picture.drawing, Chart) else "Imagen"

    def _caption(self, label: str, number: int | None, caption: str, *, is_set_off: bool = False) -> str:
        """A caption with its number as a field, so that Word numbers anew when a table is put in or taken out."""
        # Also in an office's own style for captions, one does not stay behind at the foot of a page.
        space = "<w:keepNext/>" + (_SPACE_ABOVE if is_set_off else "")
        if number is None:
            return paragraph(self._styles["Caption"], run(caption), space) if caption else ""
        # Where the document's own number is not the next one, the field is told to begin there.
        restart = "" if number == self._next_numbers[label] else f" \\r {number}"
        self._next_numbers[label] = number + 1
        counted = field(f"SEQ {label} \\* ARABIC{restart}", str(number))
        words = f". {caption}" if caption else "."
        return paragraph(self._styles["Caption"], run(f"{label} ") + counted + run(words), space)

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
    return _has_role(before, Role.ITEM) and _has_role(block, Role.BODY)


def _has_role(block: Block | None, role: Role) -> bool:
    return isinstance(block, Paragraph) and block.role is role


def _bookmark_name(place: int) -> str:
    return f"_Toc{_FIRST_BOOKMARK}{place:04d}"
