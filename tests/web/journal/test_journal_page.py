"""The journal in the web: read, filtered, paged, exported, checked."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse

from pregon_web.accounts.models import Role
from pregon_web.accounts.services import add_office
from pregon_web.journal.chain import read_lines, verify_links
from pregon_web.journal.models import Entry
from pregon_web.journal.selectors import EntryFilter, entries_for
from pregon_web.journal.services import record_change
from pregon_web.sheets import csv_lines
from pregon_web.wall import inside
from tests.web.towns import Town


@pytest.fixture
def reviewer(town: Town, client: Client) -> Client:
    client.force_login(town.people[Role.REVIEWER])
    return client


def note(town: Town, number: int, action: str = "update", role: Role = Role.EDITOR) -> Entry:
    with transaction.atomic():
        return record_change(
            institution=town.institution,
            person=town.people[role],
            action=action,
            subject=f"accounts.office:{number}",
            before={"name": "Uno"},
            after={"name": "Dos"},
        )


def text_of(response: HttpResponseBase) -> str:
    assert response.streaming
    return b"".join(response).decode("utf-8")


def numbers(town: Town, asked: EntryFilter) -> list[int]:
    return [entry.sequence for entry in entries_for(town.access(Role.REVIEWER), asked)]


def test_an_entry_is_read_in_words(reviewer: Client, town: Town) -> None:
    entry = note(town, 7)
    page = reviewer.get(reverse("journal")).content.decode()
    assert f'<span class="muted num">{entry.sequence}</span> <span class="strong">Redacta de ' in page
    assert "</span> cambió: dependencia «Dos»</p>" in page
    assert "<dt>nombre</dt><dd>Uno → Dos</dd>" in page


def test_it_is_filtered_by_person_action_subject_and_days(town: Town) -> None:
    mine, closed, other = note(town, 1), note(town, 1, action="close"), note(town, 12, role=Role.APPROVER)
    person = town.people[Role.EDITOR].pk
    day = datetime(2026, 1, 7, 4, 59, tzinfo=UTC)  # still the 6th in Colombia
    with inside(town.institution.pk), connection.cursor() as cursor:
        cursor.execute("UPDATE journal_entry SET at = %s WHERE id = %s", [day, other.pk])
    assert numbers(town, EntryFilter(person=person)) == [closed.sequence, mine.sequence]
    assert numbers(town, EntryFilter(action="close")) == [closed.sequence]
    assert numbers(town, EntryFilter(subject="accounts.office")) == [other.sequence, closed.sequence, mine.sequence]
    assert numbers(town, EntryFilter(subject="accounts.office:1")) == [closed.sequence, mine.sequence]
    local = day.date().replace(day=6)
    assert numbers(town, EntryFilter(since=local, until=local)) == [other.sequence]
    assert numbers(town, EntryFilter(until=local.replace(day=5))) == []


def test_a_filter_that_was_not_there_finds_what_the_page_says(reviewer: Client, town: Town) -> None:
    note(town, 1, action="close")
    page = reviewer.get(reverse("journal"), {"action": "close"}).content.decode()
    assert "<h2>1 anotación</h2>" in page
    nothing = reviewer.get(reverse("journal"), {"until": "2001-01-01"}).content.decode()
    assert "Nada coincide con el filtro" in nothing
    wrong = reviewer.get(reverse("journal"), {"since": "31/11/2025"}).content.decode()
    assert "Escriba día, mes y año. Por ejemplo, 17/10/2025." in wrong


def test_long_journals_are_paged_and_keep_the_filter(reviewer: Client, town: Town) -> None:
    for number in range(60):
        note(town, number, action="close")
    page = reviewer.get(reverse("journal"), {"action": "close", "pagina": "2"}).content.decode()
    assert "Página 2 de 2" in page
    assert page.count("cerró: dependencia") == 10
    assert 'href="?action=close&amp;pagina=1"' in page


@pytest.mark.parametrize("extra", [1, 30])
def test_the_page_costs_the_same_for_many_entries(
    reviewer: Client, town: Town, extra: int, django_assert_num_queries: object
) -> None:
    for number in range(extra):
        note(town, number)
    assert callable(django_assert_num_queries)
    with django_assert_num_queries(14):
        reviewer.get(reverse("journal"))


def test_the_list_is_downloaded_for_a_spreadsheet_and_no_cell_is_a_formula(reviewer: Client, town: Town) -> None:
    editor = town.people[Role.EDITOR]
    editor.name = "=HYPERLINK(1)"
    editor.save()
    entry = note(town, 1, action="close")
    response = reviewer.get(reverse("export_entries"), {"action": "close"})
    assert response["Content-Disposition"].startswith('attachment; filename="bitacora-')
    text = text_of(response)
    assert text.startswith("\ufeff")
    _, row = csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";")
    assert row == [
        str(entry.sequence),
        entry.at.isoformat(timespec="seconds"),
        "'=HYPERLINK(1)",
        "cerró",
        "dependencia 1",
        "nombre: Uno",
        "nombre: Dos",
        entry.digest,
    ]


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+57 300", "'+57 300"),
        ("-x", "'-x"),
        ("@x", "'@x"),
        ("  =x", "'  =x"),
        ("＝x", "'＝x"),
        ("a=b", "a=b"),
        ("", ""),
        (-5, "-5"),
    ],
)
def test_text_that_a_spreadsheet_would_run_is_quoted(value: object, written: str) -> None:
    _, _, line = csv_lines(["h"], [[value, "z"]])
    assert next(csv.reader([line], delimiter=";"))[0] == written


def test_the_chain_is_downloaded_and_checked_elsewhere(reviewer: Client, town: Town) -> None:
    last = note(town, 1)
    lines = text_of(reviewer.get(reverse("export_chain"))).splitlines()
    state = verify_links(read_lines(lines))
    assert (state.length, state.head, state.broken) == (last.sequence, last.digest, None)


def test_the_page_says_whether_the_chain_holds(reviewer: Client, town: Town) -> None:
    entry = note(town, 1)
    note(town, 2)
    page = reviewer.get(reverse("check_journal")).content.decode()
    assert f"= Las {entry.sequence + 1} anotaciones cuadran." in page
    with inside(town.institution.pk), connection.cursor() as cursor:
        cursor.execute("UPDATE journal_entry SET action = 'delete' WHERE id = %s", [entry.pk])
    page = reviewer.get(reverse("check_journal")).content.decode()
    assert f"≠ La cadena se rompe en la anotación {entry.sequence}." in page


def test_nobody_changes_anything_by_looking(reviewer: Client, town: Town) -> None:
    add_office(institution=town.institution, name="Hacienda")
    before = Entry.objects.of(town.institution).count()
    for name in ("journal", "check_journal", "export_entries", "export_chain"):
        reviewer.get(reverse(name))
    assert Entry.objects.of(town.institution).count() == before
