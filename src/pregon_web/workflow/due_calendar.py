"""The dates of the requests in a person's calendar: as a file, and by an address of their own to subscribe to.

The address is the right: it says the person, the institution and the generation of the person's sessions. When those
are ended, or the person no longer enters the institution, it serves nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from django.utils import timezone

from pregon_web.accounts.models import Institution, Person
from pregon_web.accounts.selectors import Access, access_for
from pregon_web.icalendar import CalendarEntry, write_calendar
from pregon_web.public_links import read_keys, sign_keys
from pregon_web.wall import inside
from pregon_web.workflow.models import ServiceRequest
from pregon_web.workflow.selectors import OPEN, date_of, requests_for

_PURPOSE: Final = "due-dates"

AddressOf = Callable[[ServiceRequest], str]
"""The whole address of a request's page."""


def sign_feed(access: Access) -> str:
    """The last part of the address that the person subscribes to."""
    return sign_keys(_PURPOSE, access.institution.pk, access.person.pk, access.person.session_generation)


def access_by_feed(signed: str) -> Access | None:
    """Whose calendar an address is; None where it was not made here or serves no more."""
    keys = read_keys(_PURPOSE, signed, 3)
    if keys is None:
        return None
    institution = Institution.objects.filter(pk=keys[0]).first()
    person = Person.objects.filter(pk=keys[1], session_generation=keys[2]).first()
    if institution is None or person is None:
        return None
    with inside(institution.pk):
        access = access_for(person, institution)
    # Whoever looks from a supervising body chooses each visit, and each is noted: a calendar would visit by itself.
    return access if access is not None and access.body is None else None


def write_due_dates(access: Access, address_of: AddressOf) -> bytes:
    """The open requests that the person may see and that have a date, as a calendar."""
    rows = list(requests_for(access).filter(state__in=OPEN).order_by("pk"))
    # The same dates are the same file: its stamp is of the last request that came, not of who asks.
    written = max((row.created_at for row in rows), default=timezone.now())
    name = f"Solicitudes de {access.institution.name}"
    return write_calendar(name, due_entries(rows, address_of), written=written)


def due_entries(rows: Iterable[ServiceRequest], address_of: AddressOf) -> Iterator[CalendarEntry]:
    """Each dated request on its day. The same request is the same entry for ever, and moves with its date."""
    for row in rows:
        day = date_of(row)
        if day is None:
            continue
        office = row.office.name if row.office else "Sin dependencia"
        holder = row.assignee.name if row.assignee else "Nadie la tiene todavía"
        yield CalendarEntry(
            uid=f"solicitud-{row.institution_id}-{row.pk}-{row.created_at:%Y%m%d%H%M%S%f}@pregon",
            day=day,
            title=f"Vence {row.reference}: {row.title}",
            description=f"{row.kind.name}. {office}. {row.get_state_display()}. {holder}.",
            category="Solicitudes",
            link=address_of(row),
            revision=row.version - 1,
            is_confirmed=True,
        )
