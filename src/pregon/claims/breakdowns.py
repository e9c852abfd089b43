"""Sums told in words: «273: 94 en Facebook, 89 en Instagram y 90 en X», a list under its figure, «un total de 278»."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from pregon.claims.binding import PassageClaims
from pregon.claims.bond import Bond, Tie
from pregon.claims.claim import Claim, Scope
from pregon.claims.slips import Printed, explains_sum
from pregon.claims.vocabulary import NETWORKS, SOCIAL, flatten
from pregon.document.model import Passage
from pregon.document.prose import Operator
from pregon.figures.spanish import print_number
from pregon.relations.relation import Relation, Support, Verdict, judge, sum_intervals

_SOME: Final = re.compile(r"\bentre (?:ell|otr)[oa]s\b|\bdestac|\bprincipal|\bincluid|\bpor ejemplo\b|\bcomo\b")
_EQUATION: Final = re.compile(r"\d[\d.,]*(?:\s*\+\s*\d[\d.,]*)+\s*=\s*\d[\d.,]*")
_OF_WHICH: Final = re.compile(
    r"^[^.;:\n\d]{0,60},? (?:de l[oa]s (?:que|cuales)|de ell[oa]s|de est[oa]s)\b[^.;:\n\d]{0,30}$"
)
_BREAKS: Final = re.compile(r"[.;:\n]")
_LAST: Final = re.compile(r" [ye] [^,]*$")
"""What comes before the last part of a list."""
_LEAD: Final = re.compile(r"\s*[^\W\d_][^:\n]{0,50}:\s*$")


def bind_breakdowns(groups: Sequence[PassageClaims], passages: Sequence[Passage]) -> Iterator[Bond]:
    """Breakdowns inside a sentence and in the list that follows one."""
    for group in groups:
        yield from _equations(group)
        yield from _inside(group)
        yield from _of_which(group)
    for place, group in enumerate(groups):
        listed = _list_after(place, groups, passages)
        if listed:
            yield from _under(group, listed)


def _relation(target: Claim, operands: Sequence[Claim]) -> Relation[int]:
    computed = sum_intervals(claim.amount for claim in operands)
    return Relation(
        Operator.SUM,
        target.number,
        tuple(claim.number for claim in operands),
        target.amount,
        computed,
        judge(target.amount, computed),
        Support.LABEL,
    )


def _equations(group: PassageClaims) -> Iterator[Bond]:
    for match in _EQUATION.finditer(group.claims[0].location.text):
        inside = [claim for claim in group.claims if match.start() <= claim.location.start < match.end()]
        if len(inside) > 2:
            yield Bond(Tie.EQUATION, _relation(inside[-1], inside[:-1]))


def _inside(group: PassageClaims) -> Iterator[Bond]:
    """A figure, a colon, and its parts up to the end of the sentence."""
    claims = group.claims
    text = flatten(claims[0].location.text)
    for place, head in enumerate(claims[:-2]):
        following = claims[place + 1 :]
        gap = text[head.location.end or 0 : following[0].location.start]
        if head.scope is not Scope.WHOLE or ":" not in gap or re.search(r"[.;\n]", gap):
            continue
        parts: list[Claim] = []
        for claim in following:
            between = text[(parts[-1].location.end or 0) if parts else claim.location.start : claim.location.start]
            if re.search(r"[.;:\n]", between) or claim.is_total:
                break
            parts.append(claim)
        words = text[head.location.start : (parts[-1].location.end or 0) + 30] if parts else ""
        if len(parts) < 2 or _SOME.search(words) or any(part.scope is not Scope.WHOLE for part in parts):
            continue
        if any(part.amount.unit != head.amount.unit for part in parts) or not _are_apart(parts):
            continue
        yield Bond(Tie.BREAKDOWN, _closest(head, parts))


def _of_which(group: PassageClaims) -> Iterator[Bond]:
    """«462 personas, de las cuales 250 fueron mujeres y 212 hombres»: parts that need not be all of them.

    They are held against the figure only where they make it, or where one slip keeps them from it.
    """
    text = flatten(group.claims[0].location.text)
    for place, head in enumerate(group.claims[:-2]):
        following = group.claims[place + 1 :]
        if head.scope is not Scope.WHOLE or not _OF_WHICH.search(
            text[head.location.end or 0 : following[0].location.start]
        ):
            continue
        parts = [following[0]]
        for claim in following[1:]:
            between = text[parts[-1].location.end or 0 : claim.location.start]
            if _BREAKS.search(between):
                break
            parts.append(claim)
        if len(parts) < 2 or any(part.amount.unit != head.amount.unit for part in parts):
            continue
        last = text[parts[-2].location.end or 0 : parts[-1].location.start]
        relation = _relation(head, parts)
        is_explained = explains_sum(Printed(head.amount), [Printed(part.amount) for part in parts])
        if _LAST.search(last) and (relation.verdict.holds or is_explained):
            yield Bond(Tie.BREAKDOWN, relation)


def _closest(head: Claim, parts: Sequence[Claim]) -> Relation[int]:
    """All the parts; those before one that counts something else, where with it they do not close."""
    every = _relation(head, parts)
    until = next((place for place, part in enumerate(parts) if _counts_else(part, head)), len(parts))
    return every if every.verdict.holds or until < 2 else _relation(head, parts[:until])


def _counts_else(claim: Claim, head: Claim) -> bool:
    """Whether a figure counts something that is none of the head's: news after posts."""
    measures = {claim.subject.measure, head.subject.measure}
    return len(measures) > 1 and all(measure and not measure.startswith("~") for measure in measures)


def _are_apart(parts: Sequence[Claim]) -> bool:
    """Whether each part is of another network, month or kind («36 de diseño y 4 de video»): they can be added."""
    return len({(part.subject, "" if part.subject.entity else flatten(part.name)) for part in parts}) == len(parts)


def _list_after(place: int, groups: Sequence[PassageClaims], passages: Sequence[Passage]) -> tuple[PassageClaims, ...]:
    """The lines «Facebook: 94 publicaciones» right after a text that ends with a colon."""
    group = groups[place]
    if not passages[group.passage].prose.text.rstrip().endswith(":"):
        return ()
    found: list[PassageClaims] = []
    last = group.passage
    for later in groups[place + 1 :]:
        between = passages[last + 1 : later.passage]
        if any(passage.prose.text.strip() for passage in between) or not _is_line(later):
            break
        found.append(later)
        last = later.passage
    return tuple(found) if len(found) > 1 else ()


def _is_line(group: PassageClaims) -> bool:
    first = group.claims[0]
    return (
        len(group.claims) == 1
        and first.scope is Scope.WHOLE
        and not first.is_total
        and _LEAD.fullmatch(first.location.text[: first.location.start]) is not None
    )


def _under(group: PassageClaims, listed: Sequence[PassageClaims]) -> Iterator[Bond]:
    lines = [line.claims[0] for line in listed]
    for head in group.claims:
        if head.scope is not Scope.WHOLE:
            continue
        if head.subject.entity == NETWORKS:
            parts = [line for line in lines if line.subject.entity in SOCIAL]
        elif not head.subject.entity and len(group.claims) == 1:
            parts = [line for line in lines if line.subject.measure == head.subject.measure]
        else:
            continue
        if len(parts) > 1 and _are_apart(parts):
            yield Bond(Tie.BREAKDOWN, _relation(head, parts))


def bind_totals(
    groups: Sequence[PassageClaims],
    passages: Sequence[Passage],
    claims: Sequence[Claim],
    settled: dict[int, tuple[int, ...]],
) -> Iterator[Bond]:
    """A total said after a list, against the list and against the sentence that opened it.

    `settled` gives, for a figure that its own table contradicts, the cells that answer for it: a total is not called
    wrong for the sake of a wrong line.
    """
    for place, group in enumerate(groups):
        for total in group.claims:
            if not total.is_total or total.subject.entity not in ("", NETWORKS) or total.scope is not Scope.WHOLE:
                continue
            opened = _opening_before(place, groups, passages)
            if opened is None:
                continue
            opening, lines = opened
            readings = [tuple(line.claims[0] for line in lines)]
            heads = tuple(claim for claim in opening.claims if claim.scope is Scope.WHOLE)
            readings += [heads] if len(heads) > 1 else []
            yield _bind_total(total, readings, claims, settled)


def _opening_before(
    place: int, groups: Sequence[PassageClaims], passages: Sequence[Passage]
) -> tuple[PassageClaims, tuple[PassageClaims, ...]] | None:
    for earlier in range(place - 1, max(-1, place - 16), -1):
        listed = _list_after(earlier, groups, passages)
        if listed and listed[-1].passage < groups[place].passage <= listed[-1].passage + 3:
            return groups[earlier], listed
    return None


def _bind_total(
    total: Claim, readings: Sequence[tuple[Claim, ...]], claims: Sequence[Claim], settled: dict[int, tuple[int, ...]]
) -> Bond:
    printed = [_relation(total, reading) for reading in readings]
    for relation in printed:
        if relation.verdict.holds:
            return Bond(Tie.TOTAL_IN_PROSE, relation)
    mended = [
        _relation(total, [claims[n] for claim in reading for n in settled.get(claim.number, (claim.number,))])
        for reading in readings
    ]
    closing = next((relation for relation in mended if relation.verdict.holds), None)
    tried = tuple(
        (" + ".join(claim.text for claim in reading), print_number(relation.value))
        for reading, relation in zip(readings, printed, strict=True)
        if relation.value != mended[0].value
    )
    # A total that closes once its lines are mended holds: the lines are what is wrong.
    return Bond(Tie.TOTAL_IN_PROSE, closing or mended[-1], tried=tried)


def settle_blamed(bonds: Sequence[Bond], blamed: frozenset[int]) -> dict[int, tuple[int, ...]]:
    """For each blamed figure that a table contradicts, the cells that give its right value."""
    return {
        bond.relation.target: bond.relation.operands
        for bond in bonds
        if bond.tie is Tie.RESTATED
        and bond.relation.verdict is Verdict.CONTRADICTION
        and bond.relation.target in blamed
    }
