"""What the records say of the subject of a claim: the bridge from a report's words to a dossier's measures."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from pregon.claims.claim import Subject
from pregon.claims.vocabulary import ATTENDEES, CAMPAIGNS, EVENTS, NETWORKS, NEWS, POSTS, SOCIAL
from pregon.figures.metric import CATALOGUE
from pregon.figures.period import Period
from pregon.records.dossier import Dossier
from pregon.records.organisation import Channel, Platform
from pregon.records.totals import (
    MESSAGES,
    NEWS_ITEMS,
    WALLPAPERS,
    Measure,
    add,
    count,
    measure,
    over_channels,
    over_months,
    recorded,
)

_CODES: Final = {NEWS: NEWS_ITEMS, "profile_visits": "visits"}


def measure_of_claim(subject: Subject, dossier: Dossier, *, has_year: bool = True) -> Measure | None:
    """The dossier's measure of a subject; None where it is of another time, or not surely one of its measures.

    A document that names no year is taken for one of the dossier's period.
    """
    period = period_of_records(subject.period, dossier, has_year=has_year)
    if period is None:
        return None
    if subject.entity in ("", EVENTS) and subject.measure in (EVENTS, CAMPAIGNS, ATTENDEES):
        return _of_things(subject.measure, dossier, period)
    if subject.entity == NETWORKS:
        code = subject.measure or POSTS
        channels = dossier.social_channels
        return over_channels(dossier, code, channels, period, NETWORKS) if code in CATALOGUE and channels else None
    channel, code = _channel_and_code(subject, dossier)
    if channel is None or code not in CATALOGUE:
        return None
    return (
        over_months(dossier, code, channel.code)
        if period == dossier.period
        else measure(dossier, code, channel.code, period)
    )


def period_of_records(said: Period | None, dossier: Dossier, *, has_year: bool = True) -> Period | None:
    """The period that a text means, where it is the dossier's own or one of its months; None where it is another.

    A document that names no year is taken for one of the dossier's period.
    """
    if said is not None and not has_year:
        said = _in_year_of(dossier.period, said)
    return said if said is not None and (said == dossier.period or said in dossier.period.months) else None


def _in_year_of(own: Period, said: Period) -> Period:
    """The same months in the year of another period."""
    months = [month.start.month for month in said.months]
    if not months:
        return said
    year = own.start.year
    return Period(Period.month(year, months[0]).start, Period.month(year, months[-1]).end)


def platform_and_metric(subject: Subject) -> tuple[Platform | None, str]:
    """The platform that a subject speaks of and the code of its metric; None and "" where one is not told."""
    entity, code = subject.entity, _CODES.get(subject.measure, subject.measure)
    if code == WALLPAPERS:
        entity = Platform.WALLPAPER.value
    elif entity == Platform.WHATSAPP.value and code in ("", POSTS, MESSAGES):
        code = MESSAGES
    elif entity in SOCIAL and not code:
        code = POSTS
    platform = next((each for each in Platform if each.value == entity), None)
    return (platform, code) if platform is not None and code else (None, "")


def _channel_and_code(subject: Subject, dossier: Dossier) -> tuple[Channel | None, str]:
    """The one channel that a subject speaks of, and the metric's code."""
    platform, code = platform_and_metric(subject)
    found = [channel for channel in dossier.channels if channel.platform is platform]
    return (found[0], code) if len(found) == 1 else (None, "")


def _of_things(what: str, dossier: Dossier, period: Period) -> Measure | None:
    if what == CAMPAIGNS:
        if period != dossier.period or not dossier.campaigns:
            return None
        return count("campaigns", (f"campaign:{campaign.reference}" for campaign in dossier.campaigns))
    events = [event for event in dossier.events if period.contains(event.day)]
    if not events:
        return None
    if what == EVENTS:
        return count(f"events.{period}", (f"event:{event.reference}" for event in events))
    named = [
        (event.title, recorded(f"attended.{event.reference}", event.attended, f"event:{event.reference}"))
        for event in events
    ]
    total = add(f"attended.{period}", named)
    return replace(total, parts=())
