"""A workbook's records become rows: each collection through the services of the app that keeps it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.utils import timezone

from pregon.figures.spanish import fold
from pregon.records.dossier import Dossier
from pregon_web.accounts.models import Office
from pregon_web.accounts.selectors import Access
from pregon_web.accounts.services import add_office
from pregon_web.ledger.loading import Loading, apply_merge, load_ledger
from pregon_web.ledger.merging import LEDGER_FAMILIES, Family, Merge, merge_dossiers
from pregon_web.ledger.models import Channel, Evidence, Publication
from pregon_web.ledger.services import add_records, change_record, remove_record
from pregon_web.programme.models import ActivityFollowUp, Campaign, Commemoration, Event, Survey
from pregon_web.programme.services import save_campaign
from pregon_web.public_links import make_token
from pregon_web.quarter.models import ControlBlock, DeclaredGap, PendingThing, SignOff
from pregon_web.quarter.risk_loading import RISK_FAMILIES, RISK_LOADERS
from pregon_web.workflow import loading as workflow
from pregon_web.workflow.selectors import requests_of

PROGRAMME_FAMILIES: tuple[Family, ...] = (
    Family("campaigns", lambda each: each.reference, "campaña", "campañas", lambda each: each.title),
    Family("commemorations", lambda each: (each.name, each.day), "efeméride", "efemérides", lambda each: each.name),
    Family("events", lambda each: each.reference, "evento", "eventos", lambda each: each.title),
    Family("activities", lambda each: each.reference, "actividad", "actividades", lambda each: each.title),
    Family("satisfaction", lambda each: each.reference, "encuesta", "encuestas", lambda each: each.title),
    Family("pending", lambda each: (each.section, each.what), "pendiente", "pendientes", lambda each: each.what),
    Family(
        "declarations",
        lambda each: (each.section, each.what),
        "faltante declarado",
        "faltantes declarados",
        lambda each: each.what,
    ),
)
"""What is kept above the ledger, in the order in which it is written."""


def load_dossier(*, access: Access, base: Dossier | None, new: Dossier, now: Dossier) -> tuple[Merge, ...]:
    """Take what the workbook `new` changes against `base` into the rows that read as `now`. Inside a transaction.

    Raises ClosedPeriod where the quarter is closed.
    """
    work = Loading(access, str(new.period), "El registro de Excel")
    _load_offices(work, new)
    # A workbook may say what happened after the quarter's end; the quarter itself does not.
    whole = replace(now, requests=requests_of(access.institution, work.period, whole=True))
    families = (*LEDGER_FAMILIES, *workflow.WORKFLOW_FAMILIES, *PROGRAMME_FAMILIES, *RISK_FAMILIES)
    merges = merge_dossiers(families, base, new, whole)
    load_ledger(work, merges)
    for merge in merges:
        if merge.family.name in _LOADERS and not merge.is_empty:
            _LOADERS[merge.family.name](work, merge)
    _load_control(work, base, new, now)
    _load_signatures(work, base, new)
    return merges


def _offices(work: Loading) -> dict[str, Office]:
    """The institution's offices by their folded names."""
    return {fold(office.name): office for office in Office.objects.of(work.access.institution)}


def _load_offices(work: Loading, new: Dossier) -> None:
    known = _offices(work)
    for office in new.institution.offices:
        if fold(office.name) not in known:
            add_office(institution=work.access.institution, name=office.name, by=work.access.person)


def _load_campaigns(work: Loading, merge: Merge) -> None:
    channels, offices = work.by(Channel, "code"), _offices(work)
    rows = work.by(Campaign, "reference")
    for value in (*merge.added.values(), *merge.changed.values()):
        save_campaign(
            access=work.access,
            campaign=rows.get(value.reference),
            fields={
                "reference": value.reference,
                "period": work.period,
                "title": value.title,
                "aim": value.aim,
                "target_audience": value.target_audience,
                "office": offices.get(fold(value.office)) if value.office else None,
                "start": value.start,
                "end": value.end,
                "is_internal": value.is_internal,
                "owed_by": value.owed_by,
                "due": value.due,
            },
            channels=[channels[code] for code in value.channels],
            products=[(each.product, each.promised, each.delivered) for each in value.deliverables],
        )
    for reference in merge.removed:
        remove_record(access=work.access, row=rows[str(reference)], reason="El registro ya no la trae")


def _load_commemorations(work: Loading, merge: Merge) -> None:
    publications = work.by(Publication, "reference")

    def fields(value: Any) -> dict[str, Any]:  # noqa: ANN401 - pregon.records.programme.Commemoration
        return {
            "name": value.name,
            "day": value.day,
            "campaign": value.campaign,
            "publication": publications.get(value.publication),
        }

    apply_merge(work, merge, Commemoration, lambda row: (row.name, row.day), fields)


def _load_events(work: Loading, merge: Merge) -> None:
    offices, evidence = _offices(work), work.by(Evidence, "reference")

    def fields(value: Any) -> dict[str, Any]:  # noqa: ANN401 - pregon.records.programme.Event
        return {
            "reference": value.reference,
            "day": value.day,
            "title": value.title,
            "office": offices.get(fold(value.office)) if value.office else None,
            "called": value.called,
            "attended": value.attended,
            "method": value.method,
            "evidence": evidence.get(value.evidence),
            "has_minors": value.has_minors,
            "owed_by": value.owed_by,
            "due": value.due,
        }

    apply_merge(work, merge, Event, lambda row: row.reference, fields)


def _load_activities(work: Loading, merge: Merge) -> None:
    """The follow-up of the plan. What the plan asks for and nobody noted has no row to be removed: it stays."""
    rows, evidence = work.by(ActivityFollowUp, "reference"), work.by(Evidence, "reference")
    new = []
    for value in (*merge.added.values(), *merge.changed.values()):
        fields = {
            "reference": value.reference,
            "step": value.step,
            "title": value.title,
            "unit": value.unit,
            "planned": value.planned,
            "done": value.done,
            "indicator": value.indicator.value,
            "target": value.target,
            "note": value.note,
            "formula": value.formula,
            "owner": value.owner,
            "obstacles": value.obstacles,
            "evidence": evidence.get(value.evidence),
            "progress": value.progress,
        }
        row = rows.get(value.reference)
        if row is None:
            new.append(ActivityFollowUp(period=work.period, **fields))
        else:
            change_record(access=work.access, row=row, fields=fields)
    add_records(access=work.access, rows=new, action=work.action)
    for reference in merge.removed:
        if reference in rows:
            remove_record(access=work.access, row=rows[str(reference)], reason=f"{work.origin} ya no la trae")


def _load_satisfaction(work: Loading, merge: Merge) -> None:
    """Surveys as a workbook tells them: closed, and only counted."""
    rows = work.by(Survey, "reference")
    new = [
        Survey(
            period=work.period,
            reference=value.reference,
            title=value.title,
            token=make_token(work.access.institution.pk),
            fewest=1,
            closed_at=timezone.now(),
            answers=value.answers,
            satisfied=value.satisfied,
        )
        for value in merge.added.values()
    ]
    add_records(access=work.access, rows=new, action=work.action)
    for key, value in merge.changed.items():
        fields = {"title": value.title, "answers": value.answers, "satisfied": value.satisfied}
        change_record(access=work.access, row=rows[str(key)], fields=fields)
    for key in merge.removed:
        remove_record(access=work.access, row=rows[str(key)], reason=f"{work.origin} ya no la trae")


def _load_pending(work: Loading, merge: Merge) -> None:
    def fields(value: Any) -> dict[str, Any]:  # noqa: ANN401 - pregon.records.organisation.Pending
        return {name: getattr(value, name) for name in ("section", "what", "file", "person", "due")}

    apply_merge(work, merge, PendingThing, lambda row: (row.section, row.what), fields)


def _load_declarations(work: Loading, merge: Merge) -> None:
    def fields(value: Any) -> dict[str, Any]:  # noqa: ANN401 - pregon.records.organisation.Declaration
        return {"section": value.section, "what": value.what, "reason": value.reason}

    apply_merge(work, merge, DeclaredGap, lambda row: (row.section, row.what), fields)


_LOADERS: Mapping[str, Callable[[Loading, Merge], None]] = {
    "campaigns": _load_campaigns,
    "commemorations": _load_commemorations,
    "events": _load_events,
    "activities": _load_activities,
    "satisfaction": _load_satisfaction,
    "pending": _load_pending,
    "declarations": _load_declarations,
    **RISK_LOADERS,
    **workflow.LOADERS,
}


def _load_control(work: Loading, base: Dossier | None, new: Dossier, now: Dossier) -> None:
    """The control block, where the workbook changed it."""
    if base is not None and _control_fields(base) == _control_fields(new):
        return
    fields = _control_fields(new)
    row = work.rows(ControlBlock).first()
    if row is None:
        add_records(access=work.access, rows=[ControlBlock(period=work.period, **fields)])
    elif _control_fields(now) != fields:
        change_record(access=work.access, row=row, fields=fields)


def _control_fields(dossier: Dossier) -> dict[str, Any]:
    control, institution = dossier.control, dossier.institution
    return {
        "code": control.code,
        "document_version": control.version,
        "cutoff": control.cutoff.isoformat() if control.cutoff else "",
        "prepared_on": control.prepared_on,
        "procedure": control.procedure,
        "steps": [[step.code, step.title] for step in control.steps],
        "process": institution.process,
        "city": institution.city,
        "offices": [[office.name, list(office.aliases)] for office in institution.offices],
    }


def _load_signatures(work: Loading, base: Dossier | None, new: Dossier) -> None:
    """Who signs and when it is due. A signature that was given in the office is not undone by a workbook."""
    if base is not None and base.control.signatures == new.control.signatures:
        return
    rows = work.by(SignOff, "role")
    for signature in new.control.signatures:
        fields: dict[str, str | date | None] = {
            "name": signature.person,
            "post": signature.post,
            "due": signature.due,
            "signed_on": signature.signed_on,
        }
        row = rows.get(signature.role.value)
        if row is None:
            add_records(access=work.access, rows=[SignOff(period=work.period, role=signature.role.value, **fields)])
        elif row.signed_by_id is None:
            change_record(access=work.access, row=row, fields=fields)
