"""Document, Heading, Paragraph, Table, Cell, Picture: a report free of any format, and the walk over all its text.

Fields that say how a thing looks or where its figures came from do not take part in equality (`compare=False`);
fields that a reader of the printed page could tell do. That is the law the writers and readers are held to:
`read(write(document)) == document`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from pregon.document.location import Location
from pregon.document.prose import Figure, Prose

if TYPE_CHECKING:
    from pregon.document.passages import Passages


class Role(StrEnum):
    """What a paragraph is for; writers give each its style."""

    BODY = "body"
    ITEM = "item"
    """One point of a list."""
    SOURCE = "source"
    """Where the figures above come from."""
    NOTE = "note"
    """A remark that stands out: what is pending, what the report found of itself."""
    SUBTITLE = "subtitle"
    FOOTNOTE = "footnote"
    TEXT_BOX = "text_box"


class Layout(StrEnum):
    """How a table is drawn. Never part of what it says."""

    GRID = "grid"
    """Figures under headers: the ordinary table of a report."""
    FACTS = "facts"
    """A name and its value in each row (document control, a campaign's card)."""
    HIGHLIGHTS = "highlights"
    """A few big figures with their names above or beneath."""


class CellState(StrEnum):
    """What a cell says of its figure. Four faces of nothing, each with its own words; a blank never prints."""

    VALUE = "value"
    NO_DATA = "no_data"
    NOT_APPLICABLE = "not_applicable"
    NOT_ADDABLE = "not_addable"
    NOT_MEASURABLE = "not_measurable"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell at its upper left place. Its paragraphs are parted by a line feed; tables inside it hang on `tables`."""

    prose: Prose = field(default_factory=Prose)
    row_span: int = 1
    column_span: int = 1
    tables: tuple[Table, ...] = ()
    state: CellState = field(default=CellState.VALUE, compare=False)

    @property
    def text(self) -> str:
        """What the cell prints."""
        return self.prose.text


@dataclass(frozen=True)
class Table:
    """Rows of cells. A merged cell stands once, in its first row; `grid` and `spread` lay the cells out.

    `header_rows` and `header_columns` count what the format itself marks as headers (0 where it marks none).
    `number` and `caption` part «Tabla 3. Publicaciones por red» in two. `total_rows` and `total_columns` count the
    last rows and columns that hold totals, for drawing alone.
    """

    rows: tuple[tuple[Cell, ...], ...]
    header_rows: int = 0
    header_columns: int = 0
    caption: str = ""
    number: int | None = None
    total_rows: int = field(default=0, compare=False)
    total_columns: int = field(default=0, compare=False)
    layout: Layout = field(default=Layout.GRID, compare=False)
    page: int | None = field(default=None, compare=False)

    @cached_property
    def spread(self) -> tuple[tuple[Cell | None, ...], ...]:
        """The rectangle of places; a merged cell stands at every place it covers, None where a row is short."""
        return self._laid_out[0]

    @cached_property
    def grid(self) -> tuple[tuple[Cell | None, ...], ...]:
        """As `spread`, but a merged cell stands only at its upper left place, so that it is counted once."""
        return self._laid_out[1]

    @cached_property
    def _laid_out(self) -> tuple[_Rectangle, _Rectangle]:
        """The places of all cells, and those of their upper left corners alone."""
        covered: list[dict[int, Cell]] = [{} for _ in self.rows]
        corners: list[dict[int, Cell]] = [{} for _ in self.rows]
        for row, cells in enumerate(self.rows):
            line = covered[row]
            column = 0
            for cell in cells:
                while column in line:
                    column += 1
                if cell.row_span == cell.column_span == 1:
                    line[column] = corners[row][column] = cell
                elif cell.row_span > 0 and cell.column_span > 0:
                    corners[row][column] = cell
                    for below in covered[row : row + cell.row_span]:
                        for right in range(column, column + cell.column_span):
                            below.setdefault(right, cell)
                column += cell.column_span
        width = max((column for line in covered for column in line), default=-1) + 1
        places = range(width)
        return tuple(tuple(map(line.get, places)) for line in covered), tuple(
            tuple(map(line.get, places)) for line in corners
        )

    @cached_property
    def width(self) -> int:
        """How many columns the rectangle has."""
        return len(self.spread[0]) if self.spread else 0

    def with_inner(self) -> Iterator[Table]:
        """The table and then the tables inside its cells, in reading order."""
        yield self
        for row in self.rows:
            for cell in row:
                for inner in cell.tables:
                    yield from inner.with_inner()

    def row_label(self, row: int) -> str:
        """What a row (from 0) is called: its header cells, or its first cell with words."""
        return self._row_labels[row] if 0 <= row < len(self._row_labels) else ""

    def column_label(self, column: int) -> str:
        """What a column (from 0) is called: its header cells from the top down, or the first row's cell.

        A table that has header columns and no header row (names beside their values) has no names for its columns.
        """
        return self._column_labels[column] if 0 <= column < len(self._column_labels) else ""

    @cached_property
    def _row_labels(self) -> tuple[str, ...]:
        return tuple(_join_names(cells[: self.header_columns or 1]) for cells in self.spread)

    @cached_property
    def _column_labels(self) -> tuple[str, ...]:
        if self.header_columns and not self.header_rows:
            return ("",) * self.width
        lines = self.spread[: self.header_rows or 1]
        return tuple(_join_names(line[column] for line in lines) for column in range(self.width))


_Rectangle = tuple[tuple[Cell | None, ...], ...]


def _join_names(cells: Iterable[Cell | None]) -> str:
    """The texts of header cells as one name, each once."""
    texts = (cell.prose.text.strip() for cell in cells if cell is not None)
    return " ".join(dict.fromkeys(text for text in texts if text))


@dataclass(frozen=True)
class Heading:
    """A heading; level 0 is the title of the document, 1 its sections."""

    level: int
    prose: Prose
    anchor: str = field(default="", compare=False)
    page: int | None = field(default=None, compare=False)

    @property
    def text(self) -> str:
        """What the heading prints."""
        return self.prose.text


@dataclass(frozen=True)
class Paragraph:
    """A paragraph and what it is for."""

    prose: Prose
    role: Role = Role.BODY
    page: int | None = field(default=None, compare=False)

    @property
    def text(self) -> str:
        """What the paragraph prints."""
        return self.prose.text


@dataclass(frozen=True, slots=True)
class Series:
    """One line or group of bars of a chart: a value for each category, None where there is no datum."""

    name: str
    values: tuple[Figure | None, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """What a chart shows; `writers.charts` draws it once for every format.

    `categories` are the places along the axis (months), `unit` names what is counted («publicaciones»).
    """

    key: str
    title: str
    description: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Image:
    """The bytes of a picture that came from a file or an evidence."""

    content: bytes = field(repr=False)
    media_type: str = "image/png"


@dataclass(frozen=True)
class Picture:
    """A picture or chart: what it shows in words (`alt`), its caption and number, and how to draw it."""

    alt: str
    caption: str = ""
    number: int | None = None
    drawing: Chart | Image | None = field(default=None, compare=False)
    page: int | None = field(default=None, compare=False)


Block = Heading | Paragraph | Table | Picture


@dataclass(frozen=True, slots=True)
class Properties:
    """What a document says of itself: kept in Word's and Excel's properties, PDF's metadata, HTML's meta tags."""

    title: str = ""
    institution: str = ""
    code: str = ""
    version: str = ""
    period: str = ""
    """As in file names: «2025-T4»."""
    language: str = "es-CO"


@dataclass(frozen=True)
class Document:
    """A report, format-free: its properties, its blocks in reading order, its page header and footer.

    `header` and `footer` are the words repeated on each page, one string a line, without the page numbers that the
    writers add. `source` is the file it was read from, `remarks` what its reader must tell a person (a page that
    could not be read): neither is part of what it says. `issued` holds the texts a report of ours left with, where
    its file still carries them.
    """

    blocks: tuple[Block, ...]
    properties: Properties = Properties()
    header: tuple[str, ...] = ()
    footer: tuple[str, ...] = ()
    source: str = field(default="", compare=False)
    remarks: tuple[str, ...] = field(default=(), compare=False)
    issued: tuple[str, ...] | None = field(default=None, compare=False)

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """Every table in reading order, those inside cells after the table that holds them."""
        found: list[Table] = []
        for block in self.blocks:
            if isinstance(block, Table):
                found.extend(block.with_inner())
        return tuple(found)

    @cached_property
    def passages(self) -> Passages:
        """Every text of the document with its place, in reading order."""
        from pregon.document.passages import walk  # which walks over what is defined here

        return walk(self)

    def figures(self) -> tuple[Figure, ...]:
        """Every figure that the texts carry, in reading order; none in a document that was read from a file."""
        return tuple(figure for passage in self.passages for figure in passage.prose.figures())

    @property
    def text(self) -> str:
        """All the text, one passage a line."""
        return "\n".join(passage.prose.text for passage in self.passages)


class Passage(NamedTuple):
    """A text of a document, where it stands and the block it belongs to."""

    location: Location
    prose: Prose
    block: Block | None = None
    cell: Cell | None = None
