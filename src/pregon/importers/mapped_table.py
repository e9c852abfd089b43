"""A person's table with what its columns are: what figures and lists of publications are both read from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from pregon.figures.period import Period
from pregon.figures.spanish import count_of
from pregon.importers.base import Answers, Birth, ImportedObservation, ImportedPublication, Question, Upload
from pregon.importers.columns import Days, Mark, needs_year, read_days, read_month
from pregon.importers.day_order import DayOrder, answered_order, ask_order, tell_override
from pregon.importers.delimited import Row
from pregon.importers.hand_tables import FoundTable, is_total
from pregon.importers.mappings import DATE, MONTH, NETWORK, TableMapping
from pregon.records.organisation import Platform
from pregon.registro.vocabulary import PLATFORMS

NETWORK_KEY: Final = "network"
DECIMAL_KEY: Final = "decimal"
YEAR_KEY: Final = "year"
RULE: Final = "según las columnas que usted indicó"
_MOST_NAMED: Final = 6


@dataclass(slots=True)
class Outcome:
    """What a table gives, what has to be asked first, and what is told; `wrong` are cells and rows not read."""

    observations: list[ImportedObservation] = field(default_factory=list)
    publications: list[ImportedPublication] = field(default_factory=list)
    questions: dict[str, Question] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def ask(self, question: Question) -> None:
        """Ask once."""
        self.questions.setdefault(question.key, question)

    def tell_wrong(self) -> list[str]:
        """What was not read, each of a few and the count of many."""
        told = [f"{each[:1].upper()}{each[1:]}." for each in self.wrong[:_MOST_NAMED]]
        if len(self.wrong) > _MOST_NAMED:
            rest = count_of(
                len(self.wrong) - _MOST_NAMED, "celda o fila más no se leyó", "celdas o filas más no se leyeron"
            )
            told.append(f"{rest}.")
        return told


@dataclass(frozen=True, slots=True)
class Mapped:
    """A table, what its columns are, and what the person says of the whole file; None where nothing is said."""

    table: FoundTable
    mapping: TableMapping
    upload: Upload
    network: Platform | None = None
    order: DayOrder | None = None
    mark: Mark | None = None
    year: int | None = None

    @classmethod
    def of(cls, table: FoundTable, mapping: TableMapping, upload: Upload, answers: Answers) -> Mapped:
        """With what the person answered."""
        network = PLATFORMS.find(answers.get(NETWORK_KEY, ""))
        mark = next((each for each in Mark if answers.get(DECIMAL_KEY) == each.value), None)
        year = answers.get(YEAR_KEY, "").strip()
        return cls(
            table,
            mapping,
            upload,
            network if isinstance(network, Platform) else None,
            answered_order(answers),
            mark,
            int(year) if re.fullmatch(r"(?:19|20)\d\d", year, re.ASCII) else None,
        )

    def birth(self, row: Row, rule: str = RULE, assumed: tuple[str, ...] = ()) -> Birth:
        """The birth certificate of what a row gives."""
        return Birth(self.upload.name, self.upload.sha256, self.table.place(row), rule, assumed)

    def header(self, place: int) -> str:
        """What a column is called."""
        return self.table.header[place]

    def platforms(self) -> list[Platform | None]:
        """The platform of each row: its own column's, else the file's."""
        place = self.mapping.first(NETWORK)
        if place is None:
            return [self.network] * len(self.table.rows)
        found = [PLATFORMS.find(text) for text in self.table.texts(place)]
        return [each if isinstance(each, Platform) else None for each in found]

    def days(self, outcome: Outcome, place: int) -> Days:
        """The days of a column, with the question of their order where only the person can say."""
        read = read_days(self.table.texts(place), self.order)
        if not read.is_decided:
            outcome.ask(ask_order(read.sample))
        elif read.order is not None:
            told = f"Las fechas de «{self.header(place)}» se leyeron como {read.order.words}."
            outcome.remarks.append(f"{told} {tell_override(read.order)}")
        return read

    def periods(self, outcome: Outcome) -> list[Period | None]:
        """The day or the month of each row; what is neither is told, totals apart."""
        by_day = self.mapping.first(DATE)
        place = by_day if by_day is not None else self.mapping.first(MONTH)
        if place is None:
            return [None] * len(self.table.rows)
        texts = self.table.texts(place)
        days = self.days(outcome, place).days
        if by_day is not None:
            found: list[Period | None] = [None if day is None else Period.span(day, day) for day in days]
        else:
            found = self._months(outcome, place, texts, days)
        if outcome.questions:
            return found
        return self._without_totals(outcome, place, texts, found)

    def _months(
        self, outcome: Outcome, place: int, texts: Sequence[str], days: Sequence[date | None]
    ) -> list[Period | None]:
        if self.year is None and needs_year(texts):
            outcome.ask(
                Question(YEAR_KEY, f"¿De qué año son los meses de «{self.header(place)}»? Escríbalo así: 2025.")
            )
        return [read_month(text, self.year, day) for text, day in zip(texts, days, strict=True)]

    def _without_totals(
        self, outcome: Outcome, place: int, texts: Sequence[str], found: Sequence[Period | None]
    ) -> list[Period | None]:
        """The periods of the rows that are no totals; what is neither a period nor a total is told."""
        kept: list[Period | None] = []
        totals: set[int] = set()
        for row, text, period in zip(self.table.rows, texts, found, strict=True):
            if is_total(row):
                totals.add(row.line)
                kept.append(None)
                continue
            kept.append(period)
            if period is None:
                said = f"«{text}» no es una fecha ni un mes" if text else f"«{self.header(place)}» está en blanco"
                outcome.wrong.append(f"{self.table.place(row)}: {said}")
        if totals:
            verb = "es un total y no se leyó" if len(totals) == 1 else "son totales y no se leyeron"
            outcome.remarks.append(f"{count_of(len(totals), 'fila', 'filas')} {verb}.")
        return kept
