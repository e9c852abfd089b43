"""«Facebook publicó el doble que Instagram»: how many times one figure of the tables is another, told in a word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from pregon.claims.accounts import Index, accounts_of
from pregon.claims.claim import Claim, Subject
from pregon.claims.said_periods import months_said, periods_in
from pregon.claims.stretches import quote_stretch, sentences_of
from pregon.claims.vocabulary import POSTS, find_entities, find_measures, flatten, measure_of
from pregon.document.location import Location
from pregon.document.model import Passage
from pregon.document.passages import Passages
from pregon.figures.period import Period

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
_PUBLISHED: Final = re.compile(r"\bpublic(?:o|aron|amos)\b")
_BREAK: Final = re.compile(r"[,;:.()]")
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
    for _, passage in passages.saying(lambda text: _SAID.search(flatten(text))):
        for start, sentence in sentences_of(passage):
            for match in _SAID.finditer(sentence):
                found = _read(passage, start, sentence, match, index)
                if found is not None:
                    yield found


def _read(passage: Passage, start: int, sentence: str, match: re.Match[str], index: Index) -> Multiple | None:
    lead, rest = sentence[: match.start()], _BREAK.split(sentence[match.end() :], maxsplit=1)[0]
    measure = _measure(lead, match.group(), passage.location.section)
    subjects = _subjects(lead, rest, measure, index)
    if not measure or subjects is None:
        return None
    first, second = (_figure(subject, index) for subject in subjects)
    if first is None or second is None or not first.amount.value or not second.amount.value:
        return None
    word = _word(match)
    ratio = first.amount.value / second.amount.value
    place = quote_stretch(passage.location, start + match.start(), start + match.end("times"))
    return Multiple(place.quoted, place, first, second, ratio, word.allows(ratio))


def _word(match: re.Match[str]) -> _Word:
    said = match.group("times")
    times = _TIMES.get(said) or _TIMES[f"el {said}"]
    return _Word(times, bool(match.group("near")), bool(match.group("over")), bool(match.group("under")))


def _measure(lead: str, words: str, section: str) -> str:
    """What is counted: the noun after the word («el doble de visitas»), one before it, a verb, the section's own."""
    for said in (words, lead):
        found = find_measures(said)
        if found:
            return found[-1].code
    return POSTS if _PUBLISHED.search(lead) else measure_of(section)


def _subjects(lead: str, rest: str, measure: str, index: Index) -> tuple[Subject, Subject] | None:
    """Who is set against whom: the last named before the words, the first after them; two months of the same one."""
    before, after = find_entities(lead), find_entities(rest)
    if not before:
        return None
    entity, period = before[-1].code, _month(lead, index)
    if after:
        own = period or index.timeline.period
        return (
            (Subject(entity, measure, own), Subject(after[0].code, measure, own)) if after[0].code != entity else None
        )
    other = _month(rest, index)
    if period is None or other is None or other == period:
        return None
    return Subject(entity, measure, period), Subject(entity, measure, other)


def _month(words: str, index: Index) -> Period | None:
    """The one month that words name; None where they name none or several."""
    mentions = periods_in(words)
    if len(mentions) != 1 or len(months_said(mentions[0])) != 1:
        return None
    return index.timeline.resolve(months_said(mentions[0]), mentions[0].year)


def _figure(subject: Subject, index: Index) -> Claim | None:
    """The one cell that gives a subject; None where none does, or several that differ."""
    found = [index.claims[account.operands[0]] for account in accounts_of(subject, index) if len(account.operands) == 1]
    return found[0] if len({claim.amount.value for claim in found}) == 1 else None
