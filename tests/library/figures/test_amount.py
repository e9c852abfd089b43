from decimal import Decimal

import pytest

from pregon.figures.amount import Amount, Interval, widen_column


def amount(value: str, ulp: str = "0", unit: str = "") -> Amount:
    return Amount(Decimal(value), unit, Decimal(ulp))


def interval(low: str, high: str) -> Interval:
    return Interval(Decimal(low), Decimal(high))


def test_an_exact_amount_is_a_point() -> None:
    assert Amount.exact(273).interval == interval("273", "273")


def test_a_rounded_amount_is_half_a_place_to_each_side() -> None:
    assert amount("48.5", "0.1").interval == interval("48.45", "48.55")
    assert amount("112000", "1000").interval == interval("111500", "112500")


def test_amounts_are_equal_whatever_text_they_came_from() -> None:
    printed = Amount(Decimal(2106), raw="2.106", alternatives=(Decimal("2.106"),))
    assert printed == Amount(Decimal(2106), raw="2106")
    assert printed != Amount(Decimal(2106), "%")
    assert printed != Amount(Decimal(2106), ulp=Decimal(1))


def test_adding_amounts_adds_their_intervals() -> None:
    first, second = amount("73300", "100"), amount("26700", "100")
    assert (first + second).interval == first.interval + second.interval
    assert (first - second).interval == first.interval - second.interval
    assert first + second == amount("100000", "200")


def test_different_units_are_not_added() -> None:
    with pytest.raises(ValueError, match=r"^No se suman cifras sin unidad con porcentajes\. Ponga "):
        amount("1") + amount("2", unit="%")


def test_widening_never_narrows() -> None:
    assert amount("112000", "1000").widened(Decimal(100)) == amount("112000", "1000")
    assert amount("112000").widened(Decimal(100)) == amount("112000", "100")


def test_intervals_meet_when_they_touch() -> None:
    assert interval("1", "2").meets(interval("2", "3"))
    assert not interval("1", "2").meets(interval("2.1", "3"))
    assert interval("1", "2").contains(Decimal(2))
    assert not interval("1", "2").contains(Decimal("2.01"))


def test_a_negative_factor_turns_an_interval_around() -> None:
    assert interval("1", "2").scaled(Decimal(-3)) == interval("-6", "-3")


def test_an_interval_does_not_run_backwards() -> None:
    with pytest.raises(ValueError, match="Escriba primero el menor"):
        interval("2", "1")


@pytest.mark.parametrize(
    ("values", "ulps"),
    [
        (("73300", "26700"), ("100", "100")),
        (("208800", "66000"), ("100", "100")),
        (("5000", "12000"), ("1000", "1000")),
        (("0", "73300", "26700"), ("0", "100", "100")),
        (("73300",), ("0",)),  # one number proves nothing
        (("0", "73300"), ("0", "0")),
        (("73300", "111"), ("0", "0")),  # one that was not rounded
        (("110", "370"), ("0", "0")),  # a single zero is chance
        ((), ()),
    ],
)
def test_columns_rounded_to_hundreds_are_widened(values: tuple[str, ...], ulps: tuple[str, ...]) -> None:
    widened = widen_column([amount(value) for value in values])
    assert widened == tuple(amount(value, ulp) for value, ulp in zip(values, ulps, strict=True))


def test_amounts_with_decimals_neither_widen_nor_hinder() -> None:
    column = (amount("500", "0.1"), amount("73300"), amount("26700"))
    assert widen_column(column) == (column[0], amount("73300", "100"), amount("26700", "100"))
