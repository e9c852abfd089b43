"""The requests and closures of a workbook become rows. A request that somebody worked on is never taken away by one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from pregon.figures.period import Period
from pregon.figures.spanish import fold
from pregon.records.service import RequestKind
from pregon.records.service import ServiceRequest as Told
from pregon_web.accounts.models import Office
from pregon_web.journal.rows import name_subject, snapshot
from pregon_web.journal.services import Noted, record_changes
from pregon_web.ledger.loading import Loading
from pregon_web.ledger.merging import Family, Merge
from pregon_web.ledger.models import quarter_of
from pregon_web.ledger.selectors import is_closed
from pregon_web.ledger.services import add_record, add_records, change_record, remove_record
from pregon_web.workflow.models import Closure, Kind, Move, Origin, ServiceRequest, State
from pregon_web.workflow.selectors import date_of, kinds_of, request_rows_of
from pregon_web.workflow.services import ensure_defaults
from pregon_web.workflow.wording import tell_counted

WORKFLOW_FAMILIES: tuple[Family, ...] = (
    Family("requests", lambda each: each.reference, "solicitud", "solicitudes", lambda each: each.title),
    Family("closures", lambda each: each.day, "cierre local", "cierres locales", lambda each: each.reason),
)
_FINISHED: Final = (State.PUBLISHED, State.DELIVERED)


class _Known:
    """What the rows of requests name: kinds by how they are counted, offices by their folded names."""

    def __init__(self, work: Loading) -> None:
        ensure_defaults(work.access.institution)
        self._work = work
        self._kinds: dict[str, Kind] = {}
        for kind in kinds_of(work.access.institution).order_by("-is_active", "position", "pk"):
            self._kinds.setdefault(kind.counts_as, kind)
        self._offices = {fold(office.name): office for office in Office.objects.of(work.access.institution)}

    def kind(self, counted: RequestKind) -> Kind:
        """The first kind that is counted so; a new one where the institution has none."""
        if counted.value not in self._kinds:
            row = Kind(name=tell_counted(counted), counts_as=counted.value, position=len(self._kinds))
            self._kinds[counted.value] = add_record(access=self._work.access, row=row)
        return self._kinds[counted.value]

    def office(self, name: str) -> Office | None:
        """The office of that name."""
        return self._offices.get(fold(name)) if name else None


def load_requests(work: Loading, merge: Merge) -> None:
    """Take what a workbook says of the requests into rows. Inside a transaction. Raises ClosedPeriod."""
    known = _Known(work)
    rows = request_rows_of(work.access.institution, work.period)
    elsewhere = {
        (row.period, row.reference): row
        for row in ServiceRequest.objects.of(work.access.institution).filter(
            reference__in=[value.reference for value in merge.added.values()]
        )
    }
    added = []
    for value in merge.added.values():
        there = elsewhere.get((_period_of(work, value), value.reference))
        if there is None:
            added.append(value)
        else:
            _change(work, known, there, value)
    _add(work, known, added)
    for key, value in merge.changed.items():
        _change(work, known, rows[str(key)], value)
    for key in merge.removed:
        _take_away(work, rows[str(key)])


def _period_of(work: Loading, value: Told) -> str:
    """The quarter in which it was asked; the workbook's, where that one is closed and never knew of it."""
    own = quarter_of(value.asked_on)
    return work.period if own != work.period and is_closed(work.access.institution, own) else own


def _add(work: Loading, known: _Known, values: list[Told]) -> None:
    rows = [
        ServiceRequest(
            reference=value.reference,
            period=_period_of(work, value),
            kind=known.kind(value.kind),
            title=value.title,
            office=known.office(value.office),
            origin=Origin.WORKBOOK,
            asked_on=value.asked_on,
            due=value.due,
            **_stand(value, value.asked_on),
        )
        for value in values
    ]
    kept = add_records(access=work.access, rows=rows, action=work.action)
    moves = [_move(work, row, "", State.RECEIVED, row.asked_on) for row in kept]
    moves += [
        _move(work, row, State.RECEIVED, State(row.state), row.state_on or row.asked_on)
        for row in kept
        if row.state != State.RECEIVED
    ]
    _note(work, moves)


def _stand(value: Told, since: date) -> dict[str, Any]:
    """Where a request of a workbook stands, by its dates."""
    state, day = _state_of(value) or (State.RECEIVED, since)
    return {
        "state": state.value,
        "state_on": day,
        "approved_on": value.approved_on,
        "delivered_on": value.delivered_on,
    }


def _state_of(value: Told) -> tuple[State, date] | None:
    """The state that its dates prove, and since when; None where it is open."""
    if value.cancelled_on is not None:
        return State.CANCELLED, value.cancelled_on
    if value.delivered_on is not None:
        return State.DELIVERED, value.delivered_on
    return (State.APPROVED, value.approved_on) if value.approved_on is not None else None


def _change(work: Loading, known: _Known, row: ServiceRequest, value: Told) -> None:
    """Bring a row to what the workbook says of it: what it says, its date, and where it stands."""
    fields: dict[str, Any] = {"title": value.title, "office": known.office(value.office), "asked_on": value.asked_on}
    if row.kind.counts_as != value.kind.value:
        fields["kind"] = known.kind(value.kind)
    if value.asked_on != row.asked_on:
        fields["period"] = _period_of(work, value)
    if value.due != date_of(row):
        fields |= _agree(row, value.due)
    move = None
    before, after = State(row.state), _new_state(work, row, value)
    if after is not None:
        state, day = after
        fields |= {"state": state.value, "state_on": day}
        move = _move(work, row, before, state, day, work.origin)
    if not (row.delivered_on and row.delivered_on > _end(work) and value.delivered_on is None):
        fields |= {"approved_on": value.approved_on, "delivered_on": value.delivered_on}
    rests = any(fields[name] != getattr(row, name) for name in ("asked_on", "kind", "office") if name in fields)
    change_record(access=work.access, row=row, fields=fields, also_closed=not rests)
    if move is not None:
        _note(work, [move])


def _agree(row: ServiceRequest, due: date | None) -> dict[str, Any]:
    """Another date: the workbook's own row has no other than the workbook's."""
    if row.origin == Origin.WORKBOOK and row.agreed_on is None:
        return {"due": due}
    return {"agreed_on": due, "agreed_reason": "La fecha del registro de Excel"}


def _new_state(work: Loading, row: ServiceRequest, value: Told) -> tuple[State, date] | None:
    """The state that the workbook brings it to; None where it may stay in its own."""
    now, proved = State(row.state), _state_of(value)
    if proved is not None:
        state, day = proved
        is_there = now is state or (state is State.DELIVERED and now in _FINISHED)
        return None if is_there else (state, day)
    was_proved = now in (*_FINISHED, State.CANCELLED, State.APPROVED)
    if was_proved and (row.state_on is None or row.state_on <= _end(work)):
        return State.IN_PROGRESS, row.state_on or row.asked_on
    return None


def _take_away(work: Loading, row: ServiceRequest) -> None:
    """What only workbooks knew goes with the workbook; what somebody worked on is cancelled, and stays."""
    if row.origin == Origin.WORKBOOK and row.version == 1:
        remove_record(access=work.access, row=row, reason=f"{work.origin} ya no la trae")
        return
    day = max(row.asked_on, row.state_on or row.asked_on)
    move = _move(work, row, State(row.state), State.CANCELLED, day, f"{work.origin} ya no la trae")
    fields = {"state": State.CANCELLED.value, "state_on": day, "delivered_on": None}
    change_record(access=work.access, row=row, fields=fields)
    _note(work, [move])


def _end(work: Loading) -> date:
    return Period.parse(work.period).end


def _move(work: Loading, row: ServiceRequest, before: str, after: State, day: date, note: str = "") -> Move:
    return Move(
        institution=work.access.institution,
        request=row,
        before=str(before),
        after=after.value,
        happened_on=day,
        note=note,
        person=work.access.person,
        period=quarter_of(day),
    )


def _note(work: Loading, moves: list[Move]) -> None:
    kept = Move.objects.bulk_create(moves) if moves else []
    noted = [Noted(work.action, name_subject(move), after=snapshot(move)) for move in kept]
    record_changes(institution=work.access.institution, person=work.access.person, changes=noted)


def load_closures(work: Loading, merge: Merge) -> None:
    """Take what a workbook says of the local closures into rows."""
    rows = {row.day: row for row in Closure.objects.of(work.access.institution)}
    for value in (*merge.added.values(), *merge.changed.values()):
        if value.day in rows:
            change_record(access=work.access, row=rows[value.day], fields={"reason": value.reason})
        else:
            add_record(access=work.access, row=Closure(day=value.day, reason=value.reason), action=work.action)
    for value in merge.removed.values():
        if value.day in rows:
            remove_record(access=work.access, row=rows[value.day], reason=f"{work.origin} ya no lo trae")


LOADERS: Mapping[str, Callable[[Loading, Merge], None]] = {"requests": load_requests, "closures": load_closures}
