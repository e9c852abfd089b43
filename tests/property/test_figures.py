"""What Pregón prints of a figure it reads back equal."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from pregon.figures.amount import Amount, Interval, widen_column
from pregon.figures.period import Period, find_periods
from pregon.figures.spanish import (
    find_amounts,
    find_dates,
    fold,
    parse_amount,
    parse_date,
    print_amount,
    print_date,
    print_number,
    print_words,
)

DATES = st.dates(date(1900, 1, 1), date(2099, 12, 31))
WHOLE = st.integers(-(10**15), 10**15)
MESSY = st.text(alphabet="0123456789.,'/-:%$ºyde \n\tKM\u00a0\u00ad\u202f−" + "octubremilcnvdsI°ñáT", max_size=60)


@st.composite
def decimal_amounts(draw: st.DrawFn) -> Amount:
    """Draw an amount as a report shows it: whole and exact, or known to its last decimal."""
    places = draw(st.integers(0, 4))
    value = Decimal(draw(WHOLE)).scaleb(-places)
    ulp = Decimal(1).scaleb(-places) if places else Decimal(0)
    return Amount(value, draw(st.sampled_from(["", "%", "COP", "USD"])), ulp)


@st.composite
def periods(draw: st.DrawFn) -> Period:
    year = draw(st.integers(1900, 2098))
    start = draw(DATES.filter(lambda day: day.year < 2099))
    whole = st.sampled_from(
        [
            Period.year(year),
            *(Period.quarter(year, q) for q in (1, 2, 3, 4)),
            Period.half(year, 1),
            Period.half(year, 2),
        ]
        + [Period.month(year, month) for month in range(1, 13)]
        + [Period(date(year, 3, 1), date(year, 4, 30)), Period(date(year, 11, 1), date(year + 1, 2, 28))]
    )
    days = st.integers(0, 400).map(lambda count: Period(start, min(date(2099, 12, 31), start + timedelta(days=count))))
    return draw(st.one_of(whole, days))


@given(WHOLE)
def test_numbers_round_trip(number: int) -> None:
    assert parse_amount(print_number(number)) == Amount.exact(number)


@given(decimal_amounts())
def test_amounts_round_trip(amount: Amount) -> None:
    assert parse_amount(print_amount(amount)) == amount


@given(decimal_amounts())
def test_a_printed_amount_is_found_whole_in_a_sentence(amount: Amount) -> None:
    printed = print_amount(amount)
    (mention,) = find_amounts(f"Fueron {printed} en el mes")
    assert mention.amount == amount
    assert (mention.start, mention.end) == (7, 7 + len(printed))


@given(st.integers(0, 999_999_999), st.booleans())
def test_words_round_trip_in_both_genders(number: int, feminine: bool) -> None:
    read = parse_amount(print_words(number, feminine=feminine))
    assert read.value == number
    # what ends in «mil» or «millones» is known to that scale; everything else is exact
    scale = 10**6 if number and not number % 10**6 else 1000 if number and not number % 1000 else 0
    assert read.ulp == scale


@given(st.integers(2, 999_999_999), st.booleans())
def test_words_are_found_whole_in_a_sentence(number: int, feminine: bool) -> None:
    words = print_words(number, feminine=feminine)
    (mention,) = find_amounts(f"Se hicieron {words} de esas")
    assert (mention.start, mention.end) == (12, 12 + len(words))
    assert mention.amount.value == number


@given(DATES, st.booleans())
def test_dates_round_trip(day: date, short: bool) -> None:
    assert parse_date(print_date(day, short=short)) == day
    (mention,) = find_dates(f"Fue el {print_date(day, short=short)}.")
    assert mention.date == day


@given(periods())
def test_periods_round_trip(period: Period) -> None:
    assert Period.parse(str(period)) == period
    assert Period.parse(period.title) == period
    assert Period.parse(period.span_title) == period


@given(periods())
def test_a_whole_period_is_found_by_its_title(period: Period) -> None:
    if len(period.title) > 4 and period.months and not period.title[0].isdigit():
        (mention,) = find_periods(f"Durante {period.title}, se publicó")
        assert mention.period == period


@given(periods())
def test_neighbours_touch_and_return(period: Period) -> None:
    assert period.previous.end + timedelta(days=1) == period.start
    assert period.end + timedelta(days=1) == period.next.start
    if period.kind != "span":
        assert period.next.previous == period
        assert period.previous.kind == period.kind == period.year_before.kind


@given(decimal_amounts(), decimal_amounts())
def test_the_sum_of_amounts_holds_every_possible_sum(first: Amount, second: Amount) -> None:
    plain = (Amount(first.value, "", first.ulp), Amount(second.value, "", second.ulp))
    assert (plain[0] + plain[1]).interval == plain[0].interval + plain[1].interval


@given(st.lists(st.integers(0, 10**6).map(Amount.exact)))
def test_widening_a_column_keeps_its_values(column: list[Amount]) -> None:
    widened = widen_column(column)
    assert [amount.value for amount in widened] == [amount.value for amount in column]
    assert all(wide.interval.contains(amount.value) for wide, amount in zip(widened, column, strict=True))


@given(st.text(max_size=80))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.one_of(MESSY, st.text(max_size=60)))
def test_any_text_is_searched_without_error_and_mentions_stand_in_order(text: str) -> None:
    for mentions in (find_amounts(text), find_dates(text), find_periods(text)):
        ends = [0]
        for mention in mentions:
            assert ends[-1] <= mention.start < mention.end <= len(text)
            ends.append(mention.end)


@given(st.one_of(MESSY, st.text(max_size=40)))
def test_any_text_is_one_figure_or_a_sentence_says_why_not(text: str) -> None:
    for parse in (parse_amount, parse_date, Period.parse):
        try:
            parse(text)
        except ValueError as error:
            assert str(error).endswith((".", "»."))  # noqa: PT017  # the sentence is what matters, whatever was drawn


@given(st.tuples(WHOLE, WHOLE), st.tuples(WHOLE, WHOLE))
def test_intervals_meet_both_ways(first: tuple[int, int], second: tuple[int, int]) -> None:
    one, other = (Interval(Decimal(min(ends)), Decimal(max(ends))) for ends in (first, second))
    assert one.meets(other) == other.meets(one) == (one - other).contains(Decimal(0))
