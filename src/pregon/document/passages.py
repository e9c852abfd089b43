"""Passages: every text of a document in reading order with its place, and which of them say something."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property

from pregon.document.location import Location, LocationKind
from pregon.document.model import Document, Heading, Paragraph, Passage, Picture, Role, Table
from pregon.document.prose import Prose

NameLines = Callable[[Table, int], tuple[Sequence[str], Sequence[str]]]
"""The names of a table's rows and of its columns; its number, from 1, says which table it is."""


class Passages(tuple[Passage, ...]):  # noqa: SLOT001 -- what is worked out once is kept
    """Every text in reading order, with its number from 0.

    The cells of tables repeat their texts by thousands, so what a text says is asked once for all the places where it
    stands.
    """

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        places: dict[str, list[int]] = {}
        for number, passage in enumerate(self):
            places.setdefault(passage.prose.text, []).append(number)
        return places

    @property
    def texts(self) -> Iterator[str]:
        """Each text once, in the order in which it first comes."""
        return iter(self._places)

    def saying(self, says: Callable[[str], object]) -> Iterator[tuple[int, Passage]]:
        """The texts for which `says` answers something true, with their numbers, in reading order."""
        numbers = sorted(number for text, places in self._places.items() if says(text) for number in places)
        return ((number, self[number]) for number in numbers)

    @cached_property
    def cells(self) -> dict[tuple[int, int, int], int]:
        """The number of the text of each cell, by its table, row and column from 1."""
        places = ((passage.location, number) for number, passage in enumerate(self))
        return {
            (place.table, place.row, place.column): number
            for place, number in places
            if place.table and place.row and place.column
        }

    @cached_property
    def outside_tables(self) -> tuple[tuple[int, Passage], ...]:
        """The texts that stand in no table, with their numbers."""
        return tuple((number, passage) for number, passage in enumerate(self) if passage.location.table is None)


def walk(document: Document, name_lines: NameLines | None = None) -> Passages:
    """Every text of a document with its place. `name_lines` tells how the rows and columns of each table are called.

    Without it, they are called what the table's own header cells say.
    """
    return Passages(_walk(document, name_lines or _name_lines))


def _name_lines(table: Table, _number: int) -> tuple[Sequence[str], Sequence[str]]:
    rows = [table.row_label(row) for row in range(len(table.rows))]
    return rows, [table.column_label(column) for column in range(table.width)]


def _walk(document: Document, name_lines: NameLines) -> Iterator[Passage]:
    for line in document.header:
        yield Passage(Location(LocationKind.HEADER, text=line), Prose(line))
    section = ""
    paragraph = 0
    tables = 0
    for block in document.blocks:
        match block:
            case Heading():
                paragraph += 1
                section = block.text
                place = Location(
                    LocationKind.HEADING, section=section, paragraph=paragraph, page=block.page, text=block.text
                )
                yield Passage(place, block.prose, block)
            case Paragraph():
                paragraph += 1
                kind = LocationKind.FOOTNOTE if block.role is Role.FOOTNOTE else LocationKind.PARAGRAPH
                place = Location(kind, section=section, paragraph=paragraph, page=block.page, text=block.text)
                yield Passage(place, block.prose, block)
            case Picture():
                shown = block.caption or block.alt
                place = Location(LocationKind.PICTURE, section=section, page=block.page, text=shown)
                yield Passage(place, Prose(shown), block)
            case Table():
                for table in block.with_inner():
                    tables += 1
                    yield from _walk_table(table, tables, section, block.page, name_lines(table, tables))
    for line in document.footer:
        yield Passage(Location(LocationKind.FOOTER, text=line), Prose(line))


def _walk_table(
    table: Table, number: int, section: str, page: int | None, names: tuple[Sequence[str], Sequence[str]]
) -> Iterator[Passage]:
    if table.caption:
        place = Location(
            LocationKind.TABLE,
            section=section,
            table=number,
            table_caption=table.caption,
            page=page,
            text=table.caption,
        )
        yield Passage(place, Prose(table.caption), table)
    row_labels, column_labels = names
    for row, line in enumerate(table.grid):
        row_label = row_labels[row]
        for column, cell in enumerate(line):
            if cell is None:
                continue
            place = Location(
                LocationKind.CELL,
                section,
                None,
                number,
                table.caption,
                row + 1,
                column + 1,
                row_label,
                column_labels[column],
                page,
                cell.prose.text,
            )
            yield Passage(place, cell.prose, table, cell)
