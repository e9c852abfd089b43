"""Comma-separated values (.csv, .tsv) → Document: one table, its delimiter and encoding told by the file itself.

Platforms export these with commas, semicolons or tabs, in UTF-8, UTF-16 or Windows-1252, some with a «sep=;» line on
top and some with words above the table. The delimiter is the one that parts most lines in the same number of fields.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from typing import Final

from pregon.document.model import Cell, Document, Paragraph, Table
from pregon.document.prose import Prose
from pregon.readers import refusals
from pregon.readers.bounds import MAXIMUM_COLUMNS, check_lines
from pregon.readers.signatures import Content, decode_text, recognise

NAME: Final = "CSV"
SUFFIXES: Final = (".csv", ".tsv")

MAXIMUM_CELLS: Final = 200_000
_DELIMITERS: Final = ";\t,|"
_SAMPLE: Final = 200
_LONGEST_FIELD: Final = 100_000


def identify(content: bytes, name: str) -> bool:
    """Whether the bytes are text, and the name says that it is a table of values."""
    return recognise(content) is Content.TEXT and name.casefold().endswith(SUFFIXES)


def read(content: bytes, name: str) -> Document:
    """The table that the file holds; lines of one field above it are paragraphs.

    Raises:
        UnreadableFile: it has no words, or more cells than can be read.
    """
    text = decode_text(content).replace("\x00", "")
    check_lines(text, name)
    delimiter, text = _find_delimiter(text)
    rows = _read_rows(text, delimiter, name)
    above = next((at for at, row in enumerate(rows) if len(row) > 1), len(rows))
    blocks: list[Paragraph | Table] = [Paragraph(Prose(row[0])) for row in rows[:above]]
    if rows[above:]:
        blocks.append(_make_table(rows[above:], name))
    if not blocks:
        raise refusals.empty(name)
    return Document(tuple(blocks), source=name)


def _find_delimiter(text: str) -> tuple[str, str]:
    """What parts the fields, and the text without the line that says so."""
    first, _, rest = text.partition("\n")
    if first.casefold().startswith("sep=") and len(first.strip()) == 5:
        return first.strip()[4], rest
    sample = "\n".join(text.splitlines()[:_SAMPLE])
    return max(_DELIMITERS, key=lambda each: _agreement(sample, each)), text


def _agreement(sample: str, delimiter: str) -> tuple[int, int]:
    """How many lines have the number of fields that most lines with several have, and how many fields those are."""
    widths = Counter(len(row) for row in _parse(sample, delimiter) if len(row) > 1)
    width, lines = max(widths.items(), key=lambda each: (each[1], each[0]), default=(0, 0))
    return lines, width


def _parse(text: str, delimiter: str) -> list[list[str]]:
    csv.field_size_limit(_LONGEST_FIELD)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True))
    except csv.Error:
        # A quote that never ends swallows all that follows: the lines are read as they stand.
        return [line.split(delimiter) for line in text.splitlines()]


def _read_rows(text: str, delimiter: str, name: str) -> list[list[str]]:
    """The rows that have words; what a spreadsheet leaves empty at the end of every row is no column."""
    if text.count(delimiter) > MAXIMUM_CELLS:
        raise refusals.too_many(name, "más de 200.000 celdas")
    rows = [[_tidy(field) for field in row] for row in _parse(text, delimiter)]
    rows = [row for row in rows if any(row)]
    filled = max((at + 1 for row in rows for at, field in enumerate(row) if field), default=0)
    return [row[:filled] if len(row) == 1 or any(row[1:]) else row[:1] for row in rows]


def _tidy(field: str) -> str:
    lines = (line.strip() for line in field.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    return "\n".join(line for line in lines if line)


def _make_table(rows: list[list[str]], name: str) -> Table:
    """A rectangle; its first row is a header where none of its fields is a number."""
    width = max(len(row) for row in rows)
    if width > MAXIMUM_COLUMNS or width * len(rows) > MAXIMUM_CELLS:
        raise refusals.too_many(name, "más de 200.000 celdas")
    cells = tuple(tuple(Cell(Prose(field)) for field in [*row, *[""] * (width - len(row))]) for row in rows)
    named = [field for field in rows[0] if field]
    is_header = len(rows) > 1 and len(named) > 1 and not any(field[0].isdigit() for field in named)
    return Table(cells, header_rows=int(is_header))
