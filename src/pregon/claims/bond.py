"""Bond: figures of a document that must agree, why, and whether they do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pregon.document.location import Location
from pregon.relations.relation import Relation


class Tie(StrEnum):
    """What ties the figures of a bond."""

    TABLE_SUM = "table_sum"
    SIBLING = "sibling"
    """An account that the lines beside it make too: a sum, a difference, a mean, a share, a change."""
    TOTAL_IN_PROSE = "total_in_prose"
    """«Para un total de 278», against the figures listed above it."""
    BREAKDOWN = "breakdown"
    """A figure and the parts that a sentence or a list gives of it."""
    EQUATION = "equation"
    """«44 + 24 + 26 = 94», printed so."""
    RESTATED = "restated"
    """The same thing said in a sentence and in a table."""
    SAME_CELL = "same_cell"
    """The same thing in two tables."""
    SAME_PROSE = "same_prose"
    """The same thing in two sentences."""
    PART_OF_WHOLE = "part_of_whole"
    """A part, which cannot exceed the whole that a table gives."""
    BOUND = "bound"
    """What a sentence tells by a bound, «más de 90.000», against a table."""
    EXTREME = "extreme"
    """The greatest of a table's column."""
    COUNT = "count"
    """A number of things and the things listed."""
    ROW_COUNT = "row_count"
    """A number of things and the rows of their table."""


@dataclass(frozen=True, slots=True)
class Bond:
    """A relation between claims (by number) and what ties them.

    `table` is the table whose figures answer, where one does. `things` are the names and places of what a count counts,
    `missing` the places of the parts that print no figure.
    `tried` are other accounts that were tried and do not close either: the words and the value. `siblings` counts the
    lines that make the same account.
    """

    tie: Tie
    relation: Relation[int]
    table: int | None = None
    things: tuple[tuple[str, Location], ...] = ()
    missing: tuple[Location, ...] = ()
    tried: tuple[tuple[str, str], ...] = ()
    siblings: int = 0
