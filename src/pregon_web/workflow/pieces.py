"""Writes of the pieces: begun, another version, said something of, put aside; and what was answered to the gate.

A version is never altered: what changes is another version, and what was approved before does not count for it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from pregon.readers.evidence_kinds import KINDS
from pregon_web import vault
from pregon_web.accounts.selectors import Access
from pregon_web.journal.rows import name_subject, snapshot
from pregon_web.journal.services import Noted, record_change, record_changes
from pregon_web.ledger.evidence import Upload, add_evidence, describe_upload, print_size, room_of
from pregon_web.ledger.models import Evidence, quarter_of
from pregon_web.ledger.services import BadRecord, add_record, change_record, hold_institution, require_open
from pregon_web.workflow.carrying import carry_request
from pregon_web.workflow.gate.check import Remark, Reply
from pregon_web.workflow.models import (
    ApprovalLink,
    CheckAnswer,
    Piece,
    PieceComment,
    PieceVersion,
    ServiceRequest,
    State,
)
from pregon_web.workflow.piece_rows import gate_of, latest_of, links_of, standing_of, versions_of

HASHED: Final = (
    "file_name",
    "file_sha256",
    "content_type",
    "text",
    "alternative_text",
    "captions",
    "channels",
    "shows_people",
    "shows_minors",
    "change",
)
"""What of a version its hash answers for: all that a person reads or sees of it."""
_SAID: Final = tuple(name for name in HASHED if name != "change")
_FORM: Final = "pregon.piece-version/1"
SHOWN: Final = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp", "video/mp4", "application/pdf"})
"""The kinds of file that a piece may be: those that whoever approves can be shown whole, on a phone too."""

ANSWERED_BY_EVIDENCE: Final = "Se adjunta la evidencia"


def hash_version(content: Mapping[str, Any]) -> str:
    """The SHA-256 of a version, in hexadecimal: of its JSON in UTF-8, with the fields of `HASHED` and «form», names in
    the order of their letters, no spaces, and letters as they are.

    >>> hash_version({"text": "Hola"})[:12]
    '62f7f2f2a9b4'
    """
    told = {"form": _FORM, **{name: content.get(name, "") for name in HASHED}}
    written = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()


def is_whole(version: PieceVersion) -> bool:
    """Whether the version, and its file, are what its hash says."""
    told = {name: getattr(version, name) for name in HASHED}
    if hash_version(told) != version.sha256:
        return False
    path = vault.path_of(version.institution_id, version.file_sha256)
    return not version.file_sha256 or (path.is_file() and vault.hash_file(path) == version.file_sha256)


# --- pieces and versions ----------------------------------------------------------------------------------------------


def add_piece(
    *,
    access: Access,
    request: ServiceRequest,
    title: str,
    goes_out_at: datetime | None,
    content: Mapping[str, Any],
    upload: Upload | None,
) -> Piece:
    """Begin a piece with its first version. Raises BadRecord, and ClosedPeriod where today's quarter is closed."""
    about = _look_at(upload)
    with transaction.atomic():
        require_open(access.institution, [quarter_of(timezone.localdate())])
        if request.state == State.CANCELLED:
            raise BadRecord("La solicitud está cancelada. Vuelva a abrirla antes de agregarle una pieza.")
        piece = add_record(access=access, row=Piece(request=request, title=title, goes_out_at=goes_out_at))
        _keep_file(access, upload, about)
        _keep_version(access, piece, 1, content, about)
    return piece


def add_version(
    *, access: Access, piece: Piece, content: Mapping[str, Any], upload: Upload | None, keeps_file: bool = True
) -> PieceVersion:
    """Another version of a piece: it asks for approval again, and nobody waits for those before it.

    Without a file of its own it keeps the one before, unless told not to. Raises BadRecord where it is the same again.
    """
    about = _look_at(upload)
    with transaction.atomic():
        require_open(access.institution, [quarter_of(timezone.localdate())])
        current = Piece.objects.of(access.institution).select_related("request").get(pk=piece.pk)
        if current.withdrawn_at:
            raise BadRecord("La pieza está retirada. Recupérela antes de subir otra versión.")
        last = latest_of(current)
        if upload is None and keeps_file and last is not None:
            about = {name: getattr(last, name) for name in ("file_name", "file_sha256", "content_type", "size")}
        _keep_file(access, upload, about)
        version = _keep_version(access, current, last.number + 1 if last else 1, content, about, last)
        close_links(access, current)
        if current.request.state == State.APPROVED:
            note = f"«{current.title}» tiene una versión nueva: pide aprobación otra vez."
            carry_request(access=access, request=current.request, to=State.IN_REVIEW, note=note)
    return version


def _keep_version(
    access: Access,
    piece: Piece,
    number: int,
    content: Mapping[str, Any],
    about: Mapping[str, Any],
    last: PieceVersion | None = None,
) -> PieceVersion:
    row = PieceVersion(
        institution=access.institution, piece=piece, number=number, made_by=access.person, **content, **about
    )
    if not row.file_sha256 and not row.text.strip():
        raise BadRecord("Suba el archivo de la pieza o escriba su texto: sin uno de los dos no hay qué aprobar.")
    if last is not None and all(getattr(last, name) == getattr(row, name) for name in _SAID):
        raise BadRecord(f"Es igual a la versión {last.number}: no cambió nada.")
    row.sha256 = hash_version({name: getattr(row, name) for name in HASHED})
    row.save()
    _note(access, "create", row, after=snapshot(row))
    return row


def _look_at(upload: Upload | None) -> dict[str, Any]:
    """What a version says of its file. Raises BadRecord for one that is not kept, or that nobody could be shown.

    Outside any transaction: another process opens it, which may take seconds.
    """
    if upload is None:
        return {}
    told = describe_upload(upload)
    name, content_type = str(told["file"]), str(told["content_type"])
    if content_type not in SHOWN:
        raise BadRecord(f"«{name}» es {KINDS[content_type].word}. La pieza es una imagen, un video MP4 o un PDF.")
    return {"file_name": name, "file_sha256": told["sha256"], "content_type": content_type, "size": int(told["size"])}


def _keep_file(access: Access, upload: Upload | None, about: Mapping[str, Any]) -> None:
    """Keep what was brought. Raises BadRecord where it does not fit."""
    if upload is None:
        return
    room = room_of(access.institution)
    used = room.used + _stored_bytes(access)
    if used + about["size"] > room.most:
        raise BadRecord(
            f"«{about['file_name']}» pesa {print_size(about['size'])} y no cabe: los archivos ocupan "
            f"{print_size(used)} de {print_size(room.most)}. Pida más espacio a quien administra el servidor."
        )
    vault.keep_file(access.institution.pk, upload.path)


def _stored_bytes(access: Access) -> int:
    """How much the files of the pieces take, the same content once."""
    rows = PieceVersion.objects.of(access.institution).exclude(file_sha256="").order_by()
    return sum(rows.values_list("file_sha256", "size").distinct().values_list("size", flat=True))


@transaction.atomic
def change_piece(*, access: Access, piece: Piece, fields: Mapping[str, Any], version: int | None) -> Piece:
    """Call a piece otherwise, or say when it goes out. Raises Conflict."""
    return change_record(access=access, row=piece, fields=fields, version=version)


@transaction.atomic
def withdraw_piece(*, access: Access, piece: Piece) -> Piece:
    """Nobody goes on with it; what was approved and came out stays as it was."""
    row = change_record(access=access, row=piece, fields={"withdrawn_at": timezone.now()}, action="withdraw")
    close_links(access, row)
    return row


@transaction.atomic
def restore_piece(*, access: Access, piece: Piece) -> Piece:
    """Go on with it: what had been sent has to be sent again."""
    return change_record(access=access, row=piece, fields={"withdrawn_at": None}, action="restore")


@transaction.atomic
def comment_version(*, access: Access, version: PieceVersion, text: str) -> PieceComment:
    """Say something of a version."""
    hold_institution(access.institution)
    row = PieceComment.objects.create(
        institution=access.institution, version=version, person=access.person, text=text.strip()
    )
    _note(access, "comment", row, after=snapshot(row))
    return row


def close_links(access: Access, piece: Piece) -> None:
    """Nobody is waited for to decide on any version of a piece. Inside the caller's transaction."""
    waiting = ApprovalLink.objects.of(access.institution).filter(version__piece=piece, used_at=None, closed_at=None)
    waiting.update(closed_at=timezone.now())


# --- answers to the gate ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Given:
    """What a person answers to one remark: words, an evidence that is kept already, or a file to be kept as one."""

    check_code: str
    found: str
    answer: str = ""
    evidence: Evidence | None = None
    upload: Upload | None = None


def answer_gate(*, access: Access, version: PieceVersion, given: Sequence[Given]) -> list[CheckAnswer]:
    """Keep what was answered to the remarks on a version, all or none; the last answer to each counts.

    Raises:
        BadRecord: the version is not the last one or was sent; a remark that is not there; evidence that is missing.
        ClosedPeriod: a file was brought and today's quarter is closed.
    """
    remarks = _remarks_to_answer(version)
    _require_answers(remarks, given)
    # A file is kept as evidence first, apart: another process opens it, which may take seconds.
    kept = [_keep_as_evidence(access, version, each) for each in given]
    with transaction.atomic():
        hold_institution(access.institution)
        _require_answers(_remarks_to_answer(version), kept)
        rows = [
            CheckAnswer.objects.create(
                institution=access.institution,
                version=version,
                check_code=each.check_code,
                found=each.found,
                answer=(each.answer.strip() or ANSWERED_BY_EVIDENCE)[:400],
                evidence=each.evidence,
                person=access.person,
            )
            for each in kept
        ]
        noted = [Noted("answer", name_subject(row), after=snapshot(row)) for row in rows]
        if noted:
            record_changes(institution=access.institution, person=access.person, changes=noted)
    return rows


def _remarks_to_answer(version: PieceVersion) -> dict[tuple[str, str], Remark]:
    """What may be answered of a version. Raises BadRecord where nothing may any more."""
    require_latest(version)
    standing = standing_of(version)
    if links_of(version) or standing.is_approved or standing.is_returned:
        raise BadRecord("Esta versión ya se envió a aprobar. Para cambiar una respuesta, suba otra versión.")
    return {(each.check_code, each.remark.found): each.remark for each in gate_of(version).judged}


def _require_answers(remarks: Mapping[tuple[str, str], Remark], given: Sequence[Given]) -> None:
    for each in given:
        remark = remarks.get((each.check_code, each.found))
        if remark is None:
            raise BadRecord("Eso ya no está en la pieza. Vuelva a mirar la lista.")
        has_proof = each.evidence is not None or each.upload is not None
        if remark.reply is Reply.EVIDENCE and not has_proof:
            raise BadRecord(f"{remark.message} Una respuesta sola no basta: adjunte la evidencia.")
        if not has_proof and not each.answer.strip():
            raise BadRecord(f"{remark.message} Escriba la respuesta.")


def _keep_as_evidence(access: Access, version: PieceVersion, given: Given) -> Given:
    if given.upload is None:
        return given
    today = timezone.localdate()
    fields = {"title": f"Autorización de imagen: {version.piece.title}"[:200], "dated": today}
    kept = add_evidence(access=access, period=quarter_of(today), fields=fields, upload=given.upload)
    return replace(given, evidence=kept, upload=None)


def require_latest(version: PieceVersion) -> None:
    """Raise BadRecord where the version is not what its piece is now."""
    piece = Piece.objects.of(version.institution_id).get(pk=version.piece_id)
    if piece.withdrawn_at:
        raise BadRecord("La pieza está retirada: nadie sigue con ella.")
    newest = versions_of(piece).values_list("number", flat=True).first()
    if newest != version.number:
        raise BadRecord(f"Esta es la versión {version.number} y la última es la {newest}. Mire la última.")


def _note(access: Access, action: str, row: Any, after: dict[str, Any]) -> None:  # noqa: ANN401 - a row of this app
    record_change(
        institution=access.institution, person=access.person, action=action, subject=name_subject(row), after=after
    )
