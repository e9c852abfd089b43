"""The pages of the requests: the board, the list, one request and its moves; who asks sees what is theirs."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pregon_web.accounts.models import Membership, Office, Role
from pregon_web.ledger.models import PeriodLock
from pregon_web.workflow.models import Piece, RequestFile, ServiceRequest, State
from pregon_web.workflow.selectors import moves_of
from pregon_web.workflow.services import assign_request, move_request
from pregon_web.workflow.wording import tell_pace
from tests.web.towns import Town
from tests.web.workflow.asking import ASKED, ask, bring, kind

LIST = {"vista": "lista"}
NEW = {
    "title": "Afiche de la feria",
    "origin": "phone",
    "asked_on": "2025-12-05",
    "priority": "normal",
    "requester_name": "Natalia Ochoa",
}


@pytest.fixture
def office(town: Town) -> Office:
    return Office.objects.create(institution=town.institution, name="Derechos Humanos")


@pytest.fixture
def requester(town: Town) -> Client:
    client = Client()
    client.force_login(town.people[Role.REQUESTER])
    return client


def titles(client: Client, **asked: str) -> list[str]:
    answer = client.get(reverse("requests"), {**LIST, **asked})
    return [row.title for row in answer.context["listing"].rows]


def board(client: Client) -> dict[str, list[str]]:
    answer = client.get(reverse("requests"))
    return {
        column["state"]: [card["row"].title for card in column["cards"]]
        for column in answer.context["board"]
        if column["cards"]
    }


def move(client: Client, request: ServiceRequest, to: State, **fields: str) -> Any:
    request.refresh_from_db()
    told = {"to": to.value, "on": "2025-12-10", "note": "", "version": str(request.version), **fields}
    return client.post(reverse("move_request", args=[request.pk]), told)


# --- the board and the list -------------------------------------------------------------------------------------------


def test_the_board_shows_each_request_in_its_state_the_most_pressing_first(editor: Client, town: Town) -> None:
    ask(town, "Video", of="Video")
    ask(town, "Afiche")
    bring(town, ask(town, "Noticia"), (State.IN_PROGRESS, ASKED))
    bring(town, ask(town, "Ya está"), (State.DELIVERED, date(2025, 12, 9)))
    assert board(editor) == {
        "received": ["Afiche", "Video"],
        "in_progress": ["Noticia"],
        "delivered": ["Ya está"],
    }
    answer = editor.get(reverse("requests"))
    assert answer.context["lead"] == "3 abiertas. 3 van tarde."
    assert "días hábiles tarde" in answer.content.decode()
    assert "= A tiempo, 9 dic 2025" in answer.content.decode()


def test_only_the_last_of_those_that_are_over_stand_on_the_board(editor: Client, town: Town) -> None:
    for number in range(6):
        bring(town, ask(town, f"Pieza {number}"), (State.DELIVERED, ASKED + timedelta(days=number)))
    assert board(editor) == {"delivered": ["Pieza 5", "Pieza 4", "Pieza 3", "Pieza 2"]}
    assert f"{reverse('requests')}?vista=lista&amp;estado=delivered" in editor.get(reverse("requests")).content.decode()


def test_the_list_is_searched_filtered_and_sorted(editor: Client, town: Town, office: Office) -> None:
    ask(town, "Afiche", office=office)
    ask(town, "Video", of="Video", on=date(2025, 11, 4))
    late = bring(town, ask(town, "Noticia", of="Noticia"), (State.DELIVERED, date(2025, 12, 30)))
    assign_request(access=town.access(), request=late, to=town.people[Role.EDITOR])
    today = ask(town, "De hoy", on=timezone.localdate())
    assert titles(editor) == ["De hoy", "Noticia", "Afiche", "Video"]
    assert titles(editor, buscar="derechos") == ["Afiche"]
    assert titles(editor, buscar=today.reference) == ["De hoy"]
    assert titles(editor, estado="abiertas") == ["De hoy", "Afiche", "Video"]
    assert titles(editor, estado="delivered") == ["Noticia"]
    assert titles(editor, plazo="tarde") == ["Afiche", "Video"]
    assert titles(editor, plazo="tardias") == ["Noticia"]
    assert titles(editor, plazo="a-tiempo") == []
    assert titles(editor, dependencia=str(office.pk)) == ["Afiche"]
    assert titles(editor, persona=str(town.people[Role.EDITOR].pk)) == ["Noticia"]
    assert titles(editor, persona="nadie") == ["De hoy", "Afiche", "Video"]
    assert titles(editor, tipo=str(kind(town, "Video").pk)) == ["Video"]
    assert titles(editor, pedida="2025-T4") == ["Noticia", "Afiche", "Video"]
    assert titles(editor, pedida="2025-11") == ["Video"]
    assert titles(editor, cuenta="news") == ["Noticia"]
    assert titles(editor, estado="hackeo", tipo="x", persona="y", pedida="2031-T1") == titles(editor)


def test_the_list_sorts_by_the_date_that_binds(editor: Client, town: Town) -> None:
    ask(town, "Para el 11")
    ask(town, "Para el 9", of="Noticia")
    agreed = ask(town, "Acordada para el 8")
    ServiceRequest.objects.of(town.institution).filter(pk=agreed.pk).update(agreed_on=date(2025, 12, 8))
    assert titles(editor, orden="vence") == ["Acordada para el 8", "Para el 9", "Para el 11"]
    assert titles(editor, orden="-vence") == ["Para el 11", "Para el 9", "Acordada para el 8"]


@pytest.mark.parametrize("count", [1, 30])
@pytest.mark.parametrize(("view", "queries"), [("lista", 17), ("tablero", 13)])
def test_the_pages_ask_the_database_the_same_however_much_there_is(
    editor: Client, town: Town, count: int, view: str, queries: int, django_assert_num_queries: Any
) -> None:
    office = Office.objects.create(institution=town.institution, name="Derechos Humanos")
    for number in range(count):
        request = ask(town, f"Pieza {number}", office=office)
        if number % 2:
            assign_request(access=town.access(), request=request, to=town.people[Role.EDITOR])
    editor.get(reverse("requests"))
    with django_assert_num_queries(queries):
        editor.get(reverse("requests"), {"vista": view})


def test_what_the_list_shows_is_taken_away_as_a_table(editor: Client, town: Town, office: Office) -> None:
    bring(town, ask(town, "=CMD()", office=office), (State.DELIVERED, date(2025, 12, 9)))
    ask(town, "Otra", of="Otra")
    answer = editor.get(reverse("export_requests", args=["csv"]), {"estado": "delivered"})
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == 1
    assert (rows[0]["Referencia"], rows[0]["Dependencia"], rows[0]["Entregada"], rows[0]["Vence"]) == (
        "SOL-2025-001",
        "Derechos Humanos",
        "2025-12-09",
        "2025-12-11",
    )
    assert not rows[0]["Qué se pide"].startswith("=")
    answer = editor.get(reverse("export_requests", args=["xlsx"]))
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    assert sheet.max_row == 3


def test_the_workload_says_who_has_how_many_and_how_many_of_them_late(editor: Client, town: Town) -> None:
    for number in range(3):
        request = ask(town, f"Pieza {number}", on=ASKED if number else timezone.localdate())
        assign_request(access=town.access(), request=request, to=town.people[Role.EDITOR])
    ask(town, "De nadie")
    bring(town, ask(town, "Ya está"), (State.DELIVERED, ASKED))
    loads = editor.get(reverse("requests")).context["loads"]
    assert [(load.person, load.open, load.late) for load in loads] == [
        (town.people[Role.EDITOR], 3, 2),
        (None, 1, 1),
    ]


def test_how_fast_the_last_ones_went_out_is_told_by_its_median(editor: Client, town: Town) -> None:
    today = timezone.localdate()
    assert editor.get(reverse("requests")).context["pace"] == ""
    bring(town, ask(town, "El mismo día", on=today), (State.DELIVERED, today))
    assert editor.get(reverse("requests")).context["pace"] == (
        "En los últimos 90 días: 1 entregada; a tiempo, 1 de 1. La mitad tardó 0 días hábiles o menos."
    )
    rows = [ask(town, f"Pieza {days}") for days in range(4)]
    for row, day in zip(rows, (9, 10, 11, 15), strict=True):  # 1, 2, 3 and 5 business days after Friday 5
        bring(town, row, (State.DELIVERED, date(2025, 12, day)))
    delivered = list(ServiceRequest.objects.of(town.institution).filter(asked_on=ASKED))
    assert tell_pace(delivered, 90, {}) == (
        "En los últimos 90 días: 4 entregadas; a tiempo, 3 de 4. La mitad tardó 2,5 días hábiles o menos."
    )


def test_the_navigation_counts_the_open_ones(editor: Client, town: Town) -> None:
    ask(town)
    bring(town, ask(town), (State.DELIVERED, ASKED))
    assert 'Solicitudes <span class="count">1<' in editor.get(reverse("channels")).content.decode()


# --- one request ------------------------------------------------------------------------------------------------------


def test_the_page_says_what_is_asked_and_how_its_date_came_about(editor: Client, town: Town, office: Office) -> None:
    request = ask(town, office=office, purpose="Que el barrio sepa", brief="Con el logo nuevo")
    page = editor.get(reverse("request", args=[request.pk])).content.decode()
    for told in (
        "SOL-2025-001",
        "Derechos Humanos",
        "Que el barrio sepa",
        "Con el logo nuevo",
        "jueves 11 de diciembre de 2025",
        "Pieza gráfica, prioridad normal: 3 días hábiles, pedida el viernes 5 de diciembre de 2025.",
        "el lunes 8 (festivo)",
    ):
        assert told in page


def test_a_date_given_by_another_table_stays_and_says_so(editor: Client, town: Town) -> None:
    request = ask(town)
    ServiceRequest.objects.of(town.institution).filter(pk=request.pk).update(due=date(2025, 12, 15))
    page = editor.get(reverse("request", args=[request.pk])).content.decode()
    assert "Se calculó con la tabla que había al recibirla." in page


def test_the_editor_types_what_came_by_telephone(editor: Client, town: Town, office: Office) -> None:
    told = {**NEW, "kind": str(kind(town).pk), "office": str(office.pk), "assignee": str(town.people[Role.EDITOR].pk)}
    files = [SimpleUploadedFile(name, b"Lugar;Hora\nParque;9\n") for name in ("uno.csv", "dos.csv")]
    answer = editor.post(reverse("add_request"), {**told, "documents": files})
    row = ServiceRequest.objects.of(town.institution).get()
    assert answer["Location"] == reverse("request", args=[row.pk])
    assert (row.origin, row.office_id, row.requester_name, row.due) == (
        "phone",
        office.pk,
        "Natalia Ochoa",
        date(2025, 12, 11),
    )
    # The same content twice is one file.
    assert [file.name for file in RequestFile.objects.of(town.institution)] == ["dos.csv"]
    followed = editor.get(answer["Location"])
    assert "Se recibió SOL-2025-001. Vence el 11 de diciembre de 2025." in followed.content.decode()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"title": ""}, "Escriba qué se pide, en una línea."),
        ({"priority": "urgent"}, "Escriba por qué es urgente"),
        ({"asked_on": "2099-01-01"}, "Ese día no ha llegado"),
        ({"wished_on": "2025-12-01"}, "La quieren para antes de pedirla"),
        ({"origin": "workbook"}, "Elija uno de la lista."),
        ({"requester_email": "nadie"}, "Escriba el correo completo."),
        ({"kind": "999999"}, "Elija uno de la lista."),
    ],
)
def test_what_cannot_be_taken_is_said_and_nothing_typed_is_lost(
    editor: Client, town: Town, fields: dict[str, str], said: str
) -> None:
    told = {**NEW, "kind": str(kind(town).pk), "brief": "Todo esto lo escribí", **fields}
    answer = editor.post(reverse("add_request"), told)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert "Todo esto lo escribí" in answer.content.decode()
    assert ServiceRequest.objects.of(town.institution).count() == 0


def test_a_closed_quarter_takes_no_request(editor: Client, town: Town) -> None:
    PeriodLock.objects.create(institution=town.institution, period="2025-T4")
    answer = editor.post(reverse("add_request"), {**NEW, "kind": str(kind(town).pk)})
    assert answer.status_code == 422
    assert "está cerrado desde" in answer.content.decode()


def test_the_buttons_are_the_moves_that_may_be_made(editor: Client, town: Town) -> None:
    request = ask(town)

    def buttons() -> list[str]:
        return [step.button for step in editor.get(reverse("request", args=[request.pk])).context["steps"]]

    assert buttons() == [
        "Empezar a trabajarla",
        "Enviar a revisión",
        "Anotar la entrega",
        "Devolver",
        "Cancelar la solicitud",
    ]
    assert move(editor, request, State.IN_REVIEW).status_code == 302
    assert buttons() == ["Seguir trabajándola", "Devolver", "Cancelar la solicitud"]
    Piece.objects.create(institution=town.institution, request=request, title="Afiche")
    assert move(editor, request, State.IN_PROGRESS).status_code == 302
    # Its pieces say from now on whether it is reviewed, approved and published.
    assert buttons() == ["Anotar la entrega", "Devolver", "Cancelar la solicitud"]


def test_a_move_is_made_with_its_day_and_its_note(editor: Client, town: Town) -> None:
    request = ask(town)
    answer = move(editor, request, State.RETURNED, note="Faltan las fotos")
    assert answer["Location"] == reverse("request", args=[request.pk])
    page = editor.get(answer["Location"]).content.decode()
    assert "SOL-2025-001 quedó en «Devuelta»." in page
    assert "Faltan las fotos" in page
    assert "Miércoles 10 de diciembre de 2025" in page


def test_a_move_that_is_refused_says_why_and_keeps_what_was_typed(editor: Client, town: Town) -> None:
    request = ask(town)
    answer = move(editor, request, State.CANCELLED)
    assert answer.status_code == 422
    assert "Escriba por qué" in answer.content.decode()
    answer = move(editor, request, State.RETURNED, on="2025-12-01", note="Esto lo escribí")
    assert "no pudo pasar antes" in answer.content.decode()
    assert "Esto lo escribí" in answer.content.decode()
    assert move(editor, request, State.APPROVED).status_code == 422
    assert len(moves_of(request)) == 1


def test_two_editors_who_move_it_at_once_are_told(editor: Client, town: Town) -> None:
    request = ask(town)
    move_request(access=town.access(), request=request, to=State.IN_PROGRESS, on=ASKED)
    answer = editor.post(
        reverse("move_request", args=[request.pk]),
        {"to": "cancelled", "on": "2025-12-10", "note": "Ya no", "version": "1"},
    )
    assert answer.status_code == 422
    assert "cambió este registro mientras usted escribía" in answer.content.decode()
    assert moves_of(request)[-1].after == State.IN_PROGRESS


def test_who_approves_approves_or_returns_and_nothing_else(client: Client, town: Town) -> None:
    client.force_login(town.people[Role.APPROVER])
    request = ask(town)
    assert move(client, request, State.IN_PROGRESS).status_code == 422
    bring(town, request, (State.IN_REVIEW, ASKED))
    assert move(client, request, State.APPROVED).status_code == 302
    request.refresh_from_db()
    assert (request.state, request.approved_on) == (State.APPROVED, date(2025, 12, 10))


def test_another_date_is_agreed_on_its_page(editor: Client, town: Town) -> None:
    request = ask(town)
    path = reverse("agree_request", args=[request.pk])
    assert editor.post(path, {"agreed_on": "2025-12-19", "agreed_reason": ""}).status_code == 422
    told = {"agreed_on": "2025-12-19", "agreed_reason": "Faltan las fotos", "version": "1"}
    assert editor.post(path, told).status_code == 302
    page = editor.get(reverse("request", args=[request.pk])).content.decode()
    assert "viernes 19 de diciembre de 2025" in page
    assert "Faltan las fotos" in page
    stale = editor.post(path, {**told, "agreed_on": "2025-12-22"})
    assert stale.status_code == 422
    assert "mientras usted escribía" in stale.content.decode()


def test_it_is_given_to_somebody_and_its_data_are_mended(editor: Client, town: Town) -> None:
    request = ask(town)
    person = town.people[Role.EDITOR]
    editor.post(reverse("assign_request", args=[request.pk]), {"assignee": person.pk, "version": "1"})
    request.refresh_from_db()
    assert request.assignee == person
    path = reverse("mend_request", args=[request.pk])
    initial = editor.get(path).context["form"].initial
    assert (initial["title"], initial["version"]) == ("Pieza del Día de los Derechos Humanos", 2)
    told = {"kind": kind(town, "Video").pk, "title": "Un video", "asked_on": "2025-12-05", "priority": "normal"}
    assert editor.post(path, {**told, "version": "1"}).status_code == 422  # somebody gave it away meanwhile
    assert editor.post(path, {**told, "version": "2"}).status_code == 302
    request.refresh_from_db()
    assert (request.title, request.due) == ("Un video", date(2025, 12, 18))


def test_files_are_kept_and_handed_over_never_shown(editor: Client, town: Town) -> None:
    request = ask(town)
    path = reverse("attach_to_request", args=[request.pk])
    editor.post(path, {"documents": [SimpleUploadedFile("lista.csv", b"a;b\n1;2\n")]})
    file = RequestFile.objects.of(town.institution).get()
    answer = editor.get(reverse("download_request_file", args=[request.pk, file.pk]))
    assert b"".join(answer.streaming_content) == b"a;b\n1;2\n"  # type: ignore[attr-defined]  # a file
    assert answer["Content-Disposition"] == 'attachment; filename="lista.csv"'
    assert answer["Content-Type"] == "application/octet-stream"
    editor.post(path, {"documents": [SimpleUploadedFile("lista.csv", b"a;b\n1;2\n")]})
    editor.post(path, {"documents": [SimpleUploadedFile("pagina.html", b"<html><script>alert(1)</script></html>")]})
    assert RequestFile.objects.of(town.institution).count() == 1
    other = ask(town, "Otra")
    assert editor.get(reverse("download_request_file", args=[other.pk, file.pk])).status_code == 404


def test_there_is_no_address_that_takes_a_request_away(editor: Client, town: Town) -> None:
    request = ask(town)
    assert editor.delete(reverse("request", args=[request.pk])).status_code == 405
    assert editor.post(reverse("request", args=[request.pk])).status_code == 405


# --- who only asks ----------------------------------------------------------------------------------------------------


def test_who_asks_sees_what_is_theirs_and_what_their_office_asked(
    requester: Client, town: Town, office: Office
) -> None:
    own = ask(town, "Mía", requester=town.people[Role.REQUESTER])
    theirs, other = ask(town, "De la oficina", office=office), ask(town, "De otra")
    assert titles(requester) == ["Mía"]
    Membership.objects.of(town.institution).filter(person=town.people[Role.REQUESTER]).update(office=office)
    assert titles(requester) == ["De la oficina", "Mía"]
    assert {pk: requester.get(reverse("request", args=[pk])).status_code for pk in (own.pk, theirs.pk, other.pk)} == {
        own.pk: 200,
        theirs.pk: 200,
        other.pk: 404,
    }
    answer = requester.get(reverse("requests"))
    assert answer.context["lead"] == "2 abiertas. 2 van tarde."
    assert "loads" not in answer.context
    assert requester.get(reverse("home"))["Location"] == reverse("requests")


def test_who_asks_asks_for_their_own_office(requester: Client, town: Town, office: Office) -> None:
    Membership.objects.of(town.institution).filter(person=town.people[Role.REQUESTER]).update(office=office)
    other = Office.objects.create(institution=town.institution, name="Otra dependencia")
    told = {
        "kind": kind(town).pk,
        "title": "Afiche",
        "priority": "normal",
        "office": other.pk,
        "asked_on": "2025-01-01",
    }
    assert requester.post(reverse("add_request"), told).status_code == 302
    row = ServiceRequest.objects.of(town.institution).get()
    assert (row.office_id, row.requester, row.origin, row.asked_on) == (
        office.pk,
        town.people[Role.REQUESTER],
        "office",
        timezone.localdate(),
    )


def test_who_asks_cancels_while_nobody_has_begun_and_changes_nothing_else(requester: Client, town: Town) -> None:
    request = ask(town, requester=town.people[Role.REQUESTER])
    assert move(requester, request, State.IN_PROGRESS).status_code == 422
    assert requester.get(reverse("mend_request", args=[request.pk])).status_code == 403
    assert requester.post(reverse("assign_request", args=[request.pk])).status_code == 403
    assert requester.get(reverse("agree_request", args=[request.pk])).status_code == 403
    bring(town, request, (State.IN_PROGRESS, ASKED))
    assert move(requester, request, State.CANCELLED, note="Ya no").status_code == 422
    second = ask(town, requester=town.people[Role.REQUESTER])
    assert move(requester, second, State.CANCELLED, note="Ya no").status_code == 302


def test_another_institutions_request_is_not_there(editor: Client, neighbour: Town) -> None:
    request = ask(neighbour)
    for name in ("request", "mend_request", "agree_request"):
        assert editor.get(reverse(name, args=[request.pk])).status_code == 404
    assert move(editor, request, State.IN_PROGRESS).status_code == 404
