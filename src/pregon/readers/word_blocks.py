"""The blocks of a Word story: headings, paragraphs, tables and pictures in reading order, notes after their block."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from lxml import etree

from pregon.document.model import Block, Cell, Heading, Paragraph, Picture, Role, Table
from pregon.document.prose import Prose
from pregon.readers.word_captions import Caption, Item, as_paragraph, bind_captions, part_caption
from pregon.readers.word_cells import WRAPPERS, CellShapes, read_number
from pregon.readers.word_package import MC, W
from pregon.readers.word_styles import Meaning, Part, StyleSheet, outline_level
from pregon.readers.word_text import Line, TextReader, choose_alternative, drop_page_numbers
from pregon.readers.word_trace import Trace

_FIRST_COLUMN: Final = 0x0080
"""The bit of a table's look that makes its first column a header."""

_VALUE: Final = W + "val"
_PARAGRAPH: Final = W + "p"
_TABLE: Final = W + "tbl"
_ROW: Final = W + "tr"
_ROW_PROPERTIES: Final = W + "trPr"
_CELL: Final = W + "tc"
_CONTROL: Final = W + "sdt"
_CONTROLLED: Final = W + "sdtContent"
_PARAGRAPH_PROPERTIES: Final = W + "pPr"
_STYLE: Final = W + "pStyle"
_OUTLINE: Final = W + "outlineLvl"
_LISTED: Final = W + "numPr"
_LIST_NUMBER: Final = W + "numId"
_CELL_PROPERTIES: Final = W + "tcPr"

_PICTURE_IN_CELL: Final = "[imagen]"

NoteParts: TypeAlias = "dict[str, dict[str, etree._Element]]"  # noqa: SLF001 -- lxml has no public name for it
"""The notes of a file: by their part («footnotes») and then by their id."""


@dataclass(slots=True)
class _Draft:
    """A cell while its table is read: merged cells grow as the rows go by. Most cells need none."""

    prose: Prose
    column: int
    column_span: int = 1
    row_span: int = 1
    tables: tuple[Table, ...] = ()
    is_row_header: bool = False

    def finish(self) -> Cell:
        return Cell(self.prose, self.row_span, self.column_span, self.tables)


class BlockReader:
    """Reads one story: the body, a header or footer, a note."""

    def __init__(self, styles: StyleSheet, notes: NoteParts, trace: Trace | None = None) -> None:
        """`notes` are those that the story may call; `trace` is told where each text comes from, if anyone asks."""
        self._styles = styles
        self._notes = notes
        self._trace = trace
        self._text = TextReader()
        self._called_notes: list[tuple[str, str]] = []
        self._depth = 0
        # Nobody asks which element each text came from, and a paragraph that names no style is an ordinary one.
        self._takes_words_alone = trace is None and styles.meaning(None).part is Part.PLAIN
        self._words: dict[str, Prose] = {}
        self.remarks: dict[str, None] = {}

    def read(self, container: etree._Element) -> list[Block]:
        """The blocks of a body, header, footer or note."""
        blocks = [as_paragraph(item) for item in bind_captions(self._read_items(container))]
        if self._text.has_hidden_text:
            self.remarks["El documento tiene texto oculto; no se leyó."] = None
        return blocks

    def _read_items(self, container: etree._Element, *, keep_blanks: bool = False) -> list[Item]:
        items: list[Item] = []
        for node in container:
            tag = node.tag
            if tag == _PARAGRAPH:
                self._read_paragraph(node, items, keep_blanks=keep_blanks)
            elif tag == _TABLE:
                self._depth += 1
                table = self._read_table(node)
                self._depth -= 1
                items.extend(() if table is None else (table,))
            elif tag == _CONTROL:
                if not _is_contents(node):
                    content = node.find(_CONTROLLED)
                    items.extend(() if content is None else self._read_items(content, keep_blanks=keep_blanks))
            elif tag in WRAPPERS:
                items.extend(self._read_items(node, keep_blanks=keep_blanks))
            elif tag == MC + "AlternateContent":
                chosen = choose_alternative(node)
                items.extend(() if chosen is None else self._read_items(chosen, keep_blanks=keep_blanks))
            elif tag == W + "altChunk":
                self.remarks["El documento incrusta otro archivo; ese contenido no se leyó."] = None
            if self._depth == 0 and self._called_notes:
                items.extend(self._read_notes())
        return items

    def _read_paragraph(self, node: etree._Element, items: list[Item], *, keep_blanks: bool) -> None:
        """Add what a paragraph gives: itself, and then the pictures and text boxes that hang on it."""
        self._add_line(node, self._text.read(node), items, keep_blanks=keep_blanks)

    def _add_line(self, node: etree._Element, line: Line, items: list[Item], *, keep_blanks: bool) -> None:
        self._called_notes.extend(line.notes)
        meaning = self._meaning(node)
        if meaning.part is Part.CONTENTS:
            return
        text = drop_page_numbers(line.text)
        if text.strip() or (keep_blanks and not (line.pictures or line.boxes)):
            item = _make_item(text, meaning)
            if self._trace is not None:
                self._trace.keep(item, line)
            items.append(item)
        items.extend(line.pictures)
        if line.boxes:
            items.extend(self._read_boxes(line))

    def _read_boxes(self, line: Line) -> Iterator[Item]:
        for box in line.boxes:
            for item in self._read_items(box):
                if isinstance(item, Paragraph) and item.role is Role.BODY:
                    yield replace(item, role=Role.TEXT_BOX)
                else:
                    yield item

    def _read_notes(self) -> Iterator[Item]:
        """The notes called since the last block, each once, as paragraphs of their own."""
        called, self._called_notes = self._called_notes, []
        for part, code in dict.fromkeys(called):
            note = self._notes.get(part, {}).get(code)
            if note is None:
                continue
            for block in BlockReader(self._styles, {}).read(note):
                if isinstance(block, Heading | Paragraph):
                    yield Paragraph(Prose(block.text.lstrip()), Role.FOOTNOTE)
                else:
                    yield block

    def _meaning(self, paragraph: etree._Element) -> Meaning:
        """What the paragraph's style means, and what the paragraph itself says over it."""
        style = outline = number = None
        for properties in paragraph.iterchildren(_PARAGRAPH_PROPERTIES):
            for node in properties:
                if node.tag == _STYLE:
                    style = node.get(_VALUE)
                elif node.tag == _OUTLINE:
                    outline = outline_level(node)
                elif node.tag == _LISTED:
                    number = node.find(_LIST_NUMBER)
        meaning = self._styles.meaning(style)
        if outline is not None and meaning.part is Part.PLAIN and meaning.level != 0:
            meaning = replace(meaning, level=outline + 1 if outline < 9 else None)
        if number is not None and meaning.role in {Role.BODY, Role.ITEM}:
            meaning = replace(meaning, role=Role.BODY if number.get(_VALUE) == "0" else Role.ITEM)
        return meaning

    def _read_table(self, node: etree._Element) -> Table | None:
        rows: list[list[Cell | _Draft]] = []
        merged: dict[int, _Draft] = {}
        header_rows = 0
        shapes = CellShapes(node)
        for row in shapes.rows():
            properties = next(row.iterchildren(_ROW_PROPERTIES), None)
            if properties is not None and properties.find(W + "del") is not None:
                continue
            if header_rows == len(rows) and _repeats(properties):
                header_rows += 1
            # A row may begin further right.
            begins = 0 if properties is None else read_number(properties.find(W + "gridBefore"), 0)
            drafts, merged = self._read_row(shapes.cells(row), begins, shapes, merged)
            rows.append(drafts)
        if not any(rows):
            return None
        cells = tuple(tuple([each.finish() if isinstance(each, _Draft) else each for each in row]) for row in rows)
        return Table(cells, header_rows, _count_header_columns(rows, node))

    def _read_row(
        self, cells: Iterator[etree._Element], column: int, shapes: CellShapes, merged: dict[int, _Draft]
    ) -> tuple[list[Cell | _Draft], dict[int, _Draft]]:
        """The cells that begin in this row, and those merged downwards that the next row may continue."""
        drafts: list[Cell | _Draft] = []
        going_on: dict[int, _Draft] = {}
        if column:
            # An empty place keeps the row's columns under the others.
            drafts.append(_Draft(Prose(), 0, column))
        for node in cells:
            spans = shapes.spans(node)
            if spans.across == "continue" and drafts:
                drafts[-1] = _widen(drafts[-1], spans.columns)
            elif spans.down == "continue" and column in merged:
                draft = merged[column]
                draft.row_span += 1
                going_on[column] = draft
            else:
                text = shapes.plain_text(node) if self._takes_words_alone and not self._text.is_within_field else None
                if text is None:
                    cell: Cell | _Draft = self._read_cell(node, column, spans.columns)
                elif spans.down or self._styles.has_row_headers:
                    cell = _Draft(self._say(text), column, spans.columns)
                else:
                    cell = Cell(self._say(text), 1, spans.columns)
                drafts.append(cell)
                if spans.down and isinstance(cell, _Draft):
                    going_on[column] = cell
            column += spans.columns
        return drafts, going_on

    def _say(self, text: str) -> Prose:
        """The words of a plain cell; tables repeat theirs."""
        prose = self._words.get(text)
        if prose is None:
            prose = self._words[text] = Prose(text.strip("\n"))
        return prose

    def _read_cell(self, node: etree._Element, column: int, span: int) -> _Draft:
        content = [child for child in node if child.tag != _CELL_PROPERTIES]
        if self._trace is None and len(content) == 1 and content[0].tag == _PARAGRAPH:
            line = self._text.read(content[0])
            if not line.pictures and not line.boxes:
                return self._read_plain_cell(content[0], line, column, span)
            items: list[Item] = []
            self._add_line(content[0], line, items, keep_blanks=True)
        else:
            items = self._read_items(node, keep_blanks=True)
        blocks = [as_paragraph(item) for item in bind_captions(items)]
        lines = [block.prose.text for block in blocks if isinstance(block, Heading | Paragraph)]
        text = "\n".join(lines).strip("\n")
        if not text.strip():
            pictures = [block for block in blocks if isinstance(block, Picture)]
            # A cell that holds a picture is not an empty one.
            text = "\n".join(picture.alt or _PICTURE_IN_CELL for picture in pictures) or text
        tables = tuple(block for block in blocks if isinstance(block, Table))
        first = next(node.iterchildren(_PARAGRAPH), None) if self._styles.has_row_headers else None
        is_row_header = first is not None and self._meaning(first).part is Part.ROW_HEADER
        prose = Prose(text)
        if self._trace is not None:
            self._trace.join(prose, blocks)
        return _Draft(prose, column, span, tables=tables, is_row_header=is_row_header)

    def _read_plain_cell(self, paragraph: etree._Element, line: Line, column: int, span: int) -> _Draft:
        """The cell of one paragraph of words, as nearly all are: neither a list, a heading nor a caption in there."""
        self._called_notes.extend(line.notes)
        part = self._meaning(paragraph).part
        text = "" if part is Part.CONTENTS else drop_page_numbers(line.text).strip("\n")
        is_row_header = part is Part.ROW_HEADER and self._styles.has_row_headers
        return _Draft(Prose(text), column, span, is_row_header=is_row_header)


def _widen(cell: Cell | _Draft, columns: int) -> Cell | _Draft:
    """A cell with those merged into it from its right; a draft stays the one that the rows below may continue."""
    if isinstance(cell, Cell):
        return replace(cell, column_span=cell.column_span + columns)
    cell.column_span += columns
    return cell


def _make_item(text: str, meaning: Meaning) -> Item:
    if meaning.part is Part.CAPTION:
        return part_caption(text, is_styled=True) or Caption("", None, text, Paragraph(Prose(text)), is_styled=True)
    if meaning.level is not None:
        return Heading(meaning.level, Prose(text))
    paragraph = Paragraph(Prose(text), meaning.role)
    typed = part_caption(text, is_styled=False) if meaning.role is Role.BODY else None
    return typed or paragraph


def _count_header_columns(rows: list[list[Cell | _Draft]], node: etree._Element) -> int:
    """The leading columns in which every cell has the style of a row's header; else what the table's look says."""
    count = 0
    while True:
        cells = [each for row in rows for each in row if isinstance(each, _Draft) and each.column == count]
        if not cells or not all(draft.is_row_header for draft in cells):
            break
        count += 1
    if count:
        return count
    look = node.find(f"{W}tblPr/{W}tblLook")
    if look is None:
        return 0
    first = look.get(W + "firstColumn")
    if first is not None:
        return int(first in {"1", "true", "on"})
    try:
        return int(bool(int(look.get(W + "val", "0"), 16) & _FIRST_COLUMN))
    except ValueError:
        return 0


def _repeats(properties: etree._Element | None) -> bool:
    header = None if properties is None else properties.find(W + "tblHeader")
    return header is not None and header.get(W + "val", "1") not in {"0", "false", "off"}


def _is_contents(control: etree._Element) -> bool:
    gallery = control.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
    return gallery is not None and gallery.get(W + "val") == "Table of Contents"
