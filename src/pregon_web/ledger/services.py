"""Writes of the ledger. Keyword-only, atomic, each with its entry in the journal; the apps above write through these.

Three things are held here for every record: a closed quarter does not change, two people who edit the same row at once
are told, and no row is written without its entry in the journal.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar, cast

from django.db import models, transaction

from pregon.figures.amount import Amount
from pregon.figures.period import Period
from pregon.figures.spanish import print_date
from pregon.records import publishing
from pregon.records.publishing import ObservationStatus
from pregon_web.accounts.models import Institution
from pregon_web.accounts.selectors import Access
from pregon_web.journal.rows import difference, name_subject, snapshot
from pregon_web.journal.services import Noted, record_changes
from pregon_web.ledger.models import Channel, Evidence, Observation, PeriodLock, Publication, Record
from pregon_web.ledger.selectors import CHANNEL_FIELDS, observation_value

R = TypeVar("R", bound=Record)


class ClosedPeriod(Exception):  # noqa: N818 - what happened, not a suffix
    """The quarter is closed; the message is the sentence for the person."""


class Conflict(Exception):  # noqa: N818 - what happened, not a suffix
    """Somebody else changed the row in the meantime; `current` is how it is now."""

    def __init__(self, current: Record) -> None:
        super().__init__(f"{name_subject(current)} is at version {current.version}")
        self.current = current


class BadRecord(Exception):  # noqa: N818 - what happened, not a suffix
    """The record cannot be taken; the message is one Spanish sentence that says what to do."""


def require_open(institution: Institution, periods: Iterable[str]) -> None:
    """Raise ClosedPeriod where one of these quarters is closed. Inside the caller's transaction."""
    hold_institution(institution)
    closed = PeriodLock.objects.of(institution).filter(period__in=set(periods)).first()
    if closed is not None:
        title = Period.parse(closed.period).title
        raise ClosedPeriod(
            f"El {title} está cerrado desde el {print_date(closed.at.date())}. "
            "Para cambiar una cifra, pida reabrirlo y escriba el motivo."
        )


def hold_institution(institution: Institution) -> None:
    """One writer of an institution at a time, until the transaction ends. Before any row of it is held.

    The journal takes this lock too, later: taken first here, a closing and a change never pass each other by, and two
    who hold rows that lean on one another never wait for each other.
    """
    Institution.objects.select_for_update().get(pk=institution.pk)


@transaction.atomic
def lock_period(*, access: Access, period: str) -> None:
    """Hold a quarter fast. Raises ClosedPeriod where it already is."""
    require_open(access.institution, [period])
    PeriodLock.objects.create(institution=access.institution, period=period)


@transaction.atomic
def unlock_period(*, access: Access, period: str) -> None:
    """Let a quarter's records change again."""
    PeriodLock.objects.of(access.institution).filter(period=period).delete()


@transaction.atomic
def add_record(*, access: Access, row: R, action: str = "create") -> R:
    """Keep a new row of the person's institution."""
    return add_records(access=access, rows=[row], action=action)[0]


@transaction.atomic
def add_records(*, access: Access, rows: Sequence[R], action: str = "create") -> list[R]:
    """Keep new rows together, all or none. Raises ClosedPeriod."""
    if not rows:
        return []
    require_open(access.institution, _periods_of(rows))
    for row in rows:
        row.institution = access.institution
    kept = cast("list[R]", type(rows[0])._default_manager.bulk_create(rows))  # noqa: SLF001 - every record has our manager
    noted = [Noted(action, name_subject(row), after=snapshot(row)) for row in kept]
    record_changes(institution=access.institution, person=access.person, changes=noted)
    return kept


@transaction.atomic
def change_record(
    *,
    access: Access,
    row: R,
    fields: Mapping[str, Any],
    version: int | None = None,
    action: str = "update",
    also_closed: bool = False,
) -> R:
    """Change some fields of a row. Nothing changed writes nothing.

    `version` is the one the person was looking at; None where nobody was looking. `also_closed` is for what no figure
    of a report rests on, such as the day a link was last seen.

    Raises:
        Conflict: the row has changed since then.
        ClosedPeriod: its quarter, or the one it would move to, is closed.
    """
    current = _current(access, row)
    before = snapshot(current)
    for name, value in fields.items():
        setattr(current, name, value)
    was, now = difference(before, snapshot(current))
    if not now:
        return current
    if version is not None and version != current.version:
        raise Conflict(_current(access, row))
    if not also_closed:
        require_open(access.institution, {before.get("period", ""), *_periods_of([current])})
    current.version += 1
    current.save()
    noted = Noted(action, name_subject(current), was, now)
    record_changes(institution=access.institution, person=access.person, changes=[noted])
    return current


@transaction.atomic
def remove_record(*, access: Access, row: Record, reason: str = "", action: str = "delete") -> None:
    """Remove a row; the journal keeps how it was. Raises ClosedPeriod, and BadRecord where others lean on it."""
    current = _current(access, row)
    require_open(access.institution, _periods_of([current]))
    subject, before = name_subject(current), snapshot(current)
    try:
        with transaction.atomic():
            current.delete()
    except models.ProtectedError as error:
        found = next(iter(error.protected_objects))
        # Django read no more of it than its key: whole, it can say what it is called.
        leaning = type(found)._default_manager.of(access.institution).get(pk=found.pk)  # type: ignore[attr-defined]  # noqa: SLF001 - our manager
        name = leaning._meta.verbose_name  # noqa: SLF001 - Django's own name of a model
        raise BadRecord(
            f"No se puede borrar «{current}»: lo usa {name} «{leaning}». Cambie primero ese registro."
        ) from error
    after = {"reason": reason} if reason else {}
    record_changes(
        institution=access.institution, person=access.person, changes=[Noted(action, subject, before, after)]
    )


@transaction.atomic
def mark_correction(
    *, access: Access, publication: Publication, what: str, corrected_on: date | None, withdrawn_on: date | None
) -> Publication:
    """Note that something had to be mended or taken down after it came out, also where its quarter is closed.

    A closed quarter's report does not change by it: its figures are frozen, and the correction is of a later day.
    """
    current = _current(access, publication)
    before = snapshot(current)
    current.corrected_on, current.withdrawn_on, current.correction = corrected_on, withdrawn_on, what
    current.version += 1
    current.save()
    was, now = difference(before, snapshot(current))
    noted = Noted("correct", name_subject(current), was, now)
    record_changes(institution=access.institution, person=access.person, changes=[noted])
    return current


@transaction.atomic
def record_observations(
    *, access: Access, period: str, observations: Iterable[publishing.Observation], reason: str = ""
) -> list[Observation]:
    """Record what was measured in a quarter. A value that differs takes the place of the one before it; the same
    again writes nothing. Answers the rows written.

    Raises:
        ClosedPeriod: the quarter is closed.
        BadRecord: a channel or an evidence that the institution does not have.
    """
    require_open(access.institution, [period])
    channels = {channel.code: channel for channel in Channel.objects.of(access.institution)}
    evidence = {each.reference: each for each in Evidence.objects.of(access.institution).filter(period=period)}
    current = {
        (row.metric, row.channel.code, row.measured): row
        for row in Observation.objects.of(access.institution)
        .filter(period=period, is_current=True)
        .select_related("channel", "evidence")
    }
    written: list[Observation] = []
    noted: list[Noted] = []
    for each in observations:
        if each.channel not in channels:
            raise BadRecord(f"No hay un canal «{each.channel}»: agréguelo en Canales.")
        if each.evidence and each.evidence not in evidence:
            raise BadRecord(f"No hay una evidencia «{each.evidence}» en {period}: agréguela en Evidencias.")
        old = current.get((each.metric, each.channel, str(each.period)))
        if old is not None and observation_value(old) == each:
            continue
        row = _row_of(access, period, each, channels[each.channel], evidence.get(each.evidence))
        row.reason = reason if old is not None else ""
        if old is not None:
            Observation.objects.of(access.institution).filter(pk=old.pk).update(is_current=False)
            row.supersedes = old
        row.save()
        current[each.metric, each.channel, str(each.period)] = row
        written.append(row)
        before = snapshot(old) if old is not None else {}
        after = snapshot(row)
        was, now = difference(before, after) if old is not None else ({}, after)
        noted.append(Noted("create" if old is None else "supersede", name_subject(row), was, now))
    if noted:
        record_changes(institution=access.institution, person=access.person, changes=noted)
    return written


@transaction.atomic
def restore_observation(*, access: Access, row: Observation, action: str = "undo") -> None:
    """Take back an observation that an import wrote: the one before it counts again, or none does.

    Raises:
        ClosedPeriod: its quarter is closed.
        BadRecord: somebody recorded another value since.
    """
    require_open(access.institution, [row.period])
    current = Observation.objects.of(access.institution).select_for_update().get(pk=row.pk)
    if not current.is_current:
        raise BadRecord("Esa cifra ya cambió después de importarla: revísela a mano.")
    # It lets go of the one before it, whose place the next value will take; the journal keeps which one that was.
    Observation.objects.of(access.institution).filter(pk=current.pk).update(is_current=False, supersedes=None)
    if current.supersedes_id is not None:
        Observation.objects.of(access.institution).filter(pk=current.supersedes_id).update(is_current=True)
    noted = Noted(action, name_subject(current), before=snapshot(current))
    record_changes(institution=access.institution, person=access.person, changes=[noted])


def _row_of(
    access: Access, period: str, value: publishing.Observation, channel: Channel, evidence: Evidence | None
) -> Observation:
    amount = value.amount or Amount.exact(0)
    is_value = value.status is ObservationStatus.VALUE
    return Observation(
        institution=access.institution,
        metric=value.metric,
        channel=channel,
        period=period,
        measured=str(value.period),
        status=value.status.value,
        value=amount.value if is_value else None,
        unit=amount.unit if is_value else "",
        ulp=amount.ulp if is_value else 0,
        raw=amount.raw[:60] if is_value else "",
        method=value.method.value,
        source=value.source,
        evidence=evidence,
        owed_by=value.owed_by,
        due=value.due,
        note=value.note,
        recorded_by=access.person,
    )


def _current(access: Access, row: R) -> R:
    """The row as it is now, held until the transaction ends. A row of another institution is not there."""
    hold_institution(access.institution)
    rows = type(row)._default_manager.of(access.institution)  # noqa: SLF001 - every record has our manager
    return cast("R", rows.select_for_update().get(pk=row.pk))


def _periods_of(rows: Iterable[Record]) -> set[str]:
    return {period for row in rows if (period := getattr(row, "period", ""))}


def channel_row(channel: Any, position: int) -> Channel:  # noqa: ANN401 - pregon.records.organisation.Channel; the name is taken
    """The row of a channel as the records describe it."""
    fields = {name: getattr(channel, name) for name in CHANNEL_FIELDS}
    return Channel(**fields, position=position)
