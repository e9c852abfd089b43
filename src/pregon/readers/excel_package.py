"""The parts of a workbook: its sheets as cells with the text they print, its styles, its properties."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import cached_property
from typing import Final

from lxml import etree

from pregon.document.model import Properties
from pregon.document.sheet_words import MARK
from pregon.figures.sheet_formats import BUILT_IN, print_cell_number
from pregon.readers import refusals
from pregon.readers.word_package import Package

MAXIMUM_CELLS: Final = 200_000
_MAXIMUM_STYLED: Final = 1_000_000
_LARGEST_EXPONENT: Final = 308
_LONGEST_FORMAT: Final = 255
_PLACE: Final = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
_ISO_DAY: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_CORE: Final = {
    "title": "title",
    "creator": "institution",
    "identifier": "code",
    "version": "version",
    "subject": "period",
    "language": "language",
}


@dataclass(frozen=True, slots=True)
class Span:
    """Merged cells: first and last row and column, from 1."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class Sheet:
    """What a sheet shows: the printed text of its cells by row and column (from 1), and how they are laid out."""

    name: str
    texts: dict[tuple[int, int], str] = field(default_factory=dict)
    numbers: set[tuple[int, int]] = field(default_factory=set)
    """The cells that hold a number or a day."""
    framed: set[tuple[int, int]] = field(default_factory=set)
    """The cells without text that have a border: a table reaches as far as its frame."""
    spans: list[Span] = field(default_factory=list)
    frozen_rows: int = 0
    frozen_columns: int = 0
    bottom: int = 0
    right: int = 0
    """The last row and column that the file mentions."""
    has_hidden_lines: bool = False
    valueless: int = 0
    """How many formulas have no value kept beside them."""


class Workbook(Package):
    """A workbook, opened safely. Its sheets are those that are seen."""

    def __init__(self, content: bytes, name: str) -> None:
        """Open it.

        Raises:
            UnreadableFile: it is broken, has a password, or more cells than can be read.
        """
        super().__init__(content, name)
        self.hidden_sheets: list[str] = []
        self.sheets: list[Sheet] = []
        self._cells = 0
        root = self.tree(self.main_part)
        if root is None:
            raise refusals.damaged(name)
        self._since_1904 = any(_is_true(each.get("date1904")) for each in root.iter("{*}workbookPr"))
        relations = self.relations(self.main_part)
        for entry in root.iter("{*}sheet"):
            relation = relations.get(
                next((str(value) for key, value in entry.attrib.items() if str(key).endswith("}id")), "")
            )
            title = entry.get("name", "")
            if entry.get("state", "visible") != "visible":
                self.hidden_sheets.append(title)
            elif relation is not None and relation.kind == "worksheet":
                self.sheets.append(self._read_sheet(relation.target, title))

    def _find_main_part(self) -> str:
        for relation in self.relations("").values():
            if relation.kind == "officeDocument" and relation.target in self._members:
                return relation.target
        if "xl/workbook.xml" in self._members:
            return "xl/workbook.xml"
        raise refusals.damaged(self.name)

    @cached_property
    def is_ours(self) -> bool:
        """Whether Pregón wrote it."""
        root = self.tree("docProps/custom.xml")
        return root is not None and any(each.get("name") == MARK for each in root.iter("{*}property"))

    @cached_property
    def properties(self) -> Properties:
        """What the workbook says of itself."""
        root = self.tree("docProps/core.xml")
        if root is None:
            return Properties()
        said = {etree.QName(each).localname: each.text or "" for each in root.iterchildren("{*}*")}
        return Properties(**{ours: said.get(theirs, "") for theirs, ours in _CORE.items()})

    @cached_property
    def _strings(self) -> tuple[str, ...]:
        found = self.related_tree(self.main_part, "sharedStrings")
        return () if found is None else tuple(_text_of(each) for each in found[1].iter("{*}si"))

    @cached_property
    def _styles(self) -> tuple[tuple[str, bool], ...]:
        """For each style of cell: its number format, and whether it has a border."""
        found = self.related_tree(self.main_part, "styles")
        if found is None:
            return ()
        root = found[1]
        codes = {_whole(each.get("numFmtId")): each.get("formatCode", "") for each in root.iter("{*}numFmt")}
        borders = [any(side.get("style", "none") != "none" for side in each) for each in root.iter("{*}border")]
        formats = root.find("{*}cellXfs")
        styles = []
        for each in formats if formats is not None else ():
            number, border = _whole(each.get("numFmtId")), _whole(each.get("borderId"))
            code = codes.get(number) or BUILT_IN.get(number, "General")
            styles.append((code, border < len(borders) and borders[border]))
        return tuple(styles)

    def _read_sheet(self, part: str, title: str) -> Sheet:
        if part in self._members and self._inflate(part).count(b"<c ") > _MAXIMUM_STYLED:
            raise refusals.too_many(self.name, "más de un millón de celdas")
        root = self.tree(part)
        if root is None:
            raise refusals.damaged(self.name)
        sheet = Sheet(title)
        for row in root.iter("{*}row"):
            sheet.has_hidden_lines |= _is_true(row.get("hidden"))
            self._read_row(row, sheet)
        sheet.has_hidden_lines |= any(_is_true(each.get("hidden")) for each in root.iter("{*}col"))
        for pane in root.iter("{*}pane"):
            if pane.get("state", "").startswith("frozen"):
                sheet.frozen_rows = _whole(pane.get("ySplit", "").partition(".")[0])
                sheet.frozen_columns = _whole(pane.get("xSplit", "").partition(".")[0])
        for merged in root.iter("{*}mergeCell"):
            ends = [_parse_place(end) for end in merged.get("ref", "").split(":")]
            if len(ends) == 2 and ends[0] is not None and ends[1] is not None:
                sheet.spans.append(Span(*ends[0], *ends[1]))
        return sheet

    def _read_row(self, row: etree._Element, sheet: Sheet) -> None:
        number = _whole(row.get("r"), sheet.bottom + 1)
        sheet.bottom = max(sheet.bottom, number)
        column = 0
        for cell in row.iter("{*}c"):
            place = _parse_place(cell.get("r", "")) or (number, column + 1)
            column = place[1]
            sheet.right = max(sheet.right, column)
            sheet.bottom = max(sheet.bottom, place[0])
            code, is_framed = self._style_of(cell)
            text, is_number = self._print_cell(cell, code, sheet)
            if text:
                self._cells += 1
                if self._cells > MAXIMUM_CELLS:
                    raise refusals.too_many(self.name, "más de 200.000 celdas con contenido")
                sheet.texts[place] = text
                if is_number:
                    sheet.numbers.add(place)
            elif is_framed:
                sheet.framed.add(place)

    def _style_of(self, cell: etree._Element) -> tuple[str, bool]:
        style = _whole(cell.get("s"))
        return self._styles[style] if style < len(self._styles) else ("General", False)

    def _print_cell(self, cell: etree._Element, code: str, sheet: Sheet) -> tuple[str, bool]:
        """The text that the cell shows, and whether it is a number."""
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            inside = cell.find("{*}is")
            return ("" if inside is None else _text_of(inside)), False
        found = cell.find("{*}v")
        value = "" if found is None else found.text or ""
        if not value:
            sheet.valueless += kind != "str" and cell.find("{*}f") is not None
            return "", False
        if kind == "s":
            place = _whole(value, len(self._strings))
            return (self._strings[place] if place < len(self._strings) else ""), False
        if kind == "b":
            return ("VERDADERO" if value == "1" else "FALSO"), False
        if kind == "d":
            day = _ISO_DAY.match(value)
            return (f"{int(day[3])}/{int(day[2])}/{day[1]}" if day else value), True
        if kind != "n":
            return _unescape(value), False
        try:
            return print_number(Decimal(value), code, self._since_1904), True
        except InvalidOperation:
            return value, False


def print_number(value: Decimal, code: str, since_1904: bool) -> str:
    """A number as its cell shows it; as it stands where no cell could hold it or show it so."""
    if not value.is_finite() or (value and abs(value.adjusted()) > _LARGEST_EXPONENT):
        return str(value)
    try:
        return print_cell_number(value, code[:_LONGEST_FORMAT], since_1904=since_1904)
    except (InvalidOperation, ValueError, OverflowError):
        return str(value)


def _text_of(element: etree._Element) -> str:
    """The text of a string of a sheet, without the readings that East Asian text carries above it."""
    pieces = []
    for piece in element.iter("{*}t"):
        above = piece.getparent()
        if above is None or etree.QName(above).localname != "rPh":
            pieces.append(piece.text or "")
    return _unescape("".join(pieces)).replace("\r\n", "\n").replace("\r", "\n")


def _unescape(text: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def _parse_place(text: str) -> tuple[int, int] | None:
    """Row and column, from 1, of «C7»; None where the text is no place of a sheet."""
    found = _PLACE.fullmatch(text.replace("$", ""))
    if found is None:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]), column


def _whole(text: str | None, otherwise: int = 0) -> int:
    """The whole number that an attribute holds, as far down as a sheet goes; another where it holds none."""
    digits = (text or "").strip()
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 8 else otherwise


def _is_true(text: str | None) -> bool:
    return text in {"1", "true"}
