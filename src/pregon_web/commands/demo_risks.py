"""The demo's risks, valued and with their controls, and a correction that one of its follow-ups does not know of."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from pregon_web.accounts.selectors import Access
from pregon_web.ledger.models import PeriodLock, Publication
from pregon_web.ledger.services import mark_correction
from pregon_web.risks.models import Risk, RiskControl
from pregon_web.risks.services import add_control, value_risk_anew

QUARTER: Final = "2025-T4"
MODERATE, MINOR = 2, 1
VALUES: Final[dict[str, dict[str, Any]]] = {
    "R1": {"times_a_year": 1_100, "impact": MODERATE, "impact_reason": "Lo notan usuarios de relevancia"},
    "R2": {"times_a_year": 600, "impact": MODERATE, "impact_reason": "Un plazo legal puede depender de la publicación"},
    "R3": {"times_a_year": 300, "impact": MINOR, "impact_reason": "Se conoce dentro de la entidad"},
}
CONTROLS: Final[dict[str, tuple[dict[str, Any], ...]]] = {
    "R1": (
        {
            "description": "Revisión de contenido por el líder y aprobación antes de publicar",
            "kind": "preventive",
            "execution": "manual",
            "is_documented": True,
            "leaves_evidence": True,
            "responsible": "Marcela Ríos",
        },
    ),
    "R2": (
        {
            "description": "Tablero de solicitudes revisado cada mañana",
            "kind": "preventive",
            "execution": "manual",
            "leaves_evidence": True,
            "responsible": "Andrés Tobón",
        },
    ),
    "R3": (
        {
            "description": "Búsqueda semanal de perfiles que usen el nombre o la imagen de la entidad",
            "kind": "detective",
            "execution": "manual",
            "responsible": "Carlos Gil",
        },
    ),
}


def load_risks(access: Access) -> None:
    """Value what nobody valued. A quarter that was closed keeps what it said."""
    institution = access.institution
    if RiskControl.objects.of(institution).exists():
        return
    for risk in Risk.objects.of(institution).filter(reference__in=VALUES).order_by("pk"):
        value_risk_anew(access=access, risk=risk, fields=VALUES[risk.reference], version=None)
        for fields in CONTROLS[risk.reference]:
            add_control(access=access, risk=risk, fields=fields)
    _correct_one(access)


def _correct_one(access: Access) -> None:
    """Somebody corrected a publication after the follow-up said that there was nothing to correct."""
    institution = access.institution
    if PeriodLock.objects.of(institution).filter(period=QUARTER).exists():
        return
    rows = Publication.objects.of(institution).filter(period=QUARTER, channel__platform="facebook")
    publication = rows.order_by("published_on", "pk").last()
    if publication is not None:
        mark_correction(
            access=access,
            publication=publication,
            what="El horario de atención estaba mal",
            corrected_on=date(2025, 12, 30),
            withdrawn_on=None,
        )
