"""The lines by month that more than one section speaks of: social networks, internal channels, website."""

from __future__ import annotations

from pregon.document.prose import Prose
from pregon.figures.period import Period
from pregon.records.dossier import Dossier
from pregon.records.organisation import Channel, Platform
from pregon.records.service import RequestKind
from pregon.records.totals import (
    MESSAGES,
    NEWS_ITEMS,
    POSTS,
    WALLPAPERS,
    Measure,
    MeasureState,
    add,
    by_month,
    count,
    over_channels,
    over_months,
)
from pregon.report.setting import cited, counted, joined
from pregon.report.tables import MonthRow

_INTERNAL = {
    Platform.WALLPAPER: (WALLPAPERS, "fondo de pantalla", "fondos de pantalla"),
    Platform.WHATSAPP: (MESSAGES, "mensaje por WhatsApp", "mensajes por WhatsApp"),
    Platform.EMAIL: (MESSAGES, "correo", "correos"),
}


def internal_metric(channel: Channel) -> tuple[str, str, str]:
    """What is counted in an internal channel, and its noun: the metric's code, singular and plural."""
    return _INTERNAL.get(channel.platform, (POSTS, "publicación", "publicaciones"))


def row_of(dossier: Dossier, code: str, channel: Channel, label: str = "") -> MonthRow:
    """A metric of a channel by month, with the quarter's."""
    return MonthRow(
        label or channel.name, by_month(dossier, code, channel.code), over_months(dossier, code, channel.code)
    )


def internal_rows(dossier: Dossier) -> tuple[tuple[Channel, MonthRow], ...]:
    """A line for each internal channel."""
    internal = [channel for channel in dossier.channels if channel.is_internal]
    return tuple((channel, row_of(dossier, internal_metric(channel)[0], channel)) for channel in internal)


def tell_internal(dossier: Dossier) -> Prose:
    """What each internal channel carried: «37 mensajes por WhatsApp y 2 fondos de pantalla»."""
    told = []
    for channel, row in internal_rows(dossier):
        spoken = counted(row.total, *internal_metric(channel)[1:])
        known = channel.platform in _INTERNAL
        told.append(spoken if known else Prose.of(spoken, " en ", cited("channel", channel.name)))
    return joined(told)


def websites(dossier: Dossier) -> tuple[Channel, ...]:
    """The institution's websites; nearly always one."""
    return tuple(channel for channel in dossier.channels if channel.platform is Platform.WEBSITE)


def social_total(dossier: Dossier) -> Measure:
    """The posts of all the networks in the quarter."""
    return over_channels(dossier, POSTS, dossier.social_channels, dossier.period, "social")


def news_total(dossier: Dossier) -> Measure:
    """The news of all the websites in the quarter."""
    return over_channels(dossier, NEWS_ITEMS, websites(dossier), dossier.period, "website")


def external_total(dossier: Dossier) -> Measure:
    """Posts and news together: what the institution published to the outside."""
    parts = [("las redes", social_total(dossier)), ("las noticias", news_total(dossier))]
    return add(f"external.{dossier.period}", parts)


def request_measure(dossier: Dossier, kind: RequestKind, period: Period) -> Measure:
    """The requests of a kind asked for in a period. An office that recorded none of a kind has no datum, not a zero."""
    key = f"requests.{kind}.{period}"
    of_kind = [request for request in dossier.requests if request.kind is kind]
    if not any(dossier.period.contains(request.asked_on) for request in of_kind):
        return Measure(key, MeasureState.NO_DATA)
    asked = (request for request in of_kind if period.contains(request.asked_on))
    return count(key, (f"request:{request.reference}" for request in asked))


def request_row(dossier: Dossier, kind: RequestKind, label: str) -> MonthRow:
    """The requests of a kind by month, with their sum."""
    months = tuple(request_measure(dossier, kind, month) for month in dossier.period.months)
    named = [(month.title, part) for month, part in zip(dossier.period.months, months, strict=True)]
    return MonthRow(label, months, add(f"requests.{kind}.{dossier.period}", named))
