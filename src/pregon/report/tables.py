"""The tables that several sections share: a metric by month, and a name beside its value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pregon.document.model import Cell, Layout, Table
from pregon.document.prose import Prose
from pregon.figures.period import Period
from pregon.records.totals import Measure
from pregon.report.setting import cell_of, month_title, named, words


@dataclass(frozen=True, slots=True)
class MonthRow:
    """A line of a table by month: its label, a measure a month, and the quarter's."""

    label: str
    months: tuple[Measure, ...]
    total: Measure


def month_table(
    caption: str,
    corner: str,
    period: Period,
    rows: Sequence[MonthRow],
    *,
    last: str = "Total",
    total: MonthRow | None = None,
) -> Table:
    """A table with a column a month and one for the quarter; `total` is its last line where lines may be added."""
    head = tuple(words(text) for text in (corner, *(month_title(month) for month in period.months), last))
    lines = [*rows, *([total] if total else [])]
    body = [(named("row", row.label), *(cell_of(part) for part in row.months), cell_of(row.total)) for row in lines]
    return Table(
        (head, *body),
        header_rows=1,
        header_columns=1,
        caption=caption,
        total_rows=1 if total else 0,
        total_columns=1,
    )


def plain_table(caption: str, head: Sequence[str], rows: Sequence[Sequence[Cell]], *, header_columns: int = 1) -> Table:
    """A table under a head of words."""
    top = tuple(words(text) for text in head)
    return Table((top, *(tuple(row) for row in rows)), header_rows=1, header_columns=header_columns, caption=caption)


def facts_table(caption: str, facts: Sequence[tuple[str, Prose]]) -> Table:
    """A name and its value in each row."""
    rows = tuple((words(name), Cell(value)) for name, value in facts)
    return Table(rows, header_columns=1, caption=caption, layout=Layout.FACTS)
