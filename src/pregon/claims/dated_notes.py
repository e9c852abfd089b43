"""Dated notes: remarks that begin with their day, as those of a risk map do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from pregon.claims.timeline import is_comparing
from pregon.claims.vocabulary import flatten
from pregon.document.location import LocationKind
from pregon.document.passages import Passages
from pregon.figures.spanish import find_dates

_LEAST_WORDS: Final = 4
_SHORTEST: Final = 20
_CUT: Final = re.compile(r"\s*(?:a|con)\s+(?:fecha\s+de\s+)?corte\s+(?:a|al|de|del)\s+")
"""«A corte del 30 de junio de 2025 no se han registrado retrasos»."""


@dataclass(frozen=True, slots=True)
class DatedNote:
    """A remark that begins with its date: the number of its text, the stretch of the date, the day, and as printed."""

    passage: int
    start: int
    end: int
    day: date
    shown: str


def find_dated_notes(passages: Passages) -> Iterator[DatedNote]:
    """The lines that begin with a full date, or with that of their cut, and go on with a sentence.

    A cut with figures is no note: it may be where the period began, against which it is measured.
    """
    for number, passage in passages.saying(lambda text: len(text) >= _SHORTEST):
        text = passage.prose.text
        if passage.location.kind not in (LocationKind.PARAGRAPH, LocationKind.CELL):
            continue
        start = 0
        for line in text.split("\n"):
            cut = _CUT.match(flatten(line[:40]))
            days = find_dates(line[:60] if cut else line[:40])
            if days and days[0].start <= (cut.end() if cut else 2) and days[0].date is not None:
                rest = line[days[0].end :]
                if len(flatten(rest).split()) >= _LEAST_WORDS and not (cut and _is_measured(rest)):
                    yield DatedNote(number, start + days[0].start, start + days[0].end, days[0].date, days[0].text)
            start += len(line) + 1


def _is_measured(words: str) -> bool:
    return is_comparing(words) or any(letter.isdigit() for letter in words)
