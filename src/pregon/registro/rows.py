"""From the cells of a sheet to rows of values, each knowing its place; what cannot be taken becomes a mistake."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from pregon.figures.period import Period
from pregon.figures.spanish import fold
from pregon.registro.cells import Cell
from pregon.registro.mistake import Mistake, Refused
from pregon.registro.shape import Column, Form, Sheet, sample_of
from pregon.registro.vocabulary import nearest
from pregon.registro.workbook import Grid, letter_of

SAMPLE_MARK = "ejemplo:"
"""A row whose first cell opens so is a sample: grey, and never read."""

_HEADER_WITHIN = 12


@dataclass(slots=True)
class Row:
    """A row being read: its values by field, where each is, and which could not be taken."""

    sheet: Sheet | Form
    number: int
    values: dict[str, Any] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)

    @property
    def is_whole(self) -> bool:
        """Whether every cell could be taken."""
        return not self.refused

    def mistake(self, at: str, problem: str, remedy: str, *, is_remark: bool = False) -> Mistake:
        """A mistake at the cell of a field."""
        return Mistake(self.sheet.name, self.places.get(at, f"A{self.number}"), problem, remedy, is_remark=is_remark)


def read_rows(sheet: Sheet, grid: Grid, period: Period | None) -> tuple[list[Row], list[Mistake]]:
    """Every row of a sheet, and the mistakes of its cells. Sample rows and blank ones are passed over."""
    header = _find_header(sheet, grid)
    if header is None:
        first = sheet.columns[0].header
        return [], [
            Mistake(sheet.name, "", "No tiene la fila de títulos.", f"Ponga en una fila los títulos: «{first}»…")
        ]
    number, where = header[0], header[1]
    mistakes = list(_missing_headers(sheet, grid, number, where))
    rows = []
    for row_number, cells in grid.rows:
        if row_number <= number or all(_at(cells, index, grid, row_number).is_blank for index in where.values()):
            continue
        taken = {name: _at(cells, index, grid, row_number) for name, index in where.items()}
        opening = taken.get(sheet.columns[0].field)
        if opening is not None and fold(opening.text).startswith(SAMPLE_MARK) and not opening.is_exact:
            mistakes.extend(_used_sample(sheet, taken, period))
            continue
        row, wrong = _read_row(sheet, row_number, sheet.columns, taken, period)
        rows.append(row)
        mistakes.extend(wrong)
    return rows, mistakes


def read_form(form: Form, grid: Grid, period: Period | None) -> tuple[Row, list[Mistake]]:
    """The answers of a form: each is in the cell to the right of its question."""
    labels = {fold(_bare(column.header)): column for column in form.fields}
    taken: dict[str, Cell] = {}
    for number, cells in grid.rows:
        for index, cell in enumerate(cells):
            column = labels.get(fold(_bare(cell.text)))
            if column is not None and column.field not in taken:
                taken[column.field] = _at(cells, index + 1, grid, number)
                break
    mistakes = [
        Mistake(
            form.name, "", f"Falta la línea «{column.header}».", "Escríbala en la columna A, con su respuesta al lado."
        )
        for column in form.fields
        if column.field not in taken and not column.is_optional
    ]
    row, wrong = _read_row(form, 0, form.fields, taken, period)
    return row, [*mistakes, *wrong]


def _read_row(
    sheet: Sheet | Form, number: int, columns: Sequence[Column], taken: dict[str, Cell], period: Period | None
) -> tuple[Row, list[Mistake]]:
    row = Row(sheet, number)
    mistakes = []
    for column in columns:
        cell = taken.get(column.field)
        row.values[column.field] = column.kind.empty
        if cell is None:
            if column.is_required:
                row.refused.add(column.field)
            continue
        row.places[column.field] = cell.address
        try:
            row.values[column.field] = _take(column, cell, period)
        except Refused as refused:
            row.refused.add(column.field)
            mistakes.append(row.mistake(column.field, refused.problem, refused.remedy))
    return row, mistakes


def _take(column: Column, cell: Cell, period: Period | None) -> object:
    if cell.fault == "=":
        raise Refused("Tiene una fórmula sin resultado.", "Abra el libro en Excel y guárdelo, o escriba aquí el valor.")
    if cell.fault:
        raise Refused(f"Tiene el error «{cell.fault}» de una fórmula.", "Escriba aquí el valor.")
    if cell.is_blank:
        if column.is_required:
            raise Refused(f"Falta «{column.header}».", column.help)
        return column.kind.empty
    return column.kind.parse(cell, period)


def _find_header(sheet: Sheet, grid: Grid) -> tuple[int, dict[str, int]] | None:
    """The row of headers: of the first rows, the one with most of them. Its columns may stand in any order."""
    known = {fold(column.header): column.field for column in sheet.columns}
    best: tuple[int, dict[str, int]] | None = None
    for number, cells in grid.rows:
        if number > _HEADER_WITHIN:
            break
        where: dict[str, int] = {}
        for index, cell in enumerate(cells):
            name = known.get(fold(_bare(cell.text)))
            if name is not None:
                where.setdefault(name, index)
        if where and (best is None or len(where) > len(best[1])):
            best = (number, where)
    return best


def _missing_headers(sheet: Sheet, grid: Grid, number: int, where: dict[str, int]) -> list[Mistake]:
    """What the header row lacks, what was renamed, and what is there twice."""
    cells = next(cells for row_number, cells in grid.rows if row_number == number)
    known = {fold(column.header) for column in sheet.columns}
    strangers = [cell for cell in cells if not cell.is_blank and fold(_bare(cell.text)) not in known]
    mistakes: list[Mistake] = []
    for column in sheet.columns:
        if column.field in where:
            again = [cell for cell in cells if fold(_bare(cell.text)) == fold(column.header)][1:]
            mistakes.extend(
                Mistake(
                    sheet.name, cell.address, f"La columna «{column.header}» está dos veces.", "Borre la que sobra."
                )
                for cell in again
            )
            continue
        close = nearest(column.header, [_bare(cell.text) for cell in strangers])
        renamed = next((cell for cell in strangers if close and _bare(cell.text) == close), None)
        if renamed is not None:
            mistakes.append(
                Mistake(
                    sheet.name,
                    renamed.address,
                    f"El título dice «{renamed.text}» y se esperaba «{column.header}».",
                    f"Escriba «{column.header}».",
                    # In a book that never had the column, it may well be one that the office added for itself.
                    is_remark=column.is_optional,
                )
            )
        elif not column.is_optional:
            mistakes.append(
                Mistake(
                    sheet.name, "", f"Falta la columna «{column.header}».", f"Escríbala en la fila {number}, al final."
                )
            )
    return mistakes


def _used_sample(sheet: Sheet, taken: dict[str, Cell], period: Period | None) -> list[Mistake]:
    """A sample row that someone wrote over would be lost in silence: it is told instead."""
    if period is None:
        return []
    for column in sheet.columns[1:]:
        cell = taken.get(column.field)
        sample = sample_of(column, period)
        if cell is None or not isinstance(sample, str) or not sample:
            continue
        if fold(cell.text) not in {fold(sample), fold(str(column.kind.print(sample) or ""))}:
            first = taken[sheet.columns[0].field]
            return [
                Mistake(
                    sheet.name,
                    first.address,
                    "Esta fila dice «ejemplo:» y ya no es la de muestra.",
                    "Borre «ejemplo:» para que cuente, o borre la fila entera.",
                )
            ]
    return []


def _at(cells: tuple[Cell, ...], index: int, grid: Grid, number: int) -> Cell:
    """The cell of a row at an index; rows are as long as what they hold."""
    if index < len(cells):
        return cells[index]
    return Cell(grid.name, f"{letter_of(index)}{number}")


def _bare(header: str) -> str:
    """A header without the mark of the required ones."""
    return header.rstrip(" *")
