"""Lines: a table turned so that one line may state what others add up to, in every place across it.

Figures are whole numbers here: the table's values times a power of ten, doubled so that half a unit of the last
place is whole too. Nothing is compared as a float.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from math import gcd
from typing import Final

from pregon.document.prose import Operator
from pregon.figures.amount import Amount

_MOST_DECIMALS: Final = 6
_ENOUGH_VALUES: Final = 4
"""How many different figures must end in zeros before the zeros are taken for rounding."""
_MANY_VALUES: Final = 12
"""The same for any other common divisor."""


@dataclass(frozen=True, slots=True)
class Lines:
    """Figures by line and place across it; `ulps` say how coarsely each one is known (in the same doubled units)."""

    values: list[list[int | None]]
    ulps: list[list[int]]
    labels: tuple[str, ...]
    across: tuple[str, ...]
    unit: int
    """What 1 of the table is, in the doubled units."""
    blanks: frozenset[tuple[int, int]] = frozenset()
    """The places of the table, (row, column), where nothing at all is printed."""
    is_turned: bool = False
    """Whether lines are the table's rows."""
    counts: Counter[int] = field(default_factory=Counter)
    """How often each figure stands in the table."""
    size: int = 0
    """How many figures the table has."""

    @property
    def width(self) -> int:
        """How many places a line has."""
        return len(self.across)

    def filled(self, line: int) -> int:
        """How many figures a line has."""
        return self.width - self.values[line].count(None)

    def most_bits(self, line: int) -> int:
        """What the best account of a line could weigh at most, in bits: no more than its figures can tell apart."""
        return sum(
            min(14, (2 * abs(value) // ulp).bit_length())
            for value, ulp in zip(self.values[line], self.ulps[line], strict=True)
            if value is not None
        )

    def only(self, kept: Sequence[int]) -> Lines:
        """These lines alone, as if they stood together; where nothing is printed is not kept."""
        return replace(
            self,
            values=[self.values[line] for line in kept],
            ulps=[self.ulps[line] for line in kept],
            labels=tuple(self.labels[line] for line in kept),
            blanks=frozenset(),
        )

    def takes_part(self, line: int, places: Iterable[int]) -> bool:
        """Whether a line has a figure in some of these places, or is blank in nearly all: words are not added."""
        values = self.values[line]
        places = list(places)
        if any(values[place] is not None for place in places):
            return True
        return 10 * sum(self.place(line, place) in self.blanks for place in places) >= 9 * len(places)

    def is_fractional(self, line: int) -> bool:
        """Whether at least half of a line's figures have decimals, as results of a division do."""
        values = [value for value in self.values[line] if value]
        return bool(values) and 2 * sum(value % self.unit != 0 for value in values) >= len(values)

    def place(self, line: int, across: int) -> tuple[int, int]:
        """(row, column) in the table."""
        return (line, across) if self.is_turned else (across, line)


@dataclass(frozen=True, slots=True)
class Aggregate:
    """An aggregate found: its line, and by place across it the lines that give it there.

    `factor` is 100 where the printed value is a hundred times the account (a percentage), `hits` the places that
    close, `channel` the way of the search that found it.
    """

    operator: Operator
    line: int
    members: dict[int, tuple[int, ...]]
    bits: float
    is_labelled: bool
    hits: int
    channel: str
    factor: int = 1


def make_lines(
    amounts: Sequence[Sequence[Amount | None]],
    row_labels: Sequence[str],
    column_labels: Sequence[str],
    blanks: frozenset[tuple[int, int]] = frozenset(),
) -> tuple[Lines, Lines]:
    """The table's columns as lines, and its rows as lines."""
    decimals = max((_decimals(amount) for row in amounts for amount in row if amount is not None), default=0)
    unit = 2 * 10 ** min(decimals, _MOST_DECIMALS)
    cache: dict[Decimal, int] = {}

    def whole(value: Decimal) -> int:
        known = cache.get(value)
        if known is None:
            known = cache[value] = int((value * unit).to_integral_value())
        return known

    rows = [[None if amount is None else whole(amount.value) for amount in row] for row in amounts]
    shown = [[None if amount is None else max(2, whole(_ulp(amount))) for amount in row] for row in amounts]
    width = len(column_labels)
    columns = [[row[column] for row in rows] for column in range(width)]
    shown_columns = [[row[column] for row in shown] for column in range(width)]
    row_grains = [_grain(line, ulps, unit) for line, ulps in zip(rows, shown, strict=True)]
    column_grains = [_grain(line, ulps, unit) for line, ulps in zip(columns, shown_columns, strict=True)]
    ulps_by_row = [[max(own, grain) for grain in column_grains] for own in row_grains]
    ulps_by_column = [[max(own, grain) for grain in row_grains] for own in column_grains]
    counts = Counter(value for row in rows for value in row if value is not None)
    return (
        Lines(
            columns,
            ulps_by_column,
            tuple(column_labels),
            tuple(row_labels),
            unit,
            blanks,
            False,
            counts,
            counts.total(),
        ),
        Lines(rows, ulps_by_row, tuple(row_labels), tuple(column_labels), unit, blanks, True, counts, counts.total()),
    )


def _decimals(amount: Amount) -> int:
    return max(0, -int(amount.value.as_tuple().exponent))


def _ulp(amount: Amount) -> Decimal:
    return amount.ulp or Decimal(1).scaleb(min(0, int(amount.value.as_tuple().exponent)))


def _grain(line: list[int | None], ulps: list[int | None], unit: int) -> int:
    """How coarse a line is: its finest shown unit, or 5, 10, 100… where all its figures are multiples of it."""
    grain = min((ulp for ulp in ulps if ulp is not None), default=0)
    values = {abs(value) for value in line if value}
    if grain < unit or len(values) < _ENOUGH_VALUES:
        return grain
    common = gcd(*values)
    for step in (100_000, 10_000, 1000, 100, 10, 5):
        if common % (step * unit) == 0:
            return max(grain, step * unit)
    # Some offices round at random to multiples of three.
    return max(grain, common) if common % unit == 0 and len(values) >= _MANY_VALUES else grain
