"""The one write of the journal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from pregon_web.accounts.models import Institution, Person
from pregon_web.journal.chain import GENESIS
from pregon_web.journal.models import Entry


class OutsideTransaction(RuntimeError):  # noqa: N818 - what happened, not a suffix
    """A change was about to be noted apart from the change itself."""


@dataclass(frozen=True, slots=True)
class Noted:
    """A change to be noted: what was done, to which thing («app.model:key»), how it was before and after.

    `before` and `after` hold plain JSON values; people in them are keys.
    """

    action: str
    subject: str
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)


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

    Raises OutsideTransaction where the caller has none.
    """
    noted = Noted(action, subject, before or {}, after or {})
    return record_changes(institution=institution, person=person, changes=[noted])[0]


def record_changes(*, institution: Institution, person: Person | None, changes: Iterable[Noted]) -> list[Entry]:
    """Add the entries of several changes that were made together, in their order; as `record_change` does of one.

    Raises OutsideTransaction where the caller has no transaction.
    """
    noted = list(changes)
    if not transaction.get_connection().in_atomic_block:
        raise OutsideTransaction(", ".join(f"{each.action} {each.subject}" for each in noted))
    # One writer at a time per institution, also where the database lets several write.
    Institution.objects.select_for_update().get(pk=institution.pk)
    last = Entry.objects.of(institution).order_by("-sequence").first()
    sequence, previous = (last.sequence, last.digest) if last else (0, GENESIS)
    at = datetime.now(UTC)
    entries = []
    for each in noted:
        sequence += 1
        entry = Entry(
            institution=institution,
            sequence=sequence,
            at=at,
            person=person,
            action=each.action,
            subject=each.subject,
            before=each.before,
            after=each.after,
            previous=previous,
        )
        previous = entry.digest = entry.link().digest()
        entries.append(entry)
    return Entry.objects.bulk_create(entries)
