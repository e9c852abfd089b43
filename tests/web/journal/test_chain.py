"""The journal: in the same transaction as the change, chained, and a touched row is found."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable

import pytest
from django.db import connection, transaction

from pregon_web.accounts.models import Institution, Office, Role
from pregon_web.accounts.services import add_institution, add_office
from pregon_web.accounts.tenancy import TenantQuerySet
from pregon_web.journal.chain import BrokenLink
from pregon_web.journal.models import Entry, EntryIsFinal, EntryQuerySet
from pregon_web.journal.selectors import EntryFilter, entries_for, verify_chain
from pregon_web.journal.services import OutsideTransaction, record_change
from pregon_web.wall import inside
from tests.web.towns import Town


def note(town: Town, number: int) -> Entry:
    with transaction.atomic():
        return record_change(
            institution=town.institution,
            person=town.people[Role.EDITOR],
            action="update",
            subject=f"tests.thing:{number}",
            before={"valor": number},
            after={"valor": number + 1, "título": "Año nuevo"},
        )


def find_break(town: Town, known_head: str | None = None) -> BrokenLink:
    broken = verify_chain(town.institution, known_head=known_head).broken
    assert broken is not None
    return broken


def rewrite(entry: Entry, **columns: str | None) -> None:
    """Somebody with the database in their hands: past the program, straight on the row."""
    for column, value in columns.items():
        with inside(entry.institution_id), connection.cursor() as cursor:
            cursor.execute(f"UPDATE journal_entry SET {column} = %s WHERE id = %s", [value, entry.pk])  # noqa: S608 - our own names


def test_the_hash_is_of_the_canonical_json_that_anybody_can_make(town: Town) -> None:
    entry = note(town, 7)
    values = {
        "institution": town.institution.pk,
        "sequence": entry.sequence,
        "at": entry.at.strftime("%Y-%m-%dT%H:%M:%S.%f+00:00"),
        "person": town.people[Role.EDITOR].pk,
        "action": "update",
        "subject": "tests.thing:7",
        "before": {"valor": 7},
        "after": {"valor": 8, "título": "Año nuevo"},
        "previous": entry.previous,
    }
    canonical = json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    assert entry.digest == hashlib.sha256(canonical).hexdigest()


def test_an_untouched_chain_holds_whole(town: Town) -> None:
    before = verify_chain(town.institution).length
    last = [note(town, number) for number in range(5)][-1]
    state = verify_chain(town.institution)
    assert (state.length, state.head, state.broken) == (before + 5, last.digest, None)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("action", "delete"),
        ("subject", "tests.thing:99"),
        ("before", '{"valor": 1000}'),
        ("after", "{}"),
        ("at", "2020-01-01 00:00:00"),
        ("person_id", None),
    ],
)
def test_a_touched_row_is_found_and_named(town: Town, column: str, value: str | None) -> None:
    entries = [note(town, number) for number in range(5)]
    rewrite(entries[2], **{column: value})
    broken = find_break(town)
    assert (broken.sequence, broken.problem) == (
        entries[2].sequence,
        f"La anotación {entries[2].sequence} cambió después de escrita.",
    )


def test_a_row_rehashed_after_touching_breaks_at_the_next(town: Town) -> None:
    entries = [note(town, number) for number in range(3)]
    entries[1].after = {"valor": 5}
    rewrite(entries[1], after='{"valor": 5}', digest=entries[1].link().digest())
    broken = find_break(town)
    assert (broken.sequence, broken.problem) == (
        entries[2].sequence,
        f"La anotación {entries[2].sequence} no continúa la anterior.",
    )


def test_a_removed_row_leaves_a_hole(town: Town) -> None:
    entries = [note(town, number) for number in range(3)]
    with inside(town.institution.pk), connection.cursor() as cursor:
        cursor.execute("DELETE FROM journal_entry WHERE id = %s", [entries[1].pk])
    broken = find_break(town)
    assert broken.sequence == entries[1].sequence
    assert broken.problem == f"Falta la anotación {entries[1].sequence}: la que sigue es la {entries[2].sequence}."


def test_entries_cut_from_the_end_are_noticed_by_whoever_kept_the_head(town: Town) -> None:
    entries = [note(town, number) for number in range(3)]
    with inside(town.institution.pk), connection.cursor() as cursor:
        cursor.execute("DELETE FROM journal_entry WHERE id = %s", [entries[2].pk])
    assert verify_chain(town.institution).broken is None
    assert find_break(town, entries[2].digest).sequence == entries[2].sequence
    assert verify_chain(town.institution, known_head=entries[1].digest).broken is None


def test_each_institution_has_its_own_chain(town: Town, neighbour: Town) -> None:
    note(town, 1)
    first = Entry.objects.of(neighbour.institution).order_by("sequence")[0]
    assert (first.sequence, first.previous) == (1, "0" * 64)
    assert {entry.institution_id for entry in entries_for(town.access(), EntryFilter())} == {town.institution.pk}


def test_a_change_and_its_entry_stay_or_go_together(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_self: object, *_: object, **__: object) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(TenantQuerySet, "bulk_create", fail)
    with pytest.raises(RuntimeError, match="the disk is full"):
        add_office(institution=town.institution, name="Derechos Humanos")
    assert not Office.objects.of(town.institution).exists()


@pytest.mark.django_db(transaction=True)
def test_nothing_is_noted_outside_a_transaction() -> None:
    institution = add_institution(name="Sola")
    with pytest.raises(OutsideTransaction):
        record_change(institution=institution, person=None, action="update", subject="tests.thing:1")


def test_an_entry_is_neither_altered_nor_removed_by_the_program(town: Town) -> None:
    entry = note(town, 1)
    with pytest.raises(EntryIsFinal):
        entry.save()
    with pytest.raises(EntryIsFinal):
        entry.delete()
    assert verify_chain(town.institution).broken is None


@pytest.mark.parametrize(
    "alter",
    [
        lambda rows, _: rows.update(action="delete"),
        lambda rows, _: rows.delete(),
        lambda rows, entry: rows.bulk_update([entry], ["action"]),
        lambda rows, entry: rows.update_or_create(defaults={"action": "delete"}, sequence=entry.sequence),
        lambda rows, entry: rows.bulk_create(
            [entry], update_conflicts=True, unique_fields=["institution", "sequence"], update_fields=["action"]
        ),
        lambda rows, entry: rows.bulk_create([entry], ignore_conflicts=True),
    ],
    ids=["update", "delete", "bulk update", "update or create", "written over", "left out"],
)
def test_entries_together_are_neither_altered_nor_removed(
    town: Town, alter: Callable[[EntryQuerySet, Entry], object]
) -> None:
    entry = note(town, 1)
    before = list(Entry.objects.of(town.institution).values())
    entry.action = "delete"
    with pytest.raises(EntryIsFinal):
        alter(Entry.objects.of(town.institution), entry)
    assert list(Entry.objects.of(town.institution).values()) == before


def test_what_accounts_changes_is_noted_with_keys_and_no_personal_data(town: Town) -> None:
    entries = Entry.objects.of(town.institution).order_by("sequence")
    assert [entry.action for entry in entries] == ["create"] * (1 + len(Role))
    noted = json.dumps([[entry.before, entry.after] for entry in entries])
    assert not [person.email for person in town.people.values() if person.email in noted]
    assert entries[0].after["name"] == "Personería Municipal de Peñaclara"


def test_an_institution_with_entries_cannot_be_removed(town: Town) -> None:
    from django.db.models import ProtectedError

    with inside(town.institution.pk), pytest.raises(ProtectedError):
        Institution.objects.get(pk=town.institution.pk).delete()
