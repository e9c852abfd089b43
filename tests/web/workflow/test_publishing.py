"""An approved piece comes out: its link proves the day, the request moves with it, and a correction leads back."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from pregon_web.accounts.models import Role
from pregon_web.journal.models import Entry
from pregon_web.ledger.models import Publication
from pregon_web.ledger.services import BadRecord, add_record, mark_correction
from pregon_web.workflow.models import Kind, Piece, PiecePublication, ServiceRequest, State
from pregon_web.workflow.pieces import add_version
from pregon_web.workflow.publishing import publish_version
from tests.web.towns import Town
from tests.web.workflow.making import (
    approved_piece,
    ask,
    channel,
    content,
    latest,
    sent_piece,
    state_of,
    words,
)

# 1976000000000000000 >> 22 is 471115112304 ms after X's epoch: 8 October 2025, 14:01 in Bogotá.
PROVED = "https://x.com/perso/status/1976000000000000000"
ASKED = date(2025, 10, 6)


def at(name: str, piece: Piece) -> str:
    return reverse(name, args=[piece.request_id, piece.pk])


def test_the_link_proves_the_day_and_whether_it_was_on_time(editor: Client, town: Town) -> None:
    request = ask(town, on=ASKED)
    piece = approved_piece(town, request)
    red = channel(town)
    answer = editor.post(at("publish_piece", piece), {"channel": red.pk, "link": PROVED}, follow=True)
    row = Publication.objects.of(town.institution).get()
    assert (row.reference, row.period, row.published_on, row.is_proved, row.kind) == (
        "PUB-2025-0001",
        "2025-T4",
        date(2025, 10, 8),
        True,
        "post",
    )
    assert (row.title, row.text) == (piece.title, latest(piece).text)
    request.refresh_from_db()
    assert (request.due, request.state, request.delivered_on) == (date(2025, 10, 9), State.PUBLISHED, date(2025, 10, 8))
    told = words(answer.content.decode())
    assert "A tiempo: salió el 8 de octubre de 2025 y vencía el 9 de octubre de 2025." in told
    assert "= A tiempo" in told
    entries = [entry.action for entry in Entry.objects.of(town.institution).order_by("sequence")]
    assert entries.count("publish") == 1


def test_late_is_said_in_business_days(editor: Client, town: Town) -> None:
    piece = approved_piece(town, ask(town, on=date(2025, 10, 1)))  # due on Monday 6
    answer = editor.post(at("publish_piece", piece), {"channel": channel(town).pk, "link": PROVED}, follow=True)
    told = "Tarde, 2 días hábiles: salió el 8 de octubre de 2025 y vencía el 6 de octubre de 2025."
    assert told in words(answer.content.decode())


def test_the_date_agreed_is_the_one_that_counts(town: Town) -> None:
    request = ask(town, on=ASKED)
    ServiceRequest.objects.of(town.institution).filter(pk=request.pk).update(agreed_on=date(2025, 10, 7))
    out = publish_version(
        access=town.access(),
        version=latest(approved_piece(town, request)),
        channel=channel(town),
        link=PROVED,
        day=None,
    )
    assert out.timeliness is not None
    assert (out.timeliness.is_late, out.timeliness.late_days) == (True, 1)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"link": PROVED, "day": "2025-10-09"}, "El enlace dice que salió el 8 de octubre de 2025."),
        ({"link": PROVED, "platform": "instagram"}, "El enlace es de X y eligió «INSTAGRAM»."),
        ({"link": "https://www.facebook.com/perso/posts/1"}, "Escriba el día en que salió: el enlace no lo dice."),
        ({"day": "2999-01-01"}, "El 1 de enero de 2999 no ha llegado."),
        ({"link": "\\\\192.168.2.6\\x"}, "Esa es una ruta de un servidor interno."),
    ],
)
def test_what_cannot_be_is_said(editor: Client, town: Town, typed: dict[str, str], sentence: str) -> None:
    piece = approved_piece(town, ask(town, on=ASKED))
    platform = typed.pop("platform", "x")
    answer = editor.post(at("publish_piece", piece), {"channel": channel(town, platform, platform).pk, **typed})
    assert answer.status_code == 422
    assert sentence in words(answer.content.decode())
    assert not Publication.objects.of(town.institution).exists()


def test_what_is_not_approved_does_not_come_out(editor: Client, town: Town) -> None:
    piece = sent_piece(town, ask(town, on=ASKED))
    with pytest.raises(BadRecord, match="todavía no tiene todas las aprobaciones"):
        publish_version(access=town.access(), version=latest(piece), channel=channel(town), link=PROVED, day=None)
    assert "Anotar que salió" not in editor.get(at("piece", piece)).content.decode()


def test_a_request_is_published_when_the_last_of_its_pieces_came_out(town: Town) -> None:
    request = ask(town, on=ASKED)
    one, other = approved_piece(town, request, title="Una"), approved_piece(town, request, title="Otra")
    red = channel(town)
    publish_version(access=town.access(), version=latest(one), channel=red, link=PROVED, day=None)
    assert state_of(request) == State.APPROVED
    publish_version(access=town.access(), version=latest(other), channel=red, link="", day=date(2025, 10, 14))
    request.refresh_from_db()
    assert (request.state, request.delivered_on) == (State.PUBLISHED, date(2025, 10, 14))


def test_the_same_piece_in_two_channels_is_two_publications_and_the_first_day_counts(town: Town) -> None:
    request = ask(town, on=ASKED)
    piece = approved_piece(town, request)
    publish_version(access=town.access(), version=latest(piece), channel=channel(town), link=PROVED, day=None)
    face = channel(town, "fb", "facebook")
    publish_version(access=town.access(), version=latest(piece), channel=face, link="", day=date(2025, 10, 20))
    request.refresh_from_db()
    assert (PiecePublication.objects.of(town.institution).count(), request.delivered_on) == (2, date(2025, 10, 8))


def test_what_a_file_of_the_platform_brought_is_not_counted_twice(town: Town) -> None:
    one = approved_piece(town, ask(town, on=ASKED))
    red = channel(town)
    fields = {"period": "2025-T4", "reference": "X-1", "kind": "post", "title": "Traída", "link": f"{PROVED}/?s=20"}
    brought = add_record(access=town.access(), row=Publication(channel=red, published_on=date(2025, 10, 8), **fields))
    out = publish_version(access=town.access(), version=latest(one), channel=red, link=PROVED, day=None)
    assert (out.row.publication, Publication.objects.of(town.institution).count()) == (brought, 1)
    other = approved_piece(town, ask(town, on=ASKED), title="Otra")
    with pytest.raises(BadRecord, match="Ese enlace ya está anotado: es X-1, «Traída»."):
        publish_version(access=town.access(), version=latest(other), channel=red, link=PROVED, day=None)


def test_a_wallpaper_is_counted_as_one(town: Town) -> None:
    request = ask(town, on=ASKED)
    Kind.objects.of(town.institution).filter(pk=request.kind_id).update(counts_as="wallpaper")
    piece = approved_piece(town, request)
    inside = channel(town, "pantallas", "other", is_internal=True)
    publish_version(access=town.access(), version=latest(piece), channel=inside, link="", day=date(2025, 10, 7))
    assert Publication.objects.of(town.institution).get().kind == "wallpaper"


def test_what_goes_to_the_own_people_alone_is_delivered(town: Town) -> None:
    request = ask(town, on=ASKED)
    piece = approved_piece(town, request)
    inside = channel(town, "wa", "whatsapp", is_internal=True)
    publish_version(access=town.access(), version=latest(piece), channel=inside, link="", day=date(2025, 10, 7))
    request.refresh_from_db()
    assert (request.state, request.delivered_on) == (State.DELIVERED, date(2025, 10, 7))
    assert Publication.objects.of(town.institution).get().kind == "message"


def test_a_publication_leads_to_its_piece_and_a_correction_is_seen_on_it(editor: Client, town: Town) -> None:
    piece = approved_piece(town, ask(town, on=ASKED))
    publish_version(access=town.access(), version=latest(piece), channel=channel(town), link=PROVED, day=None)
    row = Publication.objects.of(town.institution).get()
    page = editor.get(reverse("publication", args=[row.period, row.pk])).content.decode()
    assert f'href="{at("piece", piece)}"' in page
    told = words(page)
    assert f"{town.people[Role.APPROVER].name}, quien aprueba por la entidad, el " in told
    assert "A tiempo: salió el 8 de octubre de 2025" in told
    mark_correction(
        access=town.access(), publication=row, what="La hora", corrected_on=date(2025, 10, 10), withdrawn_on=None
    )
    assert "≠ Corregida el 10 de octubre de 2025: La hora" in words(editor.get(at("piece", piece)).content.decode())


def test_a_publication_without_a_piece_says_nothing_of_one(editor: Client, town: Town) -> None:
    piece = approved_piece(town, ask(town, on=ASKED))
    publish_version(access=town.access(), version=latest(piece), channel=channel(town), link=PROVED, day=None)
    PiecePublication.objects.of(town.institution).delete()
    row = Publication.objects.of(town.institution).get()
    page = editor.get(reverse("publication", args=[row.period, row.pk])).content.decode()
    assert "La pieza y su aprobación" not in page


def test_a_new_version_does_not_come_out_on_the_old_approval(town: Town) -> None:
    piece = approved_piece(town, ask(town, on=ASKED))
    old = latest(piece)
    add_version(access=town.access(), piece=piece, content=content(text="Otro", change="x"), upload=None)
    for version in (old, latest(piece)):
        with pytest.raises(BadRecord):
            publish_version(access=town.access(), version=version, channel=channel(town), link=PROVED, day=None)
