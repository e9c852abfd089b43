"""Reads of the programme: rows as the library's records. Each says whose."""

from __future__ import annotations

from collections import defaultdict

from pregon.records import programme as records
from pregon_web.accounts.models import Institution
from pregon_web.programme.models import Campaign, CampaignChannel, Commemoration, Deliverable, Event


def campaigns_of(institution: Institution, period: str) -> tuple[records.Campaign, ...]:
    """The campaigns of a quarter, with their channels and products: three queries however many there are."""
    rows = Campaign.objects.of(institution).filter(period=period).select_related("office").order_by("pk")
    channels: dict[int, list[str]] = defaultdict(list)
    for link in (
        CampaignChannel.objects.of(institution).filter(campaign__period=period).select_related("channel")
    ).order_by("position", "pk"):
        channels[link.campaign_id].append(link.channel.code)
    products: dict[int, list[records.Deliverable]] = defaultdict(list)
    for product in Deliverable.objects.of(institution).filter(campaign__period=period).order_by("position", "pk"):
        products[product.campaign_id].append(records.Deliverable(product.product, product.promised, product.delivered))
    return tuple(
        records.Campaign(
            reference=row.reference,
            title=row.title,
            aim=row.aim,
            target_audience=row.target_audience,
            channels=tuple(channels[row.pk]),
            office=row.office.name if row.office else "",
            start=row.start,
            end=row.end,
            deliverables=tuple(products[row.pk]),
            is_internal=row.is_internal,
            owed_by=row.owed_by,
            due=row.due,
        )
        for row in rows
    )


def commemorations_of(institution: Institution, period: str) -> tuple[records.Commemoration, ...]:
    """The days that were marked, or were to be, in a quarter."""
    rows = Commemoration.objects.of(institution).filter(period=period).select_related("publication").order_by("pk")
    return tuple(
        records.Commemoration(row.name, row.day, row.campaign, row.publication.reference if row.publication else "")
        for row in rows
    )


def events_of(institution: Institution, period: str) -> tuple[records.Event, ...]:
    """The events of a quarter."""
    rows = Event.objects.of(institution).filter(period=period).select_related("office", "evidence").order_by("pk")
    return tuple(
        records.Event(
            reference=row.reference,
            day=row.day,
            title=row.title,
            office=row.office.name if row.office else "",
            called=row.called,
            attended=row.attended,
            method=row.method,
            evidence=row.evidence.reference if row.evidence else "",
            has_minors=row.has_minors,
            owed_by=row.owed_by,
            due=row.due,
        )
        for row in rows
    )
