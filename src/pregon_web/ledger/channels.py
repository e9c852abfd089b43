"""Writes of channels: their order in the report, and which are used."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from pregon_web.accounts.models import Institution
from pregon_web.accounts.selectors import Access
from pregon_web.ledger.models import Channel
from pregon_web.ledger.selectors import channels_for
from pregon_web.ledger.services import BadRecord, add_record, change_record
from pregon_web.ledger.uses import is_used


@transaction.atomic
def add_channel(*, access: Access, fields: dict[str, Any]) -> Channel:
    """Add a channel, the last of the report. Raises BadRecord where another took its code meanwhile."""
    _hold(access)
    if channels_for(access).filter(code__iexact=fields["code"]).exists():
        raise BadRecord(f"Ya hay un canal con el código «{fields['code']}». Escriba otro.")
    last = channels_for(access).order_by("-position").values_list("position", flat=True).first()
    return add_record(access=access, row=Channel(**fields, position=0 if last is None else last + 1))


@transaction.atomic
def change_channel(*, access: Access, row: Channel, fields: dict[str, Any], version: int | None) -> Channel:
    """Change a channel. Raises Conflict, and BadRecord for the code of one that records name."""
    _hold(access)
    if fields.get("code", row.code) != row.code and is_used(row):
        raise BadRecord(f"El código «{row.code}» no cambia: hay registros que lo usan.")
    return change_record(access=access, row=row, fields=fields, version=version)


@transaction.atomic
def move_channel(*, access: Access, row: Channel, step: int) -> None:
    """Put a channel one place earlier (−1) or later (+1) in the report. At the end of the list nothing happens."""
    _hold(access)
    order = list(channels_for(access))
    place = next(place for place, each in enumerate(order) if each.pk == row.pk)
    other = place + step
    if not 0 <= other < len(order):
        return
    order[place], order[other] = order[other], order[place]
    for position, each in enumerate(order):
        change_record(access=access, row=each, fields={"position": position})


def use_channel(*, access: Access, row: Channel, is_active: bool) -> Channel:
    """Put a channel aside, or use it again. The quarters whose records name it keep it."""
    return change_record(access=access, row=row, fields={"is_active": is_active})


def _hold(access: Access) -> None:
    """Two who add or order channels at once go one after the other."""
    Institution.objects.select_for_update().get(pk=access.institution.pk)
