"""Totals: lines that state what other lines add up to, found by their arithmetic and weighed in bits.

The unit is the signature (a total line and the stretch of lines that gives it), tested in every place across. What
is found consumes its members, so that the next round sees subtotals side by side: totals of totals. The search goes
from what is likeliest to what is not: totals of the lines of one name («Male»), blocks of a sheet built of blocks,
stretches beside their total, totals of one kind of totals, stretches without the lines of rates, or of subtotals;
then, asking for more, every second or third line, stretches and pairs anywhere; and last, with all of these known,
what has members in common with them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pregon.relations.afar import SAMPLE, find_far_candidates, is_short
from pregon.relations.blocks import take_blocks
from pregon.relations.candidate import Candidate, State
from pregon.relations.evidence import says_difference, says_rate, says_total
from pregon.relations.lines import Aggregate, Lines
from pregon.relations.names import kinds_of_totals, same_label_groups
from pregon.relations.overlap import find_overlapping
from pregon.relations.search import View
from pregon.relations.subtotals import write_over_subtotals

_MOST_ROUNDS: Final = 8
_LEAST_LINES: Final = 3
"""A total and two lines that give it."""
_MOST_KINDS: Final = 4
_MOST_TARGETS: Final = 40
"""How many kinds of totals, the largest, and how many totals over them are tried."""


@dataclass(frozen=True, slots=True)
class _Gate:
    """What a channel asks of a candidate: bits, more of them where no word announces it, and its cover."""

    least: float
    unlabelled: float = 0.0
    cover: float = 0.0

    def admits(self, candidate: Candidate, is_labelled: bool) -> bool:
        return candidate.bits >= (self.least if is_labelled else max(self.least, self.unlabelled)) and (
            candidate.cover >= self.cover
        )


def find_totals(lines: Lines) -> list[Aggregate]:
    """Every total along these lines."""
    same: list[Aggregate] = []
    for sequence in same_label_groups(lines):
        state = State.of(lines)
        _search(state, sequence, _Gate(8.0), "same")
        same.extend(state.found)
    state = State.of(lines)
    take_blocks(state)
    _search(state, range(len(lines.values)), _Gate(8.0), "adjacent")
    if not state.is_spent:
        _search_kinds(state)
        _search_skipping(state)
    if is_short(lines) and not state.is_spent:
        _search_afar(state)
    return write_over_subtotals([*state.found, *find_overlapping(state), *same])


def _search_kinds(state: State) -> None:
    """Totals of all totals of one kind: «Total» of every «Subtotal, costs», whatever stands between."""
    kinds = kinds_of_totals(state.lines)
    largest = sorted((kind for kind in kinds if len(kind) > 2), key=len, reverse=True)[:_MOST_KINDS]
    if not largest:
        return
    gate = _Gate(16.0, cover=0.8)
    targets = [line for kind in kinds for line in kind if not any(state.explained[line])][:_MOST_TARGETS]
    found = []
    for target in targets:
        for kind in largest:
            if target in kind:
                continue
            view = View(state, sorted([target, *kind]))
            found += [
                (candidate, view)
                for candidate in view.candidates()
                if candidate.line == target and gate.admits(candidate, is_labelled=True)
            ]
    found.sort(key=lambda pair: pair[0].rank)
    for candidate, view in found:
        view.accept(candidate, "kind")


def _search_skipping(state: State) -> None:
    """Totals whose stretch is broken by lines of another kind: rates among amounts, parts among subtotals."""
    lines = state.lines
    everything = list(range(len(lines.values)))
    rates = [line for line in everything if says_rate(lines.labels[line])]
    if rates:
        amounts = [line for line in everything if not says_rate(lines.labels[line])]
        for sequence in (amounts, rates):
            _search(state, sequence, _Gate(10.0, unlabelled=20.0, cover=0.7), "skip")
    explained = [line for line in everything if state.is_total(line)]
    if explained:
        totals = [line for line in everything if line in explained or says_total(lines.labels[line])]
        leaves = [line for line in everything if line not in explained]
        for sequence in (totals, leaves):
            _search(state, sequence, _Gate(10.0, unlabelled=20.0, cover=0.7), "skip")
            _search(state, everything, _Gate(8.0), "adjacent")


def _search_afar(state: State) -> None:
    verified = any(total.hits > 1 for total in state.found)
    gate = _Gate(16.0, unlabelled=76.0 if verified else 300.0, cover=0.8)
    everything = list(range(len(state.lines.values)))
    for stride in range(2, 7):
        for first in range(stride):
            sequence = everything[first::stride]
            if len(sequence) > 2:
                _search(state, sequence, gate, "stride", sample=SAMPLE)
    _search(state, everything, _Gate(8.0), "adjacent")
    _take_far(state, gate)


def _take_far(state: State, gate: _Gate) -> None:
    """Take totals of stretches and pairs that stand anywhere."""
    labels = state.lines.labels
    view = View(state, range(len(state.lines.values)))
    far = []
    for candidate in find_far_candidates(view, SAMPLE):
        supported = says_total(labels[candidate.line]) or (
            len(candidate.stretch) == 2 and any(says_difference(labels[m]) for m in candidate.stretch)
        )
        beside = len(candidate.stretch) == 2 and all(abs(m - candidate.line) <= 2 for m in candidate.stretch)
        if gate.admits(candidate, supported) or (beside and candidate.bits >= 45 and candidate.cover >= gate.cover):
            far.append(candidate)
    far.sort(key=lambda c: (-round(c.bits), sum(abs(m - c.line) for m in c.stretch) / len(c.stretch)))
    for candidate in far:
        view.accept(candidate, "far")


def _search(state: State, sequence: Sequence[int], gate: _Gate, channel: str, sample: int = 0) -> None:
    """Find totals among the lines of a sequence, round after round, as long as one is found."""
    if len(sequence) < _LEAST_LINES:
        return
    labels = state.lines.labels
    asked = channel, sample, tuple(sequence)
    for _ in range(_MOST_ROUNDS):
        if state.is_spent or state.barren.get(asked) == len(state.found):
            return
        view = View(state, sequence)
        candidates = [c for c in view.candidates(sample) if gate.admits(c, says_total(labels[c.line]))]
        candidates.sort(key=lambda candidate: candidate.rank)
        if not sum(view.accept(candidate, channel) for candidate in candidates):
            state.barren[asked] = len(state.found)
            return
