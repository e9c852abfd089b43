"""Business days of Colombia: Monday to Friday, less the national holidays, less the local closures the office names.

National holidays come from `holidays` (Ley 51 of 1983, with Ley 2578 of 2026: 13 July). A local closure (the town's
day, a strike, the shared days off of December) is not national: it is a parameter, never code.

>>> add_business_days(date(2025, 12, 5), 1)  # Monday 8 December is a holiday
datetime.date(2025, 12, 9)
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from functools import lru_cache

_SATURDAY = 5


@lru_cache(maxsize=64)
def national_holidays(year: int) -> frozenset[date]:
    """The national holidays of a year, those moved to Monday already moved."""
    from holidays.countries import CO  # by its own module: the package's front door loads every country

    return frozenset(CO(years=year))


def is_business_day(day: date, *, closures: Collection[date] = ()) -> bool:
    """Whether offices work that day; `closures` are the local days off."""
    return day.weekday() < _SATURDAY and day not in national_holidays(day.year) and day not in closures


def add_business_days(start: date, days: int, *, closures: Collection[date] = ()) -> date:
    """The day that falls `days` business days after `start` (before it, when negative); `start` itself is not counted.

    With 0 it answers `start` as it is, business day or not: a term of no days ends where it began.
    """
    step = timedelta(days=1 if days >= 0 else -1)
    day = start
    left = abs(days)
    while left:
        day += step
        if is_business_day(day, closures=closures):
            left -= 1
    return day


def business_days_between(start: date, end: date, *, closures: Collection[date] = ()) -> int:
    """How many business days pass from `start` to `end`: those after `start` up to `end` included.

    Negative when `end` comes first, so that for every n of one sign or none
    `business_days_between(d, add_business_days(d, n)) == n` on a business day d.
    """
    if end < start:
        return -business_days_between(end - timedelta(days=1), start - timedelta(days=1), closures=closures)
    passed = (start + timedelta(days=offset) for offset in range(1, (end - start).days + 1))
    return sum(is_business_day(day, closures=closures) for day in passed)
