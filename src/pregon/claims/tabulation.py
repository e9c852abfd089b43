"""Tabulation: a table and what its parts are; `understanding` makes it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import pairwise
from typing import Final

from pregon.document.location import Location, LocationKind
from pregon.document.model import Table
from pregon.figures.amount import Amount
from pregon.figures.spanish import find_dates
from pregon.relations.grid import Grid, Place
from pregon.relations.labels import Level, level_of

_LONGEST_HEADER: Final = 60


class Face(StrEnum):
    """What stands at a place of a table."""

    FIGURE = "figure"
    BLANK = "blank"
    DECLARED = "declared"
    """Words that say that there is no figure."""
    FIGURES = "figures"
    """Several figures and no words: «+23 (+9,2 %)»."""
    WORDS = "words"
    ABSENT = "absent"
    """Covered by a merged cell, or past the end of a short row."""


@dataclass(frozen=True)
class Tabulation:
    """A table and what its parts are. Rows and columns count from 0, in the table's own rectangle.

    `titles` are its heads of one cell, `notes` the rows of one sentence among its figures (row and text). `head` is the
    row that names the columns, None where none does. `months` gives for each column, and `row_months` for each row,
    the months that its header names; `inferred` the month of a column whose header is blank between months and a total.
    """

    table: Table
    number: int
    section: str
    before: str
    faces: tuple[tuple[Face, ...], ...]
    amounts: tuple[tuple[Amount | None, ...], ...]
    titles: tuple[str, ...]
    notes: tuple[tuple[int, str], ...]
    head: int | None
    body: tuple[int, ...]
    column_labels: tuple[str, ...]
    row_labels: tuple[str, ...]
    months: tuple[tuple[int, ...], ...]
    row_months: tuple[tuple[int, ...], ...]
    inferred: tuple[tuple[int, int], ...] = ()

    @cached_property
    def width(self) -> int:
        """How many columns the rectangle has."""
        return self.table.width

    @cached_property
    def has_time_columns(self) -> bool:
        """Whether at least two columns are single months."""
        return sum(len(months) == 1 for months in self.months) > 1

    @cached_property
    def has_time_rows(self) -> bool:
        """Whether at least two rows are single months."""
        return sum(len(self.row_months[row]) == 1 for row in self.body) > 1

    @cached_property
    def named_months(self) -> tuple[int, ...]:
        """The months of the axis of time, in order of appearance, with the inferred ones."""
        lines = self.months if self.has_time_columns else tuple(self.row_months[row] for row in self.body)
        return tuple(dict.fromkeys(months[0] for months in lines if len(months) == 1))

    @cached_property
    def figure_columns(self) -> tuple[int, ...]:
        """The columns in which figures belong: those that have one or a declared absence, months, and totals."""
        found = []
        for column in range(self.width):
            faces = [self.faces[row][column] for row in self.body]
            is_named = len(self.months[column]) == 1 or (column and level_of(self.column_labels[column]))
            words = faces.count(Face.WORDS)
            figures = faces.count(Face.FIGURE) + faces.count(Face.FIGURES)
            if (figures and figures >= words) or (is_named and not words):
                found.append(column)
        return tuple(found)

    @cached_property
    def has_label_column(self) -> bool:
        """Whether the first column names the rows; in a strip of big figures it does not."""
        if not self.body or not self.column_labels or not self.column_labels[0]:
            return True
        if len(self.body) == 1:
            return self.faces[self.body[0]][0] is not Face.FIGURE
        return not all(face is Face.FIGURE for row in self.body for face in self.faces[row])

    @cached_property
    def is_listing(self) -> bool:
        """Whether each row is a thing (an event, a request): two columns of words or more, or dates and words."""
        others = [column for column in range(self.width) if column not in self.figure_columns]
        return self.head is not None and len(others) > 1 and not self.has_time_columns and not self.has_time_rows

    @property
    def is_card(self) -> bool:
        """Whether each row is a name and its value, all of the one thing that the heading above names."""
        return self.width == 2 and self.head is None and not self.has_time_rows

    @cached_property
    def thing_rows(self) -> tuple[int, ...]:
        """The body's rows that are things: not totals, not blank."""
        return tuple(
            row
            for row in self.body
            if level_of(self.row_labels[row]) is Level.PART
            and any(self.faces[row][column] in (Face.WORDS, Face.FIGURE) for column in range(self.width))
        )

    @cached_property
    def grid(self) -> Grid:
        """The body's figures for the search for relations; see `place` to come back."""
        columns = range(self.width)
        figure_columns = frozenset(self.figure_columns)
        blanks = frozenset(
            (line, column)
            for line, row in enumerate(self.body)
            for column in columns
            if column in figure_columns and self.faces[row][column] in (Face.BLANK, Face.DECLARED)
        )
        return Grid(
            amounts=tuple(self.amounts[row] for row in self.body),
            row_labels=tuple(self.row_labels[row] for row in self.body),
            column_labels=self.column_labels,
            blanks=blanks,
            has_time_columns=self.has_time_columns,
            has_time_rows=self.has_time_rows,
            row_starts=frozenset(line for line, row in enumerate(self.body) if row in self.block_starts),
        )

    @cached_property
    def block_starts(self) -> frozenset[int]:
        """The rows of the body right after a blank row, a note or a row of nothing but words."""
        without = {Face.WORDS, Face.BLANK, Face.ABSENT}
        return frozenset(
            row
            for before, row in pairwise(self.body)
            if row - before > 1 or (before and without.issuperset(self.faces[before]))
        )

    def place(self, place: Place) -> Place:
        """A place of `grid` as a place of the table."""
        return self.body[place[0]], place[1]

    def locate(self, place: Place) -> Location:
        """The place of a cell, in its reader's words."""
        row, column = place
        cell = self.table.spread[row][column]
        return Location(
            LocationKind.CELL,
            self.section,
            None,
            self.number,
            self.table.caption,
            row + 1,
            column + 1,
            self.shown_names[0][row],
            self.shown_names[1][column],
            self.table.page,
            "" if cell is None else cell.prose.text,
        )

    @cached_property
    def shown_names(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """What its rows and its columns are called where a place is told; "" for rows that have no names."""
        rows = self._short_rows if self.has_label_column else ("",) * len(self.row_labels)
        return rows, self._short_columns

    @cached_property
    def _short_rows(self) -> tuple[str, ...]:
        return tuple(map(_shorten, self.row_labels))

    @cached_property
    def _short_columns(self) -> tuple[str, ...]:
        return tuple(map(_shorten, self.column_labels))

    def locate_table(self) -> Location:
        """The place of the whole table."""
        return Location(
            LocationKind.TABLE,
            section=self.section,
            table=self.number,
            table_caption=self.table.caption,
            page=self.table.page,
            text=self.name,
        )

    @cached_property
    def name(self) -> str:
        """What the table is called: its caption, its title, or its corner."""
        if self.table.caption:
            return self.table.caption
        if self.titles:
            return " ".join(self.titles)
        corner = self.column_labels[0] if self.column_labels else ""
        return corner or (self.before if len(self.before) <= _LONGEST_HEADER else "")

    def line_name(self, row: int) -> str:
        """A row as a person would name it: its label; for a thing, its first words that are no date and no number."""
        return self._line_names[row]

    @cached_property
    def _line_names(self) -> tuple[str, ...]:
        return tuple(map(self._name_line, range(len(self.row_labels))))

    def _name_line(self, row: int) -> str:
        label = self.row_labels[row] if self.has_label_column else ""
        if not (find_dates(label) or label.strip(" .").isdecimal()):
            return label
        for column in range(1, self.width):
            cell = self.table.spread[row][column]
            if cell is not None and self.faces[row][column] is Face.WORDS:
                return cell.text.strip()
        return label


def _shorten(label: str) -> str:
    flat = " ".join(label.split())
    return flat if len(flat) <= _LONGEST_HEADER else flat[: _LONGEST_HEADER - 1].rstrip() + "…"
