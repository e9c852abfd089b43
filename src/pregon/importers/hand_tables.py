"""A table that anybody made, of text or of Excel: its header, its rows with their places, and which cells are numbers.

The header is the first row of words with something to read below. A table with its months in columns is turned, one
month to a row.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from pregon.figures.period import Period
from pregon.figures.spanish import count_of, fold
from pregon.figures.words import MONTH_NUMBERS
from pregon.importers.base import Upload
from pregon.importers.delimited import DamagedTableError, Row, read_delimited, sniff_rows
from pregon.readers.excel97_records import OldWorkbook
from pregon.readers.excel_package import Sheet, Workbook
from pregon.readers.signatures import Content, recognise

MOST_COLUMNS: Final = 80
MOST_ROWS: Final = 50_000
_HEADER_WITHIN: Final = 25
_LOOKED_BELOW: Final = 5
_LONGEST_HEADER: Final = 120
_PACKED: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_FIGURE: Final = re.compile(r"\s*[-+−≈~]?\s*\$?\s*\d[\d.,\s\u00a0\u202f]*\s*(?:%|k|m|mil|millones)?\s*$", re.IGNORECASE)
_TOTAL: Final = re.compile(r"(?:sub)?total(?:es)?\b.*|suma\b.*|promedio\b.*|average\b.*")
_SUM: Final = re.compile(r"(?:gran )?total(?:es)?(?: .{0,20})?|trimestre|acumulado|suma")
_MONTH: Final = "Mes"
_VALUE: Final = "Valor"
_FIRST: Final = "Nombre"
"""What a first column without a title is called: it names the rows."""


@dataclass(frozen=True, slots=True)
class FoundTable:
    """A table: its header, its rows that say something, and the lines and columns whose cells Excel keeps as numbers.

    `sheet` is "" for a file of text. Columns count from 0.
    """

    header: tuple[str, ...]
    rows: tuple[Row, ...]
    sheet: str = ""
    numbers: frozenset[tuple[int, int]] = frozenset()
    repairs: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()

    def place(self, row: Row) -> str:
        """Where a row stands, in Spanish: «fila 12», «hoja «Octubre», fila 7»."""
        return f"hoja «{self.sheet}», fila {row.line}" if self.sheet else f"fila {row.line}"

    def texts(self, column: int) -> list[str]:
        """What each row says in a column; "" where it ends before."""
        return [row.fields[column].strip() if column < len(row.fields) else "" for row in self.rows]


def is_table_of_text(head: bytes) -> bool:
    """Whether a file's first rows are a header with something to read below. Never raises."""
    rows = sniff_rows(head)
    return _find_header(rows) is not None


def read_tables(upload: Upload) -> tuple[FoundTable, ...]:
    """The tables of a file: one of text, or those of a workbook's sheets.

    Raises:
        DamagedTableError: it holds no table that can be read; the text is one Spanish sentence without a subject.
        UnreadableFile: the workbook cannot be opened; the text is a whole sentence.
    """
    if not upload.head.startswith(_PACKED):
        read = read_delimited(upload.read())
        found = [(_cut("", read.rows, frozenset(), read.repairs))]
    else:
        found = [_of_sheet(sheet) for sheet in _read_sheets(upload)]
    tables = tuple(_turn_months(table) for table in found if table is not None)
    if not tables:
        raise DamagedTableError("no tiene una fila de títulos con datos debajo: póngala y guárdelo otra vez.")
    if (rows := sum(len(table.rows) for table in tables)) > MOST_ROWS:
        raise DamagedTableError(f"tiene {count_of(rows, 'fila', 'filas')}: impórtelo por partes.")
    wide = next((table for table in tables if len(table.header) > MOST_COLUMNS), None)
    if wide is not None:
        count = count_of(len(wide.header), "columna", "columnas")
        raise DamagedTableError(f"tiene {count}: deje en una hoja solo las que se van a importar.")
    return tables


def _read_sheets(upload: Upload) -> Iterable[Sheet]:
    content = upload.read()
    match recognise(content):
        case Content.EXCEL:
            return Workbook(content, upload.name).sheets
        case Content.EXCEL_97:
            return OldWorkbook(content, upload.name).sheets
        case _:
            raise DamagedTableError("no es una tabla de texto ni un libro de Excel.")


def _of_sheet(sheet: Sheet) -> FoundTable | None:
    """A sheet's cells as rows of text."""
    by_row: dict[int, dict[int, str]] = {}
    for (row, column), text in sheet.texts.items():
        by_row.setdefault(row, {})[column] = text
    width = max((column for _, column in sheet.texts), default=0)
    rows = [
        Row(number, tuple(by_row[number].get(column, "") for column in range(1, width + 1)))
        for number in sorted(by_row)
        if max(by_row[number]) <= width
    ]
    numbers = frozenset((row, column - 1) for row, column in sheet.numbers)
    return _cut(sheet.name, rows, numbers, ())


def _cut(
    sheet: str, rows: Sequence[Row], numbers: frozenset[tuple[int, int]], repairs: tuple[str, ...]
) -> FoundTable | None:
    """The table below the header; None where there is no header."""
    place = _find_header(rows)
    if place is None:
        return None
    header = tuple(" ".join(words.replace("\ufeff", "").split()).strip('"') for words in rows[place].fields)
    while header and not header[-1]:
        header = header[:-1]
    below = tuple(row for row in rows[place + 1 :] if not row.is_blank)
    if header and not header[0] and any(row.fields and row.fields[0].strip() for row in below):
        header = (_FIRST, *header[1:])
    return FoundTable(header, below, sheet, numbers, repairs, tuple(_tell_nameless(header, below)))


def _tell_nameless(header: Sequence[str], rows: Sequence[Row]) -> list[str]:
    """Columns that hold something and have no title cannot be asked about: they are told."""
    width = max((len(row.fields) for row in rows), default=0)
    nameless = [
        column + 1
        for column in range(width)
        if (column >= len(header) or not header[column])
        and any(column < len(row.fields) and row.fields[column].strip() for row in rows)
    ]
    if not nameless:
        return []
    if len(nameless) == 1:
        return [f"La columna {nameless[0]} no tiene título y no se leyó."]
    return [f"{count_of(len(nameless), 'columna', 'columnas')} sin título no se leyeron."]


def _find_header(rows: Sequence[Row]) -> int | None:
    for place, row in enumerate(rows[:_HEADER_WITHIN]):
        named = {column: words.strip() for column, words in enumerate(row.fields) if words.strip()}
        if len(named) < 2 or not all(_is_name(words) or _names_month(words) for words in named.values()):
            continue
        if len({fold(words) for words in named.values()}) < len(named):
            continue
        below = [each for each in rows[place + 1 : place + 1 + _LOOKED_BELOW] if not each.is_blank]
        if any(_says_something(each, named) for each in below):
            return place
    return None


def _is_name(words: str) -> bool:
    return len(words) <= _LONGEST_HEADER and any(letter.isalpha() for letter in words) and "://" not in words


def _says_something(row: Row, named: dict[int, str]) -> bool:
    """Whether a row has a figure, a day or a link under a title."""
    texts = [row.fields[column].strip() for column in named if column < len(row.fields)]
    filled = [text for text in texts if text]
    return len(filled) > 1 and any(text[0].isdigit() or "://" in text or _FIGURE.match(text) for text in filled)


def is_total(row: Row) -> bool:
    """Whether a row's first words say that it adds up the others."""
    first = next((text for text in row.fields if text.strip()), "")
    return _TOTAL.fullmatch(fold(first)) is not None


def read_month_name(text: str) -> tuple[int, int | None] | None:
    """The number of a month written by name, with its year where it says it: «oct-25», «Octubre», «octubre de 2025»."""
    found = re.fullmatch(r"([a-z]{3,10})\.?(?:(?: de(?:l)? | |-|/|')(\d{4}|\d{2}))?", fold(text))
    if found is None or found[1] not in MONTH_NUMBERS:
        return None
    year = None if found[2] is None else int(found[2]) + (2000 if len(found[2]) == 2 else 0)
    return MONTH_NUMBERS[found[1]], year


def _turn_months(table: FoundTable) -> FoundTable:
    """A table with months for columns, as one with a row for each month."""
    months = [column for column, words in enumerate(table.header) if _names_month(words)]
    if len(months) < 2:
        return table
    sums = [column for column, words in enumerate(table.header) if _SUM.fullmatch(fold(words))]
    kept = [column for column, words in enumerate(table.header) if words and column not in (*months, *sums)]
    rows = []
    numbers = set()
    for row in table.rows:
        cells = {column: row.fields[column] if column < len(row.fields) else "" for column in (*kept, *months)}
        for column in months:
            rows.append(Row(row.line, (*(cells[each] for each in kept), table.header[column], cells[column])))
            if (row.line, column) in table.numbers:
                numbers.add((row.line, len(kept) + 1))
    header = (*(table.header[column] for column in kept), _MONTH, _VALUE)
    told = [f"«{table.header[column]}» suma los meses y no se importa." for column in sums]
    return replace(table, header=header, rows=tuple(rows), numbers=frozenset(numbers), remarks=(*table.remarks, *told))


def _names_month(words: str) -> bool:
    if read_month_name(words) is not None:
        return True
    try:
        return len(Period.parse(words).months) == 1
    except ValueError:
        return False
