"""The shape of a sheet: its columns, the records it holds, and how a row and a record become one another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Any

from pregon.figures.period import Period
from pregon.records.dossier import Dossier
from pregon.registro.kinds import Kind

Values = Mapping[str, Any]
"""The values of a row, by field."""
Example = object | Callable[[Period], object]
"""A sample value, or how to get one that falls inside the registro's period."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the field it fills, its header, what it holds.

    `help` is a sentence that tells what to write: shown when the cell is chosen, and as the remedy when it is missing.
    `is_key` columns together name the record: no two rows share them. `is_optional` columns, and lines of a form, came
    later than the first books: one without them is whole.
    """

    field: str
    header: str
    kind: Kind
    help: str
    width: float = 16
    is_required: bool = False
    is_key: bool = False
    example: Example = None
    is_optional: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet whose rows are records.

    `rows` takes the rows out of a dossier and `build` makes a record of one row. `purpose` is its sentence, on top.
    `is_optional` sheets came later than the first books: one without them is whole.
    """

    name: str
    purpose: str
    columns: tuple[Column, ...]
    rows: Callable[[Dossier], Iterable[Values]]
    build: Callable[[Values], object]
    is_optional: bool = False

    def column(self, field: str) -> Column:
        """The column that fills a field."""
        return next(column for column in self.columns if column.field == field)


@dataclass(frozen=True, slots=True)
class Form:
    """A sheet with one value a line: the question, its answer, and what to write."""

    name: str
    purpose: str
    fields: tuple[Column, ...]


def sample_of(column: Column, period: Period) -> object:
    """The sample value of a column, inside the period."""
    return column.example(period) if callable(column.example) else column.example


def sample_day(offset: int) -> Callable[[Period], date]:
    """A sample date, so many days into the period (its last day at most)."""
    return lambda period: min(period.start + timedelta(days=offset), period.end)


def sample_month(period: Period) -> Period:
    """A sample month: the first one of the period."""
    return period.months[0] if period.months else period


def rows_of(of: Callable[[Dossier], Iterable[Any]]) -> Callable[[Dossier], Iterable[Values]]:
    """The rows of records whose fields are the columns, one to one."""

    def rows(dossier: Dossier) -> Iterable[Values]:
        for record in of(dossier):
            yield {field.name: getattr(record, field.name) for field in fields(record)}

    return rows


def building(record_type: Callable[..., object]) -> Callable[[Values], object]:
    """How to make a record of a row whose fields are its own."""
    return lambda values: record_type(**values)
