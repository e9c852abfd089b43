"""A plain table as a workbook: a header and rows of texts, numbers and dates. No cell is ever a formula."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Final

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

_WIDEST: Final = 60
_TEXT: Final = "@"
_DAY: Final = "d/mm/yyyy"
_LONGEST: Final = 32_767
"""Letters that a cell of Excel holds."""


def write_rows(
    path: Path, title: str, header: Sequence[str], rows: Sequence[Sequence[str | int | date | None]]
) -> None:
    """Write the table at `path`. Texts stay texts, also those that begin with «=»; control characters are dropped."""
    book = Workbook()
    sheet = book.active
    if sheet is None:
        raise AssertionError("a new workbook has a sheet")
    sheet.title = title[:31]
    sheet.append(list(header))
    for cell in sheet[1]:
        cell.font = Font(bold=True)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    for number, row in enumerate(rows, start=2):
        for place, value in enumerate(row, start=1):
            cell = sheet.cell(number, place)
            if value is not None and isinstance(cell, Cell):
                _set(cell, value)
    for place, words in enumerate(header, start=1):
        longest = max([len(words), *(len(str(row[place - 1] or "")) for row in rows)])
        sheet.column_dimensions[get_column_letter(place)].width = min(longest + 2, _WIDEST)
    sheet.freeze_panes = "A2"
    book.save(path)


def _set(cell: Cell, value: str | int | date) -> None:
    if isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)[:_LONGEST]
        cell.data_type = "s"
        cell.number_format = _TEXT
    elif isinstance(value, date) and not isinstance(value, datetime):
        cell.value = value
        cell.number_format = _DAY
    else:
        cell.value = value
