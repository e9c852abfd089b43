"""Totals of figures that do not stand beside them: stretches and pairs anywhere among the lines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from math import log2
from typing import Final

from pregon.relations.candidate import Candidate
from pregon.relations.evidence import says_difference, says_rate
from pregon.relations.lines import Lines
from pregon.relations.search import View, score_place

SAMPLE: Final = 8
"""In how many places far totals are looked for."""
_MOST_TRIED: Final = 200
_MOST_LINES: Final = 110

Votes = dict[tuple[int, tuple[int, ...]], int]
"""By total line and members, in how many places of the sample they close."""


def is_short(lines: Lines) -> bool:
    """Whether lines are few enough to be looked through for totals of anything anywhere."""
    return len(lines.values) <= _MOST_LINES


def find_far_candidates(view: View, sample: int, *, has_differences: bool = False) -> Iterable[Candidate]:
    """Stretches and pairs anywhere that give a line; they are looked for in so many places and weighed in all.

    A rate is no sum, but where differences are looked for it may be another rate and what it changed by.
    """
    votes: Votes = defaultdict(int)
    places = view.places(sample)
    for place in places:
        alive = [
            line
            for line, values in zip(view.sequence, view.values, strict=True)
            if values[place] is not None and not view.state.consumed[line][place]
        ]
        _vote_stretches(view, place, alive, votes)
        _vote_pairs(view, place, alive, votes)
    tried = 2 * log2(max(2, len(view.sequence)))
    labels = view.state.lines.labels
    rates = {line for line in view.sequence if says_rate(labels[line])}
    remains = {line for line in view.sequence if has_differences and says_difference(labels[line])}
    for (line, stretch), hits in sorted(votes.items(), key=lambda vote: -vote[1])[:_MOST_TRIED]:
        if hits * 4 < len(places) or line in stretch or (line in rates and not remains.intersection(stretch)):
            continue
        candidate = view.candidate(line, stretch, _weigh(view, line, stretch), tried)
        if candidate is not None:
            yield candidate


def _wanted(view: View, place: int) -> Iterable[tuple[int, int]]:
    """Each line whose figure at this place is no sum yet, with the figure."""
    for line, values in zip(view.sequence, view.values, strict=True):
        value = values[place]
        if value and line not in view.state.closed and not view.state.explained[line][place]:
            yield line, value


def _vote_stretches(view: View, place: int, alive: list[int], votes: Votes) -> None:
    values = view.state.lines.values
    sums = [0]
    for line in alive:
        sums.append(sums[-1] + (values[line][place] or 0))
    at: dict[int, list[int]] = defaultdict(list)
    for k, total in enumerate(sums):
        at[total].append(k)
    for line, value in _wanted(view, place):
        for low, total in enumerate(sums):
            for high in at.get(total + value, ()):
                if high - low >= 2 and line not in alive[low:high]:
                    votes[line, tuple(range(alive[low], alive[high - 1] + 1))] += 1


def _vote_pairs(view: View, place: int, alive: list[int], votes: Votes) -> None:
    values = view.state.lines.values
    figures = [(line, value) for line in alive if (value := values[line][place])]
    where: dict[int, list[int]] = defaultdict(list)
    for line, value in figures:
        where[value].append(line)
    for line, value in _wanted(view, place):
        for first, own in figures:
            for second in where.get(value - own, ()):
                if first < second and line not in (first, second):
                    votes[line, (first, second)] += 1


def _weigh(view: View, line: int, stretch: tuple[int, ...]) -> list[float | None]:
    lines, state = view.state.lines, view.state
    columns = [lines.values[member] for member in stretch]
    scores: list[float | None] = []
    seen: set[tuple[int, ...]] = set()
    for place, value in enumerate(lines.values[line]):
        if value is None or state.explained[line][place]:
            scores.append(None)
            continue
        parts = [
            (part, lines.ulps[member][place])
            for member, column in zip(stretch, columns, strict=True)
            if (part := column[place]) is not None and not state.consumed[member][place]
        ]
        own = lines.ulps[line][place]
        score = score_place(
            lines,
            value,
            sum(part for part, _ in parts),
            slack=own + sum(ulp for _, ulp in parts),
            ulp=own,
            nonzero=sum(part != 0 for part, _ in parts),
            numeric=len(parts),
        )
        # The same figures once more say next to nothing.
        figures = tuple(part for part, _ in parts)
        scores.append(min(score, 0.5) if figures in seen else score)
        seen.add(figures)
    return scores
