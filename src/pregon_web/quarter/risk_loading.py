"""A workbook's risks, incidents and follow-ups become rows. What the office valued and controls stay as they are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from pregon_web.ledger.loading import Loading, apply_merge
from pregon_web.ledger.merging import Family, Merge
from pregon_web.ledger.models import Evidence
from pregon_web.ledger.services import add_records, change_record
from pregon_web.risks.models import FollowUp, Incident, Risk

RISK_FAMILIES: Final[tuple[Family, ...]] = (
    Family("risks", lambda each: each.reference, "riesgo", "riesgos", lambda each: each.reference),
    Family("incidents", lambda each: each.reference, "incidente", "incidentes", lambda each: each.reference),
    Family(
        "follow_ups",
        lambda each: (each.risk, each.checked_on),
        "seguimiento de riesgo",
        "seguimientos de riesgo",
        lambda each: f"{each.risk}, {each.checked_on}",
    ),
)
"""In the order in which they are written: a follow-up and an incident name a risk."""


def _load_risks(work: Loading, merge: Merge) -> None:
    """The map is of no quarter: a risk that the workbook drops leaves it, and the quarters that name it keep it."""
    rows = {row.reference: row for row in Risk.objects.of(work.access.institution)}
    new = [
        Risk(reference=value.reference, since=work.period, **_words_of(value, None))
        for reference, value in merge.added.items()
        if reference not in rows
    ]
    add_records(access=work.access, rows=new, action=work.action)
    again = [(rows[str(reference)], value) for reference, value in merge.added.items() if reference in rows]
    for row, value in again:
        # An older quarter's workbook, brought later, says how the map was: the map of now keeps its words.
        fields = (
            {"since": work.period}
            if row.is_active and row.since > work.period
            else {
                **_words_of(value, row),
                "is_active": True,
                "since": min(row.since, work.period),
            }
        )
        change_record(access=work.access, row=row, fields=fields)
    for reference, value in merge.changed.items():
        change_record(access=work.access, row=rows[str(reference)], fields=_words_of(value, rows[str(reference)]))
    for reference in merge.removed:
        change_record(access=work.access, row=rows[str(reference)], fields={"is_active": False})


def _words_of(value: Any, row: Risk | None) -> dict[str, Any]:  # noqa: ANN401 - pregon.records.risk.Risk
    fields: dict[str, Any] = {"owner": value.owner, "signal": value.signal.value}
    if row is None or not row.is_valued:
        fields |= {"told_inherent": value.inherent_zone, "told_residual": value.residual_zone}
    if row is None or row.wording != value.description:
        fields |= {"description": value.description, "immediate_cause": "", "root_cause": ""}
    return fields


def _load_incidents(work: Loading, merge: Merge) -> None:
    risks, evidence = _risks(work), work.by(Evidence, "reference")

    def fields(value: Any) -> dict[str, Any]:  # noqa: ANN401 - pregon.records.risk.Incident
        return {
            "reference": value.reference,
            "happened_on": value.happened_on,
            "description": value.description,
            "risk": risks.get(value.risk),
            "evidence": evidence.get(value.evidence),
        }

    apply_merge(work, merge, Incident, lambda row: row.reference, fields)


def _load_follow_ups(work: Loading, merge: Merge) -> None:
    risks, evidence = _risks(work), work.by(Evidence, "reference")
    references = {risk.pk: reference for reference, risk in risks.items()}

    def fields(value: Any) -> dict[str, Any]:  # noqa: ANN401 - pregon.records.risk.RiskFollowUp
        plain = ("checked_on", "materialised", "controls_run", "controls_planned", "finding", "next_action")
        return {
            "risk": risks[value.risk],
            "evidence": evidence.get(value.evidence),
            "line_of_defence": value.line_of_defence,
            "despite": value.despite,
            **{name: getattr(value, name) for name in plain},
        }

    apply_merge(work, merge, FollowUp, lambda row: (references[row.risk_id], row.checked_on), fields)


def _risks(work: Loading) -> dict[str, Risk]:
    return {row.reference: row for row in Risk.objects.of(work.access.institution)}


RISK_LOADERS: Final[Mapping[str, Callable[[Loading, Merge], None]]] = {
    "risks": _load_risks,
    "incidents": _load_incidents,
    "follow_ups": _load_follow_ups,
}
