"""Due dates, each counted by hand on the calendar of its year."""

from __future__ import annotations

from datetime import date

import pytest

from pregon_web.workflow.deadlines import Due, business_days_late, due_of, tell_due, work_out_due

TOWN_DAY = {date(2025, 12, 11): "Fiestas del municipio"}
YEAR_END = {date(2025, 12, 31): "Descanso compartido", date(2026, 1, 2): "Descanso compartido"}


@pytest.mark.parametrize(
    ("asked", "days", "due"),
    [
        # 2025
        (date(2025, 10, 1), 3, date(2025, 10, 6)),  # Wednesday: 2, 3, Monday 6
        (date(2025, 10, 10), 1, date(2025, 10, 14)),  # Monday 13 is the day of 12 October
        (date(2025, 10, 31), 2, date(2025, 11, 5)),  # Monday 3 is All Saints'; 4 and 5
        (date(2025, 11, 14), 2, date(2025, 11, 19)),  # Monday 17 is Cartagena's; 18 and 19
        (date(2025, 12, 5), 3, date(2025, 12, 11)),  # Monday 8 is a holiday; 9, 10, 11
        (date(2025, 4, 16), 1, date(2025, 4, 21)),  # Holy Thursday and Friday
        (date(2025, 6, 27), 1, date(2025, 7, 1)),  # Monday 30: two holidays on one day
        (date(2025, 7, 18), 1, date(2025, 7, 21)),  # 20 July is a Sunday and does not move
        # 2026
        (date(2026, 1, 9), 2, date(2026, 1, 14)),  # Monday 12 is Epiphany; 13 and 14
        (date(2026, 3, 20), 1, date(2026, 3, 24)),  # Monday 23 is Saint Joseph
        (date(2026, 4, 1), 2, date(2026, 4, 7)),  # Holy Thursday and Friday; 6 and 7
        (date(2026, 7, 10), 1, date(2026, 7, 14)),  # Monday 13 is a holiday since Ley 2578
        (date(2026, 7, 17), 1, date(2026, 7, 21)),  # 20 July is a Monday
        (date(2026, 12, 7), 1, date(2026, 12, 9)),  # Tuesday 8 does not move
        # 2027
        (date(2027, 1, 8), 1, date(2027, 1, 12)),  # Monday 11 is Epiphany
        (date(2027, 3, 19), 2, date(2027, 3, 24)),  # Monday 22 is Saint Joseph; 23 and 24
        (date(2027, 3, 24), 1, date(2027, 3, 29)),  # Holy Thursday and Friday
        (date(2027, 4, 30), 1, date(2027, 5, 3)),  # 1 May is a Saturday and does not move
        (date(2027, 5, 28), 1, date(2027, 6, 1)),  # Monday 31 is Corpus Christi
        (date(2027, 7, 19), 1, date(2027, 7, 21)),  # Tuesday 20 July
        (date(2027, 10, 15), 3, date(2027, 10, 21)),  # Monday 18; 19, 20, 21
        # over the end of a year
        (date(2025, 12, 30), 3, date(2026, 1, 5)),  # 31, Friday 2, Monday 5
        (date(2025, 12, 29), 8, date(2026, 1, 9)),  # 30, 31, 2, 5, 6, 7, 8, 9
        (date(2026, 12, 31), 1, date(2027, 1, 4)),  # Friday 1 January; Monday 4
        # asked on a day off: counted from it
        (date(2025, 12, 20), 3, date(2025, 12, 24)),  # Saturday; 22, 23, 24
        (date(2025, 12, 8), 1, date(2025, 12, 9)),  # the holiday itself
        # the same day
        (date(2025, 12, 10), 0, date(2025, 12, 10)),
        (date(2025, 12, 6), 0, date(2025, 12, 9)),  # Saturday; Monday is a holiday
        (date(2027, 1, 1), 0, date(2027, 1, 4)),
    ],
)
def test_a_term_ends_on_the_business_day_counted_by_hand(asked: date, days: int, due: date) -> None:
    assert work_out_due(asked, days).day == due


def test_the_institutions_own_closures_do_not_count() -> None:
    assert work_out_due(date(2025, 12, 10), 1, closures=TOWN_DAY).day == date(2025, 12, 12)
    assert work_out_due(date(2025, 12, 11), 0, closures=TOWN_DAY).day == date(2025, 12, 12)
    assert work_out_due(date(2025, 12, 30), 3, closures=YEAR_END).day == date(2026, 1, 7)  # Monday 5, 6, 7


def test_the_table_says_the_days_and_a_line_that_is_not_there_is_no_term() -> None:
    table = {(4, "normal"): 3, (4, "urgent"): 0}
    asked = date(2025, 10, 1)
    assert due_of(table, 4, "normal", asked) == Due(date(2025, 10, 6), asked, 3, (date(2025, 10, 4), date(2025, 10, 5)))
    assert due_of(table, 4, "urgent", asked) == Due(asked, asked, 0)
    assert due_of(table, 4, "high", asked) is None
    assert due_of(table, 5, "normal", asked) is None


def test_how_a_date_came_about_is_told_with_the_days_that_did_not_count() -> None:
    asked = date(2025, 12, 5)
    assert tell_due(work_out_due(asked, 3), "Pieza gráfica, prioridad normal") == (
        "Pieza gráfica, prioridad normal: 3 días hábiles, pedida el viernes 5 de diciembre de 2025. "
        "No cuentan el sábado 6, el domingo 7 y el lunes 8 (festivo)."
    )
    told = tell_due(
        work_out_due(date(2025, 12, 10), 1, closures=TOWN_DAY), "Noticia, prioridad alta", closures=TOWN_DAY
    )
    assert told == (
        "Noticia, prioridad alta: 1 día hábil, pedida el miércoles 10 de diciembre de 2025. "
        "No cuenta el jueves 11 (Fiestas del municipio)."
    )
    assert tell_due(work_out_due(date(2025, 12, 10), 0), "Video, urgente") == (
        "Video, urgente: el mismo día hábil, pedida el miércoles 10 de diciembre de 2025."
    )


def test_of_a_long_term_the_weekends_go_without_saying() -> None:
    told = tell_due(work_out_due(date(2025, 12, 29), 8), "Video, prioridad normal")
    assert told.endswith(
        "el lunes 29 de diciembre de 2025. No cuentan el jueves 1 (festivo), el sábado 3 y el domingo 4."
    )
    longer = tell_due(work_out_due(date(2025, 12, 1), 12), "Otra, prioridad normal")
    assert longer.endswith("el lunes 1 de diciembre de 2025. No cuenta el lunes 8 (festivo).")


@pytest.mark.parametrize(
    ("due", "on", "late"),
    [
        (date(2025, 12, 5), date(2025, 12, 5), 0),
        (date(2025, 12, 5), date(2025, 12, 8), 0),  # weekend and holiday
        (date(2025, 12, 5), date(2025, 12, 9), 1),
        (date(2025, 12, 5), date(2025, 12, 1), 0),
        (date(2025, 12, 30), date(2026, 1, 6), 4),  # 31, 2, 5, 6
    ],
)
def test_lateness_is_counted_in_business_days(due: date, on: date, late: int) -> None:
    assert business_days_late(due, on) == late
