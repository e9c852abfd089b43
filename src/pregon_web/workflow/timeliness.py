"""Whether something came out on time, told in business days. Pure."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from pregon.figures.spanish import count_of, print_date
from pregon.records.calendar import business_days_between


@dataclass(frozen=True, slots=True)
class Timeliness:
    """The day it came out against the day it was due; `late_days` are business days, 0 where it came out on time.

    One due on a Friday that comes out on the Saturday is late by no business day, and late.
    """

    day: date
    due: date
    is_late: bool
    late_days: int

    @property
    def words(self) -> str:
        """«A tiempo: salió el 8 de octubre de 2025 y vencía el 10 de octubre de 2025»."""
        if not self.is_late:
            told = "A tiempo"
        elif self.late_days:
            told = f"Tarde, {count_of(self.late_days, 'día hábil', 'días hábiles')}"
        else:
            told = "Tarde, sin que pasara un día hábil"
        return f"{told}: salió el {print_date(self.day)} y vencía el {print_date(self.due)}"


def judge_timeliness(day: date, due: date | None, *, closures: Collection[date] = ()) -> Timeliness | None:
    """How the day stands against the due date; None where there was none: it is neither on time nor late."""
    if due is None:
        return None
    late = business_days_between(due, day, closures=closures) if day > due else 0
    return Timeliness(day, due, day > due, max(0, late))
