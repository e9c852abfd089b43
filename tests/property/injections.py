"""Documents known to be right, each with the accounts that it states, and figures broken in them.

A clean document comes with its *spots* (the figures it prints) and its *accounts*, which say which spots must agree and
how. The accounts never come from the audit: those of a composed report are the provenance its figures carry, those of
a table are the marks that people made by hand (AggreCol), each kept only where plain arithmetic confirms it.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from pregon.audit.finding import Finding
from pregon.document.location import Location
from pregon.document.model import Block, Document, Heading, Paragraph, Table
from pregon.document.prose import Figure, FigureKind, Operator, Prose
from pregon.figures.spanish import parse_amount, print_number

HUNDRED = Decimal(100)
_NUMBER = re.compile(r"[+−-]?\d[\d.]*(?:,\d+)?")


class Injury(StrEnum):
    """What is done to one figure."""

    ONE = "±1"
    """One unit of its last place more, or less."""
    SWAPPED = "digits swapped"
    """Two digits side by side change places."""
    TENFOLD = "×10"
    NEIGHBOUR = "neighbour's value"
    """It becomes the figure beside it: in its row, its column or its sentence."""
    DROPPED = "part dropped"
    """A sum becomes what it would be without one of its parts."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A figure as printed: its block, row and cell of the block (from 0; -1 in prose), its stretch, where it stands."""

    block: int
    row: int
    cell: int
    start: int
    end: int
    text: str
    value: Decimal
    decimals: int
    unit: str
    place: Location

    @property
    def ulp(self) -> Decimal:
        """One unit of the last place shown."""
        return Decimal(1).scaleb(-self.decimals)


@dataclass(frozen=True, slots=True)
class Account:
    """`target` states what `operator` gives over `operands` (spots by number); RECORDED: that they are the same.

    `is_announced` says that after one figure is broken the document still shows that this is an account: a word says
    so, or other lines beside it make the same account.
    """

    operator: Operator
    target: int
    operands: tuple[int, ...]
    is_announced: bool = True

    def holds(self, values: Sequence[Decimal], ulps: Sequence[Decimal]) -> bool:
        """Whether the account closes: whole numbers exactly, quotients to the last place shown, rounded or cut."""
        stated = values[self.target]
        parts = [values[operand] for operand in self.operands]
        rounding = sum((ulps[n] for n in (self.target, *self.operands)), Decimal(0)) / 2
        if all(ulps[n] == 1 for n in (self.target, *self.operands)):
            rounding = Decimal(0)
        match self.operator:
            case Operator.RECORDED:
                return all(stated == part for part in parts)
            case Operator.SUM:
                return abs(stated - sum(parts, Decimal(0))) <= rounding
            case Operator.DIFFERENCE:
                return len(parts) == 2 and abs(stated - (parts[0] - parts[1])) <= rounding
            case Operator.MEAN:
                return abs(stated - sum(parts, Decimal(0)) / len(parts)) <= rounding + ulps[self.target]
            case Operator.SHARE | Operator.CHANGE:
                return self._is_quotient(stated, parts, ulps)
            case _:
                return False

    def _is_quotient(self, stated: Decimal, parts: Sequence[Decimal], ulps: Sequence[Decimal]) -> bool:
        if len(parts) != 2 or not parts[1]:
            return False
        first, second = parts
        if self.operator is Operator.CHANGE:
            first -= second
        slack = ulps[self.target]
        blur = (ulps[self.operands[0]] + abs(first / second) * ulps[self.operands[1]]) / abs(second) / 2
        is_counted = all(ulps[operand] == 1 for operand in self.operands)
        blur = Decimal(0) if is_counted else blur
        return any(abs(stated - factor * first / second) <= slack + factor * blur for factor in (1, HUNDRED))


@dataclass(frozen=True)
class Clean:
    """A document that is right, its figures and what they must agree on; `alone` counts figures in no account."""

    name: str
    document: Document
    spots: tuple[Spot, ...]
    accounts: tuple[Account, ...]

    @property
    def alone(self) -> int:
        """How many figures take part in no account."""
        bound = {n for account in self.accounts for n in (account.target, *account.operands)}
        return len(self.spots) - len(bound)

    @property
    def unannounced(self) -> int:
        """How many take part only in accounts that nothing would show once they are broken."""
        bound = {n for account in self.accounts for n in (account.target, *account.operands)}
        shown = {n for account in self.accounts if account.is_announced for n in (account.target, *account.operands)}
        return len(bound - shown)


def make_clean(
    name: str, document: Document, spots: Sequence[Spot], accounts: Sequence[Account], *, strict: bool = False
) -> Clean | None:
    """A clean document with the accounts that arithmetic confirms; None if `strict` and one of them fails."""
    values, ulps = [spot.value for spot in spots], [spot.ulp for spot in spots]
    kept = tuple(account for account in accounts if account.holds(values, ulps))
    if strict and len(kept) < len(accounts):
        return None
    return Clean(name, document, tuple(spots), kept)


def read_spot(text: str) -> tuple[int, int, Decimal, int, str] | None:
    """The stretch of a figure's digits, its value, decimals and unit; None if we would print it otherwise."""
    match = _NUMBER.search(text)
    if match is None:
        return None
    try:
        amount = parse_amount(match.group())
    except ValueError:
        return None
    decimals = len(match.group().partition(",")[2])
    if print_like(match.group(), amount.value, decimals) != match.group():
        return None
    return match.start(), match.end(), amount.value, decimals, "%" if "%" in text[match.end() :] else ""


def print_like(printed: str, value: Decimal, decimals: int) -> str:
    """A value as its neighbour is printed: with as many decimals, the sign where the other shows one."""
    text = print_number(value, decimals=decimals)
    if value > 0 and printed.startswith("+"):
        text = f"+{text}"
    grouped = "." in printed or len(printed.partition(",")[0].strip("+−-")) < 4
    return text if grouped else text.replace(".", "")


def spots_of(document: Document) -> tuple[tuple[Spot, Figure], ...]:
    """The marked numbers of a composed document, each with its provenance."""
    found: list[tuple[Spot, Figure]] = []
    for number, row, cell, place, prose in proses_of(document):
        for mark in prose.marks:
            read = read_spot(prose.text[mark.start : mark.end])
            if mark.figure.kind is not FigureKind.NUMBER or read is None:
                continue
            start, end, value, decimals, unit = read
            text = prose.text[mark.start : mark.end][start:end]
            stretch = mark.start + start, mark.start + end
            found.append((Spot(number, row, cell, *stretch, text, value, decimals, unit, place), mark.figure))
    return tuple(found)


def proses_of(document: Document) -> Iterator[tuple[int, int, int, Location, Prose]]:
    """Every text that can be broken: its block, row and cell (from 0; -1 in prose), where it stands, its words."""
    places: dict[int, list[Location]] = defaultdict(list)
    for passage in document.passages:
        if passage.block is not None and (passage.cell is not None or not isinstance(passage.block, Table)):
            places[id(passage.block)].append(passage.location)
    for number, block in enumerate(document.blocks):
        if isinstance(block, Heading | Paragraph):
            yield number, -1, -1, places[id(block)][0], block.prose
        elif isinstance(block, Table):
            standing = iter(places[id(block)])
            for row, cells in enumerate(block.rows):
                for column, cell in enumerate(cells):
                    yield number, row, column, next(standing), cell.prose


def put(document: Document, spot: Spot, printed: str) -> Document:
    """The document with another figure at a spot."""
    block = document.blocks[spot.block]
    changed: Block
    if isinstance(block, Table):
        cells = block.rows[spot.row]
        cell = replace(cells[spot.cell], prose=_put(cells[spot.cell].prose, spot, printed))
        line = (*cells[: spot.cell], cell, *cells[spot.cell + 1 :])
        changed = replace(block, rows=(*block.rows[: spot.row], line, *block.rows[spot.row + 1 :]))
    elif isinstance(block, Heading | Paragraph):
        changed = replace(block, prose=_put(block.prose, spot, printed))
    else:
        raise TypeError(block)
    return replace(document, blocks=(*document.blocks[: spot.block], changed, *document.blocks[spot.block + 1 :]))


def _put(prose: Prose, spot: Spot, printed: str) -> Prose:
    return Prose(prose.text[: spot.start] + printed + prose.text[spot.end :])


@dataclass(frozen=True, slots=True)
class Broken:
    """A document with one figure broken: which spot, how, what it says now, and the document."""

    clean: Clean
    injury: Injury
    number: int
    printed: str
    document: Document

    @property
    def spot(self) -> Spot:
        """The figure as it was."""
        return self.clean.spots[self.number]

    def is_named_by(self, finding: Finding) -> bool:
        """Whether a finding has the broken figure among its places or its operands."""
        places = [*finding.locations, *(one.location for one in finding.operands if one.location is not None)]
        return any(self._stands_at(place) for place in places)

    def is_first_in(self, finding: Finding) -> bool:
        """Whether a finding asks to mend the broken figure."""
        return self._stands_at(finding.locations[0])

    def _stands_at(self, place: Location) -> bool:
        own = self.spot.place
        if own.table is not None:
            if (place.table, place.row, place.column) != (own.table, own.row, own.column):
                return False
        elif (place.kind, place.section, place.paragraph) != (own.kind, own.section, own.paragraph):
            return False
        end = self.spot.start + len(self.printed)
        return place.end is None or (place.start < end and self.spot.start < place.end)


def break_one(clean: Clean, injury: Injury, rng: random.Random) -> Broken | None:
    """Break one figure in that way, so that some announced account of it closes no more; None where none can be."""
    values, ulps = [spot.value for spot in clean.spots], [spot.ulp for spot in clean.spots]
    stated: dict[int, list[Account]] = defaultdict(list)
    for account in clean.accounts:
        for number in {account.target, *account.operands}:
            if account.is_announced:
                stated[number].append(account)
    numbers = sorted(stated)
    rng.shuffle(numbers)
    for number in numbers:
        for wrong in _injuries(clean, injury, number, stated[number], rng):
            tried = [*values[:number], wrong, *values[number + 1 :]]
            if all(account.holds(tried, ulps) for account in stated[number]):
                continue
            spot = clean.spots[number]
            printed = print_like(spot.text, wrong, spot.decimals)
            if printed != spot.text and read_spot(printed) is not None:
                return Broken(clean, injury, number, printed, put(clean.document, spot, printed))
    return None


def _injuries(
    clean: Clean, injury: Injury, number: int, accounts: Sequence[Account], rng: random.Random
) -> Iterator[Decimal]:
    """The wrong values to try, in random order."""
    spot = clean.spots[number]
    wrong: list[Decimal] = []
    match injury:
        case Injury.ONE:
            wrong = [spot.value + spot.ulp, *([spot.value - spot.ulp] if spot.value >= spot.ulp else [])]
        case Injury.SWAPPED:
            wrong = list(_swapped(spot))
        case Injury.TENFOLD:
            wrong = [spot.value * 10] if spot.value else []
        case Injury.NEIGHBOUR:
            wrong = [other.value for other in clean.spots if _are_neighbours(spot, other)]
        case Injury.DROPPED:
            sums = [account for account in accounts if account.target == number and account.operator is Operator.SUM]
            parts = [clean.spots[operand].value for account in sums for operand in account.operands]
            wrong = [spot.value - part for part in parts if part and part != spot.value]
    wrong = [value for value in wrong if value != spot.value]
    rng.shuffle(wrong)
    yield from wrong


def _swapped(spot: Spot) -> Iterator[Decimal]:
    digits = str(abs(spot.value).scaleb(spot.decimals).to_integral_value())
    for at in range(len(digits) - 1):
        turned = digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
        if turned != digits and turned[0] != "0":
            yield Decimal(turned).scaleb(-spot.decimals).copy_sign(spot.value)


def _are_neighbours(spot: Spot, other: Spot) -> bool:
    if spot is other or spot.block != other.block or (spot.unit, spot.decimals) != (other.unit, other.decimals):
        return False
    if spot.row < 0:
        return True
    return abs(spot.row - other.row) + abs(spot.cell - other.cell) == 1
