"""The quarters that a text names, with their noun and without it: «en el tercer trimestre … y en el cuarto»."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from pregon.claims.said_periods import months_said, periods_in
from pregon.claims.vocabulary import flatten
from pregon.figures.period import Period, PeriodKind

Resolve = Callable[[Sequence[int], int | None], Period | None]
"""The months that a text names, with the year it gives them, as a period."""

_BARE: Final = re.compile(
    r"\b(?:en|del?|al?|que) (?:el )?(?P<ordinal>primero|segundo|tercero|cuarto)\b"
    r"(?= (?:fue|fueron|hubo|se|tuvo|tuvieron|llego|llegaron|alcanzo|subio|bajo|cerro|crecio|con)\b"
    r"|\s*(?:[^\w\s]|$)| \d)"
)
"""A quarter without its noun, where nothing else is said to be the third or the fourth («el tercer evento»)."""
_THIS: Final = re.compile(
    r"\b(?:este|el (?:presente|actual)) (?:periodo|informe)\b"
    r"|\b(?:en|del?|al?) (?:este|el (?:presente|actual))\b(?= (?:fue|fueron|hubo|se|tuvo|llego)\b|\s*[^\w\s]| \d)"
)
_ORDINALS: Final = {"primero": 1, "segundo": 2, "tercero": 3, "cuarto": 4}
_TIED: Final = re.compile(r"[^,;:.\d]*\b(?:en|del?)(?: el)?\s*")
_TURNS: Final = re.compile(r"\b(?:y|e|pero|mientras)\b")


@dataclass(frozen=True, slots=True)
class NamedQuarter:
    """A quarter, or a longer period, and the stretch of the text that names it."""

    start: int
    end: int
    period: Period


def quarters_in(text: str, own: Period | None, resolve: Resolve) -> tuple[NamedQuarter, ...]:
    """The quarters and longer periods named, in order; those without a noun only beside one that has it.

    `own` is the report's own period, which «en este» names, and whose year is that of «el tercero».
    """
    found = [
        NamedQuarter(mention.start, mention.end, period)
        for mention in periods_in(text)
        if len(months_said(mention)) > 1 and (period := resolve(months_said(mention), mention.year)) is not None
    ]
    if not found or own is None:
        return tuple(found)
    flat = flatten(text)
    relative = [(mention.start, mention.end) for mention in periods_in(text) if mention.relative]
    relative += [match.span() for match in _THIS.finditer(flat)]
    found += [NamedQuarter(start, end, own) for start, end in relative]
    if own.kind is PeriodKind.QUARTER:
        found += [
            NamedQuarter(*bare.span("ordinal"), Period.quarter(own.start.year, _ORDINALS[bare.group("ordinal")]))
            for bare in _BARE.finditer(flat)
        ]
    return tuple(sorted(found, key=lambda named: named.start))


def quarter_beside(named: Sequence[NamedQuarter], start: int, end: int, flat: str) -> Period:
    """Of several quarters in one sentence, the one of the figure at `start:end`.

    That which it is tied to from after («250 en el tercero»), else the last before it, else the first after it.
    """
    before = [quarter for quarter in named if quarter.end <= start]
    after = [quarter for quarter in named if quarter.start >= end]
    if after:
        words = flat[end : after[0].start]
        if not before or (_TIED.fullmatch(words) and not _TURNS.search(words)):
            return after[0].period
    return (before[-1] if before else named[0]).period
