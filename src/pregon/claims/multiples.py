"""«Facebook publicó el doble que Instagram»: how many times one figure of the tables is another, told in a word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from pregon.claims.accounts import Index
from pregon.claims.claim import Claim
from pregon.claims.compared import find_compared
from pregon.claims.stretches import find_said, quote_stretch
from pregon.document.location import Location
from pregon.document.model import Passage
from pregon.document.passages import Passages

_TIMES: Final = {
    "el doble": Decimal(2),
    "el triple": Decimal(3),
    "el cuadruple": Decimal(4),
    "la mitad": Decimal(1) / 2,
    "la tercera parte": Decimal(1) / 3,
    "un tercio": Decimal(1) / 3,
    "la cuarta parte": Decimal(1) / 4,
}
_SAID: Final = re.compile(
    r"\b(?:(?P<near>casi|cerca de|alrededor de|aproximadamente) |(?P<over>mas del?) |(?P<under>menos del?) )?"
    rf"(?P<times>(?:{'|'.join(_TIMES)})|(?<=del )(?:doble|triple|cuadruple))\b"
    r"(?:(?: de [a-z ]{3,30}?)? que | de )(?:en |la |el |las |los |lo de |por )*"
)
"""The words up to whoever the figure is set against."""
_HALF: Final = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class Multiple:
    """How many times a figure is said to be another: the words and where, the two figures and what they give."""

    text: str
    location: Location
    first: Claim
    second: Claim
    times: Decimal
    closes: bool


@dataclass(frozen=True, slots=True)
class _Word:
    """«El doble», and whether it is told as «casi», «más del» or «menos del»."""

    times: Decimal
    is_near: bool
    is_over: bool
    is_under: bool

    def allows(self, ratio: Decimal) -> bool:
        """Whether so many times may be called so: to the nearest whole number, of parts of their inverse."""
        if self.is_over or self.is_under:
            return ratio > self.times if self.is_over else ratio < self.times
        whole, given = (self.times, ratio) if self.times > 1 else (1 / self.times, 1 / ratio)
        if not whole - _HALF <= given < whole + _HALF:
            return False
        return not self.is_near or ratio <= self.times


def find_multiples(passages: Passages, index: Index) -> Iterator[Multiple]:
    """Every multiple between two networks, or two months of one, whose figures the tables give."""
    for passage, start, sentence, match in find_said(passages, _SAID):
        found = _read(passage, start, sentence, match, index)
        if found is not None:
            yield found


def _read(passage: Passage, start: int, sentence: str, match: re.Match[str], index: Index) -> Multiple | None:
    lead, rest = sentence[: match.start()], sentence[match.end() :]
    compared = find_compared(lead, match.group(), rest, passage.location.section, index)
    if compared is None or not all(claim.amount.value for claim in compared):
        return None
    first, second = compared
    word = _word(match)
    ratio = first.amount.value / second.amount.value
    place = quote_stretch(passage.location, start + match.start(), start + match.end("times"))
    return Multiple(place.quoted, place, first, second, ratio, word.allows(ratio))


def _word(match: re.Match[str]) -> _Word:
    said = match.group("times")
    times = _TIMES.get(said) or _TIMES[f"el {said}"]
    return _Word(times, bool(match.group("near")), bool(match.group("over")), bool(match.group("under")))
