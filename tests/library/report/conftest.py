"""A small quarter built by hand, whose every total a person can check."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from pregon.figures.amount import Amount
from pregon.figures.period import Period
from pregon.records.dossier import Dossier
from pregon.records.organisation import (
    Channel,
    Control,
    Institution,
    Pending,
    Platform,
    ProcedureStep,
    Signature,
    SignatureRole,
)
from pregon.records.programme import Campaign, Commemoration, Deliverable, Event, IndicatorKind, PlanActivity
from pregon.records.publishing import Evidence, Method, Observation, ObservationStatus, Publication, PublicationKind
from pregon.records.risk import Incident, Risk, RiskFollowUp, RiskSignal
from pregon.records.service import RequestKind, ServiceRequest

QUARTER = Period.quarter(2025, 4)
OCTOBER, NOVEMBER, DECEMBER = QUARTER.months


def observe(metric: str, channel: str, *values: int | None, method: Method = Method.EXPORT) -> list[Observation]:
    """A value a month; None is no datum, owed by Marcela."""
    found = []
    for month, value in zip(QUARTER.months, values, strict=True):
        if value is None:
            found.append(
                Observation(
                    metric,
                    channel,
                    month,
                    ObservationStatus.NO_DATA,
                    method=method,
                    owed_by="Marcela Ríos",
                    due=date(2026, 1, 15),
                )
            )
        else:
            amount = Amount.exact(value)
            found.append(Observation(metric, channel, month, ObservationStatus.VALUE, amount, method, "Panel", "E-001"))
    return found


def news(*days: date) -> list[Publication]:
    return [
        Publication(f"N-{place}", "sede", PublicationKind.NEWS_ITEM, day, f"Noticia {place}", campaign="C-1")
        for place, day in enumerate(days, start=1)
    ]


@pytest.fixture
def dossier() -> Dossier:
    return Dossier(
        institution=Institution("Personería Municipal de Peñaclara", "Gestión de las Comunicaciones"),
        period=QUARTER,
        control=Control(
            code="GC-INF-02",
            version="1",
            cutoff=datetime(2026, 1, 7, 17, 0),  # noqa: DTZ001 -- local time by definition
            prepared_on=date(2026, 1, 6),
            steps=(ProcedureStep("6.1/7", "Hacer seguimiento al plan"),),
            signatures=(
                Signature(SignatureRole.PREPARED, "Marcela Ríos", "profesional", date(2026, 1, 6)),
                Signature(SignatureRole.APPROVED, "Beatriz Upegui", "personera", due=date(2026, 1, 8)),
            ),
        ),
        channels=(
            Channel("sede", "Sede electrónica", Platform.WEBSITE),
            Channel("fb", "Facebook", Platform.FACEBOOK),
            Channel("ig", "Instagram", Platform.INSTAGRAM),
            Channel("x", "X", Platform.X),
            Channel("wa", "WhatsApp", Platform.WHATSAPP, is_internal=True),
            Channel("fondos", "Fondos de pantalla", Platform.WALLPAPER, is_internal=True),
        ),
        publications=(
            *news(date(2025, 10, 2), date(2025, 10, 9), date(2025, 10, 30), date(2025, 11, 5)),
            Publication(
                "N-5", "sede", PublicationKind.NEWS_ITEM, date(2025, 12, 1), "Quinta", corrected_on=DECEMBER.end
            ),
            Publication("N-6", "sede", PublicationKind.NEWS_ITEM, date(2025, 12, 9), "Sexta"),
            Publication("F-1", "fondos", PublicationKind.WALLPAPER, date(2025, 12, 9), "Fondo 1", campaign="C-2"),
            Publication("F-2", "fondos", PublicationKind.WALLPAPER, date(2025, 12, 10), "Fondo 2", campaign="C-2"),
        ),
        observations=(
            *observe("visits", "sede", 34811, 34326, 25059),
            *observe("posts", "fb", 44, 24, 26),
            *observe("posts", "ig", 44, 22, 23),
            *observe("posts", "x", 46, 19, 25),
            *observe("messages", "wa", 10, 13, 14),
            *observe("viewers", "fb", 73300, 26700, None),
            *observe("views", "fb", 208800, 66800, None),
            *observe("views", "ig", 44600, 39300, 40145),
            *observe("views", "x", 2106, 1830, None, method=Method.MANUAL_COUNT),
        ),
        campaigns=(
            Campaign(
                "C-1",
                "La salud mental es de todos: Ley 2460 de 2025",
                "Dar a conocer la ley",
                "comunidad en general",
                ("fb", "ig"),
                "Derechos Humanos",
                date(2025, 10, 1),
                date(2025, 10, 31),
                (Deliverable("publicaciones", 8, 8),),
            ),
            Campaign(
                "C-2",
                "Código de Integridad en acción",
                "Promover los valores",
                "personal de la entidad",
                ("wa",),
                "Control Interno",
                date(2025, 12, 9),
                date(2025, 12, 15),
                (Deliverable("fondos de pantalla", 5, 2),),
                is_internal=True,
                owed_by="Andrés Tobón",
                due=date(2026, 1, 20),
            ),
        ),
        commemorations=(Commemoration("Día mundial de la salud mental", date(2025, 10, 10), "C-1"),),
        events=(
            Event("E-1", date(2025, 10, 6), "Charla vocacional", "Derechos Humanos", called=50, attended=45),
            Event("E-2", date(2025, 10, 17), "Red de Veedurías", "Colectivos", owed_by="Carlos Gil"),
            Event("E-3", date(2025, 10, 27), "Mediación escolar", "Derechos Humanos", attended=16),
            Event("E-4", date(2025, 11, 19), "Cumplir para prevenir", "Vigilancia", called=50, attended=40),
        ),
        requests=(
            ServiceRequest("S-1", RequestKind.DESIGN, "DH", "Afiche", date(2025, 10, 1), OCTOBER.end, OCTOBER.end),
            ServiceRequest(
                "S-2", RequestKind.DESIGN, "DH", "Volante", date(2025, 11, 4), date(2025, 11, 6), NOVEMBER.end
            ),
            ServiceRequest("S-3", RequestKind.COVERAGE, "DH", "Foro", date(2025, 12, 1), date(2025, 12, 3)),
        ),
        risks=(
            Risk("R-1", "Posibilidad de publicar información errada", "Marcela Ríos", RiskSignal.CORRECTIONS),
            Risk("R-2", "Posibilidad de retrasos", "Andrés Tobón", RiskSignal.LATE_DELIVERIES),
            Risk("R-3", "Posibilidad de uso indebido", "Luz Dary Cano", RiskSignal.MISUSE),
        ),
        follow_ups=(
            RiskFollowUp("R-1", date(2025, 12, 15), materialised=False, controls_run=3, controls_planned=3),
            RiskFollowUp("R-2", date(2025, 7, 4), materialised=False),
        ),
        incidents=(Incident("I-1", date(2025, 11, 3), "Perfil falso", "R-3"),),
        activities=(
            PlanActivity("A-1", "6.1/7", "Seguimiento", "informes", 3, 2, IndicatorKind.COMPLETION, Decimal(90)),
            PlanActivity("A-2", "6.3/9", "Entregar a tiempo", indicator=IndicatorKind.TIMELINESS, target=Decimal(95)),
            PlanActivity("A-3", "6.2/6", "Divulgar la imagen"),
        ),
        evidence=(Evidence("E-001", "Exportación del panel", "panel.csv", sha256="ab" * 32, dated=date(2026, 1, 2)),),
        pending=(Pending("stories", "Historias de los tres meses", person="Andrés Tobón", due=date(2026, 1, 20)),),
    )
