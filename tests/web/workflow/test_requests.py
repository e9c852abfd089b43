"""Requests: received with their date, moved, mended, agreed, given to somebody; never edited away."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from pregon_web.accounts.models import Office, Role
from pregon_web.journal.models import Entry
from pregon_web.journal.rows import name_subject
from pregon_web.ledger.models import PeriodLock
from pregon_web.ledger.services import BadRecord, ClosedPeriod, Conflict
from pregon_web.workflow.models import Closure, Deadline, Kind, Priority, ServiceRequest, State
from pregon_web.workflow.selectors import moves_of
from pregon_web.workflow.services import (
    agree_date,
    assign_request,
    ensure_defaults,
    mend_request,
    move_request,
    receive_request,
)
from pregon_web.workflow.transitions import STEPS
from tests.web.towns import Town
from tests.web.workflow.asking import ASKED, ask, kind


def actions(request: ServiceRequest) -> list[str]:
    rows = Entry.objects.of(request.institution_id).filter(subject=name_subject(request))
    return [row.action for row in rows.order_by("sequence")]


def test_a_new_institution_starts_with_the_usual_kinds_and_terms_as_rows(town: Town, neighbour: Town) -> None:
    ensure_defaults(town.institution)
    ensure_defaults(town.institution)
    kinds = Kind.objects.of(town.institution).order_by("position")
    assert [(row.name, row.counts_as) for row in kinds] == [
        ("Pieza gráfica", "design"),
        ("Acompañamiento de evento", "coverage"),
        ("Noticia", "news"),
        ("Video", "video"),
        ("Publicación", "publication"),
        ("Fondo de pantalla", "wallpaper"),
        ("Otra", "other"),
    ]
    terms = Deadline.objects.of(town.institution).select_related("kind").order_by("kind__position", "pk")
    assert [
        (row.kind.name, row.priority, row.business_days) for row in terms if row.kind.name in {"Video", "Otra"}
    ] == [
        ("Video", "normal", 8),
        ("Video", "high", 4),
        ("Video", "urgent", 0),
        ("Otra", "normal", 5),
        ("Otra", "high", 3),
        ("Otra", "urgent", 0),
    ]
    assert [row.business_days for row in terms if row.priority == "normal"] == [3, 3, 2, 8, 2, 3, 5]
    assert Kind.objects.of(neighbour.institution).count() == 0


def test_a_request_is_received_with_its_number_and_its_date(town: Town) -> None:
    first, second = ask(town), ask(town, on=date(2025, 12, 10), priority=Priority.HIGH)
    assert (first.reference, first.period, first.state, first.due) == (
        "SOL-2025-001",
        "2025-T4",
        State.RECEIVED,
        date(2025, 12, 11),
    )
    assert (second.reference, second.due) == ("SOL-2025-002", date(2025, 12, 12))
    assert ask(town, on=date(2026, 1, 9)).reference == "SOL-2026-001"
    assert actions(first) == ["create"]
    assert [(move.before, move.after, move.happened_on) for move in moves_of(first)] == [("", "received", ASKED)]


def test_who_has_no_user_asks_too(town: Town) -> None:
    request = receive_request(
        access=None,
        institution=town.institution,
        kind=kind(town),
        title="Afiche",
        office=None,
        fields={"requester_name": "Sandra Yepes", "requester_email": "sandra@example.org", "origin": "form"},
        on=ASKED,
    )
    assert (request.requester_name, request.requester, moves_of(request)[0].person) == ("Sandra Yepes", None, None)


def test_the_institutions_own_table_and_closures_decide(town: Town) -> None:
    Deadline.objects.of(town.institution).filter(kind=kind(town), priority="normal").update(business_days=1)
    Closure.objects.create(institution=town.institution, day=date(2025, 12, 9), reason="Día del municipio")
    assert ask(town).due == date(2025, 12, 10)
    Deadline.objects.of(town.institution).filter(kind=kind(town)).delete()
    assert ask(town).due is None


def test_an_urgent_one_says_why_and_a_day_to_come_is_refused(town: Town) -> None:
    with pytest.raises(BadRecord, match="por qué es urgente"):
        ask(town, priority=Priority.URGENT)
    assert ask(town, priority=Priority.URGENT, priority_reason="Fallo judicial").due == ASKED
    with pytest.raises(BadRecord, match="no ha llegado"):
        ask(town, on=timezone.localdate() + timedelta(days=1))
    with pytest.raises(BadRecord, match="antes de pedirla"):
        ask(town, wished_on=date(2025, 12, 4))


def test_a_closed_quarter_takes_no_request_and_those_it_had_still_move(town: Town) -> None:
    request = ask(town)
    PeriodLock.objects.create(institution=town.institution, period="2025-T4")
    with pytest.raises(ClosedPeriod):
        ask(town)
    with pytest.raises(ClosedPeriod):
        move_request(access=town.access(), request=request, to=State.IN_PROGRESS, on=date(2025, 12, 30))
    moved = move_request(access=town.access(), request=request, to=State.DELIVERED, on=date(2026, 1, 5))
    assert (moved.state, moved.delivered_on, moved.period) == (State.DELIVERED, date(2026, 1, 5), "2025-T4")
    assert moves_of(request)[-1].period == "2026-T1"
    assert mend_request(access=town.access(), request=request, fields={"title": "Otro título"}).title == "Otro título"
    for fields in (
        {"asked_on": date(2025, 12, 6)},
        {"kind": kind(town, "Video")},
        {"office": Office.objects.create(institution=town.institution, name="Otra")},
    ):
        with pytest.raises(ClosedPeriod):
            mend_request(access=town.access(), request=request, fields=fields)


def test_each_move_is_kept_with_its_day_its_note_and_its_entry(town: Town) -> None:
    request = ask(town)
    for to, day, note in (
        (State.IN_PROGRESS, date(2025, 12, 5), ""),
        (State.IN_REVIEW, date(2025, 12, 9), ""),
        (State.RETURNED, date(2025, 12, 9), "Falta el logo"),
        (State.IN_REVIEW, date(2025, 12, 10), ""),
        (State.APPROVED, date(2025, 12, 10), ""),
        (State.PUBLISHED, date(2025, 12, 11), ""),
    ):
        request = move_request(access=town.access(), request=request, to=to, on=day, note=note)
    assert (request.approved_on, request.delivered_on, request.version) == (date(2025, 12, 10), date(2025, 12, 11), 7)
    assert [(move.before, move.after, move.note) for move in moves_of(request)][2:4] == [
        ("in_progress", "in_review", ""),
        ("in_review", "returned", "Falta el logo"),
    ]
    assert actions(request) == ["create", *["move"] * 6]


def test_what_comes_back_is_not_delivered_nor_approved(town: Town) -> None:
    request = ask(town)
    for to in (State.IN_REVIEW, State.APPROVED, State.DELIVERED):
        request = move_request(access=town.access(), request=request, to=to, on=date(2025, 12, 10))
    handed = move_request(access=town.access(), request=request, to=State.PUBLISHED, on=date(2025, 12, 12))
    assert handed.delivered_on == date(2025, 12, 10)
    back = move_request(
        access=town.access(), request=request, to=State.RETURNED, on=date(2025, 12, 15), note="El nombre está mal"
    )
    assert (back.approved_on, back.delivered_on) == (None, None)


def test_a_move_that_may_not_be_made_is_refused_with_a_sentence(town: Town) -> None:
    request, access = ask(town), town.access()
    with pytest.raises(BadRecord, match="SOL-2025-001 está en «Recibida»: de ahí no pasa a «Aprobada»"):
        move_request(access=access, request=request, to=State.APPROVED)
    with pytest.raises(BadRecord, match="Escriba por qué"):
        move_request(access=access, request=request, to=State.CANCELLED, note="  ")
    with pytest.raises(BadRecord, match="no pudo pasar antes"):
        move_request(access=access, request=request, to=State.IN_PROGRESS, on=date(2025, 12, 4))
    with pytest.raises(BadRecord, match="no ha llegado"):
        move_request(access=access, request=request, to=State.IN_PROGRESS, on=timezone.localdate() + timedelta(days=1))
    begun = move_request(access=access, request=request, to=State.IN_PROGRESS, on=date(2025, 12, 9))
    with pytest.raises(BadRecord, match="desde el 9 de diciembre de 2025"):
        move_request(access=access, request=begun, to=State.IN_REVIEW, on=date(2025, 12, 8))
    assert ServiceRequest.objects.of(town.institution).get().state == State.IN_PROGRESS


def test_what_is_published_may_have_come_out_before_it_was_approved(town: Town) -> None:
    request = ask(town)
    for to in (State.IN_REVIEW, State.APPROVED):
        request = move_request(access=town.access(), request=request, to=to, on=date(2025, 12, 12))
    out = move_request(access=town.access(), request=request, to=State.PUBLISHED, on=date(2025, 12, 10))
    assert (out.approved_on, out.delivered_on) == (date(2025, 12, 12), date(2025, 12, 10))


def test_two_who_move_it_at_once_are_told(town: Town) -> None:
    request = ask(town)
    move_request(access=town.access(), request=request, to=State.IN_PROGRESS, on=ASKED, version=1)
    with pytest.raises(Conflict):
        move_request(access=town.access(), request=request, to=State.CANCELLED, on=ASKED, note="Ya no", version=1)
    assert len(moves_of(request)) == 2


def test_mending_works_the_date_out_again_and_nothing_else_moves_it(town: Town) -> None:
    request = ask(town)
    assert mend_request(access=town.access(), request=request, fields={"title": "Pieza"}).due == date(2025, 12, 11)
    mended = mend_request(access=town.access(), request=request, fields={"kind": kind(town, "Video")})
    assert mended.due == date(2025, 12, 18)  # 9, 10, 11, 12, 15, 16, 17, 18
    earlier = mend_request(access=town.access(), request=request, fields={"asked_on": date(2025, 9, 30)})
    assert (earlier.period, earlier.due, earlier.state_on) == (
        "2025-T3",
        date(2025, 10, 10),  # 1, 2, 3, 6, 7, 8, 9, 10
        date(2025, 9, 30),
    )
    with pytest.raises(BadRecord, match="por qué es urgente"):
        mend_request(access=town.access(), request=request, fields={"priority": Priority.URGENT})
    assert actions(request) == ["create", "update", "update", "update"]


def test_another_date_is_agreed_with_its_reason_while_something_is_owed(town: Town) -> None:
    request, access = ask(town), town.access()
    with pytest.raises(BadRecord, match="por qué se acordó"):
        agree_date(access=access, request=request, on=date(2025, 12, 20), reason=" ")
    with pytest.raises(BadRecord, match="posterior"):
        agree_date(access=access, request=request, on=date(2025, 12, 4), reason="Llegaron tarde las fotos")
    agreed = agree_date(access=access, request=request, on=date(2025, 12, 20), reason="Llegaron tarde las fotos")
    assert (agreed.agreed_on, agreed.due) == (date(2025, 12, 20), date(2025, 12, 11))
    move_request(access=access, request=request, to=State.DELIVERED, on=date(2025, 12, 22))
    with pytest.raises(BadRecord, match="su fecha no cambia"):
        agree_date(access=access, request=request, on=date(2025, 12, 22), reason="Que dé a tiempo")
    assert actions(request) == ["create", "agree", "move"]


def test_it_is_given_to_who_writes_in_the_institution(town: Town, neighbour: Town) -> None:
    request = ask(town)
    assert (
        assign_request(access=town.access(), request=request, to=town.people[Role.EDITOR]).assignee
        == (town.people[Role.EDITOR])
    )
    for stranger in (town.people[Role.REVIEWER], neighbour.people[Role.EDITOR]):
        with pytest.raises(BadRecord, match="no redacta"):
            assign_request(access=town.access(), request=request, to=stranger)
    assert assign_request(access=town.access(), request=request, to=None).assignee is None


def test_every_state_can_be_reached_and_none_is_the_end() -> None:
    assert set(STEPS) == set(State)
    assert {step.to for steps in STEPS.values() for step in steps} == set(State) - {State.RECEIVED}
    assert all(STEPS.values())
