"""How a list of content writes its hours: the order of day and month and the zone, decided over the whole file.

Meta writes month/day/year in every language. A program that saved the file again may have turned the days round; the
days themselves say so, or the instants inside the links, or the person.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from pregon.figures.spanish import count_of, print_date
from pregon.importers.base import Answers, Question
from pregon.importers.day_order import DayOrder, answered_order, ask_order, possible_orders, read_moment
from pregon.importers.delimited import DamagedTableError
from pregon.importers.publish_clock import OFFICE, PACIFIC, ZONE_KEY, Clock, Pair, agrees, answered_clock, find_clock

_MIXED: Final = "trae unas fechas en un orden y otras en otro: descárguelo otra vez de Meta, sin abrirlo en Excel."
_AS_META: Final = re.compile(r"[0-9]{2}/[0-9]{2}/[0-9]{4} [0-9]{2}:[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Written:
    """When something was published, as the file writes it and as its link proves it."""

    text: str
    proved: datetime | None = None


@dataclass(frozen=True, slots=True)
class Hours:
    """The order and the zone of a file's hours; no order where the person has to say it.

    `uses_links` where the hours of the file are another zone's than Meta's and those of the links stand.
    """

    order: DayOrder | None
    clock: Clock
    uses_links: bool = False
    repairs: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    office: ZoneInfo = OFFICE


def find_hours(told: Sequence[Written], answers: Answers, *, is_saved_again: bool) -> Hours:
    """Decide how a file writes its hours. `is_saved_again` where something else shows that a program rewrote it.

    Raises:
        DamagedTableError: some days are in one order and some in another.
    """
    if not told:
        return Hours(DayOrder.MDY, Clock(PACIFIC))
    orders = possible_orders(each.text for each in told)
    if not orders:
        raise DamagedTableError(_MIXED)
    remarks: list[str] = []
    said = answered_order(answers)
    if said is not None and said not in orders:
        remarks.append(f"Usted dijo que las fechas son {said.words} y en este archivo no pueden serlo.")
    is_metas = not is_saved_again and all(_AS_META.fullmatch(each.text) for each in told)
    order = said if said in orders else _choose(told, orders, is_metas=is_metas)
    if order is None:
        return Hours(None, Clock(PACIFIC), remarks=tuple(remarks), questions=(ask_order(told[0].text, orders),))
    repairs: tuple[str, ...] = ()
    shown = _show(told[0].text, order)
    if order is not DayOrder.MDY:
        repairs = (f"Otro programa cambió las fechas: se leyeron como {order.words} ({shown}).",)
    pairs = _pair(told, order)
    answered = answered_clock(answers.get(ZONE_KEY, ""), pairs)
    clock = answered or find_clock(pairs)
    if order is DayOrder.MDY and len(orders) > 1 and not clock.is_proved:
        remarks.append(f"Las fechas se leyeron como {order.words}, como las escribe Meta: {shown}.")
    remarks.append(_tell_clock(clock, is_answered=answered is not None))
    if any(_are_mixed(told, order, other, clock) for other in orders - {order}):
        raise DamagedTableError(_MIXED)
    stands = answered is not None or not clock.compared or (clock.is_proved and clock.zone.key == PACIFIC.key)
    return Hours(order, clock, not stands, repairs, tuple(remarks))


def _choose(told: Sequence[Written], orders: frozenset[DayOrder], *, is_metas: bool) -> DayOrder | None:
    """The order that the days allow alone, else that of the links, else Meta's where nothing shows a change."""
    if len(orders) == 1:
        return next(iter(orders))
    agreeing = {order: find_clock(_pair(told, order)).agreeing for order in orders}
    most = max(agreeing.values())
    best = [order for order, count in agreeing.items() if count == most]
    if most and len(best) == 1:
        return best[0]
    return DayOrder.MDY if is_metas else None


def _are_mixed(told: Sequence[Written], order: DayOrder, other: DayOrder, clock: Clock) -> bool:
    """Whether a link proves another order than the one that was found: some days were turned and some not."""
    for each in told:
        ours, theirs = read_moment(each.text, order), read_moment(each.text, other)
        if each.proved is None or ours is None or theirs is None:
            continue
        if agrees(theirs, each.proved, clock.zone) and not agrees(ours, each.proved, clock.zone):
            return True
    return False


def _pair(told: Sequence[Written], order: DayOrder) -> list[Pair]:
    return [
        (written, each.proved)
        for each in told
        if each.proved is not None and (written := read_moment(each.text, order)) is not None
    ]


def _show(text: str, order: DayOrder) -> str:
    moment = read_moment(text, order)
    return f"«{text}» es el {print_date(moment.date())}" if moment is not None else f"«{text}»"


def _tell_clock(clock: Clock, *, is_answered: bool) -> str:
    of_links = f"{clock.agreeing} de {count_of(clock.compared, 'enlace', 'enlaces')}"
    if clock.compared == 1 and clock.agreeing:
        of_links = "su único enlace"
    if is_answered:
        checked = f"; coincide con {of_links}" if clock.compared else ""
        return f"La hora se leyó como la de {clock.name}, como usted dijo{checked}."
    if not clock.compared:
        return "Ningún enlace prueba la hora: se tomó la del Pacífico, como en todo archivo de Meta."
    if not clock.is_proved:
        return f"La hora del archivo no coincide con la de sus enlaces ({of_links}): vale la de los enlaces."
    if clock.zone.key == PACIFIC.key:
        return f"La hora es la del Pacífico: coincide con {of_links}."
    return f"La hora no es la del Pacífico sino la de {clock.name}, según {of_links}: vale la de los enlaces."
