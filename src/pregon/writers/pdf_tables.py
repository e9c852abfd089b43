"""A table as the values that report.typ sets: which cell stands where, how it looks, how wide its columns are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

from pregon.document.model import Cell, CellState, Layout, Table
from pregon.figures.spanish import fold
from pregon.writers.pdf_columns import PORTRAIT, Columns, Placed, choose_columns, count_lines, cut_long_words
from pregon.writers.typeface import printable

_WHOLE_ROW: Final = 240.0
"""Points: a row lower than this is never parted over two pages."""
_LINE_HEIGHT: Final = 1.32
_STATES: Final = {
    "sin dato": CellState.NO_DATA,
    "no aplica": CellState.NOT_APPLICABLE,
    "no sumable": CellState.NOT_ADDABLE,
    "no medible": CellState.NOT_MEASURABLE,
}
"""What a cell of a document that was read says, where its state did not travel."""
_ABSENCE: Final = re.compile(r"(?:sin|no|faltan?|pendiente)\b.{0,40}$")
_NUMBER: Final = re.compile(
    r"[≈~]?\s*[−+-]?\s*\$?\s*\d[\d.,\s]*(?:(?:%|[KkM]|mil|millones)\s*)?(?:\([^()]*\d[^()]*\))?"
)

_Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Place:
    """A cell on the grid: its upper left place and how far it reaches, all from zero."""

    row: int
    column: int
    height: int
    width: int
    cell: Cell


def place_cells(table: Table) -> list[Place]:
    """Every cell on the grid, in reading order.

    Places that a short row leaves out get an empty cell, and spans end where the table does: what typst lays out is a
    whole rectangle.
    """
    height, width = len(table.rows), table.width
    taken: set[tuple[int, int]] = set()
    placed: list[Place] = []
    for row, cells in enumerate(table.rows):
        waiting = list(cells)
        for column in range(width):
            if (row, column) in taken:
                continue
            cell = waiting.pop(0) if waiting else Cell()
            down = min(cell.row_span, height - row)
            free = next((at for at in range(column, width) if (row, at) in taken), width) - column
            across = min(cell.column_span, free)
            taken |= {(row + below, column + beside) for below in range(down) for beside in range(across)}
            placed.append(Place(row, column, down, across, cell))
    return placed


def drawn_header_rows(table: Table) -> int:
    """How many header rows can be repeated on each page: they may not be all there is, nor may a cell leave them."""
    rows = min(table.header_rows, len(table.rows))
    for place in place_cells(table):
        if place.row < rows < place.row + place.height:
            rows = place.row + place.height
    return rows if rows < len(table.rows) else 0


def set_table(
    table: Table, room: float = PORTRAIT, *, may_turn: bool = True, on_cover: bool = False
) -> tuple[_Values, float]:
    """A table's values and about how many points high it will be."""
    dresser = _Dresser(table, room, may_turn=may_turn, on_cover=on_cover)
    cells: list[_Values] = []
    heights = [0.0] * len(table.rows)
    for place in dresser.places:
        cell, height = dresser.dress(place)
        cells.append(cell)
        heights[place.row] = max(heights[place.row], height / place.height)
    values: _Values = {
        "layout": table.layout.value,
        "size": dresser.columns.size,
        "landscape": dresser.columns.landscape,
        "columns": list(dresser.columns.widths),
        "header_rows": dresser.header_rows,
        "cells": cells,
    }
    return values, sum(heights)


class _Dresser:
    """Decides how each cell of one table looks."""

    def __init__(self, table: Table, room: float, *, may_turn: bool, on_cover: bool) -> None:
        self.places = place_cells(table)
        self.header_rows = drawn_header_rows(table)
        self._table = table
        self._on_cover = on_cover
        self._figures = self._find_figures()
        measured = [self._measured(place) for place in self.places]
        self.columns: Columns = choose_columns(measured, self._figures, table.layout, room, may_turn=may_turn)

    def dress(self, place: Place) -> tuple[_Values, float]:
        """A cell's values and about how many points high it is."""
        widths = self.columns.widths[place.column : place.column + place.width]
        size = self.columns.size
        lines = [printable(line) for line in place.cell.text.split("\n")]
        inner = [set_table(table, sum(widths) - 10, may_turn=False) for table in place.cell.tables if table.rows]
        height = count_lines(lines, sum(widths), size) * size * _LINE_HEIGHT + 10 + sum(high + 8 for _, high in inner)
        face = self._face(place)
        if face == "figure":
            height += size * 2
        in_figures = self._is_among_figures(place)
        values: _Values = {
            "x": place.column,
            "y": place.row,
            "rows": place.height,
            "columns": place.width,
            "lines": [cut_long_words(line, sum(widths), size) for line in lines] if place.cell.text else [],
            "state": self._state(place.cell),
            "face": face,
            "side": "right" if in_figures else "left",
            "figures": in_figures,
            "first": place.row == len(self._table.rows) - self._table.total_rows,
            "last": place.row + place.height == self.header_rows,
            "breakable": height > _WHOLE_ROW,
            "tables": [values for values, _ in inner],
        }
        return values, height

    def _measured(self, place: Place) -> Placed:
        lines = tuple(printable(line) for line in place.cell.text.split("\n"))
        is_bold = self._face(place) in {"total", "sum", "name"}
        in_figures = self._face(place) == "figure" or (self._is_among_figures(place) and place.row >= self.header_rows)
        return Placed(place.column, place.width, lines, in_figures, is_bold)

    def _face(self, place: Place) -> str:
        """What part the cell plays, by which report.typ sets its type."""
        table = self._table
        if table.layout is Layout.HIGHLIGHTS:
            return "figure" if is_number(place.cell.text) else "caption"
        if place.row < self.header_rows:
            return "head"
        if place.row >= len(table.rows) - table.total_rows:
            return "total"
        if table.layout is Layout.FACTS:
            return "" if place.column or self._on_cover else "name"
        return "sum" if place.column >= table.width - table.total_columns else ""

    def _state(self, cell: Cell) -> str:
        state = cell.state
        if state is CellState.VALUE:
            state = _STATES.get(fold(cell.text), state)
        return "" if state is CellState.VALUE else state.value

    def _is_among_figures(self, place: Place) -> bool:
        return all(self._figures[place.column : place.column + place.width])

    def _find_figures(self) -> list[bool]:
        """Which columns hold, under their heads, figures alone; one that says only that there are none joins them."""
        if self._table.layout is not Layout.GRID:
            return [False] * self._table.width
        bodies: list[list[Cell]] = [[] for _ in range(self._table.width)]
        for place in self.places:
            if place.width == 1 and place.row >= self.header_rows and place.cell.text:
                bodies[place.column].append(place.cell)
        numbers = [any(is_number(cell.text) for cell in body) for body in bodies]
        fit = [all(is_number(cell.text) or _says_absence(cell) for cell in body) and bool(body) for body in bodies]
        return [fits and any(has and fits for has, fits in zip(numbers, fit, strict=True)) for fits in fit]


def _says_absence(cell: Cell) -> bool:
    return cell.state is not CellState.VALUE or _ABSENCE.match(fold(cell.text)) is not None


def is_number(text: str) -> bool:
    """Whether a cell prints one figure, with its unit and signs, and nothing else."""
    return _NUMBER.fullmatch(text.strip()) is not None
