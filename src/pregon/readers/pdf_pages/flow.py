"""A PDF without tags → blocks: by where its letters and rules stand, and how large its type is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from pregon.document.model import Cell, Heading, Paragraph, Picture, Role, Table
from pregon.document.prose import Prose
from pregon.readers.pdf_pages.furniture import Furniture, find_furniture
from pregon.readers.pdf_pages.grids import FoundTable, table_of_cells, tables_of_words
from pregon.readers.pdf_pages.letters import Letter, Page
from pregon.readers.pdf_pages.lines import Line, part_lines
from pregon.readers.pdf_pages.shapes import Box, Shapes, find_shapes
from pregon.readers.pdf_pages.words import join_letters, part_bullet
from pregon.readers.word_captions import Item, part_caption

_PARAGRAPH_GAP: Final = 0.72
"""Lines further apart than this many times their size belong to different paragraphs."""
_SAME_SIZE: Final = 0.6
_LARGER: Final = 1.12
"""Type this many times larger than the body's is a heading's."""
_LONGEST_HEADING: Final = 140
_LEVELS: Final = 4


@dataclass(frozen=True, slots=True)
class _Text:
    """A paragraph to be: its words, its type, and where it stands."""

    text: str
    size: float
    is_bold: bool
    page: int


def read_flow(content: bytes, pages: Sequence[Page]) -> tuple[list[Item], Furniture]:
    """The blocks of an untagged file, captions among them not yet bound, and its running lines."""
    drawn = find_shapes(content, pages)
    furniture = find_furniture(pages, [[cell for grid in shapes.grids for cell in grid] for shapes in drawn])
    kept = [_kept_letters(page, furniture) for page in pages]
    items: list[_Text | Table | Picture] = []
    for page, letters, shapes in zip(pages, kept, drawn, strict=True):
        on_page = _read_page(page, letters, shapes)
        _join_over_pages(items, on_page)
    return list(_name_texts(items)), furniture


def _kept_letters(page: Page, furniture: Furniture) -> list[Letter]:
    return [
        letter
        for at, letter in enumerate(page.letters)
        if (page.number, at) not in furniture.letters and letter.artifact in {"", "Layout"}
    ]


def _read_page(page: Page, letters: Sequence[Letter], shapes: Shapes) -> list[_Text | Table | Picture]:
    """A page's blocks from the top down."""
    placed: list[tuple[float, _Text | Table | Picture]] = []
    free = list(letters)
    for chart in shapes.charts:
        lines = [line for line in part_lines(free) if _is_in_chart(line, chart)]
        words = "; ".join(line.text for line in lines)
        placed.append((min([line.top for line in lines], default=chart.top), Picture(words, page=page.number)))
        held = {id(letter) for line in lines for letter in line.letters}
        free = [letter for letter in free if id(letter) not in held]
    placed += [(box.top, Picture("", page=page.number)) for box in shapes.pictures]
    tables = [table_of_cells(grid, free, page.number) for grid in shapes.grids]
    free = _without(free, tables)
    worded = tables_of_words(free, shapes.rules, page.number)
    free = _without(free, worded)
    placed += [(found.box.top, found.table) for found in [*tables, *worded]]
    placed += _read_texts(free, page.number)
    return [block for _, block in sorted(placed, key=lambda one: one[0])]


def _is_in_chart(line: Line, chart: Box) -> bool:
    """Whether a line is one of a chart's own: all of it in the chart's zone, and not its caption."""
    inside = chart.left <= line.left and line.right <= chart.right and chart.top <= line.top <= chart.bottom
    return inside and part_caption(line.text, is_styled=False) is None


def _without(letters: Sequence[Letter], tables: Sequence[FoundTable]) -> list[Letter]:
    held = frozenset[int]().union(*(found.letters for found in tables))
    return [letter for letter in letters if id(letter) not in held]


def _read_texts(letters: Sequence[Letter], page: int) -> list[tuple[float, _Text]]:
    """The paragraphs of a page, each with its upper edge."""
    groups: list[list[Line]] = []
    for line in part_lines(letters, columns=False):
        last = groups[-1][-1] if groups else None
        if last is not None and _goes_on(line, last):
            groups[-1].append(line)
        else:
            groups.append([line])
    texts: list[tuple[float, _Text]] = []
    for group in groups:
        held = [letter for line in group for letter in line.letters]
        text = join_letters(held)
        texts.append((group[0].top, _Text(text, group[0].size, all(line.is_bold for line in group), page)))
    return texts


def _goes_on(line: Line, last: Line) -> bool:
    gap = line.top - last.bottom
    alike = abs(line.size - last.size) < _SAME_SIZE and line.is_bold == last.is_bold
    return alike and gap < _PARAGRAPH_GAP * last.size and part_bullet(line.text) is None


def _join_over_pages(items: list[_Text | Table | Picture], on_page: list[_Text | Table | Picture]) -> None:
    """Add a page's blocks; a table that opens it goes on with the one that closed the page before."""
    if items and on_page:
        last, first = items[-1], on_page[0]
        if isinstance(last, Table) and isinstance(first, Table) and last.width == first.width:
            joined = join_tables(last, first)
            if joined is not None:
                items[-1] = joined
                on_page = on_page[1:]
    items += on_page


def join_tables(table: Table, more: Table) -> Table | None:
    """A table and its part on the next page as one; None where they are two.

    They are one when the head is printed again (it is dropped), or when the part has no head of its own and its first
    row goes on with a row that the page's end cut.
    """
    repeated = 0
    for row, again in zip(table.rows, more.rows, strict=False):
        if [cell.text for cell in row] != [cell.text for cell in again]:
            break
        repeated += 1
    if repeated:
        head = max(table.header_rows, repeated)
        return replace(table, rows=table.rows + more.rows[repeated:], header_rows=head)
    first = more.rows[0]
    if first and not first[0].text and any(cell.text for cell in first):
        last = table.rows[-1]
        if len(last) == len(first):
            whole = tuple(_join_cells(*pair) for pair in zip(last, first, strict=True))
            return replace(table, rows=(*table.rows[:-1], whole, *more.rows[1:]))
    return None


def _join_cells(cell: Cell, rest: Cell) -> Cell:
    return replace(cell, prose=Prose(" ".join(text for text in (cell.text, rest.text) if text)))


def _name_texts(items: Sequence[_Text | Table | Picture]) -> Iterator[Item]:
    """Say of each text whether it is a heading, a caption, a point of a list or a paragraph."""
    texts = [item for item in items if isinstance(item, _Text)]
    weights: Counter[float] = Counter()
    for text in texts:
        weights[round(text.size, 1)] += len(text.text)
    body = weights.most_common(1)[0][0] if weights else 0.0
    larger = sorted({round(text.size) for text in texts if _is_large(text, body)}, reverse=True)
    has_title = bool(larger) and sum(round(text.size) == larger[0] and _is_large(text, body) for text in texts) == 1
    for item in items:
        if not isinstance(item, _Text):
            yield item
            continue
        caption = part_caption(item.text, is_styled=False)
        if caption is not None:
            yield replace(caption, paragraph=replace(caption.paragraph, page=item.page))
        elif _is_large(item, body):
            level = larger.index(round(item.size)) + (0 if has_title else 1)
            yield Heading(min(level, _LEVELS), Prose(item.text), page=item.page)
        elif (point := part_bullet(item.text)) is not None:
            yield Paragraph(Prose(point), Role.ITEM, page=item.page)
        else:
            yield Paragraph(Prose(item.text), _role_of(item.text), page=item.page)


def _is_large(text: _Text, body: float) -> bool:
    return text.size > body * _LARGER and len(text.text) <= _LONGEST_HEADING


def _role_of(text: str) -> Role:
    return Role.SOURCE if text.casefold().startswith(("fuente:", "fuentes:")) else Role.BODY
