"""The sheets of a report's workbook: index, text, and one a table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pregon.document import sheet_words as words
from pregon.document.model import Chart, Document, Heading, Paragraph, Picture, Table
from pregon.writers.excel_style import PageStyle
from pregon.writers.excel_tables import clean_cell_text, write_table

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_FORBIDDEN: Final = re.compile(r"[\[\]:*?/\\\x00-\x1f]+")
_LONGEST_NAME: Final = 31
_FACTS: Final = (
    ("institution", "Institución"),
    ("code", "Código"),
    ("version", "Versión"),
    ("period", "Periodo"),
)


@dataclass(frozen=True, slots=True)
class _TablePage:
    """A table, the name of its sheet, what it is called, the section it stands in, and whether it is inside a cell."""

    table: Table
    sheet: str
    title: str
    section: str
    is_inner: bool


def write_pages(document: Document, workbook: Workbook) -> dict[str, dict[str, str]]:
    """Fill the workbook; returns the values of its formulas by the sheet's name in the file and by cell."""
    style = PageStyle()
    pages = tuple(_name_pages(document))
    index = workbook.active
    assert index is not None  # noqa: S101 -- a new workbook has one sheet
    _write_index(document, index, pages, style)
    _write_text(document, workbook.create_sheet(words.TEXT_SHEET), pages, style)
    values: dict[str, dict[str, str]] = {}
    for place, page in enumerate(pages, start=3):
        sheet = workbook.create_sheet(page.sheet)
        _open_page(sheet, page, style)
        formulas = write_table(sheet, page.table, style)
        _set_print(sheet, document)
        if formulas:
            values[f"xl/worksheets/sheet{place}.xml"] = formulas
    return values


def _name_pages(document: Document) -> Iterator[_TablePage]:
    """Every table with a sheet name that no other has: at most 31 characters, told apart without case."""
    taken = {words.INDEX_SHEET.casefold(), words.TEXT_SHEET.casefold(), "history"}
    section = ""
    for block in document.blocks:
        if isinstance(block, Heading):
            section = block.text
        elif isinstance(block, Table):
            for is_inner, table in _with_inner(block):
                title = _title_of(table, section)
                number = "" if table.number is None else f"{table.number} "
                name = _choose_name(number + (table.caption or section or words.TABLE), taken)
                yield _TablePage(table, name, title, section, is_inner)


def _with_inner(table: Table, *, is_inner: bool = False) -> Iterator[tuple[bool, Table]]:
    yield is_inner, table
    for row in table.rows:
        for cell in row:
            for inner in cell.tables:
                yield from _with_inner(inner, is_inner=True)


def _title_of(table: Table, section: str) -> str:
    if table.number is None:
        return table.caption or (f"Tabla de «{section}»" if section else words.TABLE)
    return f"{words.TABLE} {table.number}. {table.caption}".rstrip(" ")


def _choose_name(wanted: str, taken: set[str]) -> str:
    base = " ".join(_FORBIDDEN.sub(" ", clean_cell_text(wanted)).split()).strip("' ") or words.TABLE
    name, count = base[:_LONGEST_NAME], 1
    if len(base) > _LONGEST_NAME and " " in name[_LONGEST_NAME // 2 :]:
        name = base[: _LONGEST_NAME + 1].rpartition(" ")[0]
    name = name.rstrip("' ")
    while name.casefold() in taken:
        count += 1
        mark = f" ({count})"
        name = base[: _LONGEST_NAME - len(mark)].rstrip("' ") + mark
    taken.add(name.casefold())
    return name


def _write_index(document: Document, sheet: Worksheet, pages: tuple[_TablePage, ...], style: PageStyle) -> None:
    sheet.title = words.INDEX_SHEET
    sheet.sheet_view.showGridLines = False
    sheet.column_dimensions["A"].width = 34
    sheet.column_dimensions["B"].width = 62
    sheet.column_dimensions["C"].width = 40
    style.put(sheet, (1, 1), document.properties.title or "Informe", style.title)
    row = 3
    for name, label in _FACTS:
        value = getattr(document.properties, name)
        if value:
            style.put(sheet, (row, 1), label, style.label)
            style.put(sheet, (row, 2), value, style.fact)
            style.fit_row(sheet, row, ((value, 62),))
            row += 1
    row += 1
    for column, label in enumerate(("Hoja", "Tabla", "Sección"), start=1):
        style.put(sheet, (row, column), label, style.head)
    style.put(sheet, (row + 1, 1), words.TEXT_SHEET, style.link)
    _link(sheet, (row + 1, 1), words.TEXT_SHEET)
    style.put(sheet, (row + 1, 2), "El texto del informe, en su orden", style.fact)
    style.put(sheet, (row + 1, 3), "", style.fact)
    for place, page in enumerate(pages, start=row + 2):
        style.put(sheet, (place, 1), page.sheet, style.link)
        _link(sheet, (place, 1), page.sheet)
        style.put(sheet, (place, 2), page.title, style.fact)
        style.put(sheet, (place, 3), page.section, style.fact)
        style.fit_row(sheet, place, ((page.title, 62), (page.section, 40)))
    note = "Los totales son fórmulas cuando sus partes están en la misma hoja: puede rehacer la cuenta."
    style.put(sheet, (row + len(pages) + 3, 1), note, style.small)
    _set_print(sheet, document)


def _write_text(document: Document, sheet: Worksheet, pages: tuple[_TablePage, ...], style: PageStyle) -> None:
    sheet.sheet_view.showGridLines = False
    for letter, width in (("A", 16), ("B", 100), ("C", 34)):
        sheet.column_dimensions[letter].width = width
    for column, label in enumerate(("Clase", "Texto", "Hoja"), start=1):
        style.put(sheet, (1, column), label, style.head)
    for place, (kind, text, target) in enumerate(_text_rows(document, pages), start=2):
        style.put(sheet, (place, 1), kind, style.kind)
        face = style.section if words.level_of(kind) is not None else style.text
        style.put(sheet, (place, 2), text, style.title if kind == words.TITLE else face)
        style.fit_row(sheet, place, ((text, 60 if kind == words.TITLE else 100),))
        if target:
            style.put(sheet, (place, 3), target, style.text_link)
            _link(sheet, (place, 3), target)
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    _set_print(sheet, document)


def _text_rows(document: Document, pages: tuple[_TablePage, ...]) -> Iterator[tuple[str, str, str]]:
    """What stands in the report, in order: its kind, its text, and the sheet that holds it if it is a table."""
    for line in document.header:
        yield words.HEADER, line, ""
    waiting = iter(pages)
    for block in document.blocks:
        match block:
            case Heading():
                yield words.name_heading(block.level), block.text, ""
            case Paragraph():
                yield words.ROLE_NAMES[block.role], block.text, ""
            case Picture():
                kind = words.CHART if isinstance(block.drawing, Chart) else words.IMAGE
                number = "" if block.number is None else f"{kind} {block.number}. "
                yield kind, f"{number}{block.caption}".rstrip(" "), ""
                yield words.ALTERNATIVE, block.alt, ""
            case Table():
                for is_inner, _ in _with_inner(block):
                    page = next(waiting)
                    caption = page.title if page.table.number is not None else page.table.caption
                    yield words.INNER_TABLE if is_inner else words.TABLE, caption, page.sheet
    for line in document.footer:
        yield words.FOOTER, line, ""


def _open_page(sheet: Worksheet, page: _TablePage, style: PageStyle) -> None:
    style.put(sheet, (1, 1), page.title, style.caption)
    style.put(sheet, (2, 1), f"Volver a «{words.INDEX_SHEET}»", style.back)
    _link(sheet, (2, 1), words.INDEX_SHEET)


def _link(sheet: Worksheet, place: tuple[int, int], target: str) -> None:
    from openpyxl.worksheet.hyperlink import Hyperlink

    name = target.replace("'", "''")
    cell = sheet.cell(*place)
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{name}'!A1")


def _set_print(sheet: Worksheet, document: Document) -> None:
    """Letter paper, as wide as the page, with the report's name and «Página n de m» at the foot."""
    from openpyxl.worksheet.header_footer import HeaderFooterItem
    from openpyxl.worksheet.header_footer import _HeaderFooterPart as HeaderFooterPart
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.page_setup.paperSize = 1
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    width = sum(column.width for column in sheet.column_dimensions.values())
    sheet.page_setup.orientation = "landscape" if width > 110 else "portrait"
    sheet.page_margins.left = sheet.page_margins.right = 0.7
    sheet.page_margins.top = sheet.page_margins.bottom = 0.8
    head = _in_margin(" · ".join(document.header) or document.properties.title)
    foot = _in_margin(" · ".join(document.footer))
    sheet.oddHeader = HeaderFooterItem(left=HeaderFooterPart(head) if head else None)
    sheet.oddFooter = HeaderFooterItem(
        left=HeaderFooterPart(foot) if foot else None, right=HeaderFooterPart("Página &P de &N")
    )


def _in_margin(text: str) -> str:
    """Text for a page's margin, where «&» gives orders and 255 characters are the most."""
    return clean_cell_text(text).replace("&", "&&")[:200]
