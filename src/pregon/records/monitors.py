"""What the records say of a risk: how often what it fears happened in a period, counted, never asserted.

Corrections after publishing and publications without approval, late deliveries, incidents of misuse. A follow-up that
says «no se materializó» cannot stand beside a monitor that counts something, unless it says why.

A record counts when it happened inside the period and by the day on which the records are looked at. A count that
nothing can be counted from is None, which is not 0.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from pregon.figures.period import Period
from pregon.records.dossier import Dossier
from pregon.records.publishing import Publication
from pregon.records.risk import Incident, Risk, RiskFollowUp, RiskSignal
from pregon.records.service import RequestKind, ServiceRequest

NEEDS_APPROVAL: Final = frozenset(
    {RequestKind.DESIGN, RequestKind.NEWS, RequestKind.VIDEO, RequestKind.PUBLICATION, RequestKind.WALLPAPER}
)
"""The kinds of request whose piece somebody must approve before it comes out.

A coverage is attended and has no piece of its own; of another kind of the office nothing can be said.
"""


@dataclass(frozen=True, slots=True)
class Monitor:
    """What the records say of a signal: how many happened, out of how many that could have, and which they are.

    `count` is None where the records cannot tell («no medible»), never 0; so is `total`, and also where there is no
    whole to speak of. `sources` name a record for each one counted («publication:PUB-7», «request:SOL-3»).
    """

    signal: RiskSignal
    count: int | None
    total: int | None
    sources: tuple[str, ...]
    contradicts: bool

    @property
    def is_measurable(self) -> bool:
        """Whether the records can tell."""
        return self.count is not None


@dataclass(frozen=True, slots=True)
class Deliveries:
    """The requests with a date that a period judges: delivered on time, delivered late, and overdue still."""

    on_time: tuple[ServiceRequest, ...] = ()
    late: tuple[ServiceRequest, ...] = ()
    overdue: tuple[ServiceRequest, ...] = ()

    @property
    def failed(self) -> tuple[ServiceRequest, ...]:
        """Those that missed their date."""
        return self.late + self.overdue

    @property
    def judged(self) -> tuple[ServiceRequest, ...]:
        """All of them."""
        return self.on_time + self.failed


def monitor(
    signal: RiskSignal,
    *,
    period: Period,
    publications: Sequence[Publication],
    requests: Sequence[ServiceRequest],
    incidents: Sequence[Incident],
    as_of: date,
) -> Monitor:
    """What the records of a period say of a signal, as they stood on the day `as_of`.

    A request due on `as_of` itself is not overdue: that day is not over.
    """
    seen = days_seen(period, as_of)
    if seen is None:
        return _unknown(signal)
    match signal:
        case RiskSignal.CORRECTIONS:
            return _watch_corrections(publications, requests, seen)
        case RiskSignal.LATE_DELIVERIES:
            found = judge_deliveries(requests, period=period, as_of=as_of)
            sources = (f"request:{request.reference}" for request in found.failed)
            return _counted(signal, tuple(sources), len(found.judged)) if found.judged else _unknown(signal)
        case RiskSignal.MISUSE:
            happened = (f"incident:{each.reference}" for each in incidents if seen.contains(each.happened_on))
            return _counted(signal, tuple(happened), None)
        case RiskSignal.NONE:
            return _unknown(signal)


def watch(dossier: Dossier, signal: RiskSignal) -> Monitor:
    """What the records of a dossier say of a signal, as they stood when its figures were cut off."""
    return monitor(
        signal,
        period=dossier.period,
        publications=dossier.publications,
        requests=dossier.requests,
        incidents=dossier.incidents,
        as_of=seen_on(dossier),
    )


def follow_up_of(dossier: Dossier, risk: Risk) -> RiskFollowUp | None:
    """The last follow-up of a risk dated inside the period, or in the days up to the cut-off that closes it."""
    cutoff = dossier.control.cutoff
    last = max(dossier.period.end, cutoff.date()) if cutoff else dossier.period.end
    within = Period.span(dossier.period.start, last)
    of_risk = [f for f in dossier.follow_ups if f.risk == risk.reference and within.contains(f.checked_on)]
    return max(of_risk, key=lambda follow_up: follow_up.checked_on, default=None)


def is_contradicted(dossier: Dossier, risk: Risk, follow_up: RiskFollowUp | None) -> bool:
    """Whether a follow-up says that the risk did not materialise and the records count what the risk fears."""
    return follow_up is not None and not follow_up.materialised and watch(dossier, risk.signal).contradicts


def seen_on(dossier: Dossier) -> date:
    """The day on which a dossier's records are looked at: its cut-off, or the first day after its period."""
    cutoff = dossier.control.cutoff
    return cutoff.date() if cutoff else dossier.period.end + timedelta(days=1)


def _watch_corrections(
    publications: Sequence[Publication], requests: Sequence[ServiceRequest], seen: Period
) -> Monitor:
    mended = find_mended(publications, seen)
    known = {each.reference for each in (*mended, *(p for p in publications if seen.contains(p.published_on)))}
    if not known:
        return _unknown(RiskSignal.CORRECTIONS)
    failed = dict.fromkeys(each.reference for each in (*mended, *find_unapproved(publications, requests, seen)))
    return _counted(RiskSignal.CORRECTIONS, tuple(f"publication:{each}" for each in failed), len(known))


def find_mended(publications: Sequence[Publication], within: Period) -> tuple[Publication, ...]:
    """The publications that were corrected or withdrawn in those days, whenever they came out."""
    return tuple(
        each
        for each in publications
        if any(day is not None and within.contains(day) for day in (each.corrected_on, each.withdrawn_on))
    )


def find_requested(
    publications: Sequence[Publication], requests: Sequence[ServiceRequest], within: Period
) -> tuple[tuple[Publication, tuple[ServiceRequest, ...]], ...]:
    """The publications of those days that came of requests whose kind `NEEDS_APPROVAL`, each with its requests.

    A publication that came of no request is asked for no approval.
    """
    asked: dict[str, list[ServiceRequest]] = {}
    for request in requests:
        if request.published and request.kind in NEEDS_APPROVAL:
            asked.setdefault(request.published, []).append(request)
    return tuple(
        (each, tuple(asked[each.reference]))
        for each in publications
        if each.reference in asked and within.contains(each.published_on)
    )


def find_unapproved(
    publications: Sequence[Publication], requests: Sequence[ServiceRequest], within: Period
) -> tuple[Publication, ...]:
    """The publications of those days that came of a request and that nobody had approved by the day they came out."""
    return tuple(
        publication
        for publication, asked in find_requested(publications, requests, within)
        if not any(_was_approved(request, publication) for request in asked)
    )


def _was_approved(request: ServiceRequest, publication: Publication) -> bool:
    return request.approved_on is not None and request.approved_on <= publication.published_on


def judge_deliveries(
    requests: Sequence[ServiceRequest],
    *,
    period: Period,
    as_of: date,
    kinds: Collection[RequestKind] = frozenset(RequestKind),
) -> Deliveries:
    """The requests with a date that the period judges, as they stood on `as_of`, each where it belongs.

    They are those delivered in the period, and those whose date fell in it and passed with the request neither
    delivered nor cancelled by the end of the period. The others have not been judged yet, or were in another period.
    """
    seen = days_seen(period, as_of)
    if seen is None:
        return Deliveries()
    dated = [(request, request.due) for request in requests if request.due is not None and request.kind in kinds]
    delivered = [(request, due) for request, due in dated if _happened(request.delivered_on, seen)]
    return Deliveries(
        on_time=tuple(request for request, due in delivered if not _is_after(request.delivered_on, due)),
        late=tuple(request for request, due in delivered if _is_after(request.delivered_on, due)),
        overdue=tuple(
            request
            for request, due in dated
            if period.contains(due)
            and due < as_of
            and not any(day is not None and day <= seen.end for day in (request.delivered_on, request.cancelled_on))
        ),
    )


def _happened(day: date | None, within: Period) -> bool:
    return day is not None and within.contains(day)


def _is_after(day: date | None, due: date) -> bool:
    return day is not None and day > due


def days_seen(period: Period, as_of: date) -> Period | None:
    """The days of the period that had come by then; None where none had."""
    return None if as_of < period.start else Period.span(period.start, min(period.end, as_of))


def _counted(signal: RiskSignal, sources: tuple[str, ...], total: int | None) -> Monitor:
    return Monitor(signal, len(sources), total, sources, contradicts=bool(sources))


def _unknown(signal: RiskSignal) -> Monitor:
    return Monitor(signal, None, None, (), contradicts=False)
