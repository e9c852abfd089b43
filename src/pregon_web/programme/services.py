"""Writes of the programme. A campaign is changed together with its channels and its products, in one entry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from pregon_web.accounts.selectors import Access
from pregon_web.journal.rows import difference, name_subject, snapshot
from pregon_web.journal.services import Noted, record_changes
from pregon_web.ledger.models import Channel
from pregon_web.ledger.services import Conflict, hold_institution, require_open
from pregon_web.programme.models import Campaign, CampaignChannel, Deliverable

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

    Raises:
        Conflict: somebody changed it since `version`.
        ClosedPeriod: its quarter is closed.
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
    require_open(access.institution, periods | {row.period})
    if campaign is not None and version is not None and version != row.version:
        raise Conflict(Campaign.objects.of(access.institution).get(pk=row.pk))
    row.version += campaign is not None
    row.save()
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
    was, now = difference(before, describe_campaign(row))
    if now:
        noted = Noted("create" if campaign is None else "update", name_subject(row), was if before else {}, now)
        record_changes(institution=access.institution, person=access.person, changes=[noted])
    return row


def describe_campaign(row: Campaign) -> dict[str, Any]:
    """A campaign as the journal keeps it: its own fields, its channels and its products."""
    channels = CampaignChannel.objects.of(row.institution_id).filter(campaign=row).order_by("position")
    products = Deliverable.objects.of(row.institution_id).filter(campaign=row).order_by("position")
    return {
        **snapshot(row),
        "channels": list(channels.values_list("channel_id", flat=True)),
        "products": [list(each) for each in products.values_list("product", "promised", "delivered")],
    }
