"""Dates that a spreadsheet wrote again in its own way: «2025-10-01» saved as «1/10/2025» or «10/1/2025».

Which comes first, day or month, is decided over the whole column and said: the order in which every date exists; of
two such orders, the one in which the dates are a run of days without a gap. Otherwise the person is asked. Where all
of them could be the first of a month nothing is read: a month turned into its first day looks the same.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from pregon.importers.base import Answers, Question
from pregon.importers.day_order import DayOrder, answered_order, ask_order, is_run, read_moment, tell_override

_TURNED: Final = re.compile(r"([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{4})(?: 0?0:00(?::00)?)?$")
_ORDERS: Final = (DayOrder.DMY, DayOrder.MDY)


@dataclass(frozen=True, slots=True)
class TurnedDates:
    """The days of a column by their text, what was mended, and the question where it can be read in two ways."""

    days: dict[str, date]
    repairs: tuple[str, ...] = ()
    question: Question | None = None


def is_turned(text: str) -> bool:
    """Whether a text looks like a date that a spreadsheet wrote its own way."""
    return _TURNED.match(text.strip()) is not None


def read_turned(texts: Sequence[str], answers: Answers) -> TurnedDates:
    """Read a column of turned dates; what is none, or cannot be told, is left out of `days`."""
    turned = [text for text in texts if is_turned(text)]
    if not turned:
        return TurnedDates({})
    fitting = {order: days for order in _ORDERS if (days := _read_all(turned, order)) is not None}
    if not fitting or any(all(day.day == 1 for day in days) for days in fitting.values()):
        return TurnedDates({})
    said = answered_order(answers)
    if said in fitting:
        order = said
    elif len(fitting) == 1:
        (order,) = fitting
    else:
        runs = [order for order, days in fitting.items() if is_run(days)]
        same = len({tuple(days) for days in fitting.values()}) == 1
        if len(runs) != 1 and not same:
            return TurnedDates({}, question=ask_order(turned[0], fitting))
        order = runs[0] if runs else next(iter(fitting))
    repair = f"Otro programa cambió las fechas («{turned[0].strip()}»): se leyeron como {order.words}."
    if len(fitting) > 1 and said is not order:
        repair = f"{repair} {tell_override(order)}"
    return TurnedDates(dict(zip(turned, fitting[order], strict=True)), (repair,))


def _read_all(texts: Sequence[str], order: DayOrder) -> list[date] | None:
    moments = [read_moment(text, order) for text in texts]
    days = [moment.date() for moment in moments if moment is not None]
    return days if len(days) == len(texts) else None
