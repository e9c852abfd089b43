"""What keeps a quarter from being closed: contradictions, gaps nobody filled or declared, signatures not given.

Worked out of the records each time it is asked, never kept: there is no button that says «ready».
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final

from pregon.audit.finding import Severity
from pregon.audit.runner import audit_document
from pregon.figures.spanish import print_date
from pregon.records.dossier import Dossier
from pregon.records.monitors import follow_up_of, is_contradicted, watch
from pregon.records.organisation import SignatureRole
from pregon.report.compose import compose_report, compose_sections
from pregon_web.quarter.models import SignOff
from pregon_web.risks.monitoring import tell

SIGNING_ORDER: Final = (SignatureRole.PREPARED, SignatureRole.REVIEWED, SignatureRole.APPROVED)


class BlockerKind(StrEnum):
    """Why it cannot be closed; decides where it is mended."""

    CONTRADICTION = "contradiction"
    GAP = "gap"
    SIGNATURE = "signature"
    OPEN = "open"
    """Something is still being asked: its answers would come to no report."""


@dataclass(frozen=True, slots=True)
class Blocker:
    """One thing to be mended first: its section of the report, what it is, who has it and by when."""

    kind: BlockerKind
    section: str
    what: str
    person: str = ""
    due: date | None = None
    file: str = ""


def find_content_blockers(dossier: Dossier, earlier: tuple[Dossier, ...]) -> tuple[Blocker, ...]:
    """What the records themselves lack or contradict, signatures apart."""
    signed = _as_if_signed(dossier)
    found = [
        Blocker(BlockerKind.CONTRADICTION, "", finding.message)
        for finding in audit_document(compose_report(signed, earlier)).findings
        if finding.severity is Severity.CONTRADICTION
    ]
    found += find_risk_blockers(dossier)
    declared = {(each.section, each.what) for each in dossier.declarations}
    for section in compose_sections(signed, earlier):
        found += [
            Blocker(BlockerKind.GAP, section.slug, gap.what.text, gap.person, gap.due, gap.file)
            for gap in section.missing
            if gap.is_declarable and (section.slug, gap.what.text) not in declared
        ]
    return tuple(found)


def find_risk_blockers(dossier: Dossier) -> tuple[Blocker, ...]:
    """The follow-ups that say «no se materializó», give no reason, and are contradicted by the records as they are now.

    They may have agreed when they were noted: the records change after.
    """
    found = []
    for risk in dossier.risks:
        follow_up = follow_up_of(dossier, risk)
        if follow_up is None or follow_up.despite:
            continue
        if is_contradicted(dossier, risk, follow_up):
            day, said = print_date(follow_up.checked_on), tell(watch(dossier, risk.signal))
            what = f"El seguimiento del riesgo {risk.reference}, del {day}, dice que no se materializó. {said}"
            found.append(Blocker(BlockerKind.CONTRADICTION, "risks", what, risk.owner))
    return tuple(found)


def find_survey_blockers(titles: Iterable[str]) -> tuple[Blocker, ...]:
    """The surveys still open: what they were answered is in no figure until somebody closes them."""
    told = "La encuesta «{}» sigue abierta: ciérrela para que sus respuestas estén en el informe, o bórrela"
    return tuple(Blocker(BlockerKind.OPEN, "surveys", told.format(title)) for title in titles)


def find_signature_blockers(rows: Iterable[SignOff], fingerprint: str) -> tuple[Blocker, ...]:
    """The signatures that are not there, or that were given to other records than those of now."""
    by_role = {row.role: row for row in rows}
    found = []
    for role in SIGNING_ORDER:
        row = by_role.get(role.value)
        verb = {"prepared": "elaboró", "reviewed": "revisa", "approved": "aprueba"}[role.value]
        if row is None or row.signed_by_id is None:
            person, due = (row.name, row.due) if row is not None else ("", None)
            found.append(Blocker(BlockerKind.SIGNATURE, "control", f"Falta la firma de quien {verb}", person, due))
        elif row.fingerprint != fingerprint:
            what = f"Los registros cambiaron después de la firma de quien {verb}: tiene que firmar otra vez"
            found.append(Blocker(BlockerKind.SIGNATURE, "control", what, row.name, row.due))
    return tuple(found)


def _as_if_signed(dossier: Dossier) -> Dossier:
    """With every signature given: what is missing then is missing of the records."""
    day = dossier.control.prepared_on or dossier.period.end
    signatures = tuple(replace(each, signed_on=each.signed_on or day) for each in dossier.control.signatures)
    return replace(dossier, control=replace(dossier.control, signatures=signatures))
