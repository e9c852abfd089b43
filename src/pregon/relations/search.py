"""Searching one sequence of lines for totals: running sums, stretches that close, what was taken already."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from math import log2
from typing import Final

from pregon.document.prose import Operator
from pregon.relations.candidate import Candidate, State
from pregon.relations.doubts import is_meaningless
from pregon.relations.evidence import LABEL_BITS, MISS, best_run, says_difference, says_total, weigh
from pregon.relations.lines import Aggregate, Lines

WINDOW: Final = 300
"""How many lines a stretch may have."""
_MOST_MATCHES: Final = 80
_NEAR: Final = 50
"""An instance of an accepted total may miss by one in so many and is still meant as that total."""
_VOID_COST: Final = 2.0
_HEAD_COST: Final = 0.5
"""What a blank line, or a head without figures, weighs against a stretch across it, among equals; three at most."""

Votes = dict[tuple[int, int, int], int]
"""By target and ends of a stretch, as positions in the sequence, in how many places it closes."""


class View:
    """The lines of a sequence at one round, with running sums of what is not consumed yet."""

    def __init__(self, state: State, sequence: Sequence[int]) -> None:
        self.state = state
        self.sequence = sequence
        self.position = {line: k for k, line in enumerate(sequence)}
        lines = state.lines
        self.values = [lines.values[line] for line in sequence]
        self.sums: list[list[int]] = []
        self.slack: list[list[int]] = []
        self.nonzero: list[list[int]] = []
        self.numeric: list[list[int]] = []
        nothing = [0] * (len(sequence) + 1)
        self.voids, self.heads = [0], [0]
        for line, values in zip(sequence, self.values, strict=True):
            is_void = values.count(None) == len(values)
            self.voids.append(self.voids[-1] + (is_void and not lines.labels[line]))
            self.heads.append(self.heads[-1] + (is_void and bool(lines.labels[line])))
        for place, figures in enumerate(zip(*self.values, strict=True)):
            if len(figures) - figures.count(None) > 2:
                self._run_sums(place, figures)
            else:
                for running in (self.sums, self.slack, self.nonzero, self.numeric):
                    running.append(nothing)

    def _run_sums(self, place: int, figures: tuple[int | None, ...]) -> None:
        total = slack = nonzero = numeric = 0
        sums, slacks, nonzeros, numerics = [0], [0], [0], [0]
        consumed, ulps = self.state.consumed, self.state.lines.ulps
        for line, value in zip(self.sequence, figures, strict=True):
            if value is not None and not consumed[line][place]:
                numeric += 1
                slack += ulps[line][place]
                if value:
                    total += value
                    nonzero += 1
            sums.append(total)
            slacks.append(slack)
            nonzeros.append(nonzero)
            numerics.append(numeric)
        self.sums.append(sums)
        self.slack.append(slacks)
        self.nonzero.append(nonzeros)
        self.numeric.append(numerics)

    def places(self, sample: int) -> list[int]:
        """The places with figures to add; where a sample is asked, so many of them evenly spread."""
        places = [place for place in range(self.state.lines.width) if self.numeric[place][-1] > 2]
        if sample and len(places) > sample:
            return [places[k * len(places) // sample] for k in range(sample)]
        return places

    def candidates(self, sample: int = 0) -> Iterable[Candidate]:
        """Stretches beside a line that give it, looked for in a sample of the places (0: in all) and weighed in all."""
        votes: Votes = defaultdict(int)
        places = self.places(sample)
        for place in places:
            self._vote(place, votes)
        filled = [len(line) - line.count(None) for line in self.values]
        share = len(places) / max(1, self.state.lines.width)
        for (target, low, high), hits in _pooled(votes).items():
            # Too few of its places can never weigh enough.
            if hits * 15.5 + LABEL_BITS < 1.5 * filled[target] * share or (sample and hits < 2 < len(places)):
                continue
            candidate = self._weigh(target, low, high)
            if candidate is not None:
                yield candidate

    def _vote(self, place: int, votes: Votes) -> None:
        """Note every stretch beside a figure that adds up to it here."""
        lines, sequence, closed = self.state.lines, self.sequence, self.state.closed
        sums, slack, numeric = self.sums[place], self.slack[place], self.numeric[place]
        order = sorted(range(len(sums)), key=sums.__getitem__)
        ordered = [sums[k] for k in order]
        coarsest = max(lines.ulps[line][place] for line in sequence)
        reach = coarsest * (min(len(sequence), 40) + 1) // 2 if coarsest > 0 else 0
        for k, line in enumerate(sequence):
            value = self.values[k][place]
            if not value or line in closed or self.state.explained[line][place]:
                continue
            own = lines.ulps[line][place]
            for start, sign in ((k + 1, 1), (k, -1)):
                wanted = sums[start] + sign * value
                at = bisect_left(ordered, wanted - reach)
                matches = 0
                while at < len(ordered) and ordered[at] <= wanted + reach:
                    end = order[at]
                    at += 1
                    if sign > 0:
                        low, high = start, end
                        edge = high - 1
                    else:
                        low, high = end, start
                        edge = low
                    if high - low < 2 or high - low > WINDOW or numeric[high] - numeric[low] < 2:
                        continue
                    if numeric[edge + 1] == numeric[edge]:
                        continue
                    if 2 * abs(ordered[at - 1] - wanted) <= slack[high] - slack[low] + own:
                        votes[k, low, high] += 1
                        matches += 1
                        if matches > _MOST_MATCHES:
                            break

    def _weigh(self, target: int, low: int, high: int) -> Candidate | None:
        lines = self.state.lines
        line = self.sequence[target]
        values, ulps, explained = self.values[target], lines.ulps[line], self.state.explained[line]
        scores: list[float | None] = []
        for place, value in enumerate(values):
            if value is None or explained[place]:
                scores.append(None)
                continue
            sums, slack, nonzero, numeric = (
                self.sums[place],
                self.slack[place],
                self.nonzero[place],
                self.numeric[place],
            )
            scores.append(
                score_place(
                    lines,
                    value,
                    sums[high] - sums[low],
                    slack=slack[high] - slack[low] + ulps[place],
                    ulp=ulps[place],
                    nonzero=nonzero[high] - nonzero[low],
                    numeric=numeric[high] - numeric[low],
                )
            )
        tried = log2(2 * min(len(self.sequence), WINDOW))
        first, end = min(low, target), max(high, target + 1)
        gap = _VOID_COST * min(3, self.voids[end] - self.voids[first])
        gap += _HEAD_COST * min(3, self.heads[end] - self.heads[first])
        return self.candidate(line, tuple(self.sequence[low:high]), scores, tried, gap)

    def candidate(
        self, line: int, stretch: tuple[int, ...], scores: list[float | None], tried: float, gap: float = 0.0
    ) -> Candidate | None:
        """The candidate these scores make, with what a total word adds and the many readings tried take away."""
        run = best_run(scores)
        if run is None:
            return None
        bits = (
            run.bits
            - tried
            + LABEL_BITS
            * (
                self._is_labelled(line)
                or (len(stretch) == 2 and any(says_difference(self.state.lines.labels[member]) for member in stretch))
            )
        )
        tested = sum(score is not None for score in scores)
        held = sum(score is not None and score >= 0 for score in scores)
        return Candidate(line, stretch, run, bits, tuple(scores), held / max(1, tested), gap)

    def _is_labelled(self, line: int) -> bool:
        return says_total(self.state.lines.labels[line])

    def accept(self, candidate: Candidate, channel: str) -> bool:
        """Take a candidate unless what was taken before it in this round contradicts it."""
        if self._is_contradicted(candidate) or is_meaningless(self.state, candidate):
            return False
        self.state.take(self.total(candidate, channel, is_far=channel == "far"))
        return True

    def total(self, candidate: Candidate, channel: str, *, is_far: bool) -> Aggregate:
        """The total a candidate makes, in the places where it stands."""
        line, members = candidate.line, self._members(candidate, is_far=is_far)
        return Aggregate(
            Operator.SUM, line, members, candidate.bits, self._is_labelled(line), candidate.run.hits, channel
        )

    def _is_contradicted(self, candidate: Candidate) -> bool:
        """Whether, since its sums were made, its total was explained, or a member taken or found to contain it."""
        state, line = self.state, candidate.line
        for place in range(candidate.run.first, candidate.run.last + 1):
            if (candidate.scores[place] or 0.0) <= 0:
                continue
            if state.explained[line][place]:
                return True
            for member in candidate.stretch:
                if state.lines.values[member][place] is None:
                    continue
                if state.consumed[member][place] and self._was_alive(member, place):
                    return True
                if line in state.owners.get((member, place), ()):
                    return True
        return False

    def _members(self, candidate: Candidate, *, is_far: bool) -> dict[int, tuple[int, ...]]:
        """By place where the total stands, the lines that give it there."""
        state, line, values = self.state, candidate.line, self.state.lines.values
        inside = range(candidate.run.first, candidate.run.last + 1)
        stated = [place for place in inside if candidate.scores[place] is not None]
        stretch = candidate.stretch if is_far else self._extended(candidate, stated)
        kept = [member for member in stretch if state.lines.takes_part(member, stated)]
        stated += self._near_misses_beyond(candidate, kept)
        members: dict[int, tuple[int, ...]] = {}
        for place in stated:
            score = candidate.scores[place] or 0.0
            if state.explained[line][place]:
                continue
            parts = tuple(member for member in kept if not state.consumed[member][place])
            if score < 0 and not self._is_near(line, parts, place):
                continue
            if candidate.scores[place] != 0.0 and all(values[member][place] is None for member in parts):
                continue
            members[place] = parts
        return members

    def _near_misses_beyond(self, candidate: Candidate, kept: Sequence[int]) -> list[int]:
        """Places right after the run, on both sides, where the total all but closes: they are of it, and broken."""
        run, scores = candidate.run, candidate.scores
        beyond = []
        for side in (range(run.first - 1, -1, -1), range(run.last + 1, len(scores))):
            for place in side:
                if scores[place] is None:
                    continue
                parts = tuple(member for member in kept if not self.state.consumed[member][place])
                if not self._is_near(candidate.line, parts, place):
                    break
                beyond.append(place)
        return beyond

    def _extended(self, candidate: Candidate, places: list[int]) -> tuple[int, ...]:
        """The stretch with the blank lines beyond its far end that have a head: members with nothing in them."""
        stretch, lines = candidate.stretch, self.state.lines
        forward = stretch[0] > candidate.line
        k = self.position[stretch[-1] if forward else stretch[0]]
        step = 1 if forward else -1
        beyond: list[int] = []
        if self._is_labelled(self.sequence[k]) or any(self.state.explained[self.sequence[k]]):
            return stretch
        while 0 <= k + step < len(self.sequence):
            k += step
            line = self.sequence[k]
            if any(lines.values[line][place] is not None for place in places):
                break
            if not lines.takes_part(line, places) or not self._has_head(line):
                break
            beyond.append(line)
        return (*stretch, *beyond) if forward else (*beyond[::-1], *stretch)

    def _has_head(self, line: int) -> bool:
        lines = self.state.lines
        return bool(lines.labels[line]) or any(value is not None for value in lines.values[line])

    def _was_alive(self, member: int, place: int) -> bool:
        """Whether the running sums of this round count a figure that has been consumed since."""
        k = self.position.get(member)
        return k is None or self.numeric[place][k + 1] != self.numeric[place][k]

    def _is_near(self, line: int, parts: tuple[int, ...], place: int) -> bool:
        value = self.state.lines.values[line][place]
        computed = sum(self.state.lines.values[m][place] or 0 for m in parts)
        return value is not None and abs(computed - value) * _NEAR <= abs(value)


def _pooled(votes: Votes) -> Votes:
    """The votes of a stretch with those of all shorter ones from the same line on.

    Where the lines beyond are blank, the longer stretch closes too: sparse columns at the far end are of it.
    """
    by_side: dict[tuple[int, int], list[tuple[int, tuple[int, int, int]]]] = defaultdict(list)
    for key in votes:
        target, low, high = key
        by_side[target, low if low > target else high].append((high - low, key))
    pooled: Votes = {}
    for stretches in by_side.values():
        hits = 0
        for _, key in sorted(stretches):
            hits += votes[key]
            pooled[key] = hits
    return pooled


def score_place(lines: Lines, value: int, computed: int, *, slack: int, ulp: int, nonzero: int, numeric: int) -> float:
    """What one place says of a total: bits where it closes, 0 where nothing gives nothing, less where it fails."""
    if 2 * abs(computed - value) > slack:
        return MISS if numeric else -1.0
    if not value and not nonzero:
        return 0.0
    bits = weigh(lines, value, computed, value, ulp)
    return min(bits, 0.5) if nonzero < 2 else bits
