"""The procedure, the plan of the year, the matrix and the indicators of the demo's office. Done twice, done once."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.db import transaction

from pregon_web.accounts.selectors import Access
from pregon_web.ledger.models import PeriodLock
from pregon_web.programme.models import IndicatorCard, MatrixLine, Plan, Procedure
from pregon_web.programme.services import plan as services

YEAR: Final = 2025
COMMITTEE: Final = "Comité Institucional de Gestión y Desempeño"
STEPS: Final = (
    ("6.1/3", "Definir objetivos, estrategias y metas del plan"),
    ("6.1/7", "Hacer seguimiento al plan de comunicaciones"),
    ("6.2/2", "Validar la información con el líder del proceso"),
    ("6.2/6", "Evaluar la eficacia y la oportunidad de la comunicación interna"),
    ("6.3/5", "Aprobar lo que se va a publicar"),
    ("6.3/9", "Evaluar la eficacia de la comunicación externa"),
)
OBJECTIVES: Final = (
    "Que la ciudadanía conozca sus derechos y cómo pedir ayuda",
    "Que cada servidor sepa a tiempo lo que la entidad decide",
)
ACTIVITIES: Final[tuple[dict[str, Any], ...]] = (
    {
        "reference": "PA-11",
        "title": "Entregar a tiempo lo que piden las dependencias",
        "step": "6.2/6",
        "objective": OBJECTIVES[1],
        "owner": "Marcela Ríos",
        "indicator": "formula",
        "formula": "solicitudes_a_tiempo ÷ solicitudes_con_fecha × 100",
        "target": Decimal(95),
    },
    {
        "reference": "PA-12",
        "title": "Informar del avance del plan al comité",
        "step": "6.1/7",
        "objective": OBJECTIVES[1],
        "unit": "informes",
        "first_quarter": 1,
        "second_quarter": 1,
        "third_quarter": 1,
        "fourth_quarter": 1,
        "owner": "Beatriz Upegui",
        "target": Decimal(100),
    },
    {
        "reference": "PA-13",
        "title": "Actualizar el manual de identidad visual",
        "step": "6.1/3",
        "objective": OBJECTIVES[0],
        "start": date(2025, 9, 1),
        "end": date(2025, 12, 15),
        "owner": "Andrés Tobón",
        "target": Decimal(100),
    },
)
LINES: Final = (
    ("external", "Comunicaciones", "Ciudadanía", "Derechos, servicios y cómo pedirlos", "Permanente",
     "Sede electrónica, Facebook, Instagram, X", "Publicación con su enlace"),
    ("internal", "Comunicaciones", "Servidores y contratistas", "Decisiones, plazos y eventos de la entidad",
     "Permanente", "WhatsApp, correo, fondos de pantalla", "Captura en Evidencias"),
    ("external", "Despacho", "Ciudadanía y Concejo", "Rendición pública de cuentas", "Anual",
     "Evento, sede electrónica, redes", "Lista de asistencia e informe"),
    ("both", "Control Interno", "Líderes de proceso", "Seguimiento a los riesgos de comunicación", "Trimestral",
     "Informe", "Informe firmado"),
)  # fmt: skip
CARDS: Final[tuple[dict[str, Any], ...]] = (
    {
        "name": "Oportunidad",
        "objective": "Saber si se entrega en la fecha que se pactó con cada dependencia",
        "formula": "solicitudes_a_tiempo ÷ solicitudes_con_fecha × 100",
        "target": Decimal(95),
        "tolerable": Decimal(85),
        "source": "Solicitudes",
        "owner": "Marcela Ríos",
        "activity": "PA-11",
    },
    {
        "name": "Eficacia del plan",
        "objective": "Saber cuánto de lo programado se hizo",
        "formula": "actividades_realizadas ÷ actividades_planeadas × 100",
        "target": Decimal(90),
        "tolerable": Decimal(75),
        "source": "Seguimiento del plan",
        "owner": "Beatriz Upegui",
    },
    {
        "name": "Convocatoria",
        "objective": "Saber cuántas de las personas convocadas llegan",
        "formula": "asistentes ÷ convocados × 100",
        "target": Decimal(80),
        "frequency": IndicatorCard.Frequency.EACH_EVENT,
        "source": "Eventos",
        "owner": "Carlos Gil",
    },
    {
        "name": "Calidad de lo publicado",
        "objective": "Saber cuánto hubo que corregir después de publicado",
        "formula": "correcciones ÷ publicaciones_anotadas × 100",
        "sense": IndicatorCard.Sense.AT_MOST,
        "target": Decimal(2),
        "tolerable": Decimal(5),
        "source": "Publicaciones",
        "owner": "Marcela Ríos",
    },
    {
        "name": "Tiempo medio de respuesta",
        "objective": "Saber cuántos días hábiles espera una dependencia",
        "formula": "mediana_dias_habiles",
        "unit": "días hábiles",
        "sense": IndicatorCard.Sense.AT_MOST,
        "target": Decimal(3),
        "source": "Solicitudes",
        "owner": "Marcela Ríos",
    },
    {
        "name": "Satisfacción",
        "objective": "Saber si quien pide queda conforme",
        "formula": "respuestas_satisfechas ÷ respuestas × 100",
        "target": Decimal(85),
        "frequency": IndicatorCard.Frequency.HALF_YEARLY,
        "source": "Encuestas",
        "owner": "Natalia Ochoa",
    },
    {
        "name": "Interacción por publicación",
        "objective": "Ver si lo que se publica mueve a responder",
        "formula": "interacciones ÷ publicaciones",
        "unit": "interacciones",
        "source": "Métricas",
        "owner": "Marcela Ríos",
    },
)


@transaction.atomic
def load_plan(access: Access) -> None:
    """Write what is not there yet. A quarter that was closed keeps what it said."""
    institution = access.institution
    if PeriodLock.objects.of(institution).filter(period__startswith=str(YEAR)).exists():
        return
    minute = {"approved_on": date(2025, 1, 28), "committee": COMMITTEE, "minute": "Acta 01 de 2025"}
    if not Procedure.objects.of(institution).exists():
        steps = [list(step) for step in STEPS]
        procedure = services.add_procedure(
            access=access,
            fields={
                "title": "Gestión de las comunicaciones",
                "code": "GC-PRO-01",
                "dated": date(2025, 1, 20),
                "steps": steps,
            },
        )
        services.approve_edition(access=access, row=procedure, fields=minute, version=None)
    if not Plan.objects.of(institution).exists():
        head = {"title": "Plan de comunicaciones", "code": "GC-PLA-01", "dated": date(2025, 1, 20)}
        fields = {**head, "fiscal_year": YEAR, "objectives": list(OBJECTIVES)}
        plan = services.add_plan(access=access, fields=fields)
        for activity in ACTIVITIES:
            services.save_activity(access=access, plan=plan, activity=None, fields=activity)
        services.approve_edition(access=access, row=plan, fields=minute, version=None)
    if not MatrixLine.objects.of(institution).exists():
        names = ("kind", "sender", "receiver", "message", "frequency", "media", "evidence")
        for line in LINES:
            services.save_matrix_line(access=access, line=None, fields=dict(zip(names, line, strict=True)))
    if not IndicatorCard.objects.of(institution).exists():
        for card in CARDS:
            services.save_card(access=access, card=None, fields=card)
