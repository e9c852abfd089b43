"""A figure against the same one of an earlier period."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from pregon.figures.amount import Amount
from pregon.figures.period import Period
from pregon.records.dossier import Dossier
from pregon.records.totals import Measure

TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Change:
    """What changed since an earlier period; both are None where either figure is missing.

    `relative` is the change in per cent of the earlier value, to one decimal; None also where that was 0.
    """

    difference: Amount | None
    relative: Amount | None


def change_between(current: Measure, earlier: Measure | None) -> Change:
    """The change from `earlier` to `current`."""
    now = current.value
    before = None if earlier is None else earlier.value
    if now is None or before is None:
        return Change(None, None)
    difference = Amount.exact(now - before)
    if before == 0:
        return Change(difference, None)
    return Change(difference, percentage(now - before, before))


def percentage(part: Decimal, whole: Decimal) -> Amount:
    """`part` in per cent of `whole`, rounded half up to one decimal.

    Raises:
        ZeroDivisionError: the whole is 0.
    """
    if whole == 0:
        raise ZeroDivisionError("No hay porcentaje de cero.")
    value = (part * 100 / whole).quantize(TENTH, ROUND_HALF_UP)
    return Amount(value, "%", TENTH)


def find_earlier(earlier: tuple[Dossier, ...], period: Period) -> Dossier | None:
    """The dossier of exactly that period, if it is among the earlier ones."""
    for dossier in earlier:
        if dossier.period == period:
            return dossier
    return None
