"""The quarter at a glance, and the workbook that fills it."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pregon.figures.period import Period
from pregon.report.compose import compose_sections
from pregon_web import vault
from pregon_web.accounts.models import Role
from pregon_web.journal.models import Entry
from pregon_web.quarter import panels
from pregon_web.quarter.models import Registro
from pregon_web.quarter.selectors import dossier, periods_for, quarter_for
from pregon_web.quarter.services import RefusedRegistro, add_registro
from tests.web.records import QUARTER, keep_registro, make_dossier, write_workbook
from tests.web.towns import Town

T4 = str(QUARTER)
PENACLARA = "Personería Municipal de Peñaclara"


def words(response: HttpResponse) -> str:
    """The text of a page without its marks, spaces joined."""
    text = re.sub(r"<(script|style|title).*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", text).replace("&nbsp;", " ").split())


def bring(client: Client, path: Path, name: str = "registro.xlsx", period: str = T4) -> HttpResponse:
    upload = SimpleUploadedFile(name, path.read_bytes())
    return client.post(reverse("upload_registro", args=[period]), {"workbook": upload}, follow=True)  # type: ignore[return-value]  # the test client's own


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    return write_workbook(tmp_path, PENACLARA)


def test_an_empty_quarter_says_so_and_offers_to_bring_records(editor: Client) -> None:
    page = words(editor.get(reverse("quarter", args=[T4])))  # type: ignore[arg-type]  # the test client's own
    assert "Cuarto trimestre de 2025" in page
    assert "Todavía no hay registros de este trimestre." in page
    assert "Subir el registro" in page


def test_a_workbook_is_taken_and_its_figures_shown(editor: Client, town: Town, workbook: Path) -> None:
    page = words(bring(editor, workbook))
    assert f"El registro quedó guardado en {T4}, versión 1." in page
    assert "Publicaciones en redes 273 = 94 Facebook + 89 Instagram + 90 X" in page
    assert "Noticias publicadas 6 = 3 oct + 1 nov + 2 dic" in page
    assert "Visitas a la sede 94.196 = 34.811 oct + 34.326 nov + 25.059 dic" in page
    assert "Mensajes por WhatsApp 37 = 10 oct + 13 nov + 14 dic" in page
    assert periods_for(town.access()) == [T4]


def test_what_is_missing_is_told_with_who_has_it(editor: Client, workbook: Path) -> None:
    page = words(bring(editor, workbook))
    assert "Instagram, diciembre: 1 cifra Lo tiene Marcela Ríos." in page
    assert "Historias de Código de Integridad Lo tiene Andrés Tobón." in page


def test_the_library_sees_exactly_what_was_brought(town: Town) -> None:
    third = make_dossier(PENACLARA, Period.quarter(2025, 3))
    fourth = make_dossier(PENACLARA)
    for period in (third.period, fourth.period):
        keep_registro(town, period)
    assert dossier(town.institution, T4) == fourth
    assert quarter_for(town.access(), T4).earlier == (third,)
    assert quarter_for(town.access(), "2025-T3").earlier == ()
    assert dossier(town.institution, "2024-T1") is None


def test_the_last_version_counts_and_the_earlier_stay(town: Town, tmp_path: Path, workbook: Path) -> None:
    first = add_registro(access=town.access(), path=workbook, name="uno.xlsx").registro
    changed = make_dossier(PENACLARA, canary="Otra campaña")
    changed_book = write_workbook(tmp_path, PENACLARA, canary="Otra campaña")
    second = add_registro(access=town.access(), path=changed_book, name="dos.xlsx").registro
    assert (first.version, second.version) == (1, 2)
    assert dossier(town.institution, T4) == changed
    kept = vault.path_of(town.institution.pk, first.sha256)
    assert vault.hash_file(kept) == first.sha256
    assert kept.stat().st_mode & 0o077 == 0


def test_the_same_workbook_twice_changes_nothing(town: Town, workbook: Path) -> None:
    add_registro(access=town.access(), path=workbook, name="uno.xlsx")
    with pytest.raises(RefusedRegistro, match="es igual al que ya cuenta en el cuarto trimestre de 2025"):
        add_registro(access=town.access(), path=workbook, name="dos.xlsx")
    assert Registro.objects.of(town.institution).count() == 1


def test_bringing_records_is_noted(town: Town, workbook: Path) -> None:
    registro = add_registro(access=town.access(), path=workbook, name="uno.xlsx").registro
    entry = Entry.objects.of(town.institution).order_by("-sequence")[0]
    assert (entry.action, entry.subject, entry.person_id) == (
        "create",
        f"quarter.registro:{registro.pk}",
        town.people[Role.EDITOR].pk,
    )
    assert entry.after == {"period": T4, "version": 1, "sha256": registro.sha256, "name": "uno.xlsx"}


def test_mistakes_are_shown_with_sheet_cell_problem_and_remedy(editor: Client, town: Town, workbook: Path) -> None:
    import openpyxl

    book = openpyxl.load_workbook(workbook)
    sheet = book["Eventos"]
    row = next(row for row in sheet.iter_rows() if any(cell.value == 45 for cell in row))
    place = next(cell for cell in row if cell.value == 45)
    place.value = "cuarenta y tantos"
    book.save(workbook)
    book.close()
    page = words(bring(editor, workbook, "malo.xlsx"))
    assert "«malo.xlsx» tiene 1 error y no se guardó." in page
    assert f"Eventos, {place.coordinate} " in page
    assert "cuarenta y tantos" in page
    assert Registro.objects.of(town.institution).count() == 0


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "vacio.xlsx", "vacio.xlsx"),
        (b"PK\x03\x04 cortado", "cortado.xlsx", "«cortado.xlsx»"),
        (b"%PDF-1.7", "informe.pdf", "«informe.pdf»"),
    ],
)
def test_what_is_no_workbook_gets_one_sentence(
    editor: Client, town: Town, tmp_path: Path, content: bytes, name: str, sentence: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    page = words(bring(editor, path, name))
    assert sentence in page
    assert "Traceback" not in page
    assert Registro.objects.of(town.institution).count() == 0


def test_without_a_file_the_form_asks_for_one(editor: Client) -> None:
    response = editor.post(reverse("upload_registro", args=[T4]))
    assert (response.status_code, "Elija un archivo." in response.content.decode()) == (422, True)


def test_a_version_comes_back_as_it_was_brought(editor: Client, town: Town, workbook: Path) -> None:
    add_registro(access=town.access(), path=workbook, name="uno.xlsx")
    response = editor.get(reverse("download_registro", args=[T4, 1]))
    assert b"".join(response) == workbook.read_bytes()
    assert response.headers["Content-Disposition"] == 'attachment; filename="registro-2025-T4-v1.xlsx"'
    assert editor.get(reverse("download_registro", args=[T4, 2])).status_code == 404


def test_the_page_asks_the_database_the_same_however_much_there_is(editor: Client, town: Town) -> None:
    asked = []
    for earlier in range(3):
        keep_registro(town, Period.quarter(2025, 4 - earlier))
        editor.get(reverse("quarter", args=[T4]))
        with CaptureQueriesContext(connection) as queries:
            editor.get(reverse("quarter", args=[T4]))
        asked.append(len(queries))
    assert asked == [asked[0]] * 3
    assert asked[0] <= 18


@pytest.mark.parametrize(
    ("due", "words_of_it"),
    [
        (date(2026, 1, 6), ("Vence hoy", "is-gap")),
        (date(2026, 1, 7), ("Vence mañana", "is-gap")),
        (date(2026, 1, 5), ("Venció ayer", "is-bad")),
        (date(2026, 1, 2), ("Venció el 2 ene 2026", "is-bad")),
        (date(2026, 1, 15), ("Vence el 15 ene 2026", "")),
        (None, ("Sin fecha", "")),
    ],
)
def test_a_date_is_said_as_a_person_says_it(due: date | None, words_of_it: tuple[str, str]) -> None:
    assert panels.due_words(due, date(2026, 1, 6)) == words_of_it


def test_sections_are_ready_lacking_or_late_by_the_calendar() -> None:
    sections = compose_sections(make_dossier(PENACLARA), ())
    before = {tick.anchor: tick.state for tick in panels.section_ticks(sections, date(2026, 1, 10))}
    after = {tick.anchor: tick.state for tick in panels.section_ticks(sections, date(2026, 1, 21))}
    assert (before["s-audience"], before["s-stories"], before["s-website"]) == ("is-missing", "is-missing", "")
    assert (after["s-audience"], after["s-stories"], after["s-website"]) == ("is-late", "is-late", "")


def test_charts_share_one_scale_from_zero() -> None:
    bars = {panel.key: [bar.height for bar in panel.bars] for panel in panels.channel_panels(make_dossier(PENACLARA))}
    full = panels.BASE - panels.TOP
    assert bars["x"][0] == full
    assert bars["fb"] == [round(full * value / 46, 1) for value in (44, 24, 26)]
