"""Blocks: sheets whose parts are each closed, or opened, by a total under one roof of blank lines and heads.

Where total after total of a sheet sums its own block, and always on the same side, the rest are read so too, even
those that one figure among zeros gives: by itself such an account would weigh nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from pregon.document.prose import Operator
from pregon.relations.candidate import State
from pregon.relations.evidence import says_rate, says_total
from pregon.relations.lines import Aggregate, Lines

_LEAST_BLOCKS: Final = 3
"""So many blocks of a sheet must close by two figures or more, and so many times those on the other side."""
_BITS: Final = 20.0


class _Account(NamedTuple):
    """Of a line and its block: in how many places it closes, by two figures or more, and fails."""

    closed: int
    strong: int
    failed: int


def take_blocks(state: State) -> None:
    """Take the totals of their blocks, where the sheet is built so."""
    lines = state.lines
    totals = [line for line, label in enumerate(lines.labels) if says_total(label) and not says_rate(label)]
    if len(totals) < _LEAST_BLOCKS:
        return
    sides = []
    for step in (-1, 1):
        blocks = [(line, block) for line in totals if len(block := _block(lines, line, step)) > 1]
        holding = [
            (line, block, account)
            for line, block in blocks
            if (account := _settle(lines, line, block)).closed and not account.failed
        ]
        sides.append((sum(account.strong > 0 for _, _, account in holding), holding))
    (less, _), (most, chosen) = sorted(sides, key=lambda side: side[0])
    if most < _LEAST_BLOCKS * max(1, less):
        return
    for line, block, account in chosen:
        places = [place for place, value in enumerate(lines.values[line]) if value is not None]
        parts = tuple(part for part in block if lines.takes_part(part, places))
        members = {place: parts for place in places if any(lines.values[part][place] is not None for part in parts)}
        state.take(Aggregate(Operator.SUM, line, members, _BITS, True, account.closed, "block"))


def _block(lines: Lines, line: int, step: int) -> list[int]:
    """The lines from a total on, up to one without a name or the next total; heads at its far end are none of it."""
    block: list[int] = []
    at = line + step
    while 0 <= at < len(lines.values) and not says_total(lines.labels[at]):
        if not lines.labels[at]:
            break
        block.append(at)
        at += step
    while block and not lines.filled(block[-1]):
        block.pop()
    return sorted(block)


def _settle(lines: Lines, line: int, block: Sequence[int]) -> _Account:
    closed = strong = failed = 0
    for place, value in enumerate(lines.values[line]):
        if value is None:
            continue
        parts = [(part, lines.ulps[m][place]) for m in block if (part := lines.values[m][place]) is not None]
        slack = lines.ulps[line][place] + sum(ulp for _, ulp in parts)
        if 2 * abs(sum(part for part, _ in parts) - value) > slack:
            failed += 1
        elif value:
            closed += 1
            strong += sum(part != 0 for part, _ in parts) > 1
    return _Account(closed, strong, failed)
