"""Sentences of another quarter than the report's: a slip in its name, or a figure that really is of that quarter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from pregon.claims.accounts import Account, Index, accounts_of, relate
from pregon.claims.claim import Claim, Scope
from pregon.claims.vocabulary import NETWORKS, flatten
from pregon.relations.relation import Verdict

_LEAST_TELLING: Final = Decimal(10)
"""A figure from which on an equal one is no accident, so that a slip in its sentence's period can be seen."""


_LEADS: Final = re.compile(
    r"(?:^|[.?!\n]|:\s)\W*(?:(?:durante|en|para|a lo largo de|en el curso de|al cierre de|al) )?(?:el )?$"
)
_PRESENT: Final = re.compile(r"\b(?:presente|actual|este)\s*$")


def leads(text: str, start: int) -> bool:
    """Whether a whole sentence is of the period that is named at `start`: it begins with it.

    >>> leads("En el tercer trimestre se hizo", 6), leads("La estrategia del tercer trimestre", 18)
    (True, False)
    """
    return _LEADS.search(flatten(text[:start])) is not None


def calls_present(text: str, start: int) -> bool:
    """Whether a text says itself that it is of the period named at `start`: «en el presente segundo trimestre»."""
    return _PRESENT.search(flatten(text[:start])) is not None


@dataclass(frozen=True, slots=True)
class OtherQuarters:
    """The texts (by number) that name another quarter, by what their figures say of it."""

    slipped: frozenset[int]
    """Those whose main figure is the report's own: only the name of the quarter is wrong."""
    apart: frozenset[int]
    """Those whose figures are other than the report's own: they may be of that quarter, or of an earlier report."""


def judge_other_quarters(told: Sequence[Claim], index: Index) -> OtherQuarters:
    """Hold the figures of each text that names another quarter against the report's own."""
    slipped: set[int] = set()
    apart: set[int] = set()
    for claim, accounts in _of_other_quarters(told, index):
        is_own = any(relate(claim, account, index).verdict is Verdict.EXACT for account in accounts)
        (slipped if is_own else apart).add(claim.passage)
    return OtherQuarters(frozenset(slipped), frozenset(apart - slipped))


def _of_other_quarters(told: Sequence[Claim], index: Index) -> Iterator[tuple[Claim, tuple[Account, ...]]]:
    """The figures said to be of another quarter, for which tables answer in the report's own and not in that one."""
    own = index.timeline.period
    for claim in told:
        period = claim.subject.period
        if own is None or period is None or period == own or claim.scope is not Scope.WHOLE:
            continue
        if claim.amount.value < _LEAST_TELLING or len(period.months) != len(own.months):
            continue
        subject = index.settle(claim.subject)
        accounts = accounts_of(subject._replace(period=own), index)
        if not subject.entity:  # publications of nobody in particular may be those of all the networks
            accounts += accounts_of(subject._replace(entity=NETWORKS, period=own), index)
        if accounts and not accounts_of(subject, index):
            yield claim, accounts
