"""Events: listed, found, taken away; recorded with what is known of them, changed by two at once, removed."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from pregon_web.accounts.models import Role
from pregon_web.journal.models import Entry
from pregon_web.ledger.models import PeriodLock
from pregon_web.ledger.services import add_records, change_record
from pregon_web.programme.models import Event
from tests.web.records import QUARTER, keep_registro
from tests.web.towns import Town

T4 = str(QUARTER)
NEW = {"title": "Taller de veedurías", "day": "2025-11-05", "called": "1.150", "method": "Registro de ingreso"}


@pytest.fixture
def recorded(town: Town) -> Town:
    keep_registro(town)
    return town


def address(name: str, *rest: object) -> str:
    return reverse(name, args=[T4, *rest])


def fill(town: Town, count: int, **fields: Any) -> list[Event]:
    rows = [
        Event(period=T4, reference=f"X-{number}", day=date(2025, 11, 1 + number), title=f"Prueba {number}", **fields)
        for number in range(count)
    ]
    return add_records(access=town.access(), rows=rows)


def titles(client: Client, query: str = "") -> list[str]:
    return [row.title for row in client.get(address("events") + query).context["listing"].rows]


def test_the_list_is_searched_filtered_and_sorted(editor: Client, recorded: Town) -> None:
    fill(recorded, 2, called=10, has_minors=True)
    fair = "Feria de Código de Integridad"
    assert titles(editor) == [fair, "Prueba 0", "Prueba 1"]
    assert titles(editor, "?buscar=feria") == [fair]
    assert titles(editor, "?mes=2025-11&orden=-fecha") == ["Prueba 1", "Prueba 0"]
    assert titles(editor, "?falta=cifras") == ["Prueba 0", "Prueba 1"]
    assert titles(editor, "?falta=autorizacion") == ["Prueba 0", "Prueba 1"]
    assert titles(editor, "?falta=hackeo&orden=x&mes=abril") == titles(editor)


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_asks_the_database_the_same_however_much_there_is(
    editor: Client, recorded: Town, count: int, django_assert_num_queries: Any
) -> None:
    fill(recorded, count)
    editor.get(address("events"))
    with django_assert_num_queries(10):
        editor.get(address("events"))


def test_what_is_taken_away_tells_blank_from_zero_and_holds_no_formula(editor: Client, recorded: Town) -> None:
    fill(recorded, 1, called=0, method="=1+1", owed_by="Carlos Gil", due=date(2026, 1, 15))
    taken = editor.get(address("export_events", "csv") + "?buscar=prueba")
    lines = list(csv.reader(io.StringIO(taken.content.decode("utf-8-sig")), delimiter=";"))
    assert dict(zip(lines[0], lines[1], strict=True)) == {
        "Evento": "Prueba 0",
        "Fecha": "2025-11-01",
        "Dependencia": "",
        "Convocados": "0",
        "Asistentes": "",
        "Cómo se contó": "'=1+1",
        "Menores de edad": "No",
        "Autorización de imagen": "",
        "Quién debe la cifra": "Carlos Gil",
        "Llega el": "2026-01-15",
        "Referencia": "X-0",
    }
    assert editor.get(address("export_events", "pdf")).status_code == 404


def test_unknown_is_told_with_who_owes_it_and_zero_is_a_number(editor: Client, recorded: Town) -> None:
    (row,) = fill(recorded, 1, called=0, owed_by="Carlos Gil", due=date(2026, 1, 15))
    cells = editor.get(address("events") + "?buscar=prueba").context["cells"]
    assert [cell["text"] for cell in cells[0][2:4]] == ["0", "sin dato"]
    page = editor.get(address("event", row.pk)).content.decode()
    assert "Carlos Gil; llega el 15 de enero de 2026" in page


def test_one_is_recorded_with_its_reference_and_its_entry(editor: Client, recorded: Town) -> None:
    fill(recorded, 1)
    Event.objects.of(recorded.institution).filter(reference="X-0").update(reference="EVE-2025-27", period="2025-T3")
    typed = {**NEW, "owed_by": "Carlos Gil", "due": "15/01/2026"}
    assert editor.post(address("add_event"), typed).status_code == 302
    row = Event.objects.of(recorded.institution).get(title=NEW["title"])
    assert (row.reference, row.called, row.attended, row.owed_by, row.due) == (
        "EVE-2025-28",
        1150,
        None,
        "Carlos Gil",
        date(2026, 1, 15),
    )
    entry = Entry.objects.of(recorded.institution).order_by("-sequence")[0]
    assert (entry.action, entry.subject, entry.after["called"]) == ("create", f"programme.event:{row.pk}", 1150)


def test_nobody_owes_a_figure_that_came(editor: Client, recorded: Town) -> None:
    (row,) = fill(recorded, 1, called=40, owed_by="Carlos Gil", due=date(2026, 1, 15))
    sent = {**NEW, "called": "40", "attended": "0", "owed_by": "Carlos Gil", "due": "2026-01-15"}
    editor.post(address("change_event", row.pk), {**sent, "version": row.version})
    row.refresh_from_db()
    assert (row.called, row.attended, row.owed_by, row.due) == (40, 0, "", None)


def test_minors_without_consent_are_told_until_it_is_there(editor: Client, recorded: Town) -> None:
    (row,) = fill(recorded, 1, has_minors=True)
    warning = "Falta la autorización de imagen"
    assert warning in editor.get(address("event", row.pk)).content.decode()
    change_record(access=recorded.access(), row=row, fields={"consent": "Carpeta 12, archivo de gestión"})
    assert warning not in editor.get(address("event", row.pk)).content.decode()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"title": ""}, "Escriba qué evento fue."),
        ({"day": "2025-09-30"}, "El 30 de septiembre de 2025 está fuera del trimestre"),
        ({"called": "12,5"}, "«12,5» no es una cantidad: escriba un número entero, por ejemplo 45."),
        ({"attended": "-3"}, "«-3» no es una cantidad: escriba un número entero, por ejemplo 45."),
        ({"office": "999999"}, "Elija uno de la lista."),
    ],
)
def test_what_cannot_be_taken_is_said_and_what_was_typed_stays(
    editor: Client, recorded: Town, typed: dict[str, str], sentence: str
) -> None:
    answer = editor.post(address("add_event"), {**NEW, **typed})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert "Registro de ingreso" in page
    assert Event.objects.of(recorded.institution).count() == 1


def test_two_who_change_it_at_once_are_told_and_lose_nothing(editor: Client, recorded: Town) -> None:
    row = Event.objects.of(recorded.institution).get()
    change_record(access=recorded.access(Role.ADMINISTRATOR), row=row, fields={"attended": 46})
    sent = {"title": row.title, "day": "2025-10-01", "called": "50", "attended": "44", "version": row.version}
    answer = editor.post(address("change_event", row.pk), sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "<td>46</td><td>44</td>" in page
    row.refresh_from_db()
    assert (row.attended, row.version) == (46, 2)
    assert editor.post(address("change_event", row.pk), {**sent, "version": 2}).status_code == 302
    row.refresh_from_db()
    assert (row.attended, row.version) == (44, 3)


def test_a_closed_quarter_takes_nothing(editor: Client, recorded: Town) -> None:
    row = Event.objects.of(recorded.institution).get()
    PeriodLock.objects.create(institution=recorded.institution, period=T4)
    refused = editor.post(address("change_event", row.pk), NEW)
    assert (refused.status_code, "está cerrado desde el" in refused.content.decode()) == (422, True)
    assert editor.post(address("add_event"), NEW).status_code == 422
    editor.post(address("remove_event", row.pk), {"reason": "Sobra"})
    assert [each.attended for each in Event.objects.of(recorded.institution)] == [45]


def test_one_is_removed_and_the_journal_keeps_what_it_said(editor: Client, recorded: Town) -> None:
    row = Event.objects.of(recorded.institution).get()
    editor.post(address("remove_event", row.pk), {"reason": "Se canceló"})
    assert not Event.objects.of(recorded.institution).exists()
    entry = Entry.objects.of(recorded.institution).order_by("-sequence")[0]
    assert (entry.action, entry.before["attended"], entry.after) == ("delete", 45, {"reason": "Se canceló"})


def test_who_only_reads_sees_it_and_changes_nothing(client: Client, recorded: Town, neighbour: Town) -> None:
    client.force_login(recorded.people[Role.APPROVER])
    row = Event.objects.of(recorded.institution).get()
    page = client.get(address("event", row.pk)).content.decode()
    assert ("Guardar los cambios" in page, "Historia" in page) == (False, True)
    assert client.post(address("change_event", row.pk), NEW).status_code == 403
    client.force_login(neighbour.people[Role.EDITOR])
    assert client.get(address("event", row.pk)).status_code == 404
