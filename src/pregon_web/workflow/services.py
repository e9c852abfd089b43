"""Writes of the requests: each atomic, with its entry in the journal. A request is never edited away.

What is dated today belongs to today's quarter: a request that was asked in a closed quarter can still move, but its
day, kind and office, which that quarter's figures rest on, cannot change any more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from pregon.figures.spanish import print_date
from pregon_web.accounts.models import Institution, Office, Person
from pregon_web.accounts.selectors import Access
from pregon_web.journal.rows import name_subject, snapshot
from pregon_web.journal.services import Noted, record_changes
from pregon_web.ledger.evidence import Upload
from pregon_web.ledger.models import quarter_of
from pregon_web.ledger.selectors import next_reference
from pregon_web.ledger.services import BadRecord, change_record, hold_institution, require_open
from pregon_web.workflow.deadlines import due_of
from pregon_web.workflow.defaults import STARTING_KINDS
from pregon_web.workflow.files import keep_files, look_at_files
from pregon_web.workflow.models import Deadline, Kind, Move, Priority, ServiceRequest, State
from pregon_web.workflow.selectors import (
    OPEN,
    closure_days_of,
    kinds_of,
    references_of,
    request_for,
    terms_of,
    workers_of,
)
from pregon_web.workflow.transitions import days_after, step_between

FIGURES_REST_ON: Final = ("asked_on", "kind_id", "office_id")
"""What the figures of the quarter in which it was asked rest on."""


@transaction.atomic
def ensure_defaults(institution: Institution) -> None:
    """Give an institution that has no kind of request the usual ones with their terms. Doing it twice changes nothing.

    They are its rows from then on: its administrators change them, and nothing brings them back.
    """
    if kinds_of(institution).exists():
        return
    hold_institution(institution)
    if kinds_of(institution).exists():
        return
    kinds = [
        Kind(institution=institution, name=each.name, counts_as=each.counts_as.value, position=place)
        for place, each in enumerate(STARTING_KINDS)
    ]
    kept = Kind.objects.bulk_create(kinds)
    terms = [
        Deadline(institution=institution, kind=kind, priority=priority.value, business_days=days)
        for kind, each in zip(kept, STARTING_KINDS, strict=True)
        for priority, days in each.terms.items()
    ]
    rows = [*kept, *Deadline.objects.bulk_create(terms)]
    noted = [Noted("create", name_subject(row), after=snapshot(row)) for row in rows]
    record_changes(institution=institution, person=None, changes=noted)


def receive_request(  # noqa: PLR0913 - the apps above agreed on it, by name
    *,
    access: Access | None,
    institution: Institution,
    kind: Kind,
    title: str,
    office: Office | None,
    fields: Mapping[str, Any],
    files: Sequence[Upload] = (),
    on: date | None = None,
    person: Person | None = None,
) -> ServiceRequest:
    """Take a request under the next number of its year, «SOL-2025-001», with the date that its table gives.

    `fields` are the row's own: purpose, brief, wished_on, priority, priority_reason, requester, requester_name,
    requester_email, origin, campaign, assignee. `on` is the day it was asked, today unless told. Without `access`
    nobody is signed in: `person` is then who is known to have written it, if anybody is.

    Raises:
        BadRecord: an urgent one without its reason, a day to come, or a file that is not kept.
        ClosedPeriod: it was asked in a quarter that is closed.
    """
    day = on or timezone.localdate()
    rows = look_at_files(files)
    with transaction.atomic():
        ensure_defaults(institution)
        require_open(institution, [quarter_of(day)])
        request = ServiceRequest(
            institution=institution,
            period=quarter_of(day),
            kind=kind,
            title=title,
            office=office,
            asked_on=day,
            state=State.RECEIVED,
            state_on=day,
            **fields,
        )
        _require_sense(request)
        request.reference = next_reference(references_of(institution), f"SOL-{day.year}-", 3)
        request.due = _work_out(request)
        request.save(force_insert=True)
        author = access.person if access else person
        noted = [
            Noted("create", name_subject(request), after=snapshot(request)),
            _note_move(request, "", request.state, day, author, ""),
            *keep_files(request, files, rows),
        ]
        record_changes(institution=institution, person=author, changes=noted)
    return request


@transaction.atomic
def move_request(
    *,
    access: Access,
    request: ServiceRequest,
    to: State,
    note: str = "",
    on: date | None = None,
    version: int | None = None,
) -> ServiceRequest:
    """Take a request to another state on a day, today unless told; what happened before it stays in its moves.

    Raises:
        BadRecord: the move may not be made, lacks its reason, or its day does not fit.
        Conflict: somebody changed it since `version`.
        ClosedPeriod: the day is in a quarter that is closed.
    """
    hold_institution(access.institution)
    day = on or timezone.localdate()
    current = ServiceRequest.objects.of(access.institution).get(pk=request.pk)
    before = State(current.state)
    step = step_between(before, to)
    if step is None:
        raise BadRecord(f"{current.reference} está en «{before.label}»: de ahí no pasa a «{to.label}».")
    if step.asks_why and not note.strip():
        raise BadRecord("Escriba por qué: queda en la historia de la solicitud.")
    _require_day(current, to, day)
    require_open(access.institution, [quarter_of(day)])
    approved_on, delivered_on = days_after(to, day, approved_on=current.approved_on, delivered_on=current.delivered_on)
    fields = {"state": to.value, "state_on": day, "approved_on": approved_on, "delivered_on": delivered_on}
    moved = change_record(access=access, row=current, fields=fields, version=version, action="move", also_closed=True)
    noted = _note_move(moved, before, to, day, access.person, note.strip())
    record_changes(institution=access.institution, person=access.person, changes=[noted])
    return moved


@transaction.atomic
def agree_date(
    *, access: Access, request: ServiceRequest, on: date | None, reason: str, version: int | None = None
) -> ServiceRequest:
    """Agree on another date than the table's, with the reason; None goes back to the table's.

    Raises BadRecord without a reason, for a day before it was asked, or once nothing is owed; Conflict; ClosedPeriod.
    """
    current = ServiceRequest.objects.of(access.institution).get(pk=request.pk)
    if current.state not in OPEN:
        raise BadRecord(f"{current.reference} ya está en «{current.get_state_display()}»: su fecha no cambia.")
    if not reason.strip():
        raise BadRecord("Escriba por qué se acordó otra fecha.")
    if on is not None and on < current.asked_on:
        raise BadRecord(f"Se pidió el {print_date(current.asked_on)}: acuerde ese día o uno posterior.")
    require_open(access.institution, [quarter_of(timezone.localdate())])
    fields = {"agreed_on": on, "agreed_reason": reason.strip()}
    return change_record(access=access, row=current, fields=fields, version=version, action="agree", also_closed=True)


@transaction.atomic
def assign_request(
    *, access: Access, request: ServiceRequest, to: Person | None, version: int | None = None
) -> ServiceRequest:
    """Give a request to somebody who writes in the institution, or to nobody. Raises BadRecord, Conflict."""
    if to is not None and not workers_of(access).filter(pk=to.pk).exists():
        raise BadRecord(f"{to.name} no redacta en esta entidad.")
    return change_record(
        access=access, row=request, fields={"assignee": to}, version=version, action="assign", also_closed=True
    )


@transaction.atomic
def mend_request(
    *, access: Access, request: ServiceRequest, fields: Mapping[str, Any], version: int | None = None
) -> ServiceRequest:
    """Mend what was written of a request. Its date is worked out again where what it rests on changes.

    Raises:
        BadRecord: an urgent one without its reason, or a day that does not fit.
        Conflict: somebody changed it since `version`.
        ClosedPeriod: its day, kind or office changes and its quarter is closed.
    """
    was = ServiceRequest.objects.of(access.institution).get(pk=request.pk)
    now = ServiceRequest.objects.of(access.institution).get(pk=request.pk)
    for name, value in fields.items():
        setattr(now, name, value)
    _require_sense(now)
    told = dict(fields)
    if _differ(was, now, ("asked_on", "kind_id", "priority")):
        told["due"] = _work_out(now)
    if now.asked_on != was.asked_on:
        told["period"] = quarter_of(now.asked_on)
        if was.state == State.RECEIVED:
            told["state_on"] = now.asked_on
        elif was.state_on is not None and was.state_on < now.asked_on:
            raise BadRecord(f"El {print_date(was.state_on)} ya se estaba trabajando: no se pudo pedir después.")
    rests = _differ(was, now, FIGURES_REST_ON)
    return change_record(access=access, row=request, fields=told, version=version, also_closed=not rests)


def _differ(was: ServiceRequest, now: ServiceRequest, names: Sequence[str]) -> bool:
    return any(getattr(was, name) != getattr(now, name) for name in names)


def add_files(*, access: Access, request: ServiceRequest, files: Sequence[Upload]) -> None:
    """Keep more files with a request. Raises BadRecord."""
    rows = look_at_files(files)
    with transaction.atomic():
        hold_institution(access.institution)
        current = request_for(access, request.pk)
        noted = keep_files(current, files, rows)
        record_changes(institution=access.institution, person=access.person, changes=noted)


def _require_sense(request: ServiceRequest) -> None:
    """Raise BadRecord for a request that cannot be as it says."""
    if request.priority == Priority.URGENT and not request.priority_reason.strip():
        raise BadRecord("Escriba por qué es urgente: una urgencia se hace el mismo día y deja esperando a otras.")
    if request.asked_on > timezone.localdate():
        raise BadRecord(f"El {print_date(request.asked_on)} no ha llegado: escriba el día en que se pidió.")
    if request.wished_on is not None and request.wished_on < request.asked_on:
        raise BadRecord(f"La quieren para antes de pedirla ({print_date(request.asked_on)}). Revise las dos fechas.")


def _require_day(request: ServiceRequest, to: State, day: date) -> None:
    """Raise BadRecord where a move cannot have been made that day. What was published may have come out before it was
    approved: that happens, and is seen.
    """
    if day > timezone.localdate():
        raise BadRecord(f"El {print_date(day)} no ha llegado: escriba el día en que pasó.")
    if day < request.asked_on:
        raise BadRecord(f"{request.reference} se pidió el {print_date(request.asked_on)}: no pudo pasar antes.")
    since = request.state_on
    if to not in {State.PUBLISHED, State.DELIVERED} and since is not None and day < since:
        raise BadRecord(
            f"Está en «{request.get_state_display()}» desde el {print_date(since)}: escriba ese día o uno posterior."
        )


def _work_out(request: ServiceRequest) -> date | None:
    institution = request.institution
    due = due_of(
        terms_of(institution),
        request.kind_id,
        request.priority,
        request.asked_on,
        closures=closure_days_of(institution),
    )
    return due.day if due else None


def _note_move(request: ServiceRequest, before: str, after: str, day: date, person: Person | None, note: str) -> Noted:
    """Keep a move, and answer what the journal notes of it."""
    move = Move.objects.create(
        institution=request.institution,
        request=request,
        before=before,
        after=after,
        happened_on=day,
        note=note,
        person=person,
        period=quarter_of(day),
    )
    return Noted("create", name_subject(move), after=snapshot(move))
