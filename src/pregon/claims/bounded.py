"""Figures told by a bound, against the tables: «más de 90.000 visitas», «casi 300 publicaciones», «al menos 7»."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from pregon.claims.accounts import Index, accounts_of, relate
from pregon.claims.bond import Bond, Tie
from pregon.claims.claim import Claim, Scope
from pregon.claims.vocabulary import flatten
from pregon.figures.amount import Interval
from pregon.relations.relation import Verdict

_BOUND: Final = re.compile(
    r"\b(?:(?P<above>mas de|al menos|por lo menos|como minimo|no menos de"
    r"|(?:super|sobrepas|rebas)(?:o|a|an|aron|amos|ando|ar)|pas(?:o|aron) de(?= l[oa]s))"
    r"|(?P<below>menos de|no mas de|maximo)|(?P<almost>casi)"
    r"|(?P<about>cerca de|alrededor de|aproximadamente|se acerc(?:o|a|aron|an) a))(?: l[oa]s| un[oa]s)?\s*$"
)
"""The words right before a figure. «No menos de» and «no más de» come before what they hold."""
_NEAR: Final = Decimal("0.2")
"""«Casi» and «cerca de» speak of no less than four fifths of their figure, nor «cerca de» of more than six."""


def bind_bounded(claims: Sequence[Claim], index: Index) -> Iterator[Bond]:
    """Each figure told by a bound with the account that answers for its subject, where one is whole."""
    for claim in claims:
        if claim.scope is not Scope.BOUND or claim.amount.unit:
            continue
        bound = _find_bound(claim)
        subject = claim.subject if claim.subject in index.by_subject else index.settle(claim.subject)
        account = next((account for account in accounts_of(subject, index) if not account.missing), None)
        if bound is None or account is None:
            continue
        relation = relate(claim, account, index)
        verdict = (
            Verdict.EXACT
            if _holds(bound.lastgroup or "", claim.amount.value, relation.computed)
            else Verdict.CONTRADICTION
        )
        yield Bond(Tie.BOUND, relation._replace(verdict=verdict), account.table)


def quote_bound(claim: Claim) -> str:
    """A figure with the words of its bound, as printed: «más de 90.000»."""
    found = _find_bound(claim)
    start = claim.location.start or 0
    return claim.location.text[found.start() if found else start : claim.location.end]


def _find_bound(claim: Claim) -> re.Match[str] | None:
    return _BOUND.search(flatten(claim.location.text[: claim.location.start]))


def _holds(kind: str, figure: Decimal, actual: Interval) -> bool:
    match kind:
        case "above":
            return actual.high >= figure
        case "below":
            return actual.low <= figure
        case "almost":
            return actual.low <= figure and actual.high >= figure * (1 - _NEAR)
        case _:
            return actual.low <= figure * (1 + _NEAR) and actual.high >= figure * (1 - _NEAR)
