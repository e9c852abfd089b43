"""Writes of the programme. A campaign is changed together with its channels and its products, in one entry.

The lists of who came to an event have their own file, `attendance`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from pregon.figures.period import Period
from pregon.records.commemorations import calendar_day
from pregon_web.accounts.selectors import Access
from pregon_web.journal.rows import difference, name_subject, snapshot
from pregon_web.journal.services import Noted, record_change, record_changes
from pregon_web.ledger.models import Channel, Publication
from pregon_web.ledger.selectors import next_reference
from pregon_web.ledger.services import BadRecord, Conflict, add_record, change_record, hold_institution, require_open
from pregon_web.programme.models import Campaign, CampaignChannel, Commemoration, Deliverable, Event
from pregon_web.programme.selectors import row_of_day

Product = tuple[str, int | None, int | None]
"""A product, how many were promised and how many delivered."""


@transaction.atomic
def save_campaign(
    *,
    access: Access,
    campaign: Campaign | None,
    fields: Mapping[str, Any],
    channels: Sequence[Channel],
    products: Sequence[Product],
    version: int | None = None,
) -> Campaign:
    """Keep a campaign, new (None) or changed, with its channels and products as they are from now on.

    Nothing changed writes nothing. What names it by its short name follows it when that changes.

    Raises:
        Conflict: somebody changed it since `version`.
        ClosedPeriod: its quarter is closed.
        BadRecord: another campaign of the quarter has its short name.
    """
    if campaign is None:
        row, before = Campaign(), {}
    else:
        hold_institution(access.institution)
        row = Campaign.objects.of(access.institution).select_for_update().get(pk=campaign.pk)
        before = describe_campaign(row)
    periods = {row.period} if row.period else set()
    for name, value in fields.items():
        setattr(row, name, value)
    row.institution = access.institution
    parts = {"channels": [channel.pk for channel in channels], "products": [list(each) for each in products]}
    was, now = difference(before, {**snapshot(row), **parts})
    if not now:
        return row
    require_open(access.institution, periods | {row.period})
    if campaign is not None and version is not None and version != row.version:
        raise Conflict(Campaign.objects.of(access.institution).get(pk=row.pk))
    others = Campaign.objects.of(access.institution).filter(period=row.period, reference=row.reference)
    if others.exclude(pk=row.pk).exists():
        raise BadRecord(f"Ya hay una campaña «{row.reference}» en este trimestre. Escriba otro nombre corto.")
    row.version += campaign is not None
    row.save()
    _write_parts(access, row, channels, products)
    noted = Noted("create" if campaign is None else "update", name_subject(row), was if before else {}, now)
    record_changes(institution=access.institution, person=access.person, changes=[noted])
    if before and before["reference"] != row.reference:
        _rename_campaign(access, row.period, before["reference"], row.reference)
    return row


def _write_parts(access: Access, row: Campaign, channels: Sequence[Channel], products: Sequence[Product]) -> None:
    """Write a campaign's channels and products anew."""
    CampaignChannel.objects.of(access.institution).filter(campaign=row).delete()
    CampaignChannel.objects.bulk_create(
        CampaignChannel(institution=access.institution, campaign=row, channel=channel, position=place)
        for place, channel in enumerate(channels)
    )
    Deliverable.objects.of(access.institution).filter(campaign=row).delete()
    Deliverable.objects.bulk_create(
        Deliverable(
            institution=access.institution,
            campaign=row,
            product=product,
            promised=promised,
            delivered=delivered,
            position=place,
        )
        for place, (product, promised, delivered) in enumerate(products)
    )


def _rename_campaign(access: Access, period: str, old: str, new: str) -> None:
    """What named a campaign names it as it is called now."""
    for model in (Publication, Commemoration):
        for each in model.objects.of(access.institution).filter(period=period, campaign=old):
            change_record(access=access, row=each, fields={"campaign": new})


@transaction.atomic
def remove_campaign(*, access: Access, campaign: Campaign, reason: str) -> None:
    """Remove a campaign; the journal keeps its channels and products too. Raises ClosedPeriod.

    Publications that name it keep its short name: they were of it.
    """
    row = Campaign.objects.of(access.institution).select_for_update().get(pk=campaign.pk)
    require_open(access.institution, [row.period])
    subject, before = name_subject(row), describe_campaign(row)
    row.delete()
    record_change(
        institution=access.institution,
        person=access.person,
        action="delete",
        subject=subject,
        before=before,
        after={"reason": reason},
    )


@transaction.atomic
def choose_day(*, access: Access, period: str, code: str) -> Commemoration:
    """Choose a day of the calendar to be marked in a quarter. Chosen twice it is chosen once.

    Raises:
        ClosedPeriod: the quarter is closed.
        BadRecord: the calendar has no such day in the quarter.
    """
    require_open(access.institution, [period])
    quarter, day = Period.parse(period), calendar_day(code)
    when = day.rule.in_year(quarter.start.year) if day else None
    if day is None or when is None or not quarter.contains(when):
        raise BadRecord("Esa efeméride no está en el calendario de este trimestre.")
    chosen = Commemoration.objects.of(access.institution).filter(period=period)
    known = row_of_day(chosen, when, day)
    if known is not None:
        return known
    return add_record(access=access, row=Commemoration(period=period, name=day.name, day=when, calendar_code=day.code))


@transaction.atomic
def add_event(*, access: Access, period: str, fields: Mapping[str, Any]) -> Event:
    """Keep a new event with the next reference of its year. Raises ClosedPeriod."""
    require_open(access.institution, [period])
    stem = f"EVE-{Period.parse(period).start.year}-"
    known = Event.objects.of(access.institution).filter(reference__startswith=stem).values_list("reference", flat=True)
    return add_record(access=access, row=Event(period=period, reference=next_reference(known, stem, 2), **fields))


def describe_campaign(row: Campaign) -> dict[str, Any]:
    """A campaign as the journal keeps it: its own fields, its channels and its products."""
    channels = CampaignChannel.objects.of(row.institution_id).filter(campaign=row).order_by("position")
    products = Deliverable.objects.of(row.institution_id).filter(campaign=row).order_by("position")
    return {
        **snapshot(row),
        "channels": list(channels.values_list("channel_id", flat=True)),
        "products": [list(each) for each in products.values_list("product", "promised", "delivered")],
    }
