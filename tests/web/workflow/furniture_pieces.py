"""Pieces for the tests that look for what leaks: one row of each kind, the canary in every text and in the file."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image, PngImagePlugin

from pregon_web.accounts.models import Role
from pregon_web.accounts.services import appoint_leader
from pregon_web.ledger.evidence import Upload
from pregon_web.ledger.models import Channel
from pregon_web.ledger.services import add_record
from pregon_web.workflow.approving import Choice, change_policy, decide, send_version
from pregon_web.workflow.models import Approval, ApprovalLink, Piece, PieceVersion, ServiceRequest
from pregon_web.workflow.piece_rows import gate_of, latest_of
from pregon_web.workflow.pieces import Given, add_piece, answer_gate, comment_version
from pregon_web.workflow.publishing import publish_version
from tests.web.towns import Town

DAY = date(2025, 12, 10)


def furnish_pieces(town: Town, canary: str, request: ServiceRequest) -> dict[str, object]:
    """A piece that waits for the leader and another that came out; and what their addresses take."""
    office = request.office
    assert office is not None
    appoint_leader(access=town.access(Role.ADMINISTRATOR), office=office, leader=town.people[Role.REQUESTER])
    names = [{"name": f"Nombre {canary}", "wrong": [f"Nonbre {canary}"]}]
    change_policy(access=town.access(Role.ADMINISTRATOR), fields={"names": names})
    code = f"piezas-{town.slug}"
    channel = add_record(access=town.access(), row=Channel(code=code, name=f"Piezas {canary}", platform="facebook"))
    waits, out = _begin(town, canary, request, channel), _begin(town, canary, request, channel)
    tokens: list[str] = []

    def note_token(token: str) -> str:
        tokens.append(token)
        return token

    send_version(access=town.access(), version=_latest(waits), link_to=note_token)
    send_version(access=town.access(), version=_latest(out), link_to=str)
    for role in (Role.REQUESTER, Role.APPROVER):
        link = ApprovalLink.objects.of(town.institution).filter(person=town.people[role], version=_latest(out)).get()
        choice = Choice(Approval.Decision.APPROVED, _latest(out).sha256, f"Nota {canary}")
        decide(access=town.access(role), link=link, choice=choice, link_to=str)
    publish_version(access=town.access(), version=_latest(out), channel=channel, link="", day=DAY)
    return {
        "parent": request.pk,
        "number": 1,
        "token": tokens[0],
        **dict.fromkeys((f"{name}.pk" for name in ("approve_piece", "decide_piece")), _latest(waits).pk),
        **dict.fromkeys((f"{name}.pk" for name in OF_WAITING), waits.pk),
        "publish_piece.pk": out.pk,
    }


OF_WAITING = (
    "piece",
    "change_piece",
    "add_version",
    "comment_piece",
    "answer_gate",
    "send_piece",
    "send_piece_again",
    "withdraw_piece",
    "restore_piece",
    "piece_file",
    "piece_preview",
)


def _begin(town: Town, canary: str, request: ServiceRequest, channel: Channel) -> Piece:
    """A piece with an answer to each question of the gate, an evidence and a comment."""
    access = town.access()
    with TemporaryDirectory() as folder:
        path = Path(folder) / "pieza.png"
        path.write_bytes(_picture(canary))
        piece = add_piece(
            access=access,
            request=request,
            title=f"Pieza {canary}",
            goes_out_at=None,
            content={
                "text": f"Texto {canary}",
                "alternative_text": f"Descripción {canary}",
                "captions": f"Guion {canary}",
                "channels": [channel.code],
                "shows_people": True,
                "shows_minors": False,
                "change": f"Cambio {canary}",
            },
            upload=Upload(path, f"{canary}.png"),
        )
    version = _latest(piece)
    given = [Given(each.check_code, each.remark.found, f"Respuesta {canary}") for each in gate_of(version).waiting]
    answer_gate(access=access, version=version, given=given)
    comment_version(access=access, version=version, text=f"Comentario {canary}")
    return piece


def _latest(piece: Piece) -> PieceVersion:
    version = latest_of(Piece.objects.of(piece.institution_id).select_related("request__office").get(pk=piece.pk))
    assert version is not None
    return version


def _picture(canary: str) -> bytes:
    """An image with the canary in its own bytes."""
    told = PngImagePlugin.PngInfo()
    told.add_text("Title", canary)
    out = io.BytesIO()
    Image.new("RGB", (40, 40), "navy").save(out, "PNG", pnginfo=told)
    return out.getvalue()
