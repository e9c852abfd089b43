import re
from datetime import date

import pytest

from pregon.figures.period import Period, PeriodKind

QUARTER = Period.quarter(2025, 4)
DAYS = Period.span(date(2025, 12, 9), date(2025, 12, 15))


@pytest.mark.parametrize(
    ("period", "kind", "printed", "title", "short"),
    [
        (Period.month(2025, 10), PeriodKind.MONTH, "2025-10", "octubre de 2025", "octubre"),
        (QUARTER, PeriodKind.QUARTER, "2025-T4", "cuarto trimestre de 2025", "T4 2025"),
        (Period.quarter(2026, 1), PeriodKind.QUARTER, "2026-T1", "primer trimestre de 2026", "T1 2026"),
        (Period.half(2025, 1), PeriodKind.HALF, "2025-S1", "primer semestre de 2025", "S1 2025"),
        (Period.year(2025), PeriodKind.YEAR, "2025", "2025", "2025"),
        (DAYS, PeriodKind.SPAN, "2025-12-09/2025-12-15", "9 al 15 de diciembre de 2025", "9 al 15 dic 2025"),
        (
            Period.span(date(2025, 5, 1), date(2025, 8, 31)),
            PeriodKind.SPAN,
            "2025-05-01/2025-08-31",
            "mayo a agosto de 2025",
            "1 may al 31 ago 2025",
        ),
        (
            Period.span(date(2025, 12, 28), date(2026, 1, 3)),
            PeriodKind.SPAN,
            "2025-12-28/2026-01-03",
            "28 de diciembre de 2025 al 3 de enero de 2026",
            "28 dic 2025 al 3 ene 2026",
        ),
        (
            Period.span(date(2025, 11, 1), date(2026, 1, 31)),
            PeriodKind.SPAN,
            "2025-11-01/2026-01-31",
            "noviembre de 2025 a enero de 2026",
            "1 nov 2025 al 31 ene 2026",
        ),
    ],
)
def test_names_of_a_period(period: Period, kind: PeriodKind, printed: str, title: str, short: str) -> None:
    assert (period.kind, str(period), period.title, period.short) == (kind, printed, title, short)
    assert Period.parse(printed) == period
    assert Period.parse(title) == period


def test_three_months_that_are_no_quarter_are_a_span() -> None:
    assert Period.span(date(2025, 11, 1), date(2026, 1, 31)).kind is PeriodKind.SPAN
    assert Period.span(date(2025, 2, 1), date(2025, 4, 30)).kind is PeriodKind.SPAN


def test_a_quarter_is_the_run_of_its_days() -> None:
    days = Period.span(date(2025, 10, 1), date(2025, 12, 31))
    assert days == QUARTER
    assert QUARTER.days == 92
    assert QUARTER.span_title == "1 de octubre al 31 de diciembre de 2025"
    assert QUARTER.months == tuple(Period.month(2025, month) for month in (10, 11, 12))


def test_only_whole_months_count_as_months() -> None:
    assert DAYS.months == ()
    assert Period.span(date(2025, 9, 2), date(2025, 11, 29)).months == (Period.month(2025, 10),)


def test_neighbours() -> None:
    assert (QUARTER.previous, QUARTER.next) == (Period.quarter(2025, 3), Period.quarter(2026, 1))
    assert Period.month(2024, 3).previous == Period.month(2024, 2)
    assert Period.half(2025, 1).previous == Period.half(2024, 2)
    assert Period.year(2025).next == Period.year(2026)
    assert DAYS.next == Period.span(date(2025, 12, 16), date(2025, 12, 22))
    assert DAYS.previous == Period.span(date(2025, 12, 2), date(2025, 12, 8))


def test_a_year_before() -> None:
    assert QUARTER.year_before == Period.quarter(2024, 4)
    assert Period.month(2025, 2).year_before == Period.month(2024, 2)
    assert DAYS.year_before == Period.span(date(2024, 12, 9), date(2024, 12, 15))
    leap = Period.span(date(2024, 2, 20), date(2024, 2, 29))
    assert leap.year_before == Period.span(date(2023, 2, 20), date(2023, 2, 28))


def test_containing_and_overlapping() -> None:
    assert QUARTER.contains(date(2025, 10, 1))
    assert QUARTER.contains(date(2025, 12, 31))
    assert not QUARTER.contains(date(2025, 7, 4))
    assert QUARTER.contains(DAYS)
    assert not DAYS.contains(QUARTER)
    assert QUARTER.overlaps(Period.year(2025))
    assert not QUARTER.overlaps(Period.quarter(2026, 1))


def test_periods_sort_by_their_start() -> None:
    in_order = sorted([QUARTER, DAYS, Period.year(2025)])
    assert in_order == [Period.year(2025), QUARTER, DAYS]


def test_a_period_does_not_end_before_it_starts() -> None:
    message = "El periodo termina el 1/10/2025, antes de empezar el 2/10/2025. Escriba primero la fecha inicial."
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        Period.span(date(2025, 10, 2), date(2025, 10, 1))


@pytest.mark.parametrize(
    "make", [lambda: Period.month(2025, 13), lambda: Period.quarter(2025, 0), lambda: Period.half(2025, 3)]
)
def test_a_year_has_no_more_periods_than_it_has(make: object) -> None:
    with pytest.raises(ValueError, match=r"^El año 2025 no tiene ese periodo\."):
        make()  # type: ignore[operator]  # a lambda of the list above


@pytest.mark.parametrize(
    "text",
    [
        "cuarto trimestre de 2025",
        "4.º trimestre 2025",
        "4º trimestre de 2025",
        "IV trimestre de 2025",
        "IV Trim. 2025",
        "4to trimestre 2025",
        "Cuarto trimestre del año 2025",
        "CUARTO TRIMESTRE 2025",
        "cuarto trimestre, 2025",
        "cuarto trimestre de la vigencia 2025",
        "trimestre IV de 2025",
        "T4 2025",
        "T4-2025",
        "2025-T4",
        "2025T4",
        "Q4 2025",
        "4T 2025",
        "4T2025",
        "octubre - diciembre de 2025",
        "octubre–diciembre 2025",
        "octubre a diciembre de 2025",
        "de octubre a diciembre de 2025",
        "entre octubre y diciembre de 2025",
        "octubre, noviembre y diciembre de 2025",
        "oct-dic 2025",
        "trimestre octubre-diciembre de 2025",
        "octubre 1 a diciembre 31 de 2025",
        "OCT. A DIC. 2025",
        "1 de octubre al 31 de diciembre de 2025",
        "2025-10-01/2025-12-31",
        "1/10/2025 - 31/12/2025",
        "1/10/2025 a 31/12/2025",
        "el cuarto trimestre de 2025",
        "cuarto\u00a0trimestre\u00a0de\u00a02025",
    ],
)
def test_many_ways_to_name_a_quarter(text: str) -> None:
    assert Period.parse(text) == QUARTER


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("octubre", Period.month(2025, 10)),
        ("OCT", Period.month(2025, 10)),
        ("enero", Period.month(2026, 1)),  # right after the quarter
        ("agosto", Period.month(2025, 8)),
        ("octubre a diciembre", QUARTER),
        ("IV trimestre", QUARTER),
        ("T4", QUARTER),
        ("primer trimestre", Period.quarter(2026, 1)),
        ("presente trimestre", QUARTER),
        ("9 al 15 de diciembre", DAYS),
        ("del 28 de noviembre al 3 de diciembre", Period.span(date(2025, 11, 28), date(2025, 12, 3))),
        ("del 28 de diciembre al 3 de enero", Period.span(date(2025, 12, 28), date(2026, 1, 3))),
        ("agosto - septiembre", Period.span(date(2025, 8, 1), date(2025, 9, 30))),
        ("julio ", Period.month(2025, 7)),
    ],
)
def test_a_period_without_year_takes_the_nearest(text: str, expected: Period) -> None:
    assert Period.parse(text, near=QUARTER) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025", Period.year(2025)),
        ("año 2025", Period.year(2025)),
        ("segundo cuatrimestre de 2025", Period.span(date(2025, 5, 1), date(2025, 8, 31))),
        ("6/10/2025", Period.span(date(2025, 10, 6), date(2025, 10, 6))),
        ("10/2025", Period.month(2025, 10)),
        ("diciembre de 2025 a marzo de 2026", Period.span(date(2025, 12, 1), date(2026, 3, 31))),
    ],
)
def test_other_periods(text: str, expected: Period) -> None:
    assert Period.parse(text) == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "Falta el periodo. Escríbalo así: cuarto trimestre de 2025, octubre de 2025 o 2025-T4."),
        ("pronto", "«pronto» no es un periodo. Escríbalo así: cuarto trimestre de 2025, octubre de 2025 o 2025-T4."),
        ("octubre", "«octubre» no dice el año. Escríbalo, por ejemplo «octubre de 2025»."),
        (
            "presente trimestre",
            "«presente trimestre» no dice cuál. Escríbalo completo, por ejemplo cuarto trimestre de 2025.",
        ),
    ],
)
def test_what_is_not_a_period_is_told_in_a_sentence(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        Period.parse(text)


@pytest.mark.parametrize(
    "text",
    [
        "2025-13",
        "T5 2025",
        "2025-T5",
        "quinto trimestre de 2025",
        "31 de noviembre de 2025",
        "2025-12-31/2025-10-01",
        "octubre de 2025 y más",
        "octubre y diciembre de 2025",
        "2025-02-30/2025-03-01",
        "IV",
        "13/2025",
    ],
)
def test_what_is_no_single_period_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"Escr"):
        Period.parse(text)
