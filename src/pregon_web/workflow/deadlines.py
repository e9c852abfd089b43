"""When a request is due: the business days that the institution's own table gives, counted on Colombia's calendar.

Pure: the table, the closures and the days are told; no row is read. A kind and priority without a line in the table
have no term, which is not a term of no days.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from pregon.figures.spanish import count_of, join_words, print_date
from pregon.records.calendar import add_business_days, business_days_between, is_business_day, national_holidays

TermTable = Mapping[tuple[int, str], int]
"""Business days by the kind's key and the priority."""

Closures = Mapping[date, str]
"""The local days off, each with its reason."""

_WEEKDAYS: Final = ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo")
_SATURDAY: Final = 5
_FEW: Final = 4  # of more days than these that did not count, the weekends go without saying
_NO_CLOSURES: Final[Closures] = {}


@dataclass(frozen=True, slots=True)
class Due:
    """A due date with what it was worked out from: the term in business days and the days that did not count."""

    day: date
    asked_on: date
    business_days: int
    skipped: tuple[date, ...] = ()


def work_out_due(asked_on: date, business_days: int, *, closures: Closures = _NO_CLOSURES) -> Due:
    """The day on which a term ends. The day it was asked is not counted, business day or not.

    A term of 0 days ends on the same day where offices work on it, else on the next business day.

    >>> work_out_due(date(2025, 12, 5), 3).day  # Monday 8 December is a holiday
    datetime.date(2025, 12, 11)
    """
    day = add_business_days(asked_on, business_days, closures=closures)
    if not is_business_day(day, closures=closures):
        day = add_business_days(day, 1, closures=closures)
    passed = (asked_on + timedelta(days=offset) for offset in range((day - asked_on).days))
    return Due(
        day, asked_on, business_days, tuple(each for each in passed if not is_business_day(each, closures=closures))
    )


def due_of(
    table: TermTable, kind: int, priority: str, asked_on: date, *, closures: Closures = _NO_CLOSURES
) -> Due | None:
    """As `work_out_due` with the term of the table; None where the table has no line for it."""
    days = table.get((kind, priority))
    return None if days is None else work_out_due(asked_on, days, closures=closures)


def business_days_late(due: date, on: date, *, closures: Closures = _NO_CLOSURES) -> int:
    """How many business days passed after the due date up to `on`: 0 on the date itself, before it, and on the days
    off right after it.
    """
    return max(0, business_days_between(due, on, closures=closures))


def tell_due(due: Due, what: str, *, closures: Closures = _NO_CLOSURES) -> str:
    """How the date came about: «Pieza gráfica, prioridad normal: 3 días hábiles, pedida el viernes 5 de …»."""
    term = count_of(due.business_days, "día hábil", "días hábiles") if due.business_days else "el mismo día hábil"
    start = f"{what}: {term}, pedida el {tell_day(due.asked_on)}."
    told = [day for day in due.skipped if day.weekday() < _SATURDAY or len(due.skipped) <= _FEW]
    if not told:
        return start
    names = join_words([_tell_skipped(day, closures) for day in told])
    return f"{start} No {'cuenta' if len(told) == 1 else 'cuentan'} {names}."


def tell_day(day: date) -> str:
    """«viernes 5 de diciembre de 2025»."""
    return f"{_WEEKDAYS[day.weekday()]} {print_date(day)}"


def _tell_skipped(day: date, closures: Closures) -> str:
    name = f"el {_WEEKDAYS[day.weekday()]} {day.day}"
    if day.weekday() >= _SATURDAY:
        return name
    return f"{name} ({'festivo' if day in national_holidays(day.year) else closures[day]})"
