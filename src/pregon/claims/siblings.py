"""Sibling lines: what an account that holds in the lines beside it says of the line in which it does not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from pregon.claims.accounts import Index
from pregon.claims.announced import figures_accounted_for, figures_of, print_of
from pregon.claims.bond import Bond, Tie
from pregon.claims.claim import Claim
from pregon.claims.signatures import Account, Fit, Place, Signature, carry_over
from pregon.claims.slips import explains_sum, unit_of
from pregon.claims.tabulation import Face, Tabulation
from pregon.document.prose import Operator
from pregon.figures.amount import Amount
from pregon.relations.find import find_relations
from pregon.relations.labels import is_rate
from pregon.relations.relation import Relation, Support, Verdict

_STRONG_BITS: Final = 40.0
_STRONG_CLOSING: Final = 4
_LEAST_FIGURES: Final = 6


@dataclass(frozen=True, slots=True)
class _Judged:
    """An account of a signature and what is made of it."""

    signature: Signature
    account: Account
    verdict: Verdict


def bind_siblings(tabulations: Sequence[Tabulation], index: Index, known: Sequence[Bond]) -> Iterator[Bond]:
    """The accounts that lines of a table share, where they hold and where they fail.

    `known` are the bonds found by what words say; an account among them is not told twice.
    """
    told = {
        (bond.relation.target, frozenset(bond.relation.operands))
        for bond in known
        if bond.relation.verdict is not Verdict.UNDECIDED
    }
    accounted = figures_accounted_for(known)
    for tabulation in tabulations:
        claims = figures_of(tabulation, index)
        # Where every figure is part of a sum that a word announces and that closes, there is nothing left to look for.
        settled = accounted.get(tabulation.number, set())
        if len(claims) < _LEAST_FIGURES or settled.issuperset(one.number for one in claims.values()):
            continue
        figures = {place: claim.amount for place, claim in claims.items()}
        for judged in _judge_table(tabulation, figures):
            bond = _make_bond(judged, claims, tabulation)
            key = bond.relation.target, frozenset(bond.relation.operands)
            if key not in told:
                told.add(key)
                yield bond


def _judge_table(tabulation: Tabulation, figures: Mapping[Place, Amount]) -> Iterator[_Judged]:
    signatures = [signature for signature in _find(tabulation, figures) if signature.is_sure]
    is_rounded = _is_rounded(signatures)
    quotients = {(one.is_along_row, one.line) for one in signatures if one.operator is not Operator.SUM}
    for signature in signatures:
        rivals = [one for one in signatures if one.is_along_row == signature.is_along_row and one is not signature]
        for account in signature.accounts:
            if account.fit is Fit.CLOSED or (account.fit is Fit.NEAR and is_rounded):
                is_exact = account.stated.value == sum((figures[p].value for p in account.operands), Decimal(0))
                verdict = Verdict.EXACT if is_exact else Verdict.ROUNDED
                yield _Judged(signature, account, verdict)
            elif signature.operator is not Operator.SUM:
                yield _Judged(signature, account, Verdict.CONTRADICTION)
            elif (not signature.is_along_row, account.across) in quotients:
                continue  # a line of means or rates adds up to nothing
            elif not _is_other_kind(account, signature, figures, rivals):
                if _is_explained(account, tabulation):
                    yield _Judged(signature, account, Verdict.CONTRADICTION)
                elif _is_strong(signature) and not _is_between(account, figures):
                    yield _Judged(signature, account, Verdict.UNDECIDED)


def _find(tabulation: Tabulation, figures: Mapping[Place, Amount]) -> tuple[Signature, ...]:
    height, width = len(tabulation.table.spread), tabulation.width
    grid = [[figures.get((row, column)) for column in range(width)] for row in range(height)]
    blanks = frozenset(
        (row, column)
        for row in tabulation.body
        for column in range(width)
        if tabulation.faces[row][column] in (Face.BLANK, Face.DECLARED)
    )
    relations = find_relations(grid, tabulation.row_labels, tabulation.column_labels, blanks)
    rates = (
        frozenset(row for row, label in enumerate(tabulation.row_labels) if is_rate(label)),
        frozenset(column for column, label in enumerate(tabulation.column_labels) if is_rate(label)),
    )
    return carry_over(relations, figures, (height, width), rates)


def _is_rounded(signatures: Sequence[Signature]) -> bool:
    """Whether a table's sums were rounded one by one: two miss by rounding that no common figure explains."""
    near = [
        {account.target, *account.operands}
        for signature in signatures
        if signature.operator is Operator.SUM
        for account in signature.accounts
        if account.fit is Fit.NEAR
    ]
    return len(near) > 1 and not set.intersection(*near)


def _is_strong(signature: Signature) -> bool:
    return signature.bits >= _STRONG_BITS and len(signature.closing) >= _STRONG_CLOSING and len(signature.failing) == 1


def _is_uneven(account: Account, figures: Mapping[Place, Amount]) -> bool:
    """Whether a total shows decimals and its parts none, or the other way round."""
    parts = [figures[place] for place in account.operands]
    return any(unit_of(part) < 1 for part in parts) != (unit_of(account.stated) < 1)


def _is_other_kind(
    account: Account, signature: Signature, figures: Mapping[Place, Amount], rivals: Sequence[Signature]
) -> bool:
    """Whether a line seems to hold figures that are not added: other accounts of its neighbours fail in it too."""
    if _is_uneven(account, figures) and not any(_is_uneven(one, figures) for one in signature.closing):
        return True
    own = {account.target, *account.operands}
    failing = holding = 0
    for rival in rivals:
        for other in rival.accounts:
            if other.across != account.across:
                continue
            is_same_cause = abs(other.difference) == abs(account.difference) and own & {other.target, *other.operands}
            if other.fit is Fit.OFF:
                failing += not is_same_cause
            elif other.bits:
                holding += 1
    return failing > holding


def _is_between(account: Account, figures: Mapping[Place, Amount]) -> bool:
    """Whether what should be a sum lies among its parts, as a mean of them would."""
    values = [figures[place].value for place in account.operands]
    return len(values) > 2 and min(values) <= account.stated.value <= max(values)


def _is_explained(account: Account, tabulation: Tabulation) -> bool:
    """Whether one slip in one of its figures gives the sum as it stands."""
    target = print_of(account.target, tabulation)
    parts = [part for place in account.operands if (part := print_of(place, tabulation)) is not None]
    return target is not None and explains_sum(target, parts)


def _make_bond(judged: _Judged, claims: Mapping[Place, Claim], tabulation: Tabulation) -> Bond:
    account, signature = judged.account, judged.signature
    relation = Relation(
        signature.operator,
        claims[account.target].number,
        tuple(claims[place].number for place in account.operands),
        account.stated,
        account.computed,
        judged.verdict,
        Support.SIBLINGS,
    )
    others = sum(one.fit is Fit.CLOSED and one is not account for one in signature.closing)
    return Bond(Tie.SIBLING, relation, tabulation.number, siblings=others)
