"""The communication matrix: listed, found, taken away; a line added, changed by two at once, removed."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from pregon_web.journal.models import Entry
from pregon_web.ledger.services import add_records
from pregon_web.programme.models import MatrixLine
from pregon_web.programme.services.plan import save_matrix_line
from tests.web.towns import Town

NEW = {
    "kind": "internal",
    "sender": "Comunicaciones",
    "receiver": "Servidores",
    "message": "Plazos de la entidad",
    "frequency": "Permanente",
    "media": "WhatsApp",
    "evidence": "=1+1",
}


def fill(town: Town, count: int) -> list[MatrixLine]:
    rows = [
        MatrixLine(**{**NEW, "message": f"Mensaje {number}", "kind": "external", "evidence": ""})
        for number in range(count)
    ]
    return add_records(access=town.access(), rows=rows)


def messages_in(client: Client, query: str = "") -> list[str]:
    return [row.message for row in client.get(reverse("matrix") + query).context["listing"].rows]


def test_a_line_is_added_found_and_taken_away_without_formulas(editor: Client, town: Town) -> None:
    fill(town, 2)
    assert editor.post(reverse("add_matrix_line"), NEW).status_code == 302
    assert messages_in(editor) == ["Mensaje 0", "Mensaje 1", NEW["message"]]
    assert messages_in(editor, "?tipo=internal") == [NEW["message"]]
    assert messages_in(editor, "?buscar=mensaje&orden=-mensaje") == ["Mensaje 1", "Mensaje 0"]
    taken = editor.get(reverse("export_matrix", args=["csv"]) + "?tipo=internal")
    lines = list(csv.reader(io.StringIO(taken.content.decode("utf-8-sig")), delimiter=";"))
    assert dict(zip(lines[0], lines[1], strict=True)) == {
        "Mensaje": "Plazos de la entidad",
        "Tipo": "Interna",
        "Emisor": "Comunicaciones",
        "Receptor": "Servidores",
        "Frecuencia": "Permanente",
        "Medios": "WhatsApp",
        "Evidencia": "'=1+1",
    }
    assert editor.get(reverse("export_matrix", args=["xlsx"])).content[:2] == b"PK"
    assert editor.get(reverse("export_matrix", args=["pdf"])).status_code == 404


@pytest.mark.parametrize("count", [1, 30])
def test_the_matrix_asks_the_database_the_same_however_long_it_is(
    editor: Client, town: Town, count: int, django_assert_num_queries: Any
) -> None:
    fill(town, count)
    editor.get(reverse("matrix"))
    with django_assert_num_queries(9):
        editor.get(reverse("matrix"))


def test_what_is_lacking_is_said_and_what_was_typed_stays(editor: Client, town: Town) -> None:
    answer = editor.post(reverse("add_matrix_line"), {**NEW, "sender": "", "kind": "otra"})
    page = answer.content.decode()
    assert (answer.status_code, "Escriba quién comunica." in page, "Elija uno de la lista." in page) == (
        422,
        True,
        True,
    )
    assert ("Plazos de la entidad" in page, MatrixLine.objects.of(town.institution).count()) == (True, 0)


def test_two_who_change_a_line_are_told_and_one_is_removed_with_its_reason(editor: Client, town: Town) -> None:
    (row,) = fill(town, 1)
    save_matrix_line(access=town.access(), line=row, fields={"media": "Cartelera"}, version=1)
    sent = {**NEW, "media": "Correo", "version": 1}
    answer = editor.post(reverse("change_matrix_line", args=[row.pk]), sent)
    assert (answer.status_code, "<td>Cartelera</td><td>Correo</td>" in answer.content.decode()) == (422, True)
    assert editor.post(reverse("change_matrix_line", args=[row.pk]), {**sent, "version": 2}).status_code == 302
    editor.post(reverse("remove_matrix_line", args=[row.pk]), {"reason": "Ya no se hace"})
    entry = Entry.objects.of(town.institution).order_by("-sequence")[0]
    assert (entry.action, entry.before["media"], entry.after) == ("delete", "Correo", {"reason": "Ya no se hace"})
