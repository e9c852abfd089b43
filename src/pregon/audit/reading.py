"""Reading: a document understood once, for all the rules."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from heapq import merge
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from pregon.claims.accounts import Index
from pregon.claims.announced import bind_announced
from pregon.claims.binding import (
    bind_extremes,
    bind_same_cells,
    bind_tables,
    group_passages,
)
from pregon.claims.bond import Bond, Tie
from pregon.claims.bounded import bind_bounded
from pregon.claims.breakdowns import bind_breakdowns, bind_totals, settle_blamed
from pregon.claims.cells import claims_of_table
from pregon.claims.claim import Claim, Scope, move_claim
from pregon.claims.copied import bind_copied
from pregon.claims.exposure import Exposure, find_exposures, may_expose
from pregon.claims.listings import find_counts
from pregon.claims.other_quarters import OtherQuarters, judge_other_quarters
from pregon.claims.restatements import bind_restatements
from pregon.claims.sentences import claims_of_text, may_count
from pregon.claims.siblings import bind_siblings
from pregon.claims.tabulation import Tabulation
from pregon.claims.timeline import Timeline, trace_timeline
from pregon.claims.told_sums import bind_told_sums
from pregon.claims.understanding import is_figure, understand_tables
from pregon.claims.vocabulary import flatten
from pregon.document.location import LocationKind
from pregon.document.model import Document, Passage, Picture, Table
from pregon.document.passages import Passages, walk
from pregon.document.prose import Operator, Prose
from pregon.figures.period import Period
from pregon.relations.blame import Blame, assign_blame
from pregon.relations.relation import Verdict

if TYPE_CHECKING:
    from pregon.records.dossier import Dossier

_LACKING: Final = re.compile(r"\bfalta|\bpendiente|\bdebe\b")
_PRODUCTS: Final = re.compile(r"\bproductos?\b|\bentregables?\b|\bpiezas?\b|\bcontroles\b|\blo que dicen\b")
_SHORT_HEADING: Final = 40
_SHORT_TEXT: Final = 200
_QUOTIENTS: Final = (Operator.SHARE, Operator.CHANGE, Operator.MEAN)
_SPOKEN = (LocationKind.HEADING, LocationKind.PARAGRAPH, LocationKind.FOOTNOTE, LocationKind.PICTURE)


@dataclass(frozen=True)
class Reading:
    """What a document says, ready to be judged: its tables, periods, claims, and the bonds among them.

    `against` is the dossier it should agree with, `previous` the report of an earlier period; both may be None.
    Everything is computed when first asked for, and once.
    """

    document: Document
    against: Dossier | None = None
    previous: Document | None = None

    @cached_property
    def tabulations(self) -> tuple[Tabulation, ...]:
        """Every table, understood, in reading order: table n of the reader is `tabulations[n - 1]`."""
        return understand_tables(self.document)

    @cached_property
    def passages(self) -> Passages:
        """Every text in reading order, those of cells under the names that their table really has.

        A picture speaks with its alternative text.
        """
        passages = walk(self.document, lambda _, number: self.tabulations[number - 1].shown_names)
        if not any(isinstance(block, Picture) for block in self.document.blocks):
            return passages
        return Passages(
            Passage(passage.location._replace(text=passage.block.alt), Prose(passage.block.alt), passage.block)
            if isinstance(passage.block, Picture)
            else passage
            for passage in passages
        )

    @cached_property
    def timeline(self) -> Timeline:
        """The periods that the document names, and its own."""
        return trace_timeline(self.document.properties.period, self.passages, self.tabulations)

    @property
    def period(self) -> Period | None:
        """The period that the document is of, by weighted vote; None where nothing tells."""
        return self.timeline.period

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """Every figure with what it is about: those of sentences in reading order, then those of tables."""
        claims: list[Claim] = []
        # What a short text says depends on nothing but its words and what heads it; tables repeat theirs.
        said: dict[tuple[str, str, Scope | None], list[Claim]] = {}
        for number, passage in self._spoken():
            text = passage.prose.text
            around, scope = self._surroundings(passage)
            known = said.get((text, around, scope))
            if known is None:
                known = claims_of_text(text, passage.location, self.timeline, around=around, scope=scope)
                if len(text) <= _SHORT_TEXT:
                    said[text, around, scope] = known
            claims += [move_claim(one, passage.location, len(claims) + at, number) for at, one in enumerate(known)]
        for tabulation in self.tabulations:
            claims += claims_of_table(tabulation, self.timeline, len(claims), self.passages)
        return tuple(claims)

    def _spoken(self) -> Iterator[tuple[int, Passage]]:
        """The texts whose numbers are claims of a sentence: those outside tables, and the cells that hold words."""
        outside = [
            (number, passage)
            for number, passage in self.passages.outside_tables
            if passage.location.kind in _SPOKEN and may_count(passage.prose.text)
        ]
        inside = [
            (number, passage)
            for number, passage in self.passages.saying(lambda text: may_count(text) and not is_figure(text))
            if passage.location.kind is LocationKind.CELL
        ]
        return merge(outside, inside, key=itemgetter(0))

    @cached_property
    def told(self) -> tuple[Claim, ...]:
        """The claims of sentences, apart from those that are all that a cell holds."""
        return tuple(claim for claim in self.claims if not claim.is_cell)

    def _surroundings(self, passage: Passage) -> tuple[str, Scope | None]:
        """What heads a text, and the scope that its place gives its figures: those of «Qué falta» are no wholes."""
        place = passage.location
        if isinstance(passage.block, Picture):
            return passage.block.caption or place.section, None
        table = self.tabulation(place.table)
        if table is None or place.column is None or place.row is None:
            return place.section if len(place.section) <= _SHORT_HEADING else "", None
        heads = flatten(
            f"{table.table.caption} {table.column_labels[place.column - 1]} {table.row_labels[place.row - 1]}"
        )
        return "", _scope_under(heads)

    @cached_property
    def exposures(self) -> tuple[tuple[Passage, Exposure], ...]:
        """Everything the document exposes, in the reader's order."""
        return tuple(
            (passage, exposure)
            for _, passage in self.passages.saying(may_expose)
            for exposure in find_exposures(passage.prose.text, column=passage.location.column_label)
        )

    @cached_property
    def index(self) -> Index:
        """The claims of tables by what they are about."""
        return Index(self.claims, self.tabulations, self.timeline)

    @cached_property
    def other_quarters(self) -> OtherQuarters:
        """The texts that name another quarter than the document's own."""
        return judge_other_quarters(self.told, self.index)

    @cached_property
    def _first_bonds(self) -> tuple[Bond, ...]:
        groups = group_passages(self.told)
        bonds = [
            *bind_tables(self.tabulations, self.index),
            *bind_restatements(self.told, self.index, self.other_quarters.slipped),
            *bind_same_cells(self.index),
            *bind_extremes(self.told, self.index),
            *bind_bounded(self.told, self.index),
            *bind_copied(self.told),
            *bind_breakdowns(groups, self.passages),
            *bind_told_sums(groups),
            *find_counts(self.told, self.passages, self.index),
        ]
        siblings = tuple(bind_siblings(self.tabulations, self.index, bonds))
        siblings += tuple(bind_announced(self.tabulations, self.index, (*bonds, *siblings)))
        settled = {bond.relation.target for bond in siblings if bond.relation.verdict is not Verdict.UNDECIDED}
        # Where the lines beside it close without what is blank, the blank counts for nothing.
        bonds = [
            bond
            for bond in bonds
            if not (
                bond.tie is Tie.TABLE_SUM
                and bond.relation.verdict is Verdict.UNDECIDED
                and bond.relation.target in settled
            )
        ]
        return (*bonds, *siblings)

    @cached_property
    def bonds(self) -> tuple[Bond, ...]:
        """All that must agree, whether it does or not; totals in prose last, judged with the wrong lines mended."""
        first = self._first_bonds
        blamed = frozenset(blame.place for blame in _blame(first, self.claims))
        groups = group_passages(self.told)
        totals = bind_totals(groups, self.passages, self.claims, settle_blamed(first, blamed))
        return (*first, *totals)

    @cached_property
    def blames(self) -> tuple[Blame[int], ...]:
        """The figures (claims by number) that explain what does not close, each with its bonds (by number)."""
        return _blame(self.bonds, self.claims)

    @cached_property
    def blame_of(self) -> dict[int, Blame[int]]:
        """For each bond that contradicts, by number, the blame it falls under."""
        return {number: blame for blame in self.blames for number in blame.relations}

    def tabulation(self, number: int | None) -> Tabulation | None:
        """The table of that number, from 1."""
        return self.tabulations[number - 1] if number else None

    def table_holding(self, table: Table) -> Tabulation | None:
        """The understanding of a table of the document."""
        return next((tabulation for tabulation in self.tabulations if tabulation.table is table), None)


@lru_cache(maxsize=1024)
def _scope_under(heads: str) -> Scope | None:
    """The scope that the heads of a cell give its figures."""
    if _LACKING.search(heads):
        return Scope.OTHER
    return Scope.PART if _PRODUCTS.search(heads) else None


def _blame(bonds: Sequence[Bond], claims: Sequence[Claim]) -> tuple[Blame[int], ...]:
    """Charge a sentence before a table, and in a table a total before its parts."""
    rank = {claim.number: (2 if claim.is_cell else 0) + (0 if claim.is_total else 1) for claim in claims}
    # A quotient that holds by rounding vouches for none of its figures.
    numbers = [
        n for n, bond in enumerate(bonds) if bond.relation.operator not in _QUOTIENTS or not bond.relation.verdict.holds
    ]
    blames = assign_blame([bonds[n].relation for n in numbers], rank=rank)
    return tuple(replace(blame, relations=tuple(numbers[n] for n in blame.relations)) for blame in blames)
