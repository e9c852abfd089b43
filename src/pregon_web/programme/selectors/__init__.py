"""Reads of the programme: rows as the library's records, and rows for the pages. Each says whose."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from pregon.records import programme as records
from pregon.records.commemorations import CalendarDay
from pregon_web.accounts.models import Institution
from pregon_web.accounts.selectors import Access
from pregon_web.ledger.models import Publication
from pregon_web.programme.models import AttendanceList, Campaign, CampaignChannel, Commemoration, Deliverable, Event

NEAR: Final = timedelta(days=10)
"""How far from a day the publication that marked it is looked for."""


@dataclass(slots=True)
class CampaignFacts:
    """What stands around a campaign: its channels, its products, and the publications that name it, by kind."""

    channels: list[str] = field(default_factory=list)
    products: list[Deliverable] = field(default_factory=list)
    published: Counter[str] = field(default_factory=Counter)

    @property
    def promised(self) -> int | None:
        """Products promised; None where one of them, or all, is not known."""
        return _sum_known(product.promised for product in self.products)

    @property
    def delivered(self) -> int | None:
        """Products delivered; None where one of them, or all, is not known."""
        return _sum_known(product.delivered for product in self.products)


def _sum_known(values: Iterable[int | None]) -> int | None:
    figures = list(values)
    known = [figure for figure in figures if figure is not None]
    return sum(known) if known and len(known) == len(figures) else None


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


def campaigns_for(access: Access, period: str) -> QuerySet[Campaign]:
    """The campaigns of a quarter of the person's institution, to be listed."""
    return Campaign.objects.of(access.institution).filter(period=period).select_related("office")


def campaign_for(access: Access, period: str, pk: int) -> Campaign:
    """A campaign of the person's institution. Raises Http404."""
    return get_object_or_404(campaigns_for(access, period), pk=pk)


def campaign_facts(access: Access, period: str) -> dict[str, CampaignFacts]:
    """What stands around each campaign of a quarter, by its short name: three queries however many there are."""
    facts: dict[str, CampaignFacts] = defaultdict(CampaignFacts)
    links = CampaignChannel.objects.of(access.institution).filter(campaign__period=period)
    for link in links.select_related("channel", "campaign").order_by("position", "pk"):
        facts[link.campaign.reference].channels.append(link.channel.name)
    products = Deliverable.objects.of(access.institution).filter(campaign__period=period)
    for product in products.select_related("campaign").order_by("position", "pk"):
        facts[product.campaign.reference].products.append(product)
    named = Publication.objects.of(access.institution).filter(period=period).exclude(campaign="")
    for reference, kind in named.values_list("campaign", "kind"):
        facts[reference].published[kind] += 1
    return facts


def publications_of_campaign(access: Access, campaign: Campaign) -> list[Publication]:
    """The publications that name a campaign, by date."""
    rows = Publication.objects.of(access.institution).filter(period=campaign.period, campaign=campaign.reference)
    return list(rows.select_related("channel").order_by("published_on", "pk"))


def channels_of_campaign(access: Access, campaign: Campaign) -> list[int]:
    """The keys of a campaign's channels, in its order."""
    links = CampaignChannel.objects.of(access.institution).filter(campaign=campaign).order_by("position", "pk")
    return list(links.values_list("channel_id", flat=True))


def products_of_campaign(access: Access, campaign: Campaign) -> list[Deliverable]:
    """The products of a campaign, in its order."""
    rows = Deliverable.objects.of(access.institution).filter(campaign=campaign)
    return list(rows.order_by("position", "pk"))


def commemorations_for(access: Access, period: str) -> QuerySet[Commemoration]:
    """The days that the person's institution chose in a quarter, to be listed."""
    rows = Commemoration.objects.of(access.institution).filter(period=period)
    return rows.select_related("publication", "publication__channel")


def commemoration_for(access: Access, period: str, pk: int) -> Commemoration:
    """A day that the person's institution chose. Raises Http404."""
    return get_object_or_404(commemorations_for(access, period), pk=pk)


def row_of_day(rows: Iterable[Commemoration], when: date, day: CalendarDay) -> Commemoration | None:
    """Which of the chosen days is this one of the calendar: by its code, or by date and words where it came without."""
    for row in rows:
        if row.calendar_code == day.code or (not row.calendar_code and row.day == when and day.is_named(row.name)):
            return row
    return None


def publications_near(access: Access, period: str, day: date) -> list[Publication]:
    """The quarter's publications of the days around this one, the nearest first."""
    rows = Publication.objects.of(access.institution).filter(
        period=period, published_on__range=(day - NEAR, day + NEAR), withdrawn_on=None
    )
    return sorted(rows.select_related("channel"), key=lambda row: (abs((row.published_on - day).days), row.pk))


def events_for(access: Access, period: str) -> QuerySet[Event]:
    """The events of a quarter of the person's institution, to be listed."""
    return Event.objects.of(access.institution).filter(period=period).select_related("office", "evidence")


def event_for(access: Access, period: str, pk: int) -> Event:
    """An event of the person's institution. Raises Http404."""
    return get_object_or_404(events_for(access, period), pk=pk)


def attendance_of(access: Access, event: Event) -> AttendanceList | None:
    """The list of who came to an event, also one that was purged."""
    return AttendanceList.objects.of(access.institution).filter(event=event).first()


def campaign_references(institution: Institution, period: str) -> Sequence[tuple[str, str]]:
    """The campaigns of a quarter as a form's choices: short name and title."""
    rows = Campaign.objects.of(institution).filter(period=period).order_by("title")
    return list(rows.values_list("reference", "title"))
