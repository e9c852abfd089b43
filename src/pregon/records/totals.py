"""Counts and sums over a dossier. A missing month is never zero, and what cannot be added is not added.

A `Measure` is a figure with everything needed to print it and to defend it: its value or why there is none, the
measures it was computed from and the records behind it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from pregon.figures.amount import Amount
from pregon.figures.metric import Additivity, metric
from pregon.figures.period import Period
from pregon.records.dossier import Dossier
from pregon.records.organisation import Channel
from pregon.records.publishing import Observation, ObservationStatus, Publication, PublicationKind

POSTS: Final = "posts"
NEWS_ITEMS: Final = "news_items"
MESSAGES: Final = "messages"
WALLPAPERS: Final = "wallpapers"
STORIES: Final = "stories"

COUNTED: Final[dict[str, tuple[PublicationKind, ...]]] = {
    POSTS: (PublicationKind.POST, PublicationKind.VIDEO),
    NEWS_ITEMS: (PublicationKind.NEWS_ITEM,),
    MESSAGES: (PublicationKind.MESSAGE,),
    WALLPAPERS: (PublicationKind.WALLPAPER,),
    STORIES: (PublicationKind.STORY,),
}
"""The metrics that are counted from publications where nobody recorded the count itself."""


class MeasureState(StrEnum):
    """A value, or which of the faces of nothing."""

    VALUE = "value"
    NO_DATA = "no_data"
    NOT_APPLICABLE = "not_applicable"
    NOT_ADDABLE = "not_addable"


class Account(StrEnum):
    """How a measure came about."""

    RECORDED = "recorded"
    COUNT = "count"
    SUM = "sum"


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure of the dossier. `key` names it; `parts` are what it was summed from, `sources` the records behind it.

    `amount` is there exactly when `state` is VALUE. `lacking` names the periods or channels without which a sum cannot
    be given.
    """

    key: str
    state: MeasureState
    amount: Amount | None = None
    account: Account = Account.RECORDED
    parts: tuple[Measure, ...] = ()
    sources: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()
    is_estimate: bool = False
    owed_by: str = ""
    due: date | None = None

    @property
    def value(self) -> Decimal | None:
        """The number, or None where there is none."""
        return None if self.amount is None else self.amount.value


def measure(dossier: Dossier, code: str, channel: str, period: Period) -> Measure:
    """A metric of a channel in a month of the quarter, or in the quarter as the platform itself gave it.

    What was observed comes first. Without an observation, things published are counted, provided the office listed any
    of that kind in that channel for the quarter: then a month without any is 0. Otherwise there is no datum.
    """
    key = f"{code}.{channel}.{period}"
    observation = dossier.observation(code, channel, period)
    if observation is not None:
        return _measure_of(observation, key)
    if code in COUNTED and listed(dossier, code, channel):
        found = listed(dossier, code, channel, period)
        sources = tuple(f"publication:{publication.reference}" for publication in found)
        return Measure(key, MeasureState.VALUE, Amount.exact(len(found)), Account.COUNT, sources=sources)
    return Measure(key, MeasureState.NO_DATA)


def listed(dossier: Dossier, code: str, channel: str, period: Period | None = None) -> tuple[Publication, ...]:
    """The publications that a counted metric counts, in the quarter or a part of it."""
    within = period or dossier.period
    return tuple(
        publication
        for publication in dossier.publications
        if publication.kind in COUNTED[code]
        and publication.channel == channel
        and within.contains(publication.published_on)
    )


def _measure_of(observation: Observation, key: str) -> Measure:
    states = {
        ObservationStatus.VALUE: MeasureState.VALUE,
        ObservationStatus.NO_DATA: MeasureState.NO_DATA,
        ObservationStatus.NOT_APPLICABLE: MeasureState.NOT_APPLICABLE,
    }
    reference = f"observation:{observation.metric}:{observation.channel}:{observation.period}"
    evidence = (f"evidence:{observation.evidence}",) if observation.evidence else ()
    return Measure(
        key,
        states[observation.status],
        observation.amount,
        sources=(reference, *evidence),
        is_estimate=observation.is_estimate,
        owed_by=observation.owed_by,
        due=observation.due,
    )


def by_month(dossier: Dossier, code: str, channel: str) -> tuple[Measure, ...]:
    """The metric in each month of the dossier's period, in order."""
    return tuple(measure(dossier, code, channel, month) for month in dossier.period.months)


def over_months(dossier: Dossier, code: str, channel: str) -> Measure:
    """The quarter's value: what the platform gave for it, else the sum of the months where they may be summed."""
    given = dossier.observation(code, channel, dossier.period)
    key = f"{code}.{channel}.{dossier.period}"
    if given is not None and given.status is ObservationStatus.VALUE:
        return _measure_of(given, key)
    months = by_month(dossier, code, channel)
    if metric(code).over_time is Additivity.NOT_ADDABLE:
        nothing = all(month.state is MeasureState.NOT_APPLICABLE for month in months)
        return Measure(key, MeasureState.NOT_APPLICABLE if nothing else MeasureState.NOT_ADDABLE, parts=months)
    named = [(month.title, part) for month, part in zip(dossier.period.months, months, strict=True)]
    return add(key, named)


def over_channels(dossier: Dossier, code: str, channels: Sequence[Channel], period: Period, group: str) -> Measure:
    """The sum over several channels of a metric in a month or in the whole quarter; `group` names them in the key."""
    key = f"{code}.{group}.{period}"
    whole = period == dossier.period
    named = [
        (
            channel.name,
            over_months(dossier, code, channel.code) if whole else measure(dossier, code, channel.code, period),
        )
        for channel in channels
    ]
    if metric(code).over_channels is Additivity.NOT_ADDABLE:
        return Measure(key, MeasureState.NOT_ADDABLE, parts=tuple(part for _, part in named))
    if len(named) == 1:
        # One channel alone is its own sum, with its own account; what it lacks are its months, not itself.
        return replace(named[0][1], key=key)
    return add(key, named)


def add(key: str, named: Iterable[tuple[str, Measure]]) -> Measure:
    """The sum of measures that may be added. One without datum makes the sum unknown, and names itself in `lacking`.

    What does not apply takes no part; nothing but such parts gives a sum that does not apply.
    """
    everything = tuple(named)
    counted = [(name, part) for name, part in everything if part.state is not MeasureState.NOT_APPLICABLE]
    parts = tuple(part for _, part in counted)
    if not counted:
        return Measure(key, MeasureState.NOT_APPLICABLE)
    if any(part.state is MeasureState.NOT_ADDABLE for part in parts):
        return Measure(key, MeasureState.NOT_ADDABLE, parts=parts)
    lacking = tuple(name for name, part in counted if part.amount is None)
    if lacking:
        return Measure(key, MeasureState.NO_DATA, account=Account.SUM, parts=parts, lacking=lacking)
    if len({part.amount.unit for part in parts if part.amount is not None}) > 1:
        # Somebody wrote a share among counts: no sum of theirs means anything.
        return Measure(key, MeasureState.NOT_ADDABLE, parts=parts)
    total = parts[0].amount
    for part in parts[1:]:
        if total is None or part.amount is None:  # cannot be: `lacking` is empty
            return Measure(key, MeasureState.NO_DATA)
        total = total + part.amount
    estimated = any(part.is_estimate for part in parts)
    if total is not None:
        total = replace(total, raw="")
    return Measure(key, MeasureState.VALUE, total, Account.SUM, parts, is_estimate=estimated)


def count(key: str, sources: Iterable[str]) -> Measure:
    """How many records there are, each named as its source."""
    named = tuple(sources)
    return Measure(key, MeasureState.VALUE, Amount.exact(len(named)), Account.COUNT, sources=named)


def recorded(key: str, value: int | Decimal | None, source: str) -> Measure:
    """A number that stands in one record, or its absence."""
    if value is None:
        return Measure(key, MeasureState.NO_DATA, sources=(source,))
    return Measure(key, MeasureState.VALUE, Amount.exact(value), sources=(source,))


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """The office recorded a count and listed another number of things."""

    code: str
    channel: str
    period: Period
    recorded: Amount
    listed: int


def find_discrepancies(dossier: Dossier) -> tuple[Discrepancy, ...]:
    """Where a recorded count and the publications listed for the same month differ."""
    found = []
    for observation in dossier.observations:
        if observation.metric not in COUNTED or observation.amount is None:
            continue
        if not listed(dossier, observation.metric, observation.channel):
            continue
        number = len(listed(dossier, observation.metric, observation.channel, observation.period))
        if observation.amount.value != number:
            found.append(
                Discrepancy(observation.metric, observation.channel, observation.period, observation.amount, number)
            )
    return tuple(found)
