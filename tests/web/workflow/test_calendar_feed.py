"""The dates of the requests in a calendar: as a file, and by a personal address that can be taken back."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core import signing
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pregon_web.accounts.models import Membership, Office, Person, Role, Supervision
from pregon_web.accounts.selectors import access_for, member_of
from pregon_web.accounts.services import add_institution, add_membership, add_office, choose_institution, disable_person
from pregon_web.workflow.due_calendar import sign_feed
from pregon_web.workflow.models import Kind, ServiceRequest, State
from pregon_web.workflow.services import ensure_defaults, receive_request
from tests.web.towns import Town


@pytest.fixture
def office(town: Town) -> Office:
    return add_office(institution=town.institution, name="Derechos Humanos")


def owe(town: Town, title: str, due: date | None, **fields: Any) -> ServiceRequest:
    ensure_defaults(town.institution)
    row = receive_request(
        access=town.access(),
        institution=town.institution,
        kind=Kind.objects.of(town.institution).get(name="Pieza gráfica"),
        title=title,
        office=fields.pop("office", None),
        fields=fields,
        on=date(2025, 12, 1),
    )
    ServiceRequest.objects.of(town.institution).filter(pk=row.pk).update(due=due)
    row.refresh_from_db()
    return row


def lines(content: bytes) -> list[str]:
    return content.replace(b"\r\n ", b"").decode().split("\r\n")


def titles(client: Client, path: str) -> list[str]:
    return [line.removeprefix("SUMMARY:") for line in lines(client.get(path).content) if line.startswith("SUMMARY:")]


def feed(town: Town, role: Role = Role.EDITOR) -> str:
    return reverse("due_dates_feed", args=[sign_feed(town.access(role))])


def test_an_entry_is_written_whole(editor: Client, town: Town, office: Office) -> None:
    row = owe(town, "Afiche; feria", date(2025, 12, 11), office=office, assignee=town.people[Role.EDITOR])
    answer = editor.get(reverse("due_dates_ics"))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="vencimientos.ics"'
    assert lines(answer.content) == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Pregon//Calendario//ES",
        "CALSCALE:GREGORIAN",
        "NAME:Solicitudes de Personería Municipal de Peñaclara",
        "X-WR-CALNAME:Solicitudes de Personería Municipal de Peñaclara",
        "BEGIN:VEVENT",
        f"UID:solicitud-{town.institution.pk}-{row.pk}-{row.created_at:%Y%m%d%H%M%S%f}@pregon",
        f"DTSTAMP:{row.created_at:%Y%m%dT%H%M%SZ}",
        "DTSTART;VALUE=DATE:20251211",
        "DTEND;VALUE=DATE:20251212",
        "SUMMARY:Vence SOL-2025-001: Afiche\\; feria",
        "STATUS:CONFIRMED",
        "TRANSP:TRANSPARENT",
        f"SEQUENCE:{row.version - 1}",
        "DESCRIPTION:Pieza gráfica. Derechos Humanos. Recibida. Redacta de Personería Municipal de Peñaclara.",
        "CATEGORIES:Solicitudes",
        f"URL:http://testserver{reverse('request', args=[row.pk])}",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


def test_only_what_is_open_and_dated_with_the_agreed_date_first(editor: Client, town: Town) -> None:
    owe(town, "Sin fecha", None)
    done = owe(town, "Entregada", date(2025, 12, 11))
    agreed = owe(town, "Acordada", date(2025, 12, 11))
    rows = ServiceRequest.objects.of(town.institution)
    rows.filter(pk=done.pk).update(state=State.DELIVERED)
    rows.filter(pk=agreed.pk).update(agreed_on=date(2025, 12, 19))
    content = lines(editor.get(reverse("due_dates_ics")).content)
    assert [line for line in content if line.startswith(("SUMMARY", "DTSTART"))] == [
        "DTSTART;VALUE=DATE:20251219",
        "SUMMARY:Vence SOL-2025-003: Acordada",
    ]


def test_who_only_asks_has_the_dates_of_their_own_office(client: Client, town: Town, office: Office) -> None:
    other = add_office(institution=town.institution, name="Hacienda")
    requester = town.people[Role.REQUESTER]
    Membership.objects.of(town.institution).filter(person=requester).update(office=office)
    owe(town, "De la suya", date(2025, 12, 11), office=office)
    owe(town, "De otra", date(2025, 12, 11), office=other)
    client.force_login(requester)
    expected = ["Vence SOL-2025-001: De la suya"]
    assert titles(client, reverse("due_dates_ics")) == expected
    assert titles(Client(), feed(town, Role.REQUESTER)) == expected


def test_the_personal_address_needs_no_session_and_is_shown_on_the_page(editor: Client, town: Town) -> None:
    owe(town, "Afiche", date(2025, 12, 11))
    page = editor.get(reverse("due_dates")).content.decode()
    assert f'value="http://testserver{feed(town)}"' in page
    answer = Client().get(feed(town))
    assert answer.status_code == 200
    assert answer.content == editor.get(reverse("due_dates_ics")).content


def test_another_address_takes_the_first_back_and_ends_the_other_sessions(editor: Client, town: Town) -> None:
    old, elsewhere = feed(town), Client()
    elsewhere.force_login(town.people[Role.EDITOR])
    editor.post(reverse("change_due_dates"))
    assert (Client().get(old).status_code, elsewhere.get(reverse("due_dates")).status_code) == (404, 302)
    assert editor.get(reverse("due_dates")).status_code == 200
    town.people[Role.EDITOR].refresh_from_db()
    assert Client().get(feed(town)).status_code == 200
    assert feed(town) != old


def test_whoever_no_longer_enters_has_no_calendar(town: Town, neighbour: Town) -> None:
    person = town.people[Role.EDITOR]
    add_membership(person=person, institution=neighbour.institution, role=Role.EDITOR)
    access = access_for(person, neighbour.institution)
    assert access is not None
    there = reverse("due_dates_feed", args=[sign_feed(access)])
    here = feed(town)
    assert [Client().get(path).status_code for path in (here, there)] == [200, 200]
    # Without ending their sessions: the membership alone is enough.
    Membership.objects.of(town.institution).filter(person=person).delete()
    assert [Client().get(path).status_code for path in (here, there)] == [404, 200]
    administrator = neighbour.access(Role.ADMINISTRATOR)
    disable_person(access=administrator, member=member_of(administrator, person.pk))
    assert Client().get(there).status_code == 404


def test_the_calendar_of_a_person_holds_one_institution_alone(town: Town, neighbour: Town) -> None:
    add_membership(person=town.people[Role.EDITOR], institution=neighbour.institution, role=Role.EDITOR)
    owe(town, "De aquí", date(2025, 12, 11))
    owe(neighbour, "De allá", date(2025, 12, 11))
    assert titles(Client(), feed(town)) == ["Vence SOL-2025-001: De aquí"]


def test_a_forged_address_is_not_there(client: Client, town: Town) -> None:
    signed = sign_feed(town.access())
    keys, _, seal = signed.partition(":")
    other = f"{town.institution.pk}.{town.people[Role.ADMINISTRATOR].pk}.0"
    forged = [
        f"{other}:{seal}",
        signing.Signer(salt="pregon.leave-notices").sign(keys),
        signing.Signer(salt="pregon.due-dates").sign(f"999999.{town.people[Role.EDITOR].pk}.0"),
        signing.Signer(salt="pregon.due-dates").sign(f"{town.institution.pk}.999999.0"),
        signing.Signer(salt="pregon.due-dates").sign("1.2"),
        signing.Signer(salt="pregon.due-dates").sign("a.b.c"),
        keys,
    ]
    answers = [client.get(reverse("due_dates_feed", args=[each])) for each in forged]
    assert [answer.status_code for answer in answers] == [404] * len(forged)


def test_a_supervising_body_may_look_at_the_dates_and_has_no_address(client: Client, town: Town) -> None:
    body = add_institution(name="Contraloría de Peñaclara")
    Supervision.objects.create(institution=town.institution, body=body)
    person = Person.objects.create_user("control@contraloria.example", None, name="Ana Gil")
    add_membership(person=person, institution=body, role=Role.REVIEWER)
    client.force_login(person)
    choose_institution(person=person, institution=town.institution)
    assert "Suscribirse" not in client.get(reverse("due_dates")).content.decode()
    assert client.get(reverse("due_dates_ics")).status_code == 200
    access = access_for(person, town.institution)
    assert access is not None
    assert Client().get(reverse("due_dates_feed", args=[sign_feed(access)])).status_code == 404


def test_the_calendar_asks_the_database_the_same_however_many_there_are(town: Town) -> None:
    asked = {}
    for number in range(30):
        owe(town, f"Pieza {number}", date(2025, 12, 11), assignee=town.people[Role.EDITOR])
        with CaptureQueriesContext(connection) as queries:
            assert len(titles(Client(), feed(town))) == number + 1
        asked[number + 1] = len(queries)
    assert asked[30] == asked[1]
