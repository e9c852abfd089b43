"""The calendar of a quarter: chosen from, marked by a publication, changed by two at once, taken away as a file."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from pregon_web.accounts.models import Role
from pregon_web.journal.models import Entry
from pregon_web.ledger.models import Channel, PeriodLock, Publication
from pregon_web.ledger.services import add_records, change_record
from pregon_web.programme.models import Commemoration
from pregon_web.programme.planning import DayState
from tests.web.records import QUARTER, keep_registro
from tests.web.towns import Town

T4 = str(QUARTER)
RIGHTS = {"name": "Día de los Derechos Humanos", "day": "2025-12-10"}


@pytest.fixture
def recorded(town: Town) -> Town:
    keep_registro(town)
    return town


def address(name: str, *rest: object) -> str:
    return reverse(name, args=[T4, *rest])


def publish(town: Town, *days: date) -> list[Publication]:
    channel = Channel.objects.of(town.institution).get(code="fb")
    rows = [
        Publication(
            period=T4,
            reference=f"P-{day:%m%d}",
            channel=channel,
            kind="post",
            published_on=day,
            title=f"Publicada el {day:%d/%m}",
            link="https://www.facebook.com/perso/posts/1",
        )
        for day in days
    ]
    return add_records(access=town.access(), rows=rows)


def choose(town: Town, count: int) -> list[Commemoration]:
    rows = [
        Commemoration(period=T4, name=f"Propia {number}", day=date(2025, 11, 1 + number)) for number in range(count)
    ]
    return add_records(access=town.access(), rows=rows)


def shown(client: Client, query: str = "") -> dict[str, DayState]:
    months = client.get(address("calendar") + query).context["months"]
    return {each.name: each.state for month in months for each in month.days}


def test_the_calendar_shows_the_quarter_and_narrows_by_state_and_theme(editor: Client, recorded: Town) -> None:
    (row,) = choose(recorded, 1)
    whole = shown(editor)
    assert len(whole) == 33
    assert (whole["Día Mundial del Hábitat"], whole[row.name]) == (DayState.FREE, DayState.UNMARKED)
    assert shown(editor, "?ver=elegidas") == {row.name: DayState.UNMARKED}
    assert shown(editor, "?ver=sin-publicar") == {row.name: DayState.UNMARKED}
    assert len(shown(editor, "?ver=libres")) == 32
    assert list(shown(editor, "?tema=civic")) == [
        "Día de las Naciones Unidas",
        "Día Internacional de los Voluntarios",
        "Día Internacional contra la Corrupción",
        "Día Internacional de la Solidaridad Humana",
    ]
    assert shown(editor, "?ver=hackeo&tema=x") == whole


@pytest.mark.parametrize("count", [1, 30])
def test_the_calendar_asks_the_database_the_same_however_much_was_chosen(
    editor: Client, recorded: Town, count: int, django_assert_num_queries: Any
) -> None:
    choose(recorded, count)
    editor.get(address("calendar"))
    with django_assert_num_queries(8):
        editor.get(address("calendar"))


def test_a_day_is_chosen_once_with_its_entry(editor: Client, recorded: Town) -> None:
    for _ in range(2):
        assert editor.post(address("choose_day"), {"code": "derechos-humanos"}).status_code == 302
    row = Commemoration.objects.of(recorded.institution).get()
    assert (row.name, row.day, row.calendar_code) == (
        "Día de los Derechos Humanos",
        date(2025, 12, 10),
        "derechos-humanos",
    )
    entry = Entry.objects.of(recorded.institution).order_by("-sequence")[0]
    assert (entry.action, entry.subject) == ("create", f"programme.commemoration:{row.pk}")


def test_a_day_that_came_in_a_workbook_is_not_chosen_again(editor: Client, recorded: Town) -> None:
    kept = Commemoration(period=T4, name="Derechos humanos", day=date(2025, 12, 10))
    add_records(access=recorded.access(), rows=[kept])
    editor.post(address("choose_day"), {"code": "derechos-humanos"})
    assert [row.name for row in Commemoration.objects.of(recorded.institution)] == ["Derechos humanos"]
    page = editor.get(address("commemoration", kept.pk)).content.decode()
    assert "A/RES/423 (V)" in page


@pytest.mark.parametrize("code", ["agua", "inventada", ""])
def test_a_day_of_another_quarter_or_of_none_is_refused(editor: Client, recorded: Town, code: str) -> None:
    answer = editor.post(address("choose_day"), {"code": code}, follow=True)
    assert "Esa efeméride no está en el calendario de este trimestre." in answer.content.decode()
    assert not Commemoration.objects.of(recorded.institution).exists()


def test_it_is_marked_by_a_publication_of_the_days_around_the_nearest_first(editor: Client, recorded: Town) -> None:
    publish(recorded, date(2025, 12, 1), date(2025, 12, 9), date(2025, 12, 20), date(2025, 11, 29))
    editor.post(address("choose_day"), {"code": "derechos-humanos"})
    row = Commemoration.objects.of(recorded.institution).get()
    form = editor.get(address("commemoration", row.pk)).context["form"]
    offered = [str(label) for _, label in form.fields["publication"].widget.choices]
    assert offered == [
        "Todavía sin publicación",
        "9 dic 2025, Facebook: Publicada el 09/12",
        "1 dic 2025, Sede electrónica: Código de Integridad, noticia 5",
        "1 dic 2025, Facebook: Publicada el 01/12",
        "20 dic 2025, Facebook: Publicada el 20/12",
    ]
    near = Publication.objects.of(recorded.institution).get(reference="P-1209")
    far = Publication.objects.of(recorded.institution).get(reference="P-1129")
    refused = editor.post(address("change_commemoration", row.pk), {**RIGHTS, "publication": far.pk})
    assert (refused.status_code, "Elija uno de la lista." in refused.content.decode()) == (422, True)
    marked = {**RIGHTS, "publication": near.pk, "campaign": "C-1", "version": row.version}
    assert editor.post(address("change_commemoration", row.pk), marked).status_code == 302
    page = editor.get(address("calendar"))
    assert "Publicada el 9 dic 2025, 1 día antes" in page.content.decode()
    assert page.context["told"] == "1 efeméride elegida: tiene su publicación."


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"name": ""}, "Escriba qué día es."),
        ({"day": "4/07/2025"}, "está fuera del trimestre (1 de octubre al 31 de diciembre de 2025)."),
        ({"day": "31/11/2025"}, "El 31/11/2025 no existe: noviembre tiene 30 días."),
        ({"campaign": "inventada"}, "Elija uno de la lista."),
    ],
)
def test_what_cannot_be_taken_is_said_and_what_was_typed_stays(
    editor: Client, recorded: Town, typed: dict[str, str], sentence: str
) -> None:
    sent = {"name": "Día del municipio", "day": "2025-11-05", **typed}
    answer = editor.post(address("add_commemoration"), sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert f'value="{sent["name"]}"' in page or not sent["name"]
    assert not Commemoration.objects.of(recorded.institution).exists()


def test_two_who_change_it_at_once_are_told_and_lose_nothing(editor: Client, recorded: Town) -> None:
    (row,) = choose(recorded, 1)
    change_record(access=recorded.access(Role.ADMINISTRATOR), row=row, fields={"name": "El de otra persona"})
    sent = {"name": "El mío", "day": "2025-11-01"}
    answer = editor.post(address("change_commemoration", row.pk), {**sent, "version": row.version})
    assert answer.status_code == 422
    assert "<td>El de otra persona</td><td>El mío</td>" in answer.content.decode()
    row.refresh_from_db()
    assert (row.name, row.version) == ("El de otra persona", 2)


def test_what_was_chosen_is_taken_away_as_a_calendar(editor: Client, recorded: Town) -> None:
    (post,) = publish(recorded, date(2025, 12, 10))
    editor.post(address("choose_day"), {"code": "derechos-humanos"})
    editor.post(address("choose_day"), {"code": "corrupcion"})
    row = Commemoration.objects.of(recorded.institution).get(calendar_code="derechos-humanos")

    def lines() -> list[str]:
        answer = editor.get(address("calendar_ics"))
        assert answer["Content-Type"] == "text/calendar; charset=utf-8"
        assert answer["Content-Disposition"] == f'attachment; filename="efemerides-{T4}.ics"'
        return answer.content.replace(b"\r\n ", b"").decode().split("\r\n")

    before = lines()
    change_record(access=recorded.access(), row=row, fields={"publication": post})
    after = lines()

    def values(found: list[str], name: str) -> list[str]:
        return [line.removeprefix(f"{name}:") for line in found if line.startswith(f"{name}:")]

    assert values(before, "UID") == values(after, "UID")
    assert len(set(values(after, "UID"))) == 2
    assert values(after, "SUMMARY") == ["Día Internacional contra la Corrupción", "Día de los Derechos Humanos"]
    assert (values(before, "STATUS"), values(after, "STATUS")) == (
        ["TENTATIVE", "TENTATIVE"],
        ["TENTATIVE", "CONFIRMED"],
    )
    assert (values(before, "SEQUENCE"), values(after, "SEQUENCE")) == (["0", "0"], ["0", "1"])
    assert values(after, "URL") == ["https://www.facebook.com/perso/posts/1"]


def test_a_closed_quarter_takes_nothing(editor: Client, recorded: Town) -> None:
    (row,) = choose(recorded, 1)
    PeriodLock.objects.create(institution=recorded.institution, period=T4)
    told = editor.post(address("choose_day"), {"code": "corrupcion"}, follow=True).content.decode()
    assert "está cerrado desde el" in told
    assert editor.post(address("change_commemoration", row.pk), RIGHTS).status_code == 422
    editor.post(address("remove_commemoration", row.pk), {"reason": "Sobra"})
    assert [each.name for each in Commemoration.objects.of(recorded.institution)] == [row.name]
    assert "Elegir Día" not in editor.get(address("calendar")).content.decode()


def test_one_is_removed_with_its_reason(editor: Client, recorded: Town) -> None:
    (row,) = choose(recorded, 1)
    editor.post(address("remove_commemoration", row.pk), {"reason": "No era nuestra"})
    entry = Entry.objects.of(recorded.institution).order_by("-sequence")[0]
    assert (entry.action, entry.before["name"], entry.after) == ("delete", row.name, {"reason": "No era nuestra"})


def test_who_only_reads_sees_it_and_chooses_nothing(client: Client, recorded: Town, neighbour: Town) -> None:
    (row,) = choose(recorded, 1)
    client.force_login(recorded.people[Role.APPROVER])
    assert "Elegir Día" not in client.get(address("calendar")).content.decode()
    assert client.post(address("choose_day"), {"code": "corrupcion"}).status_code == 403
    client.force_login(neighbour.people[Role.EDITOR])
    assert client.get(address("commemoration", row.pk)).status_code == 404
    assert row.name not in client.get(address("calendar")).content.decode()
    assert row.name not in client.get(address("calendar_ics")).content.decode()
