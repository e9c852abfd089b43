"""The lists of who came to an event: kept, handed to the few who may see them, and purged when their time is over.

They are personal data. The journal says that one was kept, taken or purged, never what it was called nor who is in it.
The event's own count stays when its list is gone.
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Final

from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from pregon_web import vault
from pregon_web.accounts.models import Institution
from pregon_web.accounts.selectors import Access
from pregon_web.accounts.tenancy import TenantModel
from pregon_web.journal.rows import name_subject, snapshot
from pregon_web.journal.services import Noted, record_change, record_changes
from pregon_web.ledger.services import BadRecord, remove_record, require_open
from pregon_web.programme.models import AttendanceList, Event

_NEVER_NOTED: Final = frozenset({"event", "name"})


def keep_until_of(event: Event, today: date) -> date:
    """Until when a list of this event is kept unless somebody says otherwise: the house's years from the event, or from
    today for one so old that they are over.
    """
    years = int(settings.ATTENDANCE_KEEP_YEARS)
    until = _years_after(event.day, years)
    return until if until > today else _years_after(today, years)


def _years_after(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February of a year that has none
        return day.replace(year=day.year + years, day=28)


@transaction.atomic
def keep_attendance(*, access: Access, event: Event, path: Path, name: str, keep_until: date) -> AttendanceList:
    """Keep the list of an event, in place of the one it had.

    Raises:
        ClosedPeriod: the event's quarter is closed.
    """
    require_open(access.institution, [event.period])
    old = AttendanceList.objects.of(access.institution).filter(event=event).first()
    # After the lock: nobody deletes this same content between here and the row that names it.
    sha256 = vault.keep_file(access.institution.pk, path)
    if old is not None:
        old.delete()
    row = AttendanceList.objects.create(
        institution=access.institution,
        event=event,
        name=name[:200],
        sha256=sha256,
        size=path.stat().st_size,
        keep_until=keep_until,
    )
    record_change(
        institution=access.institution,
        person=access.person,
        action="attach_attendance",
        subject=name_subject(event),
        before=_noted(old) if old else None,
        after=_noted(row),
    )
    if old is not None:
        _forget_content(access.institution, old.sha256)
    return row


@transaction.atomic
def take_attendance(*, access: Access, event: Event) -> tuple[AttendanceList, Path]:
    """The list of an event and where its file is; that it was taken, and by whom, is noted first.

    Raises BadRecord where there is none any more.
    """
    row = AttendanceList.objects.of(access.institution).filter(event=event, purged_at=None).first()
    path = vault.path_of(access.institution.pk, row.sha256) if row else None
    if row is None or path is None or not path.exists():
        raise BadRecord("Este evento no tiene una lista de asistencia guardada.")
    record_change(
        institution=access.institution,
        person=access.person,
        action="take_attendance",
        subject=name_subject(event),
        after={"sha256": row.sha256},
    )
    return row, path


@transaction.atomic
def remove_attendance(*, access: Access, event: Event, reason: str) -> None:
    """Remove the list of an event before its time, also where its quarter is closed: who is in it may ask for that.

    The report does not change by it: it prints the count, which stays.
    """
    Institution.objects.select_for_update().get(pk=access.institution.pk)
    row = AttendanceList.objects.of(access.institution).filter(event=event).first()
    if row is None:
        return
    before = _noted(row)
    row.delete()
    record_change(
        institution=access.institution,
        person=access.person,
        action="remove_attendance",
        subject=name_subject(event),
        before=before,
        after={"reason": reason},
    )
    _forget_content(access.institution, row.sha256)


@transaction.atomic
def remove_event(*, access: Access, event: Event, reason: str) -> None:
    """Remove an event, and with it its list. Raises ClosedPeriod."""
    row = AttendanceList.objects.of(access.institution).filter(event=event).first()
    remove_record(access=access, row=event, reason=reason)
    if row is not None:
        _forget_content(access.institution, row.sha256)


def purge_attendance(now: datetime) -> int:
    """Delete the files of all lists whose time was over before this day, in every institution. Answers how many.

    The row stays, without the file's name, and says when it was purged; the event and its count are not touched. May be
    run as often as one likes, and after one that was killed: the file goes first, and a file that is gone does no harm.
    """
    today = timezone.localtime(now).date()
    purged = 0
    for institution in Institution.objects.all():
        with transaction.atomic():
            Institution.objects.select_for_update().get(pk=institution.pk)
            due = AttendanceList.objects.of(institution).filter(keep_until__lt=today, purged_at=None)
            noted = []
            for row in due.select_related("event"):
                before = _noted(row)
                row.purged_at, row.name = now, ""
                row.save()
                _drop_content(institution, row.sha256)
                noted.append(Noted("purge_attendance", name_subject(row.event), before, _noted(row)))
            if noted:
                record_changes(institution=institution, person=None, changes=noted)
            purged += len(noted)
    return purged


def _noted(row: AttendanceList) -> dict[str, object]:
    return {name: value for name, value in snapshot(row).items() if name not in _NEVER_NOTED}


def _forget_content(institution: Institution, sha256: str) -> None:
    """Delete a content once what named it is gone for good; held against whoever is keeping the same again."""

    def forget() -> None:
        with transaction.atomic():
            Institution.objects.select_for_update().get(pk=institution.pk)
            _drop_content(institution, sha256)

    transaction.on_commit(forget)


def _drop_content(institution: Institution, sha256: str) -> None:
    if not is_named(institution, sha256):
        vault.path_of(institution.pk, sha256).unlink(missing_ok=True)


def is_named(institution: Institution, sha256: str) -> bool:
    """Whether some row of the institution still names this content, in whichever app: a hash in a column or in JSON."""
    for model in apps.get_models():
        # The journal names every content that there ever was: it holds nothing in its place.
        if not issubclass(model, TenantModel) or model._meta.app_label == "journal":  # noqa: SLF001 - Django's own
            continue
        condition = models.Q()
        for field in model._meta.concrete_fields:  # noqa: SLF001 - Django's own way to list them
            if field.name.endswith("sha256"):
                condition |= models.Q(**{field.name: sha256})
            elif isinstance(field, models.JSONField):
                condition |= models.Q(**{f"{field.name}__icontains": sha256})
        if model is AttendanceList:
            condition &= models.Q(purged_at=None)
        if condition and model.objects.of(institution).filter(condition).exists():
            return True
    return False
