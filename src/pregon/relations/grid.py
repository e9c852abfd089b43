"""Grid: the figures of a table with the names of its lines, as the search for relations sees them."""

from __future__ import annotations

from dataclasses import dataclass

from pregon.figures.amount import Amount

Place = tuple[int, int]
"""Row and column, from 0."""


@dataclass(frozen=True, slots=True)
class Grid:
    """The body of a table: a figure or None at each place.

    `blanks` are the places where a figure belongs and none is printed; `not_addable_rows` the rows whose figures may
    not be added from column to column (people reached in each month), `not_addable_columns` the columns whose figures
    may not be added from row to row. `has_time_columns` and `has_time_rows` say that the columns, or the rows, are
    months or other stretches of time, so that a bare «Total» beside them can only be their sum. `row_starts` are the
    rows with which a block begins, after a blank row or a row of words alone.
    """

    amounts: tuple[tuple[Amount | None, ...], ...]
    row_labels: tuple[str, ...]
    column_labels: tuple[str, ...]
    blanks: frozenset[Place] = frozenset()
    not_addable_rows: frozenset[int] = frozenset()
    not_addable_columns: frozenset[int] = frozenset()
    has_time_columns: bool = False
    has_time_rows: bool = False
    row_starts: frozenset[int] = frozenset()
    column_starts: frozenset[int] = frozenset()

    def transposed(self) -> Grid:
        """The same grid with rows for columns."""
        width = len(self.column_labels)
        return Grid(
            amounts=tuple(tuple(line[column] for line in self.amounts) for column in range(width)),
            row_labels=self.column_labels,
            column_labels=self.row_labels,
            blanks=frozenset((column, row) for row, column in self.blanks),
            not_addable_rows=self.not_addable_columns,
            not_addable_columns=self.not_addable_rows,
            has_time_columns=self.has_time_rows,
            has_time_rows=self.has_time_columns,
            row_starts=self.column_starts,
            column_starts=self.row_starts,
        )
