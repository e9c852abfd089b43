"""A table on its sheet: numbers as numbers, totals as formulas, merged cells, widths, frozen headers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from pregon.document.model import Cell, CellState, Layout, Table
from pregon.document.sheet_words import TABLE_ROW
from pregon.writers.columns import absence_of, find_figure_columns, prints_number
from pregon.writers.excel_figures import PlacedNumber, SheetNumber, read_printed, sole_figure, write_formula

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from pregon.writers.excel_style import Face, PageStyle

_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LONGEST_TEXT: Final = 32_767
_NARROWEST, _WIDEST = 9, 52


def clean_cell_text(text: str) -> str:
    """The text without the characters that a workbook forbids, and no longer than a cell can hold."""
    shown = _FORBIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return shown if len(shown) <= _LONGEST_TEXT else shown[: _LONGEST_TEXT - 1] + "…"


def write_table(sheet: Worksheet, table: Table, style: PageStyle) -> dict[str, str]:
    """Write the table from row `TABLE_ROW` on; returns the values of its formulas by their cells."""
    sheet.sheet_view.showGridLines = False
    writer = _TableWriter(sheet, table, style)
    writer.write_cells()
    writer.set_sizes()
    sheet.freeze_panes = sheet.cell(TABLE_ROW + table.header_rows, 1 + table.header_columns).coordinate
    if table.header_rows:
        sheet.print_title_rows = f"{TABLE_ROW}:{TABLE_ROW + table.header_rows - 1}"
    return writer.formulas


class _TableWriter:
    def __init__(self, sheet: Worksheet, table: Table, style: PageStyle) -> None:
        self._sheet = sheet
        self._table = table
        self._style = style
        self._figures = frozenset() if table.layout is Layout.HIGHLIGHTS else find_figure_columns(table)
        self._numbers = {
            (row, column): number
            for row, column, cell in _cells_of(table)
            if row >= table.header_rows and not cell.tables and (number := read_printed(cell.text)) is not None
        }
        self._places = self._place_figures()
        self.formulas: dict[str, str] = {}

    def write_cells(self) -> None:
        for row, column, cell in _cells_of(self._table):
            self._write_cell(row, column, cell)

    def set_sizes(self) -> None:
        """Columns as wide as their longest line, within bounds; rows as high as their longest text then needs."""
        from openpyxl.utils import get_column_letter

        widths = [_NARROWEST] * self._table.width
        for _, column, cell in _cells_of(self._table):
            if cell.column_span == 1:
                longest = max((len(line) for line in cell.text.split("\n")), default=0)
                widths[column] = max(widths[column], min(longest + 3, _WIDEST))
        for column, width in enumerate(widths, start=1):
            self._sheet.column_dimensions[get_column_letter(column)].width = width
        texts: dict[int, list[tuple[str, float]]] = {row: [] for row in range(len(self._table.rows))}
        for row, column, cell in _cells_of(self._table):
            if cell.row_span == 1:
                texts[row].append((cell.text, sum(widths[column : column + cell.column_span])))
        for row, found in texts.items():
            self._style.fit_row(self._sheet, TABLE_ROW + row, found)
        if self._table.layout is Layout.HIGHLIGHTS:
            for row, column in self._numbers:
                if column == 0:
                    self._sheet.row_dimensions[TABLE_ROW + row].height = 28

    def _place_figures(self) -> dict[str, PlacedNumber]:
        """Where each figure of the table stands as a number; the first place where it stands twice."""
        places: dict[str, PlacedNumber] = {}
        for row, column, cell in _cells_of(self._table):
            figure, number = sole_figure(cell), self._numbers.get((row, column))
            if figure is not None and number is not None:
                places.setdefault(figure.key, PlacedNumber(TABLE_ROW + row, 1 + column, number))
        return places

    def _write_cell(self, row: int, column: int, cell: Cell) -> None:
        sheet, top, left = self._sheet, TABLE_ROW + row, 1 + column
        face = self._choose_face(row, column, cell)
        target = sheet.cell(top, left)
        number = self._numbers.get((row, column))
        if number is None:
            self._style.put(sheet, (top, left), cell.text, face)
        else:
            self._write_number(top, left, cell, number)
            self._style.dress(target, face)
        if cell.row_span > 1 or cell.column_span > 1:
            bottom, right = top + cell.row_span - 1, left + cell.column_span - 1
            sheet.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)
            for each in sheet[f"{target.coordinate}:{sheet.cell(bottom, right).coordinate}"]:
                for covered in each:
                    covered.border = face[2]

    def _write_number(self, row: int, column: int, cell: Cell, number: SheetNumber) -> None:
        target = self._sheet.cell(row, column)
        figure = sole_figure(cell)
        formula = None if figure is None else write_formula(figure, number, self._places)
        if formula is None:
            value = number.value
            target.value = int(value) if value == value.to_integral_value() else value
        else:
            target.value = f"={formula[0]}"
            self.formulas[target.coordinate] = f"{formula[1]:f}"
        target.number_format = number.format

    def _choose_face(self, row: int, column: int, cell: Cell) -> Face:
        table, style = self._table, self._style
        is_figure = column in self._figures or (row, column) in self._numbers
        if table.layout is Layout.HIGHLIGHTS:
            return style.big_number if prints_number(cell) else style.label
        if row < table.header_rows:
            if cell.column_span > 1:
                return style.group_head
            return style.figure_head if column in self._figures else style.head
        if table.layout is Layout.FACTS and column < table.header_columns:
            return style.label
        state = absence_of(cell)
        if row >= len(table.rows) - table.total_rows:
            ink, place, rule = style.total_number if is_figure else style.total_words
            return (ink if state is None else style.absent[0], place, rule)
        if state is CellState.NO_DATA:
            return style.absent_number if is_figure else style.absent
        if state is not None:
            return style.unasked_number if is_figure else style.unasked
        if table.layout is Layout.FACTS:
            return style.left_number if is_figure else style.words
        if column >= table.width - table.total_columns and is_figure:
            return style.column_total
        return style.number if is_figure else style.words


def _cells_of(table: Table) -> Iterator[tuple[int, int, Cell]]:
    """Each cell once, with the row and column (from 0) where it stands."""
    for row, line in enumerate(table.grid):
        for column, cell in enumerate(line):
            if cell is not None:
                yield row, column, cell
