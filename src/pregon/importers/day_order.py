"""Days written with figures, «06/10/2025» or «10-06-2025», read alike over a whole column: never each one by itself.

A column has one order. What no day of it allows is left out; where two orders remain the source says what the platform
writes, or a person does: all sources ask it with the same key and words. A column whose days allow no order was mixed
by a program, and is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Final

from pregon.figures.spanish import print_date
from pregon.importers.base import Answers, Question

ORDER_KEY: Final = "date_order"
"""The question of how days are written, and the key of its answer: {"date_order": "dmy"}."""
_WRITTEN: Final = re.compile(
    r"(?P<a>[0-9]{1,4})(?P<mark>[-/.])(?P<b>[0-9]{1,2})(?P=mark)(?P<c>[0-9]{1,4})"
    r"(?:(?:[T,]|\s)\s*(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:\.[0-9]+)?)?"
    r"\s*(?P<half>[ap]\.?\s?m\.?)?)?",
    re.IGNORECASE,
)
_MARK: Final = re.compile(r"^[0-9]+")
_LONGEST: Final = 40
_FIRST_YEAR: Final = 1900
_LAST_YEAR: Final = 2199


class DayOrder(StrEnum):
    """The order of day, month and year."""

    YMD = "ymd"
    DMY = "dmy"
    MDY = "mdy"

    @property
    def words(self) -> str:
        """As it is told: «día/mes/año»."""
        return {"ymd": "año-mes-día", "dmy": "día/mes/año", "mdy": "mes/día/año"}[self.value]


def read_moment(text: str, order: DayOrder) -> datetime | None:
    """The day and the hour of a text in an order, at midnight where it has no hour; None where it is neither.

    >>> str(read_moment("06/10/2025 9:05 p. m.", DayOrder.DMY))
    '2025-10-06 21:05:00'
    """
    found = _WRITTEN.fullmatch(text.strip()) if len(text) <= _LONGEST else None
    if found is None:
        return None
    numbers = (found["a"], found["b"], found["c"])
    year, month, day = {
        DayOrder.YMD: numbers,
        DayOrder.DMY: numbers[::-1],
        DayOrder.MDY: (numbers[2], numbers[0], numbers[1]),
    }[order]
    if len(year) != 4 or not _FIRST_YEAR <= int(year) <= _LAST_YEAR or len(day) > 2 or len(month) > 2:
        return None
    try:
        return datetime.combine(date(int(year), int(month), int(day)), _read_clock(found))
    except ValueError:
        return None


def _read_clock(found: re.Match[str]) -> time:
    if found["hour"] is None:
        return time()
    hour = int(found["hour"])
    if found["half"]:
        if not 1 <= hour <= 12:
            raise ValueError(hour)
        hour = hour % 12 + (12 if found["half"][0] in "pP" else 0)
    return time(hour, int(found["minute"]), int(found["second"] or 0))


def possible_orders(texts: Iterable[str]) -> frozenset[DayOrder]:
    """The orders in which every one of some texts is a day; none where they were mixed, or one is no day at all.

    Days with dashes among days with slashes were mixed too: a program turned some and left the others.
    """
    orders, marks = set(DayOrder), set()
    for text in texts:
        marks.add(_MARK.sub("", text.strip())[:1])
        if len(marks) > 1:
            return frozenset()
        orders = {order for order in orders if read_moment(text, order) is not None}
        if not orders:
            break
    return frozenset(orders)


def is_day(text: str) -> bool:
    """Whether a text is a day in some order."""
    return any(read_moment(text, order) is not None for order in DayOrder)


def is_run(days: Sequence[date]) -> bool:
    """Whether they are days one after another, in either direction, as a series has them; a lone day is none."""
    steps = {later - earlier for earlier, later in pairwise(days)}
    return steps in ({timedelta(days=1)}, {timedelta(days=-1)})


def answered_order(answers: Answers) -> DayOrder | None:
    """The order that the person said, by its code or in words; None where none was."""
    told = answers.get(ORDER_KEY, "").strip().casefold()
    return next((order for order in DayOrder if told in (order.value, order.words)), None)


def ask_order(sample: str, orders: Iterable[DayOrder] = (DayOrder.DMY, DayOrder.MDY)) -> Question:
    """Ask how days are written, with one of the file's own as the example."""
    choices = []
    for order in sorted(orders):
        moment = read_moment(sample, order)
        when = f": el {print_date(moment.date())}" if moment is not None else ""
        choices.append((order.value, f"{order.words}{when}"))
    return Question(ORDER_KEY, f"¿Cómo se lee la fecha «{sample.strip()}»? El archivo no lo dice.", tuple(choices))


def tell_override(order: DayOrder) -> str:
    """How a person says that an order was not the file's: a sentence that ends what was told."""
    other, first = (DayOrder.MDY, "mes") if order is DayOrder.DMY else (DayOrder.DMY, "día")
    return f"Si es al revés, diga que va primero el {first} ({ORDER_KEY}={other.value})."
