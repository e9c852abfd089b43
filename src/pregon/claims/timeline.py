"""The periods that a document names, where, and the period that it is of, by weighted vote."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from functools import lru_cache
from itertools import islice, pairwise
from typing import Final

from pregon.claims.named_quarters import quarters_in
from pregon.claims.said_periods import months_said, periods_in
from pregon.claims.sentence_grammar import LONGEST
from pregon.claims.tabulation import Face, Tabulation
from pregon.claims.vocabulary import flatten
from pregon.document.location import LocationKind
from pregon.document.model import Cell, Heading, Passage
from pregon.document.passages import Passages
from pregon.figures.period import Period, PeriodKind
from pregon.figures.spanish import DateMention, find_dates

_COMPARING: Final = re.compile(
    r"\banterior(?:es)?\b|\bfrente al?\b|\brespecto (?:al?|del?)\b|\bcompar|\bcontra\b|\bpara comparar"
    r"|\bmism[oa] (?:trimestre|periodo|mes)|\bvariacion|\ben un ano\b|\ban[o] atras\b|\bhistoric|\bevolucion|\bserie\b"
    r"|\b(?:proxim[oa]s?|siguientes?) (?:trimestres?|periodos?|mes|meses|anos?|informes?)\b"
    r"|\ba diferencia\b|\bmientras\b|\bse (?:espera|preve|planea|proyecta)n?\b"
    r"|\bdesde (?:el|la)\b|\bprevist|\bprogramad[oa]s? para\b|\bsin registro|\b(?:mas|menos) que\b"
    # «Pasaron de 200 en el segundo trimestre a 250 en el tercero».
    r"|\b(?:pas|sub|baj|aument|increment|crec|disminu|ca|redu)[a-z]*(?: [a-z]+){0,3} de \d"
)
_FUTURE: Final = re.compile(r"\w{2,}r(?:á|án)\b")
"""What will be done: its period is not that of what was. Without its accent it could be anything («se considera»)."""
_STOP: Final = re.compile(r"(?<=[.?!])\s+(?=[^\W\d_]|[¿¡«])|\n+")
"""Where a sentence ends; what follows a semicolon is still set against what comes before."""
NO_YEAR: Final = 2000
"""Stands for the year in a document that names none."""
_UNTIL: Final = re.compile(r"\s*(?:al?|hasta)(?: el)?\s*|\s*[-–]\s*")
_MONTHS_OF_A_QUARTER: Final = 3
_FIRST_YEAR: Final = 1901
_LAST_YEAR: Final = 2098
_OPENING_TEXTS: Final = 6
_LONGEST_TITLE: Final = 90
_AROUND: Final = 70
_AFTERWARDS: Final = 20
"""How many characters before and after a period tell whether it is set against another."""


class Stand(StrEnum):
    """Where a period is named."""

    TITLE = "title"
    HEADING = "heading"
    SENTENCE = "sentence"
    LABEL = "label"
    """The value of a named field: «Duración: julio»."""
    AXIS = "axis"
    """The months that head a table's columns or rows."""
    DATE = "date"
    """A day in a row of a table of things."""
    PROPERTY = "property"


_WEIGHTS: Final = {Stand.TITLE: 3, Stand.HEADING: 1, Stand.SENTENCE: 2, Stand.LABEL: 1, Stand.AXIS: 4, Stand.DATE: 1,
                   Stand.PROPERTY: 8}  # fmt: skip


@dataclass(frozen=True, slots=True)
class PeriodClaim:
    """A period named in a text: the months said, the year where it was said, and where.

    `period` is None until the year is known; `is_comparison` that the words around set it against the report's own;
    `is_relative` that it is «el presente trimestre».
    """

    months: tuple[int, ...]
    year: int | None
    stand: Stand
    passage: int
    start: int
    end: int
    text: str
    period: Period | None = None
    is_quarter: bool = False
    is_comparison: bool = False
    is_relative: bool = False
    table: int | None = None


@dataclass(frozen=True, slots=True)
class Timeline:
    """All the periods named, and the document's own (None where nothing tells).

    A document may name months and no year at all: its periods are then set in `NO_YEAR`, and `has_year` is false.
    """

    claims: tuple[PeriodClaim, ...]
    period: Period | None
    year: int
    has_year: bool = True

    @property
    def title(self) -> str:
        """The document's own period in words, without the year where it names none; "" where nothing tells."""
        title = "" if self.period is None else self.period.title
        return title if self.has_year else title.removesuffix(f" de {NO_YEAR}")

    def resolve(self, months: Sequence[int], year: int | None = None) -> Period | None:
        """The months as a period of the document's time, from the first to the last; None for no months."""
        return _resolve(tuple(months), year, self.year, self.period)


@lru_cache(maxsize=1024)
def _resolve(months: tuple[int, ...], year: int | None, default: int, near: Period | None) -> Period | None:
    if not months:
        return None
    known = year if year is not None else default
    if not _FIRST_YEAR <= known <= _LAST_YEAR:  # a slip of the keyboard: «2625»
        return None
    first, last = Period.month(known, months[0]), Period.month(known, months[-1])
    if last.end < first.start:
        first = Period.month(known - 1, months[0])
    found = Period(first.start, last.end)
    if year is None and near is not None and not near.overlaps(found) and near.start.year != near.end.year:
        later = found.year_before
        return later if near.overlaps(later) else found
    return found


def is_comparing(text: str) -> bool:
    """Whether words set one period against another."""
    return bool(_COMPARING.search(flatten(text)) or _FUTURE.search(text.lower()))


def trace_timeline(stated: str, passages: Passages, tabulations: Sequence[Tabulation]) -> Timeline:
    """Gather every period named and vote: a title counts less than tables, tables less than all their dated rows.

    `stated` is the period that the file's own properties name, «2025-T4», where they name one.
    """
    named = list(_from_passages(passages))
    named += _from_tables(tabulations)
    named += _from_properties(stated)
    said = _vote_year(named)
    year = NO_YEAR if said is None else said
    named = [replace(claim, period=claim.period or _resolve(claim.months, claim.year, year, None)) for claim in named]
    own = _vote_period(named)
    if own is not None:
        named = [_set_against(claim, own, passages) for claim in named]
    return Timeline(tuple(named), own, own.start.year if own is not None else year, said is not None)


def _set_against(claim: PeriodClaim, own: Period, passages: Passages) -> PeriodClaim:
    """A period told to be compared, where its sentence names the document's own too: «80.000 en el tercer trimestre y
    94.196 en el cuarto».
    """
    if claim.is_comparison or claim.stand is not Stand.SENTENCE or claim.period is None or claim.period.overlaps(own):
        return claim
    text = passages[claim.passage].prose.text
    first, last = max(0, claim.start - LONGEST), claim.end + LONGEST
    begins = max((match.end() for match in _STOP.finditer(text, first, claim.start)), default=first)
    stop = _STOP.search(text, claim.end, last)
    sentence = text[begins : stop.start() if stop else last]
    others = quarters_in(sentence, own, lambda months, year: _resolve(tuple(months), year, own.start.year, own))
    return replace(claim, is_comparison=any(other.period.overlaps(own) for other in others))


def _from_properties(stated: str) -> Iterable[PeriodClaim]:
    try:
        period = Period.parse(stated) if stated else None
    except ValueError:
        return
    if period is not None:
        months = tuple(month.start.month for month in period.months)
        yield PeriodClaim(months, period.start.year, Stand.PROPERTY, -1, 0, len(stated), stated, period)


def _from_passages(passages: Passages) -> Iterable[PeriodClaim]:
    opening = _opening_of(passages)
    for number, passage in passages.saying(lambda text: periods_in(text) or len(find_dates(text)) > 1):
        text = passage.prose.text
        stand = _stand_of(passage, is_opening=number < opening)
        if stand is None:
            continue
        for span in _spans_in(text):
            yield replace(span, stand=stand, passage=number)
        for mention in periods_in(text):
            months = months_said(mention)
            if not months and not mention.relative:
                continue
            alone = stand is Stand.SENTENCE and _follows_label(text, mention.start)
            yield PeriodClaim(
                months=months,
                year=mention.year,
                stand=Stand.LABEL if alone else stand,
                passage=number,
                start=mention.start,
                end=mention.end,
                text=mention.text,
                period=mention.period,
                is_quarter=mention.quarter is not None or len(months) > 3,
                is_comparison=is_comparing(text[max(0, mention.start - _AROUND) : mention.end + _AFTERWARDS]),
                is_relative=mention.relative,
            )


def _spans_in(text: str) -> Iterable[PeriodClaim]:
    """The whole months told by their first and last day: «del 1 de abril al 30 de junio de 2025»."""
    for first, last in pairwise(find_dates(text)):
        between = flatten(text[first.end : last.start])
        if first.date is None or last.date is None or not _UNTIL.fullmatch(between) or first.date.day != 1:
            continue
        if last.date < first.date or last.date.year != first.date.year or last.date.year > _LAST_YEAR:
            continue
        if (last.date + timedelta(days=1)).day != 1:
            continue
        months = tuple(range(first.date.month, last.date.month + 1))
        yield PeriodClaim(
            months,
            first.date.year,
            Stand.SENTENCE,
            -1,
            first.start,
            last.end,
            text[first.start : last.end],
            Period(first.date, last.date),
            is_quarter=len(months) >= _MONTHS_OF_A_QUARTER,
            is_comparison=is_comparing(text[max(0, first.start - _AROUND) : last.end + _AFTERWARDS]),
        )


def _opening_of(passages: Passages) -> int:
    """How many texts a document opens with: up to where it has said enough titles and paragraphs."""
    said = (
        number
        for number, passage in passages.outside_tables
        if passage.location.kind in (LocationKind.HEADING, LocationKind.PARAGRAPH) and passage.prose.text.strip()
    )
    return next(islice(said, _OPENING_TEXTS, None), len(passages))


def _stand_of(passage: Passage, *, is_opening: bool) -> Stand | None:
    kind = passage.location.kind
    if kind is LocationKind.HEADING:
        is_first = is_opening or (isinstance(passage.block, Heading) and passage.block.level == 0)
        return Stand.TITLE if is_first else Stand.HEADING
    if kind in (LocationKind.PARAGRAPH, LocationKind.FOOTNOTE):
        text = passage.prose.text.rstrip()
        is_title = is_opening and len(text) <= _LONGEST_TITLE and not text.endswith((".", ";"))
        return Stand.TITLE if is_title else Stand.SENTENCE
    if kind is LocationKind.CELL:
        return Stand.SENTENCE if len(passage.prose.text) > 40 else Stand.LABEL
    return None


def _follows_label(text: str, start: int) -> bool:
    before = flatten(text[:start]).strip()
    return before.endswith(":") and len(before) < 30


def _from_tables(tabulations: Sequence[Tabulation]) -> Iterable[PeriodClaim]:
    for tabulation in tabulations:
        named = tabulation.named_months
        if named and any(Face.FIGURE in tabulation.faces[row] for row in tabulation.body):
            span = f"{tabulation.name} {tabulation.before}"
            labels = " ".join(tabulation.column_labels)
            year = _year_in(labels) or _year_in(tabulation.name)
            yield PeriodClaim(
                named, year, Stand.AXIS, -1, 0, 0, "", table=tabulation.number, is_comparison=is_comparing(span)
            )
        if tabulation.is_listing:
            for row in tabulation.thing_rows:
                day = _day_of(tabulation.table.spread[row])
                if day is not None:
                    yield PeriodClaim((day.month,), day.year, Stand.DATE, -1, 0, 0, day.text, table=tabulation.number)


def _day_of(cells: Sequence[Cell | None]) -> DateMention | None:
    """The day of a row: the first of its cells that holds one date."""
    found = (find_dates(cell.text) for cell in cells if cell is not None)
    return next((days[0] for days in found if len(days) == 1 and days[0].date is not None), None)


def _year_in(text: str) -> int | None:
    years = re.findall(r"\b20\d\d\b", text)
    return int(years[0]) if len(set(years)) == 1 else None


def _vote_year(named: Sequence[PeriodClaim]) -> int | None:
    votes: Counter[int] = Counter()
    for claim in named:
        if claim.year is not None and not claim.is_comparison:
            votes[claim.year] += _WEIGHTS[claim.stand]
    return max(votes, key=lambda year: (votes[year], year)) if votes else None


def _vote_period(named: Sequence[PeriodClaim]) -> Period | None:
    """The period that holds most of what is named; a half or a year only where a title says so."""
    voting = [claim for claim in named if claim.period is not None and not claim.is_comparison]
    candidates: set[Period] = set()
    for claim in voting:
        if claim.period is None:
            continue
        first = claim.period.start
        if claim.period.kind in (PeriodKind.MONTH, PeriodKind.QUARTER) or len(claim.months) <= 3:
            candidates.add(Period.quarter(first.year, (first.month + 2) // 3))
        if claim.stand in (Stand.TITLE, Stand.PROPERTY) or (claim.stand is Stand.AXIS and len(claim.months) > 3):
            candidates.add(claim.period)
    if not candidates:
        return None
    return max(candidates, key=lambda period: (_score(period, voting), -period.days, period.start))


def _score(period: Period, voting: Sequence[PeriodClaim]) -> int:
    """The weight of what lies inside; a wide axis that names all the period's months counts for each of them."""
    score = 0
    for claim in voting:
        if claim.period is None or not period.contains(claim.period):
            continue
        weight = _WEIGHTS[claim.stand]
        if claim.stand is Stand.AXIS:
            weight = weight * len(claim.months) // 3 + 1
        if claim.period == period and claim.stand in (Stand.TITLE, Stand.PROPERTY):
            weight *= 2
        score += weight
    return score
