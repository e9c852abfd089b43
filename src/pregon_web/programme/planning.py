"""A quarter's days of the calendar against what was chosen and what was published: what the page «Calendario» shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from pregon.figures.period import Period
from pregon.figures.spanish import count_of, join_words, month_name, print_date
from pregon.records.calendar import national_holidays
from pregon.records.commemorations import CalendarDay, calendar_day, days_between
from pregon_web.icalendar import CalendarEntry
from pregon_web.programme.models import Commemoration
from pregon_web.programme.selectors import row_of_day

NAMED: Final = 3
"""How many days a sentence names before it counts the rest."""


class DayState(StrEnum):
    """How a day of the calendar stands."""

    FREE = "free"
    """Not chosen."""
    PLANNED = "planned"
    """Chosen, and its day has not passed."""
    UNMARKED = "unmarked"
    """Chosen, and its day passed without a publication."""
    MARKED = "marked"
    """Chosen and published."""


@dataclass(frozen=True, slots=True)
class PlannedDay:
    """A day of the page: of the calendar, of the institution's own choice, or both."""

    when: date
    name: str
    day: CalendarDay | None
    row: Commemoration | None
    state: DayState

    @property
    def is_holiday(self) -> bool:
        """Whether nobody works that day."""
        return self.when in national_holidays(self.when.year)

    @property
    def told(self) -> str:
        """How it stands, in words: «Publicada el 12 dic 2025, 2 días después»."""
        if self.state is DayState.MARKED and self.row is not None and self.row.publication is not None:
            published = self.row.publication.published_on
            lag = (published - self.when).days
            if lag == 0:
                return "Publicada en su día"
            distance = f"{count_of(abs(lag), 'día', 'días')} {'después' if lag > 0 else 'antes'}"
            return f"Publicada el {print_date(published, short=True)}, {distance}"
        return {DayState.PLANNED: "Elegida", DayState.UNMARKED: "Pasó sin publicación"}.get(self.state, "")


@dataclass(frozen=True, slots=True)
class PlannedMonth:
    """A month of the page."""

    title: str
    days: tuple[PlannedDay, ...]

    @property
    def told(self) -> str:
        """How many were chosen of it."""
        chosen = sum(day.row is not None for day in self.days)
        return f"{chosen} de {len(self.days)}" if self.days else ""


def plan_quarter(period: str, rows: Sequence[Commemoration], today: date) -> tuple[PlannedDay, ...]:
    """The days of a quarter by date: the calendar's, each with its row where it was chosen, and the office's own."""
    quarter = Period.parse(period)
    return plan_days(quarter.start, quarter.end, rows, today)


def plan_days(first: date, last: date, rows: Sequence[Commemoration], today: date) -> tuple[PlannedDay, ...]:
    """As `plan_quarter`, of the days from `first` to `last`; `rows` are those chosen of them."""
    left = list(rows)
    days = []
    for when, day in days_between(first, last):
        row = row_of_day(left, when, day)
        if row is not None:
            left.remove(row)
        days.append(PlannedDay(row.day if row else when, row.name if row else day.name, day, row, state_of(row, today)))
    days += [PlannedDay(row.day, row.name, calendar_day(row.calendar_code), row, state_of(row, today)) for row in left]
    return tuple(sorted(days, key=lambda each: each.when))


def day_of(row: Commemoration) -> CalendarDay | None:
    """The calendar's day that a chosen one is; None for one of the institution's own."""
    if row.calendar_code:
        return calendar_day(row.calendar_code)
    return next((day for _, day in days_between(row.day, row.day) if day.is_named(row.name)), None)


def state_of(row: Commemoration | None, today: date) -> DayState:
    """How a day stands by its row."""
    if row is None:
        return DayState.FREE
    if row.publication_id is not None:
        return DayState.MARKED
    return DayState.UNMARKED if row.day < today else DayState.PLANNED


def months_of(period: str, days: Iterable[PlannedDay]) -> tuple[PlannedMonth, ...]:
    """The days by month."""
    found = list(days)
    return tuple(
        PlannedMonth(
            month_name(month.start.month).capitalize(), tuple(each for each in found if month.contains(each.when))
        )
        for month in Period.parse(period).months
    )


def tell_plan(days: Iterable[PlannedDay]) -> str:
    """Planned against published in a sentence or two: «8 efemérides elegidas: todas tienen su publicación»."""
    chosen = [each for each in days if each.row is not None]
    if not chosen:
        return "Todavía no ha elegido ninguna efeméride de este trimestre."
    marked = [each for each in chosen if each.state is DayState.MARKED]
    unmarked = [each for each in chosen if each.state is DayState.UNMARKED]
    coming = [each for each in chosen if each.state is DayState.PLANNED]
    told = count_of(len(chosen), "efeméride elegida", "efemérides elegidas")
    if len(marked) == len(chosen):
        return f"{told}: {'tiene' if len(chosen) == 1 else 'todas tienen'} su publicación."
    parts = [f"{len(marked)} con publicación"]
    if unmarked:
        parts.append(f"{len(unmarked)} que {'pasó' if len(unmarked) == 1 else 'pasaron'} sin ella")
    if coming:
        parts.append(f"{len(coming)} por venir")
    sentence = f"{told}: {join_words(parts)}."
    if unmarked:
        names = [f"{each.name} ({print_date(each.when, short=True)})" for each in unmarked[:NAMED]]
        names += [f"{len(unmarked) - NAMED} más"] * (len(unmarked) > NAMED)
        sentence += f" Sin publicación: {join_words(names)}."
    return sentence


def calendar_entries(rows: Iterable[Commemoration]) -> Iterator[CalendarEntry]:
    """What was chosen, as a calendar's entries. The same row is the same entry for ever."""
    for row in rows:
        day = day_of(row)
        published = row.publication
        told = f"Publicada: {published.title}" if published else "Todavía sin publicación."
        campaign = f"\nCampaña: {row.campaign}" if row.campaign else ""
        yield CalendarEntry(
            uid=f"efemeride-{row.institution_id}-{row.pk}-{row.created_at:%Y%m%d%H%M%S%f}@pregon",
            day=row.day,
            title=row.name,
            description=f"{told}{campaign}",
            category=day.theme.word if day else "",
            link=published.link if published and published.link.startswith("https://") else "",
            revision=row.version - 1,
            is_confirmed=published is not None,
        )
