"""The quantities that formulas of indicators are written with: each a figure that the records give, and nobody types.

The one catalogue: code (as people write it), words, unit, and how a dossier gives it, with the records behind. What the
records do not know is no datum, never 0; `needs` says what would make it known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from pregon.figures.metric import Additivity
from pregon.figures.metric import metric as metric_of
from pregon.records import quantity_measures as measures
from pregon.records.dossier import Dossier
from pregon.records.organisation import Platform
from pregon.records.service import RequestKind
from pregon.records.totals import MESSAGES, NEWS_ITEMS, POSTS, STORIES, WALLPAPERS, Measure

PUBLICATIONS: Final = "Publicaciones"
REQUESTS: Final = "Solicitudes"
CAMPAIGNS: Final = "Campañas"
EVENTS: Final = "Eventos"
PLAN: Final = "Plan"
SATISFACTION: Final = "Satisfacción"
METRICS: Final = "Métricas"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure that formulas may name. `needs` is what to do where there is no datum: «registre …»."""

    code: str
    label: str
    unit: str
    group: str
    needs: str
    measure: Callable[[Dossier], Measure]


_NETWORKS: Final = {
    Platform.FACEBOOK: ("facebook", "Facebook"),
    Platform.INSTAGRAM: ("instagram", "Instagram"),
    Platform.X: ("x", "X"),
    Platform.YOUTUBE: ("youtube", "YouTube"),
    Platform.TIKTOK: ("tiktok", "TikTok"),
    Platform.LINKEDIN: ("linkedin", "LinkedIn"),
}
_METRIC_PLATFORMS: Final = {Platform.WEBSITE: ("sede", "la sede electrónica"), **_NETWORKS}
_METRIC_CODES: Final = {
    "visits": "visitas",
    "views": "visualizaciones",
    "followers_gained": "seguidores_nuevos",
    "followers_lost": "seguidores_perdidos",
    "likes": "me_gusta",
    "interactions": "interacciones",
    "comments": "comentarios",
    "shares": "compartidos",
    "saves": "guardados",
    "link_clicks": "clics",
    "reposts": "republicaciones",
    "video_views": "reproducciones",
    "sessions": "sesiones",
}
"""The metrics that may be added over the months and over the channels, by the Spanish code formulas call them."""


def _published() -> Iterable[Quantity]:
    needs = "anote las publicaciones una por una, o su cifra de cada mes en Métricas"
    code, label, unit = "publicaciones", "publicaciones en redes", "publicaciones"
    on_networks = measures.over_chosen(code, POSTS, lambda channel: channel.is_social)
    yield Quantity(code, label, unit, PUBLICATIONS, needs, on_networks)
    for platform, (short, name) in _NETWORKS.items():
        code = f"publicaciones_{short}"
        there = measures.over_chosen(code, POSTS, measures.on_platform(platform))
        yield Quantity(code, f"publicaciones en {name}", unit, PUBLICATIONS, needs, there)
    for code, label, metric, chosen in (
        ("noticias", "noticias en la sede electrónica", NEWS_ITEMS, measures.on_platform(Platform.WEBSITE)),
        ("mensajes_internos", "mensajes internos", MESSAGES, lambda channel: channel.is_internal),
        ("fondos_de_pantalla", "fondos de pantalla", WALLPAPERS, lambda channel: channel.is_internal),
        ("historias", "historias publicadas", STORIES, lambda channel: channel.is_social),
    ):
        measure = measures.over_chosen(code, metric, chosen)
        yield Quantity(code, label, metric_of(metric).plural, PUBLICATIONS, needs, measure)
    for code, label, of in (
        ("publicaciones_anotadas", "publicaciones anotadas una por una", measures.listed_publications),
        ("correcciones", "publicaciones corregidas o retiradas", measures.corrected_publications),
    ):
        measure = measures.publications_measure(code, of)
        yield Quantity(code, label, unit, PUBLICATIONS, "anote las publicaciones una por una", measure)


def _asked_for() -> Iterable[Quantity]:
    needs = "registre las solicitudes con el día en que se pidieron y se entregaron"
    for code, label, holds in (
        ("solicitudes_recibidas", "solicitudes recibidas", measures.is_asked),
        ("solicitudes_entregadas", "solicitudes entregadas", measures.is_delivered),
        ("solicitudes_con_fecha", "solicitudes con fecha", measures.is_closed),
        ("solicitudes_a_tiempo", "solicitudes a tiempo", measures.is_on_time),
        ("solicitudes_tardias", "solicitudes tardías", measures.is_late),
        ("solicitudes_vencidas", "solicitudes vencidas sin entregar", measures.is_overdue),
        ("solicitudes_devueltas", "solicitudes devueltas después de aprobadas", measures.is_returned),
        ("solicitudes_canceladas", "solicitudes canceladas", measures.is_cancelled),
        ("disenos", "diseños pedidos", measures.of_kind(RequestKind.DESIGN)),
        ("acompanamientos", "acompañamientos pedidos", measures.of_kind(RequestKind.COVERAGE)),
    ):
        yield Quantity(code, label, "solicitudes", REQUESTS, needs, measures.requests_measure(code, holds))
    needs = "registre el día en que se entregó cada solicitud"
    label = "mediana de días hábiles de respuesta"
    yield Quantity("mediana_dias_habiles", label, "días hábiles", REQUESTS, needs, measures.median_days)


def _programmed() -> Iterable[Quantity]:
    needs = "anote en cada campaña sus productos prometidos y entregados"
    promised = measures.products_measure("productos_prometidos", delivered=False)
    delivered = measures.products_measure("productos_entregados", delivered=True)
    for code, label, unit, measure in (
        ("campanas_planeadas", "campañas planeadas", "campañas", measures.campaigns_planned),
        ("campanas_realizadas", "campañas realizadas", "campañas", measures.campaigns_done),
        ("productos_prometidos", "productos de campañas prometidos", "productos", promised),
        ("productos_entregados", "productos de campañas entregados", "productos", delivered),
    ):
        yield Quantity(code, label, unit, CAMPAIGNS, needs, measure)
    yield Quantity("eventos", "eventos", "eventos", EVENTS, "anote los eventos del trimestre", measures.events_held)
    needs = "anote en cada evento los convocados y los asistentes"
    yield Quantity("convocados", "personas convocadas", "personas", EVENTS, needs, measures.people_called)
    yield Quantity("asistentes", "personas que asistieron", "personas", EVENTS, needs, measures.people_attended)
    for code, label, needs, measure in (
        (
            "actividades_planeadas",
            "actividades del plan programadas",
            "escriba en el plan la meta de cada trimestre",
            measures.activities_planned,
        ),
        (
            "actividades_realizadas",
            "actividades del plan cumplidas",
            "anote lo hecho en el seguimiento del plan",
            measures.activities_done,
        ),
    ):
        yield Quantity(code, label, "actividades", PLAN, needs, measure)


def _answered() -> Iterable[Quantity]:
    needs = "haga la encuesta de satisfacción"
    for code, label, measure in (
        ("respuestas", "respuestas de satisfacción", measures.survey_answers),
        ("respuestas_satisfechas", "respuestas satisfechas", measures.survey_satisfied),
    ):
        yield Quantity(code, label, "respuestas", SATISFACTION, needs, measure)


def _measured() -> Iterable[Quantity]:
    """Each metric over all its channels, and on each platform. One that cannot be added is not in the catalogue."""
    needs = "escriba su cifra de cada mes en Métricas, o importe el archivo de la plataforma"
    for metric, code in _METRIC_CODES.items():
        described = metric_of(metric)
        if Additivity.NOT_ADDABLE in (described.over_time, described.over_channels):
            continue
        name = described.name[0].lower() + described.name[1:]
        unit = described.plural.strip("«»")
        everywhere = measures.over_chosen(code, metric, lambda _channel: True)
        yield Quantity(code, name, unit, METRICS, needs, everywhere)
        for platform, (short, place) in _METRIC_PLATFORMS.items():
            own = f"{code}_{short}"
            there = measures.over_chosen(own, metric, measures.on_platform(platform))
            yield Quantity(own, f"{name} en {place}", unit, METRICS, needs, there)


CATALOGUE: Final[Mapping[str, Quantity]] = MappingProxyType(
    {each.code: each for maker in (_published, _asked_for, _programmed, _answered, _measured) for each in maker()}
)
"""Every quantity by its code, in the order in which a person is offered them."""
LABELS: Final[Mapping[str, str]] = MappingProxyType({code: each.label for code, each in CATALOGUE.items()})
"""What each is called, by its code."""
