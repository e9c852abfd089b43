"""A workbook's records become rows, and the rows give back the same dossier; what the office did since is not lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from django.db import transaction

import pregon
from pregon.figures.amount import Amount
from pregon.records.dossier import Dossier
from pregon.records.organisation import Platform
from pregon_web.accounts.models import Institution
from pregon_web.journal.models import Entry
from pregon_web.journal.selectors import verify_chain
from pregon_web.ledger.merging import Merge
from pregon_web.ledger.models import Observation, Publication
from pregon_web.ledger.services import change_record, record_observations
from pregon_web.quarter.loading import load_dossier
from pregon_web.quarter.selectors import open_dossier
from tests.web.records import QUARTER, make_dossier
from tests.web.towns import Town

T4 = str(QUARTER)
EXAMPLES = Path(__file__).parents[3] / "examples"


def load(town: Town, new: Dossier, base: Dossier | None = None) -> tuple[Merge, ...]:
    now = open_dossier(town.institution, str(new.period))
    with transaction.atomic():
        return load_dossier(access=town.access(), base=base, new=new, now=now)


@pytest.mark.parametrize("name", ["2024-T4", "2025-T3", "2025-T4"])
def test_the_rows_of_a_workbook_give_back_its_dossier(town: Town, name: str) -> None:
    Institution.objects.filter(pk=town.institution.pk).update(name="Personería Municipal de Peñaclara")
    dossier = pregon.load_registro(EXAMPLES / f"registro-{name}.xlsx")
    town.institution.refresh_from_db()
    load(town, dossier)
    assert open_dossier(town.institution, name) == dossier
    assert verify_chain(town.institution).broken is None


def test_the_three_quarters_stand_beside_each_other(town: Town) -> None:
    names = ("2024-T4", "2025-T3", "2025-T4")
    dossiers = [pregon.load_registro(EXAMPLES / f"registro-{name}.xlsx") for name in names]
    for dossier in dossiers:
        load(town, dossier)
    assert [open_dossier(town.institution, name) for name in names] == dossiers


def test_the_same_workbook_again_writes_nothing(town: Town) -> None:
    book = make_dossier(town.institution.name)
    load(town, book)
    written = Entry.objects.of(town.institution).count()
    assert all(merge.is_empty for merge in load(town, book, base=book))
    assert Entry.objects.of(town.institution).count() == written


def test_what_the_office_recorded_since_stays(town: Town) -> None:
    book = make_dossier(town.institution.name)
    load(town, book)
    title = Publication.objects.of(town.institution).order_by("pk")[0]
    change_record(access=town.access(), row=title, fields={"title": "Mejor dicho"})
    changed = replace(book, events=(replace(book.events[0], attended=46),))
    load(town, changed, base=book)
    now = open_dossier(town.institution, T4)
    assert (now.publications[0].title, now.events[0].attended) == ("Mejor dicho", 46)


def test_what_both_changed_is_taken_from_the_workbook_and_told(town: Town) -> None:
    book = make_dossier(town.institution.name)
    load(town, book)
    row = Publication.objects.of(town.institution).order_by("pk")[0]
    change_record(access=town.access(), row=row, fields={"title": "De la oficina"})
    first, *rest = book.publications
    merges = load(town, replace(book, publications=(replace(first, title="Del libro"), *rest)), base=book)
    assert open_dossier(town.institution, T4).publications[0].title == "Del libro"
    assert [told for merge in merges for told in merge.collisions] == [
        "publicación «Del libro»: cambió en la oficina y en el libro; quedó la del libro."
    ]


def test_what_the_workbook_no_longer_holds_is_removed_only_if_it_held_it(town: Town) -> None:
    book = make_dossier(town.institution.name)
    load(town, book)
    load(town, replace(book, events=(), campaigns=()), base=None)
    assert len(open_dossier(town.institution, T4).events) == 1
    load(town, replace(book, events=(), observations=book.observations[1:]), base=book)
    now = open_dossier(town.institution, T4)
    assert (now.events, len(now.observations)) == ((), len(book.observations) - 1)


def test_a_value_supersedes_the_one_before_it_and_both_stay(town: Town) -> None:
    book = make_dossier(town.institution.name)
    load(town, book)
    first = book.observations[0]
    record_observations(
        access=town.access(),
        period=T4,
        observations=[replace(first, amount=Amount.exact(34812))],
        reason="Matomo lo corrigió",
    )
    rows = Observation.objects.of(town.institution).filter(metric="visits", measured="2025-10").order_by("pk")
    assert [(int(row.value or 0), row.is_current, row.reason) for row in rows] == [
        (34811, False, ""),
        (34812, True, "Matomo lo corrigió"),
    ]
    assert rows[1].supersedes_id == rows[0].pk


def test_channels_of_the_workbook_are_in_its_order(town: Town) -> None:
    load(town, make_dossier(town.institution.name))
    channels = open_dossier(town.institution, T4).channels
    assert [channel.platform for channel in channels] == [
        Platform.WEBSITE, Platform.FACEBOOK, Platform.INSTAGRAM, Platform.X, Platform.WHATSAPP,
    ]  # fmt: skip


def test_a_campaign_keeps_its_channels_products_and_dates(town: Town) -> None:
    book = make_dossier(town.institution.name)
    load(town, book)
    moved = replace(book.campaigns[0], end=date(2025, 12, 1), channels=("ig", "fb"))
    load(town, replace(book, campaigns=(moved,)), base=book)
    assert open_dossier(town.institution, T4).campaigns == (moved,)
