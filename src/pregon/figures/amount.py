"""Amounts: numbers as printed or recorded, which are intervals when they were rounded."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Self

_ZERO = Decimal(0)
_HALF = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class Interval:
    """Every value between `low` and `high`, both included."""

    low: Decimal
    high: Decimal

    def __post_init__(self) -> None:
        if self.high < self.low:
            raise ValueError(f"El intervalo va de {self.low} a {self.high}. Escriba primero el menor.")

    def meets(self, other: "Interval") -> bool:
        """Say whether some value lies in both intervals; touching ends count."""
        return self.low <= other.high and other.low <= self.high

    def contains(self, value: Decimal) -> bool:
        """Say whether `value` lies in the interval, ends included."""
        return self.low <= value <= self.high

    def scaled(self, factor: Decimal) -> "Interval":
        """Multiply every value by `factor`; a negative one turns the interval around."""
        ends = (self.low * factor, self.high * factor)
        return Interval(min(ends), max(ends))

    def __add__(self, other: "Interval") -> "Interval":
        return Interval(self.low + other.low, self.high + other.high)

    def __sub__(self, other: "Interval") -> "Interval":
        return Interval(self.low - other.high, self.high - other.low)


@dataclass(frozen=True, slots=True)
class Amount:
    """A printed or recorded number.

    Attributes:
        value: the number; of «48,5 %», 48.5.
        unit: "" for a plain number or a count, "%" for per cent, "COP" for pesos, or what the caller counts.
        ulp: the unit in the last place shown, 0 when exact: «48,5» has 0.1, «112K» has 1000, «273» has 0.
        raw: the text it came from; two amounts are equal whatever their text.
        alternatives: its other readings when the text is ambiguous: «2.106» is 2106 and could be 2.106.
    """

    value: Decimal
    unit: str = ""
    ulp: Decimal = _ZERO
    raw: str = field(default="", compare=False)
    alternatives: tuple[Decimal, ...] = field(default=(), compare=False)

    @classmethod
    def exact(cls, value: Decimal | int, unit: str = "") -> Self:
        """Make the amount of something counted, not rounded."""
        return cls(Decimal(value), unit)

    @property
    def interval(self) -> Interval:
        """The values that could have been printed so: half a unit of the last place on each side."""
        if not self.ulp:
            return Interval(self.value, self.value)
        margin = self.ulp * _HALF
        return Interval(self.value - margin, self.value + margin)

    @property
    def is_exact(self) -> bool:
        """Whether nothing was rounded away."""
        return not self.ulp

    @property
    def readings(self) -> tuple["Amount", ...]:
        """This amount, and then what else its text may say: «34,811» is 34.811 and could be 34811."""
        return self, *(Amount(other, self.unit, raw=self.raw) for other in self.alternatives)

    def widened(self, ulp: Decimal) -> "Amount":
        """Give the same amount known only to `ulp`; one already coarser stays as it is."""
        return replace(self, ulp=max(self.ulp, ulp))

    def __add__(self, other: "Amount") -> "Amount":
        self._require_same_unit(other)
        return Amount(self.value + other.value, self.unit, self.ulp + other.ulp)

    def __sub__(self, other: "Amount") -> "Amount":
        self._require_same_unit(other)
        return Amount(self.value - other.value, self.unit, self.ulp + other.ulp)

    def _require_same_unit(self, other: "Amount") -> None:
        if self.unit != other.unit:
            raise ValueError(
                f"No se suman {_unit_words(self.unit)} con {_unit_words(other.unit)}. "
                "Ponga las dos cifras en la misma unidad."
            )


def widen_column(amounts: Sequence[Amount]) -> tuple[Amount, ...]:
    """Widen a column whose whole numbers were all rounded to hundreds or more.

    When every non-zero whole amount (two or more of them) ends in at least two zeros, as in 73.300 and 26.700, the
    platform rounded them: each is known only to 10^k, k being the fewest zeros at the end of one. Zeros, amounts with
    decimals and columns that show any unrounded number stay as they are.
    """
    rounded = [amount for amount in amounts if _is_whole(amount) and amount.value]
    if len(rounded) < 2:
        return tuple(amounts)
    zeros = min(_trailing_zeros(amount.value) for amount in rounded)
    if zeros < 2:
        return tuple(amounts)
    ulp = Decimal(10**zeros)
    return tuple(amount.widened(ulp) if _is_whole(amount) and amount.value else amount for amount in amounts)


def _is_whole(amount: Amount) -> bool:
    return (not amount.ulp or amount.ulp >= 1) and amount.value == amount.value.to_integral_value()


def _trailing_zeros(value: Decimal) -> int:
    digits = str(int(value))
    return len(digits) - len(digits.rstrip("0"))


def _unit_words(unit: str) -> str:
    return {"": "cifras sin unidad", "%": "porcentajes"}.get(unit, f"«{unit}»")
