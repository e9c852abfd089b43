"""Two earlier quarters, whole and smaller: the one before, and the same one a year before. They make comparisons work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from penaclara.calendar_of_pieces import publish_in, publish_posts
from penaclara.office import (
    BEATRIZ,
    CHANNELS,
    ENVIRONMENT,
    HUMAN_RIGHTS,
    INSTITUTION,
    LUZ_DARY,
    MARCELA,
    NETWORKS,
    OVERSIGHT,
    PROCEDURE,
    RISKS,
    SECRETARY,
    STEPS,
    fingerprint,
)
from penaclara.pieces_2025_t4 import Piece
from penaclara.requests import ask_requests
from pregon.figures.amount import Amount
from pregon.figures.period import Period
from pregon.records.calendar import add_business_days
from pregon.records.dossier import Dossier
from pregon.records.organisation import Control, Signature, SignatureRole
from pregon.records.programme import Campaign, Deliverable, Event, IndicatorKind, PlanActivity
from pregon.records.publishing import Evidence, Method, Observation, ObservationStatus, Publication, PublicationKind
from pregon.records.risk import RiskFollowUp
from pregon.records.service import RequestKind

_TITLES = (
    "Cómo redactar un derecho de petición",
    "Tutela: cuándo procede y cómo se presenta",
    "Asesoría gratuita en trámites de salud",
    "Personeros estudiantiles: conozca sus funciones",
    "Veedurías ciudadanas: pasos para inscribir la suya",
    "Buen trato a personas mayores en la atención al público",
    "Atención descentralizada en el barrio Los Almendros",
    "Acompañamiento a víctimas: qué trámites puede iniciar aquí",
    "Servicios públicos: cómo reclamar por su factura",
    "Qué hace la Delegatura de Vigilancia Administrativa",
    "Niñas y niños: rutas de protección en Peñaclara",
    "Jornada de atención en el corregimiento La Palma",
    "Conciliar es mejor: solicite su audiencia",
    "Cuidado de fuentes de agua: qué puede hacer su vereda",
    "Derechos de las personas detenidas: qué verifica la Personería",
    "Ruido y convivencia: a quién acudir",
    "Acceso a medicamentos: qué hacer si no se los entregan",
    "Qué es una queja disciplinaria y cómo se presenta",
    "Mujeres rurales: oferta institucional en su vereda",
    "Consejos para no caer en avisos falsos a nombre de la entidad",
)
_NOTICES = (
    "Pausas activas: horarios por dependencia",
    "Cumpleaños del mes",
    "Así se piden piezas gráficas a Comunicaciones",
    "Formato vigente de actas de reunión",
    "Jornada de bienestar para el equipo",
    "Reglas de uso del correo institucional",
    "Reciclaje en la sede: qué va en cada caneca",
)
_NEWS = (
    "La Personería abrió inscripciones para el concurso de oratoria",
    "Jornada de atención en las veredas de Peñaclara",
    "Nuevos veedores ciudadanos recibieron su acreditación",
    "La Personería presentó su informe ante el concejo",
    "Estudiantes eligieron a sus representantes",
)


@dataclass(frozen=True)
class Quarter:
    """The counts of an earlier quarter, month by month."""

    period: Period
    posts: tuple[tuple[int, int, int], tuple[int, int, int], tuple[int, int, int]]
    """For Facebook, Instagram and X."""
    news: tuple[int, int, int]
    messages: tuple[int, int, int]
    wallpapers: tuple[int, int, int]
    audience: tuple[tuple[str, str, tuple[int, int, int], int], ...]
    """Channel, metric, the three months, and to what the panel rounded them."""
    coverage: tuple[int, int, int]
    designs: tuple[int, int, int]
    late: dict[int, int]
    campaigns: tuple[Campaign, ...]
    events: tuple[Event, ...]
    first_request: int


def _pieces(month: int, counts: Sequence[int]) -> list[Piece]:
    """As many pieces as the busiest network had; the last ones did not go to those that had fewer."""
    most = max(counts)
    return [
        Piece(
            _TITLES[(place + 7 * month) % len(_TITLES)],
            not_in=tuple(channel for channel, count in zip(NETWORKS, counts, strict=True) if place >= count),
        )
        for place in range(most)
    ]


def _some(titles: Sequence[str], count: int, turn: int) -> list[Piece]:
    return [Piece(titles[(place + turn) % len(titles)]) for place in range(count)]


def _publications(quarter: Quarter) -> tuple[Publication, ...]:
    found: list[Publication] = []
    for place, month in enumerate(quarter.period.months):
        counts = [by_month[place] for by_month in quarter.posts]
        found += publish_posts(_pieces(place, counts), month, len(found) + 1)
    for channel, kind, counts_by_month, titles in (
        ("sede", PublicationKind.NEWS_ITEM, quarter.news, _NEWS),
        ("whatsapp", PublicationKind.MESSAGE, quarter.messages, _NOTICES),
        ("fondos", PublicationKind.WALLPAPER, quarter.wallpapers, ("Valores que nos unen",)),
    ):
        for place, month in enumerate(quarter.period.months):
            found += publish_in(channel, kind, _some(titles, counts_by_month[place], place), month, len(found) + 1)
    return tuple(found)


def _observations(quarter: Quarter, evidence: Sequence[Evidence]) -> tuple[Observation, ...]:
    sources = {
        "sede": (Method.EXPORT, "Matomo", evidence[0].reference),
        "facebook": (Method.PANEL, "Panel de Meta", evidence[1].reference),
        "instagram": (Method.PANEL, "Panel de Meta", evidence[1].reference),
        "x": (Method.MANUAL_COUNT, "Conteo manual en X", evidence[2].reference),
    }
    return tuple(
        Observation(
            metric,
            channel,
            month,
            ObservationStatus.VALUE,
            Amount(Decimal(value), ulp=Decimal(ulp)),
            *sources[channel],
        )
        for channel, metric, values, ulp in quarter.audience
        for month, value in zip(quarter.period.months, values, strict=True)
    )


def _evidence(quarter: Quarter, made: date) -> tuple[Evidence, ...]:
    files = (
        ("Visitas a la sede electrónica, archivo de Matomo", "matomo-visitas.csv", "website"),
        ("Cifras de Facebook e Instagram, archivo de Meta", "meta-panel.csv", "audience"),
        ("Hoja de conteo manual de X", "x-conteo-manual.xlsx", "audience"),
        ("Acta de revisión de riesgos", "acta-riesgos.pdf", "risks"),
    )
    return tuple(
        Evidence(
            f"EV-{quarter.period.start.year}-{quarter.period.start.month:02}{number}",
            title,
            f"{quarter.period}-{file}",
            "",
            fingerprint(f"{quarter.period}-{file}"),
            made,
            section,
        )
        for number, (title, file, section) in enumerate(files, start=1)
    )


def make_dossier(quarter: Quarter) -> Dossier:
    """The dossier of an earlier quarter: whole, signed, with nothing pending."""
    end = quarter.period.end
    signed = [add_business_days(end, days) for days in (3, 4, 5)]
    evidence = _evidence(quarter, add_business_days(end, 1))
    checked = add_business_days(end, -5)
    return Dossier(
        INSTITUTION,
        quarter.period,
        Control(
            "GC-INF-02",
            "1",
            datetime.combine(signed[1], datetime.min.time()).replace(hour=17),
            signed[0],
            PROCEDURE,
            STEPS,
            (
                Signature(SignatureRole.PREPARED, MARCELA, "Profesional de comunicaciones", signed[0], signed[0]),
                Signature(SignatureRole.REVIEWED, LUZ_DARY, "Secretaria general", signed[1], signed[1]),
                Signature(SignatureRole.APPROVED, BEATRIZ, "Personera municipal", signed[2], signed[2]),
            ),
        ),
        CHANNELS,
        _publications(quarter),
        _observations(quarter, evidence),
        quarter.campaigns,
        (),
        quarter.events,
        ask_requests(
            quarter.period.months,
            {RequestKind.COVERAGE: quarter.coverage, RequestKind.DESIGN: quarter.designs},
            first=quarter.first_request,
            late=quarter.late,
        ),
        RISKS,
        tuple(
            RiskFollowUp(
                risk.reference, checked, materialised, 12, 12, finding, evidence[3].reference, line_of_defence=1
            )
            for risk, materialised, finding in zip(
                RISKS,
                (False, bool(quarter.late), False),
                (
                    "Cada pieza pasó por la revisión de contenido y la aprobación.",
                    "Se revisaron las fechas acordadas y las de entrega.",
                    "Se buscaron perfiles con el nombre de la entidad y no se halló ninguno falso.",
                ),
                strict=True,
            )
        ),
        (),
        (
            PlanActivity(
                "PA-01", "6.1/7", "Hacer seguimiento mensual al plan de comunicaciones", "informes", 3, 3,
                IndicatorKind.COMPLETION, Decimal(100),
            ),
            PlanActivity(
                "PA-04", "6.2/6", "Atender a tiempo los diseños y acompañamientos pedidos", "solicitudes",
                indicator=IndicatorKind.TIMELINESS, target=Decimal(95),
            ),
        ),
        evidence,
    )  # fmt: skip


_SERVICE = ("derecho-de-peticion", "Pregunte y le respondemos", "Explicar cómo se presenta un derecho de petición.")
_TREATMENT = ("buen-trato", "El buen trato se nota", "Promover el buen trato en la atención al público.")


def _campaign(words: tuple[str, str, str], office: str, start: date, end: date, posts: int) -> Campaign:
    reference, title, aim = words
    products = (Deliverable("publicaciones", posts, posts),)
    return Campaign(reference, title, aim, "Comunidad en general", NETWORKS, office, start, end, products)


THIRD_OF_2025 = Quarter(
    Period.quarter(2025, 3),
    posts=((29, 31, 27), (28, 29, 26), (27, 28, 25)),
    news=(2, 2, 1),
    messages=(9, 11, 10),
    wallpapers=(1, 0, 1),
    audience=(
        ("sede", "visits", (31204, 33087, 30951), 0),
        ("facebook", "viewers", (48100, 52600, 45900), 100),
        ("facebook", "visits", (2200, 2600, 2400), 100),
        ("facebook", "followers_gained", (64, 81, 58), 0),
        ("facebook", "views", (141300, 156900, 132500), 100),
        ("instagram", "reach", (4200, 4700, 3900), 100),
        ("instagram", "visits", (463, 502, 447), 0),
        ("instagram", "followers_gained", (29, 41, 27), 0),
        ("instagram", "views", (36100, 39800, 34200), 100),
        ("x", "views", (1641, 1902, 1577), 0),
    ),
    coverage=(32, 25, 15),
    designs=(23, 32, 22),
    late={9: 1, 33: 2, 70: 1},
    campaigns=(
        _campaign(_SERVICE, OVERSIGHT, date(2025, 7, 7), date(2025, 7, 31), 6),
        _campaign(_TREATMENT, HUMAN_RIGHTS, date(2025, 8, 4), date(2025, 9, 12), 8),
    ),
    events=(
        Event("EVE-2025-15", date(2025, 7, 24), "Taller de control social para veedores", ENVIRONMENT, 40, 36, "Lista de asistencia"),
        Event("EVE-2025-17", date(2025, 8, 21), "Encuentro de personeros estudiantiles", HUMAN_RIGHTS, 80, 71, "Lista de asistencia", has_minors=True),
        Event("EVE-2025-18", date(2025, 9, 5), "Jornada de prevención disciplinaria", OVERSIGHT, 45, 38, "Lista de asistencia"),
        Event("EVE-2025-19", date(2025, 9, 19), "Final del Concurso de Oratoria", HUMAN_RIGHTS, 260, 232, "Registro de ingreso", has_minors=True),
    ),
    first_request=152,
)  # fmt: skip

FOURTH_OF_2024 = Quarter(
    Period.quarter(2024, 4),
    posts=((26, 22, 20), (25, 20, 18), (23, 19, 17)),
    news=(1, 2, 1),
    messages=(8, 9, 11),
    wallpapers=(0, 1, 1),
    audience=(
        ("sede", "visits", (27940, 26415, 21306), 0),
        ("facebook", "viewers", (39800, 31200, 27500), 100),
        ("facebook", "visits", (1900, 1500, 1300), 100),
        ("facebook", "followers_gained", (52, 38, 31), 0),
        ("facebook", "views", (112400, 88700, 74100), 100),
        ("instagram", "reach", (3100, 2600, 2200), 100),
        ("instagram", "visits", (341, 298, 254), 0),
        ("instagram", "followers_gained", (22, 17, 13), 0),
        ("instagram", "views", (24800, 21300, 18600), 100),
        ("x", "views", (1418, 1203, 1096), 0),
    ),
    coverage=(21, 19, 14),
    designs=(24, 20, 17),
    late={5: 1, 22: 3, 23: 1, 51: 2},
    campaigns=(_campaign(_TREATMENT, HUMAN_RIGHTS, date(2024, 10, 7), date(2024, 11, 15), 7),),
    events=(
        Event("EVE-2024-20", date(2024, 10, 17), "Encuentro de veedurías ciudadanas", ENVIRONMENT, 45, 39, "Lista de asistencia"),
        Event("EVE-2024-21", date(2024, 11, 20), "Rendición pública de cuentas", SECRETARY, 90, 67, "Registro de ingreso"),
        Event("EVE-2024-22", date(2024, 12, 10), "Conmemoración del Día Internacional de los Derechos Humanos", HUMAN_RIGHTS, 100, 84, "Registro de ingreso"),
    ),
    first_request=241,
)  # fmt: skip
