"""The lists that cells offer: closed ones from the sheet «Listas», references from the sheet that holds them."""

from __future__ import annotations

from typing import Literal

from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from pregon.figures.period import Period
from pregon.registro import style
from pregon.registro.cells import escape_text
from pregon.registro.kinds import Choice, Count, Day, Link, Span
from pregon.registro.schema import SHEETS
from pregon.registro.shape import Column

SHEET = "Listas"
_LAST_ROW = 5000
_LONGEST_PROMPT = 255
_LONGEST_TITLE = 32


class Lists:
    """The sheet of lists of a workbook, written as the columns ask for them."""

    def __init__(self, book: Workbook, period: Period, first_row: int) -> None:
        """Begin with the list of periods; `first_row` is that of the first record of every sheet, below any sample."""
        self._book = book
        self._first_row = first_row
        self._ranges: dict[str, str] = {}
        self._values: dict[str, list[str]] = {"Periodos": [each.title for each in (*period.months, period)]}

    def offer(self, sheet: Worksheet, column: Column, letter: str, last_row: int) -> None:
        """Let the cells of a column show what to write, and choose it where there is a list."""
        validation = self._validation(column)
        title = column.header[:_LONGEST_TITLE]
        validation.promptTitle, validation.prompt = title, column.help[:_LONGEST_PROMPT]
        validation.showInputMessage = True
        sheet.add_data_validation(validation)
        validation.add(f"{letter}{self._first_row}:{letter}{max(last_row, self._first_row)}")

    def _validation(self, column: Column) -> DataValidation:
        kind = column.kind
        if isinstance(kind, Choice):
            labels = [*kind.vocabulary.labels.values()]
            self._values.setdefault(kind.vocabulary.title, labels)
            return _list(self._range(kind.vocabulary.title), "stop")
        if isinstance(kind, Span):
            return _list(self._range("Periodos"), "warning")
        if isinstance(kind, Link):
            return _list(self._references(kind.sheet), "warning")
        if isinstance(kind, Count):
            return _rule("whole", "0", "Escriba un número entero, 0 o más.")
        if isinstance(kind, Day):
            return _rule("date", "1", "Escriba una fecha: día, mes y año, por ejemplo 6/10/2025.")
        return DataValidation()

    def _range(self, title: str) -> str:
        place = [*self._values].index(title) + 1
        letter = get_column_letter(place)
        return f"{SHEET}!${letter}$2:${letter}${len(self._values[title]) + 1}"

    def _references(self, name: str) -> str:
        """The references that a sheet holds now and will hold: the list grows with it."""
        target = next(sheet for sheet in SHEETS if sheet.name == name)
        first = f"'{target.name}'!$A${self._first_row}"
        return f"OFFSET({first},0,0,MAX(1,COUNTA('{target.name}'!$A${self._first_row}:$A${_LAST_ROW})),1)"

    def write(self) -> None:
        """Write the lists on their sheet, hidden: nobody needs to look at it."""
        sheet = self._book.create_sheet(SHEET)
        for place, (title, values) in enumerate(self._values.items(), start=1):
            letter = get_column_letter(place)
            sheet.column_dimensions[letter].width = max(len(text) for text in (title, *values)) + 3
            sheet.cell(1, place, title).font = style.HEADER
            for row, value in enumerate(values, start=2):
                sheet.cell(row, place, escape_text(value)).font = style.BODY
        sheet.sheet_state = "hidden"


def _list(source: str, strictness: Literal["stop", "warning"]) -> DataValidation:
    validation = DataValidation(type="list", formula1=source, allow_blank=True, errorStyle=strictness)
    validation.errorTitle = "No está en la lista"
    if strictness == "stop":
        validation.error = "Elija uno de la lista con la flecha de la celda."
    else:
        validation.error = "No está en la lista. Elija uno, o agréguelo primero en su hoja."
    validation.showErrorMessage = True
    return validation


def _rule(kind: Literal["whole", "date"], bound: str, sentence: str) -> DataValidation:
    """A rule that warns and lets pass: «sin dato» is a word, and it is welcome."""
    validation = DataValidation(
        type=kind, operator="greaterThanOrEqual", formula1=bound, allow_blank=True, errorStyle="warning"
    )
    validation.errorTitle, validation.error = "Revise esta celda", sentence
    validation.showErrorMessage = True
    return validation
