"""Meta's list of content where it is too long to list: how many publications of each kind came out in each month.

The same columns, kinds, hours and zone as the list (`meta_columns`, `meta_hours`); only what the counts depend on is
read. A month that the file does not cover whole is left out and said.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import chain
from typing import TYPE_CHECKING, Final

from pregon.figures.amount import Amount
from pregon.figures.period import Period
from pregon.figures.spanish import count_of, join_words, print_number
from pregon.importers.base import Answers, Birth, Extract, ImportedObservation, Question, Upload
from pregon.importers.day_order import DayOrder, is_day, read_moment
from pregon.importers.delimited import DamagedTableError, Row
from pregon.importers.headers import Columns
from pregon.importers.large_tables import Groups, LargeTable, open_large
from pregon.importers.meta_blocks import ask_network
from pregon.importers.meta_columns import (
    STORY,
    ask_columns,
    ask_kind,
    find_network,
    match_sheet,
    name_account,
    name_kind,
)
from pregon.importers.meta_hours import Hours, Written, find_hours
from pregon.records.instants import prove_instant
from pregon.records.organisation import Platform
from pregon.records.publishing import ObservationStatus

if TYPE_CHECKING:
    import polars as pl

_MINUTES_START: Final = 13
"""Where the minutes begin in «10/31/2025 22:30»: rows of the same hour fall on the same day in every zone used."""
_AS_META_LENGTH: Final = 16

_WHEN, _TYPE, _ACCOUNT, _DATE = range(4)
"""The columns that are grouped."""
Tally = Counter[tuple[str, str, str]]
"""How many, by account, month («2025-10») and the word of the kind."""


@dataclass(slots=True)
class Counts:
    """What was counted, from which day to which, and how many rows say no day or no kind."""

    by_month: Tally = field(default_factory=Counter)
    first: date = date.max
    last: date = date.min
    lost: int = 0

    def reach(self, days: Iterable[date]) -> None:
        """Take note of days on which something was published."""
        told = set(days)
        if told:
            self.first, self.last = min(self.first, *told), max(self.last, *told)

    @property
    def months(self) -> list[Period]:
        """The months with something published, in order."""
        return [Period.parse(month) for month in sorted({month for _, month, _ in self.by_month})]


def count_content(upload: Upload, answers: Answers) -> Extract:
    """Count a long list of content.

    Raises:
        DamagedTableError: it cannot be read.
    """
    table = open_large(upload.path)
    columns = match_sheet(table.header.fields, answers)
    platform = find_network(columns, answers)
    asked = list(ask_columns(columns))
    if platform is None:
        asked.append(ask_network(upload.name))
    if asked or platform is None:
        return Extract(repairs=table.repairs, questions=tuple(asked))
    return _Counting(upload, table, columns, platform, answers).read()


class _Counting:
    """One long list as it is counted."""

    def __init__(
        self, upload: Upload, table: LargeTable, columns: Columns, platform: Platform, answers: Answers
    ) -> None:
        self._upload = upload
        self._table = table
        self._columns = columns
        self._platform = platform
        self._answers = answers
        self._questions: dict[str, Question] = {}
        self._mornings: dict[str, datetime | None] = {}
        """The days already read, by their text: a day has many hours."""

    def read(self) -> Extract:
        accounts = [self._columns.places.get(key, ()) for key in ("account_username", "page_name", "account_name")]
        groups = self._table.count_groups(
            (
                self._columns.places["publish_time"][:1],
                self._columns.places["post_type"][:1],
                tuple(chain.from_iterable(places[:1] for places in accounts)),
                self._columns.places.get("date", ())[:1],
            ),
            _shorten_to_hour,
        )
        self._refuse_daily(groups)
        hours = self._find_hours(groups)
        kinds = self._find_kinds(groups)
        if self._questions or hours.order is None:
            return Extract(
                repairs=self._repairs(hours),
                remarks=hours.remarks,
                questions=(*hours.questions, *self._questions.values()),
            )
        counts = self._count_by_links(hours, kinds) if hours.uses_links else self._count(groups, hours, kinds)
        return self._tell(counts, hours, groups.total)

    def _refuse_daily(self, groups: Groups) -> None:
        day = next((told for told in groups.distinct(_DATE) if is_day(told)), "")
        if day:
            raise DamagedTableError(
                f"trae una fila por día y publicación (la columna de fecha dice «{day}»): descárguelo de Meta con el "
                "total de cada publicación."
            )

    def _find_hours(self, groups: Groups) -> Hours:
        """The order and zone that all hours allow, checked against the links of the first rows."""
        # One hour of each day is enough: the order is a matter of days.
        days = {when.partition(" ")[0]: _whole_hour(when) for when in groups.distinct(_WHEN)}
        told = [Written(when) for when in days.values() if is_day(when)]
        if not told:
            raise DamagedTableError("ninguna fila dice cuándo se publicó y de qué tipo es: descárguelo otra vez.")
        sample = [
            Written(self._columns.text("publish_time", row.fields), self._proof(row)) for row in self._table.sample
        ]
        return find_hours(
            [*(each for each in sample if is_day(each.text)), *sorted(told, key=lambda each: each.text)],
            self._answers,
            is_saved_again=self._table.separator != "," or self._table.encoding == "cp1252",
        )

    def _proof(self, row: Row) -> datetime | None:
        if self._platform is not Platform.INSTAGRAM:
            return None
        proof = prove_instant(self._columns.text("permalink", row.fields))
        return proof.at if proof is not None and proof.platform is self._platform else None

    def _find_kinds(self, groups: Groups) -> dict[str, str]:
        kinds = {}
        for told in filter(None, groups.distinct(_TYPE)):
            kind = name_kind(told, self._answers)
            if kind is None:
                question = ask_kind(told)
                self._questions[question.key] = question
            kinds[told] = kind or ""
        return kinds

    def _count(self, groups: Groups, hours: Hours, kinds: dict[str, str]) -> Counts:
        counts = Counts()
        days = {when: self._day_of(when, hours) for when in groups.distinct(_WHEN)}
        months = {when: "" if day is None else f"{day:%Y-%m}" for when, day in days.items()}
        for (month, told, account, of), number in groups.renamed(_WHEN, months).items():
            if not any((month, told, account, of)):  # a blank row
                continue
            if not month or not told:
                counts.lost += number
            elif kinds[told]:
                counts.by_month[account, month, kinds[told]] += number
        counts.reach(day for day in days.values() if day is not None)
        return counts

    def _day_of(self, when: str, hours: Hours) -> date | None:
        day, _, hour = when.partition(" ")
        if len(when) != _MINUTES_START or not hour.isdecimal() or int(hour) > 23:
            written = read_moment(when, hours.order or DayOrder.MDY)
            return None if written is None else hours.clock.place(written).date()
        if day not in self._mornings:
            self._mornings[day] = read_moment(day, hours.order or DayOrder.MDY)
        morning = self._mornings[day]
        return None if morning is None else hours.clock.place(morning.replace(hour=int(hour))).date()

    def _count_by_links(self, hours: Hours, kinds: dict[str, str]) -> Counts:
        """The count of a file whose hours are not Meta's: each row by the instant of its own link."""
        counts = Counts()
        reached = set()
        for row in self._table.iterate_rows():
            written = read_moment(self._columns.text("publish_time", row.fields), hours.order or DayOrder.MDY)
            told = self._columns.text("post_type", row.fields)
            if written is None or not told:
                counts.lost += 1
            elif kinds[told]:
                at = self._proof(row) or hours.clock.place(written)
                day = at.astimezone(hours.office).date()
                counts.by_month[name_account(self._columns, row.fields), f"{day:%Y-%m}", kinds[told]] += 1
                reached.add(day)
        counts.reach(reached)
        return counts

    def _repairs(self, hours: Hours) -> tuple[str, ...]:
        changed = "Otro programa cambió las comas por otro separador: se leyó así."
        return (*self._table.repairs, *((changed,) if self._table.separator != "," else ()), *hours.repairs)

    def _tell(self, counts: Counts, hours: Hours, rows: int) -> Extract:
        remarks = [f"Trae {print_number(rows)} filas: se cuentan por mes y tipo, sin listarlas una por una."]
        remarks += hours.remarks
        if counts.lost:
            told = count_of(counts.lost, "fila no dice", "filas no dicen")
            remarks.append(f"{told} cuándo se publicó o de qué tipo es: no se tomaron.")
        months = counts.months
        partial = [month for month in months if not _covers(counts, month, months)]
        if partial:
            named = join_words([month.title for month in partial])
            remarks.append(f"El archivo no trae entero {named}: no se registra.")
        return Extract(
            tuple(self._observe(counts, [month for month in months if month not in partial])),
            repairs=self._repairs(hours),
            remarks=tuple(remarks),
        )

    def _observe(self, counts: Counts, months: list[Period]) -> Iterator[ImportedObservation]:
        by_line: dict[tuple[str, Period], dict[str, int]] = {}
        for (account, when, kind), count in sorted(counts.by_month.items()):
            by_line.setdefault((account, Period.parse(when)), {})[kind] = count
        for (account, month), kinds in by_line.items():
            if month in months:
                stories = kinds.pop(STORY, 0)
                if kinds:
                    yield self._observation(account, "posts", month, sum(kinds.values()), tuple(kinds.items()))
                if stories:
                    yield self._observation(account, "stories", month, stories, ())

    def _observation(
        self, account: str, metric: str, month: Period, number: int, breakdown: tuple[tuple[str, int], ...]
    ) -> ImportedObservation:
        rule = f"cuenta de las filas de {month.title}, con la hora pasada a la de Colombia"
        birth = Birth(self._upload.name, self._upload.sha256, "todas sus filas", rule)
        return ImportedObservation(
            self._platform,
            metric,
            month,
            ObservationStatus.VALUE,
            Amount.exact(number),
            birth,
            account=account,
            breakdown=breakdown,
        )


def _covers(counts: Counts, month: Period, months: list[Period]) -> bool:
    """Whether the file has the whole month: one between others, or with something on its first or last day."""
    begins = month != months[0] or counts.first == month.start
    return begins and (month != months[-1] or counts.last == month.end)


def _shorten_to_hour(words: pl.Expr) -> pl.Expr:
    """«10/31/2025 22» of «10/31/2025 22:30»; other forms stay whole."""
    import polars as pl

    is_metas = (words.str.len_bytes() == _AS_META_LENGTH) & (words.str.slice(_MINUTES_START, 1) == ":")
    return pl.when(is_metas).then(words.str.slice(0, _MINUTES_START)).otherwise(words)


def _whole_hour(when: str) -> str:
    return f"{when}:00" if len(when) == _MINUTES_START and ":" not in when else when
