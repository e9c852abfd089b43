"""What each quantity of a formula is in a dossier: a measure with the records behind it.

What nobody recorded is no datum, never 0. An office that recorded none of a kind at all has no datum either; one that
recorded some and none that holds has 0.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from pregon.figures.amount import Amount
from pregon.records.dossier import Dossier
from pregon.records.indicators import events_within
from pregon.records.organisation import Channel, Platform
from pregon.records.programme import Campaign, Event, PlanActivity
from pregon.records.service import RequestKind, ServiceRequest
from pregon.records.totals import COUNTED, Measure, MeasureState, add, count, over_months
from pregon.records.turnaround import measure_turnaround


def _key(code: str) -> str:
    return f"quantity.{code}"


def _nothing(code: str, lacking: tuple[str, ...] = ()) -> Measure:
    return Measure(_key(code), MeasureState.NO_DATA, lacking=lacking)


def over_chosen(code: str, metric: str, chosen: Callable[[Channel], bool]) -> Callable[[Dossier], Measure]:
    """A metric over the channels that are chosen; those that nobody ever measured or listed take no part."""

    def measured(dossier: Dossier) -> Measure:
        channels = [
            channel for channel in dossier.channels if chosen(channel) and _is_followed(dossier, metric, channel)
        ]
        if not channels:
            return _nothing(code)
        parts = [(channel.name, over_months(dossier, metric, channel.code)) for channel in channels]
        return add(_key(code), parts)

    return measured


def _is_followed(dossier: Dossier, metric: str, channel: Channel) -> bool:
    if any((each.metric, each.channel) == (metric, channel.code) for each in dossier.observations):
        return True
    kinds = COUNTED.get(metric, ())
    return any(each.channel == channel.code and each.kind in kinds for each in dossier.publications)


def on_platform(platform: Platform) -> Callable[[Channel], bool]:
    """The channels of a platform."""
    return lambda channel: channel.platform is platform


def publications_measure(code: str, chosen: Callable[[Dossier], Iterable[str]]) -> Callable[[Dossier], Measure]:
    """Publications that were listed one by one; without any listed there is no datum."""
    return lambda dossier: count(_key(code), chosen(dossier)) if dossier.publications else _nothing(code)


def listed_publications(dossier: Dossier) -> Iterable[str]:
    """Those published inside the period."""
    return (
        f"publication:{each.reference}" for each in dossier.publications if dossier.period.contains(each.published_on)
    )


def corrected_publications(dossier: Dossier) -> Iterable[str]:
    """Those mended or taken down inside the period, each once."""
    for each in dossier.publications:
        days = (each.corrected_on, each.withdrawn_on)
        if any(day is not None and dossier.period.contains(day) for day in days):
            yield f"publication:{each.reference}"


def requests_measure(code: str, holds: Callable[[Dossier, ServiceRequest], bool]) -> Callable[[Dossier], Measure]:
    """The requests that hold; an office that recorded none at all has no datum, not a zero."""

    def measured(dossier: Dossier) -> Measure:
        if not dossier.requests:
            return _nothing(code)
        return count(_key(code), (f"request:{each.reference}" for each in dossier.requests if holds(dossier, each)))

    return measured


def is_asked(dossier: Dossier, request: ServiceRequest) -> bool:
    """Asked for in the period."""
    return dossier.period.contains(request.asked_on)


def is_delivered(dossier: Dossier, request: ServiceRequest) -> bool:
    """Delivered in the period."""
    return request.delivered_on is not None and dossier.period.contains(request.delivered_on)


def is_closed(dossier: Dossier, request: ServiceRequest) -> bool:
    """Delivered in the period, with a date to be measured against."""
    return request.is_late is not None and is_delivered(dossier, request)


def is_on_time(dossier: Dossier, request: ServiceRequest) -> bool:
    """Delivered in the period, on its date or before it."""
    return is_closed(dossier, request) and request.is_late is False


def is_late(dossier: Dossier, request: ServiceRequest) -> bool:
    """Delivered in the period, after its date."""
    return is_closed(dossier, request) and request.is_late is True


def is_returned(dossier: Dossier, request: ServiceRequest) -> bool:
    """Delivered in the period, and come back after it had been approved."""
    return is_delivered(dossier, request) and request.returned > 0


def is_overdue(dossier: Dossier, request: ServiceRequest) -> bool:
    """Due by the end of the period, and by then neither delivered nor cancelled."""
    end = dossier.period.end
    if request.due is None or request.due > end:
        return False
    return all(day is None or day > end for day in (request.delivered_on, request.cancelled_on))


def is_cancelled(dossier: Dossier, request: ServiceRequest) -> bool:
    """Cancelled in the period."""
    return request.cancelled_on is not None and dossier.period.contains(request.cancelled_on)


def median_days(dossier: Dossier) -> Measure:
    """The middle of the business days from asking to delivering, of those delivered in the period."""
    found = measure_turnaround(dossier)
    if found.median is None:
        return _nothing("mediana_dias_habiles")
    sources = tuple(f"request:{request.reference}" for request in found.requests)
    return Measure(_key("mediana_dias_habiles"), MeasureState.VALUE, Amount.exact(found.median), sources=sources)


def of_kind(kind: RequestKind) -> Callable[[Dossier, ServiceRequest], bool]:
    """Asked for in the period, of a kind."""
    return lambda dossier, request: request.kind is kind and is_asked(dossier, request)


def _is_done(campaign: Campaign) -> bool | None:
    """Whether every product it promised was delivered; None where that is not known."""
    figures = [(each.promised, each.delivered) for each in campaign.deliverables]
    if not figures or any(None in pair for pair in figures):
        return None
    return all(
        delivered >= promised for promised, delivered in figures if promised is not None and delivered is not None
    )


def campaigns_done(dossier: Dossier) -> Measure:
    """The campaigns whose every product was delivered; no datum while one of them does not say."""
    unknown = tuple(each.title for each in dossier.campaigns if _is_done(each) is None)
    if unknown or not dossier.campaigns:
        return _nothing("campanas_realizadas", unknown)
    done = (f"campaign:{each.reference}" for each in dossier.campaigns if _is_done(each))
    return count(_key("campanas_realizadas"), done)


def campaigns_planned(dossier: Dossier) -> Measure:
    """The campaigns of the period."""
    if not dossier.campaigns:
        return _nothing("campanas_planeadas")
    return count(_key("campanas_planeadas"), (f"campaign:{each.reference}" for each in dossier.campaigns))


def _sum(code: str, pairs: Iterable[tuple[int, str]]) -> Measure:
    known = list(pairs)
    if not known:
        return _nothing(code)
    sources = tuple(dict.fromkeys(source for _, source in known))
    return Measure(_key(code), MeasureState.VALUE, Amount.exact(sum(value for value, _ in known)), sources=sources)


def products_measure(code: str, *, delivered: bool) -> Callable[[Dossier], Measure]:
    """Over the products that have both figures, so that one is never measured against the other's silence."""

    def measured(dossier: Dossier) -> Measure:
        whole = _whole_products(dossier)
        return _sum(code, [(done if delivered else promised, source) for promised, done, source in whole])

    return measured


def _whole_products(dossier: Dossier) -> list[tuple[int, int, str]]:
    return [
        (each.promised, each.delivered, f"campaign:{campaign.reference}")
        for campaign in dossier.campaigns
        for each in campaign.deliverables
        if each.promised is not None and each.delivered is not None
    ]


def _called_events(dossier: Dossier) -> list[tuple[Event, int, int]]:
    return [
        (event, event.called, event.attended)
        for event in events_within(dossier)
        if event.called is not None and event.attended is not None
    ]


def events_held(dossier: Dossier) -> Measure:
    """The events of the period."""
    if not dossier.events:
        return _nothing("eventos")
    return count(_key("eventos"), (f"event:{event.reference}" for event in events_within(dossier)))


def people_called(dossier: Dossier) -> Measure:
    """Those called to the events that have both figures."""
    return _sum("convocados", [(called, f"event:{event.reference}") for event, called, _ in _called_events(dossier)])


def people_attended(dossier: Dossier) -> Measure:
    """Those who came to the events that have both figures."""
    return _sum("asistentes", [(came, f"event:{event.reference}") for event, _, came in _called_events(dossier)])


def _is_programmed(activity: PlanActivity) -> bool:
    return bool(activity.planned)


def activities_planned(dossier: Dossier) -> Measure:
    """The activities of the plan that had something planned for the period."""
    if not dossier.activities:
        return _nothing("actividades_planeadas")
    planned = (f"activity:{each.reference}" for each in dossier.activities if _is_programmed(each))
    return count(_key("actividades_planeadas"), planned)


def activities_done(dossier: Dossier) -> Measure:
    """Those of which what was planned was done, or more."""
    planned = [each for each in dossier.activities if _is_programmed(each)]
    unknown = tuple(each.title for each in planned if each.done is None)
    if unknown or not dossier.activities:
        return _nothing("actividades_realizadas", unknown)
    done = [each for each in planned if (each.done or 0) >= (each.planned or 0)]
    return count(_key("actividades_realizadas"), (f"activity:{each.reference}" for each in done))


def survey_answers(dossier: Dossier) -> Measure:
    """How many answered the surveys of satisfaction."""
    return _sum("respuestas", [(each.answers, f"satisfaction:{each.reference}") for each in dossier.satisfaction])


def survey_satisfied(dossier: Dossier) -> Measure:
    """How many of those answered 4 or 5."""
    pairs = [(each.satisfied, f"satisfaction:{each.reference}") for each in dossier.satisfaction]
    return _sum("respuestas_satisfechas", pairs)
