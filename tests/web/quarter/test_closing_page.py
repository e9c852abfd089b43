"""The page of the closing: what is in the way, signing, closing, reopening and the versions."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from pregon.figures.amount import Amount
from pregon_web import vault
from pregon_web.accounts.models import Role
from pregon_web.journal.models import Entry
from pregon_web.ledger.services import record_observations
from pregon_web.programme.services.plan import add_procedure
from pregon_web.programme.surveys import add_survey, close_survey
from pregon_web.quarter.loading import load_dossier
from pregon_web.quarter.models import Closing, DeclaredGap, PendingThing
from pregon_web.quarter.selectors import open_dossier
from tests.web.quarter.test_closing import HANDS, ready_dossier
from tests.web.records import QUARTER, keep_registro, make_dossier
from tests.web.towns import Town

T4 = str(QUARTER)


@pytest.fixture
def ready(town: Town) -> Town:
    with transaction.atomic():
        now = open_dossier(town.institution, T4)
        load_dossier(access=town.access(), base=None, new=ready_dossier(town), now=now)
    return town


def page(client: Client) -> str:
    text = re.sub(r"<[^>]+>", " ", client.get(reverse("closing", args=[T4])).content.decode())
    return " ".join(text.replace("&nbsp;", " ").split())


def post(client: Client, name: str, *rest: object, **data: str) -> str:
    response = client.post(reverse(name, args=[T4, *rest]), data, follow=True)
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def sign_all(client: Client, town: Town) -> None:
    for role, hand in HANDS:
        client.force_login(town.people[role])
        assert "Quedó su firma." in post(client, "sign_quarter", hand.value)


def test_a_survey_still_open_is_in_the_way_until_it_is_closed(editor: Client, ready: Town) -> None:
    fields = {"title": "Ventanilla", "fewest": 1}
    survey = add_survey(access=ready.access(), period=T4, fields=fields)
    told = page(editor)
    assert "Encuestas: La encuesta «Ventanilla» sigue abierta: ciérrela para que sus respuestas estén" in told
    assert "Se cierra en Encuestas ." in told
    sign_all(editor, ready)
    assert "falta 1 cosa. Está abajo" in post(editor, "close_quarter")
    assert not Closing.objects.of(ready.institution).exists()
    close_survey(access=ready.access(), survey=survey)
    assert "sigue abierta" not in page(editor)


def test_each_gap_says_who_has_it_and_where_it_is_filled(editor: Client, town: Town) -> None:
    keep_registro(town)
    told = page(editor)
    assert "Instagram, diciembre: 1 cifra Lo tiene Marcela Ríos. Se llena en Métricas ." in told
    assert "El botón para cerrar aparece cuando no falte nada." in told


def test_a_gap_is_declared_with_its_reason_and_taken_back(editor: Client, town: Town) -> None:
    keep_registro(town)
    gap = {"section": "audience", "what": "Instagram, diciembre: 1 cifra"}
    assert "Escriba por qué no llega" in post(editor, "declare_gap", **gap, reason=" ")
    post(editor, "declare_gap", **gap, reason="Meta no lo entregó")
    told = page(editor)
    assert "Meta no lo entregó Lo declaró Redacta de Personería Municipal de Peñaclara." in told
    assert told.count("Instagram, diciembre: 1 cifra") == 2  # where it is declared, and in its button
    row = DeclaredGap.objects.of(town.institution).get()
    post(editor, "withdraw_gap", row.pk)
    assert not DeclaredGap.objects.of(town.institution).exists()


def test_three_people_sign_and_it_closes(client: Client, ready: Town) -> None:
    client.force_login(ready.people[Role.APPROVER])
    assert "Para cerrar faltan 3 cosas." in page(client)
    sign_all(client, ready)
    assert "No falta nada: puede cerrarse." in page(client)
    told = post(client, "close_quarter")
    assert "El trimestre quedó cerrado, versión 1." in told
    closing = Closing.objects.of(ready.institution).get()
    for suffix, sha256 in closing.files.items():
        answer = client.get(reverse("download_closed", args=[T4, 1, suffix]))
        assert b"".join(answer) == vault.path_of(ready.institution.pk, sha256).read_bytes()
        assert answer.headers["Content-Disposition"] == f'attachment; filename="informe-{T4}-v1.{suffix}"'
    assert client.get(reverse("download_closed", args=[T4, 1, "exe"])).status_code == 404


def test_a_second_version_says_which_figures_changed(client: Client, ready: Town) -> None:
    sign_all(client, ready)
    post(client, "close_quarter")
    assert "Escriba por qué se reabre" in post(client, "reopen_quarter", reason="")
    post(client, "reopen_quarter", reason="Matomo corrigió octubre")
    first = make_dossier(ready.institution.name).observations[0]
    record_observations(access=ready.access(), period=T4, observations=[replace(first, amount=Amount.exact(34812))])
    sign_all(client, ready)
    post(client, "close_quarter")
    told = " ".join(
        re.sub(r"<[^>]+>", " ", client.get(reverse("closing_changes", args=[T4, 2])).content.decode()).split()
    )
    assert "Matomo corrigió octubre" in told
    assert "34.811 34.812" in told
    assert "94.196 94.197" in told


def test_who_may_not_sign_is_told_who_may(client: Client, ready: Town) -> None:
    client.force_login(ready.people[Role.REVIEWER])
    assert "Firma como elaborado quien tiene el papel «Redacta»." in post(client, "sign_quarter", "prepared")
    assert client.post(reverse("sign_quarter", args=[T4, "magic"])).status_code == 404
    assert client.post(reverse("reopen_quarter", args=[T4]), {"reason": "x"}).status_code == 403


def test_the_cover_is_written_here(editor: Client, town: Town) -> None:
    keep_registro(town)
    typed = {
        "code": "GC-INF-09",
        "document_version": "3",
        "cutoff": "2026-01-07T17:00",
        "steps": "6.1/7 Hacer seguimiento",
    }
    refused = editor.post(reverse("control", args=[T4]), {**typed, "steps": "6.1/7"})
    assert (refused.status_code, "el numeral y lo que pide" in refused.content.decode()) == (422, True)
    post(editor, "control", **typed)
    control = open_dossier(town.institution, T4).control
    assert (control.code, control.version, str(control.cutoff), control.steps[0].title) == (
        "GC-INF-09",
        "3",
        "2026-01-07 17:00:00",
        "Hacer seguimiento",
    )


def test_what_was_pending_arrives_and_is_not_missing_any_more(editor: Client, town: Town) -> None:
    keep_registro(town)
    row = PendingThing.objects.of(town.institution).get()
    assert f"Historias: {row.what} Lo tiene Andrés Tobón." in page(editor)
    assert f"Ya no falta «{row.what}»." in post(editor, "settle_pending", row.pk)
    assert f"Historias: {row.what}" not in page(editor)
    entry = Entry.objects.of(town.institution).order_by("-sequence")[0]
    assert (entry.action, entry.subject) == ("settle", f"quarter.pendingthing:{row.pk}")
    assert (entry.before["what"], entry.person) == (row.what, town.people[Role.EDITOR])
    assert editor.post(reverse("settle_pending", args=[T4, row.pk])).status_code == 404


def test_something_pending_is_noted_with_who_has_it_and_once(editor: Client, town: Town) -> None:
    keep_registro(town)
    typed = {"section": "events", "what": "Lista de la feria", "person": "Carlos Gil", "due": "15/01/2026"}
    assert "Quedó anotado que falta «Lista de la feria»." in post(editor, "note_pending", **typed)
    assert "Eventos: Lista de la feria Lo tiene Carlos Gil." in page(editor)
    assert page(editor).count("Ya llegó") == 2
    again = editor.post(reverse("note_pending", args=[T4]), {**typed, "what": "lista de la feria"})
    assert (again.status_code, "Ese pendiente ya está anotado" in again.content.decode()) == (422, True)
    empty = editor.post(reverse("note_pending", args=[T4]), {"section": "events", "what": "", "person": "Rosa"})
    told = empty.content.decode()
    assert (empty.status_code, "Diga qué falta." in told, 'value="Rosa"' in told) == (422, True, True)


def test_a_closed_quarter_owes_nothing_new(client: Client, ready: Town) -> None:
    sign_all(client, ready)
    post(client, "close_quarter")
    client.force_login(ready.people[Role.EDITOR])
    assert "está cerrado desde el" in post(client, "note_pending", section="events", what="Algo")
    assert not PendingThing.objects.of(ready.institution).filter(what="Algo").exists()


def test_the_cover_that_nobody_wrote_begins_with_the_procedure_in_force(editor: Client, town: Town) -> None:
    head = {"title": "Comunicaciones", "code": "GC-PRO-01", "dated": date(2025, 1, 20)}
    add_procedure(access=town.access(), fields={**head, "steps": [["6.2/6", "Evaluar"]]})
    page = editor.get(reverse("control", args=["2025-T3"])).content.decode()
    assert ("GC-PRO-01 Comunicaciones" in page, "6.2/6 Evaluar" in page) == (True, True)
