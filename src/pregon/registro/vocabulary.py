"""The words a person chooses from, and what each means in the records. Any spelling of one is understood."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from functools import cached_property

from pregon.figures.metric import CATALOGUE
from pregon.figures.spanish import fold
from pregon.records.organisation import Platform, SignatureRole
from pregon.records.programme import IndicatorKind
from pregon.records.publishing import Method, ObservationStatus, PublicationKind
from pregon.records.risk import RiskSignal
from pregon.records.service import RequestKind


@dataclass(frozen=True)
class Vocabulary:
    """A closed list: what each value is called in the workbook.

    `title` names the list on the sheet of lists, `others` are further spellings that are understood when read.
    """

    title: str
    labels: Mapping[object, str]
    others: Mapping[str, object]

    @cached_property
    def _by_name(self) -> dict[str, object]:
        return {
            **{fold(name): value for name, value in self.others.items()},
            **{fold(str(value)): value for value in self.labels},
            **{fold(label): value for value, label in self.labels.items()},
        }

    def find(self, text: str) -> object | None:
        """The value that a text names, by its label, its code or another spelling; None when it names none."""
        return self._by_name.get(fold(text))

    def label(self, value: object) -> str:
        """What a value is called; one that is not in the list is called by its own code."""
        return self.labels.get(value, str(value))


def nearest(text: str, names: Mapping[str, str] | list[str]) -> str:
    """The name most like a mistyped text, or "" when none is."""
    by_fold = {fold(name): name for name in names}
    found = get_close_matches(fold(text), by_fold, n=1, cutoff=0.6)
    return by_fold[found[0]] if found else ""


def _list(title: str, labels: Mapping[StrEnum, str], others: Mapping[str, StrEnum] | None = None) -> Vocabulary:
    return Vocabulary(title, dict(labels.items()), dict((others or {}).items()))


PLATFORMS = _list(
    "Plataformas",
    {
        Platform.WEBSITE: "Sede electrónica",
        Platform.FACEBOOK: "Facebook",
        Platform.INSTAGRAM: "Instagram",
        Platform.X: "X",
        Platform.YOUTUBE: "YouTube",
        Platform.TIKTOK: "TikTok",
        Platform.LINKEDIN: "LinkedIn",
        Platform.WHATSAPP: "WhatsApp",
        Platform.WALLPAPER: "Fondos de pantalla",
        Platform.EMAIL: "Correo",
        Platform.BULLETIN_BOARD: "Cartelera",
        Platform.OTHER: "Otra",
    },
    {"Twitter": Platform.X, "X (Twitter)": Platform.X, "sitio web": Platform.WEBSITE, "página web": Platform.WEBSITE},
)
ROLES = _list(
    "Firmas",
    {SignatureRole.PREPARED: "Elaboró", SignatureRole.REVIEWED: "Revisó", SignatureRole.APPROVED: "Aprobó"},
)
KINDS = _list(
    "Tipos de publicación",
    {
        PublicationKind.POST: "Publicación",
        PublicationKind.VIDEO: "Video",
        PublicationKind.STORY: "Historia",
        PublicationKind.NEWS_ITEM: "Noticia",
        PublicationKind.MESSAGE: "Mensaje",
        PublicationKind.WALLPAPER: "Fondo de pantalla",
    },
    {"post": PublicationKind.POST, "boletín": PublicationKind.NEWS_ITEM, "reel": PublicationKind.VIDEO},
)
STATUSES = _list(
    "Estados de una medición",
    {
        ObservationStatus.VALUE: "Valor",
        ObservationStatus.NO_DATA: "Sin dato",
        ObservationStatus.NOT_APPLICABLE: "No aplica",
    },
)
METHODS = _list(
    "Métodos",
    {
        Method.EXPORT: "Archivo de la plataforma",
        Method.API: "Conexión con la plataforma",
        Method.PANEL: "Panel de la plataforma",
        Method.MANUAL_COUNT: "Conteo manual",
        Method.ESTIMATE: "Estimación",
        Method.REPORT: "Tomado de un informe",
    },
    {"exportación": Method.EXPORT, "panel": Method.PANEL, "conteo": Method.MANUAL_COUNT},
)
REQUEST_KINDS = _list(
    "Tipos de solicitud",
    {
        RequestKind.DESIGN: "Diseño",
        RequestKind.COVERAGE: "Acompañamiento",
        RequestKind.NEWS: "Noticia",
        RequestKind.VIDEO: "Video",
        RequestKind.PUBLICATION: "Publicación",
        RequestKind.WALLPAPER: "Fondo de pantalla",
        RequestKind.OTHER: "Otra",
    },
    {
        "cubrimiento": RequestKind.COVERAGE,
        "pieza gráfica": RequestKind.DESIGN,
        "boletín": RequestKind.NEWS,
        "reel": RequestKind.VIDEO,
        "post": RequestKind.PUBLICATION,
        "otro": RequestKind.OTHER,
    },
)
SIGNALS = _list(
    "Señales de riesgo",
    {
        RiskSignal.NONE: "Ninguna",
        RiskSignal.CORRECTIONS: "Correcciones después de publicar",
        RiskSignal.LATE_DELIVERIES: "Entregas tardías",
        RiskSignal.MISUSE: "Uso indebido",
    },
)
INDICATORS = _list(
    "Indicadores",
    {
        IndicatorKind.NONE: "Sin indicador",
        IndicatorKind.COMPLETION: "Cumplimiento (hecho ÷ planeado)",
        IndicatorKind.TIMELINESS: "Oportunidad (entregas a tiempo ÷ entregas)",
        IndicatorKind.DELIVERABLES: "Productos (entregados ÷ prometidos)",
        IndicatorKind.CALL: "Convocatoria (asistentes ÷ convocados)",
        IndicatorKind.FORMULA: "Fórmula propia",
    },
    {
        "cumplimiento": IndicatorKind.COMPLETION,
        "oportunidad": IndicatorKind.TIMELINESS,
        "productos": IndicatorKind.DELIVERABLES,
        "convocatoria": IndicatorKind.CALL,
        "fórmula": IndicatorKind.FORMULA,
    },
)
SECTIONS = Vocabulary(
    "Secciones del informe",
    {
        "control": "Control",
        "website": "Sede electrónica",
        "internal_messages": "Mensajes internos",
        "social_posts": "Publicaciones en redes",
        "summary": "Resumen",
        "campaigns": "Campañas",
        "audience": "Audiencia",
        "platform_statistics": "Estadísticas por plataforma",
        "stories": "Historias",
        "events": "Eventos",
        "risks": "Riesgos",
        "visual_identity": "Imagen institucional",
        "plan": "Plan",
        "method": "Método",
        "evidence": "Evidencias",
    },
    {},
)
METRICS = Vocabulary("Métricas", {code: metric.name for code, metric in CATALOGUE.items()}, {})
YES_NO = Vocabulary(
    "Sí o no", {True: "Sí", False: "No"}, {"x": True, "s": True, "n": False, "verdadero": True, "falso": False}
)
