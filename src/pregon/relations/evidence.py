"""Evidence that figures are related, in bits: how unlikely it would be for the account to close by chance."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from math import log2
from typing import Final

from pregon.figures.spanish import fold
from pregon.relations.lines import Lines

MOST_BITS: Final = 14.0
MISS: Final = -5.0
HOLE: Final = 1.5
"""What a miss outside the run costs."""
LABEL_BITS: Final = 6.0

_TOTAL: Final = re.compile(
    r"\b(?:sub-?)?tota(?:l|ls|les|ux|is)\b|\bsub-?tot\b|\b(?:suma|sumatoria|sum|overall|conjunto)\b"
    r"|^(?:all|both|todos|todas|ambos|ambas)\b"
)
_MEAN: Final = re.compile(r"\b(?:average|averages|avg|mean|means|promedio|media|ave|durchschnitt|moyenne)\b")
_SHARE: Final = re.compile(
    r"%|\b(?:per ?cent|percentage|percent|pct|share|shares|rate|rates|ratio|ratios|proportion|distribution|tasa"
    r"|porcentaje|participacion|proporcion|razon|por ciento|per|yield|margin|cumplimiento)\b"
    r"|[a-z] ?/\s*[a-z]"
)
_NOTE: Final = re.compile(r"\([^)]*\)")
_DIFFERENCE: Final = re.compile(
    r"\b(?:change|difference|diff|net|balance|surplus|deficit|variance|remaining|increase|decrease"
    r"|diferencia|saldo|neto|neta|cambio|variacion|aumento|resto)\b"
)
_CHANGE: Final = re.compile(
    r"\b(?:change|changes|chg|growth|variation|variacion|cambio|crecimiento|increase|decrease"
    r"|incremento|evolution|difference)\b"
    r"|(?:19|20)\d\d(?:/\w{1,3})? ?[-/] ?(?:19|20)\d\d"
)


@lru_cache(maxsize=65536)
def says_total(label: str) -> bool:
    """Whether a label claims a sum."""
    return bool(_TOTAL.search(fold(label)) or _TOTAL.search(fold(inner(label))))


@lru_cache(maxsize=65536)
def says_mean(label: str) -> bool:
    """Whether a label claims a mean."""
    return bool(_MEAN.search(fold(label)))


@lru_cache(maxsize=65536)
def says_share(label: str) -> bool:
    """Whether a label claims a share, a rate or a ratio."""
    return bool(_SHARE.search(fold(label)))


@lru_cache(maxsize=65536)
def says_change(label: str) -> bool:
    """Whether a label claims a change from one period to another."""
    return bool(_CHANGE.search(fold(label)))


@lru_cache(maxsize=65536)
def says_difference(label: str) -> bool:
    """Whether a label claims the difference of two figures."""
    return bool(_DIFFERENCE.search(fold(label)))


def says_rate(label: str) -> bool:
    """Whether a label claims what is not added to its neighbours: a share, a change, a mean."""
    if says_total(inner(label)):
        # «Total (w/o A/P)»: what stands in brackets is a note.
        label = _NOTE.sub("", label)
    return says_share(label) or says_change(label) or says_mean(label)


def inner(label: str) -> str:
    """The innermost part of a label."""
    return label.rsplit("\n", 1)[-1]


def weigh(lines: Lines, value: int, computed: int, largest: int, ulp: int) -> float:
    """Bits of one account that closes; a figure seen often in the table says less."""
    count = lines.counts[value]
    bits = min(MOST_BITS, -log2((2 * abs(value - computed) + ulp) / (2 * max(abs(largest), ulp))))
    if count > 1:
        bits = min(bits, log2(lines.size / count))
    return max(bits, 0.0)


@dataclass(frozen=True, slots=True)
class Run:
    """The best stretch of places, `first` to `last`, and what it weighs there."""

    first: int
    last: int
    bits: float
    hits: int
    misses: int


def best_run(scores: list[float | None]) -> Run | None:
    """The consecutive places that weigh most; None is a place that says nothing."""
    best, best_span = 0.0, (0, -1)
    bits, start = 0.0, 0
    for place, score in enumerate(scores):
        if score is None:
            continue
        if bits <= 0:
            bits, start = 0.0, place
        bits += score
        if bits > best:
            best, best_span = bits, (start, place)
    first, last = best_span
    if last < first:
        return None
    outside = sum(score is not None and score < 0 for score in scores[:first])
    outside += sum(score is not None and score < 0 for score in scores[last + 1 :])
    inside = scores[first : last + 1]
    hits = sum(score is not None and score >= 0 for score in inside)
    misses = sum(score is not None and score < 0 for score in inside)
    # Places beyond the ends that neither hold nor break belong to it too.
    while first and (scores[first - 1] is None or scores[first - 1] == 0.0):
        first -= 1
    while last + 1 < len(scores) and (scores[last + 1] is None or scores[last + 1] == 0.0):
        last += 1
    return Run(first, last, best - HOLE * outside, hits, misses)
