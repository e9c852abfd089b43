"""When a figure of a sentence is of: a month that its words name, or a stretch that no table of months answers for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from pregon.claims import sentence_grammar as grammar
from pregon.claims.said_periods import months_said, periods_in
from pregon.claims.timeline import Timeline
from pregon.claims.vocabulary import flatten
from pregon.figures.period import Period, PeriodMention
from pregon.figures.spanish import find_dates

_BEGINS: Final = re.compile(
    r"\W*(?:(?:y|solo|ya|tambien|asimismo|finalmente|luego|despues|por su parte|por ultimo),?\s+)?"
    r"(?:(?:en|durante|para)\s+)?(?:(?:el|todo)\s+)?(?:mes\s+de\s+)?"
)
"""All that may stand before the month of a whole sentence: «Por su parte, en»."""
_COUNTED_OF: Final = re.compile(
    r"\b(?:visitas?|publicaciones|piezas|mensajes|noticias|eventos|solicitudes|seguidores)\s+(?:de|del mes de)\s*"
)
"""What is counted right before its month: «las visitas de diciembre»."""
_ACCUMULATES: Final = re.compile(r"\b(?:acumul|complet|llego|llegaron|suma[nb]?\b|sumo|van?\b|ajust|cerro\b|alcanz)")
"""Words by which a figure is what there was until then."""
_PART_OF_MONTH: Final = re.compile(
    r"\b(?:semanas?|quincenas?|dias?|mitad|inicios?|principios|comienzos?|finales|mediados|desde|hasta|antes|despues"
    r"|partir)\b(?: [a-z]+){0,3}\s*$"
)
"""Words before a month by which it is not the whole of it: «la última semana de»."""
_SHORT: Final = re.compile(
    r"\b(?:en|durante) (?:la|el|una?|cada|es[ae]|est[ae]|las?|los) (?:[a-z]+ ){0,2}"
    r"(?:semana|quincena|dia|jornada|noche)\b"
    r"|\b(?:el dia|la semana|la hora|la quincena|la fecha|la jornada) (?:con|que|en que|de (?:mayor|menor|mas|menos))\b"
    r"|\b(?:en|durante) l[oa]s (?:(?:dos|tres|cuatro|cinco) )?(?:primer|ultim)[oa]s (?:(?:dos|tres|cuatro|cinco) )?"
    r"(?:meses|semanas|dias)\b|\b(?:en|durante) l[oa]s dos meses\b"
)
_LONG: Final = re.compile(
    r"\b(?:en|durante) (?:el|todo el|este) ano\b|\b(?:en|durante) (?:la|esta|toda la) vigencia\b"
    r"|\b(?:en|durante) (?:19|20)\d\d\b|\blo (?:corrido|que va) de\b|\b(?:del ano|de la vigencia)\b"
)
_ANOTHER_YEAR: Final = re.compile(
    r"\b(?:mism[oa]|igual) (?:trimestre|periodo|mes|epoca|lapso)(?: del?)? (?:ano |vigencia )?"
    r"(?:anterior|pasad[oa]|(?:19|20)\d\d)\b"
    r"|\b(?:hace|un) ano (?:atras|antes)\b|\bhace un ano\b|\b(?:el|del) ano (?:anterior|pasado)\b"
)
"""Words by which it is of the same months of another year."""
_THE_DAY: Final = r"\bel (?:dia )?(?:(?:lunes|martes|miercoles|jueves|viernes|sabado|domingo),? )?"
_DAY_BEGINS: Final = re.compile(rf"\W*(?:solo |ya )?{_THE_DAY}")
_DAY_ENDS: Final = re.compile(rf"[^,;:.\d]*{_THE_DAY}")
_IN_BRACKETS: Final = re.compile(r"\s*(?:[a-zñáéíóú]+\s+)?\((?:en )?(?P<inside>[^()]{3,25})\)", re.IGNORECASE)
_BY_ORDER: Final = re.compile(r"\b(?P<order>primer|segundo|tercer|ultimo) mes\b")
_ORDERS: Final = {"primer": 0, "segundo": 1, "tercer": 2, "ultimo": -1}
_MONTHS_OF_A_YEAR: Final = 12


@dataclass(frozen=True, slots=True)
class FigureTime:
    """The month of a figure, None where its words name none; and whether it is of another stretch than the report's
    own: a day, a week, the year, all that there was until then.
    """

    month: Period | None = None
    is_other: bool = False


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A figure in its sentence, all counted from the start of the text: where the sentence begins and ends, where the
    figure does, and in `left` where the figure before it ends, or the sentence begins.
    """

    text: str
    opening: int
    closing: int
    start: int
    end: int
    left: int


def time_of(around: Surroundings, timeline: Timeline, *, is_total: bool) -> FigureTime:
    """When a figure is of, by the words of its sentence. A total is of the whole unless a month stands right beside."""
    text = around.text
    begins = max(around.opening, around.start - grammar.LONGEST)
    lead, after = text[begins : around.start], text[around.end : min(around.closing, around.end + 60)]
    month, is_anothers = _month_before(text[around.left : around.start], timeline)
    beside = _month_in_brackets(after, timeline)
    if beside is not None or month is None or is_anothers:
        month = beside or _month_after(after, timeline) or month
    if month is None:
        month = _month_by_order(lead, after, timeline)
    if month is None and not is_total and begins == around.opening:
        month = _leading_month(lead, timeline)
    if _is_part_of_month(lead, after, has_month=month is not None):
        return FigureTime(None, is_other=True)
    if month is not None:
        return FigureTime(month, is_other=_is_accumulated(lead))
    if _ANOTHER_YEAR.search(flatten(lead)) or _ANOTHER_YEAR.search(flatten(after)):
        return FigureTime(None, is_other=True)
    return FigureTime(None, _is_a_day(lead, after) or _is_year_long(lead, text[around.end : around.closing], timeline))


def _month_before(words: str, timeline: Timeline) -> tuple[Period | None, bool]:
    """The month right before a number («octubre 44»), and whether the words tie it to the number before that.

    Of «31 en julio, 33 en agosto» the second is of August: July is already the first one's.
    """
    for mention in reversed(periods_in(words)):
        gap = flatten(words[mention.end :])
        if _is_month(mention) and len(grammar.WORD.findall(gap)) <= 2 and not re.search(r"[;.]", gap):
            return timeline.resolve(months_said(mention), mention.year), _ties(words[: mention.start])
    return None, False


def _month_after(words: str, timeline: Timeline) -> Period | None:
    """The month right after a number: «44 en octubre»."""
    for mention in periods_in(words):
        if _is_month(mention) and _ties(words[: mention.start]):
            return timeline.resolve(months_said(mention), mention.year)
    return None


def _month_in_brackets(after: str, timeline: Timeline) -> Period | None:
    """The month in brackets right after a number: «34.811 (octubre)»."""
    inside = _IN_BRACKETS.match(after)
    mentions = periods_in(inside.group("inside")) if inside else ()
    return timeline.resolve(months_said(mentions[0]), mentions[0].year) if len(mentions) == 1 else None


def _month_by_order(lead: str, after: str, timeline: Timeline) -> Period | None:
    """The month that is told by its order in the report's period: «el primer mes», «en el último mes»."""
    own = timeline.period
    said = _BY_ORDER.search(flatten(lead)) or _BY_ORDER.search(re.split(r"[,;:.]", flatten(after))[0])
    months = own.months if own is not None and said is not None else ()
    place = _ORDERS[said.group("order")] if said is not None else 0
    return months[place] if len(months) > max(place, 0) else None


def _leading_month(lead: str, timeline: Timeline) -> Period | None:
    """The month that a sentence begins with, for a number further on: «En octubre la sede electrónica tuvo 34.811».

    Another period named since takes its place.
    """
    mentions = periods_in(lead)
    if not mentions or not _is_month(mentions[-1]):
        return None
    before = flatten(lead[: mentions[-1].start])
    if not _BEGINS.fullmatch(before) and not (len(mentions) == 1 and _COUNTED_OF.search(before)):
        return None
    return timeline.resolve(months_said(mentions[-1]), mentions[-1].year)


def _is_month(mention: PeriodMention) -> bool:
    return len(months_said(mention)) == 1


def _ties(words: str) -> bool:
    """Whether the words between a number and a month make it that number's: « visitas en »."""
    flat = flatten(words)
    return bool(re.search(r"\b(?:en|de|del mes de)\s*$", flat)) and not re.search(r"[,;:.\d]", flat)


def _is_part_of_month(lead: str, after: str, *, has_month: bool) -> bool:
    """Whether the month that is named is only begun, or ended, or one of its weeks is meant."""
    if not has_month and not periods_in(after):
        mentions = periods_in(lead)
        last = mentions[-1] if mentions else None
        named = last is not None and _is_month(last) and _PART_OF_MONTH.search(flatten(lead[: last.start]))
        return bool(named or _SHORT.search(flatten(lead)) or _SHORT.search(re.split(r"[,;:.]", flatten(after))[0]))
    said = [flatten(lead[: mention.start]) for mention in periods_in(lead)[-1:]]
    said += [flatten(after[: mention.start]) for mention in periods_in(after)[:1]]
    return any(_PART_OF_MONTH.search(words) for words in said)


def _is_accumulated(lead: str) -> bool:
    mentions = periods_in(lead)
    return bool(mentions) and _ACCUMULATES.search(flatten(lead[mentions[-1].end :])) is not None


def _is_a_day(lead: str, after: str) -> bool:
    """Whether a sentence begins with a day, or one follows the figure: «El 12 de diciembre», «… el 12 de diciembre»."""
    days = find_dates(lead) if _DAY_BEGINS.match(flatten(lead)) else ()
    if days and not periods_in(lead) and _DAY_BEGINS.fullmatch(flatten(lead[: days[0].start])):
        return len(days) == 1
    days = find_dates(after) if "el " in after else ()
    return bool(days) and _DAY_ENDS.fullmatch(flatten(after[: days[0].start])) is not None


def _is_year_long(lead: str, after: str, timeline: Timeline) -> bool:
    """Whether a figure is of the year in a report that is of less, where its sentence names no period but that."""
    own = timeline.period
    near = re.split(r"[;:.]", after[: grammar.LONGEST], maxsplit=1)[0]
    if own is None or not any(_LONG.search(flatten(words)) for words in (lead, near)):
        return False
    return len(own.months) < _MONTHS_OF_A_YEAR and not (periods_in(lead) or periods_in(after[: grammar.LONGEST]))
