"""Whether a sentence speaks of the time that a dossier is of: where anything says otherwise, it does not."""

from __future__ import annotations

from datetime import timedelta

from pregon.claims.records import period_of_records
from pregon.claims.said_periods import months_said, periods_in
from pregon.claims.timeline import Timeline
from pregon.figures.spanish import find_dates
from pregon.records.dossier import Dossier
from pregon.records.monitors import seen_on

_LATE_NOTES = timedelta(days=31)
"""Notes about a period are written up to a month after it."""


def is_of_records(timeline: Timeline, dossier: Dossier) -> bool:
    """Whether a document is of the dossier's whole period."""
    return period_of_records(timeline.period, dossier, has_year=timeline.has_year) == dossier.period


def is_of_their_time(text: str, dossier: Dossier) -> bool:
    """Whether neither a date nor a period in a text lies outside the dossier's time, and none is only part of it."""
    last = max(dossier.period.end, seen_on(dossier)) + _LATE_NOTES
    for said in find_dates(text):
        if said.date is None or not dossier.period.start <= said.date <= last:
            return False
    months = tuple(month.start.month for month in dossier.period.months)
    return all(
        mention.relative or (months_said(mention) == months and mention.year in (None, dossier.period.end.year))
        for mention in periods_in(text)
    )
