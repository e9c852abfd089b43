"""Ratios: lines that state one line as a share of another, or the change from one to another.

For both, the printed value may be a hundred times the account. Found after the sums, on figures that are no sums;
a triple of lines is one relation: its result is the line whose words, percent signs or decimals say so.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log2
from typing import Final, NamedTuple

from pregon.document.prose import Operator
from pregon.relations.evidence import (
    LABEL_BITS,
    MISS,
    MOST_BITS,
    Run,
    best_run,
    inner,
    says_change,
    says_mean,
    says_share,
)
from pregon.relations.lines import Aggregate, Lines

_REACH: Final = 40
"""How many lines away the parts of a ratio may stand."""
_SAMPLE: Final = 8
_MOST_TRIED: Final = 24
_BESIDE: Final = 3
"""How near a mean must stand to the sum and the count it divides."""
_CAP: Final = 20
"""Rounding carried into a ratio never excuses more than one part in so many."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    operator: Operator
    factor: int
    line: int
    parts: tuple[int, int]
    """Numerator and denominator; for a change, the new figure and the old one."""
    run: Run
    bits: float
    scores: tuple[float | None, ...]
    is_labelled: bool
    cover: float
    is_fraction: bool
    """Whether its results lie between nothing and the whole, as shares do."""


def find_ratios(lines: Lines, taken: Sequence[bytearray]) -> list[Aggregate]:
    """Shares and changes along these lines; `taken` are the figures, line × place, that are sums already."""
    candidates = [
        candidate
        for line in range(len(lines.values))
        for candidate in _candidates(lines, line, taken)
        if _is_admitted(candidate)
    ]
    candidates.sort(key=lambda c: (-c.bits, abs(c.parts[0] - c.line) + abs(c.parts[1] - c.line)))
    explained = [bytearray(lines.width) for _ in lines.values]
    triples: dict[frozenset[int], list[_Candidate]] = defaultdict(list)
    found = []
    for candidate in candidates:
        triple = frozenset((candidate.line, *candidate.parts))
        span = range(candidate.run.first, candidate.run.last + 1)
        if any(o.run.first <= candidate.run.last and candidate.run.first <= o.run.last for o in triples[triple]):
            continue
        members: dict[int, tuple[int, ...]] = {
            place: candidate.parts
            for place in span
            if not explained[candidate.line][place] and _is_emitted(lines, candidate, place)
        }
        if sum((candidate.scores[place] or 0) > 0 for place in members) < max(1, candidate.run.hits // 2):
            continue
        for place in members:
            explained[candidate.line][place] = 1
        triples[triple].append(candidate)
        found.append(
            Aggregate(
                candidate.operator,
                candidate.line,
                members,
                candidate.bits,
                candidate.is_labelled,
                candidate.run.hits,
                "ratio",
                candidate.factor,
            )
        )
    return found


def _is_admitted(candidate: _Candidate) -> bool:
    if candidate.is_labelled:
        return candidate.bits >= 12
    if candidate.operator is Operator.CHANGE:
        return candidate.bits >= 76 and candidate.cover >= 0.8
    return candidate.bits >= 40 and candidate.cover >= 0.7 and candidate.is_fraction


def _is_emitted(lines: Lines, candidate: _Candidate, place: int) -> bool:
    score = candidate.scores[place]
    if score is None:
        return False
    if score >= 0:
        return True
    result, upper, lower = (lines.values[line][place] for line in (candidate.line, *candidate.parts))
    if result is None or upper is None or lower is None:
        return False
    left, right, _ = _account(lines, candidate.operator, candidate.factor, (result, upper, lower), (0, 0, 0))
    return 20 * abs(left - right) <= abs(left)


def _account(
    lines: Lines, operator: Operator, factor: int, figures: tuple[int, int, int], ulps: tuple[int, int, int]
) -> tuple[int, int, int]:
    """Both sides of result × denominator = factor × numerator, and twice what rounding may set between them."""
    result, upper, lower = figures
    scale = factor * lines.unit
    if operator is Operator.CHANGE:
        left, right = result * lower, scale * (upper - lower)
        slack = ulps[0] * abs(lower) + ulps[2] * abs(result + scale) + ulps[1] * scale
        return left, right, min(slack, max(abs(left), abs(right)) // 2)
    left, right = result * lower, scale * upper
    slack = ulps[0] * abs(lower) + ulps[2] * abs(result) + ulps[1] * scale
    return left, right, min(slack, 2 * abs(left) // _CAP)


class _Shape(NamedTuple):
    """What a line's words claim, and whether its figures have more decimals than the rest."""

    share: bool
    change: bool
    mean: bool
    fractional: bool

    @property
    def is_announced(self) -> bool:
        return self.share or self.change or self.mean

    def names(self, operator: Operator, distance: int) -> bool:
        """Whether the words stand for this account. A mean is a quotient, where its sum and its count are beside it."""
        if operator is Operator.CHANGE:
            return self.change or self.share
        return self.share or (self.mean and distance <= _BESIDE)


def _shape(lines: Lines, line: int) -> _Shape:
    label, whole = inner(lines.labels[line]), lines.labels[line]
    change = says_change(whole)
    share = says_share(label) or says_share(whole)
    return _Shape(share and not change, change, _says_quotient(label), lines.is_fractional(line))


def _says_quotient(label: str) -> bool:
    """Whether a label may name a sum over a count: «Average award» is the awards' total over their number."""
    return says_mean(label)


def _candidates(lines: Lines, line: int, taken: Sequence[bytearray]) -> Iterator[_Candidate]:
    shape = _shape(lines, line)
    if not any(shape):
        return
    values = lines.values[line]
    near = [other for other in range(max(0, line - _REACH), min(len(lines.values), line + _REACH + 1)) if other != line]
    tried = 2 * log2(max(2, len(near)))
    for operator, factor, upper, lower in _voted(lines, line, shape, near, taken[line]):
        scores = _scores(lines, operator, factor, (line, upper, lower), taken[line])
        run = best_run(scores)
        if run is None:
            continue
        labelled = shape.names(operator, max(abs(upper - line), abs(lower - line)))
        is_announced = shape.change or operator is Operator.SHARE
        tested = sum(score is not None for score in scores)
        held = sum(score is not None and score >= 0 for score in scores)
        # «%» alone may be a change too, but seldom is.
        bits = run.bits - tried + LABEL_BITS * labelled * (1 if is_announced else -1)
        whole = factor * lines.unit
        fraction = all(
            0 <= (values[place] or 0) <= whole for place in range(run.first, run.last + 1) if (scores[place] or 0) > 0
        )
        yield _Candidate(
            operator, factor, line, (upper, lower), run, bits, tuple(scores), labelled, held / max(1, tested), fraction
        )


def _voted(
    lines: Lines, line: int, shape: _Shape, near: list[int], taken: bytearray
) -> Iterator[tuple[Operator, int, int, int]]:
    """The accounts that give the line in enough places of a sample: operator, factor, numerator, denominator."""
    places = [place for place, value in enumerate(lines.values[line]) if value and not taken[place]]
    if not places:
        return
    sample = [places[k * len(places) // _SAMPLE] for k in range(_SAMPLE)] if len(places) > _SAMPLE else places
    votes: Counter[tuple[Operator, int, int, int]] = Counter()
    needed = max(min(2, len(sample)), len(sample) // 3 if shape.is_announced else (len(sample) + 1) // 2)
    for tested, place in enumerate(sample):
        if max(votes.values(), default=0) + len(sample) - tested < needed:
            return
        # In their order, not a set's: the answer must not hang on how words are hashed.
        votes.update(
            dict.fromkeys(_matches(lines, line, place, near, is_change=shape.change or shape.fractional)).keys()
        )
    enough = [account for account, hits in votes.items() if hits >= needed]
    enough.sort(key=lambda account: (-votes[account], abs(account[2] - line) + abs(account[3] - line)))
    yield from enough[:_MOST_TRIED]


def _matches(
    lines: Lines, line: int, place: int, near: list[int], *, is_change: bool
) -> Iterator[tuple[Operator, int, int, int]]:
    """Every pair of lines near that gives this figure here."""
    result = lines.values[line][place]
    if result is None:
        return
    others = sorted((value, other) for other in near if (value := lines.values[other][place]) is not None)
    sizes = [value for value, _ in others]
    own = lines.ulps[line][place]
    widest = max((lines.ulps[other][place] for _, other in others), default=0)
    operators = (Operator.SHARE, Operator.CHANGE) if is_change else (Operator.SHARE,)
    for lower, denominator in others:
        if not lower or lower == lines.unit:
            continue
        for operator in operators:
            for factor in (1, 100):
                scale = factor * lines.unit
                turned = result + scale if operator is Operator.CHANGE else result
                wanted = turned * lower // scale
                spread = (own * abs(lower) + widest * (abs(turned) + scale)) // (2 * scale) + 1
                at = bisect_left(sizes, wanted - spread)
                while at < len(sizes) and sizes[at] <= wanted + spread:
                    upper, numerator = others[at]
                    at += 1
                    if numerator == denominator or not upper or upper == lower:
                        continue
                    ulps = (own, lines.ulps[numerator][place], lines.ulps[denominator][place])
                    left, right, slack = _account(lines, operator, factor, (result, upper, lower), ulps)
                    if 2 * abs(left - right) <= slack:
                        yield operator, factor, numerator, denominator


def _scores(
    lines: Lines, operator: Operator, factor: int, triple: tuple[int, int, int], taken: bytearray
) -> list[float | None]:
    """What each place says; the same three figures once more say next to nothing."""
    seen: set[tuple[int | None, ...]] = set()
    scores: list[float | None] = []
    for place in range(lines.width):
        score = None if taken[place] else _score(lines, operator, factor, triple, place)
        figures = tuple(lines.values[line][place] for line in triple)
        if score is not None and score > 0.5 and figures in seen:
            score = 0.5
        seen.add(figures)
        scores.append(score)
    return scores


def _score(lines: Lines, operator: Operator, factor: int, triple: tuple[int, int, int], place: int) -> float | None:
    result, upper, lower = (lines.values[line][place] for line in triple)
    if result is None:
        return None
    if upper is None or lower is None:
        return None
    if not lower:
        return 0.0 if not result else -1.0
    ulps = (lines.ulps[triple[0]][place], lines.ulps[triple[1]][place], lines.ulps[triple[2]][place])
    left, right, slack = _account(lines, operator, factor, (result, upper, lower), ulps)
    if 2 * abs(left - right) > slack:
        return MISS
    if not result:
        return 0.0
    # A figure over one, or over itself, says nothing.
    if upper == lower or (operator is Operator.SHARE and lower == lines.unit):
        return 0.5
    bits = min(MOST_BITS, -log2((2 * abs(left - right) + slack + 1) / (2 * abs(left) + 1)))
    count = lines.counts[result]
    if count > 1:
        bits = min(bits, log2(lines.size / count))
    return max(0.0, bits)
