"""A supervising body reads what the institutions that let it in have; it changes nothing, and its visits are noted."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pregon_web.accounts.models import Institution, Person, Role, Supervision
from pregon_web.accounts.selectors import access_for, current_access, institutions_for
from pregon_web.accounts.services import (
    NotAMember,
    add_institution,
    add_membership,
    choose_institution,
    grant_supervision,
)
from pregon_web.journal.models import Entry
from tests.web.towns import PASSWORD, Town

BODY = "Contraloría de los ejemplos"


@pytest.fixture
def body(db: None) -> Institution:
    del db
    return add_institution(name=BODY)


@pytest.fixture
def supervisor(body: Institution, town: Town, neighbour: Town) -> Person:
    person = Person.objects.create_user("ana@contraloria.example", PASSWORD, name="Ana Gil")
    add_membership(person=person, institution=body, role=Role.REVIEWER)
    for place in (town, neighbour):
        grant_supervision(access=place.access(Role.ADMINISTRATOR), body_name=BODY)
    return person


@pytest.mark.usefixtures("stranger")
def test_it_may_choose_its_own_and_those_that_let_it_in(
    supervisor: Person, body: Institution, town: Town, neighbour: Town
) -> None:
    assert institutions_for(supervisor) == [neighbour.institution, body, town.institution]
    choose_institution(person=supervisor, institution=town.institution)
    access = current_access(supervisor)
    assert access is not None
    assert (access.institution, access.body) == (town.institution, body)
    assert access.roles == frozenset({Role.REVIEWER})


def test_it_reads_and_changes_nothing(supervisor: Person, town: Town, client: Client) -> None:
    choose_institution(person=supervisor, institution=town.institution)
    client.force_login(supervisor)
    client.post(reverse("choose_institution"), {"institution": town.institution.pk})
    assert client.get(reverse("audits")).status_code == 200
    assert client.get(reverse("journal")).status_code == 200
    refused = client.post(reverse("upload_document"))
    assert (refused.status_code, "Un ente que supervisa puede ver, no cambiar." in refused.content.decode()) == (
        403,
        True,
    )
    assert client.get(reverse("people")).status_code == 403


def test_each_visit_is_noted_where_it_was_made(supervisor: Person, body: Institution, town: Town) -> None:
    browser = Client()
    for _ in range(2):
        browser.post(reverse("account_login"), {"login": supervisor.email, "password": PASSWORD})
        assert browser.get(reverse("audits")).status_code == 302  # nothing is visited until it is chosen
        browser.post(reverse("choose_institution"), {"institution": town.institution.pk})
        browser.get(reverse("audits"))
        browser.post(reverse("account_logout"))
    visits = Entry.objects.of(town.institution).filter(person=supervisor)
    assert [(entry.action, entry.after) for entry in visits] == [("visit", {"body": body.pk})] * 2


def test_who_only_writes_in_the_body_supervises_nobody(body: Institution, supervisor: Person, town: Town) -> None:
    del supervisor
    editor = Person.objects.create_user("luis@contraloria.example", PASSWORD, name="Luis")
    add_membership(person=editor, institution=body, role=Role.EDITOR)
    assert institutions_for(editor) == [body]
    assert access_for(editor, town.institution) is None
    with pytest.raises(NotAMember):
        choose_institution(person=editor, institution=town.institution)


def test_an_institution_lets_in_and_out_with_its_entries(client: Client, supervisor: Person, town: Town) -> None:
    client.force_login(town.people[Role.ADMINISTRATOR])
    supervision = Supervision.objects.of(town.institution).get()
    assert BODY in client.get(reverse("requirements")).content.decode()
    client.post(reverse("withdraw_supervision", args=[supervision.pk]))
    assert access_for(supervisor, town.institution) is None
    client.post(reverse("grant_supervision"), {"body_name": BODY.upper()})
    assert access_for(supervisor, town.institution) is not None
    subject = "accounts.supervision"
    entries = Entry.objects.of(town.institution).filter(subject__startswith=subject).order_by("sequence")
    assert [entry.action for entry in entries] == ["create", "delete", "create"]


@pytest.mark.parametrize("name", ["Ninguna", "Personería Municipal de Peñaclara", BODY])
def test_what_cannot_be_let_in_is_told(client: Client, supervisor: Person, town: Town, name: str) -> None:
    del supervisor
    client.force_login(town.people[Role.ADMINISTRATOR])
    page = client.post(reverse("grant_supervision"), {"body_name": name})
    said = "Ese ente ya puede leer" if name == BODY else "Ninguna otra entidad de este servidor se llama así."
    assert (page.status_code, said in page.content.decode()) == (422, True)


def supervise_more(town: Town, count: int) -> None:
    """As many more institutions that let the body in, «Personería de Ñame 001» and so on."""
    body = Institution.objects.get(name=BODY)
    made = Institution.objects.bulk_create(
        Institution(name=f"Personería de Ñame {number:03}", unit="Comunicaciones") for number in range(1, count + 1)
    )
    for each in made:
        Supervision.objects.of(each).create(institution=each, body=body)
    assert town.institution not in made


def test_among_many_it_is_searched_by_name_and_paged(client: Client, supervisor: Person, town: Town) -> None:
    supervise_more(town, 67)  # with the body and the two towns, seventy
    client.force_login(supervisor)
    address = reverse("choose_institution")
    page = client.get(address).content.decode()
    assert ("70 entidades" in page, page.count('name="institution"'), "Página 1 de 3" in page) == (True, 30, True)
    found = client.get(address, {"buscar": "name 04"}).content.decode()
    assert ("10 entidades" in found, found.count('name="institution"')) == (True, 10)
    assert client.get(address, {"pagina": "3"}).content.decode().count('name="institution"') == 10
    assert "Ninguna de sus entidades se llama así" in client.get(address, {"buscar": "zzz"}).content.decode()


def test_its_pages_ask_the_database_the_same_however_many_it_supervises(
    client: Client, supervisor: Person, town: Town
) -> None:
    client.force_login(supervisor)
    client.post(reverse("choose_institution"), {"institution": town.institution.pk})

    def count_queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse("audits")).status_code == 200
        return len(asked)

    few = count_queries()
    supervise_more(town, 60)
    assert count_queries() == few
