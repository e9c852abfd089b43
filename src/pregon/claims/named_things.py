"""Figures of one thing that a sentence names as a table lists it: «a la Rendición de cuentas asistieron 150 personas».

They are held against that thing's own row, never against the whole.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pregon.claims.accounts import Index, attendance_columns
from pregon.claims.bond import Bond, Tie
from pregon.claims.claim import Claim, Scope
from pregon.claims.sentence_grammar import LONGEST
from pregon.claims.stretches import sentence_at
from pregon.claims.tabulation import Tabulation
from pregon.claims.vocabulary import ATTENDEES, flatten
from pregon.document.prose import Operator
from pregon.relations.relation import Relation, Support, choose_reading, judge

_SHORTEST: Final = 8
"""A shorter name may stand in a sentence by chance."""
_CAME: Final = re.compile(r"\basist|\bparticip|\bconcurr|\bacudi|\breuni|\bcongreg")
_OF_ONE: Final = (Scope.WHOLE, Scope.PART)
_ELSE: Final = re.compile(r"\bconvoc|\binvit|\binscri|\batend|\bbenefici|\bcertific|\bencuest|\bde ell[oa]s\b|\d\s*%")
"""Other people than those who came, or some of them."""


_FIGURE: Final = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True, slots=True)
class _Thing:
    name: str
    tabulation: Tabulation
    row: int


class NamedThings:
    """The things that tables with attendance list, by their names."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.things = tuple(
            _Thing(name, tabulation, row)
            for tabulation in index.tabulations
            if attendance_columns(tabulation)
            for row in tabulation.thing_rows
            if len(name := flatten(tabulation.line_name(row)).strip(" .")) >= _SHORTEST
        )

    def is_of_some(self, claim: Claim) -> bool:
        """Whether a sentence speaks of one of the things or of several, so that its people are not all people."""
        return claim.subject.measure == ATTENDEES and claim.scope in _OF_ONE and bool(self._named(claim))

    def bind(self, claim: Claim) -> Bond | None:
        """The figure against the row of the one thing that its sentence ties it to; None where that cannot answer."""
        named = self._tied(claim)
        sentence = _sentence_of(claim)
        if len(named) != 1 or not _CAME.search(sentence) or _ELSE.search(sentence):
            return None
        thing = named[0]
        columns = attendance_columns(thing.tabulation)
        cell = self.index.cells[thing.tabulation.number].get((thing.row, columns[0])) if len(columns) == 1 else None
        if cell is None:
            return None
        stated, computed = choose_reading(claim.amount, [cell.amount])
        verdict = judge(stated, computed)
        relation = Relation(Operator.RECORDED, claim.number, (cell.number,), stated, computed, verdict, Support.LABEL)
        return Bond(Tie.RESTATED, relation, thing.tabulation.number)

    def _named(self, claim: Claim) -> Sequence[_Thing]:
        if not self.things:
            return ()
        sentence = _sentence_of(claim)
        named = [thing for thing in self.things if thing.name in sentence]
        # «Foro de Derechos» inside «Foro de Derechos Humanos» is not named.
        return [
            thing
            for thing in named
            if not any(thing.name != other.name and thing.name in other.name for other in named)
        ]

    def _tied(self, claim: Claim) -> Sequence[_Thing]:
        """Of the things that the sentence names, those between a figure and its neighbours, before it or else after.

        Of «a la feria asistieron 80 y a la rendición de cuentas, 150» the second thing is the next figure's.
        """
        named = self._named(claim)
        text, start, end = flatten(claim.location.text), claim.location.start, claim.location.end or 0
        before = _FIGURE.split(text[max(0, start - LONGEST) : start])[-1]
        after = text[end : end + LONGEST]
        near = [thing for thing in named if thing.name in before]
        return near or [thing for thing in named if thing.name in after and _FIGURE.search(after) is None]


def _sentence_of(claim: Claim) -> str:
    return sentence_at(claim.location.text, claim.location.start or 0)
