"""Overlapping totals: what is added once may be added again, and a total may be read twice.

«Target rate» is a part of each of three rates, whose variance from it stands beside them; «Total» is a sum of regions,
and also what is spent and what is left of it. The search for totals gives each figure one place; here, with all totals
known, every figure may be a member again. In return an account must not repeat what is known: no member beside its own
parts, no second reading with a part of the first, no copy of a total told again from afar.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from math import inf
from typing import Final

from pregon.relations.afar import SAMPLE, find_far_candidates, is_short
from pregon.relations.candidate import Candidate, State
from pregon.relations.doubts import is_copy, is_meaningless
from pregon.relations.evidence import LABEL_BITS, says_difference, says_rate, says_total
from pregon.relations.lines import Aggregate, Lines
from pregon.relations.search import View

_LEAST_COVER: Final = 0.8
_LEAST_TRIED: Final = 2.5
"""What the readings tried take from every account: a search of three lines has six."""
_LEAST_LABELLED: Final = 16.0
_LEAST: Final = 40.0
_LEAST_FAR_LABELLED: Final = 20.0
_LEAST_FAR_BESIDE: Final = 60.0
_LEAST_FAR: Final = 150.0
_BESIDE: Final = 3
"""A total and its two parts stand beside each other within so many lines."""


def find_overlapping(state: State) -> list[Aggregate]:
    """Totals beside those known that have members in common with them, or are further readings of the same figures."""
    readings = _Readings(state)
    hopes = _hopes(readings)
    if max(hopes, default=0.0) < 0:
        return []
    fresh = State.of(state.lines)
    everything = View(fresh, range(len(state.lines.values)))
    if state.found and _close_the_hopeless(fresh, readings, hopes, _LEAST):
        for sequence in _sequences(state):
            view = View(fresh, sequence) if len(sequence) < len(state.lines.values) else everything
            readings.take(view, _beside(view, readings), is_far=False)
    if is_short(state.lines) and _close_the_hopeless(fresh, readings, hopes, _LEAST_FAR_BESIDE):
        readings.take(everything, _afar(everything, readings), is_far=True)
    return readings.found


def _hopes(readings: _Readings) -> list[float]:
    """By line, what its best account yet unknown could weigh; -1 where two figures are not left for it."""
    lines = readings.lines
    filled = {line for line in range(len(lines.values)) if lines.filled(line)}
    # What is left is counted from what is not: a table may have ten thousands of lines.
    return [
        lines.most_bits(line) - _LEAST_TRIED
        if len(filled) - len(filled.intersection({line}.union(*readings.of.get(line, ())))) > 1
        else -1.0
        for line in range(len(lines.values))
    ]


def _close_the_hopeless(fresh: State, readings: _Readings, hopes: list[float], least_bare: float) -> bool:
    """Keep from the search the lines that can never weigh enough as a further total, and say whether any is left.

    `least_bare` is what is asked of a total that no word announces.
    """
    labels = fresh.lines.labels
    if any(map(says_difference, labels)):
        least_bare = _LEAST_FAR_LABELLED - LABEL_BITS
    for line, hope in enumerate(hopes):
        is_labelled = says_total(labels[line]) and not readings.is_known(line)
        if hope < (_LEAST_LABELLED - LABEL_BITS if is_labelled else least_bare):
            fresh.closed.add(line)
    return len(fresh.closed) < len(labels)


class _Readings:
    """The readings of each total line: the sets of its members."""

    def __init__(self, state: State) -> None:
        self.lines: Lines = state.lines
        self.of: dict[int, list[frozenset[int]]] = defaultdict(list)
        self.found: list[Aggregate] = []
        for total in state.found:
            self._note(total)

    def _note(self, total: Aggregate) -> None:
        self.of[total.line].extend(map(frozenset, set(total.members.values())))

    def is_known(self, line: int) -> bool:
        """Whether a line is a total already."""
        return bool(self.of.get(line))

    def take(self, view: View, candidates: Iterable[Candidate], *, is_far: bool) -> None:
        """Take what repeats nothing, in this order."""
        for candidate in candidates:
            if self._repeats(candidate) or is_meaningless(view.state, candidate):
                continue
            total = view.total(candidate, "overlap", is_far=is_far)
            if total.members:
                self._note(total)
                self.found.append(total)

    def _repeats(self, candidate: Candidate) -> bool:
        own = frozenset(candidate.stretch)
        if any(own & reading for reading in self.of.get(candidate.line, ())):
            return True
        for member in candidate.stretch:
            if any(own & reading or candidate.line in reading for reading in self.of.get(member, ())):
                return True
        is_away = min(abs(candidate.line - member) for member in own) > _BESIDE
        return (is_away or self.is_known(candidate.line)) and any(
            line != candidate.line
            and any(own & reading for reading in readings)
            and is_copy(self.lines, candidate, line)
            for line, readings in self.of.items()
        )


def _sequences(state: State) -> Iterable[Sequence[int]]:
    """All lines; without the rates; without the parts, so that totals stand beside what is left of them; totals."""
    labels = state.lines.labels
    everything = range(len(labels))
    yield everything
    for sequence in (
        [line for line in everything if not says_rate(labels[line])],
        [line for line in everything if state.is_total(line) or not state.is_part(line)],
        [line for line in everything if state.is_total(line)],
    ):
        if 2 < len(sequence) < len(everything):
            yield sequence


def _beside(view: View, readings: _Readings) -> list[Candidate]:
    labels = view.state.lines.labels

    def least(line: int) -> float:
        return _LEAST_LABELLED if says_total(labels[line]) and not readings.is_known(line) else _LEAST

    candidates = [c for c in view.candidates() if c.cover >= _LEAST_COVER and c.bits >= least(c.line)]
    return sorted(candidates, key=lambda candidate: candidate.rank)


def _afar(view: View, readings: _Readings) -> list[Candidate]:
    """Differences, so called or side by side with what they are of, and totals of anything that weighs much."""
    labels = view.state.lines.labels

    def least(candidate: Candidate) -> float:
        is_pair, is_known = len(candidate.stretch) == 2, readings.is_known(candidate.line)
        if is_known and not is_pair:
            return inf
        if (is_pair and any(says_difference(labels[member]) for member in candidate.stretch)) or (
            says_total(labels[candidate.line]) and not is_known
        ):
            return _LEAST_FAR_LABELLED
        ends = (candidate.line, *candidate.stretch)
        return _LEAST_FAR_BESIDE if is_pair and max(ends) - min(ends) <= _BESIDE else _LEAST_FAR

    candidates = [
        candidate
        for candidate in find_far_candidates(view, SAMPLE, has_differences=True)
        if candidate.cover >= _LEAST_COVER and candidate.bits >= least(candidate)
    ]
    return sorted(candidates, key=lambda c: (-round(c.bits), sum(abs(m - c.line) for m in c.stretch)))
