"""From a dossier to the workbook that holds it, and the blank one that an office fills in."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from math import ceil
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl.cell import Cell as ExcelCell
from openpyxl.cell import MergedCell
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from pregon.figures.amount import Amount
from pregon.figures.period import Period
from pregon.records.dossier import Dossier
from pregon.records.organisation import Control, Institution
from pregon.registro import instructions, style
from pregon.registro.cells import CellValue, escape_text, needs_apostrophe
from pregon.registro.kinds import COUNT, GENERAL, TEXT, Count, Day, Figure, Moment, Number, Text
from pregon.registro.lists import Lists
from pregon.registro.rows import SAMPLE_MARK
from pregon.registro.schema import ALL, INSTITUTION, SHEETS
from pregon.registro.shape import Column, Form, Sheet, Values, sample_of

_TITLE_ROW, _PURPOSE_ROW, _HEADER_ROW, _FIRST_ROW = 1, 2, 3, 4
_WORDS_WIDTH, _SENTENCES_WIDTH = 36, 104
_QUESTION_WIDTH, _ANSWER_WIDTH = 28, 54
_LINE_HEIGHT, _ROW_HEIGHT, _TALLEST_ROW = 15, 18, 409
_WIDTH_OF_LETTER = 0.92  # of a mean letter, where a digit is 1: that is the unit of column widths
_FIRST_MOMENT = (1980, 1, 1, 0, 0, 0)  # the oldest that a package can tell
_SPARE_ROWS = 500
"""Rows below the last record that already have their lists."""


def write_registro(dossier: Dossier, path: Path) -> None:
    """Write a dossier as a registro, over what was there. `read_registro` gives back an equal dossier.

    Raises:
        ValueError: a text that Excel cannot hold, in one Spanish sentence that names its sheet.
    """
    _save(_compose_book(dossier, with_samples=False), path)


def write_blank_registro(path: Path, period: Period, *, institution: str = "") -> None:
    """Write a registro to be filled in, with a sample row in each sheet. Never writes over a file.

    Raises:
        FileExistsError: there is a file already, in one Spanish sentence.
        ValueError: a name that Excel cannot hold.
    """
    if path.exists():
        raise FileExistsError(f"Ya existe «{path.name}» y no se tocó. Escriba otro nombre, o mueva ese archivo.")
    dossier = Dossier(Institution(institution), period, Control("", ""))
    _save(_compose_book(dossier, with_samples=True), path)


def _compose_book(dossier: Dossier, *, with_samples: bool) -> Workbook:
    book = Workbook()
    first = book.active
    if first is None:
        raise AssertionError("a new workbook has a sheet")
    book.remove(first)
    _describe(book, dossier)
    _write_instructions(book, dossier)
    lists = Lists(book, dossier.period, _FIRST_ROW + with_samples)
    _write_form(book, INSTITUTION, _answers(dossier))
    for sheet in SHEETS:
        sample = {column.field: sample_of(column, dossier.period) for column in sheet.columns} if with_samples else None
        try:
            _write_sheet(book, sheet, tuple(sheet.rows(dossier)), sample, lists)
        except ValueError as error:
            raise ValueError(f"{sheet.name}: {error}") from None
    lists.write()
    return book


def _describe(book: Workbook, dossier: Dossier) -> None:
    """The file's own properties; its dates are those of the dossier, not of the day it was written."""
    book.properties.title = f"Registro de comunicaciones, {dossier.period.title}"
    book.properties.creator = "Pregón"
    book.properties.language = "es-CO"
    made = dossier.control.prepared_on or dossier.period.end
    book.properties.created = book.properties.modified = datetime.combine(made, datetime.min.time())


def _answers(dossier: Dossier) -> Values:
    control = dossier.control
    return {
        "name": dossier.institution.name,
        "process": dossier.institution.process,
        "city": dossier.institution.city,
        "period": dossier.period,
        "code": control.code,
        "version": control.version,
        "cutoff": control.cutoff,
        "prepared_on": control.prepared_on,
        "procedure": control.procedure,
        "seal": control.seal,
    }


def _write_instructions(book: Workbook, dossier: Dossier) -> None:
    sheet = book.create_sheet("Instrucciones")
    _prepare_page(sheet, landscape=False)
    for letter, width in (("A", _WORDS_WIDTH), ("B", _SENTENCES_WIDTH)):
        sheet.column_dimensions[letter].width = width
    _put(sheet.cell(1, 1), instructions.TITLE).font = style.TITLE
    subject = (
        f"{dossier.institution.name} · {dossier.period.title}" if dossier.institution.name else dossier.period.title
    )
    _put(sheet.cell(2, 1), subject).font = style.PURPOSE
    row = _write_pairs(sheet, 4, "Cómo se llena", instructions.STEPS, numbered=True)
    row = _write_pairs(sheet, row + 1, "Cómo se escribe cada cosa", instructions.RULES)
    purposes = [(each.name, each.purpose) for each in ALL]
    start = row + 2
    _write_pairs(sheet, row + 1, "Qué va en cada hoja", purposes)
    for offset, (name, _) in enumerate(purposes):
        cell = sheet.cell(start + offset, 1)
        cell.hyperlink = f"#'{name}'!A1"
        cell.font = style.LINK


def _write_pairs(
    sheet: Worksheet, row: int, title: str, pairs: Sequence[tuple[str, str]], *, numbered: bool = False
) -> int:
    """Write a titled list of words and their sentences; answers the row after it."""
    _put(sheet.cell(row, 1), title).font = style.SUBTITLE
    for number, (word, sentence) in enumerate(pairs, start=1):
        left, right = sheet.cell(row + number, 1), sheet.cell(row + number, 2)
        _put(left, f"{number}. {word}" if numbered else word).font = style.HEADER
        _put(right, sentence).font = style.BODY
        left.alignment = right.alignment = style.WRAPPED
        left.border = right.border = style.CELL_BORDER
        _fit_height(sheet, row + number, [(word, _WORDS_WIDTH), (sentence, _SENTENCES_WIDTH)], fewest=18)
    return row + len(pairs) + 1


def _write_form(book: Workbook, form: Form, answers: Values) -> None:
    sheet = book.create_sheet(form.name)
    _prepare_page(sheet, landscape=False)
    for letter, width in (("A", _QUESTION_WIDTH), ("B", _ANSWER_WIDTH), ("C", _ANSWER_WIDTH)):
        sheet.column_dimensions[letter].width = width
    _write_heading(sheet, form.name, form.purpose)
    for number, column in enumerate(form.fields, start=_FIRST_ROW):
        question, answer, hint = (sheet.cell(number, place) for place in (1, 2, 3))
        _put(question, _header_of(column)).font = style.HEADER
        _put_value(answer, column, answers[column.field])
        answer.alignment = style.WRAPPED
        answer.border, answer.fill = style.ANSWER_BORDER, style.ANSWER_FILL
        _put(hint, column.help).font = style.PURPOSE
        question.alignment = hint.alignment = style.WRAPPED
        texts = [(column.help, _ANSWER_WIDTH), (str(answer.value or ""), _ANSWER_WIDTH)]
        _fit_height(sheet, number, texts, fewest=20)
    sheet.freeze_panes = sheet.cell(_FIRST_ROW, 1)


def _write_sheet(book: Workbook, form: Sheet, rows: Sequence[Values], sample: Values | None, lists: Lists) -> None:
    sheet = book.create_sheet(form.name)
    _prepare_page(sheet, landscape=True)
    _write_heading(sheet, form.name, form.purpose)
    first = _FIRST_ROW
    if sample is not None:
        _write_row(sheet, form, first, sample, is_sample=True)
        first += 1
    for number, values in enumerate(rows, start=first):
        _write_row(sheet, form, number, values)
    last = first + len(rows) - 1
    for place, column in enumerate(form.columns, start=1):
        letter = get_column_letter(place)
        header = sheet.cell(_HEADER_ROW, place)
        _put(header, _header_of(column)).font = style.HEADER
        header.fill, header.border = style.SUNK_FILL, style.HEADER_BORDER
        header.alignment = style.HEADING_RIGHT if _alignment_of(column) is style.RIGHT else style.HEADING
        dimension = sheet.column_dimensions[letter]
        dimension.width = max(column.width, 22) if sample is not None and place == 1 else column.width
        dimension.number_format = column.kind.number_format
        dimension.alignment = _alignment_of(column)
        dimension.font = style.BODY
        lists.offer(sheet, column, letter, last + _SPARE_ROWS)
    sheet.row_dimensions[_HEADER_ROW].height = 32
    sheet.freeze_panes = sheet.cell(_FIRST_ROW, 2)
    sheet.print_title_rows = f"{_HEADER_ROW}:{_HEADER_ROW}"
    sheet.auto_filter.ref = f"A{_HEADER_ROW}:{get_column_letter(len(form.columns))}{max(last, _FIRST_ROW)}"


def _write_heading(sheet: Worksheet, title: str, purpose: str) -> None:
    _put(sheet.cell(_TITLE_ROW, 1), title).font = style.TITLE
    _put(sheet.cell(_PURPOSE_ROW, 1), purpose).font = style.PURPOSE
    for row in (_TITLE_ROW, _PURPOSE_ROW):
        for place in range(1, 4):
            sheet.cell(row, place).number_format = GENERAL
    sheet.row_dimensions[_TITLE_ROW].height = 27
    sheet.row_dimensions[_PURPOSE_ROW].height = 20


def _write_row(sheet: Worksheet, form: Sheet, number: int, values: Values, *, is_sample: bool = False) -> None:
    for place, column in enumerate(form.columns, start=1):
        cell = sheet.cell(number, place)
        value = values[column.field]
        if is_sample and place == 1:
            value = f"{SAMPLE_MARK} {column.kind.print(value)}"
            _put(cell, value)
            cell.number_format = TEXT
        else:
            _put_value(cell, column, value)
            if place == 1 and isinstance(cell.value, str) and cell.value.casefold().startswith(SAMPLE_MARK[:-1]):
                cell.quotePrefix = True  # a record may be called so: it is no sample
        cell.alignment = _alignment_of(column)
        cell.border = style.CELL_BORDER
        if is_sample:
            cell.font, cell.fill = style.SAMPLE, style.SUNK_FILL
    written = ((sheet.cell(number, place).value, column) for place, column in enumerate(form.columns, start=1))
    texts = [(text, column.width) for text, column in written if isinstance(text, str) and _wraps(column)]
    _fit_height(sheet, number, texts)


def _put_value(cell: ExcelCell | MergedCell, column: Column, value: object) -> None:
    """Write the value of a column as its kind prints it, in its format."""
    printed = column.kind.print(value)
    _put(cell, printed)
    cell.font = style.BODY
    is_text = isinstance(printed, str)
    cell.number_format = TEXT if is_text else column.kind.number_format
    if isinstance(column.kind, Figure) and not is_text and printed is not None:
        whole = isinstance(value, Amount) and value.value == value.value.to_integral_value()
        cell.number_format = COUNT if whole else GENERAL


def _put(cell: ExcelCell | MergedCell, value: CellValue) -> ExcelCell | MergedCell:
    """Write a value so that nothing in it runs: text is always text, whatever it begins with."""
    if isinstance(value, str):
        cell.value = escape_text(value)
        cell.data_type = "s"
        cell.quotePrefix = needs_apostrophe(value)
    elif value is not None:
        cell.value = value
    return cell


def _fit_height(sheet: Worksheet, row: int, texts: Sequence[tuple[str, float]], *, fewest: float = 0) -> None:
    """Give a row the height of its longest text, which LibreOffice does not do by itself. Each comes with its width."""
    lines = max((_count_lines(text, width) for text, width in texts), default=1)
    if lines > 1 or fewest:
        sheet.row_dimensions[row].height = min(_TALLEST_ROW, max(lines * _LINE_HEIGHT + 3, fewest))


def _count_lines(text: str, width: float) -> int:
    return sum(max(1, ceil(len(line) * _WIDTH_OF_LETTER / width)) for line in text.split("\n"))


def _alignment_of(column: Column) -> Alignment:
    """Counted things stand to the right; dates to the left, so that they do not touch what follows."""
    if isinstance(column.kind, Count | Number | Figure):
        return style.RIGHT
    return style.WRAPPED if _wraps(column) else style.LEFT


def _wraps(column: Column) -> bool:
    return column.kind.wraps if isinstance(column.kind, Text) else not isinstance(column.kind, Day | Moment)


def _header_of(column: Column) -> str:
    return f"{column.header} *" if column.is_required else column.header


def _prepare_page(sheet: Worksheet, *, landscape: bool) -> None:
    """Letter size, as wide as the page, with the sheet's name and the page below."""
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.paperSize = 1
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top, sheet.page_margins.bottom, sheet.page_margins.footer = 0.5, 0.7, 0.35
    sheet.HeaderFooter.oddFooter = HeaderFooterItem(
        left=_HeaderFooterPart("&A"), right=_HeaderFooterPart("Página &P de &N")
    )
    sheet.sheet_view.showGridLines = False
    sheet.sheet_format.defaultRowHeight, sheet.sheet_format.customHeight = _ROW_HEIGHT, True


def _save(book: Workbook, path: Path) -> None:
    """Write beside the place and move there whole: a failure leaves what was there."""
    content = BytesIO()
    book.save(content)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        draft.write_bytes(_without_clock(content))
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def _without_clock(content: BytesIO) -> bytes:
    """The same package without the hour at which it was made: equal dossiers give equal bytes."""
    packed = BytesIO()
    with ZipFile(content) as source, ZipFile(packed, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            part = source.read(name)
            if name == "docProps/core.xml":
                part = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + _created(part), part)
            target.writestr(ZipInfo(name, _FIRST_MOMENT), part, ZIP_DEFLATED)
    return packed.getvalue()


def _created(properties: bytes) -> bytes:
    found = re.search(rb"<dcterms:created[^>]*>([^<]*)", properties)
    return found.group(1) if found else b""
