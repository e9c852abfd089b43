"""The records of an Excel workbook of 97 to 2003 (BIFF8), as the sheets they make. After Microsoft's [MS-XLS]."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Final, NamedTuple

from pregon.figures.sheet_formats import BUILT_IN
from pregon.readers import refusals
from pregon.readers.compound import Compound
from pregon.readers.excel_package import MAXIMUM_CELLS, Sheet, Span, print_number

_BOF, _EOF, _CONTINUE, _STRING = 0x0809, 0x000A, 0x003C, 0x0207
_FILEPASS, _DATE_1904, _FORMAT, _XF, _BOUNDSHEET, _SST = 0x002F, 0x0022, 0x041E, 0x00E0, 0x0085, 0x00FC
_VERSION: Final = 0x0600
_WORKSHEET: Final = 0
_MAXIMUM_STYLED: Final = 400_000
_ERRORS: Final = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}


class _Record(NamedTuple):
    kind: int
    parts: list[bytes]
    """Its bytes, and those of each record that continues it."""

    @property
    def data(self) -> bytes:
        return self.parts[0]


class OldWorkbook:
    """A workbook of before 2007. Its sheets are those that are seen."""

    def __init__(self, content: bytes, name: str) -> None:
        """Read it.

        Raises:
            UnreadableFile: it is broken, has a password, is older than 97, or has more cells than can be read.
        """
        self.name = name
        self.sheets: list[Sheet] = []
        self.hidden_sheets: list[str] = []
        self._cells = 0
        self._styled = 0
        self._formats: dict[int, str] = {}
        self._styles: list[tuple[int, bool]] = []
        self._strings: list[str] = []
        self._bounds: list[tuple[int, int, int, str]] = []
        self._since_1904 = False
        try:
            streams = Compound(content)
            book = streams.stream("Workbook")
            if book is None:
                raise refusals.too_old(name, "un Excel de antes de 1997", "Excel", ".xlsx")
            self._read_book(book)
        except (struct.error, ValueError, IndexError, OverflowError) as error:
            raise refusals.damaged(name) from error

    def _read_book(self, book: bytes) -> None:
        records = _part(book, 0)
        first = next(records, None)
        if first is None or first.kind != _BOF:
            raise refusals.damaged(self.name)
        if struct.unpack_from("<H", first.data)[0] != _VERSION:
            raise refusals.too_old(self.name, "un Excel de antes de 1997", "Excel", ".xlsx")
        for record in records:
            self._read_global(record)
        for place, state, kind, title in self._bounds:
            if state:
                self.hidden_sheets.append(title)
            elif kind == _WORKSHEET:
                self.sheets.append(_SheetReader(self, title).read(_part(book, place)))

    def _read_global(self, record: _Record) -> None:
        if record.kind == _FILEPASS:
            raise refusals.protected(self.name)
        if record.kind == _DATE_1904:
            self._since_1904 = record.data[:1] == b"\x01"
        elif record.kind == _FORMAT:
            (number,) = struct.unpack_from("<H", record.data)
            self._formats[number] = _StringReader([record.data], 2).read()
        elif record.kind == _XF:
            number, borders = struct.unpack_from("<2xH6xH", record.data)
            self._styles.append((number, borders != 0))
        elif record.kind == _BOUNDSHEET:
            place, state, kind = struct.unpack_from("<IBB", record.data)
            self._bounds.append((place, state & 3, kind, _StringReader([record.data], 6).read(short=True)))
        elif record.kind == _SST:
            self._strings = list(_read_strings(record))

    def count(self, *, has_text: bool) -> None:
        """Count one more cell, with text or with a mere frame."""
        self._cells += has_text
        self._styled += not has_text
        if self._cells > MAXIMUM_CELLS:
            raise refusals.too_many(self.name, "más de 200.000 celdas con contenido")
        if self._styled > _MAXIMUM_STYLED:
            raise refusals.too_many(self.name, "más de 400 mil celdas")

    def string(self, place: int) -> str:
        """A text of the table that all sheets share."""
        return self._strings[place] if place < len(self._strings) else ""

    def has_border(self, style: int) -> bool:
        """Whether cells of a style have a frame."""
        return style < len(self._styles) and self._styles[style][1]

    def print(self, value: float | Decimal, style: int) -> str:
        """A number as a cell of that style shows it."""
        number = self._styles[style][0] if style < len(self._styles) else 0
        code = self._formats.get(number) or BUILT_IN.get(number, "General")
        return print_number(value if isinstance(value, Decimal) else Decimal(repr(value)), code, self._since_1904)


class _SheetReader:
    """Reads the records of one sheet."""

    def __init__(self, book: OldWorkbook, title: str) -> None:
        self._book = book
        self._sheet = Sheet(title)
        self._waiting: tuple[int, int] | None = None
        """The formula whose text the next record brings."""
        self._split = (0, 0)
        self._is_frozen = False
        self._readers: dict[int, Callable[[_Record], None]] = {
            0x00FD: self._read_shared_text,
            0x0204: self._read_text,
            0x00D6: self._read_text,
            0x0203: self._read_number,
            0x027E: self._read_packed,
            0x00BD: self._read_many_packed,
            0x0006: self._read_formula,
            _STRING: self._read_formula_text,
            0x0205: self._read_truth,
            0x0201: self._read_blank,
            0x00BE: self._read_many_blanks,
            0x00E5: self._read_merged,
            0x0208: self._read_row,
            0x007D: self._read_columns,
            0x0041: self._read_pane,
            0x023E: self._read_window,
        }

    def read(self, records: Iterator[_Record]) -> Sheet:
        for record in records:
            reader = self._readers.get(record.kind)
            if reader is not None:
                reader(record)
        if self._is_frozen:
            self._sheet.frozen_columns, self._sheet.frozen_rows = self._split
        return self._sheet

    def _put(self, row: int, column: int, text: str, *, is_number: bool = False) -> None:
        if text:
            self._book.count(has_text=True)
            place = (row + 1, column + 1)
            self._sheet.texts[place] = text
            if is_number:
                self._sheet.numbers.add(place)
            self._sheet.bottom, self._sheet.right = max(self._sheet.bottom, row + 1), max(self._sheet.right, column + 1)

    def _frame(self, row: int, column: int, style: int) -> None:
        if self._book.has_border(style):
            self._book.count(has_text=False)
            self._sheet.framed.add((row + 1, column + 1))

    def _read_shared_text(self, record: _Record) -> None:
        row, column, _, place = struct.unpack_from("<3HI", record.data)
        self._put(row, column, self._book.string(place))

    def _read_text(self, record: _Record) -> None:
        row, column, _ = struct.unpack_from("<3H", record.data)
        self._put(row, column, _StringReader(record.parts, 6).read())

    def _read_number(self, record: _Record) -> None:
        row, column, style, value = struct.unpack_from("<3Hd", record.data)
        self._put(row, column, self._book.print(value, style), is_number=True)

    def _read_packed(self, record: _Record) -> None:
        row, column, style, packed = struct.unpack_from("<3HI", record.data)
        self._put(row, column, self._book.print(_unpack(packed), style), is_number=True)

    def _read_many_packed(self, record: _Record) -> None:
        row, column = struct.unpack_from("<HH", record.data)
        for at in range(4, len(record.data) - 7, 6):
            style, packed = struct.unpack_from("<HI", record.data, at)
            self._put(row, column, self._book.print(_unpack(packed), style), is_number=True)
            column += 1

    def _read_formula(self, record: _Record) -> None:
        row, column, style = struct.unpack_from("<3H", record.data)
        result = record.data[6:14]
        self._waiting = None
        if result[6:8] != b"\xff\xff":
            (value,) = struct.unpack("<d", result)
            self._put(row, column, self._book.print(value, style), is_number=True)
        elif result[0] == 0:
            self._waiting = (row, column)
        elif result[0] in {1, 2}:
            self._put(row, column, _name_truth(result[2], is_error=result[0] == 2))

    def _read_formula_text(self, record: _Record) -> None:
        if self._waiting is not None:
            self._put(*self._waiting, _StringReader(record.parts, 0).read())
            self._waiting = None

    def _read_truth(self, record: _Record) -> None:
        row, column, _, value, is_error = struct.unpack_from("<3HBB", record.data)
        self._put(row, column, _name_truth(value, is_error=bool(is_error)))

    def _read_blank(self, record: _Record) -> None:
        self._frame(*struct.unpack_from("<3H", record.data))

    def _read_many_blanks(self, record: _Record) -> None:
        row, column = struct.unpack_from("<HH", record.data)
        for at in range(4, len(record.data) - 3, 2):
            self._frame(row, column, struct.unpack_from("<H", record.data, at)[0])
            column += 1

    def _read_merged(self, record: _Record) -> None:
        (many,) = struct.unpack_from("<H", record.data)
        for at in range(2, min(2 + many * 8, len(record.data) - 7), 8):
            top, bottom, left, right = struct.unpack_from("<4H", record.data, at)
            if top <= bottom and left <= right:
                self._sheet.spans.append(Span(top + 1, left + 1, bottom + 1, right + 1))

    def _read_row(self, record: _Record) -> None:
        self._sheet.has_hidden_lines |= bool(struct.unpack_from("<H", record.data, 12)[0] & 0x20)

    def _read_columns(self, record: _Record) -> None:
        self._sheet.has_hidden_lines |= bool(struct.unpack_from("<H", record.data, 8)[0] & 1)

    def _read_pane(self, record: _Record) -> None:
        self._split = struct.unpack_from("<HH", record.data)

    def _read_window(self, record: _Record) -> None:
        self._is_frozen = bool(struct.unpack_from("<H", record.data)[0] & 8)


class _StringReader:
    """Reads the texts of a record; one that goes on in the next record says anew there how its letters are written."""

    def __init__(self, parts: list[bytes], at: int) -> None:
        self._parts = parts
        self._part = 0
        self._at = at

    def read(self, *, short: bool = False) -> str:
        """The next text; `short` ones have their length in one byte."""
        left = self._take(1)[0] if short else struct.unpack("<H", self._take(2))[0]
        flags = self._take(1)[0]
        runs = struct.unpack("<H", self._take(2))[0] if flags & 8 else 0
        readings = struct.unpack("<I", self._take(4))[0] if flags & 4 else 0
        pieces: list[str] = []
        while left:
            width = 2 if flags & 1 else 1
            here = self._parts[self._part][self._at : self._at + left * width]
            here = here[: len(here) // width * width]
            pieces.append(here.decode("utf-16-le" if width == 2 else "latin-1", "replace"))
            self._at += len(here)
            left -= len(here) // width
            if left:
                self._turn()
                flags = self._take(1)[0]
        self._skip(runs * 4 + readings)
        return "".join(pieces)

    def _turn(self) -> None:
        self._part += 1
        self._at = 0
        if self._part >= len(self._parts):
            raise ValueError("a text goes on where nothing is")

    def _take(self, size: int) -> bytes:
        if self._at >= len(self._parts[self._part]):
            self._turn()
        taken = self._parts[self._part][self._at : self._at + size]
        self._at += size
        if len(taken) < size:
            raise ValueError("a record is cut short")
        return taken

    def _skip(self, size: int) -> None:
        while size:
            here = min(size, len(self._parts[self._part]) - self._at)
            self._at += here
            size -= here
            if size:
                self._turn()


def _part(book: bytes, at: int) -> Iterator[_Record]:
    """The records of a part of the stream up to its end; those of charts inside it are left out."""
    depth = 0
    waiting: _Record | None = None
    while at + 4 <= len(book):
        kind, length = struct.unpack_from("<HH", book, at)
        data = book[at + 4 : at + 4 + length]
        at += 4 + length
        if kind == _CONTINUE and waiting is not None:
            waiting.parts.append(data)
            continue
        if waiting is not None:
            yield waiting
        waiting = None
        depth += (kind == _BOF) - (kind == _EOF)
        if depth <= 0:
            return
        if depth == 1:
            waiting = _Record(kind, [data])
    if waiting is not None:
        yield waiting


def _read_strings(record: _Record) -> Iterator[str]:
    (many,) = struct.unpack_from("<4xI", record.data)
    reader = _StringReader(record.parts, 8)
    for _ in range(min(many, sum(map(len, record.parts)))):
        yield reader.read()


def _unpack(packed: int) -> Decimal:
    """A number in four bytes: a whole one, or the upper half of a floating one; either may be in hundredths."""
    if packed & 2:
        value = Decimal((packed >> 2) - ((packed >> 31) << 30))
    else:
        value = Decimal(repr(struct.unpack("<d", struct.pack("<II", 0, packed & 0xFFFFFFFC))[0]))
    return value / 100 if packed & 1 else value


def _name_truth(value: int, *, is_error: bool) -> str:
    return _ERRORS.get(value, "#N/A") if is_error else "VERDADERO" if value else "FALSO"
