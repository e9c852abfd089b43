"""How the workbook looks: the house's inks and rules, in the faces that every office has."""

from __future__ import annotations

import re
from collections.abc import Iterable
from math import ceil
from typing import TYPE_CHECKING, Final, cast

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.styles import Alignment, Border, Font
    from openpyxl.worksheet.worksheet import Worksheet

INK: Final = "FF16211F"
SOFT: Final = "FF4A5653"
RULE: Final = "FFD5DBD9"
ACCENT: Final = "FF0B5560"
GAP: Final = "FF7A4B00"

_DANGEROUS: Final = ("=", "+", "-", "@", "\t", "\r", "|", "%")
_LINE_HEIGHT: Final = 15
_ROW_ROOM: Final = 6
"""Heights in points."""
_FILLED: Final = 0.95
_HIGHEST_LINES: Final = 26
"""A row of a sheet is at most 409 points high."""
_CODED: Final = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
Face = tuple["Font", "Alignment", "Border"]


class PageStyle:
    """The faces of the cells, made once a workbook: writing them anew for each cell is slow."""

    def __init__(self) -> None:
        from openpyxl.styles import Alignment, Border, Font, Side

        line = Border(bottom=Side(style="thin", color=RULE))
        strong = Border(bottom=Side(style="thin", color=INK))
        total = Border(top=Side(style="thin", color=INK))
        bare = Border()
        wrapped = Alignment(vertical="center", wrap_text=True)
        right = Alignment(horizontal="right", vertical="center")
        flat = Alignment(vertical="center")
        self.title: Face = (_font(Font, size=16, bold=True), flat, bare)
        self.caption: Face = (_font(Font, size=12, bold=True), flat, bare)
        self.section: Face = (_font(Font, size=12, bold=True), wrapped, bare)
        self.text: Face = (_font(Font), wrapped, bare)
        self.kind: Face = (_font(Font, size=9, color=SOFT), flat, bare)
        self.small: Face = (_font(Font, size=9, color=SOFT), flat, bare)
        self.label: Face = (_font(Font, color=SOFT), wrapped, line)
        self.fact: Face = (_font(Font), wrapped, line)
        self.link: Face = (_font(Font, color=ACCENT, underline="single"), flat, line)
        self.text_link: Face = (_font(Font, color=ACCENT, underline="single"), flat, bare)
        self.back: Face = (_font(Font, size=9, color=ACCENT, underline="single"), flat, bare)
        bottom_wrapped = Alignment(vertical="bottom", wrap_text=True)
        self.head: Face = (_font(Font, size=10, bold=True, color=SOFT), bottom_wrapped, strong)
        bottom_right = Alignment(horizontal="right", vertical="bottom", wrap_text=True)
        self.figure_head: Face = (_font(Font, size=10, bold=True, color=SOFT), bottom_right, strong)
        centred = Alignment(horizontal="center", vertical="bottom", wrap_text=True)
        self.group_head: Face = (_font(Font, size=10, bold=True, color=SOFT), centred, line)
        self.words: Face = (_font(Font), wrapped, line)
        self.number: Face = (_font(Font), right, line)
        self.left_number: Face = (_font(Font), Alignment(horizontal="left", vertical="center"), line)
        self.big_number: Face = (_font(Font, size=16, bold=True), Alignment(horizontal="left", vertical="center"), line)
        self.total_words: Face = (_font(Font, bold=True), wrapped, total)
        self.total_number: Face = (_font(Font, bold=True), right, total)
        self.column_total: Face = (_font(Font, bold=True), right, line)
        absent = _font(Font, size=10, bold=True, color=GAP)
        unasked = _font(Font, size=10, color=SOFT)
        self.absent: Face = (absent, wrapped, line)
        self.absent_number: Face = (absent, right, line)
        self.unasked: Face = (unasked, wrapped, line)
        self.unasked_number: Face = (unasked, right, line)

    def put(self, sheet: Worksheet, place: tuple[int, int], text: str, face: Face) -> None:
        """Set a text, as text: what looks like a formula is none, here and wherever it is copied to."""
        from pregon.writers.excel_tables import clean_cell_text

        shown = clean_cell_text(text)
        cell = cast("Cell", sheet.cell(*place))
        # What a sheet would take for the code of a character is spelt out: «_x0041_» is no «A».
        cell.value = _CODED.sub("_x005F_", shown) or None
        if shown:
            cell.data_type = "s"
        if shown.startswith(_DANGEROUS):
            cell.quotePrefix = True
        self.dress(cell, face)

    def fit_row(self, sheet: Worksheet, row: int, texts: Iterable[tuple[str, float]]) -> None:
        """Make a row as high as the tallest of its texts, each given with the width (in characters) that it has.

        Excel measures rows by itself when it opens a file; other programs take them as they come.
        """
        lines = min(max((_count_lines(text, width) for text, width in texts), default=1), _HIGHEST_LINES)
        sheet.row_dimensions[row].height = _LINE_HEIGHT * lines + _ROW_ROOM

    def dress(self, cell: Cell | MergedCell, face: Face) -> None:
        """Give a cell its face."""
        cell.font, cell.alignment, cell.border = face


def _count_lines(text: str, width: float) -> int:
    """How many lines a text takes. Words break early, so a line holds somewhat less than its width."""
    room = max(width * _FILLED, 1)
    return sum(max(ceil(len(line) / room), 1) for line in text.split("\n"))


def _font(
    make: type[Font], *, size: int = 11, bold: bool = False, color: str = INK, underline: str | None = None
) -> Font:
    return make(name="Calibri", size=size, bold=bold, color=color, underline=underline)  # type: ignore[arg-type]  # its stub lists the two words
