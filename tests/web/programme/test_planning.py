"""Planned against published, told in words."""

from __future__ import annotations

from datetime import date

from pregon_web.ledger.models import Publication
from pregon_web.programme.models import Commemoration
from pregon_web.programme.planning import DayState, months_of, plan_quarter, tell_plan

T4 = "2025-T4"


def chosen(name: str, day: date, code: str = "", published: date | None = None) -> Commemoration:
    publication = Publication(pk=1, title=name, published_on=published) if published else None
    return Commemoration(period=T4, name=name, day=day, calendar_code=code, publication=publication)


def test_each_day_is_free_planned_passed_or_marked() -> None:
    rows = [
        chosen("Día de los Derechos Humanos", date(2025, 12, 10), "derechos-humanos", date(2025, 12, 12)),
        chosen("Lucha contra el cáncer de mama", date(2025, 10, 19)),
        chosen("Día del municipio", date(2025, 12, 28)),
    ]
    days = plan_quarter(T4, rows, date(2025, 12, 15))
    told = {each.name: (each.state, each.told) for each in days if each.row}
    assert told == {
        "Día de los Derechos Humanos": (DayState.MARKED, "Publicada el 12 dic 2025, 2 días después"),
        "Lucha contra el cáncer de mama": (DayState.UNMARKED, "Pasó sin publicación"),
        "Día del municipio": (DayState.PLANNED, "Elegida"),
    }
    # The calendar's own 32 days of the quarter, two of them chosen, and one of the institution's own.
    assert len(days) == 32 + 1
    assert sum(each.state is DayState.FREE for each in days) == 30
    assert [each.name for each in days if each.day is None] == ["Día del municipio"]
    assert [month.told for month in months_of(T4, days)] == ["1 de 15", "0 de 7", "2 de 11"]


def test_the_plan_is_told_in_a_sentence_or_two() -> None:
    marked = chosen("Día de los Derechos Humanos", date(2025, 12, 10), "derechos-humanos", date(2025, 12, 10))
    passed = chosen("Día de la Niña", date(2025, 10, 11), "nina")
    coming = chosen("Día del municipio", date(2025, 12, 28))
    today = date(2025, 12, 15)
    assert tell_plan(plan_quarter(T4, [], today)) == "Todavía no ha elegido ninguna efeméride de este trimestre."
    assert tell_plan(plan_quarter(T4, [marked], today)) == "1 efeméride elegida: tiene su publicación."
    assert tell_plan(plan_quarter(T4, [marked, passed, coming], today)) == (
        "3 efemérides elegidas: 1 con publicación, 1 que pasó sin ella y 1 por venir. "
        "Sin publicación: Día de la Niña (11 oct 2025)."
    )


def test_a_long_list_of_days_that_passed_is_counted_from_the_fourth() -> None:
    rows = [chosen(f"Propia {number}", date(2025, 10, number)) for number in range(1, 6)]
    assert tell_plan(plan_quarter(T4, rows, date(2026, 1, 1))).endswith(
        "Sin publicación: Propia 1 (1 oct 2025), Propia 2 (2 oct 2025), Propia 3 (3 oct 2025) y 2 más."
    )


def test_two_days_of_one_date_are_told_apart() -> None:
    soil = chosen("Día Mundial del Suelo", date(2025, 12, 5))
    days = plan_quarter(T4, [soil], date(2026, 1, 1))
    fifth = [(each.day.code if each.day else "", each.row is soil) for each in days if each.when == date(2025, 12, 5)]
    assert fifth == [("voluntariado", False), ("suelo", True)]


def test_holidays_moved_to_monday_are_told() -> None:
    days = plan_quarter(T4, [], date(2026, 1, 1))
    # 12 October of 2025 is a Sunday: its holiday is the 13th.
    assert [each.when.day for each in days if each.is_holiday and each.when.month == 10] == [13]
