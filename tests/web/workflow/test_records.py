"""Rows of requests as the library's records: which a quarter has, as of when, and a workbook's as rows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import transaction

from pregon.records import indicators, organisation
from pregon.records.dossier import Dossier
from pregon.records.service import RequestKind
from pregon.records.service import ServiceRequest as Told
from pregon_web.accounts.models import Office
from pregon_web.journal.models import Entry
from pregon_web.journal.selectors import verify_chain
from pregon_web.ledger.models import Channel, PeriodLock, Publication
from pregon_web.ledger.services import ClosedPeriod
from pregon_web.quarter.loading import load_dossier
from pregon_web.quarter.selectors import dossier, open_dossier
from pregon_web.workflow.models import (
    Closure,
    Kind,
    Move,
    Piece,
    PiecePublication,
    PieceVersion,
    ServiceRequest,
    State,
)
from pregon_web.workflow.selectors import closures_of, moves_of, requests_of
from pregon_web.workflow.services import agree_date
from tests.web.records import make_dossier
from tests.web.towns import Town
from tests.web.workflow.asking import ask, bring

T3, T4, T1 = "2025-T3", "2025-T4", "2026-T1"


def references(town: Town, period: str) -> list[str]:
    return [each.reference for each in requests_of(town.institution, period)]


def publish(town: Town, request: ServiceRequest, day: date) -> Publication:
    """What came of a request, as the pieces write it."""
    channel = Channel.objects.create(institution=town.institution, code="x", name="X", platform="x")
    row = Publication.objects.create(
        institution=town.institution,
        period=T4,
        reference="PUB-2025-0001",
        channel=channel,
        kind="post",
        published_on=day,
        title="Pieza",
    )
    piece = Piece.objects.create(institution=town.institution, request=request, title="Pieza")
    version = PieceVersion.objects.create(institution=town.institution, piece=piece, number=1)
    PiecePublication.objects.create(institution=town.institution, version=version, publication=row, channel=channel)
    return row


# --- which ------------------------------------------------------------------------------------------------------------


def test_a_quarter_has_what_was_asked_delivered_or_cancelled_in_it_and_what_was_open_and_due(town: Town) -> None:
    asked_before = date(2025, 9, 25)
    bring(town, ask(town, "Entregada en T3", on=asked_before), (State.DELIVERED, date(2025, 9, 30)))
    bring(town, ask(town, "Entregada en T4", on=asked_before), (State.DELIVERED, date(2025, 10, 1)))
    bring(town, ask(town, "Cancelada en T4", on=asked_before), (State.CANCELLED, date(2025, 10, 2)))
    bring(town, ask(town, "Cancelada en T3", on=asked_before), (State.CANCELLED, date(2025, 9, 26)))
    ask(town, "Abierta y vencida en T3", on=asked_before)
    later = ask(town, "Abierta, acordada para enero", on=asked_before)
    agree_date(access=town.access(), request=later, on=date(2026, 1, 9), reason="La entregan en enero")
    bring(town, ask(town, "Pedida en T4", on=date(2025, 12, 30)), (State.DELIVERED, date(2026, 1, 2)))
    assert references(town, T3) == [f"SOL-2025-00{number}" for number in (1, 2, 3, 4, 5, 6)]
    assert references(town, T4) == [f"SOL-2025-00{number}" for number in (2, 3, 5, 7)]
    assert references(town, T1) == [f"SOL-2025-00{number}" for number in (5, 6, 7)]


def test_they_are_told_as_they_were_on_the_last_day_of_the_quarter(town: Town) -> None:
    request = bring(town, ask(town, on=date(2025, 12, 29)), (State.DELIVERED, date(2026, 1, 5)))
    (in_t4,), (in_t1,) = requests_of(town.institution, T4), requests_of(town.institution, T1)
    assert (in_t4.delivered_on, in_t1.delivered_on) == (None, date(2026, 1, 5))
    assert requests_of(town.institution, T4, whole=True)[0].delivered_on == date(2026, 1, 5)
    bring(town, request, (State.RETURNED, date(2026, 1, 7)), (State.CANCELLED, date(2026, 1, 8)))
    (in_t4,), (in_t1,) = requests_of(town.institution, T4), requests_of(town.institution, T1)
    assert (in_t4.cancelled_on, in_t1.cancelled_on) == (None, date(2026, 1, 8))


def test_each_is_the_record_of_the_library_field_by_field(town: Town) -> None:
    office = Office.objects.create(institution=town.institution, name="Derechos Humanos")
    request = ask(town, "Afiche", office=office, on=date(2025, 12, 1))
    agree_date(access=town.access(), request=request, on=date(2025, 12, 12), reason="Faltan fotos")
    steps = (
        (State.IN_REVIEW, date(2025, 12, 2)),
        (State.RETURNED, date(2025, 12, 3)),  # before any approval: not counted
        (State.IN_REVIEW, date(2025, 12, 4)),
        (State.APPROVED, date(2025, 12, 4)),
        (State.RETURNED, date(2025, 12, 5)),
        (State.IN_REVIEW, date(2025, 12, 9)),
        (State.APPROVED, date(2025, 12, 10)),
        (State.PUBLISHED, date(2025, 12, 11)),
    )
    bring(town, request, *steps)
    publish(town, request, date(2025, 12, 11))
    assert requests_of(town.institution, T4) == (
        Told(
            reference="SOL-2025-001",
            kind=RequestKind.DESIGN,
            office="Derechos Humanos",
            title="Afiche",
            asked_on=date(2025, 12, 1),
            due=date(2025, 12, 12),
            delivered_on=date(2025, 12, 11),
            approved_on=date(2025, 12, 10),
            published="PUB-2025-0001",
            returned=1,
        ),
    )


def test_two_that_workbooks_numbered_alike_are_told_apart(town: Town) -> None:
    first, second = ask(town, on=date(2025, 9, 29)), ask(town, on=date(2025, 10, 1))
    for row in (first, second):
        ServiceRequest.objects.of(town.institution).filter(pk=row.pk).update(reference="S-001")
    assert references(town, T4) == ["S-001 (2025-T3)", "S-001"]


def test_the_closures_of_a_quarter_are_those_its_requests_may_pass_over(town: Town) -> None:
    days = (date(2025, 9, 24), date(2025, 9, 26), date(2025, 12, 24), date(2026, 1, 2))
    for day in days:
        Closure.objects.create(institution=town.institution, day=day, reason="Descanso")
    assert [each.day for each in closures_of(town.institution, T4)] == [days[2]]
    ask(town, on=date(2025, 9, 25))
    assert closures_of(town.institution, T4) == tuple(organisation.Closure(day, "Descanso") for day in days[1:3])


def test_one_published_on_time_moves_the_on_time_indicator_by_exactly_one(town: Town) -> None:
    bring(town, ask(town, "Tarde", on=date(2025, 12, 1)), (State.DELIVERED, date(2025, 12, 10)))
    request = ask(town, "A tiempo", on=date(2025, 12, 1))
    before = dossier(town.institution, T4)
    assert before is not None
    bring(town, request, (State.DELIVERED, date(2025, 12, 4)))
    after = dossier(town.institution, T4)
    assert after is not None
    told = [indicators.timeliness(each) for each in (before, after)]
    counted = [(each.numerator.value, each.denominator.value) for each in told if each.numerator and each.denominator]
    assert counted == [(Decimal(0), Decimal(1)), (Decimal(1), Decimal(2))]


# --- a workbook -------------------------------------------------------------------------------------------------------


def book(town: Town, *requests: Told) -> Dossier:
    return replace(make_dossier(town.institution.name), requests=requests)


def load(town: Town, new: Dossier, base: Dossier | None = None) -> list[str]:
    """Load it; answer what collided."""
    now = open_dossier(town.institution, str(new.period))
    with transaction.atomic():
        merges = load_dossier(access=town.access(), base=base, new=new, now=now)
    return [told for merge in merges for told in merge.collisions]


DONE = Told(
    "S-1",
    RequestKind.COVERAGE,
    "Derechos Humanos",
    "Feria",
    date(2025, 10, 1),
    date(2025, 10, 6),
    delivered_on=date(2025, 10, 3),
)
OPEN = Told("S-2", RequestKind.DESIGN, "", "Afiche", date(2025, 12, 24), date(2025, 12, 30))


def row(town: Town, reference: str) -> ServiceRequest:
    return ServiceRequest.objects.of(town.institution).select_related("kind", "office").get(reference=reference)


def test_a_workbooks_requests_become_rows_in_the_state_that_their_dates_prove(town: Town) -> None:
    load(town, book(town, DONE, OPEN))
    done, still = row(town, "S-1"), row(town, "S-2")
    assert (done.state, done.state_on, done.delivered_on, done.origin, done.kind.name) == (
        State.DELIVERED,
        date(2025, 10, 3),
        date(2025, 10, 3),
        "workbook",
        "Acompañamiento de evento",
    )
    assert (still.state, still.due, still.office) == (State.RECEIVED, date(2025, 12, 30), None)
    assert [(move.after, move.happened_on) for move in moves_of(done)] == [
        ("received", date(2025, 10, 1)),
        ("delivered", date(2025, 10, 3)),
    ]
    assert open_dossier(town.institution, T4).requests == (DONE, OPEN)
    assert verify_chain(town.institution).broken is None


def test_the_same_workbook_again_writes_nothing(town: Town) -> None:
    load(town, book(town, DONE, OPEN))
    written = Entry.objects.of(town.institution).count()
    load(town, book(town, DONE, OPEN), base=book(town, DONE, OPEN))
    load(town, book(town, DONE, OPEN))
    assert Entry.objects.of(town.institution).count() == written


def test_what_only_the_workbook_changed_is_taken_with_its_move(town: Town) -> None:
    load(town, book(town, DONE, OPEN))
    changed = replace(OPEN, delivered_on=date(2025, 12, 29), due=date(2025, 12, 31), title="Afiche grande")
    assert load(town, book(town, DONE, changed), base=book(town, DONE, OPEN)) == []
    assert open_dossier(town.institution, T4).requests == (DONE, changed)
    assert [(move.before, move.after, move.note) for move in moves_of(row(town, "S-2"))][-1] == (
        "received",
        "delivered",
        "El registro de Excel",
    )
    # And back: it was not delivered after all.
    assert load(town, book(town, DONE, OPEN), base=book(town, DONE, changed)) == []
    assert open_dossier(town.institution, T4).requests == (DONE, OPEN)
    assert row(town, "S-2").state == State.IN_PROGRESS


def test_what_the_office_did_since_stays_and_a_collision_is_told(town: Town) -> None:
    load(town, book(town, DONE, OPEN))
    bring(town, row(town, "S-2"), (State.IN_PROGRESS, date(2025, 12, 26)), (State.DELIVERED, date(2025, 12, 29)))
    other = replace(DONE, title="Feria del centro")
    assert load(town, book(town, other, OPEN), base=book(town, DONE, OPEN)) == []
    assert [each.delivered_on for each in open_dossier(town.institution, T4).requests] == [
        date(2025, 10, 3),
        date(2025, 12, 29),
    ]
    told = load(town, book(town, other, replace(OPEN, title="Otro")), base=book(town, other, OPEN))
    assert told == ["solicitud «Otro»: cambió en la oficina y en el libro; quedó la del libro."]


def test_what_happened_after_the_quarter_is_no_collision(town: Town) -> None:
    load(town, book(town, OPEN))
    bring(town, row(town, "S-2"), (State.DELIVERED, date(2026, 1, 5)))
    assert open_dossier(town.institution, T4).requests == (OPEN,)
    late = replace(OPEN, delivered_on=date(2026, 1, 5))
    assert load(town, book(town, late), base=book(town, OPEN)) == []
    assert row(town, "S-2").version == 2  # it said so already


def test_what_the_workbook_no_longer_holds_goes_only_if_nobody_worked_on_it(town: Town) -> None:
    load(town, book(town, DONE, OPEN))
    load(town, book(town, OPEN), base=book(town, DONE, OPEN))
    assert [each.reference for each in ServiceRequest.objects.of(town.institution)] == ["S-2"]
    bring(town, row(town, "S-2"), (State.IN_PROGRESS, date(2025, 12, 26)))
    load(town, book(town), base=book(town, OPEN))
    kept = row(town, "S-2")
    assert (kept.state, moves_of(kept)[-1].note) == (State.CANCELLED, "El registro de Excel ya no la trae")


def test_one_asked_in_an_earlier_quarter_belongs_to_it_unless_that_is_closed(town: Town) -> None:
    early = replace(DONE, asked_on=date(2025, 9, 29))
    load(town, book(town, early))
    assert row(town, "S-1").period == T3
    PeriodLock.objects.create(institution=town.institution, period=T3)
    load(town, book(town, early, replace(OPEN, asked_on=date(2025, 9, 30))), base=book(town, early))
    assert row(town, "S-2").period == T4
    changed = replace(early, delivered_on=date(2025, 10, 7))
    load(town, book(town, changed), base=book(town, early))
    assert row(town, "S-1").delivered_on == date(2025, 10, 7)
    with pytest.raises(ClosedPeriod):
        load(town, book(town, replace(changed, office="")), base=book(town, changed))


def test_a_request_of_the_office_keeps_its_kind_and_its_term_when_a_workbook_names_it(town: Town) -> None:
    request = ask(town, "Afiche", on=date(2025, 12, 1))
    Kind.objects.of(town.institution).filter(pk=request.kind_id).update(name="Cartel")
    (told,) = requests_of(town.institution, T4)
    load(town, book(town, replace(told, due=date(2025, 12, 9))), base=book(town, told))
    request.refresh_from_db()
    assert (request.due, request.agreed_on, request.agreed_reason) == (
        date(2025, 12, 4),
        date(2025, 12, 9),
        "La fecha del registro de Excel",
    )
    assert Kind.objects.of(town.institution).get(pk=request.kind_id).name == "Cartel"


def test_a_kind_that_the_institution_does_not_have_is_made(town: Town) -> None:
    load(town, book(town, DONE))
    Kind.objects.of(town.institution).filter(counts_as="design").update(counts_as="other")
    load(town, book(town, DONE, OPEN), base=book(town, DONE))
    assert row(town, "S-2").kind.counts_as == "design"


def test_a_workbooks_closures_become_rows_and_go_with_it(town: Town) -> None:
    day = organisation.Closure(date(2025, 12, 24), "Descanso")
    load(town, replace(book(town), closures=(day,)))
    assert closures_of(town.institution, T4) == (day,)
    renamed = replace(day, reason="Descanso compartido")
    load(town, replace(book(town), closures=(renamed,)), base=replace(book(town), closures=(day,)))
    assert closures_of(town.institution, T4) == (renamed,)
    load(town, book(town), base=replace(book(town), closures=(renamed,)))
    assert closures_of(town.institution, T4) == ()


def test_every_move_has_its_entry(town: Town) -> None:
    load(town, book(town, DONE, OPEN))
    bring(town, row(town, "S-2"), (State.CANCELLED, date(2025, 12, 26)))
    noted = Entry.objects.of(town.institution).filter(subject__startswith="workflow.move:").count()
    assert noted == Move.objects.of(town.institution).count() == 4
