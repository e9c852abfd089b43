"""Formulas of indicators: a frozen tree over named quantities, worked out exactly and told in words.

`formula_reading` makes the tree of what somebody wrote. Values are kept as a quotient of two exact decimals and divided
once, at the end: no digit is lost on the way, and zero is zero. A division by zero is a value, `ZeroDivisor`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, Context, Decimal
from enum import StrEnum
from typing import Final

from pregon.figures.spanish import print_number

_EXACT: Final = Context(prec=MAX_PREC, Emax=MAX_EMAX, Emin=MIN_EMIN)
_DIVIDING: Final = Context(prec=50, Emax=MAX_EMAX, Emin=MIN_EMIN)
_HUNDRED: Final = Decimal(100)


class Sign(StrEnum):
    """What is done with two terms, as it is printed."""

    PLUS = "+"
    MINUS = "−"
    TIMES = "×"
    OVER = "÷"


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it was written."""

    value: Decimal


@dataclass(frozen=True, slots=True)
class Name:
    """A quantity by its code."""

    code: str


@dataclass(frozen=True, slots=True)
class Opposite:
    """The negative of a term."""

    of: Node


@dataclass(frozen=True, slots=True)
class Operation:
    """Two terms and what is done with them."""

    sign: Sign
    left: Node
    right: Node


Node = Number | Name | Opposite | Operation


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula that was read: its text and its tree."""

    text: str
    root: Node

    @property
    def names(self) -> tuple[str, ...]:
        """The codes of its quantities, each once, in the order in which they appear."""
        return tuple(dict.fromkeys(names_in(self.root)))


@dataclass(frozen=True, slots=True)
class FormulaFault:
    """Why a formula cannot be read: one Spanish sentence, and the stretch of `text` that it speaks of."""

    message: str
    text: str
    start: int
    end: int

    @property
    def parts(self) -> tuple[str, str, str]:
        """The text before the fault, the fault itself and the text after it."""
        return self.text[: self.start], self.text[self.start : self.end], self.text[self.end :]


@dataclass(frozen=True, slots=True)
class Quotient:
    """An exact value: `above` over `below`, which is never 0."""

    above: Decimal
    below: Decimal

    @property
    def value(self) -> Decimal:
        """The value to 50 significant digits."""
        return _DIVIDING.divide(self.above, self.below)


@dataclass(frozen=True, slots=True)
class ZeroDivisor:
    """The term that was divided by and is 0."""

    divisor: Node


@dataclass(frozen=True, slots=True)
class Ratio:
    """A formula that is one term over another; `is_percent` where it was multiplied by 100."""

    above: Node
    below: Node
    is_percent: bool


def evaluate(node: Node, values: Mapping[str, Decimal]) -> Quotient | ZeroDivisor:
    """Work out a tree exactly. `values` has every quantity that it names."""
    match node:
        case Number(value):
            return Quotient(value, Decimal(1))
        case Name(code):
            return Quotient(values[code], Decimal(1))
        case Opposite(inner):
            found = evaluate(inner, values)
            return found if isinstance(found, ZeroDivisor) else Quotient(-found.above, found.below)
        case Operation(sign, left, right):
            first, second = evaluate(left, values), evaluate(right, values)
            if isinstance(first, ZeroDivisor):
                return first
            if isinstance(second, ZeroDivisor):
                return second
            if sign is Sign.OVER and second.above == 0:
                return ZeroDivisor(right)
            return _combine(sign, first, second)


def _combine(sign: Sign, first: Quotient, second: Quotient) -> Quotient:
    times = _EXACT.multiply
    if sign is Sign.TIMES:
        return Quotient(times(first.above, second.above), times(first.below, second.below))
    if sign is Sign.OVER:
        return Quotient(times(first.above, second.below), times(first.below, second.above))
    left, right = times(first.above, second.below), times(second.above, first.below)
    above = _EXACT.add(left, right) if sign is Sign.PLUS else _EXACT.subtract(left, right)
    return Quotient(above, times(first.below, second.below))


def names_in(node: Node) -> Iterator[str]:
    """The codes that a tree names, in order, repeated as they are."""
    match node:
        case Name(code):
            yield code
        case Opposite(inner):
            yield from names_in(inner)
        case Operation(_, left, right):
            yield from names_in(left)
            yield from names_in(right)


def split_ratio(root: Node) -> Ratio | None:
    """A formula's two terms, where it is one over another that names a quantity; the «× 100» of a per cent set apart.

    Both terms and the «× 100» give the same value as the formula itself.
    """
    above, below = _factors(root)
    divisor = _product(below)
    is_percent = Number(_HUNDRED) in above and len(above) > 1
    if is_percent:
        above.remove(Number(_HUNDRED))
    if divisor is None or not any(names_in(divisor)):
        return None
    return Ratio(_product(above) or Number(Decimal(1)), divisor, is_percent)


def is_percent(root: Node) -> bool:
    """Whether a formula gives its result in per cent: one of its factors is 100."""
    above, _ = _factors(root)
    return Number(_HUNDRED) in above and len(above) > 1


def _factors(node: Node) -> tuple[list[Node], list[Node]]:
    """What a product multiplies and what it divides by. What stands after ÷ stays whole."""
    if isinstance(node, Operation) and node.sign is Sign.TIMES:
        (above, below), (more, also) = _factors(node.left), _factors(node.right)
        return above + more, below + also
    if isinstance(node, Operation) and node.sign is Sign.OVER:
        above, below = _factors(node.left)
        return above, [*below, node.right]
    return [node], []


def _product(factors: Sequence[Node]) -> Node | None:
    product: Node | None = None
    for factor in factors:
        product = factor if product is None else Operation(Sign.TIMES, product, factor)
    return product


def tell_formula(node: Node, labels: Mapping[str, str]) -> str:
    """A tree in words: «solicitudes a tiempo ÷ solicitudes con fecha × 100»."""
    match node:
        case Number(value):
            return print_number(value)
        case Name(code):
            return labels.get(code, code)
        case Opposite(inner):
            return f"{Sign.MINUS}{_tell_inside(inner, labels, tight=True)}"
        case Operation(sign, left, right):
            tight = sign in {Sign.TIMES, Sign.OVER}
            told = _tell_inside(left, labels, tight=tight)
            after = _tell_inside(right, labels, tight=tight, grouped=sign in {Sign.MINUS, Sign.OVER, Sign.TIMES})
            return f"{told} {sign} {after}"


def _tell_inside(node: Node, labels: Mapping[str, str], *, tight: bool, grouped: bool = False) -> str:
    """A term of another one, in parentheses where it would be read otherwise without them."""
    told = tell_formula(node, labels)
    is_sum = isinstance(node, Operation) and node.sign in {Sign.PLUS, Sign.MINUS}
    is_product = isinstance(node, Operation) and not is_sum
    needs = (is_sum and (tight or grouped)) or (is_product and tight and grouped) or isinstance(node, Opposite)
    return f"({told})" if needs else told
