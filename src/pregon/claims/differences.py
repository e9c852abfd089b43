"""«Facebook tuvo 5 publicaciones más que Instagram»: by how much one figure of the tables exceeds another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from pregon.claims.accounts import Index
from pregon.claims.claim import Claim
from pregon.claims.compared import find_compared
from pregon.claims.plain_words import is_plain
from pregon.claims.shares import NUMBER, read_amount
from pregon.claims.stretches import find_said, quote_stretch
from pregon.claims.vocabulary import measure_of
from pregon.document.location import Location
from pregon.document.model import Passage
from pregon.document.passages import Passages
from pregon.figures.amount import Amount, Interval
from pregon.relations.relation import middle_of

_SAID: Final = re.compile(
    rf"(?<![\d.,])(?P<figure>{NUMBER})(?! ?%)(?P<noun>(?: [a-z]+){{0,2}}?) (?P<way>mas|menos) que "
    r"(?:en |el |la |los |las |lo de |por |de |mes de )*"
)
"""A figure, what it counts, and the words up to whoever it is held against."""
_NOT_ALONE: Final = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Difference:
    """A difference as stated and where, the two figures that should give it, and what they do give.

    `due` is how much more (or less, where the text says so) the first is than the second; negative the other way round.
    """

    text: str
    location: Location
    stated: Amount
    first: Claim
    second: Claim
    due: Decimal
    closes: bool


def find_differences(passages: Passages, index: Index) -> Iterator[Difference]:
    """Every difference between two networks, or two months of one, whose figures the tables give.

    One that does not close is told only where the words of its sentence say nothing else.
    """
    for passage, start, sentence, match in find_said(passages, _SAID):
        found = _read(passage, start, sentence, match, index)
        if found is not None:
            yield found


def _read(passage: Passage, start: int, sentence: str, match: re.Match[str], index: Index) -> Difference | None:
    lead, rest = sentence[: match.start()], sentence[match.end() :]
    stretch = slice(start + match.start("figure"), start + match.end("figure"))
    stated = read_amount(passage.prose.text[stretch])
    compared = find_compared(lead, match.group(), rest, passage.location.section, index)
    if stated is None or compared is None:
        return None
    first, second = compared
    more, less = (first, second) if match.group("way") == "mas" else (second, first)
    computed = Interval(
        more.amount.interval.low - less.amount.interval.high, more.amount.interval.high - less.amount.interval.low
    )
    closes = stated.interval.meets(computed)
    words = f"{lead} {match.group('noun')}"
    if not closes and (_NOT_ALONE.search(lead) or not is_plain(words, measure_of(match.group("noun")))):
        return None
    place = quote_stretch(passage.location, stretch.start, start + match.end("way"))
    return Difference(place.quoted, place, stated, first, second, middle_of(computed), closes)
