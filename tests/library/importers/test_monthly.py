"""Days become months: whole ones only, of what may be added, and what two files tell is settled."""

from __future__ import annotations

from datetime import date, timedelta

from pregon.figures.amount import Amount
from pregon.figures.period import Period
from pregon.importers.base import Birth, ImportedObservation
from pregon.importers.monthly import Settled, roll_up
from pregon.records.organisation import Platform
from pregon.records.publishing import ObservationStatus

OCTOBER = Period.month(2025, 10)


def day(
    number: int, value: int | None, *, metric: str = "views", file: str = "Views.csv", month: int = 10
) -> ImportedObservation:
    at = date(2025, month, number)
    status = ObservationStatus.NO_DATA if value is None else ObservationStatus.VALUE
    birth = Birth(file, f"hash of {file}", f"fila {number + 3}", "valor del día")
    amount = None if value is None else Amount.exact(value)
    return ImportedObservation(Platform.FACEBOOK, metric, Period.span(at, at), status, amount, birth)


def october(value: int = 10, *, file: str = "Views.csv", last: int = 31) -> list[ImportedObservation]:
    return [day(number, value, file=file) for number in range(1, last + 1)]


def told(observations: list[ImportedObservation]) -> list[tuple[str, int | None]]:
    return [
        (str(each.period), None if each.amount is None else int(each.amount.value))
        for each in roll_up(observations).observations
    ]


def test_a_whole_month_is_the_sum_of_its_days_and_says_where_from() -> None:
    months = roll_up(october())
    (found,) = months.observations
    assert (found.period, found.amount) == (OCTOBER, Amount.exact(310))
    assert found.birth == Birth("Views.csv", "hash of Views.csv", "de fila 4 a fila 34", "suma de los 31 días del mes")
    assert months.remarks == ()


def test_a_zero_day_counts_and_a_day_without_a_figure_leaves_the_month_without() -> None:
    assert told([*october(last=30), day(31, 0)]) == [("2025-10", 300)]
    months = roll_up([*october(last=30), day(31, None)])
    assert [(each.period, each.status) for each in months.observations] == [(OCTOBER, ObservationStatus.NO_DATA)]
    assert months.remarks == (
        "Facebook, visualizaciones: octubre de 2025 no tiene cifra en el 31. El mes queda sin dato.",
    )


def test_a_month_cut_short_is_not_recorded_and_is_said() -> None:
    months = roll_up(october(last=20))
    assert months.observations == ()
    assert months.remarks == (
        (
            "Facebook, visualizaciones: octubre de 2025 llega solo hasta el 20, faltan 11 días: descárguelo completo. "
            "El mes no se registra."
        ),
    )
    late = roll_up([day(number, 1) for number in range(16, 32)])
    assert "octubre de 2025 empieza el 16, faltan 15 días" in late.remarks[0]
    holed = roll_up([each for each in october() if each.period.start.day not in (7, 9)])
    assert "a octubre de 2025 le faltan el 7 y el 9" in holed.remarks[0]


def test_two_files_that_complete_a_month_make_it() -> None:
    halves = [*october(last=15, file="a.csv"), *(day(number, 10, file="b.csv") for number in range(16, 32))]
    months = roll_up(halves)
    assert [each.amount for each in months.observations] == [Amount.exact(310)]
    assert months.observations[0].birth.file == "a.csv y b.csv"


def test_the_reach_of_each_day_never_makes_the_months() -> None:
    months = roll_up([day(number, 50, metric="reach") for number in range(1, 32)])
    assert months.observations == ()
    assert months.remarks == (
        (
            "Facebook, alcance: los valores de cada día no dan el del mes (son personas: la misma puede estar en dos "
            "meses o en dos redes). Tome del panel el valor de cada mes."
        ),
    )


def test_a_month_that_a_file_states_stays_as_it_is() -> None:
    birth = Birth("matomo.csv", "h", "fila 2", "valor del mes")
    stated = ImportedObservation(
        Platform.WEBSITE, "unique_visitors", OCTOBER, ObservationStatus.VALUE, Amount.exact(20), birth
    )
    assert roll_up([stated]).observations == (stated,)


def test_the_same_days_twice_are_counted_once() -> None:
    months = roll_up([*october(file="a.csv"), *october(file="b.csv")])
    assert [each.amount for each in months.observations] == [Amount.exact(310)]
    assert {overlap.settled for overlap in months.overlaps} == {Settled.SAME}
    assert months.remarks == (
        (
            "Facebook, visualizaciones: «a.csv» y «b.csv» dan 31 periodos (1 de octubre de 2025 a 31 de octubre de "
            "2025) con las mismas cifras; se cuenta una vez."
        ),
    )


def test_the_file_that_reaches_further_stands_and_the_cell_is_told() -> None:
    late = [each for each in october(file="late.csv") if each.period.start.day != 5]
    months = roll_up([*october(file="early.csv", last=20), *late, day(5, 12, file="late.csv")])
    assert [each.amount for each in months.observations] == [Amount.exact(312)]
    newer = [overlap for overlap in months.overlaps if overlap.settled is Settled.NEWER]
    assert [(str(each.period), each.told) for each in newer] == [
        ("2025-10-05/2025-10-05", (("early.csv", Amount.exact(10)), ("late.csv", Amount.exact(12))))
    ]
    assert (
        "Facebook, visualizaciones: «early.csv» y «late.csv» difieren en el 5 de octubre de 2025 (10 y 12); "
        "vale «late.csv», que llega más lejos." in months.remarks
    )


def test_two_files_as_far_that_differ_are_not_settled_by_chance() -> None:
    other = [day(number, 10 if number != 5 else 12, file="b.csv") for number in range(1, 32)]
    months = roll_up([*october(file="a.csv"), *other])
    assert months.observations == ()
    assert any("nada dice cuál es más nuevo; no se registra" in remark for remark in months.remarks)


def test_leap_february_needs_its_day() -> None:
    days = [date(2024, 2, 1) + timedelta(days=place) for place in range(29)]
    rows = [
        ImportedObservation(
            Platform.X,
            "views",
            Period.span(at, at),
            ObservationStatus.VALUE,
            Amount.exact(1),
            Birth("x.csv", "h", f"fila {place}", "valor del día"),
        )
        for place, at in enumerate(days)
    ]
    assert told(rows) == [("2024-02", 29)]
    assert told(rows[:-1]) == []
