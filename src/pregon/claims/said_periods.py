"""The periods that a text names, as claims see them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from pregon.figures.period import PeriodMention, find_periods

_MAY_NAME_ONE: Final = re.compile(
    r"tri|sem|bim|ene|feb|mar|abr|may|jun|jul|ago|sep|set|oct|nov|dic|[0-9]{4}|[tsq][1-4]", re.IGNORECASE
)


@lru_cache(maxsize=4096)
def periods_in(text: str) -> tuple[PeriodMention, ...]:
    """The periods named in a text; «en el trimestre: 6» names none: its number is a figure."""
    if not _MAY_NAME_ONE.search(text):
        return ()
    return tuple(mention for mention in find_periods(text) if ":" not in mention.text)


def months_said(mention: PeriodMention) -> tuple[int, ...]:
    """The months of the year that a mention names, whether it names them or a quarter."""
    if mention.months:
        return mention.months
    if mention.quarter:
        return tuple(range(3 * mention.quarter - 2, 3 * mention.quarter + 1))
    if mention.period is not None:
        return tuple(month.start.month for month in mention.period.months)
    return ()
