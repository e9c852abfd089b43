"""Business days against dates known by hand from the Colombian calendars of 2025 and 2026."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from pregon.records.calendar import add_business_days, business_days_between, is_business_day, national_holidays


@pytest.mark.parametrize(
    "holiday",
    [
        date(2025, 10, 13),  # día de la diversidad, moved from the 12th
        date(2025, 11, 3),
        date(2025, 11, 17),
        date(2025, 12, 8),
        date(2025, 12, 25),
        date(2026, 1, 1),
        date(2026, 1, 12),
        date(2026, 4, 2),  # Holy Thursday
        date(2026, 4, 3),
        date(2026, 7, 13),  # Ley 2578 of 2026
        date(2026, 7, 20),
    ],
)
def test_holidays_are_not_worked(holiday: date) -> None:
    assert holiday.weekday() < 5
    assert is_business_day(holiday) is False


@pytest.mark.parametrize(
    "day",
    [
        date(2025, 10, 6),
        date(2025, 10, 14),
        date(2025, 12, 24),
        date(2025, 7, 14),
        date(2026, 1, 13),
        date(2026, 7, 14),
    ],
)
def test_ordinary_days_are_worked(day: date) -> None:
    assert is_business_day(day) is True


def test_weekends_are_not_worked() -> None:
    assert [is_business_day(date(2025, 11, day)) for day in (7, 8, 9, 10)] == [True, False, False, True]


def test_holidays_on_weekdays_by_year() -> None:
    weekdays = {year: sum(day.weekday() < 5 for day in national_holidays(year)) for year in (2025, 2026, 2027)}
    assert weekdays == {2025: 16, 2026: 19, 2027: 16}


def test_adding_skips_weekend_and_holiday() -> None:
    assert add_business_days(date(2025, 12, 5), 1) == date(2025, 12, 9)
    assert add_business_days(date(2025, 12, 24), 1) == date(2025, 12, 26)
    assert add_business_days(date(2025, 12, 31), 5) == date(2026, 1, 8)
    assert add_business_days(date(2026, 7, 10), 3) == date(2026, 7, 16)


def test_adding_nothing_and_going_back() -> None:
    assert add_business_days(date(2025, 12, 7), 0) == date(2025, 12, 7)
    assert add_business_days(date(2025, 12, 9), -1) == date(2025, 12, 5)


def test_a_local_closure_counts_as_a_day_off() -> None:
    closure = date(2025, 12, 26)
    assert is_business_day(closure) is True
    assert is_business_day(closure, closures=[closure]) is False
    assert add_business_days(date(2025, 12, 24), 1, closures=[closure]) == date(2025, 12, 29)
    assert business_days_between(date(2025, 12, 24), date(2025, 12, 29), closures=[closure]) == 1


def test_days_between() -> None:
    assert business_days_between(date(2025, 12, 9), date(2025, 12, 15)) == 4
    assert business_days_between(date(2025, 12, 8), date(2025, 12, 15)) == 5  # the campaign's five working days
    assert business_days_between(date(2025, 10, 6), date(2025, 10, 6)) == 0
    assert business_days_between(date(2025, 12, 9), date(2025, 12, 5)) == -1


def test_between_undoes_add_on_every_business_day_of_a_year() -> None:
    day = date(2026, 1, 1)
    while day.year == 2026:
        if is_business_day(day):
            for count in (-7, -1, 0, 1, 3, 15):
                assert business_days_between(day, add_business_days(day, count)) == count
        day += timedelta(days=1)
