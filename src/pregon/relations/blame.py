"""Blame: of the figures in accounts that do not close, the one whose correction closes most of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from heapq import heapify, heappop, heappush
from typing import Final, Generic

from pregon.document.prose import Operator
from pregon.relations.relation import P, Relation, Verdict

_LINEAR: Final = (Operator.SUM, Operator.RECORDED, Operator.MAXIMUM)
"""Operators in which an error of one operand moves the result by as much."""


@dataclass(frozen=True, slots=True)
class Blame(Generic[P]):
    """The figure at `place` is off by `difference` (printed less right), which explains `relations` (their numbers).

    `is_sure` says that two accounts or more point at it, and that no other figure explains as many.
    """

    place: P
    difference: Decimal
    relations: tuple[int, ...]
    is_sure: bool


def assign_blame(  # noqa: C901 -- one loop over a heap and the counts that go with it
    relations: Sequence[Relation[P]], *, rank: dict[P, int]
) -> tuple[Blame[P], ...]:
    """Part the relations that contradict among the fewest figures that explain them.

    A figure can be blamed for relations when one same correction closes them all and it has no part in any account
    that holds. Ties go to the lower `rank` (a sentence before a table, a total before its parts), then to the
    earlier place, so that the answer never depends on chance. A relation that nothing else explains is charged to its
    own target.
    """
    open_relations = {number for number, relation in enumerate(relations) if relation.verdict is Verdict.CONTRADICTION}
    options = _options(relations, open_relations, _trusted(relations))
    # A long list of figures that all disagree with one has thousands of options: each is weighed again only when a
    # blame has taken relations from it.
    told: dict[int, dict[tuple[P, Decimal], int]] = defaultdict(dict)
    for number in open_relations:
        relation = relations[number]
        mended = [(relation.target, relation.difference), *((each, -relation.difference) for each in relation.operands)]
        for turn, key in enumerate(mended):
            if number in options.get(key, ()):
                told[number].setdefault(key, turn)
    sizes = Counter((len(numbers), place) for (place, _), numbers in options.items())
    widths = Counter(len(numbers) for numbers in options.values())

    def weigh(key: tuple[P, Decimal]) -> tuple[int, int, int, int]:
        first = min(options[key])
        return -len(options[key]), rank.get(key[0], 0), first, told[first][key]

    keys = list(options)
    heap = [(*weigh(key), place) for place, key in enumerate(keys)]
    heapify(heap)
    numbered = {key: place for place, key in enumerate(keys)}
    blames: list[Blame[P]] = []
    while heap:
        *weight, at = heappop(heap)
        key = keys[at]
        if not options[key] or tuple(weight) != weigh(key):
            continue
        numbers = frozenset(options[key])
        place, difference = key
        has_rivals = widths[len(numbers)] > sizes[len(numbers), place]
        blames.append(Blame(place, difference, tuple(sorted(numbers)), is_sure=len(numbers) > 1 and not has_rivals))
        open_relations -= numbers
        for other in dict.fromkeys(each for number in sorted(numbers) for each in told[number]):
            for change in (-1, 1):
                widths[len(options[other])] += change
                sizes[len(options[other]), other[0]] += change
                if change < 0:
                    options[other] -= numbers
            if options[other]:
                heappush(heap, (*weigh(other), numbered[other]))
    for number in sorted(open_relations):
        relation = relations[number]
        blames.append(Blame(relation.target, relation.difference, (number,), is_sure=False))
    return tuple(blames)


def _trusted(relations: Sequence[Relation[P]]) -> frozenset[P]:
    """The figures with a part in some account that closes."""
    places: set[P] = set()
    for relation in relations:
        if relation.verdict.holds:
            places.add(relation.target)
            places.update(relation.operands)
    return frozenset(places)


def _options(
    relations: Sequence[Relation[P]], numbers: set[int], trusted: frozenset[P]
) -> dict[tuple[P, Decimal], set[int]]:
    """For each figure and each error it may have, the relations which that error explains."""
    options: dict[tuple[P, Decimal], set[int]] = defaultdict(set)
    for number in sorted(numbers):
        relation = relations[number]
        if relation.target not in trusted:
            options[relation.target, relation.difference].add(number)
        if relation.operator not in _LINEAR:
            continue
        for operand in relation.operands:
            if operand not in trusted:
                options[operand, -relation.difference].add(number)
    return options
