"""Lines gathered by their names: all «Male», every «Subtotal, costs»."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from pregon.figures.spanish import fold
from pregon.relations.evidence import inner, says_mean, says_total
from pregon.relations.lines import Lines

_WORD: Final = re.compile(r"[a-z]{2,}")
_MOST_ALIKE: Final = 300
_FEWEST: Final = 3


def same_label_groups(lines: Lines) -> Iterable[list[int]]:
    """Lines of the same inner label, each group with at least three."""
    groups: dict[str, list[int]] = defaultdict(list)
    for line, label in enumerate(lines.labels):
        if label:
            groups[inner(label).casefold().strip(" .:")].append(line)
    numeric = [lines.filled(line) for line in range(len(lines.values))]
    for group in groups.values():
        kept = [line for line in group if numeric[line]]
        if _FEWEST <= len(kept) <= _MOST_ALIKE and len(kept) < 0.8 * sum(map(bool, numeric)):
            yield kept


def kinds_of_totals(lines: Lines) -> list[list[int]]:
    """The lines that claim a sum, those of the same words together: numbers and codes in a label name no kind."""
    kinds: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for line, label in enumerate(lines.labels):
        if says_total(inner(label)) and lines.filled(line):
            kinds[tuple(_WORD.findall(fold(inner(label))))].append(line)
    return list(kinds.values())


def namesakes(lines: Lines, line: int) -> Iterable[list[int]]:
    """The lines of each name whose words are all in this line's: «Attendance» of each session in «Avg attendance»."""
    words = set(fold(inner(lines.labels[line])).split())
    groups: dict[str, list[int]] = defaultdict(list)
    for other, label in enumerate(lines.labels):
        name = fold(inner(label)).strip(" .:")
        if name and lines.filled(other) and not says_mean(name) and words.issuperset(name.split()):
            groups[name].append(other)
    for group in groups.values():
        if len(group) > 1:
            yield group
