"""The last quarter of 2025: the figures of a real report, told truly, under an invented institution."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from penaclara import pieces_2025_t4 as pieces
from penaclara.calendar_of_pieces import publish_in, publish_posts
from penaclara.office import (
    ANDRES,
    BEATRIZ,
    CARLOS,
    CHANNELS,
    CONTROL,
    ENVIRONMENT,
    HEAD,
    HUMAN_RIGHTS,
    INSTITUTION,
    LUZ_DARY,
    MARCELA,
    NATALIA,
    OVERSIGHT,
    PROCEDURE,
    RISKS,
    SECRETARY,
    STEPS,
    fingerprint,
)
from penaclara.requests import ask_requests
from pregon.figures.amount import Amount
from pregon.figures.period import Period
from pregon.records.dossier import Dossier
from pregon.records.organisation import Control, Pending, Signature, SignatureRole
from pregon.records.programme import Campaign, Commemoration, Deliverable, Event, IndicatorKind, PlanActivity
from pregon.records.publishing import (
    Evidence,
    Method,
    Observation,
    ObservationStatus,
    Publication,
    PublicationKind,
)
from pregon.records.risk import RiskFollowUp
from pregon.records.service import RequestKind

PERIOD = Period.quarter(2025, 4)
OCTOBER, NOVEMBER, DECEMBER = PERIOD.months
_META_DUE = date(2026, 1, 15)
_ALL_NETWORKS = ("facebook", "instagram", "x")

_CONTROL = Control(
    code="GC-INF-02",
    version="1",
    cutoff=datetime(2026, 1, 7, 17, 0),  # noqa: DTZ001 -- Colombian local time, as the field says
    prepared_on=date(2026, 1, 6),
    procedure=PROCEDURE,
    steps=STEPS,
    signatures=(
        Signature(SignatureRole.PREPARED, MARCELA, "Profesional de comunicaciones", date(2026, 1, 6), date(2026, 1, 6)),
        Signature(SignatureRole.REVIEWED, LUZ_DARY, "Secretaria general", date(2026, 1, 7), date(2026, 1, 7)),
        Signature(SignatureRole.APPROVED, BEATRIZ, "Personera municipal", date(2026, 1, 8), date(2026, 1, 8)),
    ),
)


def _publications() -> tuple[Publication, ...]:
    """Posts first, then news, messages and wallpapers, each by date."""
    found: list[Publication] = []
    for month, posts in zip(PERIOD.months, (pieces.OCTOBER, pieces.NOVEMBER, pieces.DECEMBER), strict=True):
        found += publish_posts(posts, month, len(found) + 1)
    for channel, kind, by_month in (
        ("sede", PublicationKind.NEWS_ITEM, pieces.NEWS),
        ("whatsapp", PublicationKind.MESSAGE, pieces.MESSAGES),
        ("fondos", PublicationKind.WALLPAPER, ((), (), pieces.WALLPAPERS)),
    ):
        for month, some in zip(PERIOD.months, by_month, strict=True):
            found += publish_in(channel, kind, some, month, len(found) + 1)
    return tuple(found)


class _Source(NamedTuple):
    """Where figures come from."""

    method: Method
    name: str
    evidence: str
    note: str = ""


def _measured(
    channel: str, metric: str, values: tuple[int, int], source: _Source, *, ulp: int = 0
) -> list[Observation]:
    """October and November as the platform gave them, rounded to `ulp`, and December owed."""
    seen = [
        Observation(
            metric, channel, month, ObservationStatus.VALUE, Amount(Decimal(value), ulp=Decimal(ulp)), source.method,
            source.name, source.evidence, note=source.note,
        )
        for month, value in zip((OCTOBER, NOVEMBER), values, strict=True)
    ]  # fmt: skip
    owed = Observation(
        metric, channel, DECEMBER, ObservationStatus.NO_DATA, method=source.method, source=source.name,
        owed_by=MARCELA, due=_META_DUE,
    )  # fmt: skip
    return [*seen, owed]


def _observations() -> tuple[Observation, ...]:
    visits = [
        Observation(
            "visits", "sede", month, ObservationStatus.VALUE, Amount(Decimal(value)), Method.EXPORT,
            "Matomo, archivo de enero", "EV-2025-041",
        )
        for month, value in zip(PERIOD.months, (34811, 34326, 25059), strict=True)
    ]  # fmt: skip
    meta = _Source(Method.PANEL, "Panel de Meta, archivo de diciembre", "EV-2025-042")
    by_hand = _Source(
        Method.MANUAL_COUNT,
        "Conteo manual en X",
        "EV-2025-043",
        "Conteo manual de las vistas de cada publicación: X cobra por sus estadísticas.",
    )
    not_offered = [
        Observation(
            "reach", "x", month, ObservationStatus.NOT_APPLICABLE, method=Method.PANEL, note="X no ofrece el alcance."
        )
        for month in PERIOD.months
    ]
    return (
        *visits,
        *_measured("facebook", "viewers", (73300, 26700), meta, ulp=100),
        *_measured("facebook", "visits", (3400, 1400), meta, ulp=100),
        *_measured("facebook", "followers_gained", (111, 37), meta),
        *_measured("facebook", "views", (208800, 66800), meta, ulp=100),
        *_measured("instagram", "reach", (5700, 3400), meta, ulp=100),
        *_measured("instagram", "visits", (557, 439), meta),
        *_measured("instagram", "followers_gained", (34, 35), meta),
        *_measured("instagram", "views", (44600, 39300), meta, ulp=100),
        *_measured("x", "views", (2106, 1830), by_hand),
        *not_offered,
    )


_CAMPAIGNS = (
    Campaign(
        pieces.HEALTH,
        "La salud mental es de todos: una ley para cuidar, incluir y transformar",
        "Dar a conocer la ley de salud mental y lo que cada persona puede exigir con ella.",
        "Grupos vulnerables y comunidad en general",
        _ALL_NETWORKS,
        HUMAN_RIGHTS,
        date(2025, 10, 1),
        date(2025, 10, 31),
        (Deliverable("publicaciones", 8, 8),),
    ),
    Campaign(
        pieces.DISCRIMINATION,
        "La discriminación no es igual para todos",
        "Mostrar cómo se suman las formas de discriminación y qué hacer ante ellas.",
        "Servidores públicos y comunidad en general",
        _ALL_NETWORKS,
        HEAD,
        date(2025, 10, 2),
        date(2025, 10, 28),
        (Deliverable("publicaciones", 7, 7),),
    ),
    Campaign(
        pieces.VIOLENCE,
        "Violencia institucional",
        "Ayudar a reconocer y denunciar los daños que causa una entidad pública.",
        "Servidores públicos y comunidad en general",
        _ALL_NETWORKS,
        OVERSIGHT,
        date(2025, 11, 4),
        date(2025, 11, 28),
        (Deliverable("publicaciones", 5, 5),),
    ),
    Campaign(
        pieces.INFORMED,
        "Informarse es un derecho, no un privilegio",
        "Promover que la gente pida y use la información pública.",
        "Comunidad en general",
        _ALL_NETWORKS,
        HEAD,
        date(2025, 11, 6),
        date(2025, 12, 12),
        (Deliverable("publicaciones", 5, 5),),
    ),
    Campaign(
        pieces.RIGHTS_DAYS,
        "Efemérides de derechos humanos",
        "Recordar las fechas que marcan la defensa de los derechos humanos.",
        "Comunidad en general",
        _ALL_NETWORKS,
        HUMAN_RIGHTS,
        deliverables=(Deliverable("publicaciones", 7, 7),),
    ),
    Campaign(
        pieces.GREEN_DAYS,
        "Efemérides ambientales",
        "Invitar a cuidar el ambiente en las fechas que lo recuerdan.",
        "Comunidad en general",
        _ALL_NETWORKS,
        ENVIRONMENT,
        deliverables=(Deliverable("publicaciones", 4, 4),),
    ),
    Campaign(
        pieces.INTEGRITY,
        "Nuestro servicio, nuestro reflejo: Código de Integridad en acción",
        "Llevar los valores del Código de Integridad a las decisiones de cada día.",
        "Servidores y personal de apoyo de la entidad",
        ("whatsapp", "fondos"),
        CONTROL,
        date(2025, 12, 9),
        date(2025, 12, 15),
        (Deliverable("mensajes por WhatsApp", 5, 5), Deliverable("fondos de pantalla", 5, 2)),
        is_internal=True,
        owed_by=ANDRES,
        due=date(2026, 1, 15),
    ),
)


def _commemorations(publications: tuple[Publication, ...]) -> tuple[Commemoration, ...]:
    """Each day that was marked, with the first post that marked it."""
    found: dict[str, Commemoration] = {}
    for publication in publications:
        if publication.campaign in {pieces.RIGHTS_DAYS, pieces.GREEN_DAYS}:
            found.setdefault(
                publication.title,
                Commemoration(publication.title, publication.published_on, publication.campaign, publication.reference),
            )
    return tuple(found.values())


_EVENTS = (
    Event(
        "EVE-2025-21", date(2025, 10, 6), "Charla sobre orientación vocacional para personeros estudiantiles",
        HUMAN_RIGHTS, 60, 45, "Lista de asistencia", "EV-2025-044", has_minors=True,
    ),
    Event(
        "EVE-2025-22", date(2025, 10, 17), "Capacitación de la Red Nacional de Veedurías", ENVIRONMENT, 50, None,
        "Lista de asistencia", owed_by=CARLOS, due=date(2026, 1, 15),
    ),
    Event(
        "EVE-2025-23", date(2025, 10, 27), "Mediación escolar con personeros estudiantiles", HUMAN_RIGHTS, 20, 16,
        "Lista de asistencia", "EV-2025-045", has_minors=True,
    ),
    Event(
        "EVE-2025-24", date(2025, 10, 28), "Rendición pública de cuentas", SECRETARY, None, None,
        "Registro de ingreso", owed_by=LUZ_DARY, due=date(2026, 1, 15),
    ),
    Event(
        "EVE-2025-25", date(2025, 11, 19), "Capacitación: cumplir para prevenir, más que sancionar para corregir",
        OVERSIGHT, None, 40, "Lista de asistencia", "EV-2025-046",
    ),
    Event(
        "EVE-2025-26", date(2025, 12, 10),
        "Conmemoración del Día Internacional de los Derechos Humanos y reconocimiento al mérito", HUMAN_RIGHTS, 120,
        None, "Registro de ingreso", owed_by=NATALIA, due=date(2026, 1, 15),
    ),
)  # fmt: skip

_FOLLOW_UPS = (
    RiskFollowUp(
        "R1",
        date(2025, 12, 18),
        materialised=False,
        controls_run=12,
        controls_planned=12,
        finding="Cada pieza pasó por la revisión de contenido y la aprobación antes de salir.",
        evidence="EV-2025-047",
        next_action="Mantener la lista de revisión de contenido.",
        line_of_defence=1,
    ),
    RiskFollowUp(
        "R2",
        date(2025, 12, 18),
        materialised=True,
        controls_run=11,
        controls_planned=12,
        finding="Algunas solicitudes se entregaron después de la fecha acordada.",
        evidence="EV-2025-048",
        next_action="Repartir los turnos de diseño en las semanas con más eventos.",
        line_of_defence=1,
    ),
)

_ACTIVITIES = (
    PlanActivity(
        "PA-01", "6.1/7", "Hacer seguimiento mensual al plan de comunicaciones", "informes", 3, 3,
        IndicatorKind.COMPLETION, Decimal(100),
    ),
    PlanActivity(
        "PA-02", "6.1/7", "Entregar los productos prometidos en las campañas", "productos",
        indicator=IndicatorKind.DELIVERABLES, target=Decimal(95),
    ),
    PlanActivity(
        "PA-03", "6.2/6", "Difundir los mensajes internos aprobados", "mensajes", 36, 37, IndicatorKind.COMPLETION,
        Decimal(90),
    ),
    PlanActivity(
        "PA-04", "6.2/6", "Atender a tiempo los diseños y acompañamientos pedidos", "solicitudes",
        indicator=IndicatorKind.TIMELINESS, target=Decimal(95),
    ),
    PlanActivity(
        "PA-05", "6.3/9", "Convocar a la ciudadanía a los eventos de la entidad", "personas",
        indicator=IndicatorKind.CALL, target=Decimal(80),
    ),
    PlanActivity(
        "PA-06", "6.3/9", "Medir la satisfacción de la ciudadanía con los contenidos", "encuestas", None, None,
        IndicatorKind.COMPLETION, Decimal(85), "La encuesta no se ha diseñado: no hay con qué medir.",
    ),
)  # fmt: skip


def _filed(number: int, title: str, file: str, dated: date, *of: str, month: Period | None = None) -> Evidence:
    """An evidence with its file; `of` names the section and the channel."""
    section, channel = (*of, "", "")[:2]
    return Evidence(
        f"EV-2025-{number:03}", title, file, "", fingerprint(file), dated, section, channel, month
    )  # fmt: skip


def _evidence() -> tuple[Evidence, ...]:
    captures = []
    number = 49
    for month, dated in ((OCTOBER, date(2025, 11, 4)), (NOVEMBER, date(2025, 12, 3))):
        for channel, name in (("facebook", "Facebook"), ("instagram", "Instagram")):
            file = f"{month}-{channel}-panel.png"
            title = f"Captura del panel de {name}, {month.short}"
            captures.append(_filed(number, title, file, dated, "platform_statistics", channel, month=month))
            number += 1
    for month in PERIOD.months:
        title = f"Captura de la sede electrónica, {month.short}"
        file = f"{month}-sede.png"
        captures.append(_filed(number, title, file, date(2026, 1, 2), "website", "sede", month=month))
        number += 1
    events = "events"
    return (
        _filed(41, "Visitas a la sede electrónica, archivo de Matomo", "matomo-visitas.csv", date(2026, 1, 2), "website", "sede"),
        _filed(42, "Cifras de Facebook e Instagram, archivo de Meta", "meta-panel.csv", date(2025, 12, 3), "audience"),
        _filed(43, "Hoja de conteo manual de X", "x-conteo-manual.xlsx", date(2025, 12, 4), "audience", "x"),
        _filed(44, "Asistencia a la charla de orientación vocacional", "asistencia-orientacion.pdf", date(2025, 10, 6), events),
        _filed(45, "Asistencia a la jornada de mediación escolar", "asistencia-mediacion.pdf", date(2025, 10, 27), events),
        _filed(46, "Asistencia a la capacitación disciplinaria", "asistencia-disciplinaria.pdf", date(2025, 11, 19), events),
        _filed(47, "Lista de revisión y aprobación de piezas", "aprobaciones.xlsx", date(2025, 12, 18), "risks"),
        _filed(48, "Acta de revisión de entregas", "acta-entregas.pdf", date(2025, 12, 18), "risks"),
        *captures,
    )  # fmt: skip


_PENDING = (
    Pending("stories", "Historias de octubre, noviembre y diciembre en Facebook e Instagram", "historias.zip", ANDRES, date(2026, 1, 15)),
    Pending("platform_statistics", "Captura del panel de Facebook, diciembre", "2025-12-facebook-panel.png", MARCELA, _META_DUE),
    Pending("platform_statistics", "Captura del panel de Instagram, diciembre", "2025-12-instagram-panel.png", MARCELA, _META_DUE),
    Pending("audience", "Archivo de Meta de diciembre, con Facebook e Instagram", "meta-panel-diciembre.csv", MARCELA, _META_DUE),
)  # fmt: skip


def make_dossier() -> Dossier:
    """The dossier of the last quarter of 2025."""
    publications = _publications()
    return Dossier(
        INSTITUTION,
        PERIOD,
        _CONTROL,
        CHANNELS,
        publications,
        _observations(),
        _CAMPAIGNS,
        _commemorations(publications),
        _EVENTS,
        ask_requests(
            PERIOD.months,
            {RequestKind.COVERAGE: (29, 24, 18), RequestKind.DESIGN: (30, 27, 22)},
            first=301,
            late={17: 1, 48: 2, 61: 1, 83: 3, 104: 1},
            open_ones=frozenset({148, 149}),
        ),
        RISKS,
        _FOLLOW_UPS,
        (),
        _ACTIVITIES,
        _evidence(),
        _PENDING,
    )
