"""Reads of the journal, and the proof that nobody touched it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from pregon_web.accounts.models import Institution, Person
from pregon_web.accounts.selectors import Access
from pregon_web.journal.chain import GENESIS, ChainState, Link, verify_links
from pregon_web.journal.models import Entry


@dataclass(frozen=True, slots=True)
class EntryFilter:
    """Which entries are asked for: of whom, what they did, to what kind of thing or to which, between which days."""

    person: int | None = None
    action: str = ""
    subject: str = ""
    """«accounts.office» for every office, «accounts.office:7» for one."""
    since: date | None = None
    until: date | None = None


def verify_chain(institution: Institution, *, known_head: str | None = None) -> ChainState:
    """Walk every entry of an institution and work its hash out again; see `chain.verify_links`."""
    entries = Entry.objects.of(institution).order_by("sequence").iterator()
    return verify_links(((entry.link(), entry.digest) for entry in entries), known_head=known_head)


def chain_for(access: Access) -> Iterator[tuple[Link, str]]:
    """Every entry of the person's institution with its hash, from the first."""
    for entry in Entry.objects.of(access.institution).order_by("sequence").iterator():
        yield entry.link(), entry.digest


def head_of(institution: Institution) -> str:
    """The hash of the institution's last entry: while it stays the same, nothing of the institution has changed."""
    last = Entry.objects.of(institution).order_by("-sequence").values_list("digest", flat=True).first()
    return last or GENESIS


def entries_for(access: Access, asked: EntryFilter) -> QuerySet[Entry]:
    """The changes of the person's institution that were asked for, newest first, with who made them."""
    rows = Entry.objects.of(access.institution).select_related("person").order_by("-sequence")
    if asked.person is not None:
        rows = rows.filter(person_id=asked.person)
    if asked.action:
        rows = rows.filter(action=asked.action)
    if ":" in asked.subject:
        rows = rows.filter(subject=asked.subject)
    elif asked.subject:
        rows = rows.filter(subject__startswith=f"{asked.subject}:")
    if asked.since:
        rows = rows.filter(at__gte=_midnight(asked.since))
    if asked.until:
        rows = rows.filter(at__lt=_midnight(asked.until + timedelta(days=1)))
    return rows


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))  # in the calendar of the office


def people_noted_for(access: Access) -> list[Person]:
    """Whoever did something in the person's institution, by name."""
    noted = Entry.objects.of(access.institution).exclude(person=None).order_by().values_list("person_id", flat=True)
    return list(Person.objects.filter(pk__in=list(noted.distinct())).order_by("name"))


def actions_noted_for(access: Access) -> list[str]:
    """What was ever done in the person's institution."""
    return list(Entry.objects.of(access.institution).order_by("action").values_list("action", flat=True).distinct())


def kinds_noted_for(access: Access) -> list[str]:
    """To what kinds of thing: «accounts.office»."""
    subjects = Entry.objects.of(access.institution).order_by().values_list("subject", flat=True).distinct()
    return sorted({subject.partition(":")[0] for subject in subjects})
