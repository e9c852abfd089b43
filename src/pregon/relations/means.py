"""Means: lines that state the mean of a stretch of lines beside them; a blank counts for nothing, not for zero."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log2
from typing import Final

from pregon.document.prose import Operator
from pregon.relations.evidence import LABEL_BITS, MISS, Run, best_run, inner, says_mean, says_total, weigh
from pregon.relations.lines import Aggregate, Lines
from pregon.relations.names import namesakes

_WINDOW: Final = 300
_LEAST_LABELLED: Final = 8.0
_LEAST: Final = 40.0
_SAMPLE: Final = 8
_GAP: Final = 6
"""How many lines (a maximum, a total) may stand between a mean and its stretch."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    line: int
    low: int
    high: int
    run: Run
    bits: float
    scores: tuple[float | None, ...]
    is_labelled: bool

    @property
    def stated(self) -> list[int]:
        """The places of its run where nothing speaks against it."""
        run = range(self.run.first, self.run.last + 1)
        return [place for place in run if (score := self.scores[place]) is not None and score >= 0]


def find_means(lines: Lines, taken: Sequence[bytearray]) -> list[Aggregate]:
    """Every mean along these lines; `taken` are the figures, line × place, that are sums already."""
    running = _Running(lines, taken)
    candidates = []
    for line, label in enumerate(lines.labels):
        labelled = says_mean(label)
        if not labelled and (says_total(label) or not lines.is_fractional(line)):
            continue
        least = _LEAST_LABELLED if labelled else _LEAST
        candidates += [c for c in running.candidates(line, is_labelled=labelled) if c.bits >= least]
    found = list(_find_namesake_means(lines, taken))
    candidates.sort(key=lambda c: (-c.bits, c.low - c.high))
    explained = [bytearray(lines.width) for _ in lines.values]
    named = {total.line for total in found}
    for candidate in candidates:
        stretch: Sequence[int] = range(candidate.low, candidate.high)
        held = [place for place in candidate.stated if (candidate.scores[place] or 0) > 0]
        if candidate.line in named or any(explained[candidate.line][place] for place in held):
            continue
        if any(explained[member][place] for place in held for member in stretch):
            continue
        stretch = [m for m in stretch if lines.takes_part(m, held)]
        members = {
            place: tuple(m for m in stretch if not taken[m][place])
            for place in candidate.stated
            if not explained[candidate.line][place]
        }
        for place in members:
            explained[candidate.line][place] = 1
        bits, hits = candidate.bits, candidate.run.hits
        found.append(Aggregate(Operator.MEAN, candidate.line, members, bits, candidate.is_labelled, hits, "mean"))
    return found


def _find_namesake_means(lines: Lines, taken: Sequence[bytearray]) -> Iterator[Aggregate]:
    """Means, so called, of the lines of one name wherever they stand: «Avg attendance» of each «Attendance»."""
    for line, label in enumerate(lines.labels):
        if not says_mean(inner(label)):
            continue
        for group in namesakes(lines, line):
            ordered = sorted([line, *group])
            running = _Running(lines.only(ordered), [taken[member] for member in ordered])
            candidates = running.candidates(ordered.index(line), is_labelled=True)
            best = max(candidates, key=lambda c: (c.bits, c.high - c.low), default=None)
            if best is None or best.bits < _LEAST_LABELLED:
                continue
            stretch = ordered[best.low : best.high]
            members = {place: tuple(member for member in stretch if not taken[member][place]) for place in best.stated}
            yield Aggregate(Operator.MEAN, line, members, best.bits, True, best.run.hits, "same")
            break


class _Running:
    """Running sums and counts of the figures that are no sums, place by place."""

    def __init__(self, lines: Lines, taken: Sequence[bytearray]) -> None:
        self.lines = lines
        self.taken = taken
        self.sums: dict[int, list[int]] = {}
        self.counts: dict[int, list[int]] = {}
        self.slack: dict[int, list[int]] = {}

    def _prepare(self, place: int) -> None:
        total = count = slack = 0
        sums, counts, slacks = [0], [0], [0]
        for line, values in enumerate(self.lines.values):
            value = values[place]
            if value is not None and not self.taken[line][place]:
                total += value
                count += 1
                slack += self.lines.ulps[line][place]
            sums.append(total)
            counts.append(count)
            slacks.append(slack)
        self.sums[place], self.counts[place], self.slack[place] = sums, counts, slacks

    def candidates(self, line: int, *, is_labelled: bool) -> Iterator[_Candidate]:
        values = self.lines.values[line]
        places = [p for p, value in enumerate(values) if value and not self.taken[line][p]]
        if not places:
            return
        sample = [places[k * len(places) // _SAMPLE] for k in range(_SAMPLE)] if len(places) > _SAMPLE else places
        votes: Counter[tuple[int, int]] = Counter()
        needed = max(1, len(sample) // 3) if is_labelled else (len(sample) + 1) // 2
        for tested, place in enumerate(sample):
            if max(votes.values(), default=0) + len(sample) - tested < needed:
                return
            if place not in self.sums:
                self._prepare(place)
            votes.update(dict.fromkeys(self._matches(line, place, _GAP if is_labelled else 1)).keys())
        if not votes:
            return
        tried = log2(2 * min(_WINDOW, len(self.lines.values)))
        for (low, high), hits in votes.most_common(40):
            if hits < needed:
                continue
            scores = self._scores(line, low, high)
            run = best_run(scores)
            if run is not None:
                bits = run.bits - tried + LABEL_BITS * is_labelled
                yield _Candidate(line, low, high, run, bits, tuple(scores), is_labelled)

    def _matches(self, line: int, place: int, gap: int) -> Iterator[tuple[int, int]]:
        value = self.lines.values[line][place]
        if value is None:
            return
        counts = self.counts[place]
        own = self.lines.ulps[line][place]
        end = len(self.lines.values)
        for skip in range(gap):
            start = line + 1 + skip
            for high in range(start + 2, min(end, start + _WINDOW) + 1):
                if counts[high] != counts[high - 1] and self._closes(value, own, (start, high), place):
                    yield start, high
            start = line - skip
            for low in range(start - 2, max(0, start - _WINDOW) - 1, -1):
                if counts[low + 1] != counts[low] and self._closes(value, own, (low, start), place):
                    yield low, start

    def _closes(self, value: int, own: int, stretch: tuple[int, int], place: int) -> bool:
        low, high = stretch
        counts, sums, slack = self.counts[place], self.sums[place], self.slack[place]
        count = counts[high] - counts[low]
        if count < 2:
            return False
        return 2 * abs(sums[high] - sums[low] - count * value) <= slack[high] - slack[low] + count * own

    def _scores(self, line: int, low: int, high: int) -> list[float | None]:
        """What each place says; the same mean once more says next to nothing."""
        seen: set[int | None] = set()
        scores: list[float | None] = []
        for place, value in enumerate(self.lines.values[line]):
            score = self._score(line, low, high, place)
            if score is not None and score > 0.5 and value in seen:
                score = 0.5
            seen.add(value)
            scores.append(score)
        return scores

    def _score(self, line: int, low: int, high: int, place: int) -> float | None:
        value = self.lines.values[line][place]
        if value is None or self.taken[line][place]:
            return None
        if place not in self.sums:
            self._prepare(place)
        sums, counts, slack = self.sums[place], self.counts[place], self.slack[place]
        count = counts[high] - counts[low]
        if not count:
            return -1.0 if value else 0.0
        own = self.lines.ulps[line][place]
        if 2 * abs(sums[high] - sums[low] - count * value) > slack[high] - slack[low] + count * own:
            return MISS
        if not value:
            return 0.0
        figures = {self.lines.values[m][place] for m in range(low, high) if self.lines.values[m][place] is not None}
        if len(figures) < 2:
            return 0.0
        return weigh(self.lines, count * value, sums[high] - sums[low], count * value, count * own)
