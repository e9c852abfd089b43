"""Tables of text as platforms write them and people damage them: bytes → rows of fields, with what was mended.

Told by the bytes: the encoding (UTF-16 or UTF-8 with or without its mark, else Windows-1252), the separator (the line
«sep=,», else the one that parts most lines alike), and rows that were wrapped a second time in quotes. What a program
may have cut is refused, not guessed: a quote that never closes swallows the rows behind it.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from pregon.figures.spanish import count_of

MAXIMUM_BYTES: Final = 64 * 1024 * 1024
MAXIMUM_COLUMNS: Final = 2_000
LONGEST_FIELD: Final = 200_000
"""Characters: a caption has at most some thousands."""
_SEPARATORS: Final = ",;\t|"
_SAMPLE_LINES: Final = 60
_SAMPLE_LETTERS: Final = 40_000
_SEPARATOR_LINE: Final = "sep="
_MARKS: Final = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


class DamagedTableError(Exception):
    """The bytes are no table that can be read; the text is a Spanish sentence whose subject is the file."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row: the line of the file on which it begins, from 1, and its fields."""

    line: int
    fields: tuple[str, ...]

    @property
    def is_blank(self) -> bool:
        """Whether no field says anything."""
        return not any(field.strip() for field in self.fields)

    @property
    def told(self) -> tuple[str, ...]:
        """Its fields without the blank ones that a spreadsheet leaves at the end."""
        fields = self.fields
        while fields and not fields[-1].strip():
            fields = fields[:-1]
        return fields


@dataclass(frozen=True, slots=True)
class Delimited:
    """A table of text. `repairs` say in Spanish what was mended to read it."""

    rows: tuple[Row, ...]
    separator: str
    encoding: str
    repairs: tuple[str, ...] = ()


def decode(content: bytes, *, is_whole: bool = True) -> tuple[str, str, tuple[str, ...]]:
    """The text of some bytes, their encoding, and the repairs that reading them took.

    `is_whole` is False for the beginning of a file, which may be cut inside a character.

    Raises:
        DamagedTableError: the bytes are no text.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            body = content[len(mark) :]
            return _decode_marked(body, encoding, is_whole=is_whole), encoding, ()
    encoding = _guess_unmarked(content)
    if encoding:
        text = _decode_marked(content, encoding, is_whole=is_whole)
        return text, encoding, ("Le faltaba la marca de UTF-16 del comienzo; se leyó así.",)
    if b"\x00" in content:
        raise DamagedTableError(
            "tiene bytes que no son texto: descárguelo otra vez de la plataforma, sin abrirlo en Excel."
        )
    try:
        return content.decode("utf-8"), "utf-8", ()
    except UnicodeDecodeError as error:
        if not is_whole and error.start >= len(content) - 3:
            return content[: error.start].decode("utf-8"), "utf-8", ()
    repair = "Otro programa lo guardó en Windows-1252: se leyeron bien las tildes, y los emojis se perdieron."
    return content.decode("cp1252", errors="replace"), "cp1252", (repair,)


def _decode_marked(body: bytes, encoding: str, *, is_whole: bool) -> str:
    if encoding.startswith("utf-16") and len(body) % 2:
        if is_whole:
            raise DamagedTableError("está cortado: le falta un byte. Descárguelo otra vez de la plataforma.")
        body = body[:-1]
    try:
        text = body.decode(encoding)
    except UnicodeDecodeError as error:
        if not is_whole and error.start >= len(body) - 3:
            text = body[: error.start].decode(encoding)
        else:
            raise DamagedTableError("tiene letras dañadas: descárguelo otra vez de la plataforma.") from error
    if "\x00" in text:
        raise DamagedTableError(
            "tiene bytes que no son texto: descárguelo otra vez de la plataforma, sin abrirlo en Excel."
        )
    return text


def _guess_unmarked(content: bytes) -> str:
    """UTF-16 without its mark shows as a zero in every second byte of plain letters."""
    sample = content[:512]
    half = len(sample) // 2
    if half < 8:
        return ""
    if sample[1::2].count(0) > half * 0.8 and not sample[0::2].count(0):
        return "utf-16-le"
    if sample[0::2].count(0) > half * 0.8 and not sample[1::2].count(0):
        return "utf-16-be"
    return ""


def read_delimited(content: bytes) -> Delimited:
    """Read a whole table of text.

    Raises:
        DamagedTableError: it is larger than can be read, is no text, or has a quote that never closes.
    """
    if len(content) > MAXIMUM_BYTES:
        raise DamagedTableError(f"pesa más de {MAXIMUM_BYTES // 1024 // 1024} MB: descárguelo por periodos más cortos.")
    text, encoding, repairs = decode(content)
    separator, skipped, text = take_separator(text)
    rows = list(parse_rows(text, separator, skipped))
    if is_wrapped(rows):
        inner = inner_separator(rows)
        rows = [unwrap(row, inner) for row in rows]
        repairs += ("Cada fila venía entre comillas una segunda vez: se quitaron.",)
    _check_widths(rows)
    return Delimited(tuple(rows), separator, encoding, repairs)


def sniff_rows(head: bytes, most: int = 40) -> tuple[Row, ...]:
    """The first whole rows of a file's head, for `identify`; () where it holds no table of text. Never raises."""
    try:
        text, _, _ = decode(head, is_whole=False)
    except DamagedTableError:
        return ()
    separator, skipped, text = take_separator(text)
    rows: list[Row] = []
    try:
        for row in parse_rows(text, separator, skipped):
            rows.append(row)
            if len(rows) == most or len(row.fields) > MAXIMUM_COLUMNS:
                break
    except DamagedTableError:  # the head may be cut inside a quoted field: what came before it stands
        pass
    if not is_wrapped(rows):
        return tuple(rows)
    inner = inner_separator(rows)
    try:
        return tuple(unwrap(row, inner) for row in rows)
    except DamagedTableError:
        return ()


def take_separator(text: str) -> tuple[str, int, str]:
    """The separator, how many lines of the file are above the text that is left, and that text."""
    first, _, rest = text.partition("\n")
    told = first.strip().strip('"').casefold()
    if told.startswith(_SEPARATOR_LINE) and len(told) <= len(_SEPARATOR_LINE) + 1:
        # A spreadsheet that saved the file again may have kept the line and changed the separator.
        return _vote(rest), 1, rest
    return _vote(text), 0, text


def _vote(text: str) -> str:
    """The separator under which the largest share of rows has the same number of fields; the comma among equals.

    The share and not the count: a caption of many lines, each with a semicolon, is more lines than its table has rows.
    """
    sample = text[:_SAMPLE_LETTERS].splitlines()[:_SAMPLE_LINES]
    is_cut = sum(map(len, sample)) + len(sample) < len(text)
    return max(_SEPARATORS, key=lambda separator: _agreement(sample, separator, is_cut=is_cut))


def _agreement(sample: list[str], separator: str, *, is_cut: bool) -> tuple[Fraction, int, int]:
    lines = [line for line in sample if line.strip()]
    try:
        rows = [len(row) for row in csv.reader(lines, delimiter=separator)]
    except csv.Error:
        return (Fraction(0), 0, 0)
    if is_cut and len(rows) > 1:
        rows.pop()  # it may go on behind the sample
    widths = Counter(width for width in rows if width > 1)
    width, count = max(widths.items(), key=lambda each: (each[1], each[0]), default=(0, 0))
    return (Fraction(count, max(len(rows), 1)), count, width)


def parse_rows(text: str, separator: str, skipped: int = 0) -> Iterator[Row]:
    """The rows of a text, `skipped` lines of the file being above it.

    Raises:
        DamagedTableError: a quote never closes, or stands where none may; a field is longer than any export's.
    """
    csv.field_size_limit(LONGEST_FIELD)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    line = 0
    while True:
        begins = line + 1
        try:
            fields = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise DamagedTableError(_tell(str(error), skipped + begins)) from error
        line = reader.line_num
        yield Row(skipped + begins, tuple(fields))


def _tell(error: str, line: int) -> str:
    if "field larger" in error:
        most = count_of(LONGEST_FIELD, "letra", "letras")
        return f"tiene un texto de más de {most} en la línea {line}: no es una exportación."
    if "unexpected end" in error:
        return f"tiene una comilla sin cerrar en la línea {line}: descárguelo otra vez de la plataforma."
    return f"tiene comillas sueltas en la línea {line}: descárguelo otra vez de la plataforma, sin abrirlo en Excel."


def is_wrapped(rows: Sequence[Row]) -> bool:
    """Whether rows are single fields that hold a row each: «"a,""b"",c"»."""
    told = [row for row in rows if not row.is_blank]
    lone = [row for row in told if len(row.fields) == 1]
    parted = [row for row in lone if _has_separator(row.fields[0])]
    return len(told) > 1 and len(lone) == len(told) and len(parted) * 2 > len(told)


def inner_separator(rows: Sequence[Row]) -> str:
    """The separator inside rows that were wrapped, as the first of several words has it: captions hold any of them."""
    first = next((row.fields[0] for row in rows if not row.is_blank and _has_separator(row.fields[0])), "")
    return max(_SEPARATORS, key=first.count)


def _has_separator(text: str) -> bool:
    return any(each in text for each in _SEPARATORS)


def unwrap(row: Row, inner: str) -> Row:
    """The row inside the lone field of a row.

    Raises:
        DamagedTableError: it holds none.
    """
    if row.is_blank:
        return row
    held = row.fields[0]
    try:
        fields = next(csv.reader([held], delimiter=inner, strict=True), [])
    except csv.Error as error:
        raise DamagedTableError(_tell("", row.line)) from error
    return Row(row.line, tuple(fields))


def _check_widths(rows: list[Row]) -> None:
    wide = next((row for row in rows if len(row.fields) > MAXIMUM_COLUMNS), None)
    if wide is not None:
        told = count_of(len(wide.fields), "columna", "columnas")
        raise DamagedTableError(f"tiene {told} en la línea {wide.line}: no es una exportación.")
