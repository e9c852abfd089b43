"""The sheets of an OpenDocument spreadsheet: the text that each cell shows, where it stands, what is merged."""

from __future__ import annotations

from typing import Final

from lxml import etree

from pregon.readers import refusals
from pregon.readers.bounds import MAXIMUM_PLACES
from pregon.readers.excel_package import MAXIMUM_CELLS, Sheet, Span
from pregon.readers.opendocument_package import CONFIG, OFFICE, TABLE, TEXT, OpenPackage, whole
from pregon.readers.opendocument_styles import StyleSheet
from pregon.readers.opendocument_text import TextReader

_NUMBERS: Final = frozenset({"float", "percentage", "currency", "date", "time"})
_MOST_REPEATED: Final = 3000
"""A cell with the same text so often is no figure of a report."""
_LONGEST_FRAME: Final = 2000
"""A frame drawn over more rows or columns than this goes to the sheet's end: it is no table."""
_ROW_GROUPS: Final = tuple(f"{TABLE}{kind}" for kind in ("table-rows", "table-row-group", "table-header-rows"))
_LAST_ROW: Final = 1_048_576
_LAST_COLUMN: Final = 16_384


class SheetReader:
    """Reads every sheet that is seen.

    Raises:
        UnreadableFile: there are more cells with content than can be read.
    """

    def __init__(self, package: OpenPackage) -> None:
        self._name = package.name
        root = package.tree(package.main_part)
        spreadsheet = None if root is None else root.find(f"{OFFICE}body/{OFFICE}spreadsheet")
        if root is None or spreadsheet is None:
            raise refusals.damaged(package.name)
        styled = package.tree("styles.xml")
        self._styles = StyleSheet.read([each for each in (styled, root) if each is not None])
        self._text = TextReader(self._styles)
        self._cells = 0
        self._frames = 0
        self.hidden_sheets: list[str] = []
        self.sheets: list[Sheet] = []
        frozen = _read_frozen(package)
        for node in spreadsheet.iterchildren(f"{TABLE}table"):
            title = node.get(f"{TABLE}name", "")
            if not self._styles.is_table_shown(node.get(f"{TABLE}style-name", "")):
                self.hidden_sheets.append(title)
                continue
            sheet = self._read_sheet(node, title)
            rows, columns = frozen.get(title, (0, 0))
            sheet.frozen_rows, sheet.frozen_columns = max(sheet.frozen_rows, rows), columns
            self.sheets.append(sheet)

    def _read_sheet(self, node: etree._Element, title: str) -> Sheet:
        sheet = Sheet(title)
        sheet.has_hidden_lines = any(_is_hidden(column) for column in node.iter(f"{TABLE}table-column"))
        self._read_rows(node, sheet, 1, is_header=False)
        return sheet

    def _read_rows(self, node: etree._Element, sheet: Sheet, row: int, *, is_header: bool) -> int:
        """Read the rows of a sheet or a group of it, the first of which is `row`; the one after the last."""
        for child in node:
            if child.tag in _ROW_GROUPS:
                is_head = is_header or child.tag == f"{TABLE}table-header-rows"
                row = self._read_rows(child, sheet, row, is_header=is_head)
            elif child.tag == f"{TABLE}table-row":
                many = whole(child, f"{TABLE}number-rows-repeated", most=_LAST_ROW)
                self._read_row(child, sheet, row, many)
                row += many
                if is_header:
                    sheet.frozen_rows = min(row, _LAST_ROW) - 1
            if row > _LAST_ROW:
                break
        return row

    def _read_row(self, node: etree._Element, sheet: Sheet, row: int, many: int) -> None:
        if _is_hidden(node):
            sheet.has_hidden_lines = True
        column = 1
        for cell in node:
            tag = str(cell.tag)
            if tag not in {f"{TABLE}table-cell", f"{TABLE}covered-table-cell"} or column > _LAST_COLUMN:
                continue
            across = whole(cell, f"{TABLE}number-columns-repeated", most=_LAST_COLUMN)
            if tag == f"{TABLE}table-cell":
                self._read_cell(cell, sheet, (row, column), (many, across))
            column += across

    def _read_cell(self, cell: etree._Element, sheet: Sheet, place: tuple[int, int], times: tuple[int, int]) -> None:
        """A cell that stands at `place` and again so many times, down and across."""
        text = self._print_cell(cell)
        down, across = times
        if text:
            if down * across > _MOST_REPEATED:
                raise refusals.too_many(self._name, "una celda repetida miles de veces")
            self._cells += down * across
            if self._cells > MAXIMUM_CELLS:
                raise refusals.too_many(self._name, "más de 200.000 celdas con contenido")
            places = {(place[0] + i, place[1] + j) for i in range(down) for j in range(across)}
            sheet.texts.update(dict.fromkeys(places, text))
            if cell.get(f"{OFFICE}value-type") in _NUMBERS:
                sheet.numbers |= places
            self._read_span(cell, sheet, place)
        elif max(times) <= _LONGEST_FRAME and self._styles.has_border(cell.get(f"{TABLE}style-name", "")):
            self._frames += down * across
            if self._frames > MAXIMUM_PLACES:
                raise refusals.too_many(self._name, f"más de {MAXIMUM_PLACES // 1000} mil celdas")
            sheet.framed |= {(place[0] + i, place[1] + j) for i in range(down) for j in range(across)}
            self._read_span(cell, sheet, place)
        else:
            return
        sheet.bottom = max(sheet.bottom, place[0] + down - 1)
        sheet.right = max(sheet.right, place[1] + across - 1)

    def _read_span(self, cell: etree._Element, sheet: Sheet, place: tuple[int, int]) -> None:
        rows, columns = (whole(cell, f"{TABLE}number-{what}-spanned") for what in ("rows", "columns"))
        if rows > 1 or columns > 1:
            sheet.spans.append(Span(*place, place[0] + rows - 1, place[1] + columns - 1))

    def _print_cell(self, cell: etree._Element) -> str:
        """The text that the cell shows; a value without text (other programs leave it out) as it stands."""
        lines = [self._text.read(line).text for line in cell.iterchildren(f"{TEXT}p", f"{TEXT}h")]
        if any(line.strip() for line in lines):
            return "\n".join(lines).strip("\n")
        kind = cell.get(f"{OFFICE}value-type", "")
        if kind == "boolean":
            return "VERDADERO" if cell.get(f"{OFFICE}boolean-value") == "true" else "FALSO"
        value = next((v for key in ("value", "string-value", "date-value") if (v := cell.get(f"{OFFICE}{key}"))), "")
        return value.replace(".", ",") if kind in {"float", "currency"} else value


def _is_hidden(node: etree._Element) -> bool:
    return node.get(f"{TABLE}visibility", "visible") in {"collapse", "filter"}


def _read_frozen(package: OpenPackage) -> dict[str, tuple[int, int]]:
    """How many rows and columns of each sheet stay in sight, as the file's view settings say."""
    root = package.tree("settings.xml")
    frozen: dict[str, tuple[int, int]] = {}
    for tables in () if root is None else root.iter(f"{CONFIG}config-item-map-named"):
        if tables.get(f"{CONFIG}name") != "Tables":
            continue
        for entry in tables.iterchildren(f"{CONFIG}config-item-map-entry"):
            said = {item.get(f"{CONFIG}name", ""): (item.text or "").strip() for item in entry}
            rows, columns = (
                int(said[f"{side}SplitPosition"])
                if said.get(f"{side}SplitMode") == "2" and said.get(f"{side}SplitPosition", "")[:6].isdecimal()
                else 0
                for side in ("Vertical", "Horizontal")
            )
            frozen[entry.get(f"{CONFIG}name", "")] = (rows, columns)
    return frozen
