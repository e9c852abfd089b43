"""Reads of the requests: rows for the pages, and rows as the library's records. Each says whose.

Who only asks sees what their office asked; without an office, what they asked themselves. Who leads an office sees what
it asked. Who reads the office sees all of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404

from pregon.figures.period import Period
from pregon.records import organisation, service
from pregon.records.service import RequestKind
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
    Piece,
    PiecePublication,
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
    rows: QuerySet[ServiceRequest] = ServiceRequest.objects.of(access.institution).annotate(
        binds_on=Coalesce("agreed_on", "due")  # to be sorted by
    )
    rows = rows.select_related("kind", "office", "assignee", "requester")
    if access.has_any(*READERS):
        return rows
    seen = Q(requester=access.person) | Q(office__leader=access.person)
    office = own_office_of(access)
    return rows.filter(seen | Q(office=office) if office else seen)


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


def open_requests_for(access: Access) -> list[ServiceRequest]:
    """The open requests that the person may see, the most pressing first; those without a date come last."""
    return list(requests_for(access).filter(state__in=OPEN).order_by(F("binds_on").asc(nulls_last=True), "pk"))


def latest_in(access: Access, state: State, most: int) -> list[ServiceRequest]:
    """The last requests that came to a state, the last one first."""
    return list(requests_for(access).filter(state=state).order_by("-state_on", "-pk")[:most])


def delivered_since(access: Access, day: date) -> list[ServiceRequest]:
    """What was delivered on that day or after it."""
    return list(requests_for(access).filter(delivered_on__gte=day).order_by("delivered_on", "pk"))


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


def workload(rows: Iterable[ServiceRequest], today: date) -> list[Load]:
    """Who has how many of these that are open, who has the most first; those that nobody has come last."""
    people: dict[int | None, tuple[Person | None, int, int]] = {}
    for row in rows:
        if row.state in OPEN:
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


# --- requests as the library's records --------------------------------------------------------------------------------


def requests_of(institution: Institution, period: str, *, whole: bool = False) -> tuple[service.ServiceRequest, ...]:
    """The requests of a quarter: those asked, delivered or cancelled in it, and those that were still open at its end
    with a date inside it or before it.

    They are told as they were on the quarter's last day: what happened later belongs to later quarters, and does not
    change what was signed. `whole` tells also that, for who compares with a workbook.
    """
    rows = request_rows_of(institution, period)
    end = date.max if whole else Period.parse(period).end
    keys = [row.pk for row in rows.values()]
    returned, published = _returns_of(institution, keys, end), _publications_of(institution, keys, end)
    return tuple(
        service.ServiceRequest(
            reference=reference,
            kind=RequestKind(row.kind.counts_as),
            office=row.office.name if row.office else "",
            title=row.title,
            asked_on=row.asked_on,
            due=date_of(row),
            delivered_on=_until(row.delivered_on, end),
            approved_on=_until(row.approved_on, end),
            published=published.get(row.pk, ""),
            returned=returned.get(row.pk, 0),
            cancelled_on=_until(row.state_on, end) if row.state == State.CANCELLED else None,
        )
        for reference, row in rows.items()
    )


def request_rows_of(institution: Institution, period: str) -> dict[str, ServiceRequest]:
    """The rows of a quarter's requests by the reference that tells them apart in it.

    Two workbooks may have numbered theirs alike: one that comes from another quarter then names it, «S-001 (2025-T4)».
    """
    quarter = Period.parse(period)
    within = (quarter.start, quarter.end)
    cancelled = Q(state=State.CANCELLED)
    still_open = (
        Q(asked_on__lt=quarter.start, binds_on__lte=quarter.end)
        & (Q(delivered_on=None) | Q(delivered_on__gt=quarter.end))
        & ~(cancelled & Q(state_on__lte=quarter.end))
    )
    happened = Q(asked_on__range=within) | Q(delivered_on__range=within) | (cancelled & Q(state_on__range=within))
    rows = ServiceRequest.objects.of(institution).annotate(binds_on=Coalesce("agreed_on", "due"))
    found = list(rows.filter(happened | still_open).select_related("kind", "office").order_by("pk"))
    own = {row.reference for row in found if row.period == period}
    return {
        row.reference if row.period == period or row.reference not in own else f"{row.reference} ({row.period})": row
        for row in found
    }


def closures_of(institution: Institution, period: str) -> tuple[organisation.Closure, ...]:
    """The local days off that the business days of a quarter's requests may pass over."""
    quarter = Period.parse(period)
    asked = [row.asked_on for row in request_rows_of(institution, period).values()]
    rows = Closure.objects.of(institution).filter(day__range=(min([quarter.start, *asked]), quarter.end))
    return tuple(organisation.Closure(row.day, row.reason) for row in rows.order_by("day"))


def _until(day: date | None, end: date) -> date | None:
    return day if day is not None and day <= end else None


def _returns_of(institution: Institution, keys: Sequence[int], end: date) -> dict[int, int]:
    """How often each came back after it had been approved."""
    counts: dict[int, int] = {}
    approved: set[int] = set()
    moves = Move.objects.of(institution).filter(
        request__in=keys, after__in=(State.APPROVED, State.RETURNED), happened_on__lte=end
    )
    for key, after in moves.order_by("pk").values_list("request_id", "after"):
        if after == State.APPROVED:
            approved.add(key)
        elif key in approved:
            approved.remove(key)
            counts[key] = counts.get(key, 0) + 1
    return counts


def _publications_of(institution: Institution, keys: Sequence[int], end: date) -> dict[int, str]:
    """The first publication that came of each."""
    rows = PiecePublication.objects.of(institution).filter(
        version__piece__request__in=keys, publication__published_on__lte=end
    )
    pairs = rows.order_by("-pk").values_list("version__piece__request_id", "publication__reference")
    return dict(pairs)


# --- references -------------------------------------------------------------------------------------------------------


def references_of(institution: Institution) -> QuerySet[ServiceRequest, str]:
    """The references in use."""
    return ServiceRequest.objects.of(institution).values_list("reference", flat=True)


def periods_asked(access: Access) -> list[str]:
    """The quarters in which something was asked, the latest first."""
    rows = requests_for(access).order_by("-period").values_list("period", flat=True)
    return list(dict.fromkeys(rows.distinct()))


def has_pieces(request: ServiceRequest) -> bool:
    """Whether pieces are being made for it: then they say how far it is."""
    return Piece.objects.of(request.institution_id).filter(request=request, withdrawn_at=None).exists()


def typed_origins() -> list[tuple[str, str]]:
    """The ways of asking that somebody has to type in."""
    own = {Origin.OFFICE, Origin.FORM, Origin.WORKBOOK}
    return [(origin.value, str(origin.label)) for origin in Origin if origin not in own]
