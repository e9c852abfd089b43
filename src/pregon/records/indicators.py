"""Indicators of the plan, and the plain «no medible» with its reason where one cannot be computed.

An indicator without a denominator or a target is not 100 %: it is not measurable, and says why.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from pregon.figures.amount import Amount
from pregon.figures.period import Period
from pregon.records.comparison import percentage
from pregon.records.dossier import Dossier
from pregon.records.programme import Event
from pregon.records.service import RequestKind, ServiceRequest
from pregon.records.totals import Measure, MeasureState, count


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator's account: its formula in words, both terms, the result or why there is none.

    `unit` is that of the result and of a target: per cent as a rule.
    """

    key: str
    formula: str
    numerator: Measure | None
    denominator: Measure | None
    result: Amount | None
    reason: str = ""
    sources: tuple[str, ...] = ()
    unit: str = "%"

    @property
    def is_measurable(self) -> bool:
        """Whether there is a result."""
        return self.result is not None

    def meets(self, target: Decimal | None) -> bool | None:
        """Whether the result reaches a target in its own unit; None where either is missing."""
        if self.result is None or target is None:
            return None
        return self.result.value >= target


def ratio_of(
    key: str, formula: str, numerator: Measure, denominator: Measure, *, empty: str, unknown: str = ""
) -> Indicator:
    """One measure in per cent of another.

    `empty` is the reason when the denominator is 0, `unknown` when a term is missing (`empty` serves for both).
    """
    above, below = numerator.value, denominator.value
    sources = tuple(dict.fromkeys((*numerator.sources, *denominator.sources)))
    if above is None or below is None:
        return Indicator(key, formula, numerator, denominator, None, unknown or empty, sources)
    if below == 0:
        return Indicator(key, formula, numerator, denominator, None, empty, sources)
    return Indicator(key, formula, numerator, denominator, percentage(above, below), sources=sources)


def closed_requests(dossier: Dossier, kind: RequestKind | None = None) -> tuple[ServiceRequest, ...]:
    """The requests delivered inside the period that had a date agreed."""
    return tuple(
        request
        for request in dossier.requests
        if request.is_late is not None
        and request.delivered_on is not None
        and dossier.period.contains(request.delivered_on)
        and (kind is None or request.kind is kind)
    )


def timeliness(dossier: Dossier, key: str = "timeliness", kind: RequestKind | None = None) -> Indicator:
    """Requests delivered on or before their date over those delivered in the period that had one."""
    closed = closed_requests(dossier, kind)
    on_time = [request for request in closed if not request.is_late]
    return ratio_of(
        key,
        "entregadas a tiempo ÷ entregadas con fecha pactada",
        count(f"{key}.on_time", (f"request:{request.reference}" for request in on_time)),
        count(f"{key}.closed", (f"request:{request.reference}" for request in closed)),
        empty="ninguna solicitud entregada en el periodo tenía fecha pactada",
    )


def deliverables(dossier: Dossier, key: str = "deliverables") -> Indicator:
    """Campaign products delivered over promised, over the products that have both figures."""
    pairs = [
        (deliverable, campaign)
        for campaign in dossier.campaigns
        for deliverable in campaign.deliverables
        if deliverable.promised is not None and deliverable.delivered is not None
    ]
    sources = tuple(f"campaign:{campaign.reference}" for _, campaign in pairs)
    return ratio_of(
        key,
        "productos entregados ÷ prometidos",
        _sum_of(f"{key}.delivered", [deliverable.delivered for deliverable, _ in pairs], sources),
        _sum_of(f"{key}.promised", [deliverable.promised for deliverable, _ in pairs], sources),
        empty="ninguna campaña tiene productos prometidos y entregados",
    )


def call_effectiveness(dossier: Dossier, key: str = "call") -> Indicator:
    """People who attended over people called, over the events that have both figures."""
    both = [event for event in events_within(dossier) if event.called is not None and event.attended is not None]
    sources = tuple(f"event:{event.reference}" for event in both)
    return ratio_of(
        key,
        "asistentes ÷ convocados",
        _sum_of(f"{key}.attended", [event.attended for event in both], sources),
        _sum_of(f"{key}.called", [event.called for event in both], sources),
        empty="ningún evento tiene convocados y asistentes",
    )


def events_within(dossier: Dossier, period: Period | None = None) -> tuple[Event, ...]:
    """The events of the period in order of date."""
    within = period or dossier.period
    return tuple(sorted((event for event in dossier.events if within.contains(event.day)), key=lambda e: e.day))


def _sum_of(key: str, numbers: list[int | None], sources: tuple[str, ...]) -> Measure:
    known = [number for number in numbers if number is not None]
    if not known:
        return Measure(key, MeasureState.NO_DATA)
    return Measure(key, MeasureState.VALUE, Amount.exact(sum(known)), sources=sources)
