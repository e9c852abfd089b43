"""The requests of a quarter as the monitors need them: the one place where the risks look into the workflow."""

from __future__ import annotations

from django.db.models import Q

from pregon.figures.period import Period
from pregon.records import service
from pregon.records.service import RequestKind
from pregon_web.accounts.models import Institution
from pregon_web.workflow.models import ServiceRequest


def requests_of(institution: Institution, period: str) -> tuple[service.ServiceRequest, ...]:
    """The requests that a quarter's records hold: asked, delivered or due in it, or still open after it."""
    quarter = Period.parse(period)
    within = (quarter.start, quarter.end)
    rows = ServiceRequest.objects.of(institution).filter(
        Q(period=period)
        | Q(delivered_on__range=within)
        | Q(delivered_on=None, asked_on__lte=quarter.end, due__lte=quarter.end)
        | Q(delivered_on=None, asked_on__lte=quarter.end, agreed_on__lte=quarter.end)
    )
    return tuple(
        service.ServiceRequest(
            reference=row.reference,
            kind=RequestKind(row.kind.counts_as),
            office=row.office.name if row.office else "",
            title=row.title,
            asked_on=row.asked_on,
            due=row.agreed_on or row.due,
            delivered_on=row.delivered_on,
            approved_on=row.approved_on,
        )
        for row in rows.select_related("kind", "office").order_by("pk")
    )
