"""Periods: months, quarters, halves, years and spans of days, and how they are printed."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Self

from pregon.figures.words import month_name, ordinal


class PeriodKind(StrEnum):
    """What a period is in the calendar."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    SPAN = "span"


KIND_BY_MONTHS = {1: PeriodKind.MONTH, 3: PeriodKind.QUARTER, 6: PeriodKind.HALF, 12: PeriodKind.YEAR}


@dataclass(frozen=True, order=True, slots=True)
class Period:
    """A run of days, both ends included. A quarter is the run of its days: equal however it was made.

    Raises:
        ValueError: when it ends before it starts.
    """

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(
                f"El periodo termina el {self.end.day}/{self.end.month:02}/{self.end.year}, antes de empezar el "
                f"{self.start.day}/{self.start.month:02}/{self.start.year}. Escriba primero la fecha inicial."
            )

    @classmethod
    def month(cls, year: int, month: int) -> Self:
        """Make a calendar month (1 to 12)."""
        return cls._run(year, month, 1)

    @classmethod
    def quarter(cls, year: int, quarter: int) -> Self:
        """Make a quarter (1 to 4): January to March is the first."""
        return cls._run(year, quarter * 3 - 2, 3)

    @classmethod
    def half(cls, year: int, half: int) -> Self:
        """Make a half of a year (1 or 2)."""
        return cls._run(year, half * 6 - 5, 6)

    @classmethod
    def year(cls, year: int) -> Self:
        """Make a calendar year."""
        return cls._run(year, 1, 12)

    @classmethod
    def span(cls, start: date, end: date) -> Self:
        """Make any run of days, both ends included."""
        return cls(start, end)

    @classmethod
    def parse(cls, text: str, *, near: "Period | None" = None) -> "Period":
        """Read a period as people and files write it: «cuarto trimestre de 2025», «octubre», 2025-T4, 2025-10.

        A text without a year takes it from `near`: the year that puts it inside or nearest.

        Raises:
            ValueError: when it is not a period, or has no year and `near` is not given.
        """
        from pregon.figures.period_reading import parse_period  # the grammar loads when a text is read

        return parse_period(text, near)

    @classmethod
    def _run(cls, year: int, month: int, count: int) -> Self:
        """Make a run of whole months that must end within the year."""
        last = month + count - 1
        if month < 1 or last > 12:
            raise ValueError(f"El año {year} no tiene ese periodo. Escriba un mes de 1 a 12 o un trimestre de 1 a 4.")
        return cls(date(year, month, 1), date(year, last, calendar.monthrange(year, last)[1]))

    @property
    def kind(self) -> PeriodKind:
        """Month, quarter, half or year when it is exactly one of them; otherwise a span."""
        if not self._is_whole_months or self.start.year != self.end.year:
            return PeriodKind.SPAN
        count = self.end.month - self.start.month + 1
        kind = KIND_BY_MONTHS.get(count)
        if kind is None or (self.start.month - 1) % count:
            return PeriodKind.SPAN
        return kind

    @property
    def _is_whole_months(self) -> bool:
        return self.start.day == 1 and (self.end + timedelta(days=1)).day == 1 if self.end < date.max else False

    @property
    def months(self) -> "tuple[Period, ...]":
        """The whole months inside, in order."""
        index = self.start.year * 12 + self.start.month - 1 + (1 if self.start.day > 1 else 0)
        months = []
        while index < self.end.year * 12 + self.end.month:
            month = Period.month(index // 12, index % 12 + 1)
            if month.end > self.end:
                break
            months.append(month)
            index += 1
        return tuple(months)

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.end - self.start).days + 1

    def contains(self, other: "date | Period") -> bool:
        """Say whether a day or a whole period lies inside."""
        if isinstance(other, Period):
            return self.start <= other.start and other.end <= self.end
        return self.start <= other <= self.end

    def overlaps(self, other: "Period") -> bool:
        """Say whether the two share a day."""
        return self.start <= other.end and other.start <= self.end

    @property
    def previous(self) -> "Period":
        """The period just before, as long as this one: the same months, or the same days when it is not of months."""
        return self._moved(-1)

    @property
    def next(self) -> "Period":
        """The period just after, as long as this one."""
        return self._moved(1)

    @property
    def year_before(self) -> "Period":
        """The same days a year before; 29 February becomes 28, and a whole month stays whole."""
        if self._is_whole_months:
            return self._moved_months(-12)
        return Period(_same_day(self.start, self.start.year - 1), _same_day(self.end, self.end.year - 1))

    def _moved(self, direction: int) -> "Period":
        if self._is_whole_months:
            return self._moved_months(direction * len(self.months))
        step = timedelta(days=direction * self.days)
        return Period(self.start + step, self.end + step)

    def _moved_months(self, count: int) -> "Period":
        first = self.start.year * 12 + self.start.month - 1 + count
        last = self.end.year * 12 + self.end.month - 1 + count
        return Period(Period.month(first // 12, first % 12 + 1).start, Period.month(last // 12, last % 12 + 1).end)

    def __str__(self) -> str:
        kind = self.kind
        year = self.start.year
        if kind is PeriodKind.MONTH:
            return f"{year:04}-{self.start.month:02}"
        if kind is PeriodKind.QUARTER:
            return f"{year:04}-T{self.end.month // 3}"
        if kind is PeriodKind.HALF:
            return f"{year:04}-S{self.end.month // 6}"
        if kind is PeriodKind.YEAR:
            return f"{year:04}"
        return f"{self.start.isoformat()}/{self.end.isoformat()}"

    @property
    def title(self) -> str:
        """How prose names it: «cuarto trimestre de 2025», «octubre de 2025», «9 al 15 de diciembre de 2025»."""
        kind = self.kind
        if kind is PeriodKind.MONTH:
            return f"{month_name(self.start.month)} de {self.start.year}"
        if kind is PeriodKind.QUARTER:
            return f"{ordinal(self.end.month // 3, before_noun=True)} trimestre de {self.start.year}"
        if kind is PeriodKind.HALF:
            return f"{ordinal(self.end.month // 6, before_noun=True)} semestre de {self.start.year}"
        if kind is PeriodKind.YEAR:
            return str(self.start.year)
        return self._months_title if self._is_whole_months else self.span_title

    @property
    def _months_title(self) -> str:
        """Name a run of whole months: «noviembre y diciembre de 2025», «diciembre de 2025 a marzo de 2026»."""
        first, last = month_name(self.start.month), month_name(self.end.month)
        if self.start.year != self.end.year:
            return f"{first} de {self.start.year} a {last} de {self.end.year}"
        joint = "y" if len(self.months) == 2 else "a"
        return f"{first} {joint} {last} de {self.end.year}"

    @property
    def span_title(self) -> str:
        """Its first and last day: «1 de octubre al 31 de diciembre de 2025»."""
        return self._print_days(" de ", short=False)

    def _print_days(self, joint: str, *, short: bool) -> str:
        """Print its first and last day, each with no more than tells it apart."""
        end = joint.join((str(self.end.day), month_name(self.end.month, short=short), str(self.end.year)))
        if self.start == self.end:
            return end
        start = [str(self.start.day)]
        if (self.start.year, self.start.month) != (self.end.year, self.end.month):
            start.append(month_name(self.start.month, short=short))
        if self.start.year != self.end.year:
            start.append(str(self.start.year))
        return f"{joint.join(start)} al {end}"

    @property
    def short(self) -> str:
        """How a column is headed: «octubre», «T4 2025», «S1 2025», «2025», «9 al 15 dic 2025»."""
        kind = self.kind
        if kind is PeriodKind.MONTH:
            return month_name(self.start.month)
        if kind is PeriodKind.QUARTER:
            return f"T{self.end.month // 3} {self.start.year}"
        if kind is PeriodKind.HALF:
            return f"S{self.end.month // 6} {self.start.year}"
        if kind is PeriodKind.YEAR:
            return str(self.start.year)
        return self._print_days(" ", short=True)


def _same_day(day: date, year: int) -> date:
    return date(year, day.month, min(day.day, calendar.monthrange(year, day.month)[1]))


@dataclass(frozen=True, slots=True)
class PeriodMention:
    """A period found in running text.

    Attributes:
        start: where it begins in the text.
        end: where it ends.
        text: the text itself, without soft hyphens and other invisible marks.
        period: the period, or None when no year was printed.
        quarter: 1 to 4 when a quarter was named.
        months: the months named otherwise: of a month, a run of months or a semester.
        year: the year printed, of the end when there are two.
        relative: true for «el presente trimestre», which names no quarter of its own.
    """

    start: int
    end: int
    text: str
    period: Period | None
    quarter: int | None
    months: tuple[int, ...]
    year: int | None
    relative: bool = False


def find_periods(text: str) -> tuple[PeriodMention, ...]:
    """Find every quarter, semester, month, run of months and year-month of a running text, in order.

    The longest reading stays («octubre a diciembre de 2025» is one). Bare years are not periods, nor are the month of
    a date or the year of a law. `period` is None when no year was printed.
    """
    from pregon.figures.period_reading import mention_periods  # the grammar loads when a text is read

    return mention_periods(text)
