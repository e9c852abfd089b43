"""What a column holds: how a cell of it is read, and how a value of it is written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import MAX_PREC, Context, Decimal
from typing import Protocol

from pregon.figures.amount import Amount
from pregon.figures.period import Period
from pregon.figures.spanish import ask_reading, fold, parse_amount, parse_date, print_number
from pregon.records.publishing import ObservationStatus
from pregon.registro.cells import Cell, CellValue, join_words, split_words
from pregon.registro.mistake import Refused
from pregon.registro.vocabulary import STATUSES, YES_NO, Vocabulary, nearest

GENERAL, TEXT, DAY, MOMENT, COUNT = "General", "@", "d/mm/yyyy", "d/mm/yyyy h:mm", "#,##0"
_DIGITS_OF_EXCEL = 15
_FIRST_DAY = date(1900, 3, 1)  # Excel believes that 1900 had a 29 February
_WIDE = Context(prec=MAX_PREC)


class Kind(Protocol):
    """What a column holds."""

    @property
    def empty(self) -> object:
        """The value of a blank cell."""

    @property
    def number_format(self) -> str:
        """How Excel shows it."""

    def parse(self, cell: Cell, period: Period | None) -> object:
        """Read a cell that is not blank; `period` is the registro's own, to complete dates.

        Raises:
            Refused: it cannot be taken.
        """

    def print(self, value: object) -> CellValue:
        """Write a value; None leaves the cell empty."""


@dataclass(frozen=True, slots=True)
class Text:
    """Words, kept as they are. Those that do not wrap (an address, a fingerprint) stay on one line, cut by the cell."""

    wraps: bool = True
    empty: str = ""
    number_format: str = TEXT

    def parse(self, cell: Cell, period: Period | None) -> str:
        """Take the text; what Excel made a number or a date comes back as words."""
        del period
        return cell.text

    def print(self, value: object) -> CellValue:
        """Leave an empty text as an empty cell."""
        return value or None if isinstance(value, str) else None


@dataclass(frozen=True, slots=True)
class Link:
    """The name of a record of another sheet; one that `may_be_elsewhere` may be in the book of another quarter."""

    sheet: str
    may_be_elsewhere: bool = False
    empty: str = ""
    number_format: str = TEXT

    def parse(self, cell: Cell, period: Period | None) -> str:
        """Take the name; whether it names a record is seen when the whole book was read."""
        del period
        return cell.text

    def print(self, value: object) -> CellValue:
        """Write the name."""
        return value or None if isinstance(value, str) else None


@dataclass(frozen=True, slots=True)
class Links:
    """Several names of records of another sheet in one cell, parted by «;»."""

    sheet: str
    empty: tuple[str, ...] = ()
    number_format: str = TEXT

    def parse(self, cell: Cell, period: Period | None) -> tuple[str, ...]:
        """Part the names."""
        del period
        return _split(cell)

    def print(self, value: object) -> CellValue:
        """Join the names."""
        return join_words(value) or None if isinstance(value, tuple) else None


@dataclass(frozen=True, slots=True)
class Words:
    """Several texts in one cell, parted by «;»."""

    empty: tuple[str, ...] = ()
    number_format: str = TEXT

    def parse(self, cell: Cell, period: Period | None) -> tuple[str, ...]:
        """Part the texts."""
        del period
        return _split(cell)

    def print(self, value: object) -> CellValue:
        """Join the texts."""
        return join_words(value) or None if isinstance(value, tuple) else None


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a closed list."""

    vocabulary: Vocabulary
    empty: object = None
    number_format: str = TEXT

    def parse(self, cell: Cell, period: Period | None) -> object:
        """Find the value whatever its capitals and accents."""
        del period
        found = self.vocabulary.find(cell.text)
        if found is None:
            labels = [*self.vocabulary.labels.values()]
            close = nearest(cell.text, labels)
            remedy = f"¿Quiso decir «{close}»?" if close else f"Escriba una de estas: {_quoted(labels)}."
            raise Refused(f"«{cell.text}» no está en la lista.", remedy)
        return found

    def print(self, value: object) -> CellValue:
        """Write what the value is called."""
        return None if value is None or value == "" else self.vocabulary.label(value)


def yes_no(*, empty: bool | None = False) -> Choice:
    """Yes or no; a blank cell is `empty`."""
    return Choice(YES_NO, empty)


@dataclass(frozen=True, slots=True)
class Day:
    """A date."""

    empty: None = None
    number_format: str = DAY

    def parse(self, cell: Cell, period: Period | None) -> date:
        """Take a date of Excel, or one typed as text."""
        if isinstance(cell.value, datetime):
            return cell.value.date()
        if not isinstance(cell.value, str):
            raise Refused(f"«{cell.text}» no es una fecha.", "Escriba día, mes y año, por ejemplo 6/10/2025.")
        return _parse_day(cell.text, period)

    def print(self, value: object) -> CellValue:
        """Write a date of Excel; before 1900, which Excel does not know, a text."""
        if not isinstance(value, date):
            return None
        if value < _FIRST_DAY:
            return f"{value.day}/{value.month:02}/{value.year:04}"
        return datetime.combine(value, time())


@dataclass(frozen=True, slots=True)
class Moment:
    """A date with its hour, in Colombian local time."""

    empty: None = None
    number_format: str = MOMENT

    def parse(self, cell: Cell, period: Period | None) -> datetime:
        """Take a moment of Excel, or one typed as text: «7/01/2026 17:00», «7 de enero de 2026, 5:00 p. m.»."""
        if isinstance(cell.value, datetime):
            return cell.value
        text = fold(cell.text)
        try:
            return datetime.fromisoformat(text)
        except ValueError:
            pass
        hour = re.search(r"[\s,]+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*(a\.?\s?m\.?|p\.?\s?m\.?)?$", text)
        day = _parse_day(text[: hour.start()] if hour else text, period)
        if hour is None:
            raise Refused(f"«{cell.text}» no dice la hora.", f"Escríbala después de la fecha: {_slashed(day)} 17:00.")
        hours, minutes, seconds = (int(hour.group(index) or 0) for index in (1, 2, 3))
        half = (hour.group(4) or "")[:1]
        hours = hours % 12 + (12 if half == "p" else 0) if half else hours
        if hours > 23 or minutes > 59 or seconds > 59:
            raise Refused(f"«{cell.text}» no es una hora.", f"Escríbala de 0:00 a 23:59: {_slashed(day)} 17:00.")
        return datetime.combine(day, time(hours, minutes, seconds))

    def print(self, value: object) -> CellValue:
        """Write a moment of Excel, exact to the millisecond; a finer one goes as text."""
        if not isinstance(value, datetime):
            return None
        if value.tzinfo is not None:
            raise ValueError("El corte va en hora de Colombia, sin zona horaria. Quítele la zona y guárdelo de nuevo.")
        is_exact = value.microsecond % 1000 == 0 and value.date() >= _FIRST_DAY
        return value if is_exact else value.isoformat(sep=" ")


@dataclass(frozen=True, slots=True)
class Span:
    """A month, a quarter or any other period."""

    empty: None = None
    number_format: str = TEXT

    def parse(self, cell: Cell, period: Period | None) -> Period:
        """Read «octubre de 2025», «octubre», «2025-T4»; Excel itself turns «oct 2025» into its first day."""
        if isinstance(cell.value, datetime):
            return Period.month(cell.value.year, cell.value.month)
        try:
            return Period.parse(cell.text, near=period)
        except ValueError:
            example = period.months[0].title if period and period.months else "octubre de 2025"
            raise Refused(
                f"«{cell.text}» no es un mes ni un trimestre.", f"Escríbalo así: «{example}» o «2025-T4»."
            ) from None

    def print(self, value: object) -> CellValue:
        """Write how prose names it, where that reads back the same."""
        if not isinstance(value, Period):
            return None
        return value.title if _reads_as(value.title, value) else str(value)


@dataclass(frozen=True, slots=True)
class Count:
    """How many: a whole number, 0 or more. A blank cell, or «sin dato», is not known, which is not 0; `empty` is 0
    only where each time is written down, and a blank is none.
    """

    empty: int | None = None
    number_format: str = COUNT

    def parse(self, cell: Cell, period: Period | None) -> int | None:
        """Take a whole number, or one typed as text."""
        del period
        status = STATUSES.find(cell.text)
        if status is ObservationStatus.NO_DATA:
            return self.empty
        if status is ObservationStatus.NOT_APPLICABLE:
            raise Refused("Aquí no cabe «no aplica».", "Escriba el número, o deje la celda vacía si no lo sabe.")
        amount = _parse_number(cell)
        if amount.value != amount.value.to_integral_value():
            raise Refused(
                f"«{cell.text}» tiene decimales y aquí se cuenta.", "Escriba un número entero, por ejemplo 45."
            )
        if amount.value < 0:
            raise Refused(f"«{cell.text}» es menos que cero.", "Escriba cuántos fueron: 0 o más. Vacía si no se sabe.")
        return int(amount.value)

    def print(self, value: object) -> CellValue:
        """Write the number; an enormous one as text."""
        return None if value is None or value == self.empty else _print_decimal(Decimal(str(value)))


@dataclass(frozen=True, slots=True)
class Number:
    """A decimal number, 0 or more."""

    empty: None = None
    number_format: str = GENERAL

    def parse(self, cell: Cell, period: Period | None) -> Decimal:
        """Take the number; «95 %» typed as text or shown as a percentage is 95."""
        del period
        value = _parse_number(cell).value
        if value < 0:
            raise Refused(f"«{cell.text}» es menos que cero.", "Escriba 0 o más.")
        return value

    def print(self, value: object) -> CellValue:
        """Write the number."""
        return _print_decimal(value) if isinstance(value, Decimal) else None


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured: a number with its rounding, or the words «sin dato» or «no aplica»."""

    empty: None = None
    number_format: str = GENERAL

    def parse(self, cell: Cell, period: Period | None) -> Amount | ObservationStatus:
        """Take the number; the caller refuses a fraction or an ambiguous one where its rounding is not told."""
        del period
        status = STATUSES.find(cell.text)
        if isinstance(status, ObservationStatus) and status is not ObservationStatus.VALUE:
            return status
        return _parse_number(cell, settle_later=True)

    def print(self, value: object) -> CellValue:
        """Write the number of an amount."""
        return _print_decimal(value.value) if isinstance(value, Amount) else None


def ask_about_fraction(amount: Amount) -> Refused:
    """Ask which reading of a figure with decimals is meant: it may be thousands typed with the wrong sign."""
    thousands = int(amount.value * 1000)
    return Refused(
        ask_reading(amount).removesuffix(" Elija una."),
        f"Si son miles, escriba {thousands}. Si son decimales, escriba {print_number(last_place(amount.value))}"
        " en «Redondeada a».",
    )


def last_place(value: Decimal) -> Decimal:
    """The unit of the last decimal that a number has; 0 for a whole one."""
    exponent = _WIDE.normalize(value).as_tuple().exponent
    return Decimal(1).scaleb(exponent) if isinstance(exponent, int) and exponent < 0 else Decimal(0)


def _parse_number(cell: Cell, *, settle_later: bool = False) -> Amount:
    """Read a number cell, or a number typed as text."""
    if isinstance(cell.value, Decimal):
        if "%" in cell.number_format:
            value = cell.value * 100
            return Amount(value, "%", last_place(value), cell.text)
        thousands = cell.value * 1000
        is_doubtful = cell.value != int(cell.value) and thousands == int(thousands)
        others = (thousands,) if is_doubtful else ()
        return Amount(cell.value, "", last_place(cell.value), spell_plain(cell.value), others)
    if not isinstance(cell.value, str):
        raise Refused(f"«{cell.text}» no es un número.", "Escriba solo la cifra, por ejemplo 2.100.")
    try:
        amount = parse_amount(cell.text)
    except ValueError as error:
        problem, _, remedy = str(error).partition(". ")
        raise Refused(f"{problem}.", remedy or "Escriba solo números, por ejemplo 2.100.") from None
    if "," in cell.text and amount.alternatives and not settle_later:
        raise ask_about_fraction(amount)
    return amount


def spell_plain(value: Decimal) -> str:
    """A number with comma decimals and no dots of thousands, which reads back in one way only."""
    return f"{_WIDE.normalize(value):f}".replace(".", ",")


def _print_decimal(value: Decimal) -> CellValue:
    """A number that Excel keeps whole, or its digits as text: Excel holds fifteen of them."""
    digits = _WIDE.normalize(value).as_tuple().digits
    fits = len(digits) <= _DIGITS_OF_EXCEL and Decimal(repr(float(value))) == value
    return value if fits else spell_plain(value)


def _parse_day(text: str, period: Period | None) -> date:
    try:
        return parse_date(text, near=period)
    except ValueError as error:
        problem = str(error)
    if "no existe" in problem:
        problem = problem.removeprefix("El ")
        name, _, reason = problem.partition(" no existe")
        reason = reason.partition(". ")[0].rstrip(".")
        near = _real_day_near(name)
        raise Refused(f"«{name}» no existe{reason}.", f"Escriba una fecha real, por ejemplo {near}.")
    problem, _, remedy = problem.partition(". ")
    raise Refused(f"{problem}.", remedy)


def _real_day_near(text: str) -> str:
    """The last day of the month that an impossible date names."""
    numbers = re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", text)
    if numbers is None or not 1 <= int(numbers.group(2)) <= 12:
        return "6/10/2025"
    month, year = int(numbers.group(2)), int(numbers.group(3))
    following = date(year + month // 12, month % 12 + 1, 1)
    return _slashed(following - timedelta(days=1))


def _slashed(day: date) -> str:
    return f"{day.day}/{day.month:02}/{day.year}"


def _split(cell: Cell) -> tuple[str, ...]:
    try:
        return split_words(cell.text)
    except ValueError as error:
        raise Refused(f"«{cell.text}» {error}.", "Separe los nombres con punto y coma.") from None


def _reads_as(title: str, period: Period) -> bool:
    try:
        return Period.parse(title) == period
    except ValueError:
        return False


def _quoted(labels: Sequence[str]) -> str:
    return ", ".join(f"«{label}»" for label in labels)
