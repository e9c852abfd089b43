"""How much of its subject a figure of a sentence speaks of: all of it, a part, a mean, a bound, or something else."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pregon.claims import sentence_grammar as grammar
from pregon.claims.claim import Scope
from pregon.claims.figure_time import FigureTime
from pregon.claims.sentence_subject import Doer, doer_of
from pregon.claims.vocabulary import ATTENDEES, CAMPAIGNS, EVENTS
from pregon.figures.amount import Amount


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a sentence with the words before it (since the last number) and after it (up to the next)."""

    amount: Amount
    start: int
    end: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Told:
    """What a sentence has said up to a number, flattened: in its line, and since it began.

    `people_come` says that its paragraph or title speaks of something to which people come; `compares` that it has set
    one thing against another; `is_of_several` that several names share the number.
    """

    line: str
    lead: str
    people_come: bool
    compares: bool
    is_of_several: bool


def scope_of(number: Number, measure: str, told: Told, time: FigureTime, *, has_month: bool) -> Scope:
    """How much of its subject a number speaks of, by its unit, its time and the words around it."""
    if number.amount.unit:
        return Scope.OTHER
    scope = _by_words(number, told.line, compares=told.compares)
    if scope is Scope.EXTREME and has_month:
        scope = Scope.WHOLE  # «el mes mayor fue octubre, con 34.811»: the whole of October
    if scope is not Scope.WHOLE:
        return scope
    if time.is_other or told.is_of_several:
        return Scope.OTHER
    return _narrowed(number, told.lead, measure, people_come=told.people_come)


def _by_words(number: Number, line: str, *, compares: bool) -> Scope:
    if grammar.PRODUCTS.match(line):
        return Scope.PART
    if (
        grammar.LACKING.match(line)
        or grammar.SIGN_BEFORE.search(number.before)
        or grammar.MOVES_FROM.search(number.before)
        or grammar.MOVES_BY.search(number.before)
        or grammar.DIFFERS.search(number.before)
    ):
        return Scope.OTHER
    marks = list(grammar.BEFORE.finditer(number.before))
    if any(mark.lastgroup == "mean" for mark in marks):
        return Scope.MEAN
    if compares or grammar.AFTER.match(number.after[:60]):
        return Scope.OTHER
    for mark in reversed(marks):
        is_near = len(grammar.WORD.findall(number.before[mark.end() :])) <= 1
        if mark.lastgroup in {"extreme", "most"}:
            return Scope.EXTREME
        if is_near:
            return Scope.BOUND if mark.lastgroup == "bound" else Scope.OTHER
    return Scope.WHOLE


def _narrowed(number: Number, lead: str, measure: str, *, people_come: bool) -> Scope:
    """The scope of a figure that no word right beside narrows: what is planned, or people who came to nothing («cada
    mensaje llegó a 150 personas»), is not held against the whole; of one campaign, event or office, it is a part.

    `lead` is the sentence before it.
    """
    if grammar.PLANNED.search(lead) or grammar.AIMED.search(number.before) or grammar.SOME.search(lead):
        return Scope.OTHER
    if measure == ATTENDEES and not people_come:
        return Scope.OTHER
    doer = doer_of(lead)
    if doer is Doer.EACH or grammar.OTHER_DEEDS.search(number.before):
        return Scope.OTHER
    near = re.split(r"[,;:.()\n]", number.after, maxsplit=1)[0]
    narrowing = [
        grammar.NARROWED_NOUN.search(number.before),
        grammar.OF_OFFICE.search(lead),
        grammar.WITHIN.search(lead),
        grammar.WITHIN.search(near),
    ]
    narrowing.append(grammar.ABOUT.search(near))
    if measure not in {CAMPAIGNS, EVENTS, ATTENDEES}:
        narrowing += [grammar.OF_ONE.search(lead), grammar.OF_ONE.search(near)]
    return Scope.PART if doer is Doer.PART or any(narrowing) else Scope.WHOLE
