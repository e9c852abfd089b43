"""Sums that one sentence tells without a colon: its parts and then their total, a total with its parts in brackets.

«94 publicaciones en Facebook, 89 en Instagram y 90 en X, para un total de 273»; «30 mensajes (9 en julio, 11 en agosto
y 10 en septiembre)»; «de las 273 publicaciones, 94 fueron en Facebook, 89 en Instagram y 90 en X».
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from pregon.claims.binding import PassageClaims
from pregon.claims.bond import Bond, Tie
from pregon.claims.claim import Claim, Scope
from pregon.claims.vocabulary import flatten
from pregon.document.prose import Operator
from pregon.figures.metric import CATALOGUE, Additivity
from pregon.relations.relation import Relation, Support, Verdict, judge, sum_intervals

_FAR: Final = 3
"""A total is not so many times what its parts give: it adds up something else."""
_FARTHEST: Final = 200
"""How long the words of a total may be, in characters."""
_NEAR: Final = 12
"""Where «de las» stands before its number, in characters."""
_TOTAL_COMES: Final = re.compile(
    r"(?:[,;(]|\by\b)?\s*"
    r"(?:(?:para|con|lo que (?:da|arroja|suma|representa)|que (?:da|dan|arrojan)|y|es decir,?|o sea,?)\s+)?"
    r"(?:(?:un|el)\s+)?(?:gran\s+)?total(?:\s+general)?(?:\s+(?:fue|es))?(?:\s+de)?[:,]?\s*$"
    r"|\b(?:en total,?|(?:que|lo que|los cuales|las cuales) (?:suman?|totalizan))(?:\s+(?:un total de))?\s*$"
)
"""The words right before a total that closes its parts."""
_TOTAL_CLOSES: Final = re.compile(r"^(?:\s+[a-zñ]+){0,4}\s+en total\b")
_NEXT_PART: Final = re.compile(
    r"(?:,\s*(?:y\s+)?|\s+y\s+|\s+e\s+|\s+mas\s+)(?:otr[oa]s\s+)?"
    r"(?:(?:en|por|a traves de)\s+(?:la\s+|el\s+)?[a-zñ]+,?\s+)?$"
)
"""What parts one part from the next, right up to its number."""
_OTHER_TIME: Final = re.compile(
    r"\bacumulad|\ben lo corrido\b|\ba la fecha\b|\bano\b|\banual|\bsemestre\b|\bvigencia\b"
)
_SOME: Final = re.compile(
    r"\bde (?:ell[oa]s|l[oa]s cuales)\b|\bentre (?:ell|otr)[oa]s\b|\bdestac|\bprincipal|\bincluid|\bpor ejemplo\b"
    r"|\bcomo\b|\bal menos\b|\bsolo\b|\bmas de\b|\bcerca de\b|\bcasi\b"
)
"""Words by which the parts told are not all, or not told exactly."""
_BREAK: Final = re.compile(r"[.;:\n]")
_OF_ALL: Final = re.compile(r"\bde l[oa]s\s+$")


def bind_told_sums(groups: Sequence[PassageClaims]) -> Iterator[Bond]:
    """The sums told inside the sentences of each text."""
    for group in groups:
        if len(group.claims) > 2:
            text = flatten(group.claims[0].location.text)
            yield from _closed_by_a_total(group.claims, text)
            yield from _in_brackets(group.claims, text)
            yield from _out_of_all(group.claims, text)


def _start(claim: Claim) -> int:
    return claim.location.start or 0


def _end(claim: Claim) -> int:
    return claim.location.end or 0


def _closed_by_a_total(claims: Sequence[Claim], text: str) -> Iterator[Bond]:
    """Parts, and right after them the words of a total."""
    for place in range(2, len(claims)):
        total = claims[place]
        gap = text[_end(claims[place - 1]) : _start(total)]
        closes = _TOTAL_CLOSES.match(text[_end(total) : _end(total) + 60])
        if not (_TOTAL_COMES.search(gap[-_FARTHEST:]) or (closes and _NEXT_PART.search(gap))) or re.search(
            r"[.\n]", gap
        ):
            continue
        parts = _joined_before(claims, place, text)
        after = re.split(r"[.;\n]", text[_end(total) : _end(total) + 60], maxsplit=1)[0]
        if len(parts) < 2 or _OTHER_TIME.search(gap + after) or _SOME.search(text[_start(parts[0]) : _start(total)]):
            continue
        yield from _bind(total, parts, is_said_to_add_up=True)


def _joined_before(claims: Sequence[Claim], place: int, text: str) -> tuple[Claim, ...]:
    """The figures that stand joined by commas and «y» up to the one at that place."""
    parts = [claims[place - 1]]
    for earlier in reversed(claims[: place - 1]):
        gap = text[_end(earlier) : _start(parts[0])]
        if _BREAK.search(gap) or not _NEXT_PART.search(gap) or "(" in gap:
            break
        parts.insert(0, earlier)
    return tuple(parts)


def _in_brackets(claims: Sequence[Claim], text: str) -> Iterator[Bond]:
    """A figure, and in the brackets after its noun the parts of it."""
    for place, head in enumerate(claims[:-2]):
        opening = text[_end(head) : _start(claims[place + 1])]
        if head.scope is not Scope.WHOLE or "(" not in opening or re.search(r"[.;:,\n)]", opening):
            continue
        closing = text.find(")", _end(head))
        parts = tuple(claim for claim in claims[place + 1 :] if _end(claim) <= closing)
        joined = all(_NEXT_PART.search(text[_end(one) : _start(other)]) for one, other in pairwise(parts))
        if len(parts) > 1 and joined and not _SOME.search(text[_end(head) : closing]):
            yield from _bind(head, parts)


def _out_of_all(claims: Sequence[Claim], text: str) -> Iterator[Bond]:
    """«De las 273 publicaciones, 94 fueron …»: the parts may not be all; they cannot be more than all."""
    for place, head in enumerate(claims[:-2]):
        if not _OF_ALL.search(text[max(0, _start(head) - _NEAR) : _start(head)]) or head.amount.unit:
            continue
        first = claims[place + 1]
        gap = text[_end(head) : _start(first)]
        if "," not in gap or _BREAK.search(gap):
            continue
        parts = [first]
        for claim in claims[place + 2 :]:
            if not _NEXT_PART.search(text[_end(parts[-1]) : _start(claim)]):
                break
            parts.append(claim)
        if len(parts) > 1 and sum(part.amount.interval.low for part in parts) >= head.amount.interval.low:
            yield from _bind(head, parts)


def _bind(total: Claim, parts: Sequence[Claim], *, is_said_to_add_up: bool = False) -> Iterator[Bond]:
    """The bond of a total and parts that can be added; nothing where they may be other things.

    Parts that differ in their noun alone may overlap («45 personas (30 mujeres y 20 jóvenes)»): they are wrong only
    where the sentence says that they make the total.
    """
    if total.amount.unit or total.scope not in (Scope.WHOLE, Scope.OTHER) or total.is_cell:
        return
    if any(part.amount.unit or part.scope is not Scope.WHOLE for part in parts):
        return
    if len({(part.subject, part.name) for part in parts}) < len(parts) or not _can_be_added(total, parts):
        return
    computed = sum_intervals(part.amount for part in parts)
    verdict = judge(total.amount, computed)
    stated, low, high = total.amount.value, computed.low, max(part.amount.value for part in parts)
    if verdict is Verdict.CONTRADICTION and not (
        high <= stated <= low * _FAR and (is_said_to_add_up or _are_apart(parts))
    ):
        return
    numbers = tuple(part.number for part in parts)
    relation = Relation(Operator.SUM, total.number, numbers, total.amount, computed, verdict, Support.LABEL)
    yield Bond(Tie.BREAKDOWN, relation)


def _are_apart(parts: Sequence[Claim]) -> bool:
    """Whether each is of another channel or month, so that nothing is in two of them."""
    return len({(part.subject.entity, part.subject.period) for part in parts}) == len(parts)


def _can_be_added(total: Claim, parts: Sequence[Claim]) -> bool:
    """Whether they may be: not people reached over months, nor posts and interactions, nor months of another period."""
    spans = {part.subject.period for part in parts}
    counted = {part.subject.measure for part in parts if part.subject.measure in CATALOGUE}
    if len(counted) > 1 and total.subject.measure not in CATALOGUE:
        return False
    for measure in {total.subject.measure, *counted}:
        metric = CATALOGUE.get(measure)
        if metric is not None and len(spans) > 1 and metric.over_time is not Additivity.ADDABLE:
            return False
    period = total.subject.period
    return period is None or all(span is None or period.contains(span) for span in spans)
