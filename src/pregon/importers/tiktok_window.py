"""The years of TikTok Studio's days, which it writes without one: «September 25».

The zip of a section is called «Overview_2025-08-28_1787841428_penaclara.zip»: the first day of its window, the second
of Unix in which it was made, and the account. The days of its files lie between the two, so each has one year only.
Where the name was lost, or the days do not fit it, the person says the year of the last row.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Final

from pregon.figures.spanish import month_name, print_date
from pregon.importers.base import Answers, ImportedObservation, Question, Upload
from pregon.importers.exports import Reading
from pregon.importers.platform_days import DayColumn, MixedDaysError, Yearless, days_from, days_until, read_yearless

YEAR_KEY: Final = "year"
"""The question of the year of a file's last row."""
_NAMED: Final = re.compile(
    r"[A-Za-z]+_(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})(?:_(?P<made>[0-9]{10})(?:[0-9]{3})?)?(?:_(?P<account>[\w.]+?))?"
    r"(?: ?\([0-9]+\))?$",
    re.ASCII,
)
_HALF_A_YEAR: Final = 183
_FIRST_YEAR: Final = "2016"
"""When TikTok began."""
ZONE: Final = "TikTok no dice en qué hora cuenta los días: se tomaron como están"


@dataclass(frozen=True, slots=True)
class Window:
    """The days of an export as its name tells them; `last` is None where it does not say when it was made."""

    name: str
    first: date
    last: date | None
    account: str = ""

    def holds(self, days: Sequence[date]) -> bool:
        """Whether they can be the days of this window: within it, or from its first day where it has no last one."""
        if self.last is None:
            return self.first in days
        return all(self.first <= day <= self.last for day in days)


def find_window(upload: Upload) -> Window | None:
    """The window that a file's name or the folders around it tell, the nearest first."""
    stem = upload.name.rsplit(".", 1)[0]
    for name in (stem, *reversed(upload.folder.split("/"))):
        found = _NAMED.match(name)
        if found is None:
            continue
        try:
            first = date.fromisoformat(found["day"])
        except ValueError:
            continue
        last = None
        if found["made"]:
            # A day more: where the account is, it may be tomorrow already.
            last = datetime.fromtimestamp(int(found["made"]), UTC).date() + timedelta(days=1)
        if last is None or first <= last:
            return Window(name, first, last, found["account"] or "")
    return None


@dataclass(frozen=True, slots=True)
class Dated:
    """The days of a file with their years, and where those come from; `questions` are all that stand in the way."""

    days: tuple[date | None, ...]
    assumed: tuple[str, ...] = ()
    repairs: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()


def read_series(reading: Reading, answers: Answers, rule: str) -> list[ImportedObservation]:
    """The figures of each day of a file whose days have no year, of the account that its zip names."""
    texts = reading.headed.texts("date")
    dated = date_rows(reading.upload, read_yearless(texts, answers), answers)
    reading.account = find_account(reading.upload)
    reading.assumed = (*reading.assumed, ZONE, *dated.assumed)
    reading.questions += dated.questions[1:]
    return reading.series(DayColumn(dated.days, dated.repairs, next(iter(dated.questions), None)), texts, rule)


def find_account(upload: Upload) -> str:
    """The account that a file's name or the folders around it tell; "" where they tell none."""
    window = find_window(upload)
    return "" if window is None else window.account


def date_rows(upload: Upload, told: Yearless, answers: Answers, *, is_series: bool = True) -> Dated:
    """Give their years to a file's days; in a series each day stands once.

    Raises:
        MixedDaysError: a series repeats a day, so it is longer than a year.
    """
    known = [day for day in told.days if day is not None]
    if is_series and (twice := next((day for day, times in Counter(known).items() if times > 1), None)):
        raise MixedDaysError(
            f"repite el {twice[1]} de {month_name(twice[0])} y no trae los años: descárguelo por periodos de menos de "
            "un año."
        )
    said = answers.get(YEAR_KEY, "")
    nothing = (None,) * len(told.days)
    if not known or told.questions:
        return Dated(nothing, repairs=told.repairs, questions=told.questions)
    if said.isdecimal() and len(said) == 4 and said >= _FIRST_YEAR:
        days = _date_from_last(told.days, int(said))
        return Dated(days, ("El año lo dijo quien importó el archivo",), told.repairs)
    window = find_window(upload)
    if window is not None:
        days = days_from(window.first, told.days)
        if window.holds([day for day in days if day is not None]):
            assumed = f"El año sale del nombre «{window.name}», que empieza el {print_date(window.first)}"
            return Dated(days, (assumed,), told.repairs)
    month, day = known[-1]
    sentence = (
        f"TikTok escribe los días sin año: ¿de qué año es el {day} de {month_name(month)}, la última fila de "
        f"«{upload.name}»?"
    )
    return Dated(nothing, repairs=told.repairs, questions=(Question(YEAR_KEY, sentence),))


def _date_from_last(days: Sequence[tuple[int, int] | None], year: int) -> tuple[date | None, ...]:
    """The days of a file whose last row is of that year, whether it is the newest or the oldest."""
    known = [day for day in days if day is not None]
    last = next(iter(days_from(date(year, 1, 1), known[-1:])), None)
    if last is None:
        return (None,) * len(days)
    return days_until(last, days) if _is_ascending(known) else days_from(last, days)


def _is_ascending(days: Sequence[tuple[int, int]]) -> bool:
    """Whether most days come after the one above them, the new year being after the old one."""
    numbers = [date(2024, month, day).timetuple().tm_yday for month, day in days]
    steps = [(later - earlier) % 366 for earlier, later in pairwise(numbers)]
    return sum(1 for step in steps if 0 < step < _HALF_A_YEAR) * 2 >= len(steps)
