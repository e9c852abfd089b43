"""Tables as HTML: captions, scoped headers, merged cells, totals, figures set to the right."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from pregon.document.model import Cell, CellState, Layout, Table
from pregon.writers.columns import absence_of, find_figure_columns, prints_number
from pregon.writers.html_text import clean, join_places, print_caption

if TYPE_CHECKING:
    from pregon.writers.html_blocks import BlockWriter

_LAYOUTS: Final = {Layout.GRID: "is-grid", Layout.FACTS: "is-facts", Layout.HIGHLIGHTS: "is-highlights"}
_SHORT: Final = 17
"""A cell of so few characters (a name, a date, a code) is not broken over lines."""
_KEPT: Final = 14
"""A table of so few rows is not parted over printed pages."""
_FACES: Final = {
    CellState.NO_DATA: "no-data",
    CellState.NOT_APPLICABLE: "not-applicable",
    CellState.NOT_ADDABLE: "not-addable",
    CellState.NOT_MEASURABLE: "not-measurable",
}


def render_table(table: Table, writer: BlockWriter, section: str, *, nested: bool = False) -> str:
    """The table; one of figures stands in a frame that scrolls, with a name, so that a narrow screen loses nothing."""
    lines = _TableWriter(table, writer, section).render()
    if nested or table.layout is not Layout.GRID:
        return "\n".join(lines)
    name = table.caption or (f"Tabla de «{section}»" if section else "Tabla")
    return "\n".join((f'<div class="scroll" role="region" aria-label="{escape(name)}" tabindex="0">', *lines, "</div>"))


class _TableWriter:
    def __init__(self, table: Table, writer: BlockWriter, section: str) -> None:
        self._table = table
        self._writer = writer
        self._section = section
        self._figures = frozenset() if table.layout is Layout.HIGHLIGHTS else find_figure_columns(table)

    def render(self) -> list[str]:
        table = self._table
        kept = " is-kept" if len(table.rows) <= _KEPT else ""
        opening = (
            f'<table class="{_LAYOUTS[table.layout]}{kept}" data-header-rows="{table.header_rows}" '
            f'data-header-columns="{table.header_columns}">'
        )
        lines = [opening, *self._render_caption()]
        rows = [self._render_row(row) for row in range(len(table.rows))]
        first = table.header_rows if self._is_cut_clean(table.header_rows) else 0
        last = len(rows) - table.total_rows if self._is_cut_clean(len(rows) - table.total_rows) else len(rows)
        last = max(last, first)
        for tag, part in (("thead", rows[:first]), ("tbody", rows[first:last]), ("tfoot", rows[last:])):
            if part:
                lines += [f"<{tag}>", *part, f"</{tag}>"]
        return [*lines, "</table>"]

    def _render_caption(self) -> list[str]:
        caption = print_caption("Tabla", self._table.number, self._table.caption)
        return [f"<caption>{escape(clean(caption))}</caption>"] if caption else []

    def _is_cut_clean(self, row: int) -> bool:
        """Whether no merged cell crosses from above `row` to below it: HTML would cut it in two."""
        above = self._table.grid[:row]
        cells = ((place, cell) for place, line in enumerate(above) for cell in line if cell is not None)
        return all(place + cell.row_span <= row for place, cell in cells)

    def _render_row(self, row: int) -> str:
        cells = ((column, cell) for column, cell in enumerate(self._table.grid[row]) if cell is not None)
        return "<tr>" + "".join(self._render_cell(row, column, cell) for column, cell in cells) + "</tr>"

    def _render_cell(self, row: int, column: int, cell: Cell) -> str:
        tag, scope = self._choose_tag(row, column, cell)
        faces = self._choose_faces(row, column, cell)
        attributes = f' scope="{scope}"' if scope else ""
        attributes += f' class="{" ".join(faces)}"' if faces else ""
        attributes += f' rowspan="{cell.row_span}"' if cell.row_span > 1 else ""
        attributes += f' colspan="{cell.column_span}"' if cell.column_span > 1 else ""
        return f"<{tag}{attributes}>{self._render_content(row, column, cell)}</{tag}>"

    def _choose_tag(self, row: int, column: int, cell: Cell) -> tuple[str, str]:
        if not cell.text.strip():  # a header without words names nothing
            return "td", ""
        if row < self._table.header_rows:
            return "th", "colgroup" if cell.column_span > 1 else "col"
        if column < self._table.header_columns:
            return "th", "rowgroup" if cell.row_span > 1 else "row"
        return "td", ""

    def _choose_faces(self, row: int, column: int, cell: Cell) -> list[str]:
        table = self._table
        faces = []
        if column in self._figures and cell.column_span == 1 and column >= table.header_columns:
            faces.append("num")
        elif table.layout is Layout.GRID and row >= table.header_rows and len(cell.text) <= _SHORT:
            faces += ["short"] if " " in cell.text or "-" in cell.text or "…" in cell.text else []
        if table.layout is Layout.HIGHLIGHTS and prints_number(cell):
            faces.append("big")
        is_last = column >= table.width - table.total_columns or row >= len(table.rows) - table.total_rows
        if row >= table.header_rows and column >= table.header_columns and is_last:
            faces.append("is-total")
        return faces

    def _render_content(self, row: int, column: int, cell: Cell) -> str:
        table = self._table
        title = f"Tabla {table.number}" if table.number is not None else (table.caption or self._section)
        row_label = table.row_label(row) if table.header_columns else ""
        place = join_places((title, row_label, table.column_label(column)))
        state = absence_of(cell)
        shown = self._writer.render_prose(cell.prose, place, absent=state is not None)
        if state is not None and shown:
            shown = f'<span class="{_FACES[state]}">{shown}</span>'
        inner = (render_table(table, self._writer, self._section, nested=True) for table in cell.tables)
        return "".join((shown, *inner))
