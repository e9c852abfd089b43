"""Totals: lines that state what other lines add up to, found by their arithmetic and weighed in bits.

The unit is the signature (a total line and the stretch of lines that gives it), tested in every place across. What
is found consumes its members, so that the next round sees subtotals side by side: totals of totals. The search goes
from what is likeliest to what is not: totals of the lines of one name («Male»), stretches beside their total, the
same without the lines of rates, or of subtotals; and then, asking for more, every second or third line, stretches
and pairs anywhere.
"""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from pregon.figures.spanish import fold
from pregon.relations.afar import find_far_candidates
from pregon.relations.blocks import find_blocks
from pregon.relations.evidence import inner, says_difference, says_rate, says_total
from pregon.relations.lines import Aggregate, Lines
from pregon.relations.overlap import contract, find_overlapping
from pregon.relations.search import WINDOW, Candidate, State, View

KIND = int(os.environ.get("KIND", 1))
KG = int(os.environ.get("KG", 4))
_MOST_ROUNDS: Final = 8
_MOST_LINES_AFAR: Final = 110
_SAMPLE: Final = 8


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
    for sequence in _same_label_groups(lines):
        state = State.of(lines)
        _search(state, sequence, _Gate(8.0), "same")
        same.extend(state.found)
    state = State.of(lines)
    everything = list(range(len(lines.values)))
    find_blocks(state)
    _search(state, everything, _Gate(8.0), "adjacent")
    if KIND:
        _search_kinds(state)
    _search_skipping(state)
    if len(everything) <= _MOST_LINES_AFAR:
        _search_afar(state)
    seconds = list(_second_readings(state))
    state.found.extend(seconds)
    return contract([*state.found, *find_overlapping(state), *same])


def _search_skipping(state: State) -> None:
    """Totals whose stretch is broken by lines of another kind: rates among amounts, parts among subtotals."""
    lines = state.lines
    everything = list(range(len(lines.values)))
    rates = [line for line in everything if says_rate(lines.labels[line])]
    if rates:
        amounts = [line for line in everything if not says_rate(lines.labels[line])]
        for sequence in (amounts, rates):
            _search(state, sequence, _Gate(10.0, unlabelled=20.0, cover=0.7), "skip")
    explained = [line for line in everything if sum(state.explained[line]) * 2 > _filled(lines, line)]
    if explained:
        totals = [line for line in everything if line in explained or says_total(lines.labels[line])]
        leaves = [line for line in everything if line not in explained]
        for sequence in (totals, leaves):
            _search(state, sequence, _Gate(10.0, unlabelled=20.0, cover=0.7), "skip")
            _search(state, everything, _Gate(8.0), "adjacent")


def _search_kinds(state: State) -> None:
    """Totals of all the totals of one kind: «Total» of every «Subtotal, costs», not of every «Subtotal, sources»."""
    lines = state.lines
    kinds: dict[str, list[int]] = defaultdict(list)
    for line, label in enumerate(lines.labels):
        if says_total(inner(label)) and _filled(lines, line):
            kinds[_kind(label)].append(line)
    groups = sorted((group for group in kinds.values() if len(group) > 2), key=len, reverse=True)[:KG]
    if not groups:
        return
    targets = [line for group in kinds.values() for line in group if not any(state.explained[line])]
    found = []
    for target in targets[:40]:
        for group in groups:
            if target in group:
                continue
            view = View(state, sorted([target, *group]))
            found += [
                (candidate, view)
                for candidate in view.candidates()
                if candidate.line == target and candidate.bits >= 16 and candidate.cover >= 0.8
            ]
    found.sort(key=lambda pair: (-pair[0].bits, -len(pair[0].stretch)))
    for candidate, view in found:
        view.accept(candidate, "kind")


def _kind(label: str) -> str:
    return " ".join(re.findall(r"[a-z]{2,}", fold(inner(label))))


def _second_readings(state: State) -> Iterable[Aggregate]:
    """Totals that are also the sum of other totals than at first: a country, by sex and by region."""
    lines = state.lines
    explained = [line for line in range(len(lines.values)) if sum(state.explained[line]) * 2 > _filled(lines, line)]
    if len(explained) < 3:
        return
    second = State.of(lines)
    _search(second, explained, _Gate(20.0, unlabelled=30.0, cover=0.9), "second")
    for total in second.found:
        if not any(
            set(parts) & set(state.owners.get((total.line, place), ())) for place, parts in total.members.items()
        ):
            yield total


def _search_afar(state: State) -> None:
    verified = any(total.hits > 1 for total in state.found)
    gate = _Gate(16.0, unlabelled=76.0 if verified else 300.0, cover=0.8)
    everything = list(range(len(state.lines.values)))
    for stride in range(2, 7):
        for first in range(stride):
            sequence = everything[first::stride]
            if len(sequence) > 2:
                _search(state, sequence, gate, "stride", sample=_SAMPLE)
    _search(state, everything, _Gate(8.0), "adjacent")
    _take_far(state, gate)


def _take_far(state: State, gate: _Gate) -> None:
    """Take totals of stretches and pairs that stand anywhere."""
    labels = state.lines.labels
    view = View(state, range(len(state.lines.values)))
    far = []
    for candidate in find_far_candidates(view, _SAMPLE):
        supported = says_total(labels[candidate.line]) or (
            len(candidate.stretch) == 2 and any(says_difference(labels[m]) for m in candidate.stretch)
        )
        beside = len(candidate.stretch) == 2 and all(abs(m - candidate.line) <= 2 for m in candidate.stretch)
        if gate.admits(candidate, supported) or (beside and candidate.bits >= 45 and candidate.cover >= gate.cover):
            far.append(candidate)
    far.sort(key=lambda c: (-round(c.bits), sum(abs(m - c.line) for m in c.stretch) / len(c.stretch)))
    for candidate in far:
        view.accept(candidate, "far")


def _filled(lines: Lines, line: int) -> int:
    return lines.width - lines.values[line].count(None)


def _same_label_groups(lines: Lines) -> Iterable[list[int]]:
    """Lines of the same inner label, each group with at least three."""
    groups: dict[str, list[int]] = defaultdict(list)
    for line, label in enumerate(lines.labels):
        if label:
            groups[inner(label).casefold().strip(" .:")].append(line)
    numeric = [_filled(lines, line) for line in range(len(lines.values))]
    for group in groups.values():
        kept = [line for line in group if numeric[line]]
        if 3 <= len(kept) <= WINDOW and len(kept) < 0.8 * sum(map(bool, numeric)):
            yield kept


def _search(state: State, sequence: Sequence[int], gate: _Gate, channel: str, sample: int = 0) -> None:
    """Find totals among the lines of a sequence, round after round, as long as one is found."""
    labels = state.lines.labels
    for _ in range(_MOST_ROUNDS):
        view = View(state, sequence)
        candidates = [c for c in view.candidates(sample) if gate.admits(c, says_total(labels[c.line]))]
        candidates.sort(key=lambda c: (c.gap - c.bits, -len(c.stretch)))
        if not sum(view.accept(candidate, channel) for candidate in candidates):
            return
