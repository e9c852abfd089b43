"""Who leads an office: appointed by whoever administers, among the people of the house, with its entry."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pregon_web.accounts.models import Membership, Office, Role
from pregon_web.accounts.services import RefusedChange, add_office, appoint_leader
from pregon_web.journal.models import Entry
from tests.web.towns import Town


@pytest.fixture
def administrator(town: Town, client: Client) -> Client:
    client.force_login(town.people[Role.ADMINISTRATOR])
    return client


def test_an_office_begins_with_its_leader_and_gets_another(administrator: Client, town: Town) -> None:
    asks, writes = town.people[Role.REQUESTER], town.people[Role.EDITOR]
    administrator.post(reverse("offices"), {"name": "Derechos Humanos", "leader": asks.pk})
    office = Office.objects.of(town.institution).get()
    assert office.leader == asks
    assert f"Líder: {asks.name}" in administrator.get(reverse("offices")).content.decode()
    administrator.post(reverse("office", args=[office.pk]), {"name": "Derechos Humanos", "leader": writes.pk})
    office.refresh_from_db()
    assert office.leader == writes
    entry = Entry.objects.of(town.institution).order_by("-sequence")[0]
    assert (entry.action, entry.subject, entry.before, entry.after) == (
        "update",
        f"accounts.office:{office.pk}",
        {"leader": asks.pk},
        {"leader": writes.pk},
    )
    administrator.post(reverse("office", args=[office.pk]), {"name": "Derechos Humanos", "leader": ""})
    assert Office.objects.of(town.institution).get().leader_id is None
    assert "Sin líder" in administrator.get(reverse("offices")).content.decode()


def test_the_same_leader_again_writes_nothing(administrator: Client, town: Town) -> None:
    person = town.people[Role.REQUESTER]
    office = add_office(institution=town.institution, name="Derechos Humanos")
    appoint_leader(access=town.access(Role.ADMINISTRATOR), office=office, leader=person)
    before = Entry.objects.of(town.institution).count()
    administrator.post(reverse("office", args=[office.pk]), {"name": "Derechos Humanos", "leader": person.pk})
    assert Entry.objects.of(town.institution).count() == before


def test_nobody_of_another_house_nor_who_may_not_enter(administrator: Client, town: Town, neighbour: Town) -> None:
    office = add_office(institution=town.institution, name="Derechos Humanos")
    foreign, gone = neighbour.people[Role.EDITOR], town.people[Role.REVIEWER]
    Membership.objects.of(town.institution).filter(person=gone).update(suspended_at=timezone.now())
    for person in (foreign, gone):
        answer = administrator.post(reverse("office", args=[office.pk]), {"name": office.name, "leader": person.pk})
        assert answer.status_code == 422
        assert "Elija a una persona de la lista." in answer.content.decode()
        with pytest.raises(RefusedChange, match="no está en la entidad, o está desactivada"):
            appoint_leader(access=town.access(Role.ADMINISTRATOR), office=office, leader=person)
    office.refresh_from_db()
    assert office.leader is None
