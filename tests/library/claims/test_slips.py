"""Which accidents turn the figure that is due into the one printed, and which differences none explains."""

from collections.abc import Sequence
from decimal import Decimal

import pytest

from pregon.claims.slips import Printed, explains_account, explains_sum, grain_of, is_slip
from pregon.figures.amount import Amount


def _printed(value: str, *beside: str) -> Printed:
    decimals = len(value.partition(".")[2])
    ulp = Decimal(1).scaleb(-decimals) if decimals else Decimal(0)
    return Printed(Amount(Decimal(value), ulp=ulp), frozenset(map(Decimal, beside)))


@pytest.mark.parametrize(
    ("stated", "due"),
    [("274", "273"), ("237", "273"), ("2730", "273"), ("27.3", "273"), ("293", "273"), ("4.9", "4.8")],
)
def test_one_slip(stated: str, due: str) -> None:
    assert is_slip(_printed(stated), Decimal(due))


@pytest.mark.parametrize(("stated", "due"), [("273", "273"), ("15", "24"), ("41", "14.5"), ("-273", "237")])
def test_no_slip(stated: str, due: str) -> None:
    assert not is_slip(_printed(stated), Decimal(due))


def test_a_figure_beside_it_explains_any_difference() -> None:
    assert is_slip(_printed("89", "89", "44"), Decimal(1204))


def test_one_wrong_digit_counts_only_where_it_may() -> None:
    assert is_slip(_printed("293"), Decimal(273), mistyped=True)
    assert not is_slip(_printed("293"), Decimal(273), mistyped=False)


def test_a_part_left_out_of_its_sum() -> None:
    assert explains_sum(_printed("70"), [_printed("44"), _printed("24"), _printed("26")])


def test_a_total_of_the_others_is_left_out_by_no_slip() -> None:
    """780 = 335 + 445 stands among its own parts: the total rightly leaves it out."""
    parts = [_printed("780"), _printed("335"), _printed("445"), _printed("420")]
    assert not explains_sum(_printed("1200"), parts)


def test_rounding_moves_what_is_due() -> None:
    """10,2 + 5,38 gives 15,58, the total 16,04: the part due is 5,83 within rounding."""
    assert explains_sum(_printed("16.04"), [_printed("10.20"), _printed("5.38")])


def test_a_total_printed_without_decimals_hides_those_of_the_part_left_out() -> None:
    """100 = 75,58 + 24,42; without the first it prints 24."""
    assert explains_sum(_printed("24"), [_printed("75.58"), _printed("24.42")])


def test_figures_that_end_in_noughts_tell_less() -> None:
    assert grain_of([Amount.exact(39_000), Amount.exact(12_000)]) == 1000
    assert grain_of([Amount.exact(Decimal("39.000")), Amount.exact(Decimal("0.50"))]) == Decimal("0.1")


@pytest.mark.parametrize(
    ("share", "part", "explained"),
    [("18.9", "140", True), ("81.9", "104", True), ("81.9", "141", True), ("44.0", "140", False), ("9.9", "93", False)],
)
def test_a_slip_in_the_share_or_in_what_it_is_of(share: str, part: str, explained: bool) -> None:
    """140 of 171 are 81,9 %; no one slip turns that into 44,0 %, nor 93 of them into 9,9 %."""

    def closes(amounts: Sequence[Amount]) -> bool:
        stated, some, all_ = (amount.value for amount in amounts)
        return abs(100 * some / all_ - stated) <= Decimal("0.05")

    assert explains_account([_printed(share), _printed(part), _printed("171")], closes) == explained
