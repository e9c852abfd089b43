"""Publications: listed, found, sorted, taken away; recorded, changed by two at once, corrected, removed."""

from __future__ import annotations

import csv
import io
from datetime import date

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from pregon_web.accounts.models import Role
from pregon_web.journal.models import Entry
from pregon_web.ledger.models import Channel, PeriodLock, Publication
from pregon_web.ledger.services import add_records, change_record
from tests.web.records import QUARTER, keep_registro
from tests.web.towns import Town

T4 = str(QUARTER)
NEW = {"title": "Feria de servicios", "kind": "post", "published_on": "2025-10-08"}


@pytest.fixture
def recorded(town: Town) -> Town:
    keep_registro(town)
    return town


def address(name: str, *rest: object) -> str:
    return reverse(name, args=[T4, *rest])


def channel(town: Town, code: str = "x") -> Channel:
    return Channel.objects.of(town.institution).get(code=code)


def fill(town: Town, count: int) -> None:
    rows = [
        Publication(
            period=T4,
            reference=f"PUB-2025-{number:04}",
            channel=channel(town),
            kind="post",
            published_on=date(2025, 11, 1 + number % 28),
            title=f"Publicación de prueba {number}",
        )
        for number in range(count)
    ]
    add_records(access=town.access(), rows=rows)


def titles(client: Client, query: str = "") -> list[str]:
    return [row.title for row in client.get(address("publications") + query).context["listing"].rows]


@pytest.mark.usefixtures("recorded")
def test_the_list_is_searched_filtered_and_sorted(editor: Client) -> None:
    assert len(titles(editor)) == 6
    assert titles(editor, "?buscar=noticia+3") == ["Código de Integridad, noticia 3"]
    assert titles(editor, "?mes=2025-11") == ["Código de Integridad, noticia 4"]
    assert titles(editor, "?canal=fb") == []
    assert titles(editor, "?orden=titulo")[0] == "Código de Integridad, noticia 1"
    assert titles(editor, "?orden=-titulo")[0] == "Código de Integridad, noticia 6"
    assert titles(editor, "?orden=hackeo&mes=abril&pagina=cien") == titles(editor)


@pytest.mark.parametrize("count", [1, 30])
def test_a_list_asks_the_database_the_same_however_much_there_is(
    editor: Client, recorded: Town, count: int, django_assert_num_queries: object
) -> None:
    fill(recorded, count)
    editor.get(address("publications"))
    with django_assert_num_queries(10):  # type: ignore[operator]  # pytest-django's own
        editor.get(address("publications"))


def test_a_long_list_has_pages(editor: Client, recorded: Town) -> None:
    fill(recorded, 60)
    page = editor.get(address("publications") + "?pagina=3&tipo=post").context["listing"]
    assert (page.total, page.pages, page.page, len(page.rows)) == (60, 2, 2, 30)


def test_what_is_taken_away_holds_no_formula(editor: Client, recorded: Town) -> None:
    row = Publication.objects.of(recorded.institution).order_by("pk")[0]
    change_record(access=recorded.access(), row=row, fields={"title": '=HYPERLINK("http://x")'})
    taken = editor.get(address("export_publications", "csv") + "?orden=fecha")
    lines = list(csv.reader(io.StringIO(taken.content.decode("utf-8-sig")), delimiter=";"))
    assert lines[0] == ["Título", "Canal", "Tipo", "Fecha", "Referencia", "Enlace"]
    assert lines[1] == ['\'=HYPERLINK("http://x")', "Sede electrónica", "Noticia", "2025-10-01", "N-1", ""]
    book = openpyxl.load_workbook(io.BytesIO(editor.get(address("export_publications", "xlsx")).content))
    cells = [cell for line in book.active or () for cell in line if str(cell.value).startswith("=")]
    assert [cell.data_type for cell in cells] == ["s"]
    assert editor.get(address("export_publications", "pdf")).status_code == 404


def test_one_is_recorded_with_its_reference_and_its_entry(editor: Client, recorded: Town) -> None:
    answer = editor.post(address("add_publication"), {**NEW, "channel": channel(recorded).pk})
    assert answer.status_code == 302
    row = Publication.objects.of(recorded.institution).get(title=NEW["title"])
    assert (row.reference, row.published_on, row.period) == ("PUB-2025-0001", date(2025, 10, 8), T4)
    entry = Entry.objects.of(recorded.institution).order_by("-sequence")[0]
    assert (entry.action, entry.subject, entry.after["title"]) == (
        "create",
        f"ledger.publication:{row.pk}",
        NEW["title"],
    )


def test_a_link_proves_the_hour_and_refuses_another_day(editor: Client, recorded: Town) -> None:
    # 1976000000000000000 >> 22 is 471115112304 ms after X's epoch: 8 October 2025, 14:01 in Bogotá.
    typed = {**NEW, "channel": channel(recorded).pk, "link": "https://x.com/perso/status/1976000000000000000"}
    refused = editor.post(address("add_publication"), {**typed, "published_on": "2025-10-09"})
    assert refused.status_code == 422
    assert "El enlace dice que salió el 8 de octubre de 2025." in refused.content.decode()
    editor.post(address("add_publication"), typed)
    row = Publication.objects.of(recorded.institution).get(title=NEW["title"])
    assert row.published_at is not None
    assert (row.is_proved, row.published_at.isoformat()) == (True, "2025-10-08T19:01:26.961000+00:00")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"title": ""}, "Escriba de qué trata, en una línea."),
        ({"published_on": "31/11/2025"}, "El 31/11/2025 no existe: noviembre tiene 30 días."),
        ({"published_on": "4/07/2025"}, "está fuera del trimestre (1 de octubre al 31 de diciembre de 2025)."),
        ({"link": "\\\\192.168.2.6\\evidencias"}, "Esa es una ruta de un servidor interno."),
        ({"link": "javascript:alert(1)"}, "Escriba el enlace público"),
    ],
)
def test_what_cannot_be_taken_is_said_and_what_was_typed_stays(
    editor: Client, recorded: Town, typed: dict[str, str], sentence: str
) -> None:
    answer = editor.post(
        address("add_publication"), {**NEW, "channel": channel(recorded).pk, "text": "Lo mío", **typed}
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert "Lo mío" in page
    assert not Publication.objects.of(recorded.institution).filter(kind="post").exists()


def test_two_who_change_it_at_once_are_told_and_lose_nothing(editor: Client, recorded: Town) -> None:
    row = Publication.objects.of(recorded.institution).order_by("pk")[0]
    seen = {"title": "El mío", "channel": row.channel_id, "kind": row.kind, "published_on": "2025-10-01"}
    change_record(access=recorded.access(Role.ADMINISTRATOR), row=row, fields={"title": "El de otra persona"})
    answer = editor.post(address("change_publication", row.pk), {**seen, "version": row.version})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Administra de Personería Municipal de Peñaclara cambió este registro" in page
    assert "<td>El de otra persona</td><td>El mío</td>" in page
    row.refresh_from_db()
    assert row.title == "El de otra persona"
    saved = editor.post(address("change_publication", row.pk), {**seen, "version": row.version})
    row.refresh_from_db()
    assert (saved.status_code, row.title, row.version) == (302, "El mío", 3)


def test_a_correction_is_noted_also_when_the_quarter_is_closed(editor: Client, recorded: Town) -> None:
    row = Publication.objects.of(recorded.institution).order_by("pk")[0]
    PeriodLock.objects.create(institution=recorded.institution, period=T4)
    changed = {"title": "Otro", "channel": row.channel_id, "kind": row.kind, "published_on": "2025-10-01"}
    refused = editor.post(address("change_publication", row.pk), changed)
    assert (refused.status_code, "está cerrado desde el" in refused.content.decode()) == (422, True)
    editor.post(address("correct_publication", row.pk), {"correction": "El lugar", "corrected_on": "2026-01-12"})
    row.refresh_from_db()
    assert (row.title, row.corrected_on, row.correction) == (
        "Código de Integridad, noticia 1",
        date(2026, 1, 12),
        "El lugar",
    )


def test_one_is_removed_and_the_journal_keeps_what_it_said(editor: Client, recorded: Town) -> None:
    row = Publication.objects.of(recorded.institution).order_by("pk")[0]
    editor.post(address("remove_publication", row.pk), {"reason": "Era un borrador"})
    assert not Publication.objects.of(recorded.institution).filter(pk=row.pk).exists()
    entry = Entry.objects.of(recorded.institution).order_by("-sequence")[0]
    assert (entry.action, entry.before["title"], entry.after) == (
        "delete",
        "Código de Integridad, noticia 1",
        {"reason": "Era un borrador"},
    )


def test_who_only_reads_sees_it_and_changes_nothing(client: Client, recorded: Town) -> None:
    client.force_login(recorded.people[Role.REVIEWER])
    row = Publication.objects.of(recorded.institution).order_by("pk")[0]
    page = client.get(address("publication", row.pk)).content.decode()
    assert ("Guardar los cambios" in page, "Historia" in page) == (False, True)
    assert client.post(address("change_publication", row.pk), NEW).status_code == 403
