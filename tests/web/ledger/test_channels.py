"""Channels: in the report's order, added, changed, moved, put aside and used again."""

from __future__ import annotations

import re

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from pregon_web.accounts.models import Role
from pregon_web.journal.models import Entry
from pregon_web.ledger.models import Channel
from pregon_web.ledger.services import change_record
from pregon_web.quarter.loading import load_dossier
from pregon_web.quarter.selectors import open_dossier
from tests.web.ledger.furniture import furnish
from tests.web.records import QUARTER, keep_registro, make_dossier
from tests.web.towns import Town

T4 = str(QUARTER)


@pytest.fixture
def recorded(town: Town) -> Town:
    keep_registro(town)
    return town


def codes(town: Town) -> list[str]:
    return list(Channel.objects.of(town.institution).order_by("position", "pk").values_list("code", flat=True))


def channel(town: Town, code: str) -> Channel:
    return Channel.objects.of(town.institution).get(code=code)


def words(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_one_is_added_last_with_a_code_of_its_own(editor: Client, recorded: Town) -> None:
    typed = {"name": "TikTok de la Personería", "platform": "tiktok", "code": ""}
    answer = editor.post(reverse("add_channel"), typed, follow=True)
    assert "Se agregó «TikTok de la Personería», de último en el informe." in words(answer.content.decode())
    assert codes(recorded) == ["sede", "fb", "ig", "x", "wa", "tiktok-de-la-personeria"]
    entry = Entry.objects.of(recorded.institution).order_by("-sequence")[0]
    assert (entry.action, entry.after["code"]) == ("create", "tiktok-de-la-personeria")


@pytest.mark.usefixtures("recorded")
@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"code": "FB"}, "Use minúsculas sin tildes, números y guiones: «fb»."),
        ({"code": "fb"}, "Ese código ya es de «Facebook». Escriba otro."),
        ({"name": ""}, "Escriba cómo se llama el canal en el informe."),
        ({"name": "¿?"}, "Escriba un código: minúsculas sin tildes, números y guiones."),
        ({"platform": "myspace"}, "Elija uno de la lista."),
    ],
)
def test_what_cannot_be_taken_is_said(editor: Client, typed: dict[str, str], said: str) -> None:
    answer = editor.post(reverse("add_channel"), {"name": "Nuevo", "platform": "x", "code": "", **typed})
    assert (answer.status_code, said in words(answer.content.decode())) == (422, True)


def test_it_moves_a_place_at_a_time_and_the_report_follows(editor: Client, recorded: Town) -> None:
    def move(code: str, step: str) -> None:
        editor.post(reverse("move_channel", args=[channel(recorded, code).pk, step]))

    move("ig", "subir")
    assert codes(recorded) == ["sede", "ig", "fb", "x", "wa"]
    move("wa", "bajar")
    move("sede", "subir")
    move("sede", "bajar")
    assert codes(recorded) == ["ig", "sede", "fb", "x", "wa"]
    assert [each.code for each in open_dossier(recorded.institution, T4).channels] == codes(recorded)
    moved = Entry.objects.of(recorded.institution).filter(subject=f"ledger.channel:{channel(recorded, 'ig').pk}")
    assert [entry.after for entry in moved.filter(action="update").order_by("sequence")] == [
        {"position": 1},
        {"position": 0},
    ]


def test_a_code_that_records_name_does_not_change(editor: Client, recorded: Town) -> None:
    used = channel(recorded, "ig")
    page = editor.get(reverse("channel", args=[used.pk])).content.decode()
    assert ("No cambia: hay registros que lo usan." in page, 'name="code"' in page) == (True, False)
    typed = {"name": "Instagram", "platform": "instagram", "version": str(used.version)}
    editor.post(reverse("change_channel", args=[used.pk]), {**typed, "name": "Instagram oficial", "code": "otro"})
    assert (channel(recorded, "ig").name, channel(recorded, "ig").version) == ("Instagram oficial", used.version + 1)
    editor.post(reverse("add_channel"), {"name": "Cartelera", "platform": "bulletin_board", "is_internal": "on"})
    fresh = channel(recorded, "cartelera")
    assert fresh.is_internal is True
    changed = {"name": "Cartelera", "platform": "bulletin_board", "code": "carteles", "version": "1"}
    editor.post(reverse("change_channel", args=[fresh.pk]), changed)
    assert channel(recorded, "carteles").is_internal is False


def test_one_put_aside_is_not_offered_and_stays_where_it_has_records(editor: Client, recorded: Town) -> None:
    editor.post(reverse("add_channel"), {"name": "Correo", "platform": "email"})
    for code in ("correo", "ig"):
        editor.post(reverse("use_channel", args=[channel(recorded, code).pk]), {"usar": "no"})
    assert channel(recorded, "ig").is_active is False
    assert [each.code for each in open_dossier(recorded.institution, T4).channels] == ["sede", "fb", "ig", "x", "wa"]
    assert "ig" not in [each.code for each in open_dossier(recorded.institution, "2026-T1").channels]
    offered = editor.get(reverse("add_publication", args=[T4])).context["form"].fields["channel"].queryset
    assert [row.code for row in offered] == ["sede", "fb", "x", "wa"]
    editor.post(reverse("use_channel", args=[channel(recorded, "ig").pk]), {"usar": "si"})
    assert channel(recorded, "ig").is_active is True


def test_a_workbook_that_names_one_put_aside_uses_it_again(recorded: Town) -> None:
    fresh = Channel.objects.of(recorded.institution).get(code="fb")
    change_record(access=recorded.access(), row=fresh, fields={"is_active": False})
    later = QUARTER.next
    now = open_dossier(recorded.institution, str(later))
    assert "fb" not in [each.code for each in now.channels]
    with transaction.atomic():
        new = make_dossier(recorded.institution.name, later)
        load_dossier(access=recorded.access(), base=None, new=new, now=now)
    assert (codes(recorded), channel(recorded, "fb").is_active) == (["sede", "fb", "ig", "x", "wa"], True)


def test_two_who_change_it_at_once_are_told(editor: Client, recorded: Town) -> None:
    row = channel(recorded, "x")
    change_record(access=recorded.access(Role.ADMINISTRATOR), row=row, fields={"name": "X oficial"})
    typed = {"name": "Equis", "platform": "x", "version": str(row.version)}
    answer = editor.post(reverse("change_channel", args=[row.pk]), typed)
    assert (answer.status_code, "X oficial" in answer.content.decode()) == (422, True)


def test_one_that_nothing_names_is_removed_and_another_is_not(editor: Client, recorded: Town) -> None:
    editor.post(reverse("add_channel"), {"name": "Correo", "platform": "email"})
    editor.post(reverse("remove_channel", args=[channel(recorded, "correo").pk]), {"reason": "de más"})
    answer = editor.post(reverse("remove_channel", args=[channel(recorded, "ig").pk]), {"reason": "x"}, follow=True)
    assert "«Instagram» tiene registros y no se puede borrar. Puede dejarlo de usar." in words(answer.content.decode())
    assert codes(recorded) == ["sede", "fb", "ig", "x", "wa"]


def test_who_only_reads_is_offered_no_button_and_others_channels_are_not_there(
    client: Client, town: Town, neighbour: Town
) -> None:
    furnish(town, "PROPIO")
    furnish(neighbour, "AJENO")
    client.force_login(town.people[Role.APPROVER])
    page = client.get(reverse("channels")).content.decode()
    assert ("Canal PROPIO" in page, "AJENO" in page, "Subir" in page) == (True, False, False)
    foreign = Channel.objects.of(neighbour.institution).order_by("pk")[0].pk
    assert client.get(reverse("channel", args=[foreign])).status_code == 404
    assert client.post(reverse("move_channel", args=[foreign, "subir"])).status_code == 403
