"""Understanding a table: where its headers end, which axis is time, what is a figure, a blank, a total."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from typing import Final

from pregon.claims.said_periods import months_said, periods_in
from pregon.claims.vocabulary import flatten, is_declared_gap
from pregon.document.location import Location, LocationKind
from pregon.document.model import Cell, Table
from pregon.figures.amount import Amount, widen_column
from pregon.figures.spanish import find_dates, month_name, parse_amount
from pregon.relations.grid import Grid, Place
from pregon.relations.labels import Level, level_of

_LONGEST_FIGURE: Final = 40
_LONGEST_HEADER: Final = 60
_ROUNDED_FROM: Final = 1000
_LETTER: Final = re.compile(r"[^\W\d_]")
_DIGIT: Final = re.compile(r"\d")
_NUMBER_WORD: Final = re.compile(r"^(?:cero|un[oa]?|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce)$")
_NOTE_MARK: Final = re.compile(r"(?:\s*\*+|\s*\((?:estimado|e|est\.)\))$", re.IGNORECASE)


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

    @property
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
            section=self.section,
            table=self.number,
            table_caption=self.table.caption,
            row=row + 1,
            column=column + 1,
            row_label=_shorten(self.row_labels[row]) if self.has_label_column else "",
            column_label=_shorten(self.column_labels[column]),
            page=self.table.page,
            text="" if cell is None else cell.text,
        )

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
        """A row as a person would name it: its label; for a thing, its first words that are no date."""
        label = self.row_labels[row] if self.has_label_column else ""
        if not find_dates(label):
            return label
        for column in range(1, self.width):
            cell = self.table.spread[row][column]
            if cell is not None and self.faces[row][column] is Face.WORDS:
                return cell.text.strip()
        return label


def _shorten(label: str) -> str:
    flat = " ".join(label.split())
    return flat if len(flat) <= _LONGEST_HEADER else flat[: _LONGEST_HEADER - 1].rstrip() + "…"


def read_figure(text: str) -> Amount | None:
    """The amount a cell prints and nothing else, or None: «34.811», «≈ 2.106», «45*»."""
    stripped = _NOTE_MARK.sub("", text.strip())
    if not stripped or len(stripped) > _LONGEST_FIGURE:
        return None
    if not _DIGIT.search(stripped) and not _NUMBER_WORD.match(flatten(stripped)):
        return None
    try:
        return parse_amount(stripped)
    except ValueError:
        return None


def understand_table(
    table: Table, number: int, *, section: str = "", before: str = "", trusts_marks: bool
) -> Tabulation:
    """Tell headers from figures in a table.

    `before` is the text right above it; `trusts_marks` says that this document marks its header rows, so that a table
    of two columns without a mark has none: each row is a name and its value.
    """
    spread = table.spread
    faces, amounts = _look(table)
    row_mentions = [_months_of(line[0].text if line and line[0] is not None else "") for line in spread]
    titles, first = _find_titles(table, faces)
    head, body_start = _find_head(table, faces, first, trusts_marks=trusts_marks)
    notes = tuple(
        (row, text) for row in range(body_start, len(spread)) if (text := _single_text(table, faces, row)) is not None
    )
    noted = {row for row, _ in notes}
    body = tuple(row for row in range(body_start, len(spread)) if row not in noted and _has_something(faces[row]))
    column_labels = _name_columns(table, head, body_start, first)
    months = tuple(_months_of(label) for label in column_labels)
    tabulation = Tabulation(
        table=table,
        number=number,
        section=section,
        before=before,
        faces=faces,
        amounts=amounts,
        titles=titles,
        notes=notes,
        head=head,
        body=body,
        column_labels=column_labels,
        row_labels=tuple(_name_row(table, row) for row in range(len(spread))),
        months=months,
        row_months=tuple(row_mentions),
    )
    return _widen_lines(_infer_months(tabulation))


def _look(table: Table) -> tuple[tuple[tuple[Face, ...], ...], tuple[tuple[Amount | None, ...], ...]]:
    faces: list[tuple[Face, ...]] = []
    amounts: list[tuple[Amount | None, ...]] = []
    for line in table.grid:
        row_faces: list[Face] = []
        row_amounts: list[Amount | None] = []
        for cell in line:
            face, amount = _look_at(cell)
            row_faces.append(face)
            row_amounts.append(amount)
        faces.append(tuple(row_faces))
        amounts.append(tuple(row_amounts))
    return tuple(faces), tuple(amounts)


def _look_at(cell: Cell | None) -> tuple[Face, Amount | None]:
    if cell is None:
        return Face.ABSENT, None
    text = cell.text.strip()
    if not text:
        return (Face.WORDS if cell.tables else Face.BLANK), None
    amount = read_figure(text)
    if amount is not None:
        return Face.FIGURE, amount
    if is_declared_gap(text):
        return Face.DECLARED, None
    return (Face.WORDS if _LETTER.search(text) or find_dates(text) else Face.FIGURES), None


def _has_something(faces: tuple[Face, ...]) -> bool:
    return any(face not in (Face.BLANK, Face.ABSENT) for face in faces)


def _single_text(table: Table, faces: tuple[tuple[Face, ...], ...], row: int) -> str | None:
    """The words of a row that holds one cell of words and no place for figures; None for any other row."""
    line = faces[row]
    if len(line) < 2 or line[0] is not Face.WORDS or any(face is not Face.ABSENT for face in line[1:]):
        return None
    cell = table.spread[row][0]
    return None if cell is None else cell.text.strip()


def _find_titles(table: Table, faces: tuple[tuple[Face, ...], ...]) -> tuple[tuple[str, ...], int]:
    """The rows of one name that head a table, and the first row after them."""
    titles: list[str] = []
    row = 0
    while row < len(faces) - 1 and row < 3:
        words = [column for column, face in enumerate(faces[row]) if face not in (Face.BLANK, Face.ABSENT)]
        if not words and titles == []:
            row += 1
            continue
        cell = table.spread[row][words[0]] if len(words) == 1 else None
        wide = cell is not None and (cell.column_span >= table.width or table.width > 2)
        if cell is None or not wide or faces[row][words[0]] is not Face.WORDS or _months_of(cell.text):
            break
        if len(words) == 1 and words[0] > 0 and not titles and table.header_rows > row:
            break
        titles.append(" ".join(cell.text.split()))
        row += 1
    return tuple(titles), row


def _find_head(
    table: Table, faces: tuple[tuple[Face, ...], ...], first: int, *, trusts_marks: bool
) -> tuple[int | None, int]:
    """The row that names the columns (the last of several) and the first row of the body."""
    if table.header_rows > first:
        return table.header_rows - 1, table.header_rows
    if first >= len(faces):
        return None, first
    texts = [cell.text.strip() if cell is not None else "" for cell in table.spread[first]]
    if sum(bool(_months_of(text)) for text in texts[1:]) > 1:
        return first, first + 1
    if (trusts_marks and not first and table.width == 2) or len(faces) - first < 2:
        return None, first
    has_figures = any(face is Face.FIGURE for face in faces[first][1:])
    named = [text for text in texts if text]
    is_head = not has_figures and len(named) > 1 and all(len(text) <= _LONGEST_HEADER for text in named)
    has_figures_below = any(Face.FIGURE in line for line in faces[first + 1 :])
    return (first, first + 1) if is_head and (has_figures_below or table.width > 2) else (None, first)


def _name_columns(table: Table, head: int | None, body_start: int, first: int) -> tuple[str, ...]:
    if head is None:
        return ("",) * table.width
    labels = []
    for column in range(table.width):
        cells = (line[column] for line in table.spread[first:body_start])
        named = (" ".join(cell.text.split()) for cell in cells if cell is not None)
        labels.append(" ".join(dict.fromkeys(name for name in named if name)))
    return tuple(labels)


def _name_row(table: Table, row: int) -> str:
    cells = table.spread[row][: max(1, table.header_columns)]
    named = (" ".join(cell.text.split()) for cell in cells if cell is not None)
    return " ".join(dict.fromkeys(name for name in named if name))


def _months_of(label: str) -> tuple[int, ...]:
    """The months that a header is: «OCTUBRE», «Oct.», «octubre 2025»; none where it says anything else besides."""
    if not label or len(label) > _LONGEST_FIGURE:
        return ()
    mentions = periods_in(label)
    if len(mentions) != 1:
        return ()
    rest = (label[: mentions[0].start] + label[mentions[0].end :]).strip(" .:()")
    return months_said(mentions[0]) if not rest or rest.isdigit() else ()


def _infer_months(tabulation: Tabulation) -> Tabulation:
    """Name the blank header that continues a run of months up to a total: «octubre, noviembre, _, total»."""
    if not tabulation.has_time_columns:
        return tabulation
    labels = list(tabulation.column_labels)
    months = list(tabulation.months)
    inferred = []
    for column in range(1, tabulation.width - 1):
        follows = len(months[column - 1]) == 1 and column > 1
        ends = level_of(labels[column + 1]) or len(months[column + 1]) == 1
        if labels[column] or not follows or not ends:
            continue
        month = months[column - 1][0] % 12 + 1
        if len(months[column + 1]) == 1 and months[column + 1][0] != month % 12 + 1:
            continue
        inferred.append((column, month))
        labels[column] = month_name(month)
        months[column] = (month,)
    if not inferred:
        return tabulation
    return replace(tabulation, column_labels=tuple(labels), months=tuple(months), inferred=tuple(inferred))


def _widen_lines(tabulation: Tabulation) -> Tabulation:
    """Widen each line of months whose figures were all rounded by the platform (73.300, 26.700)."""
    if not tabulation.has_time_columns:
        return tabulation
    columns = [column for column, months in enumerate(tabulation.months) if len(months) == 1]
    lines = [list(line) for line in tabulation.amounts]
    for row in tabulation.body:
        printed = [(column, amount) for column in columns if (amount := lines[row][column]) is not None]
        if any(0 < abs(amount.value) < _ROUNDED_FROM for _, amount in printed):
            continue
        for (column, _), wide in zip(printed, widen_column([amount for _, amount in printed]), strict=True):
            lines[row][column] = wide
    return replace(tabulation, amounts=tuple(tuple(line) for line in lines))
