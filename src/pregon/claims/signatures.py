"""Signatures: the accounts that the lines of a table share, and the lines in which they fail.

The finder of `pregon.relations` says which lines of a table give another one, wherever that closes. What closes in
several lines is a *signature*; here it is carried over to the lines beside them, where it may fail. A failure counts
only where the evidence is strong and the line is one of the same kind: a row of rates under rows of counts is no
broken sum.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import IntEnum
from functools import cached_property
from math import log2
from typing import Final

from pregon.claims.slips import grain_of, unit_of
from pregon.document.prose import Operator
from pregon.figures.amount import Amount, Interval
from pregon.relations.relation import Relation, Support, middle_of, sum_intervals

Place = tuple[int, int]
"""Row and column of the table, from 0."""

_MOST_BITS: Final = 14.0
_SURE_BITS: Final = 12.0
"""Evidence asked of a signature before a slip is looked for: a chance of one in four thousand."""
_SURE_BITS_WITH_WORDS: Final = 6.0
_LEAST_CLOSING: Final = 3
"""Two lines may agree by chance: a table has many pairs to try."""
_SURE_BITS_OF_FEW: Final = 18.0
"""The evidence by which two lines do where words announce it."""
_MOST_FAILING: Final = 4
"""One line in so many may fail, or one of few."""


class Fit(IntEnum):
    """How an account closes."""

    OFF = 0
    NEAR = 1
    """Only if its whole numbers were rounded."""
    CLOSED = 2


@dataclass(frozen=True, slots=True)
class Account:
    """One line's account: its target and operands, what they print, and how it closes."""

    across: int
    target: Place
    operands: tuple[Place, ...]
    stated: Amount
    computed: Interval
    fit: Fit
    bits: float

    @property
    def difference(self) -> Decimal:
        """Stated less computed."""
        return self.stated.value - middle_of(self.computed)


@dataclass(frozen=True)
class Signature:
    """A line (column, if `is_along_row`) that others give, and its account in every place across it."""

    operator: Operator
    is_along_row: bool
    line: int
    members: tuple[int, ...]
    factor: int
    is_announced: bool
    accounts: tuple[Account, ...]
    tried: float

    @cached_property
    def closing(self) -> tuple[Account, ...]:
        """The accounts that close and say something."""
        return tuple(account for account in self.accounts if account.fit is not Fit.OFF and account.bits > 0)

    @cached_property
    def failing(self) -> tuple[Account, ...]:
        """The accounts that do not close at all."""
        return tuple(account for account in self.accounts if account.fit is Fit.OFF)

    @cached_property
    def bits(self) -> float:
        """How unlikely it is that so much closes by chance."""
        return sum(account.bits for account in self.closing) - self.tried

    @property
    def is_sure(self) -> bool:
        """Whether it holds in enough lines, and fails in few enough, for a failure to mean something."""
        least = _SURE_BITS_WITH_WORDS if self.is_announced else _SURE_BITS
        closing = len(self.closing)
        if closing < _LEAST_CLOSING:
            return self.is_announced and closing == _LEAST_CLOSING - 1 and self.bits >= _SURE_BITS_OF_FEW
        return self.bits >= least and len(self.failing) <= max(1, closing // _MOST_FAILING)


def carry_over(
    relations: Sequence[Relation[Place]],
    figures: Mapping[Place, Amount],
    size: Place,
    rates: tuple[frozenset[int], frozenset[int]] = (frozenset(), frozenset()),
) -> tuple[Signature, ...]:
    """Gather what the finder found into signatures and test each in every line; `size` is the table's.

    `rates` are the rows and the columns of means, extremes and rates: a sum that fails there is none.
    """
    groups: dict[tuple[Operator, bool, int, tuple[int, ...]], list[Relation[Place]]] = defaultdict(list)
    stated: dict[tuple[Operator, bool, Place], set[tuple[int, ...]]] = defaultdict(set)
    for relation in relations:
        turned = _direction(relation)
        if turned is None:
            continue
        axis = 1 if turned else 0
        members = tuple(place[axis] for place in relation.operands)
        groups[relation.operator, turned, relation.target[axis], members].append(relation)
        if relation.verdict.holds:
            stated[relation.operator, turned, relation.target].add(members)

    def is_of_another(operator: Operator, turned: bool, target: Place, members: tuple[int, ...]) -> bool:
        """Whether it closes there with other parts, and not only with one less in that line alone."""
        line = target[1 if turned else 0]
        others = stated.get((operator, turned, target), set()) - {members}
        return any(len(groups[operator, turned, line, one]) > 1 or not _is_near(one, members) for one in others)

    found = []
    for (operator, turned, line, members), instances in groups.items():
        factor = _factor_of(operator, instances, figures)
        if factor is None:
            continue
        accounts = []
        for across in range(size[0] if turned else size[1]):
            target = (across, line) if turned else (line, across)
            account = _account(operator, factor, across, turned, (line, members), figures)
            if account is None or (account.fit is Fit.OFF and is_of_another(operator, turned, target, members)):
                continue
            if account.fit is Fit.CLOSED or operator is not Operator.SUM or across not in rates[0 if turned else 1]:
                accounts.append(account)
        accounts = _of_one_kind(accounts, figures)
        is_announced = any(relation.support is Support.LABEL for relation in instances)
        # What no word announces may be any of the lines, and begin and end at any.
        choices = 1 if is_announced else 3 if operator is Operator.SUM else 2
        tried = choices * log2(max(2, size[1] if turned else size[0]))
        found.append(
            Signature(operator, turned, line, members, factor, is_announced, _unrepeated(accounts, figures), tried)
        )
    return tuple(found)


def _is_near(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    """Whether two readings differ only in what one of them leaves out."""
    first, second = set(one), set(other)
    return first < second or second < first


def _of_one_kind(accounts: list[Account], figures: Mapping[Place, Amount]) -> list[Account]:
    """The accounts without those that fail in figures with decimals, where all that close are whole."""
    if any(_has_decimals(account, figures) for account in accounts if account.fit is not Fit.OFF):
        return accounts
    return [account for account in accounts if account.fit is not Fit.OFF or not _has_decimals(account, figures)]


def _has_decimals(account: Account, figures: Mapping[Place, Amount]) -> bool:
    """Whether most of its figures that are something are no whole numbers."""
    values = [value for place in (account.target, *account.operands) if (value := figures[place].value)]
    return 2 * sum(value % 1 != 0 for value in values) > len(values)


def _direction(relation: Relation[Place]) -> bool | None:
    """Whether an account runs along a row; None for one that does neither."""
    row, column = relation.target
    if not relation.operands:
        return None
    if all(place[0] == row for place in relation.operands):
        return True
    return False if all(place[1] == column for place in relation.operands) else None


def _factor_of(operator: Operator, instances: Sequence[Relation[Place]], figures: Mapping[Place, Amount]) -> int | None:
    """100 where the figures printed are a hundred times their quotient, else 1; None where that cannot be told."""
    if operator not in (Operator.SHARE, Operator.CHANGE):
        return 1
    for relation in instances:
        amounts = [figures.get(place) for place in relation.operands]
        if len(amounts) != 2 or amounts[0] is None or amounts[1] is None or not amounts[1].value:
            continue
        quotient = amounts[0].value / amounts[1].value - (operator is Operator.CHANGE)
        if quotient:
            return 100 if abs(middle_of(relation.computed) / quotient) > 10 else 1
    return None


def _account(
    operator: Operator,
    factor: int,
    across: int,
    is_along_row: bool,
    lines: tuple[int, tuple[int, ...]],
    figures: Mapping[Place, Amount],
) -> Account | None:
    line, members = lines
    target = (across, line) if is_along_row else (line, across)
    places = tuple((across, member) if is_along_row else (member, across) for member in members)
    stated = figures.get(target)
    printed = [(place, amount) for place in places if (amount := figures.get(place)) is not None]
    if stated is None or len(printed) < 2:
        return None
    amounts = [amount for _, amount in printed]
    if operator in (Operator.SHARE, Operator.CHANGE):
        computed = _quotient(operator, factor, amounts)
    elif any(amount.unit != stated.unit for amount in amounts):
        return None
    else:
        computed = sum_intervals(amounts)
        if operator is Operator.MEAN:
            computed = Interval(computed.low / len(amounts), computed.high / len(amounts))
    if computed is None:
        return None
    fit = _fit(operator, stated, amounts, computed)
    bits = _bits(operator, stated, amounts) if fit is not Fit.OFF else 0.0
    return Account(across, target, tuple(place for place, _ in printed), stated, computed, fit, bits)


def _quotient(operator: Operator, factor: int, amounts: Sequence[Amount]) -> Interval | None:
    if len(amounts) != 2:
        return None
    upper, lower = (amount.interval for amount in amounts)
    if lower.low <= 0 <= lower.high:
        return None
    shift = Decimal(operator is Operator.CHANGE)
    ends = [factor * (a / b - shift) for a in (upper.low, upper.high) for b in (lower.low, lower.high)]
    return Interval(min(ends), max(ends))


def _fit(operator: Operator, stated: Amount, amounts: Sequence[Amount], computed: Interval) -> Fit:
    if operator is not Operator.SUM:
        # Quotients are printed rounded, or cut at their last place.
        ulp = unit_of(stated)
        is_given = computed.low < stated.value + ulp and stated.value - ulp / 2 <= computed.high
        return Fit.CLOSED if is_given else Fit.OFF
    # Among figures with decimals «3» is «3,0».
    shown = min((amount.ulp for amount in (stated, *amounts) if amount.ulp), default=Decimal(0))
    hidden = sum((shown for amount in (stated, *amounts) if not amount.ulp), Decimal(0)) / 2
    if stated.interval.meets(Interval(computed.low - hidden, computed.high + hidden)):
        return Fit.CLOSED
    units = [unit_of(amount) for amount in (stated, *amounts) if amount.value]
    # A nought among figures with decimals is printed «0» however many they show.
    rounding = (sum(units, Decimal(0)) + (1 + len(amounts) - len(units)) * min(units, default=Decimal(1))) / 2
    return Fit.NEAR if abs(stated.value - middle_of(computed)) <= rounding else Fit.OFF


def _bits(operator: Operator, stated: Amount, amounts: Sequence[Amount]) -> float:
    """How unlikely it is that this account closes by chance, in bits; nothing, where it could not fail."""
    values = [amount.value for amount in amounts]
    if not stated.value:
        return 0.0
    if operator is Operator.SUM and sum(bool(value) for value in values) < 2:
        return 0.0
    if operator is not Operator.SUM and (len(set(values)) < 2 or values[-1] == 1):
        return 0.0
    unit = max(unit_of(stated), grain_of((stated, *amounts))) if operator is Operator.SUM else unit_of(stated)
    return min(_MOST_BITS, max(0.0, log2(2 * abs(stated.value) / unit)))


def _unrepeated(accounts: Sequence[Account], figures: Mapping[Place, Amount]) -> tuple[Account, ...]:
    """The accounts, those of the same figures once more weighing nothing."""
    seen: set[tuple[Decimal, ...]] = set()
    kept = []
    for account in accounts:
        values = (account.stated.value, *(figures[place].value for place in account.operands))
        kept.append(replace(account, bits=0.0) if values in seen else account)
        seen.add(values)
    return tuple(kept)
