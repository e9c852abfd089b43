"""What an entry is about is told by its name, also after it is gone, and never by a neighbour's."""

from __future__ import annotations

from django.db import transaction

from pregon_web.accounts.models import Office, Role
from pregon_web.accounts.services import add_office
from pregon_web.journal.models import Entry
from pregon_web.journal.naming import name_entries
from pregon_web.journal.services import record_change
from tests.web.towns import Town


def note(town: Town, subject: str, before: dict[str, object], after: dict[str, object]) -> Entry:
    with transaction.atomic():
        return record_change(
            institution=town.institution,
            person=town.people[Role.EDITOR],
            action="update",
            subject=subject,
            before=before,
            after=after,
        )


def test_a_row_is_called_as_it_is_now(town: Town) -> None:
    office = add_office(institution=town.institution, name="Derechos Humanos")
    entry = note(town, f"accounts.office:{office.pk}", {"name": "Derechos"}, {"name": "Derechos Humanos"})
    Office.objects.of(town.institution).filter(pk=office.pk).update(name="Delegatura de Derechos Humanos")
    assert name_entries(town.institution, [entry]) == {
        f"accounts.office:{office.pk}": "dependencia «Delegatura de Derechos Humanos»"
    }


def test_one_that_is_gone_is_called_as_it_was_last(town: Town) -> None:
    entries = [
        note(town, "ledger.publication:900", {"title": "Día del Agua", "kind": "post"}, {"reason": "Repetida"}),
        note(town, "ledger.publication:900", {"title": "Dia del agua"}, {"title": "Día del Agua"}),
    ]
    assert name_entries(town.institution, entries) == {"ledger.publication:900": "publicación «Día del Agua»"}


def test_a_number_of_a_neighbour_and_a_kind_that_is_gone_keep_their_number(town: Town, neighbour: Town) -> None:
    office = add_office(institution=neighbour.institution, name="Hacienda")
    entries = [note(town, f"accounts.office:{office.pk}", {}, {}), note(town, "old.thing:3", {}, {})]
    assert name_entries(town.institution, entries) == {
        f"accounts.office:{office.pk}": f"dependencia {office.pk}",
        "old.thing:3": "old.thing 3",
    }


def test_a_long_name_is_cut(town: Town) -> None:
    entry = note(town, "ledger.publication:901", {"title": "a" * 200}, {})
    assert name_entries(town.institution, [entry]) == {"ledger.publication:901": f"publicación «{'a' * 79}…»"}
