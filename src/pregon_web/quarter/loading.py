"""A workbook's records become rows: each collection through the services of the app that keeps it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models

from pregon.figures.spanish import fold
from pregon.records.dossier import Dossier
from pregon_web.accounts.models import Office
from pregon_web.accounts.selectors import Access
from pregon_web.accounts.services import add_office
from pregon_web.ledger.models import Channel, Evidence, Observation, Publication, QuarterRecord
from pregon_web.ledger.services import (
    add_records,
    change_record,
    channel_row,
    record_observations,
    remove_record,
    restore_observation,
)
from pregon_web.programme.models import Campaign, Commemoration, Event
from pregon_web.programme.services import save_campaign
from pregon_web.quarter.merging import Key, Merge, merge_dossiers
from pregon_web.quarter.models import ControlBlock, DeclaredGap, PendingThing, SignOff


@dataclass(frozen=True, slots=True)
class _Loading:
    """Where a workbook is loaded to."""

    access: Access
    period: str

    def rows(self, model: type[models.Model]) -> Any:  # noqa: ANN401 - a queryset of whichever model
        found = model._default_manager.of(self.access.institution)  # type: ignore[attr-defined]  # noqa: SLF001 - our manager
        return found if model is Channel else found.filter(period=self.period)

    def by(self, model: type[models.Model], name: str) -> dict[str, Any]:
        return {getattr(row, name): row for row in self.rows(model)}

    def offices(self) -> dict[str, Office]:
        return {fold(office.name): office for office in Office.objects.of(self.access.institution)}


def load_dossier(*, access: Access, base: Dossier | None, new: Dossier, now: Dossier) -> tuple[Merge, ...]:
    """Take what the workbook `new` changes against `base` into the rows that read as `now`. Inside a transaction.

    Raises ClosedPeriod where the quarter is closed.
    """
    work = _Loading(access, str(new.period))
    _load_offices(work, new)
    merges = merge_dossiers(base, new, now)
    for merge in merges:
        if not merge.is_empty:
            _LOADERS[merge.family.name](work, merge)
    _load_control(work, base, new, now)
    _load_signatures(work, base, new)
    return merges


def _load_offices(work: _Loading, new: Dossier) -> None:
    known = work.offices()
    for office in new.institution.offices:
        if fold(office.name) not in known:
            add_office(institution=work.access.institution, name=office.name, by=work.access.person)


def _load_channels(work: _Loading, merge: Merge) -> None:
    rows = work.by(Channel, "code")
    new = [channel_row(value, len(rows) + place) for place, value in enumerate(merge.added.values())]
    add_records(access=work.access, rows=new)
    for code, value in merge.changed.items():
        fields = {"name": value.name, "platform": value.platform.value, "is_internal": value.is_internal}
        change_record(access=work.access, row=rows[str(code)], fields=fields)
    for code in merge.removed:  # a channel that other quarters may name is only put aside
        change_record(access=work.access, row=rows[str(code)], fields={"is_active": False})


def _load_evidence(work: _Loading, merge: Merge) -> None:
    channels = work.by(Channel, "code")

    def fields(value: Any) -> dict[str, Any]:  # noqa: ANN401 - pregon.records.publishing.Evidence
        return {
            "reference": value.reference,
            "title": value.title,
            "file": value.file,
            "link": value.link,
            "sha256": value.sha256,
            "dated": value.dated,
            "section": value.section,
            "channel": channels.get(value.channel),
            "month": str(value.month) if value.month else "",
        }

    _apply(work, merge, Evidence, lambda row: row.reference, fields)


def _load_publications(work: _Loading, merge: Merge) -> None:
    channels, evidence = work.by(Channel, "code"), work.by(Evidence, "reference")

    def fields(value: Any) -> dict[str, Any]:  # noqa: ANN401 - pregon.records.publishing.Publication
        return {
            "reference": value.reference,
            "channel": channels[value.channel],
            "kind": value.kind.value,
            "published_on": value.published_on,
            "title": value.title,
            "link": value.link,
            "campaign": value.campaign,
            "evidence": evidence.get(value.evidence),
            "corrected_on": value.corrected_on,
            "withdrawn_on": value.withdrawn_on,
        }

    _apply(work, merge, Publication, lambda row: row.reference, fields)


def _load_observations(work: _Loading, merge: Merge) -> None:
    record_observations(
        access=work.access,
        period=work.period,
        observations=[*merge.added.values(), *merge.changed.values()],
        reason="Registro de Excel",
    )
    for row in work.rows(Observation).filter(is_current=True).select_related("channel"):
        keys = {(row.metric, row.channel.code, row.measured)}
        if keys & {(metric, channel, str(period)) for metric, channel, period in _triples(merge.removed)}:
            restore_observation(access=work.access, row=row, action="delete")


def _triples(removed: Mapping[Key, Any]) -> list[tuple[str, str, object]]:
    return [(value.metric, value.channel, value.period) for value in removed.values()]


def _load_campaigns(work: _Loading, merge: Merge) -> None:
    channels, offices = work.by(Channel, "code"), work.offices()
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


def _load_commemorations(work: _Loading, merge: Merge) -> None:
    publications = work.by(Publication, "reference")

    def fields(value: Any) -> dict[str, Any]:  # noqa: ANN401 - pregon.records.programme.Commemoration
        return {
            "name": value.name,
            "day": value.day,
            "campaign": value.campaign,
            "publication": publications.get(value.publication),
        }

    _apply(work, merge, Commemoration, lambda row: (row.name, row.day), fields)


def _load_events(work: _Loading, merge: Merge) -> None:
    offices, evidence = work.offices(), work.by(Evidence, "reference")

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

    _apply(work, merge, Event, lambda row: row.reference, fields)


def _load_pending(work: _Loading, merge: Merge) -> None:
    def fields(value: Any) -> dict[str, Any]:  # noqa: ANN401 - pregon.records.organisation.Pending
        return {name: getattr(value, name) for name in ("section", "what", "file", "person", "due")}

    _apply(work, merge, PendingThing, lambda row: (row.section, row.what), fields)


def _load_declarations(work: _Loading, merge: Merge) -> None:
    def fields(value: Any) -> dict[str, Any]:  # noqa: ANN401 - pregon.records.organisation.Declaration
        return {"section": value.section, "what": value.what, "reason": value.reason}

    _apply(work, merge, DeclaredGap, lambda row: (row.section, row.what), fields)


def _apply(
    work: _Loading,
    merge: Merge,
    model: type[QuarterRecord],
    key_of: Callable[[Any], Key],
    fields_of: Callable[[Any], dict[str, Any]],
) -> None:
    """Add, change and remove the rows of one collection."""
    rows = {key_of(row): row for row in work.rows(model)}
    new: Sequence[QuarterRecord] = [model(period=work.period, **fields_of(value)) for value in merge.added.values()]
    add_records(access=work.access, rows=new)
    for key, value in merge.changed.items():
        change_record(access=work.access, row=rows[key], fields=fields_of(value))
    for key in merge.removed:
        remove_record(access=work.access, row=rows[key], reason="El registro ya no lo trae")


_LOADERS: Mapping[str, Callable[[_Loading, Merge], None]] = {
    "channels": _load_channels,
    "evidence": _load_evidence,
    "publications": _load_publications,
    "observations": _load_observations,
    "campaigns": _load_campaigns,
    "commemorations": _load_commemorations,
    "events": _load_events,
    "pending": _load_pending,
    "declarations": _load_declarations,
}


def _load_control(work: _Loading, base: Dossier | None, new: Dossier, now: Dossier) -> None:
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


def _load_signatures(work: _Loading, base: Dossier | None, new: Dossier) -> None:
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
