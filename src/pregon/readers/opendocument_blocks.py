"""The blocks of an OpenDocument text: headings, paragraphs, lists, tables and pictures in reading order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from lxml import etree

from pregon.document.model import Block, Cell, Heading, Paragraph, Role, Table
from pregon.document.prose import Prose
from pregon.readers import refusals
from pregon.readers.bounds import MAXIMUM_COLUMNS, MAXIMUM_PLACES
from pregon.readers.opendocument_package import DRAW, STYLE, TABLE, TEXT, whole
from pregon.readers.opendocument_styles import StyleSheet
from pregon.readers.opendocument_text import Line, TextReader
from pregon.readers.word_captions import Caption, Item, as_paragraph, bind_captions, part_caption
from pregon.readers.word_styles import Meaning, Part
from pregon.readers.word_text import drop_page_numbers

_MOST_REPEATED: Final = 2000
_HIDDEN: Final = "El documento tiene texto oculto; no se leyó."
# Whatever is not named here (indexes, the texts that changes deleted, forms) is left out.
_GROUPS: Final = tuple(
    [f"{TEXT}{kind}" for kind in ("section", "list", "list-item", "list-header", "numbered-paragraph", "page-sequence")]
)
_ROW_GROUPS: Final = tuple(f"{TABLE}{kind}" for kind in ("table-rows", "table-row-group", "table-header-rows"))


class BlockReader:
    """Reads one story: the body, a header or footer, a note."""

    def __init__(self, styles: StyleSheet, name: str) -> None:
        self._styles = styles
        self._name = name
        self._text = TextReader(styles)
        self._notes: list[etree._Element] = []
        self._depth = 0
        self._places = 0
        self.remarks: dict[str, None] = {}

    def read(self, container: etree._Element) -> list[Block]:
        """The blocks of a body, header, footer or note."""
        blocks = [as_paragraph(item) for item in bind_captions(self._read_items(container, Role.BODY))]
        if self._text.has_hidden_text:
            self.remarks[_HIDDEN] = None
        return blocks

    def _read_items(self, container: etree._Element, role: Role, *, keep_blanks: bool = False) -> list[Item]:
        items: list[Item] = []
        for node in container:
            tag = str(node.tag)
            if tag in {f"{TEXT}p", f"{TEXT}h"}:
                items.extend(self._read_paragraph(node, role, keep_blanks=keep_blanks))
            elif tag == f"{TABLE}table":
                items.extend(self._read_table_item(node))
            elif tag in _GROUPS:
                if node.get(f"{TEXT}display") == "none":
                    self._text.has_hidden_text = True
                    continue
                inner = Role.ITEM if tag == f"{TEXT}list" and role is Role.BODY else role
                items.extend(self._read_items(node, inner, keep_blanks=keep_blanks))
            elif tag.startswith(DRAW):
                line = Line()
                self._text.read_drawing(node, line)
                items.extend(self._read_hanging(line))
            if self._depth == 0:
                items.extend(self._read_notes())
        return items

    def _read_paragraph(self, node: etree._Element, role: Role, *, keep_blanks: bool) -> Iterator[Item]:
        line = self._text.read(node)
        self._notes.extend(line.notes)
        text = drop_page_numbers(line.text)
        if text.strip() or (keep_blanks and not (line.pictures or line.boxes)):
            yield self._make_item(node, text, role)
        yield from self._read_hanging(line)

    def _make_item(self, node: etree._Element, text: str, role: Role) -> Item:
        meaning = self._styles.meaning(node.get(f"{TEXT}style-name", ""))
        if node.tag == f"{TEXT}h" and meaning.level is None:
            meaning = Meaning(level=whole(node, f"{TEXT}outline-level", most=10))
        if meaning.part is Part.CAPTION:
            return part_caption(text, is_styled=True) or Caption("", None, text, Paragraph(Prose(text)), is_styled=True)
        if meaning.level is not None:
            return Heading(meaning.level, Prose(text))
        named = role if meaning.role is Role.BODY else meaning.role
        typed = part_caption(text, is_styled=False) if named is Role.BODY else None
        return typed or Paragraph(Prose(text), named)

    def _read_hanging(self, line: Line) -> Iterator[Item]:
        """The pictures and text boxes of a line. A box around a picture or table is only a frame."""
        yield from line.pictures
        for box in line.boxes:
            items = self._read_items(box, Role.BODY)
            framed = any(isinstance(item, Table) or not isinstance(item, Paragraph) for item in items)
            for item in items:
                if isinstance(item, Paragraph) and item.role is Role.BODY and not framed:
                    yield replace(item, role=Role.TEXT_BOX)
                else:
                    yield item

    def _read_notes(self) -> Iterator[Item]:
        """The notes called since the last block, as paragraphs of their own."""
        called, self._notes = self._notes, []
        for note in called:
            body = note.find(f"{TEXT}note-body")
            for item in () if body is None else self._read_items(body, Role.FOOTNOTE):
                yield Paragraph(Prose(item.text.strip()), Role.FOOTNOTE) if isinstance(item, Heading) else item

    def _read_table_item(self, node: etree._Element) -> Iterator[Item]:
        if not self._styles.is_table_shown(node.get(f"{TABLE}style-name", "")):
            self._text.has_hidden_text = True
            return
        self._depth += 1
        table = self._read_table(node)
        self._depth -= 1
        if table is not None:
            yield table

    def _read_table(self, node: etree._Element) -> Table | None:
        rows: list[tuple[Cell, ...]] = []
        header_rows = 0
        for row, is_header in _rows_of(node, is_header=False):
            cells = self._read_row(row)
            many = self._check_repeated(whole(row, f"{TABLE}number-rows-repeated"))
            header_rows += many if is_header and header_rows == len(rows) else 0
            for _ in range(many):
                rows.append(cells)
                self._count(max(len(cells), 1))
        if not any(rows):
            return None
        header_columns = sum(
            whole(column, f"{TABLE}number-columns-repeated", most=MAXIMUM_COLUMNS)
            for group in node.iterchildren(f"{TABLE}table-header-columns")
            for column in group.iterchildren(f"{TABLE}table-column")
        )
        return Table(tuple(rows), header_rows if header_rows < len(rows) else 0, header_columns)

    def _read_row(self, row: etree._Element) -> tuple[Cell, ...]:
        cells: list[Cell] = []
        for node in row.iterchildren(f"{TABLE}table-cell"):
            cell = self._read_cell(node)
            for _ in range(self._check_repeated(whole(node, f"{TABLE}number-columns-repeated"))):
                self._count(cell.column_span)
                cells.append(cell)
        return tuple(cells)

    def _read_cell(self, node: etree._Element) -> Cell:
        lines: list[str] = []
        tables: list[Table] = []
        for item in self._read_items(node, Role.BODY, keep_blanks=True):
            match item:
                case Table():
                    tables.append(item)
                case Caption():
                    lines.append(item.paragraph.text)
                case Heading() | Paragraph():
                    lines.append(item.text)
                case _:
                    lines.append(item.alt or "[imagen]")
        down, across = (whole(node, f"{TABLE}number-{what}-spanned") for what in ("rows", "columns"))
        return Cell(Prose("\n".join(lines).strip("\n")), down, min(across, MAXIMUM_COLUMNS), tuple(tables))

    def _check_repeated(self, times: int) -> int:
        """No text repeats a row so often; only a file made to harm does."""
        if times > _MOST_REPEATED:
            raise refusals.too_many(self._name, "una fila o celda repetida miles de veces")
        return times

    def _count(self, places: int) -> None:
        self._places += places
        if self._places > MAXIMUM_PLACES:
            raise refusals.too_many(self._name, f"más de {MAXIMUM_PLACES // 1000} mil celdas")


def _rows_of(node: etree._Element, *, is_header: bool) -> Iterator[tuple[etree._Element, bool]]:
    for child in node:
        if child.tag == f"{TABLE}table-row":
            yield child, is_header
        elif child.tag in _ROW_GROUPS:
            yield from _rows_of(child, is_header=is_header or child.tag == f"{TABLE}table-header-rows")


def read_margin(
    styled: etree._Element, content: etree._Element, styles: StyleSheet, name: str, kind: str
) -> tuple[str, ...]:
    """The lines of every header or footer that a page in use shows, each once."""
    lines: dict[str, None] = {}
    for master in _masters_in_use(styled, content, styles):
        for tag in (kind, f"{kind}-first", f"{kind}-left"):
            margin = master.find(f"{STYLE}{tag}")
            if margin is None or margin.get(f"{STYLE}display") == "false":
                continue
            for block in BlockReader(styles, name).read(margin):
                texts = [c.text for row in block.rows for c in row] if isinstance(block, Table) else [_words(block)]
                parts = (part.strip() for text in texts for line in text.split("\n") for part in line.split("\t"))
                lines.update(dict.fromkeys(part for part in parts if part))
    return tuple(lines)


def _words(block: Block) -> str:
    return block.text if isinstance(block, Heading | Paragraph) else ""


def _masters_in_use(styled: etree._Element, content: etree._Element, styles: StyleSheet) -> Iterator[etree._Element]:
    """The page layout that a text begins with, those that its paragraphs ask for, and those that follow each."""
    masters = {each.get(f"{STYLE}name", ""): each for each in styled.iter(f"{STYLE}master-page")}
    asked = sorted(styles.masters())
    first = next((node for node in content.iter(f"{TEXT}p", f"{TEXT}h", f"{TABLE}table")), None)
    begins = "" if first is None else styles.master_of(first)
    waiting = [begins or "Standard", *asked]
    seen: set[str] = set()
    while waiting:
        name = waiting.pop(0)
        master = masters.get(name)
        if master is None or name in seen:
            continue
        seen.add(name)
        waiting.insert(0, master.get(f"{STYLE}next-style-name", ""))
        yield master
