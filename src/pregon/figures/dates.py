"""Dates as Spanish writes them: read one and print one; `find_dates` finds all in a running text."""

import calendar
import re
from datetime import date

from pregon.figures.date_grammar import DateMention, scan_dates
from pregon.figures.period import Period
from pregon.figures.words import month_name, quote, readable

_OPENING = re.compile(
    r"(?:(?:el|fecha|día|dia|a)\b:?\s*)?(?:(?:lunes|martes|mi[eé]rcoles|jueves|viernes|s[aá]bado|domingo)\b,?\s*)?"
    r"(?:el\s+)?",
    re.IGNORECASE,
)


def parse_date(text: str, *, near: Period | None = None) -> date:
    """Read a text that is one date: «6/10/2025», «28 de noviembre de 2025», «6 oct 2025», «2025-10-06».

    Day goes before month, as in Colombia. A date without a year takes it from `near`: the year that puts it inside or
    nearest.

    Raises:
        ValueError: when it is not a date, does not exist, or has no year and `near` is not given.
    """
    clean = readable(text)[0].strip(" \t\n\u00a0.;,()")
    opening = _OPENING.match(clean)
    core = clean[opening.end() :] if opening else clean
    mentions = scan_dates(core, relaxed=True)
    if len(mentions) != 1 or (mentions[0].start, mentions[0].end) != (0, len(core)):
        raise ValueError(_not_a_date(text))
    mention = mentions[0]
    if mention.date is not None:
        return mention.date
    if mention.year is not None or mention.day > 31 or mention.month > 12:
        raise ValueError(explain_impossible_date(mention))
    from pregon.figures.period_reading import nearest  # the grammar of periods loads only for a date without year

    return nearest(lambda year: _one_day(mention, year), text, near).start


def _one_day(mention: DateMention, year: int) -> Period:
    if mention.day > calendar.monthrange(year, mention.month)[1]:
        raise ValueError(explain_impossible_date(mention))
    day = date(year, mention.month, mention.day)
    return Period(day, day)


def explain_impossible_date(mention: DateMention) -> str:
    """Say why a date found in a text does not exist: «El 31/11/2025 no existe: noviembre tiene 30 días.»."""
    if not 1 <= mention.month <= 12:
        return f"El {mention.text} no existe: no hay mes {mention.month}. Escriba día, mes y año: 6/10/2025."
    name = month_name(mention.month)
    if mention.month == 2 and mention.year is not None and mention.day == 29:
        name += f" de {mention.year}"
    days = calendar.monthrange(mention.year or 2025, mention.month)[1]
    return f"El {mention.text} no existe: {name} tiene {days} días."


def _not_a_date(text: str) -> str:
    if not text.strip():
        return "Falta la fecha. Escríbala así: 6/10/2025 o 28 de noviembre de 2025."
    return f"{quote(text)} no es una fecha. Escríbala así: 6/10/2025 o 28 de noviembre de 2025."


def print_date(day: date, *, short: bool = False) -> str:
    """Print a date: «28 de noviembre de 2025», or «28 nov 2025» in tables."""
    if short:
        return f"{day.day} {month_name(day.month, short=True)} {day.year}"
    return f"{day.day} de {month_name(day.month)} de {day.year}"
