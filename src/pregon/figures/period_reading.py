"""Reading periods: a text that is one (`Period.parse`) and those that a running text names (`find_periods`)."""

import re
from collections.abc import Callable
from datetime import date

from pregon.figures.date_grammar import DateMention, scan_dates
from pregon.figures.period import KIND_BY_MONTHS, Period, PeriodMention
from pregon.figures.period_grammar import SaidPeriod, scan_periods
from pregon.figures.words import original_span, quote, readable


def mention_periods(text: str) -> tuple[PeriodMention, ...]:
    """Do what `find_periods` promises."""
    clean, positions = readable(text)
    return tuple(
        _period_mention(said, clean, *original_span(positions, said.start, said.end)) for said in scan_periods(clean)
    )


def _period_mention(said: SaidPeriod, clean: str, start: int, end: int) -> PeriodMention:
    quarter = said.quarter
    months = () if quarter else said.months
    period = None
    if said.first_year is not None and said.last_year is not None and said.first_month:
        period = _said_period(said, said.last_year)
    return PeriodMention(
        start, end, clean[said.start : said.end], period, quarter, months, said.last_year, said.relative
    )


def _said_period(said: SaidPeriod, last_year: int) -> Period:
    """Give the period said, ending in `last_year`."""
    first_year = said.first_year
    if first_year is None:
        first_year = last_year - (1 if said.first_month > said.last_month else 0)
    return Period(Period.month(first_year, said.first_month).start, Period.month(last_year, said.last_month).end)


_OPENING = re.compile(
    r"(?:(?:durante|periodo|período|entre|desde|(?:bi|tri|cuatri|se)mestre|en|del?|el|los?|la|meses|mes|año|vigencia):?\s+){1,5}",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_ISO_SPAN = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})\s?(?:/|al?|–|-)\s?([0-9]{4}-[0-9]{2}-[0-9]{2})")
_DATE_GAP = re.compile(r"\s*(?:al?|hasta|y|[-–—/])\s*(?:(?:el|del|al)\s+)*", re.IGNORECASE)


def parse_period(text: str, near: Period | None) -> Period:
    """Do what `Period.parse` promises."""
    clean = readable(text)[0].strip(" \t\n\u00a0.;:,()")
    opening = _OPENING.match(clean)
    core = clean[opening.end() :] if opening else clean
    if _YEAR.fullmatch(core):
        return Period.year(int(core))
    iso = _ISO_SPAN.fullmatch(core)
    try:
        if iso:
            return Period(date.fromisoformat(iso[1]), date.fromisoformat(iso[2]))
    except ValueError:
        raise ValueError(_not_a_period(text)) from None
    for whole in (clean, core):
        said = scan_periods(whole)
        if len(said) == 1 and not _outside(whole, said[0].start, said[0].end):
            return _resolved(said[0], text, near)
    return _parse_days(core, text, near)


def _outside(text: str, start: int, end: int) -> str:
    """What is left of the text around a reading, but for the words that open a period."""
    before = text[:start]
    opening = _OPENING.fullmatch(before)
    return ("" if opening else before) + text[end:]


def _resolved(said: SaidPeriod, text: str, near: Period | None) -> Period:
    if said.relative:
        if near is not None and KIND_BY_MONTHS.get(said.unit) is near.kind:
            return near
        raise ValueError(f"{quote(text)} no dice cuál. Escríbalo completo, por ejemplo cuarto trimestre de 2025.")
    if said.last_year is not None:
        return _said_period(said, said.last_year)
    return nearest(lambda year: _said_period(said, year), text, near)


def _parse_days(core: str, text: str, near: Period | None) -> Period:
    """Read a day or a range of days."""
    mentions = scan_dates(core, relaxed=True)
    if not mentions or mentions[0].start or mentions[-1].end != len(core) or len(mentions) > 2:
        raise ValueError(_not_a_period(text))
    first, last = mentions[0], mentions[-1]
    if len(mentions) == 2 and not _DATE_GAP.fullmatch(core, first.end, last.start):
        raise ValueError(_not_a_period(text))
    if last.year is not None:
        return _day_span(first, last, last.year, text)
    return nearest(lambda year: _day_span(first, last, year, text), text, near)


def _day_span(first: DateMention, last: DateMention, year: int, text: str) -> Period:
    wraps = (first.month, first.day) > (last.month, last.day)
    start_year = first.year if first.year is not None else year - 1 if wraps else year
    try:
        return Period(date(start_year, first.month, first.day), date(year, last.month, last.day))
    except ValueError:
        raise ValueError(_not_a_period(text)) from None


def nearest(in_year: Callable[[int], Period], text: str, near: Period | None) -> Period:
    """Choose the year that puts a period inside `near` or nearest to it; of two equally near, the earlier.

    Raises:
        ValueError: when `near` is not given, or no year near it has such a day.
    """
    if near is None:
        raise ValueError(f"{quote(text)} no dice el año. Escríbalo, por ejemplo {quote(text.strip() + ' de 2025')}.")
    found = []
    problem: ValueError | None = None
    for year in range(max(1, near.start.year - 4), near.end.year + 5):
        try:
            found.append(in_year(year))
        except ValueError as error:
            problem = error
    if not found:
        raise problem or ValueError(_not_a_period(text))
    return min(found, key=lambda period: (not near.contains(period), _days_apart(period, near), period.start))


def _days_apart(period: Period, near: Period) -> int:
    return max(0, (near.start - period.end).days, (period.start - near.end).days)


def _not_a_period(text: str) -> str:
    if not text.strip():
        return "Falta el periodo. Escríbalo así: cuarto trimestre de 2025, octubre de 2025 o 2025-T4."
    return f"{quote(text)} no es un periodo. Escríbalo así: cuarto trimestre de 2025, octubre de 2025 o 2025-T4."
