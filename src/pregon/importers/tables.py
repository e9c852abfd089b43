"""The tables of a file, whether it is text or a workbook: rows of fields, as the platform's program wrote them.

A workbook's cells are read as its owner sees them and written back as machines write them: a number with a point and no
thousands marks, a day as 2025-10-31. A sheet is a table; a text file is one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from pregon.document.unreadable import UnreadableFile
from pregon.importers.base import Answers, Upload
from pregon.importers.delimited import MAXIMUM_COLUMNS, DamagedTableError, Row, read_delimited, sniff_rows
from pregon.importers.headers import Columns, match_columns
from pregon.readers.compound import SIGNATURE
from pregon.readers.excel_package import Sheet

_ZIP: Final = b"PK\x03\x04"
_MAXIMUM_WORKBOOK: Final = 16 * 1024 * 1024
_HEADER_WITHIN: Final = 10
"""How many rows may stand above a header: a title, a description, a blank line."""
_SHOWN_DAY: Final = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})(?![0-9])")
_SHOWN_NUMBER: Final = re.compile(r"-?[0-9]+(?:\.[0-9]{3})*(?:,[0-9]+)?$")


class RefusedFileError(Exception):
    """A file that cannot be read; the text is one whole Spanish sentence, for `Extract.refused`."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table of text or a sheet of a workbook. `repairs` say what was mended to read it."""

    rows: tuple[Row, ...]
    sheet: str = ""
    repairs: tuple[str, ...] = ()

    def place(self, row: Row) -> str:
        """Where a row stands, in the words of a birth certificate: «fila 4», «hoja «Metrics», fila 4»."""
        return f"hoja «{self.sheet}», fila {row.line}" if self.sheet else f"fila {row.line}"


@dataclass(frozen=True, slots=True)
class Headed:
    """A table whose header was found.

    Attributes:
        header: the row of the header.
        columns: which of them are known.
        rows: those under it that say something and have as many fields as the header.
        uneven: those under it with more or fewer fields: their values cannot be told apart, and they are not read.
        lacking: the columns without which the source says nothing and that the header does not have.
    """

    table: Table
    header: Row
    columns: Columns
    rows: tuple[Row, ...] = ()
    uneven: tuple[Row, ...] = ()
    lacking: tuple[str, ...] = ()

    @property
    def above(self) -> tuple[Row, ...]:
        """The rows over the header: titles and descriptions."""
        return tuple(row for row in self.table.rows if row.line < self.header.line)

    def name(self, key: str) -> str:
        """A column's words in this file."""
        place = self.columns.first(key)
        return "" if place is None else self.header.fields[place].strip()

    def texts(self, key: str) -> list[str]:
        """What every row says in a column."""
        return [self.columns.text(key, row.fields) for row in self.rows]


def read_tables(upload: Upload) -> tuple[Table, ...]:
    """Every table of a file.

    Raises:
        RefusedFileError: it is no table that can be read.
    """
    if is_workbook(upload):
        if upload.size > _MAXIMUM_WORKBOOK:
            raise RefusedFileError(
                f"«{upload.name}» pesa más de {_MAXIMUM_WORKBOOK // 1024 // 1024} MB: descárguelo por periodos más "
                "cortos."
            )
        try:
            return _open_workbook(_Kept(upload))
        except UnreadableFile as error:
            raise RefusedFileError(str(error)) from error
    try:
        found = read_delimited(upload.read())
    except DamagedTableError as error:
        raise RefusedFileError(f"«{upload.name}» {error}") from error
    return (Table(found.rows, repairs=found.repairs),)


def sniff_tables(upload: Upload) -> tuple[Table, ...]:
    """The tables of a file by its head, for `identify`; () where it has none. Never raises.

    A workbook tells nothing by its head alone (its list of sheets is at its end), so it is read whole, once for all
    the sources that ask.
    """
    if is_workbook(upload):
        try:
            return read_tables(upload)
        except (RefusedFileError, OSError):
            return ()
    rows = _sniff(upload.head)
    return (Table(rows),) if rows else ()


def is_workbook(upload: Upload) -> bool:
    """Whether a file opens as a workbook of Excel does, of today or of before 2007."""
    return upload.head.startswith((_ZIP, SIGNATURE))


@lru_cache(maxsize=4)
def _sniff(head: bytes) -> tuple[Row, ...]:
    return sniff_rows(head)


@dataclass(frozen=True, slots=True)
class _Kept:
    """An upload, known by its bytes alone: the sources that ask for it again get what was read before."""

    upload: Upload = field(compare=False)
    sha256: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "sha256", self.upload.sha256)


@lru_cache(maxsize=2)
def _open_workbook(kept: _Kept) -> tuple[Table, ...]:
    from pregon.readers.excel97_records import OldWorkbook
    from pregon.readers.excel_package import Workbook

    content, name = kept.upload.read(), kept.upload.name
    workbook = OldWorkbook(content, name) if content.startswith(SIGNATURE) else Workbook(content, name)
    return tuple(Table(_rows_of(sheet), sheet.name) for sheet in workbook.sheets)


def _rows_of(sheet: Sheet) -> tuple[Row, ...]:
    width = min(sheet.right, MAXIMUM_COLUMNS)
    by_row: dict[int, dict[int, str]] = {}
    for place, text in sheet.texts.items():
        by_row.setdefault(place[0], {})[place[1]] = _as_machines_write(text) if place in sheet.numbers else text
    return tuple(
        Row(number, tuple(cells.get(column, "") for column in range(1, width + 1)))
        for number, cells in sorted(by_row.items())
    )


def _as_machines_write(shown: str) -> str:
    """A cell's number or day as exports write it: «34.811» is 34811 there, «6/10/2025» is 2025-10-06.

    >>> [_as_machines_write(shown) for shown in ("34.811", "0,066", "6/10/2025", "7,12E+18")]
    ['34811', '0.066', '2025-10-06', '7.12E+18']
    """
    if day := _SHOWN_DAY.match(shown):
        return f"{day[3]}-{int(day[2]):02}-{int(day[1]):02}{shown[day.end() :]}"
    if _SHOWN_NUMBER.match(shown):
        return shown.replace(".", "").replace(",", ".")
    return shown.replace(",", ".") if "E+" in shown else shown


def find_header(
    tables: Sequence[Table],
    aliases: Mapping[str, Sequence[str]],
    required: Sequence[str],
    answers: Answers | None = None,
) -> Headed | None:
    """The table and row with most of a source's columns; None where there is no table at all.

    `aliases` are the names of each column, `required` the columns without which nothing can be read. Where no row has
    a known column, the first one with two fields stands for the header, so that a person can say what they are.
    """
    best: tuple[int, Table, Row, Columns] | None = None
    for table in tables:
        for row in [row for row in table.rows if not row.is_blank][:_HEADER_WITHIN]:
            if sum(1 for words in row.fields if words.strip()) < 2:
                continue
            columns = match_columns(row.fields, aliases, answers)
            if best is None or len(columns.places) > best[0]:
                best = (len(columns.places), table, row, columns)
    if best is None:
        return None
    _, table, header, columns = best
    below = [row for row in table.rows if row.line > header.line and not row.is_blank]
    width = _width_of_rows(header, below)
    even = tuple(row for row in below if len(row.fields) == width)
    uneven = tuple(row for row in below if len(row.fields) != width)
    lacking = tuple(key for key in required if key not in columns)
    return Headed(table, header, columns, even, uneven, lacking)


def _width_of_rows(header: Row, rows: Sequence[Row]) -> int:
    """How many fields a whole row has: as many as the header, or more where all of them end in the same blank ones."""
    width = len(header.fields)
    widths = {len(row.fields) for row in rows}
    if len(rows) > 1 and len(widths) == 1 and not any(any(row.fields[width:]) for row in rows):
        return max(width, *widths)
    return width
