"""Anyone's sheets as blocks: cells that stand together are a table, a lone line of words is a paragraph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from pregon.document.model import Block, Cell, Heading, Paragraph, Table
from pregon.document.prose import Prose
from pregon.readers import refusals
from pregon.readers.excel_package import Sheet, Span
from pregon.readers.word_captions import Item, as_paragraph, bind_captions, part_caption

MAXIMUM_PLACES: Final = 200_000
"""The most places, filled or not, that the tables of a workbook may have."""
Place = tuple[int, int]


def read_sheets(sheets: Iterable[Sheet], name: str) -> tuple[Block, ...]:
    """The blocks of every sheet that is seen; a sheet with nothing on it gives none.

    Raises:
        UnreadableFile: the tables have more places than can be held.
    """
    items: list[Item] = []
    places = 0
    for sheet in sheets:
        regions = [Region(sheet, filled) for filled in _split(_fill(sheet)) if not filled.isdisjoint(sheet.texts)]
        if regions:
            items.append(Heading(1, Prose(sheet.name)))
        for region in sorted(regions, key=lambda region: (region.top, region.left)):
            places += (region.bottom - region.top + 1) * (region.right - region.left + 1)
            if places > MAXIMUM_PLACES:
                raise refusals.too_many(name, f"más de {MAXIMUM_PLACES // 1000} mil celdas")
            items += region.read()
    return tuple(as_paragraph(item) for item in bind_captions(items))


class Region:
    """Cells of a sheet that stand together, parted from others by empty rows or columns."""

    def __init__(self, sheet: Sheet, filled: set[Place]) -> None:
        self._sheet = sheet
        self.top, self.bottom = min(row for row, _ in filled), max(row for row, _ in filled)
        self.left, self.right = min(column for _, column in filled), max(column for _, column in filled)
        self._texts = {place: sheet.texts[place] for place in filled if place in sheet.texts}
        self._spans = {
            (span.top, span.left): span
            for span in sheet.spans
            if self.top <= span.top <= self.bottom and self.left <= span.left <= self.right
        }

    def read(self) -> Iterator[Item]:
        """The region as a table, or as paragraphs where it is words one under the other."""
        if self._is_prose():
            for _, text in sorted(self._texts.items()):
                for line in text.split("\n"):
                    if line.strip():
                        yield part_caption(line.strip(), is_styled=False) or Paragraph(Prose(line.strip()))
            return
        caption = self._take_caption()
        header_rows = max(0, min(self._sheet.frozen_rows, self.bottom) - self.top + 1)
        rows = self.lay_out()
        if header_rows >= len(rows):
            header_rows = 0
        yield Table(rows, header_rows, caption=caption)

    def lay_out(self) -> tuple[tuple[Cell, ...], ...]:
        """Every place of the region as a cell; merged ones stand once."""
        return lay_out(self._texts, self._spans.values(), (self.top, self.left, self.bottom, self.right))

    def _is_prose(self) -> bool:
        columns = {column for _, column in self._texts}
        return len(self._texts) == 1 or (len(columns) == 1 and self._sheet.numbers.isdisjoint(self._texts))

    def _take_caption(self) -> str:
        """A first row of one cell with words, over a table of several columns, is its caption."""
        first = [place for place in self._texts if place[0] == self.top]
        if len(first) != 1 or self.bottom - self.top < 2 or first[0] in self._spans or first[0] in self._sheet.numbers:
            return ""
        if any((self.top, column) in self._sheet.framed for column in range(self.left, self.right + 1)):
            return ""
        self.top += 1
        return self._texts.pop(first[0]).replace("\n", " ").strip()


def lay_out(
    texts: dict[Place, str], spans: Iterable[Span], box: tuple[int, int, int, int]
) -> tuple[tuple[Cell, ...], ...]:
    """The cells of a rectangle (top, left, bottom, right; from 1), each merged one at its upper left place alone."""
    top, left, bottom, right = box
    merged: dict[Place, Span] = {}
    covered: set[Place] = set()
    for span in spans:
        clipped = Span(span.top, span.left, min(span.bottom, bottom), min(span.right, right))
        if clipped.top < top or clipped.left < left or clipped.top > bottom or clipped.left > right:
            continue
        merged[(clipped.top, clipped.left)] = clipped
        covered |= {
            (row, column)
            for row in range(clipped.top, clipped.bottom + 1)
            for column in range(clipped.left, clipped.right + 1)
        }
    rows = []
    for row in range(top, bottom + 1):
        cells = []
        for column in range(left, right + 1):
            whole = merged.get((row, column))
            if whole is None and (row, column) in covered:
                continue
            down, across = (1, 1) if whole is None else (whole.bottom - row + 1, whole.right - column + 1)
            cells.append(Cell(Prose(texts.get((row, column), "")), down, across))
        rows.append(tuple(cells))
    return tuple(rows)


def _fill(sheet: Sheet) -> set[Place]:
    """The places that are not empty: with text, with a frame, or covered by a merged cell that has text."""
    filled = set(sheet.texts) | sheet.framed
    if not filled:
        return filled
    bottom, right = max(row for row, _ in filled), max(column for _, column in filled)
    for span in sheet.spans:
        if (span.top, span.left) in sheet.texts:
            rows = range(span.top, min(span.bottom, bottom) + 1)
            columns = range(span.left, min(span.right, right) + 1)
            if len(rows) * len(columns) <= MAXIMUM_PLACES:
                filled |= {(row, column) for row in rows for column in columns}
    return filled


def _split(filled: set[Place]) -> Iterator[set[Place]]:
    """Part places at empty rows, then at empty columns, until no part can be parted."""
    waiting = [filled] if filled else []
    while waiting:
        part = waiting.pop()
        for axis in (0, 1):
            groups = _group(part, axis)
            if len(groups) > 1:
                waiting += groups
                break
        else:
            yield part


def _group(part: set[Place], axis: int) -> list[set[Place]]:
    """The places in runs without an empty row (axis 0) or column (axis 1) between them."""
    lines = sorted({place[axis] for place in part})
    run_of: dict[int, int] = {}
    runs = 0
    for before, line in zip([None, *lines], lines, strict=False):
        runs += before is not None and line - before > 1
        run_of[line] = runs
    groups: list[set[Place]] = [set() for _ in range(runs + 1)]
    for place in part:
        groups[run_of[place[axis]]].add(place)
    return groups
