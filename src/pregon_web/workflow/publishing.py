"""An approved version comes out: a publication of the ledger that leads back to it, and the request moves with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.utils import timezone

from pregon.figures.spanish import print_date
from pregon.records.organisation import Platform
from pregon.records.publishing import PublicationKind
from pregon.registro import vocabulary as words
from pregon_web.accounts.selectors import Access
from pregon_web.journal.rows import name_subject, snapshot
from pregon_web.journal.services import record_change
from pregon_web.ledger.models import Channel, Publication, quarter_of
from pregon_web.ledger.proving import read_proof
from pregon_web.ledger.selectors import next_reference
from pregon_web.ledger.services import BadRecord, add_record, hold_institution
from pregon_web.workflow.carrying import are_all_approved, carry_request, day_all_came_out
from pregon_web.workflow.models import PiecePublication, PieceVersion, ServiceRequest, State
from pregon_web.workflow.piece_rows import standing_of
from pregon_web.workflow.pieces import require_latest
from pregon_web.workflow.selectors import closure_days_of
from pregon_web.workflow.timeliness import Timeliness, judge_timeliness

_KIND_OF_CHANNEL: Final = {
    Platform.WEBSITE: PublicationKind.NEWS_ITEM,
    Platform.WHATSAPP: PublicationKind.MESSAGE,
}


@dataclass(frozen=True, slots=True)
class CameOut:
    """A publication of a piece, and how its day stands against the request's; None where nothing was due."""

    row: PiecePublication
    timeliness: Timeliness | None


def publish_version(
    *, access: Access, version: PieceVersion, channel: Channel, link: str, day: date | None, kind: str = ""
) -> CameOut:
    """Note that an approved version came out in a channel. The day is the one that the link proves, or the one typed.

    Raises:
        BadRecord: it is not approved, the link says another day or another platform, or there is no day.
        ClosedPeriod: its day is in a closed quarter.
    """
    came_out_on, at = _settle_day(channel, link, day)
    with transaction.atomic():
        hold_institution(access.institution)
        require_latest(version)
        if not standing_of(version).is_approved:
            raise BadRecord("Esta versión todavía no tiene todas las aprobaciones: no se puede publicar.")
        request = ServiceRequest.objects.of(access.institution).get(pk=version.piece.request_id)
        period = quarter_of(came_out_on)
        known = Publication.objects.of(access.institution).filter(period=period).values_list("reference", flat=True)
        publication = add_record(
            access=access,
            row=Publication(
                period=period,
                reference=next_reference(known, f"PUB-{came_out_on.year}-", 4),
                channel=channel,
                kind=kind or kind_for(version, channel),
                published_on=came_out_on,
                published_at=at,
                is_proved=at is not None,
                title=version.piece.title,
                text=version.text,
                link=link,
                campaign=request.campaign,
            ),
        )
        row = PiecePublication.objects.create(
            institution=access.institution, version=version, publication=publication, channel=channel
        )
        record_change(
            institution=access.institution,
            person=access.person,
            action="publish",
            subject=name_subject(row),
            after={**snapshot(row), "sha256": version.sha256},
        )
        _move_request(access, request)
    return CameOut(row, timeliness_of(request, came_out_on))


def _settle_day(channel: Channel, link: str, day: date | None) -> tuple[date, datetime | None]:
    """The day it came out, and its instant where the link proves it. Raises BadRecord."""
    proof = read_proof(link)
    if proof is None:
        if day is None:
            raise BadRecord("Escriba el día en que salió: el enlace no lo dice.")
        if day > timezone.localdate():
            raise BadRecord(f"El {print_date(day)} no ha llegado. Anótela cuando haya salido.")
        return day, None
    if told := proof.disagree(day):
        raise BadRecord(told)
    if proof.platform != channel.platform:
        name = words.PLATFORMS.label(proof.platform)
        raise BadRecord(f"El enlace es de {name} y eligió «{channel.name}». Corrija uno de los dos.")
    return proof.day, proof.at


def kind_for(version: PieceVersion, channel: Channel) -> str:
    """What a version is published as in a channel, unless a person says otherwise."""
    if version.content_type.startswith("video/"):
        return PublicationKind.VIDEO.value
    return _KIND_OF_CHANNEL.get(Platform(channel.platform), PublicationKind.POST).value


def _move_request(access: Access, request: ServiceRequest) -> None:
    """The request is published on the day that the last of its pieces came out; only inside, it is delivered."""
    if are_all_approved(request):  # the rules may have come to ask for less since they were
        request = carry_request(access=access, request=request, to=State.APPROVED)
    done = day_all_came_out(request)
    if done is not None:
        day, is_internal = done
        carry_request(access=access, request=request, to=State.DELIVERED if is_internal else State.PUBLISHED, on=day)


def timeliness_of(request: ServiceRequest, day: date) -> Timeliness | None:
    """How a day stands against the date agreed, or else the one of the table."""
    return judge_timeliness(day, request.agreed_on or request.due, closures=set(closure_days_of(request.institution)))
