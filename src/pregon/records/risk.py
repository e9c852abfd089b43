"""The risks of the process, what was found when each was checked, and the incidents the office recorded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class RiskSignal(StrEnum):
    """What the records themselves can say of a risk."""

    NONE = "none"
    CORRECTIONS = "corrections"
    """Publications corrected or withdrawn after publishing."""
    LATE_DELIVERIES = "late_deliveries"
    MISUSE = "misuse"


@dataclass(frozen=True, slots=True)
class Risk:
    """A risk of the map, who answers for it, and which signal in the records speaks of it.

    The zones are those of the scale in force («Alto»), before and after the controls; "" where nobody valued it.
    """

    reference: str
    description: str
    owner: str = ""
    signal: RiskSignal = RiskSignal.NONE
    inherent_zone: str = ""
    residual_zone: str = ""


@dataclass(frozen=True, slots=True)
class RiskFollowUp:
    """A check of a risk: when, whether it materialised, controls run out of those planned, with what evidence.

    `line_of_defence` is 1, 2 or 3 (None: not said). `despite` is why it did not materialise although the records say
    otherwise; "" where they do not.
    """

    risk: str
    checked_on: date
    materialised: bool
    controls_run: int | None = None
    controls_planned: int | None = None
    finding: str = ""
    evidence: str = ""
    next_action: str = ""
    line_of_defence: int | None = None
    despite: str = ""


@dataclass(frozen=True, slots=True)
class Incident:
    """A misuse of what was published (impersonation, tampering), as the office recorded it."""

    reference: str
    happened_on: date
    description: str
    risk: str = ""
    evidence: str = ""
