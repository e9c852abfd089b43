"""Reads of the requests: rows for the pages, and rows as the library's records. Each says whose.

Who only asks sees what their office asked; without an office, what they asked themselves. Who reads the office sees
all of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from pregon_web.accounts.models import Institution, Membership, Office, Person, Role
from pregon_web.accounts.rules import READERS
from pregon_web.accounts.selectors import Access
from pregon_web.workflow.deadlines import Closures, TermTable
from pregon_web.workflow.models import (
    Closure,
    Deadline,
    Kind,
    Move,
    Origin,
    RequestFile,
    ServiceRequest,
    State,
)

CLOSED = (State.PUBLISHED, State.DELIVERED, State.CANCELLED)
"""Where nothing is owed any more."""
OPEN = tuple(state for state in State if state not in CLOSED)


# --- the institution's own settings -----------------------------------------------------------------------------------


def kinds_for(access: Access) -> QuerySet[Kind]:
    """Every kind of request of the person's institution in its order, also those no longer offered."""
    return kinds_of(access.institution)


def kinds_of(institution: Institution) -> QuerySet[Kind]:
    """As `kinds_for`, for who already knows whose."""
    return Kind.objects.of(institution).order_by("position", "pk")


def kind_for(access: Access, pk: int) -> Kind:
    """A kind of the person's institution. Raises Http404."""
    return get_object_or_404(kinds_for(access), pk=pk)


def terms_of(institution: Institution) -> TermTable:
    """The table of terms."""
    return {(row.kind_id, row.priority): row.business_days for row in Deadline.objects.of(institution)}


def closure_days_of(institution: Institution) -> Closures:
    """The local days off with their reasons."""
    return dict(Closure.objects.of(institution).values_list("day", "reason"))


def closures_for(access: Access) -> QuerySet[Closure]:
    """The local days off of the person's institution, to be listed."""
    return Closure.objects.of(access.institution).order_by("-day")


def closure_for(access: Access, pk: int) -> Closure:
    """One of them. Raises Http404."""
    return get_object_or_404(closures_for(access), pk=pk)


# --- requests for the pages -------------------------------------------------------------------------------------------


def own_office_of(access: Access) -> Office | None:
    """The office that the person asks for; None where they have none."""
    rows = Membership.objects.of(access.institution).filter(
        person=access.person, role=Role.REQUESTER, suspended_at=None, office__isnull=False
    )
    row = rows.select_related("office").order_by("pk").first()
    return row.office if row else None


def requests_for(access: Access) -> QuerySet[ServiceRequest]:
    """The requests that the person may see, to be listed."""
    rows = ServiceRequest.objects.of(access.institution).select_related("kind", "office", "assignee", "requester")
    if access.has_any(*READERS):
        return rows
    office = own_office_of(access)
    return rows.filter(Q(requester=access.person) | Q(office=office) if office else Q(requester=access.person))


def request_for(access: Access, reference_or_pk: str | int) -> ServiceRequest:
    """A request that the person may see, by its number or its reference. Raises Http404."""
    rows = requests_for(access)
    if isinstance(reference_or_pk, int):
        return get_object_or_404(rows, pk=reference_or_pk)
    found = rows.filter(reference=reference_or_pk).order_by("-pk").first()
    return found if found is not None else get_object_or_404(rows, pk=None)


def overdue(today: date) -> Q:
    """What is open and past its date: the one agreed or else the table's."""
    past = Q(agreed_on__lt=today) | Q(agreed_on=None, due__lt=today)
    return Q(state__in=OPEN) & past


def count_open(access: Access) -> int:
    """How many of the requests that the person may see are open."""
    return requests_for(access).filter(state__in=OPEN).count()


def moves_of(request: ServiceRequest) -> list[Move]:
    """What happened to a request, the first first."""
    rows = Move.objects.of(request.institution_id).filter(request=request)
    return list(rows.select_related("person").order_by("pk"))


def files_of(request: ServiceRequest) -> list[RequestFile]:
    """The files that came with a request."""
    return list(RequestFile.objects.of(request.institution_id).filter(request=request).order_by("pk"))


def file_for(access: Access, request_pk: int, pk: int) -> tuple[ServiceRequest, RequestFile]:
    """A file of a request that the person may see. Raises Http404."""
    request = request_for(access, request_pk)
    rows = RequestFile.objects.of(access.institution).filter(request=request)
    return request, get_object_or_404(rows, pk=pk)


def workers_of(access: Access) -> QuerySet[Person]:
    """Who may be given a request: the people who write in the institution, by name."""
    rows = Membership.objects.of(access.institution).filter(role=Role.EDITOR, suspended_at=None)
    return Person.objects.filter(pk__in=list(rows.values_list("person_id", flat=True)), is_active=True).order_by("name")


@dataclass(frozen=True, slots=True)
class Load:
    """What one person has in hand: open requests, and those of them past their date. None: nobody has them."""

    person: Person | None
    open: int
    late: int


def workload_of(access: Access, today: date) -> list[Load]:
    """Who has how many open requests, who has the most first; those that nobody has come last."""
    rows = ServiceRequest.objects.of(access.institution).filter(state__in=OPEN).select_related("assignee")
    people: dict[int | None, tuple[Person | None, int, int]] = {}
    for row in rows:
        person, count, late = people.get(row.assignee_id, (row.assignee, 0, 0))
        people[row.assignee_id] = (person, count + 1, late + is_overdue(row, today))
    loads = [Load(*each) for each in people.values()]
    return sorted(loads, key=lambda load: (load.person is None, -load.open, str(load.person)))


def date_of(request: ServiceRequest) -> date | None:
    """The date that binds: the one agreed, or else the table's."""
    return request.agreed_on or request.due


def is_overdue(request: ServiceRequest, today: date) -> bool:
    """Whether it is open and past its date."""
    day = date_of(request)
    return request.state in OPEN and day is not None and day < today


# --- references -------------------------------------------------------------------------------------------------------


def references_of(institution: Institution) -> QuerySet[ServiceRequest, str]:
    """The references in use."""
    return ServiceRequest.objects.of(institution).values_list("reference", flat=True)


def typed_origins() -> list[tuple[str, str]]:
    """The ways of asking that somebody has to type in."""
    own = {Origin.OFFICE, Origin.FORM, Origin.WORKBOOK}
    return [(origin.value, str(origin.label)) for origin in Origin if origin not in own]
