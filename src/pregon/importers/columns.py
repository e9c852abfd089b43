"""What the columns of a person's table say: days, months and figures, each decided over the whole column.

«6/10/2025» can be October or June, and «34.811» thirty-four thousand or thirty-four: the other cells of the column say
which, or the person does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from pregon.figures.amount import Amount
from pregon.figures.period import Period
from pregon.figures.spanish import parse_amount, parse_date
from pregon.importers.day_order import DayOrder
from pregon.importers.fields import is_nothing, is_scientific, read_iso_day
from pregon.importers.hand_tables import read_month_name
from pregon.importers.turned_figures import is_turned_into_date

_PARTED_DAY: Final = re.compile(r"(\d{1,4})[/.-](\d{1,2})[/.-](\d{2,4})(?:[ T,].*)?$")
_NOT_APPLICABLE: Final = frozenset({"no aplica", "na aplica", "n.a.", "n. a."})
_NO_DATA: Final = frozenset({"sin dato", "sin datos", "s/d", "n/d", "nd", "s.d.", "pendiente", "?"})


class Mark(StrEnum):
    """Which mark parts the decimals, so that the other one parts the thousands."""

    COMMA = "comma"
    POINT = "point"


@dataclass(frozen=True, slots=True)
class Days:
    """The days of a column, None where a cell is no day; `order` is None where both readings are possible."""

    days: tuple[date | None, ...]
    order: DayOrder | None
    is_decided: bool
    """Whether the cells themselves, or the person, say the order; True too where none needs it."""
    sample: str = ""


def read_days(texts: Sequence[str], said: DayOrder | None = None) -> Days:
    """Read a column of days."""
    parted = [found for text in texts if read_iso_day(text) is None and (found := _PARTED_DAY.match(text.strip()))]
    parted = [found for found in parted if len(found[1]) <= 2]
    voted = _vote_order(parted)
    order = said if said is not None and all(_is_possible(found, said) for found in parted) else voted or said
    read = tuple(_read_day(text, order or DayOrder.DMY) for text in texts)
    return Days(read, order, is_decided=order is not None or not parted, sample=parted[0][0] if parted else "")


def _is_possible(found: re.Match[str], order: DayOrder) -> bool:
    return int(found[2] if order is DayOrder.DMY else found[1]) <= 12


def _vote_order(parted: Iterable[re.Match[str]]) -> DayOrder | None:
    firsts, seconds = False, False
    for found in parted:
        firsts = firsts or int(found[1]) > 12
        seconds = seconds or int(found[2]) > 12
    if firsts == seconds:
        return None
    return DayOrder.DMY if firsts else DayOrder.MDY


def _read_day(text: str, order: DayOrder) -> date | None:
    text = text.strip()
    if (day := read_iso_day(text)) is not None:
        return day
    found = _PARTED_DAY.match(text)
    if found is None:
        try:
            return parse_date(text)
        except ValueError:
            return None
    first, second, third = int(found[1]), int(found[2]), int(found[3])
    if len(found[1]) > 2:
        year, month, day_number = first, second, third
    else:
        year = third + 2000 if len(found[3]) == 2 else third
        day_number, month = (first, second) if order is DayOrder.DMY else (second, first)
    try:
        return date(year, month, day_number)
    except ValueError:
        return None


def read_month(text: str, year: int | None, day: date | None) -> Period | None:
    """The month that a cell names; `year` is for those that do not say it, `day` what it is where it is a day."""
    if (named := read_month_name(text)) is not None:
        number, own = named
        own = own or year
        return None if own is None else Period.month(own, number)
    if found := re.fullmatch(r"(\d{4})[-/.](\d{1,2})|(\d{1,2})[-/.](\d{4})", text.strip()):
        number, own = int(found[2] or found[3]), int(found[1] or found[4])
        return Period.month(own, number) if 1 <= number <= 12 and 1900 < own < 2200 else None
    if day is not None:
        return Period.month(day.year, day.month)
    return None


def needs_year(texts: Iterable[str]) -> bool:
    """Whether some cell names a month without its year."""
    return any((named := read_month_name(text)) is not None and named[1] is None for text in texts)


class Blank(StrEnum):
    """What a cell without a figure says."""

    NO_DATA = "no_data"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a column: an amount, a kind of nothing, or a sentence on why the cell is not read.

    `mark` is what decided the ambiguous ones; `ambiguous` is the first that nothing decides.
    """

    cells: tuple[Amount | Blank | str, ...]
    mark: Mark | None
    ambiguous: Amount | None
    has_ambiguous: bool = False


def read_figures(texts: Sequence[str], are_numbers: Sequence[bool], mark: Mark | None) -> Figures:
    """Read a column of counts. `are_numbers` says which cells a spreadsheet keeps as numbers, whose text is certain."""
    cells = [_read_cell(text, is_number=is_number) for text, is_number in zip(texts, are_numbers, strict=True)]
    ambiguous = next((cell for cell in cells if isinstance(cell, Amount) and cell.alternatives), None)
    return Figures(
        tuple(_settle(cell, mark) for cell in cells),
        mark,
        ambiguous if mark is None else None,
        has_ambiguous=ambiguous is not None,
    )


def vote_mark(texts: Iterable[str]) -> Mark | None:
    """The decimal mark that the cells of a column show beyond doubt: «1.234.567», «48,5»; None where none does."""
    votes = {mark for text in texts if (mark := _shown_mark(text)) is not None}
    return votes.pop() if len(votes) == 1 else None


def agree_on_mark(texts: Iterable[str]) -> Mark | None:
    """The decimal mark of a column of counts whose every mark has three digits behind it, in two cells or more.

    «34.811» and «34.326» are thousands: a count has no decimals, and two by chance would not have three each.
    """
    found = [figure[1] for text in texts if (figure := re.fullmatch(r"\s*\d{1,3}([.,])\d{3}\s*", text))]
    if len(found) < 2 or len(set(found)) > 1:
        return None
    return Mark.COMMA if found[0] == "." else Mark.POINT


def _shown_mark(text: str) -> Mark | None:
    figure = re.match(r"[\s≈~+−$-]*(\d[\d.,]*)", text)
    if figure is None:
        return None
    digits = figure[1].rstrip(".,")
    points, commas = digits.count("."), digits.count(",")
    if points and commas:
        return Mark.COMMA if digits.rfind(",") > digits.rfind(".") else Mark.POINT
    if points > 1:
        return Mark.COMMA
    if commas > 1:
        return Mark.POINT
    decimals = re.split("[.,]", digits)[-1]
    if points + commas == 1 and len(decimals) != 3:
        return Mark.COMMA if commas else Mark.POINT
    return None


def _read_cell(text: str, *, is_number: bool) -> Amount | Blank | str:
    text = text.strip()
    if text.casefold() in _NOT_APPLICABLE:
        return Blank.NOT_APPLICABLE
    if is_nothing(text) or text.casefold() in _NO_DATA:
        return Blank.NO_DATA
    if is_scientific(text):
        return f"«{text}» perdió cifras en una hoja de cálculo"
    if is_turned_into_date(text):
        return f"«{text}» era un decimal y una hoja de cálculo lo volvió fecha: no se puede recuperar"
    try:
        amount = parse_amount(text)
    except ValueError:
        return f"«{text}» no es una cifra"
    if amount.unit:
        return f"«{text}» no es una cuenta"
    return replace(amount, alternatives=()) if is_number else amount


def _settle(cell: Amount | Blank | str, mark: Mark | None) -> Amount | Blank | str:
    """An ambiguous amount read with the decimal mark; a count that comes out with decimals is told."""
    if not isinstance(cell, Amount):
        return cell
    if cell.alternatives and mark is not None:
        # «2.106» comes as 2106 and «34,811» as 34.811, as Colombia writes.
        as_point = mark is Mark.POINT
        value = cell.alternatives[0] if as_point else cell.value
        ulp = Decimal(1).scaleb(int(value.as_tuple().exponent)) if value != value.to_integral_value() else Decimal(0)
        cell = Amount(value, cell.unit, ulp, cell.raw)
    if cell.value != cell.value.to_integral_value():
        return f"«{cell.raw.strip()}» tiene decimales y no es una cuenta"
    if cell.value < 0:
        return f"«{cell.raw.strip()}» es menor que cero"
    return replace(cell, ulp=Decimal(0)) if cell.ulp < 1 else cell
