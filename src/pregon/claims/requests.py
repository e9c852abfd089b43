"""What the records say of the requests that a report speaks of: how many, and whether they were on time."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from pregon.claims.claim import Subject
from pregon.claims.records import period_of_records
from pregon.claims.vocabulary import find_measures
from pregon.figures.amount import Amount
from pregon.figures.period import Period
from pregon.figures.spanish import fold
from pregon.records.comparison import percentage
from pregon.records.dossier import Dossier
from pregon.records.monitors import judge_deliveries, seen_on
from pregon.records.service import RequestKind

REQUESTS: Final = "requests"
_KINDS: Final = {
    "coverage": RequestKind.COVERAGE,
    "designs": RequestKind.DESIGN,
    "news_requests": RequestKind.NEWS,
    "video_requests": RequestKind.VIDEO,
    "post_requests": RequestKind.PUBLICATION,
    "wallpaper_requests": RequestKind.WALLPAPER,
    "other_requests": RequestKind.OTHER,
}


@dataclass(frozen=True, slots=True)
class RequestCount:
    """How many requests of a kind were asked for in a period, and how many were delivered in it."""

    asked: int
    delivered: int


def count_of_claim(subject: Subject, dossier: Dossier, *, has_year: bool = True) -> RequestCount | None:
    """Both counts of the kind of request that a subject speaks of; None where it is not surely all of one kind."""
    kind = _KINDS.get(subject.measure)
    period = period_of_records(subject.period, dossier, has_year=has_year)
    if kind is None or subject.entity or period is None:
        return None
    of_kind = [request for request in dossier.requests if request.kind is kind]
    if not any(dossier.period.contains(request.asked_on) for request in of_kind):
        return None
    return RequestCount(
        asked=sum(period.contains(request.asked_on) for request in of_kind),
        delivered=sum(_within(period, request.delivered_on) for request in of_kind),
    )


def _within(period: Period, day: date | None) -> bool:
    return day is not None and period.contains(day)


def kinds_in(folded: str) -> Collection[RequestKind] | None:
    """The kinds of request that a folded sentence speaks of; all where it says only «solicitudes», None where none."""
    codes = {term.code for term in find_measures(folded)}
    kinds = {kind for code, kind in _KINDS.items() if code in codes}
    if kinds:
        return kinds
    return frozenset(RequestKind) if REQUESTS in codes else None


@dataclass(frozen=True, slots=True)
class OnTime:
    """How many requests were on time, out of how many, and that in per cent."""

    on_time: int
    of: int
    rate: Amount


def shares_on_time(dossier: Dossier, kinds: Collection[RequestKind]) -> tuple[OnTime, ...]:
    """The shares on time of some kinds: over those delivered with a date, and over those overdue still as well."""
    found = judge_deliveries(dossier.requests, period=dossier.period, as_of=seen_on(dossier), kinds=kinds)
    on_time = len(found.on_time)
    wholes = dict.fromkeys((on_time + len(found.late), len(found.judged)))
    return tuple(OnTime(on_time, of, percentage(Decimal(on_time), Decimal(of))) for of in wholes if of)


def names_office(folded: str, dossier: Dossier) -> bool:
    """Whether a folded sentence names one of the institution's offices, and so may speak of its requests only."""
    names = {name for office in dossier.institution.offices for name in (office.name, *office.aliases)}
    return any(re.search(rf"\b{re.escape(fold(name))}\b", folded) for name in names)
