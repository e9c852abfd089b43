"""The lists of who came: seen by few, each taking noted, gone when their time is over while the count stays."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pregon_web import vault
from pregon_web.accounts.models import Role
from pregon_web.journal.models import Entry
from pregon_web.ledger.models import Evidence, PeriodLock
from pregon_web.ledger.services import add_record
from pregon_web.programme.attendance import keep_attendance, keep_until_of, purge_attendance, take_attendance
from pregon_web.programme.models import AttendanceList, Event
from tests.web.records import QUARTER, keep_registro
from tests.web.towns import Town

T4 = str(QUARTER)
PEOPLE = b"Nombre;Documento\nAna de Prueba;1\n"
NEXT_YEAR = timezone.localdate() + timedelta(days=365)


@pytest.fixture
def event(town: Town) -> Event:
    keep_registro(town)
    return Event.objects.of(town.institution).get()


def address(name: str, event: Event) -> str:
    return reverse(name, args=[T4, event.pk])


def bring(client: Client, event: Event, content: bytes = PEOPLE, name: str = "ana.csv", until: date = NEXT_YEAR) -> Any:
    sent = {"attendance": SimpleUploadedFile(name, content), "keep_until": until.isoformat()}
    return client.post(address("attendance", event), sent)


def keep(town: Town, event: Event, folder: Path, until: date, content: bytes = PEOPLE) -> AttendanceList:
    path = folder / "lista.csv"
    path.write_bytes(content)
    return keep_attendance(access=town.access(), event=event, path=path, name="ana.csv", keep_until=until)


def kept(town: Town) -> AttendanceList:
    return AttendanceList.objects.of(town.institution).get()


def is_stored(town: Town, sha256: str) -> bool:
    return vault.path_of(town.institution.pk, sha256).exists()


def last_entry(town: Town) -> Entry:
    return Entry.objects.of(town.institution).order_by("-sequence")[0]


def test_a_list_is_kept_and_taken_as_a_file_by_the_two_who_may(client: Client, town: Town, event: Event) -> None:
    client.force_login(town.people[Role.EDITOR])
    assert bring(client, event).status_code == 302
    for role in Role:
        client.force_login(town.people[role])
        answer = client.post(address("download_attendance", event))
        may = role in {Role.EDITOR, Role.REVIEWER}
        assert answer.status_code == (200 if may else 403)
        if may:
            assert b"".join(answer) == PEOPLE
            assert answer["Content-Disposition"] == 'attachment; filename="ana.csv"'
            assert answer["Content-Type"] == "application/octet-stream"
            assert answer["Cache-Control"] == "private, no-store"
            assert answer["X-Content-Type-Options"] == "nosniff"
        else:
            assert PEOPLE not in answer.content


def test_each_taking_is_noted_with_who(client: Client, town: Town, event: Event) -> None:
    client.force_login(town.people[Role.EDITOR])
    bring(client, event)
    client.force_login(town.people[Role.REVIEWER])
    taken = [b"".join(client.post(address("download_attendance", event))) for _ in range(2)]
    noted = list(Entry.objects.of(town.institution).filter(action="take_attendance"))
    assert taken == [PEOPLE, PEOPLE]
    assert [(entry.person, entry.subject) for entry in noted] == [
        (town.people[Role.REVIEWER], f"programme.event:{event.pk}")
    ] * 2
    assert "Descargó la lista de asistencia" in client.get(reverse("event", args=[T4, event.pk])).content.decode()
    assert client.get(address("download_attendance", event)).status_code == 405


def test_the_journal_names_neither_the_file_nor_who_is_in_it(client: Client, town: Town, event: Event) -> None:
    client.force_login(town.people[Role.EDITOR])
    bring(client, event, name="Ana de Prueba.csv")
    client.post(address("remove_attendance", event), {"reason": "La pidió"})
    told = json.dumps([[entry.before, entry.after] for entry in Entry.objects.of(town.institution)])
    assert "Ana de Prueba" not in told
    assert [entry.action for entry in Entry.objects.of(town.institution).order_by("-sequence")[:2]] == [
        "remove_attendance",
        "attach_attendance",
    ]


def test_its_name_is_for_those_who_may_take_it(client: Client, town: Town, event: Event) -> None:
    client.force_login(town.people[Role.EDITOR])
    bring(client, event, name="Ana de Prueba.csv")
    seen = {}
    for role in (Role.EDITOR, Role.REVIEWER, Role.APPROVER, Role.ADMINISTRATOR):
        client.force_login(town.people[role])
        seen[role] = "Ana de Prueba.csv" in client.get(reverse("event", args=[T4, event.pk])).content.decode()
    assert seen == {Role.EDITOR: True, Role.REVIEWER: True, Role.APPROVER: False, Role.ADMINISTRATOR: False}


@pytest.mark.parametrize(
    ("content", "taken"),
    [
        (b"%PDF-1.7\n", True),
        (b"PK\x03\x04\x14\x00", True),
        (b"\x89PNG\r\n\x1a\n", True),
        (b"\x00\x00\x00\x18ftypheic", True),
        ("Nombre\nÑoño\n".encode("latin-1"), True),
        (b"", False),
        (b" \r\n\t", False),
        (b"<!doctype html><script>alert(1)</script>", False),
        (b"\xef\xbb\xbf<svg xmlns='http://www.w3.org/2000/svg'/>", False),
        (b"MZ\x90\x00\x03", False),
        (b"\x7fELF\x00", False),
    ],
)
def test_a_list_is_told_by_its_content(editor: Client, town: Town, event: Event, content: bytes, taken: bool) -> None:
    answer = bring(editor, event, content)
    assert answer.status_code == (302 if taken else 422)
    assert AttendanceList.objects.of(town.institution).exists() == taken
    if not taken:
        assert "no es una lista de asistencia que podamos guardar" in answer.content.decode()


def test_a_time_that_is_over_and_no_file_are_said(editor: Client, town: Town, event: Event) -> None:
    over = bring(editor, event, until=timezone.localdate())
    assert (over.status_code, "Esa fecha ya pasó." in over.content.decode()) == (422, True)
    nothing = editor.post(address("attendance", event), {"keep_until": NEXT_YEAR.isoformat()})
    assert (nothing.status_code, "Elija un archivo." in nothing.content.decode()) == (422, True)
    PeriodLock.objects.create(institution=town.institution, period=T4)
    closed = bring(editor, event)
    assert (closed.status_code, "está cerrado desde el" in closed.content.decode()) == (422, True)


@pytest.mark.parametrize(
    ("day", "today", "until"),
    [
        (date(2025, 10, 1), date(2025, 10, 2), date(2027, 10, 1)),
        (date(2024, 2, 29), date(2025, 1, 1), date(2026, 2, 28)),
        (date(2021, 5, 4), date(2025, 1, 1), date(2027, 1, 1)),
    ],
)
def test_a_list_is_kept_two_years_unless_somebody_says_otherwise(day: date, today: date, until: date) -> None:
    assert keep_until_of(Event(day=day), today) == until


def test_a_new_list_takes_the_place_of_the_old_one_and_its_file_goes(
    editor: Client, town: Town, event: Event, django_capture_on_commit_callbacks: Any
) -> None:
    bring(editor, event)
    old = kept(town).sha256
    with django_capture_on_commit_callbacks(execute=True):
        bring(editor, event, b"Nombre\nOtra\n")
    assert (is_stored(town, old), is_stored(town, kept(town).sha256)) == (False, True)
    with django_capture_on_commit_callbacks(execute=True):
        bring(editor, event, b"Nombre\nOtra\n")
    assert is_stored(town, kept(town).sha256)


def test_one_is_removed_before_its_time_also_in_a_closed_quarter(
    editor: Client, town: Town, event: Event, django_capture_on_commit_callbacks: Any
) -> None:
    bring(editor, event)
    sha256 = kept(town).sha256
    PeriodLock.objects.create(institution=town.institution, period=T4)
    with django_capture_on_commit_callbacks(execute=True):
        editor.post(address("remove_attendance", event), {"reason": "Lo pidió quien está en ella"})
    event.refresh_from_db()
    assert (AttendanceList.objects.of(town.institution).exists(), is_stored(town, sha256)) == (False, False)
    assert (event.called, event.attended, event.version) == (50, 45, 1)
    assert last_entry(town).after == {"reason": "Lo pidió quien está en ella"}


def test_an_event_that_is_removed_takes_its_list_with_it(
    editor: Client, town: Town, event: Event, django_capture_on_commit_callbacks: Any
) -> None:
    bring(editor, event)
    sha256 = kept(town).sha256
    with django_capture_on_commit_callbacks(execute=True):
        editor.post(address("remove_event", event), {"reason": "Se canceló"})
    assert (Event.objects.of(town.institution).exists(), is_stored(town, sha256)) == (False, False)


def test_when_its_time_is_over_the_file_goes_and_the_count_stays(
    editor: Client, town: Town, event: Event, tmp_path: Path
) -> None:
    row = keep(town, event, tmp_path, date(2026, 3, 31))
    # 31 March in Bogotá still, though it is already 1 April in UTC.
    assert purge_attendance(datetime(2026, 4, 1, 4, 59, tzinfo=UTC)) == 0
    assert is_stored(town, row.sha256)
    now = datetime(2026, 4, 1, 5, 0, tzinfo=UTC)
    assert (purge_attendance(now), purge_attendance(now)) == (1, 0)
    row.refresh_from_db()
    event.refresh_from_db()
    assert (is_stored(town, row.sha256), row.purged_at, row.name) == (False, now, "")
    assert (event.called, event.attended, event.version) == (50, 45, 1)
    entry = last_entry(town)
    assert (entry.action, entry.person, entry.subject) == (
        "purge_attendance",
        None,
        f"programme.event:{event.pk}",
    )
    page = editor.get(reverse("event", args=[T4, event.pk])).content.decode()
    assert "Se cumplió su plazo y se borró el 1 de abril de 2026." in page
    told = editor.post(address("download_attendance", event), follow=True).content.decode()
    assert "Este evento no tiene una lista de asistencia guardada." in told


def test_a_content_that_another_row_names_is_left(town: Town, event: Event, tmp_path: Path) -> None:
    row = keep(town, event, tmp_path, date(2026, 3, 31))
    proof = Evidence(period=T4, reference="EV-1", title="Prueba", sha256=row.sha256, is_stored=True)
    add_record(access=town.access(), row=proof)
    assert purge_attendance(datetime(2026, 6, 1, tzinfo=UTC)) == 1
    assert is_stored(town, row.sha256)


def test_the_same_list_of_two_events_goes_with_the_last_of_them(town: Town, event: Event, tmp_path: Path) -> None:
    other = add_record(
        access=town.access(), row=Event(period=T4, reference="X", day=date(2025, 11, 1), title="Otro evento")
    )
    sha256 = keep(town, event, tmp_path, date(2026, 3, 31)).sha256
    keep(town, other, tmp_path, date(2026, 9, 30))
    assert purge_attendance(datetime(2026, 6, 1, tzinfo=UTC)) == 1
    assert is_stored(town, sha256)
    assert purge_attendance(datetime(2026, 12, 1, tzinfo=UTC)) == 1
    assert not is_stored(town, sha256)


def test_purging_reaches_every_institution_and_only_its_own_files(
    town: Town, neighbour: Town, event: Event, tmp_path: Path
) -> None:
    keep_registro(neighbour)
    theirs = Event.objects.of(neighbour.institution).get()
    sha256 = keep(town, event, tmp_path, date(2026, 3, 31)).sha256
    keep(neighbour, theirs, tmp_path, date(2030, 1, 1))
    assert purge_attendance(datetime(2026, 6, 1, tzinfo=UTC)) == 1
    assert (is_stored(town, sha256), is_stored(neighbour, sha256)) == (False, True)


def test_a_neighbour_gets_nothing(client: Client, town: Town, neighbour: Town, event: Event, tmp_path: Path) -> None:
    keep(town, event, tmp_path, NEXT_YEAR)
    client.force_login(neighbour.people[Role.EDITOR])
    answers = [
        client.post(address(name, event)).status_code
        for name in ("download_attendance", "remove_attendance", "attendance")
    ]
    assert answers == [404, 404, 404]
    assert take_attendance(access=town.access(), event=event)[1].read_bytes() == PEOPLE
