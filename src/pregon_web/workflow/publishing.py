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
from pregon.records.service import RequestKind
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


def publish_version(*, access: Access, version: PieceVersion, channel: Channel, link: str, day: date | None) -> CameOut:
    """Note that an approved version came out in a channel. The day is the one that the link proves, or the one typed.

    Where the ledger knows that link already, because a file of the platform brought it, it is that publication.

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
        request = ServiceRequest.objects.of(access.institution).select_related("kind").get(pk=version.piece.request_id)
        publication = _known_publication(access, channel, link, came_out_on)
        if publication is None:
            draft = _draft_publication(version, request, channel, link)
            draft.published_on, draft.published_at, draft.is_proved = came_out_on, at, at is not None
            publication = add_record(access=access, row=_number(access, draft))
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


def _known_publication(access: Access, channel: Channel, link: str, day: date) -> Publication | None:
    """The publication of the ledger with that link, of no piece yet. Raises BadRecord for one that is of another."""
    if not link:
        return None
    rows = Publication.objects.of(access.institution).filter(channel=channel, published_on=day)
    found = next((row for row in rows if _bare(row.link) == _bare(link)), None)
    if found is not None and PiecePublication.objects.of(access.institution).filter(publication=found).exists():
        raise BadRecord(f"Ese enlace ya está anotado: es {found.reference}, «{found.title}».")
    return found


def _bare(link: str) -> str:
    """A link without what does not say where it leads: its question, its last slash."""
    return link.strip().partition("?")[0].partition("#")[0].rstrip("/")


def _draft_publication(version: PieceVersion, request: ServiceRequest, channel: Channel, link: str) -> Publication:
    """What a version says of its publication in a channel: everything but the day and the number."""
    return Publication(
        channel=channel,
        kind=_kind_of(version, request, channel),
        title=version.piece.title,
        text=version.text,
        link=link,
        campaign=request.campaign,
    )


def _number(access: Access, draft: Publication) -> Publication:
    """The draft in the quarter of its day, under the next number of its year."""
    draft.period = quarter_of(draft.published_on)
    known = Publication.objects.of(access.institution).filter(period=draft.period)
    stem = f"PUB-{draft.published_on.year}-"
    draft.reference = next_reference(known.values_list("reference", flat=True), stem, 4)
    return draft


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


def _kind_of(version: PieceVersion, request: ServiceRequest, channel: Channel) -> str:
    """What a version is published as; the page of the publication changes it."""
    if request.kind.counts_as == RequestKind.WALLPAPER:
        return PublicationKind.WALLPAPER.value
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
