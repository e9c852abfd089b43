"""What a file may ask for at most, whatever its kind: places of tables, text, tags; and how spans are kept in bounds.

A small file can ask for very much: a span of a million columns, a row repeated a million times, a tag that opens a
million others. Every reader counts before it builds, and what it built is measured once more here.
"""

from __future__ import annotations

from dataclasses import replace
from operator import is_not
from typing import Final

from pregon.document.model import Block, Cell, Document, Table
from pregon.readers import refusals

MAXIMUM_PLACES: Final = 200_000
"""Places of all the tables of a document, laid out as rectangles."""
MAXIMUM_LETTERS: Final = 8_000_000
"""Letters of a document's text; a report of a thousand pages has three million."""
MAXIMUM_LINES: Final = 300_000
"""Lines of a text file."""
MAXIMUM_TAGS: Final = 3_000_000
"""Tags of a page or of one part of a zipped file. Each takes a quarter of a kilobyte once read."""
MAXIMUM_COLUMNS: Final = 2000
_MOST_HEADERS: Final = 16
"""Header rows or columns of a table. Each cell is named by all of them; where every row is one, none is."""
_DEEPEST_TABLES: Final = 24


def check_tags(content: bytes, name: str) -> None:
    """Refuse markup of more tags than can be held, before it is read.

    Raises:
        UnreadableFile: it has more than `MAXIMUM_TAGS`.
    """
    if content.count(b"<") > MAXIMUM_TAGS * 2:  # each opens and closes
        raise refusals.too_many(name, "más de 3 millones de marcas por dentro")


def check_lines(text: str, name: str) -> None:
    """Refuse a text of more lines than can be held.

    Raises:
        UnreadableFile: it has more than `MAXIMUM_LINES`.
    """
    if text.count("\n") + text.count("\r") > MAXIMUM_LINES * 2:  # an ending may be of two letters
        raise refusals.too_many(name, "más de 300.000 renglones")


def bound_document(document: Document, name: str) -> Document:
    """The document with no merged cell beyond the rows of its table; the same one where none was.

    Raises:
        UnreadableFile: its tables have more places, or its text more letters, than can be worked with.
    """
    meter = _Meter(name)
    blocks = tuple(meter.bound(block) for block in document.blocks)
    return (
        document
        if all(a is b for a, b in zip(blocks, document.blocks, strict=True))
        else replace(document, blocks=blocks)
    )


class _Meter:
    """Counts what a document holds while its spans are clipped."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._places = 0
        self._letters = 0

    def bound(self, block: Block) -> Block:
        if isinstance(block, Table):
            return self._bound_table(block, 0)
        self._count_letters(len(getattr(block, "text", "")))
        return block

    def _count_letters(self, letters: int) -> None:
        self._letters += letters
        if self._letters > MAXIMUM_LETTERS:
            raise refusals.too_many(self._name, "más de 8 millones de letras")

    def _bound_cell(self, cell: Cell, height: int, depth: int) -> Cell:
        """A cell that goes no further down than its table, nor has more tables inside tables than can be read."""
        down = min(max(cell.row_span, 1), height)
        across = min(max(cell.column_span, 1), MAXIMUM_COLUMNS)
        inner = tuple(self._bound_table(each, depth + 1) for each in cell.tables)
        if depth >= _DEEPEST_TABLES:
            inner = ()
        if (down, across) == (cell.row_span, cell.column_span) and inner == cell.tables:
            return cell
        return replace(cell, row_span=down, column_span=across, tables=inner)

    def _bound_table(self, table: Table, depth: int) -> Table:
        height = len(table.rows)
        below = [0] * (height + 1)  # by how many columns the cells merged from above grow or shrink at each row
        reach = widest = 0
        changed = False
        rows = []
        for at, row in enumerate(table.rows):
            self._count_letters(sum([len(cell.prose.text) for cell in row]))
            reach += below[at]
            bounded = [
                self._bound_cell(cell, height - at, depth)
                if cell.tables or not cell.row_span == cell.column_span == 1
                else cell
                for cell in row
            ]
            changed = changed or any(map(is_not, bounded, row))
            width = sum([cell.column_span for cell in bounded])
            for cell in bounded:
                if cell.row_span > 1:
                    below[at + 1] += cell.column_span
                    below[at + cell.row_span] -= cell.column_span
            widest = max(widest, reach + width)
            rows.append(tuple(bounded) if changed else row)
        self._places += height * widest
        if self._places > MAXIMUM_PLACES:
            raise refusals.too_many(self._name, f"más de {MAXIMUM_PLACES // 1000} mil celdas")
        heads = min(table.header_rows, _MOST_HEADERS), min(table.header_columns, _MOST_HEADERS)
        if not changed and heads == (table.header_rows, table.header_columns):
            return table
        return replace(table, rows=tuple(rows), header_rows=heads[0], header_columns=heads[1])
