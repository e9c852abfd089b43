"""Business days between asking and delivering, counted on the calendar of 2025 by hand."""

from datetime import date
from decimal import Decimal

import pytest

from pregon.figures.period import Period
from pregon.records.dossier import Dossier
from pregon.records.organisation import Closure, Control, Institution
from pregon.records.service import RequestKind, ServiceRequest
from pregon.records.turnaround import find_median, measure_turnaround

QUARTER = Period.quarter(2025, 4)


def asked(reference: str, on: date, delivered: date | None, kind: RequestKind = RequestKind.DESIGN) -> ServiceRequest:
    return ServiceRequest(reference, kind, "DH", "Afiche", on, delivered_on=delivered)


def dossier(*requests: ServiceRequest, closures: tuple[Closure, ...] = ()) -> Dossier:
    return Dossier(Institution("Personería"), QUARTER, Control("GC", "1"), requests=requests, closures=closures)


FRIDAY_TO_TUESDAY = asked("over the holiday", date(2025, 10, 10), date(2025, 10, 14))
"""Monday 13 October is a holiday (12 October, moved): one business day."""
CHRISTMAS = asked("over Christmas", date(2025, 12, 24), date(2025, 12, 29))
"""Thursday 25 is a holiday; Friday 26 and Monday 29 are worked, unless the office closes on the 26th."""


def test_holidays_and_weekends_are_not_worked() -> None:
    found = measure_turnaround(
        dossier(FRIDAY_TO_TUESDAY, CHRISTMAS, asked("same day", date(2025, 11, 5), date(2025, 11, 5)))
    )
    assert (found.days, found.median) == ((1, 2, 0), Decimal(1))


def test_a_local_closure_is_not_worked_either() -> None:
    closed = (Closure(date(2025, 12, 26), "Jornada compensada"),)
    assert measure_turnaround(dossier(CHRISTMAS, closures=closed)).days == (1,)


def test_only_what_was_delivered_in_the_period_and_of_those_kinds() -> None:
    found = measure_turnaround(
        dossier(
            asked("in it", date(2025, 9, 30), date(2025, 10, 1)),
            asked("before it", date(2025, 9, 1), date(2025, 9, 30)),
            asked("after it", date(2025, 12, 30), date(2026, 1, 2)),
            asked("never", date(2025, 10, 1), None),
            asked("of another kind", date(2025, 10, 1), date(2025, 10, 2), RequestKind.COVERAGE),
        ),
        (RequestKind.DESIGN,),
    )
    assert ([request.reference for request in found.requests], found.median) == (["in it"], Decimal(1))


@pytest.mark.parametrize(
    ("numbers", "median"),
    [((), None), ((4,), Decimal(4)), ((1, 2), Decimal("1.5")), ((9, 1, 5), Decimal(5)), ((2, 8, 2, 2), Decimal(2))],
)
def test_the_median_is_the_one_in_the_middle(numbers: tuple[int, ...], median: Decimal | None) -> None:
    assert find_median(numbers) == median
