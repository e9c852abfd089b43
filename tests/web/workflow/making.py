"""A request with its pieces, made by the services as people make them: for the tests of pieces and approvals."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from PIL import Image

from pregon_web.accounts.models import Office, Person, Role
from pregon_web.accounts.services import add_office, appoint_leader
from pregon_web.ledger.evidence import Upload
from pregon_web.ledger.models import Channel
from pregon_web.ledger.services import add_record
from pregon_web.workflow.approving import Choice, decide, send_version
from pregon_web.workflow.models import Approval, ApprovalLink, Kind, Piece, PieceVersion, ServiceRequest, State
from pregon_web.workflow.piece_rows import gate_of, latest_of
from pregon_web.workflow.pieces import Given, add_piece, answer_gate
from pregon_web.workflow.services import ensure_defaults, receive_request
from tests.web.towns import Town

ADDRESS = "https://pregon.example/aprobar/"


def link_to(token: str) -> str:
    return f"{ADDRESS}{token}/"


def picture(colour: str = "teal", form: str = "PNG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (400, 400), colour).save(out, form)
    return out.getvalue()


def lead(town: Town, name: str = "Derechos Humanos", leader: Role | None = Role.REQUESTER) -> Office:
    """An office of the town, with its leader."""
    known = Office.objects.of(town.institution).filter(name=name).first()
    office = known or add_office(institution=town.institution, name=name)
    if leader is not None:
        appoint_leader(access=town.access(Role.ADMINISTRATOR), office=office, leader=town.people[leader])
    return office


def ask(town: Town, office: Office | None = None, *, on: date | None = None, **fields: Any) -> ServiceRequest:
    """A request of an office, by its own person."""
    ensure_defaults(town.institution)
    title = str(fields.pop("title", "Pieza del Día de la Educación"))
    return receive_request(
        access=town.access(),
        institution=town.institution,
        kind=Kind.objects.of(town.institution)[0],
        title=title,
        office=office if office is not None else lead(town),
        fields={"requester": town.people[Role.REQUESTER], **fields},
        on=on,
    )


def content(**fields: Any) -> dict[str, Any]:
    """A version that the gate has only its questions about."""
    return {
        "text": "Este 24 de enero recordamos que la educación es un derecho.",
        "alternative_text": "Sobre fondo azul, «Estudiar es un derecho»",
        "shows_people": False,
        "shows_minors": False,
        **fields,
    }


def make_piece(town: Town, request: ServiceRequest, *, file: bytes | None = None, **fields: Any) -> Piece:
    """A piece with its first version; without a file told, an image."""
    title = str(fields.pop("title", "Pieza: Estudiar es un derecho"))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "pieza"
        path.write_bytes(picture() if file is None else file)
        return add_piece(
            access=town.access(),
            request=request,
            title=title,
            goes_out_at=fields.pop("goes_out_at", None),
            content=content(**fields),
            upload=Upload(path, "estudiar.png") if path.stat().st_size else None,
        )


def latest(piece: Piece) -> PieceVersion:
    """The last version of a piece, read anew."""
    version = latest_of(Piece.objects.of(piece.institution_id).select_related("request").get(pk=piece.pk))
    assert version is not None
    return version


def answer_all(town: Town, piece: Piece) -> None:
    """Every question of the gate answered, in words."""
    version = latest(piece)
    given = [Given(each.check_code, each.remark.found, "Sí") for each in gate_of(version).waiting]
    answer_gate(access=town.access(), version=version, given=given)


def sent_piece(town: Town, request: ServiceRequest | None = None, **fields: Any) -> Piece:
    """A piece that waits for its first approval."""
    piece = make_piece(town, request or ask(town), **fields)
    answer_all(town, piece)
    send_version(access=town.access(), version=latest(piece), link_to=link_to)
    return piece


def approved_piece(town: Town, request: ServiceRequest, **fields: Any) -> Piece:
    """A piece that the leader and who approves have approved."""
    piece = sent_piece(town, request, **fields)
    for role in (Role.REQUESTER, Role.APPROVER):
        choice = Choice(Approval.Decision.APPROVED, latest(piece).sha256)
        link = link_of(town, town.people[role], piece)
        decide(access=town.access(role), link=link, choice=choice, link_to=link_to)
    return piece


def link_of(town: Town, person: Person, piece: Piece) -> ApprovalLink:
    """The last link that asked somebody about a piece."""
    rows = ApprovalLink.objects.of(town.institution).filter(person=person, version__piece=piece)
    return rows.select_related("version__piece__request__office").order_by("-pk")[0]


def token_in(body: str) -> str:
    """The token of the link in an e-mail."""
    found = re.search(r"/aprobar/([\w-]+)/", body)
    assert found is not None
    return found[1]


def state_of(request: ServiceRequest) -> State:
    """Where the request stands now."""
    return State(ServiceRequest.objects.of(request.institution_id).get(pk=request.pk).state)


def channel(town: Town, code: str = "x", platform: str = "x", *, is_internal: bool = False) -> Channel:
    """A channel of the town."""
    known = Channel.objects.of(town.institution).filter(code=code).first()
    row = Channel(code=code, name=code.upper(), platform=platform, is_internal=is_internal)
    return known or add_record(access=town.access(), row=row)


def words(page: str) -> str:
    """What a page says, without its marks."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).replace("&nbsp;", " ").replace("\xa0", " ").split())


def subjects(mails: Sequence[Any]) -> list[str]:
    """The subjects of e-mails, with ordinary spaces."""
    return [str(mail.subject).replace("\xa0", " ") for mail in mails]
