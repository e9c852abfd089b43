"""Dated notes: remarks that begin with their day, as those of a risk map do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from pregon.claims.vocabulary import flatten
from pregon.document.location import LocationKind
from pregon.document.model import Passage
from pregon.figures.spanish import find_dates

_LEAST_WORDS: Final = 4
_SHORTEST: Final = 20


@dataclass(frozen=True, slots=True)
class DatedNote:
    """A remark that begins with its date: the number of its text, the stretch of the date, the day, and as printed."""

    passage: int
    start: int
    end: int
    day: date
    shown: str


def find_dated_notes(passages: Sequence[Passage]) -> Iterator[DatedNote]:
    """The lines that begin with a full date and go on with a sentence."""
    for number, passage in enumerate(passages):
        text = passage.prose.text
        if passage.location.kind not in (LocationKind.PARAGRAPH, LocationKind.CELL) or len(text) < _SHORTEST:
            continue
        start = 0
        for line in text.split("\n"):
            days = find_dates(line[:40])
            if days and days[0].start <= 2 and days[0].date is not None:
                words = flatten(line[days[0].end :]).split()
                if len(words) >= _LEAST_WORDS:
                    yield DatedNote(number, start + days[0].start, start + days[0].end, days[0].date, days[0].text)
            start += len(line) + 1
