"""Writes of what the institution sets for itself: kinds of request, the table of terms, local closures.

A term or a closure that changes holds for what is asked from then on: a date that somebody was given stays given.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from pregon_web.accounts.selectors import Access
from pregon_web.ledger.services import BadRecord, add_record, change_record, hold_institution, remove_record
from pregon_web.workflow.models import Closure, Deadline, Kind
from pregon_web.workflow.selectors import closures_for, kinds_for


@transaction.atomic
def keep_kind(*, access: Access, row: Kind | None, fields: Mapping[str, Any], version: int | None = None) -> Kind:
    """Add a kind of request at the end of the list, or change one. Raises Conflict; BadRecord for a name in use."""
    hold_institution(access.institution)
    same = kinds_for(access).filter(name=fields["name"]).first()
    if same is not None and same != row:
        raise BadRecord(f"Ya hay un tipo «{fields['name']}».")
    if row is not None:
        return change_record(access=access, row=row, fields=fields, version=version)
    last = kinds_for(access).last()
    return add_record(access=access, row=Kind(position=last.position + 1 if last else 0, **fields))


@transaction.atomic
def keep_terms(*, access: Access, terms: Mapping[tuple[int, str], int | None]) -> int:
    """Keep the table of terms as told, by kind and priority; None is no term. Answers how many lines changed."""
    hold_institution(access.institution)
    known = {(row.kind_id, row.priority): row for row in Deadline.objects.of(access.institution)}
    kinds = {kind.pk: kind for kind in kinds_for(access)}
    changed = 0
    for (kind, priority), days in terms.items():
        row = known.get((kind, priority))
        if days == (row.business_days if row else None) or kind not in kinds:
            continue
        changed += 1
        if row is None and days is not None:
            add_record(access=access, row=Deadline(kind=kinds[kind], priority=priority, business_days=days))
        elif row is not None and days is None:
            remove_record(access=access, row=row)
        elif row is not None:
            change_record(access=access, row=row, fields={"business_days": days})
    return changed


@transaction.atomic
def add_closure(*, access: Access, day: date, reason: str) -> Closure:
    """Note a local day off. Raises BadRecord where it is there."""
    hold_institution(access.institution)
    if closures_for(access).filter(day=day).exists():
        raise BadRecord("Ese día ya está anotado.")
    return add_record(access=access, row=Closure(day=day, reason=reason))


def remove_closure(*, access: Access, row: Closure, reason: str = "") -> None:
    """Take back a local day off that is worked after all."""
    remove_record(access=access, row=row, reason=reason)
