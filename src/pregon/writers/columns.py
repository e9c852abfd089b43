"""Which columns of a table hold figures: told from what the cells print, in a document that was read too."""

from __future__ import annotations

import re
from typing import Final

from pregon.document.model import Cell, CellState, Table
from pregon.figures.words import fold

_NUMBER: Final = re.compile(
    r"[≈~]?\s*[+−–-]?\s*\$?\s*\d[\d.,\s]*(?:%|K|M|mil|millones)?(?:\s*\([+−–-]?\d[\d.,]*\s?%\))?", re.IGNORECASE
)
_ABSENT: Final = {
    "sin dato": CellState.NO_DATA,
    "no aplica": CellState.NOT_APPLICABLE,
    "no sumable": CellState.NOT_ADDABLE,
    "no medible": CellState.NOT_MEASURABLE,
}


def find_figure_columns(table: Table) -> frozenset[int]:
    """The columns (from 0) whose cells under the headers are numbers or say that there is none.

    A column that only says so is one where another column has numbers: a month without data beside two with them.
    """
    figures: set[int] = set()
    absences: set[int] = set()
    for column in range(table.width):
        cells = [line[column] for line in table.grid[table.header_rows :]]
        shown = [cell for cell in cells if cell is not None and (cell.text.strip() or cell.tables)]
        if shown and all(prints_number(cell) or absence_of(cell) is not None for cell in shown):
            (figures if any(prints_number(cell) for cell in shown) else absences).add(column)
    return frozenset(figures | absences) if figures else frozenset()


def prints_number(cell: Cell) -> bool:
    """Whether the whole cell is one number: «34.811», «48,5 %», «≈ 2.106», «+23 (+9,2 %)»."""
    return not cell.tables and _NUMBER.fullmatch(cell.text.strip()) is not None


def absence_of(cell: Cell) -> CellState | None:
    """What kind of absence the cell says, told by its state or else its words; None where it says none."""
    if cell.state is not CellState.VALUE:
        return cell.state
    return None if cell.tables else absence_in(cell.text)


def absence_in(text: str) -> CellState | None:
    """As `absence_of`, of words alone: «sin dato», «falta diciembre», «no sumable»."""
    words = fold(text).strip()
    if re.match(r"faltan? \w", words) and len(words) < 40:
        return CellState.NO_DATA
    return _ABSENT.get(words)
