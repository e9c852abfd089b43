"""One row of each kind of the risks, a canary in every text of it: for the tests that look for what leaks."""

from __future__ import annotations

from datetime import date

from pregon.records.risk_scale import default_scale_data
from pregon_web.accounts.models import Role
from pregon_web.ledger.models import Evidence
from pregon_web.ledger.services import add_record
from pregon_web.risks.following import add_incident, save_follow_up
from pregon_web.risks.services import add_control, add_risk, change_scale, ensure_scale, value_risk_anew
from tests.web.towns import Town

PERIOD = "2025-T4"
COPIED_FINDING = "Se miraron los registros del trimestre y todo siguió su curso"


def furnish(town: Town, canary: str) -> dict[str, object]:
    """Fill an institution, and answer the arguments of each address that names a row of it."""
    access = town.access()
    first = ensure_scale(town.institution)
    data = {**default_scale_data(), "name": f"Escala {canary}", "version": "1"}
    change_scale(access=town.access(Role.ADMINISTRATOR), data=data, reason=f"Motivo {canary}", seen=first.number)
    risk = add_risk(
        access=access,
        fields={
            "affectation": "reputational",
            "immediate_cause": f"causa {canary}",
            "root_cause": f"raíz {canary}",
            "causes": f"Otras {canary}",
            "owner": f"Responde {canary}",
            "signal": "misuse",
            "since": "2025-T1",
        },
    )
    value_risk_anew(
        access=access,
        risk=risk,
        fields={"times_a_year": 600, "impact": 2, "impact_reason": f"Impacto {canary}"},
        version=None,
    )
    control = add_control(
        access=access,
        risk=risk,
        fields={
            "description": f"Control {canary}",
            "kind": "preventive",
            "execution": "manual",
            "responsible": f"Quien controla {canary}",
        },
    )
    incident = add_incident(
        access=access,
        period=PERIOD,
        fields={
            "happened_on": date(2025, 11, 3),
            "kind": "impersonation",
            "description": f"Incidente {canary}",
            "answer": f"Respuesta {canary}",
            "risk": risk,
        },
    )
    evidence = add_record(
        access=access, row=Evidence(period=PERIOD, reference=f"R {canary}", title=f"Acta {canary}", section="risks")
    )
    follow_up = save_follow_up(
        access=access,
        risk=risk,
        period=PERIOD,
        row=None,
        fields={
            "checked_on": date(2025, 12, 18),
            "line_of_defence": 1,
            "finding": f"Se revisó {canary}",
            "materialised": True,
            "evidence": evidence,
            "incident": incident,
            "happened": f"Pasó {canary}",
            "cause": f"Causa {canary}",
            "correction": f"Corrección {canary}",
            "next_action": f"Sigue {canary}",
        },
    )
    of_risk = ("risk", "change_risk", "remove_risk", "value_risk", "add_risk_control")
    of_control = ("risk_control", "change_risk_control", "remove_risk_control", "move_risk_control")
    of_follow_up = ("risk_follow_up", "change_risk_follow_up", "remove_risk_follow_up")
    of_incident = ("incident", "change_incident", "remove_incident")
    return {
        "period": PERIOD,
        "suffix": "csv",
        "number": 1,
        "step": "subir",
        "control": control.pk,
        "add_risk_follow_up.risk": risk.pk,
        "add_risk_follow_up:checked_on": "2025-12-19",
        "add_risk_follow_up:line_of_defence": "1",
        "add_risk_follow_up:finding": COPIED_FINDING,
        "add_risk_follow_up:materialised": "no",
        **{f"{name}.pk": risk.pk for name in (*of_risk, *of_control)},
        **{f"{name}.pk": follow_up.pk for name in of_follow_up},
        **{f"{name}.pk": incident.pk for name in of_incident},
    }
