"""Writes of a quarter's follow-up and incidents. One that the records contradict is kept only with its reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from pregon.figures.period import Period
from pregon_web.accounts.models import Role
from pregon_web.accounts.selectors import Access
from pregon_web.ledger.selectors import next_reference
from pregon_web.ledger.services import BadRecord, add_record, change_record, hold_institution
from pregon_web.risks.checking import Claim, Setting, find_refusals, last_day_of
from pregon_web.risks.cutoff import cutoff_of
from pregon_web.risks.models import FollowUp, Incident, Line, Risk
from pregon_web.risks.monitoring import what_records_say
from pregon_web.risks.selectors import earlier_words

LINES_OF: Final = {Role.EDITOR: (Line.FIRST, Line.SECOND), Role.REVIEWER: (Line.THIRD,)}
"""Which lines of defence each role speaks for: who does the work is not who evaluates it."""


def lines_for(access: Access) -> list[Line]:
    """The lines of defence that the person may check as."""
    return [line for role, lines in LINES_OF.items() if access.has_any(role) for line in lines]


def may_follow_up(access: Access, row: FollowUp | None = None) -> bool:
    """Whether the person may note a follow-up, or change this one: each line those of its own, and an editor those
    that say no line.
    """
    lines = lines_for(access)
    if row is None or row.line_of_defence is None:
        return bool(lines) if row is None else access.has_any(Role.EDITOR)
    return row.line_of_defence in lines


def setting_of(access: Access, risk: Risk, period: str) -> Setting:
    """Where a follow-up of this risk stands in a quarter."""
    quarter = Period.parse(period)
    saying = what_records_say(access.institution, period, [risk.signal])[risk.signal]
    return Setting(
        period=quarter,
        last_day=last_day_of(quarter, cutoff_of(access.institution, period)),
        today=timezone.localdate(),
        contradiction=saying.sentence if saying.contradicts else "",
        earlier=earlier_words(access.institution, period),
    )


def claim_of(fields: Mapping[str, Any]) -> Claim:
    """What was typed, as it is checked."""
    return Claim(
        checked_on=fields["checked_on"],
        materialised=bool(fields.get("materialised")),
        finding=fields.get("finding") or "",
        controls_run=fields.get("controls_run"),
        controls_planned=fields.get("controls_planned"),
        despite=fields.get("despite") or "",
        has_incident=fields.get("incident") is not None,
        happened=fields.get("happened") or "",
        cause=fields.get("cause") or "",
        correction=fields.get("correction") or "",
        is_copy_confirmed=bool(fields.get("is_copy_confirmed")),
    )


@transaction.atomic
def save_follow_up(
    *,
    access: Access,
    risk: Risk,
    period: str,
    row: FollowUp | None,
    fields: Mapping[str, Any],
    version: int | None = None,
) -> FollowUp:
    """Keep a follow-up, new (None) or changed.

    Raises:
        BadRecord: what it says cannot be kept (`find_refusals`), its evidence or its incident is of another quarter,
            it is of a line that is not the person's, or the risk was checked that very day already.
        Conflict: somebody changed it since `version`.
        ClosedPeriod: its quarter is closed.
    """
    hold_institution(access.institution)
    if not may_follow_up(access, row) or fields.get("line_of_defence") not in lines_for(access):
        raise BadRecord("Cada línea de defensa anota lo suyo: elija la que le corresponde a su papel.")
    for name in ("evidence", "incident"):
        named = fields.get(name)
        if named is not None and (named.period, named.institution_id) != (period, access.institution.pk):
            raise BadRecord(f"«{named}» es de otro trimestre. Elija algo de este.")
    refusals = find_refusals(claim_of(fields), setting_of(access, risk, period))
    if refusals:
        raise BadRecord(refusals[0].sentence)
    others = FollowUp.objects.of(access.institution).filter(period=period, risk=risk, checked_on=fields["checked_on"])
    if (others.exclude(pk=row.pk) if row else others).exists():
        raise BadRecord("Ese día ya hay un seguimiento de este riesgo. Cámbielo, o escriba otra fecha.")
    kept = _without_what_does_not_apply(fields)
    if row is None:
        return add_record(access=access, row=FollowUp(period=period, risk=risk, **kept))
    return change_record(access=access, row=row, fields=kept, version=version)


def _without_what_does_not_apply(fields: Mapping[str, Any]) -> dict[str, Any]:
    """What happened is kept only where it materialised, and why not only where it did not."""
    if fields.get("materialised"):
        return {**fields, "despite": ""}
    return {**fields, "incident": None, "happened": "", "cause": "", "correction": ""}


@transaction.atomic
def add_incident(*, access: Access, period: str, fields: Mapping[str, Any]) -> Incident:
    """Record an incident with the next reference of its year. Raises ClosedPeriod."""
    hold_institution(access.institution)
    stem = f"INC-{Period.parse(period).start.year}-"
    known = Incident.objects.of(access.institution).filter(reference__startswith=stem)
    reference = next_reference(known.values_list("reference", flat=True), stem, 2)
    return add_record(access=access, row=Incident(period=period, reference=reference, **fields))
