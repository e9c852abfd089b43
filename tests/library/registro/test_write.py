"""The book as an office gets it: lists, formats, samples, and nothing that runs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from pregon.figures.period import Period
from pregon.records.dossier import Dossier
from pregon.records.organisation import Control, Institution
from pregon.registro import check_registro, read_registro, write_blank_registro, write_registro
from tests.library.registro.conftest import SMALL

QUARTER = Period.quarter(2026, 1)


@pytest.fixture
def blank(tmp_path: Path) -> Path:
    path = tmp_path / "registro-2026-T1.xlsx"
    write_blank_registro(path, QUARTER, institution="Personería de Prueba")
    return path


@pytest.fixture
def book(small: Path) -> Workbook:
    return load_workbook(small)


def test_what_is_written_is_read_back(small: Path) -> None:
    assert read_registro(small) == SMALL


def test_the_sheets_come_in_the_order_of_the_work(book: Workbook) -> None:
    assert book.sheetnames == [
        "Instrucciones", "Institución", "Pasos", "Firmas", "Dependencias", "Canales", "Publicaciones", "Mediciones",
        "Campañas", "Productos", "Efemérides", "Eventos", "Solicitudes", "Satisfacción", "Riesgos",
        "Seguimiento de riesgos", "Incidentes", "Plan", "Evidencias", "Pendientes", "Faltantes declarados",
        "Cierres locales", "Listas",
    ]  # fmt: skip
    assert book["Listas"].sheet_state == "hidden"


def test_figures_are_numbers_and_dates_are_dates(book: Workbook) -> None:
    figure, day, cutoff = book["Mediciones"]["E4"], book["Publicaciones"]["D4"], book["Institución"]["B10"]
    assert (figure.value, figure.number_format) == (34811, "#,##0")
    assert (day.value, day.number_format) == (datetime.combine(date(2025, 10, 6), time()), "d/mm/yyyy")
    assert (cutoff.value, cutoff.number_format) == (datetime.combine(date(2026, 1, 7), time(17)), "d/mm/yyyy h:mm")


def test_every_list_is_there(book: Workbook) -> None:
    lists = {
        (sheet.title, str(validation.sqref).split(":")[0]): validation.formula1
        for sheet in book
        for validation in sheet.data_validations.dataValidation
        if validation.type == "list"
    }
    assert len(lists) == 38
    assert lists[("Publicaciones", "B4")] == "OFFSET('Canales'!$A$4,0,0,MAX(1,COUNTA('Canales'!$A$4:$A$5000)),1)"
    kinds = lists[("Publicaciones", "C4")]
    first, _, last = kinds.removeprefix("Listas!").partition(":")
    column = [row[0].value for row in book["Listas"][f"{first}:{last}".replace("$", "")]]
    assert column == ["Publicación", "Video", "Historia", "Noticia", "Mensaje", "Fondo de pantalla"]


def test_every_cell_tells_what_to_write_in_it(book: Workbook) -> None:
    for sheet in book:
        for validation in sheet.data_validations.dataValidation:
            assert validation.prompt, sheet.title
            assert len(validation.prompt) <= 255
            assert len(validation.promptTitle) <= 32


def test_headers_stay_in_sight_and_repeat_on_paper(book: Workbook) -> None:
    sheet = book["Publicaciones"]
    assert sheet.freeze_panes == "B4"
    assert sheet.print_title_rows == "$3:$3"
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (
        "landscape",
        1,
        0,
    )


@pytest.mark.parametrize("attack", ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x")', "\t=1+1"])
def test_text_never_becomes_a_formula(tmp_path: Path, attack: str) -> None:
    path = tmp_path / "registro.xlsx"
    publications = (replace(SMALL.publications[0], title=attack), *SMALL.publications[1:])
    dossier = replace(SMALL, publications=publications)
    write_registro(dossier, path)
    cell = load_workbook(path)["Publicaciones"]["E4"]
    assert (cell.data_type, cell.value, bool(cell.quotePrefix)) == ("s", attack, True)
    assert read_registro(path) == dossier


def test_what_excel_cannot_hold_is_refused_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "registro.xlsx"
    bell = replace(SMALL, publications=(replace(SMALL.publications[0], title="Charla\x07 con campana"),))
    with pytest.raises(ValueError, match="Excel") as caught:
        write_registro(bell, path)
    assert str(caught.value) == (
        "Publicaciones: Excel no admite el carácter U+0007, que está en «Charla con campana»."
        " Bórrelo y vuelva a escribir el registro."
    )
    long = replace(SMALL, publications=(replace(SMALL.publications[0], title="a" * 40_000),))
    with pytest.raises(ValueError, match="40000 caracteres y una celda de Excel guarda 32767"):
        write_registro(long, path)
    assert list(tmp_path.iterdir()) == []


def test_the_longest_text_that_fits_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "registro.xlsx"
    dossier = replace(SMALL, publications=(replace(SMALL.publications[0], title="ñ🎺" * 10_922),))
    write_registro(dossier, path)
    assert read_registro(path).publications == dossier.publications


def test_a_failed_write_leaves_the_old_book(small: Path) -> None:
    before = small.read_bytes()
    with pytest.raises(ValueError, match="Excel no admite"):
        write_registro(replace(SMALL, institution=Institution("\x00")), small)
    assert small.read_bytes() == before


def test_the_blank_book_reads_as_an_empty_dossier(blank: Path) -> None:
    assert check_registro(blank) == ()
    assert read_registro(blank) == Dossier(Institution("Personería de Prueba"), QUARTER, Control("", ""))


def test_the_blank_book_never_takes_the_place_of_another(blank: Path) -> None:
    before = blank.read_bytes()
    with pytest.raises(FileExistsError) as caught:
        write_blank_registro(blank, QUARTER)
    assert str(caught.value) == (
        "Ya existe «registro-2026-T1.xlsx» y no se tocó. Escriba otro nombre, o mueva ese archivo."
    )
    assert blank.read_bytes() == before


def test_every_sheet_of_the_blank_book_has_its_sample(blank: Path) -> None:
    book = load_workbook(blank)
    samples = {sheet.title: sheet["A4"].value for sheet in book.worksheets[2:-1]}
    assert all(str(value).startswith("ejemplo: ") for value in samples.values()), samples
    assert samples["Publicaciones"] == "ejemplo: PUB-001"


def test_a_sample_without_its_mark_is_a_record_that_holds(blank: Path) -> None:
    """Each sample row is right: take the marks away and the book is clean but for what it has not got."""
    book = load_workbook(blank)
    for sheet in book.worksheets[2:-1]:
        sheet["A4"].value = str(sheet["A4"].value).removeprefix("ejemplo: ")
    book.save(blank)
    assert check_registro(blank) == ()
    dossier = read_registro(blank)
    assert (len(dossier.publications), len(dossier.observations), len(dossier.campaigns[0].deliverables)) == (1, 1, 1)


def test_a_sample_written_over_is_told(blank: Path) -> None:
    book = load_workbook(blank)
    book["Publicaciones"]["E4"] = "Mi primera publicación"
    book.save(blank)
    assert [str(mistake) for mistake in check_registro(blank)] == [
        (
            "Publicaciones, celda A4: Esta fila dice «ejemplo:» y ya no es la de muestra. "
            "Borre «ejemplo:» para que cuente, o borre la fila entera."
        )
    ]


def test_a_record_called_as_a_sample_is_still_a_record(tmp_path: Path) -> None:
    path = tmp_path / "registro.xlsx"
    dossier = replace(
        SMALL, publications=(replace(SMALL.publications[0], reference="ejemplo: PUB-001"),), commemorations=()
    )
    write_registro(dossier, path)
    assert read_registro(path) == dossier


def test_two_writings_are_the_same_bytes(tmp_path: Path) -> None:
    write_registro(SMALL, tmp_path / "a.xlsx")
    write_registro(SMALL, tmp_path / "b.xlsx")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
