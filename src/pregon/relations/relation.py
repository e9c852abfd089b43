"""Relation: an aggregate, its operands and the verdict of its account."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from decimal import Decimal
from enum import StrEnum
from operator import attrgetter
from typing import Final, Generic, NamedTuple, TypeVar

from pregon.document.prose import Operator
from pregon.figures.amount import Amount, Interval

P = TypeVar("P", bound=Hashable)
"""How a place is named: (row, column) in a grid, the number of a claim in a document."""


class Verdict(StrEnum):
    """What the account of a relation says."""

    EXACT = "exact"
    ROUNDED = "rounded"
    """Closes only because figures are rounded: their intervals meet, their values differ."""
    CONTRADICTION = "contradiction"
    UNDECIDED = "undecided"
    """A part is not there, so that the account cannot be made."""

    @property
    def holds(self) -> bool:
        """Whether the figures agree."""
        return self is Verdict.EXACT or self is Verdict.ROUNDED


class Support(StrEnum):
    """Why these figures are taken for a relation, strongest first."""

    SIBLINGS = "siblings"
    """The same account closes in the lines beside it."""
    LABEL = "label"
    """Words say so: «Total», «distribuidas así»."""
    ARITHMETIC = "arithmetic"
    """Only because it closes, too often for chance."""


class Relation(NamedTuple, Generic[P]):
    """`target` states what `operator` gives over `operands`.

    `computed` is the interval of the account over the operands that have a figure; `missing` are the places of the
    operands that have none.
    """

    operator: Operator
    target: P
    operands: tuple[P, ...]
    stated: Amount
    computed: Interval
    verdict: Verdict
    support: Support
    missing: tuple[P, ...] = ()

    @property
    def value(self) -> Decimal:
        """The account over the printed values, rounding apart: the middle of `computed`."""
        return middle_of(self.computed)

    @property
    def difference(self) -> Decimal:
        """Stated less computed."""
        return self.stated.value - self.value


def middle_of(interval: Interval) -> Decimal:
    """The middle of an interval, without idle decimals."""
    middle = (interval.low + interval.high) / 2
    whole = middle.to_integral_value()
    return whole if whole == middle else middle.normalize()


_ULP: Final = attrgetter("ulp")


def sum_intervals(amounts: Iterable[Amount]) -> Interval:
    """The interval of a sum: the ends added (XBRL Calculations 1.1)."""
    amounts = list(amounts)
    if not any(map(_ULP, amounts)):
        whole = sum([amount.value for amount in amounts], Decimal(0))
        return Interval(whole, whole)
    low = high = Decimal(0)
    for amount in amounts:
        if amount.ulp:
            ends = amount.interval
            low += ends.low
            high += ends.high
        else:
            low += amount.value
            high += amount.value
    return Interval(low, high)


def choose_reading(stated: Amount, parts: Sequence[Amount]) -> tuple[Amount, Interval]:
    """What is stated and the account it is held against, read so that they agree where the text of one allows it.

    A figure alone may be read in two ways on either side; where no reading is exact, the first of each stands.
    """
    given = parts[0].readings if len(parts) == 1 else ()
    accounts = [other.interval for other in given] or [sum_intervals(parts)]
    for computed in accounts:
        for reading in stated.readings:
            if judge(reading, computed) is Verdict.EXACT:
                return reading, computed
    return stated, accounts[0]


def judge(stated: Amount, computed: Interval, *, is_complete: bool = True) -> Verdict:
    """Compare a stated amount with the interval of its account.

    Without all its parts an account decides only where it closes already, or where the parts that are there exceed
    what is stated (a part cannot be negative: these are counts and measures).
    """
    if stated.interval.meets(computed):
        return Verdict.EXACT if stated.value == middle_of(computed) else Verdict.ROUNDED
    if is_complete or (computed.low >= 0 and stated.interval.high < computed.low):
        return Verdict.CONTRADICTION
    return Verdict.UNDECIDED
