"""What was planned and done: campaigns, commemorations, events, activities of the plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Deliverable:
    """A product of a campaign: what, how many were promised and how many delivered; None is not known, never 0."""

    product: str
    promised: int | None
    delivered: int | None


@dataclass(frozen=True, slots=True)
class Campaign:
    """A campaign. `start` and `end` bound it, or neither for one that runs all the year on its dates."""

    reference: str
    title: str
    aim: str
    target_audience: str
    channels: tuple[str, ...]
    office: str
    start: date | None = None
    end: date | None = None
    deliverables: tuple[Deliverable, ...] = ()
    is_internal: bool = False
    owed_by: str = ""
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Commemoration:
    """A day that was marked: its date, the campaign it belongs to and the publication that marked it."""

    name: str
    day: date
    campaign: str = ""
    publication: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """An event. `called` and `attended` are people counted by `method`; None is not known, never nobody."""

    reference: str
    day: date
    title: str
    office: str
    called: int | None = None
    attended: int | None = None
    method: str = ""
    evidence: str = ""
    has_minors: bool = False
    owed_by: str = ""
    due: date | None = None


class IndicatorKind(StrEnum):
    """What an activity is measured by. NONE is honest: many activities have no indicator."""

    NONE = "none"
    COMPLETION = "completion"
    """Done over planned, as recorded in the activity."""
    TIMELINESS = "timeliness"
    """Requests delivered on or before their date over requests closed."""
    DELIVERABLES = "deliverables"
    """Campaign products delivered over promised."""
    CALL = "call"
    """People who attended over people called, in the events that have both."""
    FORMULA = "formula"
    """Whatever the office wrote, of the figures that its records give."""


@dataclass(frozen=True, slots=True)
class PlanActivity:
    """An activity of the plan: what was planned and done, its indicator and target.

    The target is in the unit of the indicator's result, per cent as a rule. `progress` is how far it got, in per cent,
    as whoever answers for it says: for one that is not counted in units. `formula` is that of an indicator of the kind
    FORMULA, in the grammar of `records.formula`.
    """

    reference: str
    step: str
    title: str
    unit: str = ""
    planned: int | None = None
    done: int | None = None
    indicator: IndicatorKind = IndicatorKind.NONE
    target: Decimal | None = None
    note: str = ""
    formula: str = ""
    owner: str = ""
    obstacles: str = ""
    evidence: str = ""
    progress: Decimal | None = None
