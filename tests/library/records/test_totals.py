"""Counts and sums: a missing month is not zero, and what cannot be added is not added."""

from datetime import date
from decimal import Decimal

import pytest

from pregon.figures.amount import Amount
from pregon.figures.period import Period
from pregon.records.comparison import change_between, percentage
from pregon.records.dossier import Dossier
from pregon.records.organisation import Channel, Control, Institution, Platform
from pregon.records.programme import Event
from pregon.records.publishing import Method, Observation, ObservationStatus, Publication, PublicationKind
from pregon.records.totals import (
    Measure,
    MeasureState,
    add,
    by_month,
    find_discrepancies,
    measure,
    over_channels,
    over_months,
    recorded,
)

QUARTER = Period.quarter(2025, 4)
FACEBOOK = Channel("fb", "Facebook", Platform.FACEBOOK)
INSTAGRAM = Channel("ig", "Instagram", Platform.INSTAGRAM)


def posts(channel: str, *days: date) -> tuple[Publication, ...]:
    return tuple(
        Publication(f"{channel}-{place}", channel, PublicationKind.POST, day, "Texto") for place, day in enumerate(days)
    )


def observed(metric: str, channel: str, period: Period, value: int) -> Observation:
    return Observation(metric, channel, period, ObservationStatus.VALUE, Amount.exact(value))


def dossier(*records: Publication | Observation | Event) -> Dossier:
    return Dossier(
        Institution("Personería"),
        QUARTER,
        Control("GC-INF-02", "1"),
        (FACEBOOK, INSTAGRAM),
        publications=tuple(record for record in records if isinstance(record, Publication)),
        observations=tuple(record for record in records if isinstance(record, Observation)),
        events=tuple(record for record in records if isinstance(record, Event)),
    )


def test_posts_listed_are_counted_and_a_month_without_any_is_zero() -> None:
    held = dossier(*posts("fb", date(2025, 10, 1), date(2025, 10, 31), date(2025, 12, 31)))
    assert [part.value for part in by_month(held, "posts", "fb")] == [2, 0, 1]
    assert over_months(held, "posts", "fb").value == 3


def test_posts_outside_the_quarter_and_stories_are_not_counted() -> None:
    story = Publication("s", "fb", PublicationKind.STORY, date(2025, 10, 2), "Historia")
    held = dossier(*posts("fb", date(2025, 9, 30), date(2025, 10, 1), date(2026, 1, 1)), story)
    assert over_months(held, "posts", "fb").value == 1


def test_a_channel_of_which_nothing_was_listed_has_no_datum_and_not_zero() -> None:
    held = dossier(*posts("fb", date(2025, 10, 1)))
    total = over_months(held, "posts", "ig")
    assert (total.state, total.amount) == (MeasureState.NO_DATA, None)
    assert total.lacking == ("octubre de 2025", "noviembre de 2025", "diciembre de 2025")
    both = over_channels(held, "posts", (FACEBOOK, INSTAGRAM), QUARTER, "social")
    assert (both.amount, both.lacking) == (None, ("Instagram",))


def test_a_recorded_count_comes_before_the_list_and_their_difference_is_told() -> None:
    held = dossier(*posts("fb", date(2025, 10, 1)), observed("posts", "fb", QUARTER.months[0], 44))
    assert measure(held, "posts", "fb", QUARTER.months[0]).value == 44
    found = find_discrepancies(held)
    assert [(d.channel, d.recorded.value, d.listed) for d in found] == [("fb", Decimal(44), 1)]


def test_reach_is_never_added_over_months_nor_channels() -> None:
    months = QUARTER.months
    held = dossier(*(observed("reach", c, m, 100) for c in ("fb", "ig") for m in months))
    assert over_months(held, "reach", "fb").state is MeasureState.NOT_ADDABLE
    assert over_channels(held, "reach", (FACEBOOK, INSTAGRAM), months[0], "social").state is MeasureState.NOT_ADDABLE


def test_the_quarters_own_reach_is_taken_where_the_platform_gave_it() -> None:
    held = dossier(observed("reach", "fb", QUARTER, 5780))
    assert over_months(held, "reach", "fb").value == 5780


def test_the_last_observation_of_a_month_is_the_one_that_counts() -> None:
    october = QUARTER.months[0]
    held = dossier(observed("views", "fb", october, 10), observed("views", "fb", october, 12))
    assert measure(held, "views", "fb", october).value == 12


def test_a_sum_of_rounded_figures_keeps_their_interval() -> None:
    rounded = [
        Measure("a", MeasureState.VALUE, Amount(Decimal(73300), "", Decimal(100))),
        Measure("b", MeasureState.VALUE, Amount(Decimal(26700), "", Decimal(100))),
    ]
    total = add("t", [("a", rounded[0]), ("b", rounded[1])])
    assert total.amount is not None
    assert (total.amount.interval.low, total.amount.interval.high) == (Decimal(99900), Decimal(100100))


def test_what_does_not_apply_takes_no_part_in_a_sum() -> None:
    nothing = Measure("a", MeasureState.NOT_APPLICABLE)
    assert add("t", [("a", nothing), ("b", recorded("b", 5, "x"))]).value == 5
    assert add("t", [("a", nothing)]).state is MeasureState.NOT_APPLICABLE


def test_an_estimate_makes_its_sum_an_estimate() -> None:
    by_hand = Observation(
        "views", "fb", QUARTER.months[0], ObservationStatus.VALUE, Amount.exact(7), Method.MANUAL_COUNT
    )
    held = dossier(by_hand, *(observed("views", "fb", month, 1) for month in QUARTER.months[1:]))
    assert over_months(held, "views", "fb").is_estimate


def test_an_observation_has_an_amount_exactly_when_it_has_a_value() -> None:
    with pytest.raises(ValueError, match="tiene cifra cuando su estado"):
        Observation("views", "fb", QUARTER, ObservationStatus.NO_DATA, Amount.exact(0))
    with pytest.raises(ValueError, match="tiene cifra cuando su estado"):
        Observation("views", "fb", QUARTER, ObservationStatus.VALUE)


@pytest.mark.parametrize(
    ("part", "whole", "percent"),
    [(134, 273, "49.1"), (1, 8, "12.5"), (2, 3, "66.7"), (1, 2000, "0.1"), (-1, 2000, "-0.1"), (0, 5, "0.0")],
)
def test_percentages_are_rounded_half_up_to_one_decimal(part: int, whole: int, percent: str) -> None:
    assert percentage(Decimal(part), Decimal(whole)) == Amount(Decimal(percent), "%", Decimal("0.1"))


def test_change_from_nothing_known_or_from_zero() -> None:
    now = recorded("now", 6, "x")
    assert change_between(now, None).difference is None
    assert change_between(now, recorded("before", None, "x")).difference is None
    from_zero = change_between(now, recorded("before", 0, "x"))
    assert (from_zero.difference, from_zero.relative) == (Amount.exact(6), None)


def test_a_share_among_counts_is_not_added() -> None:
    counted = Measure("a", MeasureState.VALUE, Amount.exact(5))
    shared = Measure("b", MeasureState.VALUE, Amount.exact(5, "%"))
    assert add("sum", [("octubre", counted), ("noviembre", shared)]).state is MeasureState.NOT_ADDABLE
    assert add("sum", [("octubre", shared), ("noviembre", shared)]).amount == Amount.exact(10, "%")
