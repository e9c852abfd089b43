"""Dates and hours in the pages, in the calendar of Colombia."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from pregon_web.accounts.templatetags import spanish


@pytest.mark.parametrize(
    ("at", "written"),
    [
        (datetime(2026, 1, 6, 22, 0, tzinfo=UTC), "6 de enero de 2026 a las 5:00\u00a0p.\u00a0m."),
        (datetime(2026, 1, 7, 4, 59, tzinfo=UTC), "6 de enero de 2026 a las 11:59\u00a0p.\u00a0m."),
        (datetime(2026, 1, 7, 5, 0, tzinfo=UTC), "7 de enero de 2026 a las 12:00\u00a0a.\u00a0m."),
        (datetime(2026, 1, 7, 18, 5, tzinfo=UTC), "7 de enero de 2026 a la 1:05\u00a0p.\u00a0m."),
    ],
)
def test_an_instant_is_local_and_says_the_hour_as_people_do(at: datetime, written: str) -> None:
    assert spanish.instant(at) == written


def test_a_day_changes_at_the_local_midnight() -> None:
    assert spanish.day(datetime(2026, 1, 1, 3, 0, tzinfo=UTC)) == "31 de diciembre de 2025"
    assert spanish.weekday(date(2026, 1, 6)) == "martes 6 de enero de 2026"
    assert spanish.moment(datetime(2026, 1, 6, 15, 7, tzinfo=UTC)) == "6 ene 2026, 10:07\u00a0a.\u00a0m."


@pytest.mark.parametrize(("count", "written"), [(0, "0"), (999, "999"), (1021, "1.021"), (1234567, "1.234.567")])
def test_a_count_is_printed_as_in_the_reports(count: int, written: str) -> None:
    assert spanish.counted(count) == written
