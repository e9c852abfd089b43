"""One row of each kind of the plan, the procedure, the matrix and the indicators, a canary in every text of it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from pregon_web.ledger.models import Evidence
from pregon_web.ledger.services import add_record
from pregon_web.programme.models import Activity, ActivityFollowUp
from pregon_web.programme.services import plan as services
from tests.web.towns import Town

PERIOD = "2025-T4"


def furnish_plan(town: Town, canary: str) -> dict[str, object]:
    """Fill an institution, and answer the arguments of each address that names a row of it."""
    access = town.access()
    proof = add_record(access=access, row=Evidence(period=PERIOD, reference=f"ACTA {canary}", title=f"Acta {canary}"))
    minute = {
        "approved_on": date(2025, 1, 28),
        "committee": f"Comité {canary}",
        "minute": f"Acta {canary}",
        "evidence": proof,
    }
    procedure = services.add_procedure(
        access=access,
        fields={
            "title": f"Procedimiento {canary}",
            "code": f"C {canary}",
            "dated": date(2025, 1, 20),
            "changes": f"Cambió {canary}",
            "steps": [["6.2/6", f"Evaluar {canary}"]],
        },
    )
    services.approve_edition(access=access, row=procedure, fields=minute, version=None)
    draft_procedure = services.renew_procedure(access=access, procedure=procedure)
    plan = services.add_plan(
        access=access,
        fields={
            "fiscal_year": 2025,
            "title": f"Plan {canary}",
            "code": f"C {canary}",
            "dated": date(2025, 1, 20),
            "objectives": [f"Objetivo del plan {canary}"],
        },
    )
    services.save_activity(
        access=access,
        plan=plan,
        activity=None,
        fields={
            "reference": f"PA {canary}",
            "title": f"Actividad {canary}",
            "objective": f"Objetivo del plan {canary}",
            "step": "6.2/6",
            "unit": f"cosas {canary}",
            "owner": f"Responde {canary}",
            "fourth_quarter": 4,
            "target": Decimal(90),
        },
    )
    services.approve_edition(access=access, row=plan, fields=minute, version=None)
    draft = services.renew_plan(access=access, plan=plan)
    services.save_follow_ups(
        access=access,
        period=PERIOD,
        entries=[
            services.FollowUpEntry(
                f"PA {canary}", None, {"done": 3, "obstacles": f"Obstáculo {canary}", "evidence": proof}
            )
        ],
    )
    follow_up = ActivityFollowUp.objects.of(town.institution).get()
    line = services.save_matrix_line(
        access=access,
        line=None,
        fields={
            "kind": "internal",
            "sender": f"Emisor {canary}",
            "receiver": f"Receptor {canary}",
            "message": f"Mensaje {canary}",
            "frequency": f"Cada {canary}",
            "media": f"Medios {canary}",
            "evidence": f"Prueba {canary}",
        },
    )
    card = services.save_card(
        access=access,
        card=None,
        fields={
            "name": f"Indicador {canary}",
            "objective": f"Para {canary}",
            "formula": "asistentes ÷ convocados × 100",
            "target": Decimal(80),
            "source": f"Fuente {canary}",
            "owner": f"Responde {canary}",
            "activity": f"PA {canary}",
        },
    )
    activity = Activity.objects.of(town.institution).get(plan=draft).pk
    rows = {
        ("plan_edition", "change_plan", "approve_plan", "renew_plan", "remove_plan", "add_activity"): draft.pk,
        ("activity", "change_activity", "remove_activity"): activity,
        (
            "procedure_edition",
            "change_procedure",
            "approve_procedure",
            "renew_procedure",
            "remove_procedure",
        ): draft_procedure.pk,
        ("remove_plan_follow_up",): follow_up.pk,
        ("matrix_line", "change_matrix_line", "remove_matrix_line"): line.pk,
        ("indicator", "change_indicator", "remove_indicator"): card.pk,
    }
    return {f"{name}.pk": pk for names, pk in rows.items() for name in names}
