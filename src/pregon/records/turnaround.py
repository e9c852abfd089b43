"""How long the office took: the business days between asking and delivering, and their median.

The day on which something is asked is not counted and that on which it is delivered is; asked and delivered on one
day took 0. Business days are Colombia's, without the local closures of the institution.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from pregon.records.calendar import business_days_between
from pregon.records.dossier import Dossier
from pregon.records.service import RequestKind, ServiceRequest


@dataclass(frozen=True, slots=True)
class Turnaround:
    """The median of business days of some requests; `days` holds those of each one, in the order of `requests`.

    `median` is a whole number or one and a half; None where nothing was delivered.
    """

    requests: tuple[ServiceRequest, ...]
    days: tuple[int, ...]
    median: Decimal | None


def measure_turnaround(dossier: Dossier, kinds: Collection[RequestKind] = frozenset(RequestKind)) -> Turnaround:
    """The turnaround of the requests of some kinds that were delivered inside the period, with a date or without."""
    delivered = [
        (request, request.delivered_on)
        for request in dossier.requests
        if request.kind in kinds and request.delivered_on is not None and dossier.period.contains(request.delivered_on)
    ]
    closed = frozenset(closure.day for closure in dossier.closures)
    days = tuple(business_days_between(request.asked_on, day, closures=closed) for request, day in delivered)
    return Turnaround(tuple(request for request, _ in delivered), days, find_median(days))


def find_median(numbers: Collection[int]) -> Decimal | None:
    """The number in the middle, or half-way between the two in the middle; None of nothing."""
    if not numbers:
        return None
    ordered = sorted(numbers)
    low, high = ordered[(len(ordered) - 1) // 2], ordered[len(ordered) // 2]
    return Decimal(low) if low == high else Decimal(low + high) / 2
