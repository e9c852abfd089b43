"""What went out and what was measured: publications, observations, and the evidence of both."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pregon.figures.amount import Amount
from pregon.figures.period import Period


class PublicationKind(StrEnum):
    """What was published. Stories and replies are never counted as posts."""

    POST = "post"
    STORY = "story"
    NEWS_ITEM = "news_item"
    MESSAGE = "message"
    WALLPAPER = "wallpaper"
    VIDEO = "video"


@dataclass(frozen=True, slots=True)
class Publication:
    """One thing published once in one channel; the same piece in two networks is two publications.

    `corrected_on` and `withdrawn_on` record that it had to be mended or taken down after publishing.
    """

    reference: str
    channel: str
    kind: PublicationKind
    published_on: date
    title: str
    link: str = ""
    campaign: str = ""
    evidence: str = ""
    corrected_on: date | None = None
    withdrawn_on: date | None = None


class ObservationStatus(StrEnum):
    """A value, its absence, or that there can be none: three different things."""

    VALUE = "value"
    NO_DATA = "no_data"
    NOT_APPLICABLE = "not_applicable"


class Method(StrEnum):
    """How a figure was obtained."""

    EXPORT = "export"
    API = "api"
    PANEL = "panel"
    MANUAL_COUNT = "manual_count"
    ESTIMATE = "estimate"
    REPORT = "report"
    """Taken from a report that somebody wrote."""


@dataclass(frozen=True, slots=True)
class Observation:
    """A metric's value for a channel and a period.

    `amount` is there exactly when `status` is VALUE. `period` is a month, or the whole quarter where the platform
    itself gave the quarter's value (the only way to a quarter's reach). `owed_by` and `due` say who brings a missing
    one and when.
    """

    metric: str
    channel: str
    period: Period
    status: ObservationStatus
    amount: Amount | None = None
    method: Method = Method.EXPORT
    source: str = ""
    evidence: str = ""
    owed_by: str = ""
    due: date | None = None
    note: str = ""

    def __post_init__(self) -> None:
        """Refuse a value without an amount and an amount without a value."""
        if (self.amount is not None) != (self.status is ObservationStatus.VALUE):
            raise ValueError("Una observación tiene cifra cuando su estado es «valor», y solo entonces.")

    @property
    def is_estimate(self) -> bool:
        """Counted or estimated by hand: printed with ≈ and its method."""
        return self.method in {Method.MANUAL_COUNT, Method.ESTIMATE}


@dataclass(frozen=True, slots=True)
class Evidence:
    """A stored file with its SHA-256, or a link with the day it was last seen.

    `section`, `channel` and `month` say what it shows, so that a section can list its captures.
    """

    reference: str
    title: str
    file: str = ""
    link: str = ""
    sha256: str = ""
    dated: date | None = None
    section: str = ""
    channel: str = ""
    month: Period | None = None
