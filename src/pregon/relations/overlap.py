"""Overlapping accounts (experiment)."""

from __future__ import annotations

import os
from collections.abc import Iterable

from pregon.document.prose import Operator
from pregon.relations.afar import find_far_candidates
from pregon.relations.evidence import says_difference, says_rate, says_total
from pregon.relations.lines import Aggregate
from pregon.relations.search import Candidate, State, View

G1 = float(os.environ.get("G1", 40))
G2 = float(os.environ.get("G2", 60))
COVER = float(os.environ.get("OC", 0.8))
CD = int(os.environ.get("CD", 3))
TOPS = int(os.environ.get("TOPS", 1))
CONTR = os.environ.get("CONTR", "far stride overlap")
LAB = float(os.environ.get("LAB", 16))
MULTI = float(os.environ.get("MULTI", 0))
FARL = float(os.environ.get("FARL", 20))
FARU = float(os.environ.get("FARU", 150))


G3 = float(os.environ.get("G3", 20))
G4 = float(os.environ.get("G4", 60))


def find_overlapping(state: State) -> Iterable[Aggregate]:
    lines = state.lines
    second = State.of(lines)
    everything = list(range(len(lines.values)))
    rates = {line for line in everything if says_rate(lines.labels[line])}
    sequences = [everything]
    if rates:
        sequences.append([line for line in everything if line not in rates])
    tops = [
        line
        for line in everything
        if sum(state.explained[line]) * 2 > lines.width - lines.values[line].count(None)
        or sum(state.consumed[line]) * 2 <= lines.width - lines.values[line].count(None)
    ]
    if TOPS and len(tops) < len(everything):
        sequences.append(tops)
    taken: dict[int, list[frozenset[int]]] = {}
    for total in state.found:
        for parts in set(total.members.values()):
            taken.setdefault(total.line, []).append(frozenset(parts))

    values = lines.values

    def copies(c: Candidate, other: int) -> bool:
        hits = [p for p in range(c.run.first, c.run.last + 1) if (c.scores[p] or 0) > 0]
        return all(values[other][p] == values[c.line][p] for p in hits)

    def fits(c: Candidate) -> bool:
        own = set(c.stretch)
        readings = taken.get(c.line, [])
        if any((own & r) and not (MULTI and c.bits > MULTI) for r in readings) or any(own == r for r in readings):
            return False
        away = min(abs(c.line - m) for m in own) > CD or readings
        if away and any(own & r and t != c.line and copies(c, t) for t, rs in taken.items() for r in rs):
            return False
        return not any(r & own or c.line in r for m in c.stretch for r in taken.get(m, ()))

    def emit(view: View, c: Candidate, *, is_far: bool) -> Iterable[Aggregate]:
        members = view._members(c, is_far=is_far)
        if not members:
            return
        taken.setdefault(c.line, []).extend(map(frozenset, set(members.values())))
        yield Aggregate(Operator.SUM, c.line, members, c.bits, view._is_labelled(c.line), c.run.hits, "overlap")

    for sequence in sequences:
        view = View(second, sequence)
        cands = [c for c in view.candidates() if c.cover >= COVER]
        cands.sort(key=lambda c: (c.gap - c.bits, -len(c.stretch)))
        for c in cands:
            if c.bits >= (G2 if taken.get(c.line) else LAB if says_total(lines.labels[c.line]) else G1) and fits(c) and not view.doubles(c) and not view.is_lost_in_rounding(c):
                yield from emit(view, c, is_far=False)
    if len(everything) > 110:
        return
    view = View(second, everything)
    far = [c for c in find_far_candidates(view, 8, differences=True) if c.cover >= COVER]
    far.sort(key=lambda c: (-round(c.bits), sum(abs(m - c.line) for m in c.stretch)))
    for c in far:
        pair = len(c.stretch) == 2
        supported = pair and any(says_difference(lines.labels[m]) for m in c.stretch)
        near = pair and max(c.line, *c.stretch) - min(c.line, *c.stretch) <= 3
        least = G3 if supported else G4 if near else FARU
        if not taken.get(c.line) and says_total(lines.labels[c.line]):
            least = min(least, FARL)
        if not pair and taken.get(c.line): continue
        if c.bits >= least and fits(c) and not view.doubles(c) and not view.is_lost_in_rounding(c):
            yield from emit(view, c, is_far=True)


def contract(found: list[Aggregate]) -> list[Aggregate]:
    """A total of totals."""
    readings: dict[int, list[tuple[int, dict[int, tuple[int, ...]]]]] = {}
    made = []
    sets = [(t.line, {p: frozenset(m) for p, m in t.members.items()}) for t in found]
    for t in found:
        if t.channel not in CONTR.split():
            made.append(t)
            continue
        members = dict(t.members)
        for place, parts in t.members.items():
            own = set(parts)
            for line, by in sorted(sets, key=lambda x: -len(x[1].get(place, ()))):
                r = by.get(place)
                if r and line != t.line and line not in own and len(r) > 1 and r < own:
                    own = own - r | {line}
            if len(own) > 1:
                members[place] = tuple(sorted(own))
        made.append(Aggregate(t.operator, t.line, members, t.bits, t.is_labelled, t.hits, t.channel))
    return made
