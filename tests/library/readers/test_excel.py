"""Anyone's workbook: blocks of cells as tables, printed as their cells print."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime

import openpyxl
import pytest
from openpyxl.styles import Border, Side
from openpyxl.worksheet.worksheet import Worksheet

from pregon.document.model import Cell, Document, Heading, Paragraph, Table
from pregon.document.prose import Prose
from pregon.document.unreadable import UnreadableFile, Why
from pregon.readers import read_content
from pregon.readers.excel import read

MOMENT = datetime(2025, 10, 6, 17, 5)  # noqa: DTZ001 -- a sheet's hours belong to no time zone


def save(fill: Callable[[Worksheet], object], change: Callable[[str, bytes], bytes] | None = None) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "Cifras"
    fill(sheet)
    saved = io.BytesIO()
    book.save(saved)
    if change is None:
        return saved.getvalue()
    changed = io.BytesIO()
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(changed, "w") as target:
        for name in source.namelist():
            target.writestr(name, change(name, source.read(name)))
    return changed.getvalue()


def read_sheet(fill: Callable[[Worksheet], object]) -> Document:
    return read(save(fill), "cifras.xlsx")


def fill_rows(*rows: tuple[object, ...], at: tuple[int, int] = (1, 1)) -> Callable[[Worksheet], None]:
    def fill(sheet: Worksheet) -> None:
        for row, values in enumerate(rows, start=at[0]):
            for column, value in enumerate(values, start=at[1]):
                sheet.cell(row, column).value = value  # type: ignore[assignment]  # any value of a cell

    return fill


def texts_of(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.rows]


def test_a_sheet_is_a_section_and_its_cells_a_table() -> None:
    document = read_sheet(fill_rows(("Red", "Octubre"), ("Facebook", 44), ("X", 46), at=(3, 2)))
    assert document.blocks == (
        Heading(1, Prose("Cifras")),
        Table(
            tuple(
                tuple(Cell(Prose(text)) for text in row)
                for row in (("Red", "Octubre"), ("Facebook", "44"), ("X", "46"))
            )
        ),
    )


def test_empty_rows_and_columns_part_tables() -> None:
    def fill(sheet: Worksheet) -> None:
        fill_rows(("A", 1), ("B", 2))(sheet)
        fill_rows(("C", 3), ("D", 4), at=(1, 4))(sheet)
        fill_rows(("E", 5), ("F", 6), at=(6, 1))(sheet)

    assert [texts_of(table) for table in read_sheet(fill).tables] == [
        [["A", "1"], ["B", "2"]],
        [["C", "3"], ["D", "4"]],
        [["E", "5"], ["F", "6"]],
    ]


def test_an_empty_column_inside_a_frame_does_not_part_it() -> None:
    def fill(sheet: Worksheet) -> None:
        fill_rows(("Red", "Oct", None, "Total"), ("X", 46, None, 46))(sheet)
        for row in (1, 2):
            sheet.cell(row, 3).border = Border(bottom=Side(style="thin"))

    assert [texts_of(table) for table in read_sheet(fill).tables] == [
        [["Red", "Oct", "", "Total"], ["X", "46", "", "46"]]
    ]


def test_a_title_above_a_table_is_its_caption_and_lone_words_are_paragraphs() -> None:
    def fill(sheet: Worksheet) -> None:
        fill_rows(("Personería de Peñaclara",))(sheet)
        fill_rows(("Visitas de la sede",), ("Mes", "Visitas"), ("Octubre", 34811), at=(3, 1))(sheet)
        fill_rows(("Tabla 2. Noticias",), at=(8, 1))(sheet)
        fill_rows(("Mes", "Noticias"), ("Octubre", 3), at=(10, 1))(sheet)

    blocks = read_sheet(fill).blocks
    assert blocks[1] == Paragraph(Prose("Personería de Peñaclara"))
    assert [(table.number, table.caption) for table in blocks[2:] if isinstance(table, Table)] == [
        (None, "Visitas de la sede"),
        (2, "Noticias"),
    ]


def test_merged_cells_stand_once() -> None:
    def fill(sheet: Worksheet) -> None:
        fill_rows(("Alcance", None, None), ("Red", "Oct", "Nov"), ("X", 46, 19), (None, 1, 2))(sheet)
        sheet.merge_cells("A1:C1")
        sheet.merge_cells("A3:A4")

    assert read_sheet(fill).tables[0].rows == (
        (Cell(Prose("Alcance"), column_span=3),),
        (Cell(Prose("Red")), Cell(Prose("Oct")), Cell(Prose("Nov"))),
        (Cell(Prose("X"), row_span=2), Cell(Prose("46")), Cell(Prose("19"))),
        (Cell(Prose("1")), Cell(Prose("2"))),
    )


def test_numbers_days_and_truths_are_printed_as_their_cells_print_them() -> None:
    values = (34811, 34811, 0.485, date(2025, 10, 6), MOMENT, True, 0.1 + 0.2, "007")
    formats = ("General", "#,##0", "0.0%", "DD/MM/YYYY", "d/m/yyyy h:mm", "General", "General", "@")

    def fill(sheet: Worksheet) -> None:
        fill_rows(values, ("a",) * len(values))(sheet)
        for column, code in enumerate(formats, start=1):
            sheet.cell(1, column).number_format = code

    assert texts_of(read_sheet(fill).tables[0])[0] == [
        "34811",
        "34.811",
        "48,5%",
        "6/10/2025",
        "6/10/2025 17:05",
        "VERDADERO",
        "0,3",
        "007",
    ]


def test_frozen_rows_are_headers() -> None:
    def fill(sheet: Worksheet) -> None:
        fill_rows(("Red", "Oct"), ("X", 46))(sheet)
        sheet.freeze_panes = "A2"

    assert read_sheet(fill).tables[0].header_rows == 1


def test_a_formula_shows_the_value_that_the_file_keeps() -> None:
    rows = fill_rows(("X", 46), ("Y", 19), ("Total", "=SUM(B1:B2)"))
    kept = save(rows, lambda _, content: re.sub(rb"(</f>)<v\s*/?>(</v>)?", rb"\1<v>65</v>", content))
    assert texts_of(read(kept, "a.xlsx").tables[0])[2] == ["Total", "65"]
    document = read(save(rows), "a.xlsx")
    assert texts_of(document.tables[0])[2:] == [["Total", ""]]
    assert document.remarks == (
        "La hoja «Cifras» tiene una fórmula sin valor guardado. Abra el archivo en Excel y guárdelo otra vez.",
    )


def test_hidden_sheets_are_said() -> None:
    def fill(sheet: Worksheet) -> None:
        fill_rows(("Red", "Oct"), ("X", 46))(sheet)
        sheet.row_dimensions[2].hidden = True
        other = sheet.parent.create_sheet("Cuentas")  # type: ignore[union-attr]  # a sheet has a book
        fill_rows(("secreto", 99))(other)
        other.sheet_state = "hidden"

    document = read_sheet(fill)
    assert document.remarks == (
        "La hoja «Cuentas» está oculta y no se leyó.",
        "La hoja «Cifras» tiene filas o columnas ocultas; también se leyeron.",
    )
    assert "secreto" not in document.text
    assert texts_of(document.tables[0]) == [["Red", "Oct"], ["X", "46"]]


def test_an_empty_workbook() -> None:
    with pytest.raises(UnreadableFile) as caught:
        read_sheet(lambda _: None)
    assert caught.value.kind is Why.EMPTY


def test_a_sheet_with_far_cells_costs_no_more_than_its_cells() -> None:
    document = read_sheet(fill_rows(("lejos",), at=(1_000_000, 16_000)))
    assert document.blocks[1:] == (Paragraph(Prose("lejos")),)


def test_a_frame_around_a_million_places_is_refused() -> None:
    def fill(sheet: Worksheet) -> None:
        fill_rows(("a",) * 2_000)(sheet)
        for row in range(2, 302):
            sheet.cell(row, 1).value = row

    with pytest.raises(UnreadableFile) as caught:
        read_sheet(fill)
    assert str(caught.value) == "«cifras.xlsx» tiene más de 200 mil celdas. Súbalo por partes."


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"])
def test_a_damaged_part(part: str) -> None:
    content = save(fill_rows(("X", 46)), lambda name, inside: inside[: len(inside) // 2] if name == part else inside)
    with pytest.raises(UnreadableFile) as caught:
        read_content(content, "cifras.xlsx")
    assert str(caught.value) == (
        "No pudimos leer «cifras.xlsx»: está dañado o incompleto. Ábralo en Excel, guárdelo otra vez y súbalo."
    )
