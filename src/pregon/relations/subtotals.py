"""Totals written over subtotals: who sums a sheet sums its subtotals, not their parts once more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from pregon.relations.lines import Aggregate

_FREE: Final = frozenset({"far", "stride", "overlap"})
"""Channels that choose their members among all lines; the others see subtotals for what they are."""

Readings = dict[int, list[tuple[int, frozenset[int]]]]
"""By place, the totals there with their members."""


def write_over_subtotals(found: Sequence[Aggregate]) -> list[Aggregate]:
    """The totals; where one has all members of another among its own, the other stands for them, the largest first."""
    if not any(total.channel in _FREE for total in found):
        return list(found)
    readings: Readings = defaultdict(list)
    for total in found:
        for place, parts in total.members.items():
            if len(parts) > 1:
                readings[place].append((total.line, frozenset(parts)))
    for there in readings.values():
        there.sort(key=lambda reading: -len(reading[1]))
    return [
        replace(
            total,
            members={
                place: _folded(total.line, parts, readings.get(place, ())) for place, parts in total.members.items()
            },
        )
        if total.channel in _FREE
        else total
        for total in found
    ]


def _folded(line: int, parts: tuple[int, ...], readings: Iterable[tuple[int, frozenset[int]]]) -> tuple[int, ...]:
    own = set(parts)
    for other, members in readings:
        if other != line and other not in own and members < own:
            own = own - members | {other}
    return tuple(sorted(own)) if len(own) < len(parts) else parts
