"""Reads of a quarter. `dossier` is the one bridge from rows to the library; all else here stands on it.

An open quarter is read from its rows. A closed one is read from the registro that was frozen when it closed: whatever
happens to the rows later, the figures stay.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from pregon.document.model import Document
from pregon.figures.period import Period
from pregon.records import organisation
from pregon.records.dossier import Dossier
from pregon.records.organisation import SignatureRole
from pregon.report.compose import compose_report
from pregon_web import vault
from pregon_web.accounts.models import Institution, Office
from pregon_web.accounts.selectors import Access
from pregon_web.journal.selectors import head_of
from pregon_web.ledger.models import Evidence, Observation, Publication
from pregon_web.ledger.selectors import channels_of, evidence_of, observations_of, publications_of
from pregon_web.programme.models import ActivityFollowUp, Campaign, Commemoration, Event, Survey
from pregon_web.programme.selectors import campaigns_of, commemorations_of, events_of
from pregon_web.programme.selectors.plan import activities_of, satisfaction_of
from pregon_web.quarter.models import Closing, ControlBlock, DeclaredGap, PendingThing, Registro, SignOff
from pregon_web.quarter.reading import read_registro_apart
from pregon_web.risks.models import FollowUp, Incident
from pregon_web.risks.selectors import follow_ups_of, incidents_of, risks_of
from pregon_web.workflow.models import ServiceRequest
from pregon_web.workflow.selectors import closures_of, requests_of

_HOLDERS = (
    Publication,
    Observation,
    Campaign,
    Commemoration,
    Event,
    ActivityFollowUp,
    Survey,
    Evidence,
    FollowUp,
    Incident,
    ServiceRequest,
    ControlBlock,
    PendingThing,
    Registro,
)


@dataclass(frozen=True, slots=True)
class Quarter:
    """A quarter of an institution: its period («2025-T4») and, where something was recorded, the records.

    `earlier` are the dossiers of the quarters before it; `closing` is the one in force, where it is closed.
    """

    period: str
    dossier: Dossier | None
    earlier: tuple[Dossier, ...] = ()
    closing: Closing | None = None

    @property
    def fingerprint(self) -> tuple[str, ...]:
        """What names the exact content that the report is made from: a hash a quarter, its own the last."""
        return tuple(fingerprint_of(each) for each in (*self.earlier, self.dossier) if each is not None)


def periods_for(access: Access) -> list[str]:
    """The quarters with records in the person's institution, latest first."""
    return _periods(access.institution)


def _periods(institution: Institution) -> list[str]:
    first, *rest = (holder.objects.of(institution).order_by().values_list("period") for holder in _HOLDERS)
    found = first.union(*rest)
    return sorted((period for (period,) in found), reverse=True)


def period_to_work_on_for(access: Access) -> str | None:
    """The quarter to work on: the last that ended and is not closed, for its report is what is owed; else the latest
    with records; None where there is none.
    """
    known = periods_for(access)
    if len(known) < 2:
        return next(iter(known), None)
    closed = set(Closing.objects.of(access.institution).filter(reopened_at=None).values_list("period", flat=True))
    today = timezone.localdate()
    owed = (each for each in known if each not in closed and Period.parse(each).end < today)
    return next(owed, known[0])


def quarter_for(access: Access, period: str) -> Quarter:
    """The quarter as the person's institution recorded it. One without records is empty, not an error."""
    return quarter_of(access.institution, period)


def quarter_of(institution: Institution, period: str) -> Quarter:
    """As `quarter_for`, for who already knows whose."""
    known = _periods(institution)
    if period not in known:
        return Quarter(period, None)
    wanted = sorted(each for each in known if each <= period and _is_compared(each, period))
    closings = {
        closing.period: closing
        for closing in Closing.objects.of(institution).filter(reopened_at__isnull=True).select_related("closed_by")
    }
    head = head_of(institution)
    dossiers = {each: _dossier(institution, each, closings.get(each), head) for each in wanted}
    own = dossiers.pop(period)
    return Quarter(period, own, tuple(dossiers.values()), closings.get(period))


def _is_compared(other: str, period: str) -> bool:
    """Whether a report of `period` looks at this quarter: itself, the one before, and the one a year before."""
    own = Period.parse(period)
    return Period.parse(other) in (own, own.previous, own.year_before)


def dossier(institution: Institution, period: str) -> Dossier | None:
    """All that the institution recorded for the quarter, frozen; None where it recorded nothing."""
    return quarter_of(institution, period).dossier


def _dossier(institution: Institution, period: str, closing: Closing | None, head: str) -> Dossier:
    if closing is not None:
        return _parsed(institution.pk, closing.registro_sha256)
    return _remembered(institution, period, head)


@lru_cache(maxsize=128)
def _remembered(institution: Institution, period: str, head: str) -> Dossier:
    """The dossier of a quarter's rows as of a state of the journal: no row changes without its entry there."""
    del head
    return open_dossier(institution, period)


def open_dossier(institution: Institution, period: str) -> Dossier:
    """The quarter as its rows are now, whether or not it was closed."""
    found = ControlBlock.objects.of(institution).filter(period=period).first()
    block = found or ControlBlock()
    return Dossier(
        institution=_describe_institution(institution, block),
        period=Period.parse(period),
        control=_describe_control(institution, period, block),
        channels=channels_of(institution, period),
        publications=publications_of(institution, period),
        observations=observations_of(institution, period),
        campaigns=campaigns_of(institution, period),
        commemorations=commemorations_of(institution, period),
        events=events_of(institution, period),
        requests=requests_of(institution, period),
        risks=risks_of(institution, period),
        follow_ups=follow_ups_of(institution, period),
        incidents=incidents_of(institution, period),
        activities=activities_of(institution, period),
        evidence=evidence_of(institution, period),
        pending=tuple(
            organisation.Pending(row.section, row.what, row.file, row.person, row.due)
            for row in PendingThing.objects.of(institution).filter(period=period).order_by("pk")
        ),
        declarations=tuple(
            organisation.Declaration(row.section, row.what, row.reason)
            for row in DeclaredGap.objects.of(institution).filter(period=period).order_by("pk")
        ),
        closures=closures_of(institution, period),
        satisfaction=satisfaction_of(institution, period),
    )


def _describe_institution(institution: Institution, block: ControlBlock) -> organisation.Institution:
    if block.offices:
        offices = tuple(organisation.Office(name, tuple(aliases)) for name, aliases in block.offices)
    else:
        offices = tuple(organisation.Office(office.name) for office in Office.objects.of(institution))
    return organisation.Institution(institution.name, block.process or institution.unit, block.city, offices)


def _describe_control(institution: Institution, period: str, block: ControlBlock) -> organisation.Control:
    signatures = SignOff.objects.of(institution).filter(period=period).order_by("pk")
    return organisation.Control(
        code=block.code,
        version=block.document_version,
        cutoff=datetime.fromisoformat(block.cutoff) if block.cutoff else None,
        prepared_on=block.prepared_on,
        procedure=block.procedure,
        steps=tuple(organisation.ProcedureStep(code, title) for code, title in block.steps),
        signatures=tuple(
            organisation.Signature(SignatureRole(row.role), row.name, row.post, row.signed_on, row.due)
            for row in signatures
        ),
    )


def registro_dossier(row: Registro) -> Dossier:
    """What a workbook that was brought holds."""
    return _parsed(row.institution_id, row.sha256)


def fingerprint_of(own: Dossier) -> str:
    """SHA-256 of everything recorded, as hexadecimal: two dossiers share it only if they are equal to the letter."""
    return hashlib.sha256(repr(own).encode()).hexdigest()


def signed_fingerprint_of(own: Dossier) -> str:
    """As `fingerprint_of`, of what a signature answers for: the records, without the signatures themselves."""
    return fingerprint_of(replace(own, control=replace(own.control, signatures=())))


def sign_offs_for(access: Access, period: str) -> list[SignOff]:
    """Who signs the quarter, and what each has signed."""
    rows = SignOff.objects.of(access.institution).filter(period=period)
    return list(rows.select_related("signed_by").order_by("pk"))


def declared_gaps_for(access: Access, period: str) -> list[DeclaredGap]:
    """What the office declared that will not come."""
    rows = DeclaredGap.objects.of(access.institution).filter(period=period)
    return list(rows.select_related("declared_by").order_by("pk"))


def pending_things_for(access: Access, period: str) -> list[PendingThing]:
    """What the office itself noted as pending in a quarter."""
    return list(PendingThing.objects.of(access.institution).filter(period=period).order_by("pk"))


def pending_for(access: Access, period: str, pk: int) -> PendingThing:
    """A pending thing of the person's institution. Raises Http404."""
    return get_object_or_404(PendingThing.objects.of(access.institution), period=period, pk=pk)


def cutoff_day_of(institution: Institution, period: str) -> date | None:
    """The day up to which a quarter's figures are counted; None where nobody wrote it."""
    written = ControlBlock.objects.of(institution).filter(period=period).values_list("cutoff", flat=True).first()
    return datetime.fromisoformat(written).date() if written else None


def control_row_for(access: Access, period: str) -> ControlBlock | None:
    """The control block of a quarter, where somebody wrote it."""
    return ControlBlock.objects.of(access.institution).filter(period=period).first()


def closings_for(access: Access, period: str) -> list[Closing]:
    """Every closing of a quarter, the last first."""
    rows = Closing.objects.of(access.institution).filter(period=period)
    return list(rows.select_related("closed_by", "reopened_by").order_by("-version"))


def closing_for(access: Access, period: str, version: int) -> Closing:
    """A closing of the person's institution. Raises Http404."""
    return get_object_or_404(Closing.objects.of(access.institution), period=period, version=version)


def closed_dossier(closing: Closing) -> Dossier:
    """The records as they were frozen."""
    return _parsed(closing.institution_id, closing.registro_sha256)


def closed_report(closing: Closing) -> Document:
    """The report of a closing, made again from what was frozen: the same to the letter whatever changed since."""
    earlier = tuple(_parsed(closing.institution_id, sha256) for sha256 in closing.earlier)
    return compose_report(closed_dossier(closing), earlier)


@dataclass(frozen=True, slots=True)
class ClosedFile:
    """A file of a closing: where it is kept and the name it is handed over with."""

    path: Path
    name: str


def closed_file_for(access: Access, period: str, version: int, suffix: str) -> ClosedFile:
    """A file of a closing: one of the report's four, or «registro». Raises Http404."""
    closing = closing_for(access, period, version)
    if suffix == "registro":
        path = vault.path_of(access.institution.pk, closing.registro_sha256)
        return ClosedFile(path, f"registro-{period}-v{version}.xlsx")
    if suffix not in closing.files:
        raise Http404
    return ClosedFile(
        vault.path_of(access.institution.pk, closing.files[suffix]), f"informe-{period}-v{version}.{suffix}"
    )


def registro_history_for(access: Access, period: str) -> list[Registro]:
    """Every version of a quarter's registro, newest first."""
    rows = Registro.objects.of(access.institution).filter(period=period)
    return list(rows.select_related("uploaded_by").order_by("-version"))


@lru_cache(maxsize=64)
def _parsed(institution_id: int, sha256: str) -> Dossier:
    return read_registro_apart(vault.path_of(institution_id, sha256), name="registro.xlsx")


def registro_file_for(access: Access, period: str, version: int) -> tuple[Registro, Path]:
    """A version of a quarter's registro and its file. Raises Http404 where the person's institution has none."""
    registro = get_object_or_404(Registro.objects.of(access.institution), period=period, version=version)
    return registro, vault.path_of(access.institution.pk, registro.sha256)
