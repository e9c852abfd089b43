"""«Facebook concentró el 34,4 % de las publicaciones»: a share of one network, whose two figures only tables give."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from pregon.claims.accounts import Index, accounts_of
from pregon.claims.claim import Claim, Subject
from pregon.claims.plain_words import is_plain
from pregon.claims.sentence_grammar import LONGEST
from pregon.claims.shares import Share, ratio_of, share_of
from pregon.claims.vocabulary import NETWORKS, SOCIAL, find_entities, flatten, measure_of
from pregon.figures.spanish import print_number
from pregon.relations.relation import middle_of, sum_intervals

_OF_ALL: Final = re.compile(
    r"\s*(?:del total )?de (?:tod[oa]s )?l[oa]s (?P<what>[a-z]+)(?: en redes(?: sociales)?)?\s*(?:$|[.,;(])"
)
"""What a share is of, and nothing more."""
_STOP: Final = re.compile(r"[.;:\n]")


def find_network_shares(told: Sequence[Claim], index: Index) -> Iterator[Share]:
    """The percentages of all networks that plain sentences give to one, against its figure and that of all of them."""
    for claim in told:
        if claim.amount.unit != "%":
            continue
        text = flatten(claim.location.text)
        lead = _STOP.split(text[max(0, claim.location.start - LONGEST) : claim.location.start])[-1]
        match = _OF_ALL.match(text, claim.location.end or 0)
        named = find_entities(lead)
        if match is None or len(named) != 1 or named[0].code not in SOCIAL or not is_plain(lead, ""):
            continue
        begins = claim.location.start - len(lead)
        name = claim.location.text[begins + named[0].start : begins + named[0].end]
        share = _judge(claim._replace(name=name), named[0].code, measure_of(match.group("what")), index)
        if share is not None:
            yield share


def _judge(claim: Claim, network: str, measure: str, index: Index) -> Share | None:
    own = index.timeline.period
    if not measure or claim.subject.period != own:
        return None
    found = [accounts_of(Subject(entity, measure, own), index) for entity in (network, NETWORKS)]
    if not all(accounts and not accounts[0].missing for accounts in found):
        return None
    sums = [sum_intervals(index.claims[number].amount for number in accounts[0].operands) for accounts in found]
    places = [index.claims[accounts[0].operands[0]].location for accounts in found]
    operands = [(print_number(middle_of(each)), place) for each, place in zip(sums, places, strict=True)]
    computed = ratio_of(*sums)
    return None if computed is None else share_of(claim.text, claim.location, claim.name, operands, computed)
