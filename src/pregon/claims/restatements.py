"""Restatements: the figures of sentences that tables give, or that other sentences repeat."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal
from typing import Final

from pregon.claims.accounts import Account, Index, accounts_of, relate
from pregon.claims.binding import bind_same
from pregon.claims.bond import Bond, Tie
from pregon.claims.claim import Claim, Scope, Subject
from pregon.claims.named_rows import NamedRows
from pregon.claims.named_things import NamedThings
from pregon.claims.slips import Printed, explains_sum, is_slip
from pregon.claims.stretches import sentence_at
from pregon.relations.relation import Verdict

_BESIDE: Final = 80
"""How far after a figure the one may stand that is the table's, in characters."""
_LEAST_OF_DUE: Final = Decimal("0.74")
_MOST_OF_DUE: Final = Decimal("1.35")
"""Between these times of what is due, a figure is near enough to be the one that was meant."""


def bind_restatements(claims: Sequence[Claim], index: Index, slipped: Collection[int]) -> Iterator[Bond]:
    """Each figure of a sentence against the table that gives the same thing, and against other sentences.

    `slipped` are the texts whose quarter is a slip: their figures are held against the report's own.
    """
    beside: dict[int, list[Claim]] = defaultdict(list)
    for claim in claims:
        beside[claim.passage].append(claim)
    for bond in _bind_all(claims, index, slipped):
        claim = index.claims[bond.relation.target]
        if not _is_answered_beside(claim, bond, beside[claim.passage]):
            yield bond


def _is_answered_beside(claim: Claim, bond: Bond, beside: Sequence[Claim]) -> bool:
    """Whether another figure of the sentence is the one that the table gives, so that this one is something else.

    «Se recibieron 45 solicitudes y se atendieron 40»: the table's are the 40.
    """
    if bond.tie is not Tie.RESTATED or bond.relation.verdict is not Verdict.CONTRADICTION:
        return False
    sentence = sentence_at(claim.location.text, claim.location.start)
    return any(
        other.amount.value == bond.relation.value
        and other.subject.measure in {"", claim.subject.measure}
        and other.subject.entity in {"", claim.subject.entity}
        and sentence_at(other.location.text, other.location.start) == sentence
        for other in beside
        if 0 < other.location.start - claim.location.start < _BESIDE
    )


def _bind_all(claims: Sequence[Claim], index: Index, slipped: Collection[int]) -> Iterator[Bond]:
    unanswered: dict[object, list[Claim]] = defaultdict(list)
    things, rows = NamedThings(index), NamedRows(index)
    for claim in claims:
        if claim.scope in (Scope.OTHER, Scope.BOUND, Scope.MEAN, Scope.EXTREME) or claim.amount.unit:
            continue
        if things.is_of_some(claim):
            if bond := things.bind(claim):
                yield bond
            continue
        subject = _settle(claim, rows, index)
        if claim.passage in slipped:
            subject = subject._replace(period=index.timeline.period)
        accounts = accounts_of(subject, index)
        if claim.scope is Scope.PART:
            yield from _bind_part(claim, accounts, index)
        elif accounts:
            yield from _bind_whole(claim, accounts, index)
        elif subject.entity and subject.measure and not claim.is_bound_by_context:
            unanswered[subject].append(claim)
    for same in unanswered.values():
        yield from bind_same(same, Tie.SAME_PROSE)


def _settle(claim: Claim, rows: NamedRows, index: Index) -> Subject:
    """What a figure is of: the row its sentence names, what it says itself, or the only one that has such figures."""
    if named := rows.entity_of(claim):
        return claim.subject._replace(entity=named)
    return claim.subject if claim.subject in index.by_subject else index.settle(claim.subject)


def _bind_whole(claim: Claim, accounts: Sequence[Account], index: Index) -> Iterator[Bond]:
    bond = _best(claim, accounts, index)
    if not _may_be_something_else(claim, bond, index):
        yield bond


def _best(claim: Claim, accounts: Sequence[Account], index: Index) -> Bond:
    """The account that answers a claim: one that closes, else the nearest that is complete, else the nearest."""
    relations = [(relate(claim, account, index), account) for account in accounts]
    order = {Verdict.EXACT: 0, Verdict.ROUNDED: 1, Verdict.CONTRADICTION: 2, Verdict.UNDECIDED: 3}
    relation, account = min(relations, key=lambda pair: (order[pair[0].verdict], abs(pair[0].difference)))
    return Bond(Tie.RESTATED, relation, account.table)


def _may_be_something_else(claim: Claim, bond: Bond, index: Index) -> bool:
    """Whether a figure that disagrees is more likely to be of something else than a slip.

    Its sentence says more than who, what and when; it is far from what the table gives; and no slip leads from one to
    the other: a digit, a nought, the value of another cell of the table, a part left out.
    """
    relation = bond.relation
    if claim.is_plain or relation.verdict is not Verdict.CONTRADICTION or bond.table is None:
        return False
    due, stated = relation.value, claim.amount.value
    if _LEAST_OF_DUE * due <= stated <= _MOST_OF_DUE * due:
        return False
    cells = index.cells[bond.table].values()
    printed = Printed(claim.amount, frozenset(cell.amount.value for cell in cells))
    parts = [Printed(index.claims[number].amount) for number in relation.operands]
    return not (is_slip(printed, due) or (len(parts) > 1 and explains_sum(printed, parts)))


def _bind_part(claim: Claim, accounts: Sequence[Account], index: Index) -> Iterator[Bond]:
    for account in accounts:
        relation = relate(claim, account, index)
        if account.missing or relation.verdict.holds:
            continue
        verdict = Verdict.CONTRADICTION if claim.amount.interval.low > relation.computed.high else Verdict.EXACT
        if verdict is Verdict.CONTRADICTION:
            yield Bond(Tie.PART_OF_WHOLE, relation._replace(verdict=verdict), account.table)
        return
