"""What other offices asked of communications: designs and coverage of their events."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class RequestKind(StrEnum):
    """What was asked for."""

    DESIGN = "design"
    COVERAGE = "coverage"
    NEWS = "news"
    VIDEO = "video"
    PUBLICATION = "publication"
    WALLPAPER = "wallpaper"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class ServiceRequest:
    """A request: by whom, for what, asked when, agreed for when, delivered when (None: not yet, or not known).

    `due` is the date agreed, or else the one that the table of terms gives. `published` is the reference of the
    publication that came of it; `approved_on` is the last approval before it came out, None where there was none or
    nobody keeps them. `returned` counts how often it came back after it had been approved.
    """

    reference: str
    kind: RequestKind
    office: str
    title: str
    asked_on: date
    due: date | None = None
    delivered_on: date | None = None
    approved_on: date | None = None
    published: str = ""
    returned: int = 0
    cancelled_on: date | None = None

    @property
    def is_late(self) -> bool | None:
        """Whether it was delivered after its date; None while either date is missing."""
        if self.due is None or self.delivered_on is None:
            return None
        return self.delivered_on > self.due


@dataclass(frozen=True, slots=True)
class Satisfaction:
    """What those who were served said of an event or of the service: how many answered, how many of them 4 or 5 of 5.

    Counts only: no answer and nobody's name is kept.
    """

    reference: str
    title: str
    answers: int
    satisfied: int
