"""Tables of a page: its rows in the order in which they show, merged cells within bounds, tables inside cells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pregon.document.model import Cell, Table
from pregon.document.prose import Prose
from pregon.readers import refusals
from pregon.readers.html_text import is_hidden, part_printed_caption, tag_of, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

MAXIMUM_PLACES: Final = 200_000
_WIDEST_SPAN: Final = 200
_DEEPEST: Final = 8


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of the page: its cells, whether it is of the head, and how many rows of its group follow it."""

    cells: tuple[etree._Element, ...]
    is_head: bool
    following: int


class TableReader:
    """Reads the tables of one page and counts their places, so that no page can ask for more than can be held."""

    def __init__(self, name: str, *, is_exact: bool) -> None:
        self._name = name
        self._is_exact = is_exact
        self._places = 0

    def read(self, element: etree._Element, caption: str = "", depth: int = 0) -> Table | None:
        """The table, or None where it has no cells. `caption` is one that stands outside it.

        Raises:
            UnreadableFile: the page's tables have more than `MAXIMUM_PLACES` places.
        """
        rows = tuple(_rows_of(element))
        if not any(row.cells for row in rows):
            return None
        cells = tuple(tuple(self._read_cell(cell, row.following, depth) for cell in row.cells) for row in rows)
        shown = next((child for child in element if tag_of(child) == "caption"), None)
        if shown is not None:
            caption = text_of(shown, is_exact=self._is_exact)
        number, words = part_printed_caption(caption, is_exact=self._is_exact)
        header_rows, header_columns = self._count_headers(element, rows)
        return Table(cells, header_rows, header_columns, words, number)

    def _read_cell(self, element: etree._Element, following: int, depth: int) -> Cell:
        across = min(max(_whole(element.get("colspan"), 1), 1), _WIDEST_SPAN)
        asked = _whole(element.get("rowspan"), 1)
        down = following + 1 if asked == 0 else min(max(asked, 1), following + 1)
        self._places += across * down
        if self._places > MAXIMUM_PLACES:
            raise refusals.too_many(self._name, "más de 200.000 celdas")
        inner = _tables_inside(element) if depth < _DEEPEST else ()
        tables = tuple(table for each in inner if (table := self.read(each, depth=depth + 1)) is not None)
        return Cell(Prose(text_of(element, is_exact=self._is_exact)), down, across, tables)

    def _count_headers(self, element: etree._Element, rows: tuple[_Row, ...]) -> tuple[int, int]:
        if self._is_exact and element.get("data-header-rows") is not None:
            asked_rows = _whole(element.get("data-header-rows"), 0)
            return min(asked_rows, len(rows)), _whole(element.get("data-header-columns"), 0)
        head = sum(row.is_head for row in rows)
        if not head:
            for row in rows[:-1]:
                if not row.cells or any(tag_of(cell) != "th" or cell.get("scope") == "row" for cell in row.cells):
                    break
                head += 1
        return head, _count_header_columns(rows[head:])


def _count_header_columns(rows: tuple[_Row, ...]) -> int:
    """How many columns from the left are headers in every row that has cells."""
    counts = []
    for row in rows:
        if row.cells:
            leading = 0
            for cell in row.cells:
                if tag_of(cell) != "th" or cell.get("scope") in {"col", "colgroup"}:
                    break
                leading += 1
            counts.append(leading if leading < len(row.cells) or len(row.cells) == 1 else 0)
    return min(counts, default=0)


def _rows_of(table: etree._Element) -> Iterator[_Row]:
    """The rows in the order in which a browser shows them: the head first and the foot last, wherever they stand."""
    groups: dict[str, list[list[etree._Element]]] = {"thead": [], "tbody": [], "tfoot": []}
    loose: list[etree._Element] = []
    for child in table:
        tag = tag_of(child)
        if tag == "tr":
            if not loose:
                groups["tbody"].append(loose)
            loose.append(child)
        elif tag in groups and not is_hidden(child):
            loose = []
            groups[tag].append([row for row in child if tag_of(row) == "tr"])
    for tag, found in groups.items():
        for rows in found:
            seen = [row for row in rows if not is_hidden(row)]
            for place, row in enumerate(seen):
                cells = tuple(cell for cell in row if tag_of(cell) in {"td", "th"} and not is_hidden(cell))
                yield _Row(cells, tag == "thead", len(seen) - place - 1)


def _tables_inside(element: etree._Element) -> Iterator[etree._Element]:
    """The tables of a cell that stand in no other table of it."""
    for child in element:
        if tag_of(child) == "table":
            if not is_hidden(child):
                yield child
        else:
            yield from _tables_inside(child)


def _whole(text: str | None, otherwise: int) -> int:
    """The whole number that opens an attribute, as browsers read one; at most four digits."""
    digits = (text or "").strip()[:4]
    return int(digits) if digits.isdecimal() else otherwise
