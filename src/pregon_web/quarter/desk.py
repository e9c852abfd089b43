"""What Inicio shows beside the quarter: the requests that press, the days that come next, and what was changed last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import Q

from pregon_web.accounts.selectors import Access
from pregon_web.journal.models import Entry
from pregon_web.journal.naming import name_entries
from pregon_web.journal.wording import tell_action
from pregon_web.ledger.models import quarter_of
from pregon_web.programme.models import Commemoration
from pregon_web.programme.planning import PlannedDay, plan_days
from pregon_web.workflow.models import ServiceRequest
from pregon_web.workflow.selectors import closure_days_of, date_of, open_requests_for
from pregon_web.workflow.wording import Term, tell_term

AHEAD: Final = timedelta(days=30)
MOST: Final = 5
RECORDS: Final = ("ledger.", "workflow.", "programme.", "risks.", "imports.", "quarter.")
"""The kinds of thing whose changes anybody of the office may see; people and permissions stay in the journal."""
STEPS: Final = "workflow.move:"
"""A request that moves has its own entry beside the step's."""


@dataclass(frozen=True, slots=True)
class Coming:
    """A day that comes, and the quarter whose calendar it is in."""

    planned: PlannedDay
    period: str
    days_left: int

    @property
    def when(self) -> str:
        """«hoy», «mañana», «en 5 días»."""
        return {0: "hoy", 1: "mañana"}.get(self.days_left, f"en {self.days_left} días")


@dataclass(frozen=True, slots=True)
class Pressing:
    """An open request and how its date stands: «2 días hábiles tarde», «Vence hoy»."""

    row: ServiceRequest
    term: Term


@dataclass(frozen=True, slots=True)
class Change:
    """Something that was done: by whom, what, to what and when."""

    person: str
    action: str
    subject: str
    at: datetime


def coming_days(access: Access, today: date) -> tuple[Coming, ...]:
    """The next days of the calendar; where the office chose some of the month ahead, those before the others."""
    last = today + AHEAD
    rows = Commemoration.objects.of(access.institution).filter(day__range=(today, last)).select_related("publication")
    days = plan_days(today, last, list(rows), today)
    chosen = [each for each in days if each.row is not None][:MOST]
    others = [each for each in days if each.row is None][: MOST - len(chosen)]
    shown = sorted([*chosen, *others], key=lambda each: each.when)
    return tuple(Coming(each, quarter_of(each.when), (each.when - today).days) for each in shown)


def pressing_requests(access: Access, today: date) -> tuple[Pressing, ...]:
    """The open requests that are late or due by tomorrow, the most pressing first."""
    rows = [row for row in open_requests_for(access) if _is_pressing(row, today)][:MOST]
    closures = closure_days_of(access.institution) if rows else {}
    return tuple(Pressing(row, tell_term(row, today, closures)) for row in rows)


def _is_pressing(row: ServiceRequest, today: date) -> bool:
    day = date_of(row)
    return day is not None and day <= today + timedelta(days=1)


def last_changes(access: Access) -> tuple[Change, ...]:
    """What was last done to the records, newest first."""
    of_records = Q()
    for kind in RECORDS:
        of_records |= Q(subject__startswith=kind)
    rows = Entry.objects.of(access.institution).filter(of_records).select_related("person").order_by("-sequence")
    entries = list(rows.exclude(subject__startswith=STEPS)[:MOST])
    names = name_entries(access.institution, entries)
    return tuple(
        Change(
            entry.person.name if entry.person else "Pregón", tell_action(entry.action), names[entry.subject], entry.at
        )
        for entry in entries
    )
