"""Slips: the small accidents that turn the figure that is due into the one that is printed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from pregon.figures.amount import Amount

_SCALES: Final = (Decimal(10), Decimal("0.1"), Decimal(1000), Decimal("0.001"))
_LEAST_DIGITS: Final = 3
"""A figure of fewer digits becomes any other by changing one."""
_MOST_UNITS: Final = 3
"""How far rounding may carry what is due, in units of the last place."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A figure of an account and the values printed beside it."""

    amount: Amount
    beside: frozenset[Decimal] = frozenset()

    @property
    def unit(self) -> Decimal:
        """One unit of the last place shown."""
        return unit_of(self.amount)


def unit_of(amount: Amount) -> Decimal:
    """One unit of the last place that a figure shows."""
    return amount.ulp or Decimal(1).scaleb(min(0, int(amount.value.as_tuple().exponent)))


def grain_of(amounts: Iterable[Amount]) -> Decimal:
    """The coarsest power of ten of which all these figures are multiples: what «39,000» and «12,000» can tell."""
    exponents = [int(amount.value.normalize().as_tuple().exponent) for amount in amounts if amount.value]
    return Decimal(1).scaleb(min(exponents, default=0))


def explains_sum(target: Printed, parts: Sequence[Printed], *, mistyped: bool = True) -> bool:
    """Whether one slip in one figure gives a sum that does not close: in the total, in a part, a part left out.

    Rounded figures set what is due only to within their rounding. `mistyped` admits any one wrong digit.
    """
    difference = target.amount.value - sum((part.amount.value for part in parts), Decimal(0))
    spread = [Decimal(0)]
    coarsest = max((one.amount.ulp for one in (target, *parts)), default=Decimal(0))
    if coarsest:
        units = min(_MOST_UNITS, (len(parts) + 1) // 2)
        spread = [coarsest * step for step in range(-units, units + 1)]
    left_out = _addends([part.amount.value for part in parts])
    blur = target.unit / 2 if coarsest and target.unit > coarsest else Decimal(0)
    for off in (difference + step for step in spread):
        if abs(off) in left_out or (blur and any(abs(abs(off) - addend) <= blur for addend in left_out)):
            return True
        if is_slip(target, target.amount.value - off, mistyped=mistyped):
            return True
        if any(is_slip(part, part.amount.value + off, mistyped=mistyped) for part in parts):
            return True
    return False


def _addends(values: Sequence[Decimal]) -> set[Decimal]:
    """The sizes of the parts that can be left out by a slip: not those that sum up the ones beside them."""
    sums = {value for value in values if value}
    for position, value in enumerate(values):
        for side in (values[position + 1 :], values[:position][::-1]):
            running = Decimal(0)
            for count, other in enumerate(side, start=1):
                running += other
                if running == value and count > 1:
                    sums.discard(value)
    return {abs(value) for value in sums}


def is_slip(printed: Printed, due: Decimal, *, mistyped: bool = True) -> bool:
    """Whether one slip explains what is printed where `due` was meant.

    One unit of the last place more or less, two digits that changed places, one digit mistyped, a zero too many or
    too few, the value of a figure beside it.

    >>> is_slip(Printed(Amount.exact(237)), Decimal(273)), is_slip(Printed(Amount.exact(155)), Decimal(247))
    (True, False)
    """
    stated = printed.amount.value
    if stated == due:
        return False
    if abs(stated - due) == printed.unit:
        return True
    # A nought beside another explains anything; only where any slip is admitted.
    if stated in printed.beside and (stated or mistyped):
        return True
    if due and any(stated == due * scale for scale in _SCALES):
        return True
    return any(mistyped or kind != "mistyped" for kind in _digit_slips(stated, due, printed.unit))


def explains_account(figures: Sequence[Printed], closes: Callable[[Sequence[Amount]], bool]) -> bool:
    """Whether one slip in one of the figures is all that keeps an account from closing; `closes` says when it does."""
    amounts = [printed.amount for printed in figures]
    return any(
        closes([*amounts[:at], replace(printed.amount, value=meant), *amounts[at + 1 :]])
        for at, printed in enumerate(figures)
        for meant in meant_by(printed)
    )


def meant_by(printed: Printed) -> Iterator[Decimal]:
    """What may have been meant where this is printed, were it one slip: the other way round than `is_slip`.

    A mistyped digit is left out: with it nearly anything may have been meant.

    >>> [str(value) for value in meant_by(Printed(Amount.exact(31)))]
    ['32', '30', '310', '3.1', '31000', '0.031', '13']
    """
    value, unit = printed.amount.value, printed.unit
    yield from (value + unit, value - unit)
    yield from (value * scale for scale in _SCALES)
    digits = str(abs(value / unit).to_integral_value())
    for at in range(len(digits) - 1):
        turned = digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
        if turned != digits:
            yield (int(turned) * unit).copy_sign(value)


def _digit_slips(stated: Decimal, due: Decimal, unit: Decimal) -> Iterator[str]:
    if (stated < 0) != (due < 0) or due % unit:
        return
    one, other = (str(abs(value / unit).to_integral_value()) for value in (stated, due))
    if len(one) != len(other):
        return
    places = [place for place in range(len(one)) if one[place] != other[place]]
    if len(places) == 1 and len(one) >= _LEAST_DIGITS:
        yield "mistyped"
    is_beside = len(places) == 2 and places[1] == places[0] + 1
    if is_beside and one[places[0]] == other[places[1]] and one[places[1]] == other[places[0]]:
        yield "swapped"
