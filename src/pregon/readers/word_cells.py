"""What most cells of a Word table are (one paragraph of words, one place wide), told for a whole table at once.

A report has thousands of such cells, and asking each element of each of them what it is takes most of the time of
reading; libxml2 answers for all of a table in one question. A cell that is anything else is read by `word_blocks`,
element by element: what both can read, they read alike.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, cast

from lxml import etree

from pregon.readers.word_package import W
from pregon.readers.word_text import TELLING_TAGS

MAXIMUM_SPAN: Final = 1000
"""More columns than any Word table can have; a larger span is a slip or an attack."""

WRAPPERS: Final = frozenset(W + name for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"))
"""The elements that hold blocks, rows or cells as if they were not there."""

_VALUE: Final = W + "val"
_SPAN: Final = W + "gridSpan"
_MERGED_DOWN: Final = W + "vMerge"
_MERGED_ACROSS: Final = W + "hMerge"
_NAMES: Final = {"w": W[1:-1]}

_ROW: Final = W + "tr"
_CELL: Final = W + "tc"
_TABLE: Final = W + "tbl"
_SECOND_PARAGRAPHS: Final = etree.XPath("w:tr/w:tc/w:p[2]", namespaces=_NAMES)
_WORDS: Final = etree.XPath("w:p/w:r/w:t/text()", namespaces=_NAMES, smart_strings=False)
_TELLING: Final = (*TELLING_TAGS, _TABLE, W + "pStyle", W + "vanish")
"""The elements that make a cell more than its words: those that a text's reader heeds, tables, styles, hidden text."""


@dataclass(slots=True)
class CellSpans:
    """How many columns a cell covers, and what it says of merging down and across: «restart», «continue» or nothing."""

    columns: int = 1
    down: str = ""
    across: str = ""


_ALONE: Final = CellSpans()


class CellShapes:
    """Which cells of a table are plain, and which cover more than their own place."""

    def __init__(self, table: etree._Element) -> None:
        """Ask for all the cells at once. Where rows or cells stand inside something else, each is asked itself."""
        self._table = table
        # An element is itself only while somebody holds it: these sets do.
        telling = {next(node.iterancestors(_CELL, _TABLE)) for node in table.iterdescendants(*_TELLING)}
        self._is_ordinary = table not in telling
        self._telling = telling.union(next(node.iterancestors(_CELL)) for node in _find(_SECOND_PARAGRAPHS, table))
        self._spans = _read_spans(table)

    def rows(self) -> Iterator[etree._Element]:
        """The rows of the table, also those inside content controls and insertions."""
        return self._parts(self._table, _ROW)

    def cells(self, row: etree._Element) -> Iterator[etree._Element]:
        """The cells of a row, likewise."""
        return self._parts(row, _CELL)

    def _parts(self, whole: etree._Element, tag: str) -> Iterator[etree._Element]:
        return whole.iterchildren(tag) if self._is_ordinary else _within(whole, tag)

    def plain_text(self, cell: etree._Element) -> str | None:
        """What a cell of one ordinary paragraph prints; None where the cell may be anything else."""
        if not self._is_ordinary or cell in self._telling:
            return None
        return "".join(cast("list[str]", _WORDS(cell)))

    def spans(self, cell: etree._Element) -> CellSpans:
        """How many columns a cell covers, and how it is merged with others."""
        return self._spans.get(cell, _ALONE)


def _within(node: etree._Element, tag: str) -> Iterator[etree._Element]:
    for child in node:
        if child.tag == tag:
            yield child
        elif child.tag in WRAPPERS:
            yield from _within(child, tag)


def _find(question: etree.XPath, table: etree._Element) -> list[etree._Element]:
    return cast("list[etree._Element]", question(table))  # noqa: SLF001 -- lxml has no public name for it


def _read_spans(table: etree._Element) -> dict[etree._Element, CellSpans]:
    """The cells that cover more than their own place, those of the tables inside included."""
    found: dict[etree._Element, CellSpans] = {}
    for node in table.iterdescendants(_SPAN, _MERGED_DOWN, _MERGED_ACROSS):
        value = node.get(_VALUE)
        properties = None if value == "1" else node.getparent()
        cell = None if properties is None else properties.getparent()
        if cell is None:
            continue
        spans = found.setdefault(cell, CellSpans())
        if node.tag == _SPAN:
            spans.columns = max(1, read_number(node, 1))
        elif node.tag == _MERGED_DOWN:
            spans.down = "continue" if value is None else value
        else:
            spans.across = "continue" if value is None else value
    return found


def read_number(node: etree._Element | None, default: int) -> int:
    """The number of columns that an element tells, never more than a table can have."""
    text = "" if node is None else node.get(_VALUE, "")
    return min(int(text), MAXIMUM_SPAN) if text.isdecimal() else default
