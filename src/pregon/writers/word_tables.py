"""Tables as Word's XML: real header rows and columns, merged cells, figures at the right, rows that stay whole."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from pregon.document.model import Cell, CellState, Layout, Table
from pregon.document.prose import FigureKind, Prose
from pregon.writers.columns import absence_in, absence_of, find_figure_columns, prints_number
from pregon.writers.typeface import load_typeface
from pregon.writers.word_markup import paragraph, quoted, runs
from pregon.writers.word_styles import INK

_STATE_STYLES: Final = {
    CellState.VALUE: "",
    CellState.NO_DATA: "PregonSinDato",
    CellState.NOT_APPLICABLE: "PregonEstado",
    CellState.NOT_ADDABLE: "PregonEstado",
    CellState.NOT_MEASURABLE: "PregonEstado",
}
# Twentieths of a point; figure columns are as wide as in the printed page.
_TYPE: Final = 180
_SLACK: Final = 1.04
"""Where our face is not installed another stands in for it, a little wider or narrower."""
_PADDING: Final = 210
_FIGURE_COLUMN: Final = 1247
_FACT_NAMES: Final = 1930
_LONGEST_WISH: Final = 5900
_LONGEST_WORD: Final = 2400
_UNBROKEN: Final = 1500
"""A line no longer than a date or a state is not broken where there is room."""
_PLACES_TO_BREAK: Final = re.compile("[ /–-]")
_KEPT_WHOLE: Final = 12
"""A table of no more rows than this is not parted between two pages."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a table is set: how wide it may be, the ids of styles in this file, and what surrounds it."""

    width: int
    styles: Mapping[str, str]
    on_cover: bool = False
    keep_with_next: bool = False


@dataclass(frozen=True, slots=True)
class _Place:
    """A cell at a row of the grid: the columns it covers and whether it begins, goes on or ends there."""

    cell: Cell | None
    row: int
    column: int
    span: int
    begins: bool
    goes_down: bool


def table_xml(table: Table, frame: Frame, write_caption: Callable[[Table], str]) -> str:
    """The table without its own caption; `write_caption` sets those of the tables inside its cells."""
    return _TableWriter(table, frame, write_caption).write()


def figure_columns(table: Table) -> tuple[bool, ...]:
    """For each column, whether it is set as figures; where some are, so is one in which every figure is absent."""
    found = find_figure_columns(table)
    columns = (column[table.header_rows :] for column in zip(*table.spread, strict=True))
    return tuple(place in found or (bool(found) and _is_absent(column)) for place, column in enumerate(columns))


def _is_absent(column: Sequence[Cell | None]) -> bool:
    told = [cell for cell in column if cell is not None and cell.text.strip() and cell.column_span == 1]
    return bool(told) and all(absence_of(cell) is not None for cell in told)


def column_widths(table: Table, total: int) -> list[int]:
    """Widths that add up to `total`: figures as narrow as they read well, words by how much they say."""
    columns = list(zip(*table.spread, strict=True))
    if table.layout is Layout.HIGHLIGHTS:
        return _share([1] * len(columns), total)
    figures = figure_columns(table)
    wishes, least = [], []
    for place, column in enumerate(columns):
        lines = [line for cell in column if cell and cell.column_span == 1 for line in cell.text.split("\n")]
        longest = max(map(_measure, lines), default=0)
        word = max((_measure(word) for line in lines for word in _PLACES_TO_BREAK.split(line)), default=0)
        least.append(_PADDING + (longest if longest <= _UNBROKEN else min(word, _LONGEST_WORD)))
        wish = _PADDING + min(longest, _LONGEST_WISH)
        wishes.append(max(wish, _FIGURE_COLUMN) if figures[place] else wish)
    if table.layout is Layout.FACTS and len(columns) > 1:
        least[0] = wishes[0] = min(max(wishes[0], _FACT_NAMES), total // 3)
    return _fit(wishes, least, figures, total, fixed=table.layout is Layout.FACTS)


def _measure(text: str) -> int:
    """The width of a line at the tables' size of type, in their bold face: the wider of the two."""
    return round(load_typeface("PublicSans-Bold.ttf").measure(text, _TYPE) * _SLACK)


def _fit(wishes: list[int], least: list[int], figures: Sequence[bool], total: int, *, fixed: bool) -> list[int]:
    """Give what is over to the columns of words (all but the first where `fixed`), or take what lacks from all."""
    spare = total - sum(wishes)
    if spare >= 0:
        takers = [place for place, is_figure in enumerate(figures) if not is_figure and not (fixed and place == 0)]
        takers = takers or list(range(len(wishes)))
        shares = _share([wishes[place] for place in takers], spare)
        widths = list(wishes)
        for place, share in zip(takers, shares, strict=True):
            widths[place] += share
        return widths
    if sum(least) >= total:
        return _share(least, total)
    over = [max(0, wish - low) for wish, low in zip(wishes, least, strict=True)]
    floor = [min(wish, low) for wish, low in zip(wishes, least, strict=True)]
    return [low + share for low, share in zip(floor, _share(over, total - sum(floor)), strict=True)]


def _share(weights: Sequence[int], total: int) -> list[int]:
    """Part a whole number by weights, so that the parts add up to it."""
    whole = sum(weights) or 1
    shares: list[int] = []
    done = 0
    for place in range(len(weights)):
        upto = total * sum(weights[: place + 1]) // whole
        shares.append(upto - done)
        done = upto
    return shares


def _lay_out(table: Table) -> Iterator[list[_Place]]:
    """The places of each row, from the left; a place without a cell is a gap."""
    # Copies, so that one cell used at two places is told apart: by identity, as the document's own grid does.
    spread = replace(table, rows=tuple(tuple(replace(cell) for cell in row) for row in table.rows)).spread
    seen: set[int] = set()
    for row, line in enumerate(spread):
        places: list[_Place] = []
        column = 0
        while column < len(line):
            cell = line[column]
            span = 1
            while column + span < len(line) and line[column + span] is cell:
                span += 1
            goes_down = cell is not None and row + 1 < len(spread) and any(cell is each for each in spread[row + 1])
            places.append(_Place(cell, row, column, span, id(cell) not in seen, goes_down))
            column += span
        seen.update(id(place.cell) for place in places)
        yield places


class _TableWriter:
    def __init__(self, table: Table, frame: Frame, write_caption: Callable[[Table], str]) -> None:
        self._table = table
        self._frame = frame
        self._write_caption = write_caption
        self._widths = column_widths(table, frame.width)
        self._figures = figure_columns(table)

    def write(self) -> str:
        table = self._table
        rows = list(_lay_out(table))
        keep_whole = len(rows) <= _KEPT_WHOLE
        body = "".join(
            self._row(row, places, keep=(keep_whole and row + 1 < len(rows)) or self._keeps_last(row, rows))
            for row, places in enumerate(rows)
        )
        style = self._frame.styles[self._table_style()]
        look = f'w:firstRow="{int(table.header_rows > 0)}" w:firstColumn="{int(table.header_columns > 0)}"'
        value = f"{(0x20 if table.header_rows else 0) | (0x80 if table.header_columns else 0) | 0x600:04X}"
        named = f"<w:tblCaption w:val={quoted(table.caption)}/>" if table.caption else ""
        columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in self._widths)
        return (
            f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(self._widths)}" w:type="dxa"/>'
            f'<w:tblLayout w:type="fixed"/><w:tblLook w:val="{value}" {look} w:lastRow="0" w:lastColumn="0" '
            f'w:noHBand="1" w:noVBand="1"/>{named}</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{body}</w:tbl>'
        )

    def _table_style(self) -> str:
        if self._table.layout is Layout.HIGHLIGHTS:
            return "PregonCifras"
        return "PregonFicha" if self._table.layout is Layout.FACTS and self._frame.on_cover else "PregonTabla"

    def _keeps_last(self, row: int, rows: list[list[_Place]]) -> bool:
        """Header rows never stand alone at the foot of a page, nor a last row away from its source."""
        return row < self._table.header_rows or (self._frame.keep_with_next and row + 1 == len(rows))

    def _row(self, row: int, places: list[_Place], *, keep: bool) -> str:
        before = places[0].span if places and places[0].cell is None and len(places) > 1 else 0
        after = places[-1].span if places and places[-1].cell is None and len(places) > 1 else 0
        shown = places[bool(before) : len(places) - bool(after)]
        properties = (
            (f'<w:gridBefore w:val="{before}"/>' if before else "")
            + (f'<w:gridAfter w:val="{after}"/>' if after else "")
            + "<w:cantSplit/>"
            + ("<w:tblHeader/>" if row < self._table.header_rows else "")
        )
        cells = "".join(self._cell(place, keep=keep) for place in shown)
        return f"<w:tr><w:trPr>{properties}</w:trPr>{cells}</w:tr>"

    def _cell(self, place: _Place, *, keep: bool) -> str:
        width = sum(self._widths[place.column : place.column + place.span])
        merge = "" if place.begins else "<w:vMerge/>"
        if place.begins and place.goes_down:
            merge = '<w:vMerge w:val="restart"/>'
        # The first column begins where the text does. (A left margin of the whole table would push it out of line.)
        edge = '<w:left w:w="100" w:type="dxa"/>' if place.column else ""
        properties = (
            f'<w:tcW w:w="{width}" w:type="dxa"/>'
            + (f'<w:gridSpan w:val="{place.span}"/>' if place.span > 1 else "")
            + merge
            + self._borders(place)
            + (f"<w:tcMar>{edge}</w:tcMar>" if edge else "")
            + ('<w:vAlign w:val="bottom"/>' if place.row < self._table.header_rows else "")
        )
        content = self._content(place, width, keep=keep)
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"

    def _borders(self, place: _Place) -> str:
        """The strong rules: under the last header row and over the first row of totals."""
        table = self._table
        rule = f'w:val="single" w:sz="6" w:space="0" w:color="{INK}"'
        sides = ""
        if table.total_rows and place.row == len(table.rows) - table.total_rows:
            sides += f"<w:top {rule}/>"
        if table.layout is Layout.GRID and place.row == table.header_rows - 1:
            sides += f"<w:bottom {rule}/>"
        return f"<w:tcBorders>{sides}</w:tcBorders>" if sides else ""

    def _content(self, place: _Place, width: int, *, keep: bool) -> str:
        kept = "<w:keepNext/>" if keep else ""
        styles = self._frame.styles
        cell = place.cell
        if cell is None or not place.begins:
            return paragraph(styles["PregonCelda"], "", kept)
        inner = "".join(self._inner(table, width) for table in cell.tables)
        if inner and not cell.text:
            return inner
        words = "".join(
            paragraph(styles[self._paragraph_style(place, "".join(text for text, _ in line))], runs(line), kept)
            for line in self._lines(cell, self._character_style(place))
        )
        return words + inner

    def _lines(self, cell: Cell, style: str) -> Iterator[list[tuple[str, str]]]:
        """Each paragraph of a cell as texts with their styles; the words for what is absent have their own."""
        styles = self._frame.styles
        whole = absence_of(cell)
        has_state = any(figure.kind is FigureKind.STATE for figure in cell.prose.figures())
        line: list[tuple[str, str]] = []
        for piece, figure in cell.prose.pieces():
            says_absence = figure is not None and figure.kind is FigureKind.STATE if has_state else whole is not None
            letters = _STATE_STYLES[absence_in(piece) or whole or CellState.NO_DATA] if says_absence else style
            for place, part in enumerate(piece.split("\n")):
                if place:
                    yield line
                    line = []
                line.append((part, styles[letters] if letters else ""))
        yield line

    def _inner(self, table: Table, width: int) -> str:
        # A table is followed by a paragraph always: Word joins two that touch, and wants one at the end of a cell.
        frame = replace(self._frame, width=width - 200, keep_with_next=False)
        separator = paragraph(self._frame.styles["PregonSeparador"], "")
        return self._write_caption(table) + table_xml(table, frame, self._write_caption) + separator

    def _paragraph_style(self, place: _Place, line: str) -> str:
        table = self._table
        if table.layout is Layout.HIGHLIGHTS:
            return "PregonCifra" if prints_number(Cell(Prose(line))) else "PregonRotulo"
        is_row_header = place.column < table.header_columns
        is_figure_column = all(self._figures[place.column : place.column + place.span])
        if place.row < table.header_rows:
            if is_row_header:
                return "PregonEsquina"
            return "PregonEncabezadoNumero" if is_figure_column else "PregonEncabezado"
        if is_row_header:
            return "PregonFila"
        return "PregonNumero" if is_figure_column else "PregonCelda"

    def _character_style(self, place: _Place) -> str:
        table = self._table
        if place.row < table.header_rows or table.layout is Layout.HIGHLIGHTS:
            return ""
        is_total = place.row >= len(table.rows) - table.total_rows or (
            place.column + place.span > table.width - table.total_columns and place.column > 0
        )
        is_name = table.layout is Layout.FACTS and place.column < table.header_columns and not self._frame.on_cover
        return "PregonFuerte" if is_total or is_name else ""
