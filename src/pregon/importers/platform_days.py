"""The days that platforms write: «Thu, Sep 11, 2025», «2025/10/31», «09/25/2025», «25 de septiembre» without a year.

A column of days is read whole. What a spreadsheet turned round («13-06-2025») is decided over all of it: by the days
that can only be read one way, else by the days that follow each other, else a person says. A word that is no known
month is asked too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, NamedTuple

from pregon.figures.words import fold
from pregon.importers.base import Answers, Question
from pregon.importers.day_order import DayOrder, answered_order, ask_order, is_run, tell_override
from pregon.importers.fields import read_iso_day
from pregon.importers.placing import OFFICE_ZONE

MONTH_KEY: Final = "month:"
"""How a person says which month a word is: {"month:kwietnia": "4"}."""
_NUMERIC_ORDERS: Final = (DayOrder.DMY, DayOrder.MDY)

_MONTHS_BY_LANGUAGE: Final = {
    "en": "january february march april may june july august september october november december",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "de": "januar februar märz april mai juni juli august september oktober november dezember",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
}
_SHORT_MONTHS: Final = {
    "en": "jan feb mar apr may jun jul aug sep oct nov dec",
    "es": "ene feb mar abr may jun jul ago sep oct nov dic",
    "pt": "jan fev mar abr mai jun jul ago set out nov dez",
}
_OTHER_MONTHS: Final = {"sept": 9, "setiembre": 9}
MONTH_WORDS: Final = {
    fold(word): number
    for words in (*_MONTHS_BY_LANGUAGE.values(), *_SHORT_MONTHS.values())
    for number, word in enumerate(words.split(), 1)
} | _OTHER_MONTHS
"""Every word for a month that platforms are known to write, folded, with its number."""
_WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

_MONTH_THEN_DAY: Final = re.compile(r"(?:(\w{3,9})\.?,?\s+)?([^\W\d]{3,10})\.?\s+(\d{1,2})(?:,\s*|\s+)(\d{4})$")
_DAY_THEN_MONTH: Final = re.compile(
    r"(\d{1,2})(?:\s+(?:de\s+)?|-)([^\W\d]{3,10})\.?(?:,?\s+(?:del?\s+)?|-)(\d{4}|\d{2})$"
)
_NUMERIC: Final = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?:[ T].*)?$")
_YEAR_FIRST: Final = re.compile(r"(\d{4})/(\d{1,2})/(\d{1,2})(?:\s.*)?$")
_YEARLESS_MONTH_FIRST: Final = re.compile(r"([^\d]+?)\.?\s+(\d{1,2})$")
_YEARLESS_DAY_FIRST: Final = re.compile(r"(\d{1,2})\.?(?:\s+(?:de\s+)?|-)([^\d]+?)\.?$")
_YEARLESS_SIGNS: Final = re.compile(r"(\d{1,2})月(\d{1,2})日$")
_DAYS_OF_MONTH: Final = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)

ReadDay = Callable[[str], date | None]


class MixedDaysError(Exception):
    """The days of a column contradict each other; the text is Spanish and follows the file's name."""


@dataclass(frozen=True, slots=True)
class DayColumn:
    """The days of a column, one for each text given; None for what is no day.

    `question` is there where two readings are possible: the days that hang on it are None.
    """

    days: tuple[date | None, ...]
    repairs: tuple[str, ...] = ()
    question: Question | None = None


def read_worded_day(text: str) -> date | None:
    """A day with its month in words: «Thu, Sep 11, 2025», «Thu Mar 20 2025», «Aug 28, 2025», «28 ago 2025».

    A day of the week that is not that day's says that the text was damaged: it is no day then.

    >>> str(read_worded_day("Thu, Sep 11, 2025")), read_worded_day("Fri, Sep 11, 2025")
    ('2025-09-11', None)
    """
    text = text.strip()
    if found := _MONTH_THEN_DAY.match(text):
        day = _day(int(found[4]), MONTH_WORDS.get(fold(found[2]), 0), int(found[3]))
        weekday = fold(found[1] or "")[:3]
        return day if day is None or weekday in ("", _WEEKDAYS[day.weekday()]) else None
    if found := _DAY_THEN_MONTH.match(text):
        year = int(found[3]) if len(found[3]) == 4 else 2000 + int(found[3])
        return _day(year, MONTH_WORDS.get(fold(found[2]), 0), int(found[1]))
    return None


def read_year_first(text: str) -> date | None:
    """A day of «2025/10/31», with or without an hour behind it."""
    found = _YEAR_FIRST.match(text.strip())
    return _day(int(found[1]), int(found[2]), int(found[3])) if found else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def at_day(day: date) -> datetime:
    """The instant that stands for a day of which no hour is known: its first one in the office's zone."""
    return datetime(day.year, day.month, day.day, tzinfo=OFFICE_ZONE)


def read_days(
    texts: Sequence[str], native: ReadDay, answers: Answers, *, usual: DayOrder | None = None, is_series: bool = False
) -> DayColumn:
    """The days of a column.

    `native` reads a day as the platform writes it; 2025-10-31 is read always. `usual` is the order of a platform that
    writes numbers: there a spreadsheet may have made days of them in its own order, so those are judged too.
    In a series each row is the day after or before the row above, which tells the order as well. An answer that some
    day cannot have was for other files, and does not count.

    Raises:
        MixedDaysError: some days can only be day first and others only month first.
    """
    told = [native(text) or (None if usual else read_iso_day(text)) for text in texts]
    numeric = {
        place: numbers
        for place, text in enumerate(texts)
        if told[place] is None and (numbers := _read_numbers(text)) is not None
    }
    if not numeric:
        return DayColumn(tuple(told))
    order = _decide_order(numeric.values())
    if order is None and is_series:
        order = _order_of_series(told, numeric)
    asked = answered_order(answers)
    if asked not in _NUMERIC_ORDERS or any(_in_order(numbers, asked) is None for numbers in numeric.values()):
        asked = None
    made = next((numbers for numbers in numeric.values() if numbers.is_made), None)
    said = asked or order or (None if made else usual)
    example = (made or next(iter(numeric.values()))).written
    if said is None:
        return DayColumn(tuple(told), question=ask_order(example))
    days = tuple(_in_order(numeric[place], said) if place in numeric else day for place, day in enumerate(told))
    if said is usual and made is None:
        return DayColumn(days)
    repair = f"Las fechas venían como «{example}»: se leyeron como {said.words}, "
    if asked is said:
        return DayColumn(days, (f"{repair}como usted dijo.",))
    return DayColumn(days, (f"{repair}la única lectura que cabe en todo el archivo. {tell_override(said)}",))


class _Numbers(NamedTuple):
    """A day in numbers: the two whose order is in question, the year, and what the file says."""

    first: int
    second: int
    year: int
    written: str
    is_made: bool
    """Whether a spreadsheet made it a day of its own."""


def _read_numbers(text: str) -> _Numbers | None:
    """The numbers of «13-06-2025», and of a cell that a spreadsheet made a day, which it shows day first."""
    found = _NUMERIC.match(text.strip())
    if found is not None:
        return _Numbers(int(found[1]), int(found[3]), int(found[4]), text.strip(), is_made=False)
    day = read_iso_day(text)
    return None if day is None else _Numbers(day.day, day.month, day.year, f"{day:%d/%m/%Y}", is_made=True)


def _decide_order(days: Iterable[_Numbers]) -> DayOrder | None:
    """The order that numbers over 12 prove; None where none does."""
    day_first = month_first = ""
    for day in days:
        if day.first > 12:
            day_first = day_first or day.written
        if day.second > 12:
            month_first = month_first or day.written
    if day_first and month_first:
        raise MixedDaysError(
            f"mezcla fechas con el día primero («{day_first}») y con el mes primero («{month_first}»): descárguelo "
            "otra vez, sin abrirlo en Excel."
        )
    return DayOrder.DMY if day_first else DayOrder.MDY if month_first else None


def _order_of_series(told: Sequence[date | None], numeric: Mapping[int, _Numbers]) -> DayOrder | None:
    """The one order in which every row is the next day, or the day before; None where both or neither are."""
    fitting = []
    for order in _NUMERIC_ORDERS:
        days = [_in_order(numeric[place], order) if place in numeric else day for place, day in enumerate(told)]
        known = [day for day in days if day is not None]
        if len(known) == len(days) and is_run(known):
            fitting.append(order)
    return fitting[0] if len(fitting) == 1 else None


def _in_order(numbers: _Numbers, order: DayOrder) -> date | None:
    month, day = (numbers.second, numbers.first) if order is DayOrder.DMY else (numbers.first, numbers.second)
    return _day(numbers.year, month, day)


@dataclass(frozen=True, slots=True)
class Yearless:
    """Days without their year, one (month, day) for each text given; None for what is no day."""

    days: tuple[tuple[int, int] | None, ...]
    repairs: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()


def read_yearless(texts: Sequence[str], answers: Answers) -> Yearless:
    """The days of a column that has no years: «September 25», «9 July», «25 de septiembre», «28 апреля», «9月13日».

    A spreadsheet adds the year in which it was opened, which is not the file's: it is left off, and that is said.

    Raises:
        MixedDaysError: see `read_days`.
    """
    asked: dict[str, Question] = {}
    told = [_read_month_and_day(text, answers, asked) for text in texts]
    rest = [place for place, day in enumerate(told) if day is None]
    dated = read_days([texts[place] for place in rest], read_worded_day, answers)
    for place, day in zip(rest, dated.days, strict=True):
        told[place] = None if day is None else (day.month, day.day)
    repairs = dated.repairs
    if any(dated.days):
        repairs += ("A las fechas les habían puesto un año que el archivo no trae: se quitó.",)
    questions = (*asked.values(), *([dated.question] if dated.question else []))
    return Yearless(tuple(told), repairs, questions)


def _read_month_and_day(text: str, answers: Answers, asked: dict[str, Question]) -> tuple[int, int] | None:
    text = " ".join(text.split())
    if signs := _YEARLESS_SIGNS.match(text):
        month, day, word = int(signs[1]), int(signs[2]), ""
    elif found := _YEARLESS_DAY_FIRST.match(text):
        word, day = fold(found[2]), int(found[1])
        month = _month(word, answers)
    elif found := _YEARLESS_MONTH_FIRST.match(text):
        word, day = fold(found[1]), int(found[2])
        month = _month(word, answers)
    else:
        return None
    if month == 0 and word and any(letter.isalpha() for letter in word):
        asked.setdefault(word, _ask_month(word, text))
    return (month, day) if 1 <= month <= 12 and 1 <= day <= _DAYS_OF_MONTH[month - 1] else None


def _month(word: str, answers: Answers) -> int:
    said = answers.get(f"{MONTH_KEY}{word}", "")
    return MONTH_WORDS.get(word, 0) or (int(said) if said.isdecimal() and len(said) < 3 else 0)


def _ask_month(word: str, text: str) -> Question:
    from pregon.figures.words import MONTHS

    choices = tuple((str(number), name) for number, name in enumerate(MONTHS, 1))
    return Question(f"{MONTH_KEY}{word}", f"¿Qué mes es «{text}»?", choices)


def days_from(start: date, days: Iterable[tuple[int, int] | None]) -> tuple[date | None, ...]:
    """Days without a year in the year that begins on `start`: each on that day or after it."""
    found: list[date | None] = []
    for each in days:
        day = None if each is None else _day(start.year, *each)
        if each is not None and (day is None or day < start):
            day = _day(start.year + 1, *each)
        found.append(day)
    return tuple(found)


def days_until(end: date, days: Iterable[tuple[int, int] | None]) -> tuple[date | None, ...]:
    """Days without a year in the year that ends on `end`: each on that day or before it."""
    found: list[date | None] = []
    for each in days:
        day = None if each is None else _day(end.year, *each)
        if each is not None and (day is None or day > end):
            day = _day(end.year - 1, *each)
        found.append(day)
    return tuple(found)
