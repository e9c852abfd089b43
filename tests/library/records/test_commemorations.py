"""The calendar of days against dates read by hand from printed calendars of 2025, 2026 and 2027."""

from __future__ import annotations

from datetime import date

import pytest

from pregon.records.calendar import national_holidays
from pregon.records.commemorations import (
    CALENDAR,
    FixedDay,
    NthWeekday,
    Scope,
    calendar_day,
    days_between,
    easter,
)

MOVABLE = {
    # The Sunday before Easter (20 April 2025, 5 April 2026, 28 March 2027); the rest by its weekday.
    "semana-santa": ("2025-04-13", "2026-03-29", "2027-03-21"),
    "ninez": ("2025-04-26", "2026-04-25", "2027-04-24"),
    "madre": ("2025-05-11", "2026-05-10", "2027-05-09"),
    "campesino": ("2025-06-01", "2026-06-07", "2027-06-06"),
    "padre": ("2025-06-15", "2026-06-21", "2027-06-20"),
    "rios": ("2025-09-28", "2026-09-27", "2027-09-26"),
    "habitat": ("2025-10-06", "2026-10-05", "2027-10-04"),
    "victimas-transito": ("2025-11-16", "2026-11-15", "2027-11-21"),
}


@pytest.mark.parametrize(("code", "dates"), MOVABLE.items())
def test_movable_days_fall_where_the_printed_calendars_have_them(code: str, dates: tuple[str, ...]) -> None:
    day = calendar_day(code)
    assert day is not None
    assert tuple(str(day.rule.in_year(year)) for year in (2025, 2026, 2027)) == dates


def test_every_movable_day_is_in_that_table() -> None:
    assert {day.code for day in CALENDAR if not isinstance(day.rule, FixedDay)} == set(MOVABLE)


@pytest.mark.parametrize("year", range(2000, 2041))
def test_easter_agrees_with_the_holy_days_of_the_national_holidays(year: int) -> None:
    sunday = easter(year)
    assert sunday.weekday() == 6
    thursday, friday = date.fromordinal(sunday.toordinal() - 3), date.fromordinal(sunday.toordinal() - 2)
    assert {thursday, friday} <= national_holidays(year)


@pytest.mark.parametrize(
    ("code", "month", "day", "source"),
    [
        ("victimas", 4, 9, "Ley 1448 de 2011, artículo 142"),
        ("derechos-humanos-colombia", 9, 9, "Ley 95 de 1985"),
        ("acceso-informacion", 9, 28, "A/RES/74/5"),
        ("violencia-mujer", 11, 25, "A/RES/54/134"),
        ("derechos-humanos", 12, 10, "A/RES/423 (V)"),
        ("perro", 7, 21, ""),
    ],
)
def test_fixed_days_have_their_date_and_their_source(code: str, month: int, day: int, source: str) -> None:
    found = calendar_day(code)
    assert found is not None
    assert (found.rule.in_year(2026), found.source) == (date(2026, month, day), source)


def test_a_quarter_has_its_days_in_order() -> None:
    found = days_between(date(2025, 12, 1), date(2025, 12, 10))
    assert [(when.day, each.code) for when, each in found] == [
        (1, "sida"),
        (2, "esclavitud"),
        (3, "discapacidad"),
        (5, "voluntariado"),
        (5, "suelo"),
        (9, "corrupcion"),
        (10, "derechos-humanos"),
    ]


def test_a_span_over_new_year_has_the_days_of_both() -> None:
    found = days_between(date(2025, 12, 20), date(2026, 1, 24))
    assert [(str(when), each.code) for when, each in found] == [
        ("2025-12-20", "solidaridad"),
        ("2026-01-24", "educacion"),
    ]


def test_the_last_weekday_of_december_is_in_december() -> None:
    assert NthWeekday(12, 2, -1).in_year(2025) == date(2025, 12, 31)
    assert NthWeekday(2, 4, -1).in_year(2028) == date(2028, 2, 25)


def test_rules_are_told_in_words() -> None:
    told = {
        code: day.rule.words
        for code in ("padre", "ninez", "rios", "semana-santa", "trabajo")
        if (day := calendar_day(code))
    }
    assert told == {
        "padre": "tercer domingo de junio",
        "ninez": "último sábado de abril",
        "rios": "cuarto domingo de septiembre",
        "semana-santa": "una semana antes del Domingo de Pascua",
        "trabajo": "1 de mayo",
    }


def test_a_day_is_known_by_other_words_for_it_and_not_by_others() -> None:
    cancer, rights, disability = (calendar_day(code) for code in ("cancer-mama", "derechos-humanos", "discapacidad"))
    assert cancer is not None
    assert rights is not None
    assert disability is not None
    assert cancer.is_named("Día Mundial de la Lucha contra el Cáncer de Mama")
    assert rights.is_named("Derechos humanos")
    assert not rights.is_named("Día del Suelo")
    assert not disability.is_named("Día")


def test_codes_and_names_are_written_once_and_national_sources_are_colombian() -> None:
    assert len({day.code for day in CALENDAR}) == len({day.name for day in CALENDAR}) == len(CALENDAR) == 111
    national = {day.source.split()[0] for day in CALENDAR if day.scope is Scope.NATIONAL and day.source}
    assert national == {"Ley", "Decreto"}
    assert {day.source for day in CALENDAR if day.scope is Scope.CUSTOM} == {""}
