"""Percentages told twice: in a row of a table, and in the sentence that names the row and writes the account out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from pregon.claims.shares import Share
from pregon.claims.tabulation import Tabulation
from pregon.claims.vocabulary import flatten
from pregon.document.location import Location
from pregon.document.model import Passage
from pregon.document.passages import Passages
from pregon.figures.amount import Amount
from pregon.figures.spanish import parse_amount

_HUNDRED: Final = Decimal(100)
_LEAST_NAME: Final = 8
_LEAST_AGREEING: Final = 2
_NUMBER: Final = r"\d{1,3}(?:[.\u00a0\u202f]\d{3})+(?:,\d+)?|\d+(?:,\d+)?"
_TOLD: Final = re.compile(
    rf"^(?P<name>[^:]{{{_LEAST_NAME},}}): (?P<a>{_NUMBER})\s?[÷/]\s?(?P<b>{_NUMBER})\s?=\s?(?P<c>(?:{_NUMBER})\s?%)"
)


@dataclass(frozen=True, slots=True)
class _Told:
    """«Atender a tiempo lo pedido: 143 ÷ 148 = 96,6 %»: the name, the quotient in hundredths, where it all stands."""

    name: str
    quotient: Decimal
    stated: Amount
    places: tuple[Location, Location, Location]


def find_retold(passages: Passages, tabulations: Sequence[Tabulation]) -> Iterator[Share]:
    """The percentages of a column whose rows are told in sentences, in most of them with the same result."""
    told = [one for _, passage in passages.outside_tables if (one := _read_told(passage)) is not None]
    for tabulation in tabulations if told else ():
        rows = {row: one for row in tabulation.body for one in told if _is_named(one, tabulation.row_labels[row])}
        best: tuple[int, int] | None = None
        for column in range(1, tabulation.width):
            cells = [(_percentage(tabulation, row, column), one) for row, one in rows.items()]
            agreeing = sum(cell is not None and _agrees(cell, one) for cell, one in cells)
            if agreeing >= _LEAST_AGREEING and 2 * agreeing > len(cells) and (best is None or agreeing > best[0]):
                best = agreeing, column
        if best is not None:
            for row, one in rows.items():
                cell = _percentage(tabulation, row, best[1])
                if cell is not None:
                    yield _make_share(tabulation, (row, best[1]), cell, one)


def _read_told(passage: Passage) -> _Told | None:
    match = _TOLD.match(passage.prose.text)
    if match is None:
        return None
    try:
        part, whole, stated = (parse_amount(" ".join(match.group(group).split())) for group in "abc")
    except ValueError:
        return None
    if not whole.value:
        return None
    a, b, c = (passage.location._replace(start=match.start(group), end=match.end(group)) for group in "abc")
    return _Told(flatten(match.group("name")), part.value / whole.value * _HUNDRED, stated, (a, b, c))


def _is_named(told: _Told, label: str) -> bool:
    """Whether a row bears the sentence's name, alone or after its number («6.1/7 Hacer seguimiento»)."""
    flat = flatten(label).strip()
    return flat == told.name or flat.endswith(f" {told.name}")


def _percentage(tabulation: Tabulation, row: int, column: int) -> Amount | None:
    amount = tabulation.amounts[row][column]
    return amount if amount is not None and amount.unit == "%" else None


def _agrees(cell: Amount, told: _Told) -> bool:
    """Whether both print the same; with other decimals, whether some value prints as both."""
    if cell.ulp == told.stated.ulp:
        return cell.value == told.stated.value
    return cell.interval.meets(told.stated.interval)


def _make_share(tabulation: Tabulation, place: tuple[int, int], cell: Amount, told: _Told) -> Share:
    location = tabulation.locate(place)
    a, b, c = told.places
    return Share(
        text=location.quoted.strip(),
        location=location,
        name=tabulation.line_name(place[0]),
        operands=((a.quoted, a), (b.quoted, b)),
        value=told.quotient,
        closes=_agrees(cell, told),
        is_exact=cell.value == told.stated.value,
        beside=(c,),
    )
