"""The periods that a text names, as claims see them."""

from __future__ import annotations

from pregon.figures.period import PeriodMention, find_periods


def periods_in(text: str) -> tuple[PeriodMention, ...]:
    """The periods named in a text; «en el trimestre: 6» names none: its number is a figure."""
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
