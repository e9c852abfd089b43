"""Claim: a figure as printed in a document, with what it is about."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from pregon.document.location import Location
from pregon.figures.amount import Amount
from pregon.figures.period import Period


class Scope(StrEnum):
    """How much of its subject a figure speaks of."""

    WHOLE = "whole"
    PART = "part"
    """Of one campaign, one event: never more than the whole."""
    MEAN = "mean"
    EXTREME = "extreme"
    """The greatest or the least of several."""
    BOUND = "bound"
    """Told by a bound: «más de 300», «casi 300»."""
    OTHER = "other"
    """Compared, restricted («3 sin asistencia»), planned: not to be held against the whole."""


class Subject(NamedTuple):
    """Who, what, when: «facebook», «posts», October. "" and None where the document does not say.

    An entity that no vocabulary knows is its folded label after a «~»; so is a measure.
    """

    entity: str = ""
    measure: str = ""
    period: Period | None = None


class Claim(NamedTuple):
    """A figure, its subject and its place.

    `name` is what a person would call it in one word («Facebook», «octubre»); `is_total` that it presents itself as a
    sum; `is_cell` that it is all a table's cell holds; `passage` the number of the text that prints it, in order;
    `is_plain` that no word around it may make it something else than its subject tells.
    """

    number: int
    amount: Amount
    subject: Subject
    location: Location
    name: str = ""
    scope: Scope = Scope.WHOLE
    is_total: bool = False
    is_cell: bool = False
    is_bound_by_context: bool = False
    passage: int = 0
    is_plain: bool = True

    @property
    def text(self) -> str:
        """The figure exactly as printed."""
        place = self.location
        return place.text[place.start : place.end].strip() or self.amount.raw


def move_claim(claim: Claim, place: Location, number: int, passage: int) -> Claim:
    """The same figure of the same text where that stands at another place; its stretch of the text stays."""
    own = claim.location
    location = Location(
        place.kind,
        place.section,
        place.paragraph,
        place.table,
        place.table_caption,
        place.row,
        place.column,
        place.row_label,
        place.column_label,
        place.page,
        own.text,
        own.start,
        own.end,
    )
    return Claim(
        number,
        claim.amount,
        claim.subject,
        location,
        claim.name,
        claim.scope,
        claim.is_total,
        claim.is_cell,
        claim.is_bound_by_context,
        passage,
        claim.is_plain,
    )
