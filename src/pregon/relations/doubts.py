"""Doubts: accounts that close and mean nothing, which no total word saves."""

from __future__ import annotations

from pregon.relations.candidate import Candidate, State
from pregon.relations.lines import Lines


def is_meaningless(state: State, candidate: Candidate) -> bool:
    """Whether a total closes only because it is the double of a member, or because all but one are rounded away."""
    return _is_double(state.lines, candidate) or _is_lost_in_rounding(state, candidate)


def is_copy(lines: Lines, candidate: Candidate, other: int) -> bool:
    """Whether another line states the same as this total wherever it closes."""
    own, others = lines.values[candidate.line], lines.values[other]
    return all(own[place] == others[place] for place in candidate.held)


def _is_double(lines: Lines, candidate: Candidate) -> bool:
    """Whether a total is everywhere the double of one of three members or more, which the rest make up again.

    «T1 + curve + T1 total» is twice «T1 total»: who adds so, adds the same twice.
    """
    if len(candidate.stretch) < 3:
        return False
    own = lines.values[candidate.line]
    halves = [(place, value) for place in candidate.held if (value := own[place]) is not None]
    return any(
        all(part is not None and 2 * part == value for part, value in ((lines.values[m][p], v) for p, v in halves))
        for m in candidate.stretch
    )


def _is_lost_in_rounding(state: State, candidate: Candidate) -> bool:
    """Whether, wherever several members close, one alone would: 50,000 = 1 + 50,000 + 1, in whole hundreds."""
    lines = state.lines
    is_lost = False
    for place in candidate.held:
        if (candidate.scores[place] or 0.0) <= 0.5:
            continue
        total = lines.values[candidate.line][place] or 0
        away, ulp = min(
            (
                (abs(total - value), lines.ulps[member][place])
                for member in candidate.stretch
                if (value := lines.values[member][place]) and not state.consumed[member][place]
            ),
            default=(abs(total), 0),
        )
        if 2 * away >= lines.ulps[candidate.line][place] + ulp:
            return False
        is_lost = True
    return is_lost
