"""What the records say of each risk of a quarter, in one sentence, with the pages of the records it counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.urls import reverse
from django.utils import timezone

from pregon.figures.period import Period
from pregon.figures.spanish import count_of, print_number
from pregon.records.monitors import Monitor, monitor
from pregon.records.risk import RiskSignal
from pregon_web.accounts.models import Institution
from pregon_web.ledger.models import Publication
from pregon_web.ledger.selectors import publications_of
from pregon_web.risks.cutoff import cutoff_of
from pregon_web.risks.models import Incident
from pregon_web.risks.selectors import incidents_of
from pregon_web.workflow.selectors import request_rows_of, requests_of

SHOWN: Final = 20


@dataclass(frozen=True, slots=True)
class Saying:
    """What the records say of a signal: the sentence, the records counted with their pages, how many more there are."""

    monitor: Monitor
    sentence: str
    records: tuple[tuple[str, str], ...] = ()
    more: int = 0

    @property
    def contradicts(self) -> bool:
        """Whether they say that it happened."""
        return self.monitor.contradicts


def seen_by(period: Period, today: date, cutoff: date | None) -> date:
    """The day by which a quarter's records are looked at: today, but not after the day on which its figures are cut
    off, which is the first one after it where nobody said another.
    """
    return min(today, cutoff or period.end + timedelta(days=1))


def what_records_say(institution: Institution, period: str, signals: Iterable[str]) -> dict[str, Saying]:
    """What the records of a quarter say of these signals, by the signal; the same queries however many records."""
    wanted = {RiskSignal(each) for each in signals}
    quarter = Period.parse(period)
    publications, requests, incidents = (
        publications_of(institution, period),
        requests_of(institution, period),
        incidents_of(institution, period),
    )
    as_of = seen_by(quarter, timezone.localdate(), cutoff_of(institution, period))
    found = [
        monitor(
            signal,
            period=quarter,
            publications=publications,
            requests=requests,
            incidents=incidents,
            as_of=as_of,
        )
        for signal in wanted
    ]
    pages = _pages(institution, period, {source for each in found for source in each.sources})
    return {
        each.signal.value: Saying(
            each,
            tell(each),
            tuple((_name(source), pages.get(source, "")) for source in each.sources[:SHOWN]),
            max(0, len(each.sources) - SHOWN),
        )
        for each in found
    }


def tell(found: Monitor) -> str:
    """In one sentence: «Los registros dicen: 2 entregas tardías de 14»."""
    if found.signal is RiskSignal.NONE:
        return "Ningún registro de la oficina habla de este riesgo: lo que se diga necesita su evidencia."
    if found.count is None:
        return {
            RiskSignal.CORRECTIONS: "Los registros no dicen nada: no hay publicaciones en este trimestre.",
            RiskSignal.LATE_DELIVERIES: "Los registros no dicen nada: ninguna solicitud con fecha se cumplió o venció.",
        }.get(found.signal, "Los registros no dicen nada de este riesgo.")
    of = f" de {print_number(found.total)}" if found.total is not None else ""
    counted = {
        RiskSignal.CORRECTIONS: (
            "publicación corregida, retirada o sin aprobación",
            "publicaciones corregidas, retiradas o sin aprobación",
        ),
        RiskSignal.LATE_DELIVERIES: ("entrega tardía", "entregas tardías"),
        RiskSignal.MISUSE: ("incidente de uso indebido", "incidentes de uso indebido"),
    }[found.signal]
    return f"Los registros dicen: {count_of(found.count, *counted)}{of}."


def _name(source: str) -> str:
    return source.partition(":")[2]


def _pages(institution: Institution, period: str, sources: set[str]) -> dict[str, str]:
    """The page of each record named: a query a kind, however many there are."""
    wanted: dict[str, set[str]] = {}
    for source in sources:
        kind, _, reference = source.partition(":")
        wanted.setdefault(kind, set()).add(reference)
    pages: dict[str, str] = {}
    if "request" in wanted:
        rows = request_rows_of(institution, period).items()
        pages = {f"request:{reference}": reverse("request", args=[row.pk]) for reference, row in rows}
    if "publication" in wanted:
        named = Publication.objects.of(institution).filter(period=period, reference__in=wanted["publication"])
        for reference, pk in named.values_list("reference", "pk"):
            pages[f"publication:{reference}"] = reverse("publication", args=[period, pk])
    if "incident" in wanted:
        happened = Incident.objects.of(institution).filter(period=period, reference__in=wanted["incident"])
        for reference, pk in happened.values_list("reference", "pk"):
            pages[f"incident:{reference}"] = reverse("incident", args=[period, pk])
    return pages
