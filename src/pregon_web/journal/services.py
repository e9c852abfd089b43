"""The one write of the journal."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from pregon_web.accounts.models import Institution, Person
from pregon_web.journal.chain import GENESIS
from pregon_web.journal.models import Entry


class OutsideTransaction(RuntimeError):  # noqa: N818 - what happened, not a suffix
    """A change was about to be noted apart from the change itself."""


def record_change(
    *,
    institution: Institution,
    person: Person | None,
    action: str,
    subject: str,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> Entry:
    """Add the entry of a change, inside the caller's transaction: both stay or neither does.

    `subject` is «app.model:key». `before` and `after` hold plain JSON values; people in them are keys.
    Raises OutsideTransaction where the caller has none.
    """
    if not transaction.get_connection().in_atomic_block:
        raise OutsideTransaction(f"{action} {subject}")
    # One writer at a time per institution, also where the database lets several write.
    Institution.objects.select_for_update().get(pk=institution.pk)
    last = Entry.objects.of(institution).order_by("-sequence").first()
    entry = Entry(
        institution=institution,
        sequence=last.sequence + 1 if last else 1,
        at=datetime.now(UTC),
        person=person,
        action=action,
        subject=subject,
        before=before or {},
        after=after or {},
        previous=last.digest if last else GENESIS,
    )
    entry.digest = entry.link().digest()
    entry.save()
    return entry
