"""What a person may do to the book without harm: the records that come out are the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl.workbook import Workbook

from pregon.figures.amount import Amount
from pregon.records.publishing import ObservationStatus, PublicationKind
from pregon.registro import check_registro, read_registro
from tests.library.registro.conftest import SMALL

Spoil = Callable[[Callable[[Workbook], None]], Path]


def _move_columns(book: Workbook) -> None:
    sheet = book["Publicaciones"]
    for row in range(3, 6):
        cells = [sheet.cell(row, place) for place in (5, 4, 3, 2, 1, 6, 7, 8, 9, 10)]
        moved = [(cell.value, cell.number_format) for cell in cells]
        for place, (value, number_format) in enumerate(moved, start=1):
            sheet.cell(row, place).value = value
            sheet.cell(row, place).number_format = number_format


def _spread_rows(book: Workbook) -> None:
    book["Publicaciones"].insert_rows(5, 3)
    book["Eventos"].insert_rows(1, 2)


def _add_columns_and_sheets(book: Workbook) -> None:
    book["Publicaciones"].insert_cols(3)
    book["Publicaciones"]["C3"] = "Mis notas"
    book["Publicaciones"]["C4"] = "revisar"
    book.create_sheet("Borrador")["A1"] = "cualquier cosa"


def _retype_words(book: Workbook) -> None:
    sheet = book["Publicaciones"]
    sheet["B4"], sheet["C4"], sheet["E4"] = "  Facebook ", "PUBLICACION", "  Charla "
    book["Eventos"]["D4"] = "ddhh"
    book["Campañas"]["E4"] = "FACEBOOK;\nSede Electrónica"
    book["Mediciones"]["D6"] = "SIN DATO"
    book["Mediciones"]["A4"] = "visitas"
    book["Seguimiento de riesgos"]["C4"] = "NO"


def _retype_numbers_and_dates(book: Workbook) -> None:
    book["Mediciones"]["E4"] = "34.811"
    book["Eventos"]["F4"] = "45"
    book["Publicaciones"]["D4"] = "6/10/2025"
    book["Publicaciones"]["D5"] = "19 de noviembre"
    book["Plan"]["H4"] = "90 %"
    book["Institución"]["B10"] = "7 de enero de 2026, 5:00 p. m."
    book["Mediciones"]["C4"] = "octubre"


def _let_excel_guess(book: Workbook) -> None:
    """«oct 2025» becomes the first of October, «1» a number, «90 %» ninety hundredths."""
    book["Mediciones"]["C4"] = date(2025, 10, 1)
    book["Institución"]["B9"] = 1
    book["Plan"]["H4"] = 0.9
    book["Plan"]["H4"].number_format = "0%"


def _leave_status_to_the_figure(book: Workbook) -> None:
    book["Mediciones"]["D4"] = None
    book["Mediciones"]["D6"], book["Mediciones"]["E6"] = None, "sin dato"


def _unstar_headers(book: Workbook) -> None:
    book["Publicaciones"]["A3"] = "referencia"
    book["Publicaciones"]["D3"] = "FECHA"


@pytest.mark.parametrize(
    "edit",
    [
        _move_columns,
        _spread_rows,
        _add_columns_and_sheets,
        _retype_words,
        _retype_numbers_and_dates,
        _let_excel_guess,
        _leave_status_to_the_figure,
        _unstar_headers,
    ],
)
def test_a_harmless_edit_changes_nothing(spoil: Spoil, edit: Callable[[Workbook], None]) -> None:
    path = spoil(edit)
    assert check_registro(path) == ()
    assert read_registro(path) == SMALL


_CAME_LATER = {
    "Solicitudes": ("Aprobada el", "Publicación", "Devuelta", "Cancelada el"),
    "Riesgos": ("Zona inherente", "Zona residual"),
    "Seguimiento de riesgos": ("Línea de defensa", "Aunque los registros digan otra cosa"),
}


def _make_older(book: Workbook) -> None:
    """As the first books were: without the columns and the sheets that came later."""
    for name, headers in _CAME_LATER.items():
        sheet = book[name]
        for header in headers:
            place = next(cell.column for cell in sheet[3] if cell.value == header)
            sheet.delete_cols(place)
    book.remove(book["Faltantes declarados"])
    book.remove(book["Cierres locales"])


def test_an_older_book_is_read_as_it_was(spoil: Spoil) -> None:
    path = spoil(_make_older)
    assert check_registro(path) == ()
    design, video = SMALL.requests
    assert read_registro(path) == replace(
        SMALL,
        requests=(
            replace(design, approved_on=None, published="", returned=0),
            replace(video, cancelled_on=None),
        ),
        risks=(replace(SMALL.risks[0], inherent_zone="", residual_zone=""),),
        follow_ups=(replace(SMALL.follow_ups[0], line_of_defence=None, despite=""),),
        closures=(),
    )


def test_a_column_of_the_office_that_resembles_a_later_one_is_only_remarked(spoil: Spoil) -> None:
    def edit(book: Workbook) -> None:
        _make_older(book)
        book["Solicitudes"]["H3"] = "Aprobada por"
        book["Solicitudes"]["H4"] = "Beatriz Upegui"

    path = spoil(edit)
    assert [(mistake.is_remark, str(mistake)) for mistake in check_registro(path)] == [
        (
            True,
            "Solicitudes, celda H3: El título dice «Aprobada por» y se esperaba «Aprobada el». Escriba «Aprobada el».",
        )
    ]
    assert read_registro(path).requests[0].approved_on is None


def test_empty_no_data_not_applicable_and_zero_are_four_things(spoil: Spoil) -> None:
    def edit(book: Workbook) -> None:
        book["Mediciones"]["E4"] = 0

    dossier = read_registro(spoil(edit))
    assert [observation.status for observation in dossier.observations] == [
        ObservationStatus.VALUE,
        ObservationStatus.VALUE,
        ObservationStatus.NO_DATA,
        ObservationStatus.NOT_APPLICABLE,
    ]
    assert dossier.observations[0].amount == Amount(Decimal(0))
    assert dossier.observations[2].amount is None
    assert [event.attended for event in dossier.events] == [45, None, 0]


def test_no_data_in_a_count_is_not_known(spoil: Spoil) -> None:
    def edit(book: Workbook) -> None:
        book["Eventos"]["F4"] = "Sin dato"

    assert read_registro(spoil(edit)).events[0].attended is None


@pytest.mark.parametrize(
    ("typed", "rounding", "amount"),
    [
        ("73,3 mil", None, Amount(Decimal(73300), ulp=Decimal(100))),
        ("112K", None, Amount(Decimal(112000), ulp=Decimal(1000))),
        ("10 mil 848", None, Amount(Decimal(10848))),
        ("48,5 %", None, Amount(Decimal("48.5"), "%", Decimal("0.1"))),
        (2106, None, Amount(Decimal(2106))),
        (73300, 100, Amount(Decimal(73300), ulp=Decimal(100))),
        (34.811, 0.001, Amount(Decimal("34.811"), ulp=Decimal("0.001"))),
        ("34,811", "0,001", Amount(Decimal("34.811"), ulp=Decimal("0.001"))),
    ],
)
def test_figures_as_people_write_them(
    spoil: Spoil, typed: str | float, rounding: str | float | None, amount: Amount
) -> None:
    def edit(book: Workbook) -> None:
        book["Mediciones"]["E4"], book["Mediciones"]["F4"] = typed, rounding

    assert read_registro(spoil(edit)).observations[0].amount == amount


def test_a_formula_is_read_by_what_it_gave(spoil: Spoil) -> None:
    """A book saved by Excel keeps the result beside the formula; this one is written as Excel would."""

    def edit(book: Workbook) -> None:
        book["Eventos"]["F4"] = "=40+5"

    path = spoil(edit)
    _put_result(path, formula="40+5", result="45")
    assert read_registro(path) == SMALL


def test_a_row_added_by_hand_is_read(spoil: Spoil) -> None:
    def edit(book: Workbook) -> None:
        for place, value in enumerate(("PUB-3", "x", "post", "1 de diciembre de 2025", "Navidad"), start=1):
            book["Publicaciones"].cell(9, place).value = value
        for place, value in enumerate(("x", "X", "Twitter"), start=1):
            book["Canales"].cell(6, place).value = value

    dossier = read_registro(spoil(edit))
    added = replace(
        SMALL.publications[0], reference="PUB-3", channel="x", published_on=date(2025, 12, 1), title="Navidad"
    )
    assert dossier.publications[-1] == added
    assert dossier.publications[-1].kind is PublicationKind.POST


def _put_result(path: Path, *, formula: str, result: str) -> None:
    import zipfile

    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    changed = 0
    for name, content in parts.items():
        spoken = content.replace(f"<f>{formula}</f><v/>".encode(), f"<f>{formula}</f><v>{result}</v>".encode())
        spoken = spoken.replace(f"<f>{formula}</f><v></v>".encode(), f"<f>{formula}</f><v>{result}</v>".encode())
        changed += spoken != content
        parts[name] = spoken
    assert changed == 1
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
