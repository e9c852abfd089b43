"""Writes of the approvals: sent, asked again, decided. Everything that is refused is one sentence.

A link is for one person and one version: it serves until it expires, until they decide, or until nobody waits for it
any more. Who decides is signed in; the link alone gives nothing.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from pregon_web.accounts.models import Office, Person
from pregon_web.accounts.selectors import Access
from pregon_web.accounts.templatetags.spanish import instant
from pregon_web.journal.rows import name_subject, snapshot
from pregon_web.journal.services import record_change
from pregon_web.ledger.services import BadRecord, add_record, change_record, hold_institution
from pregon_web.workflow.approval_steps import read_order
from pregon_web.workflow.carrying import are_all_approved, carry_request
from pregon_web.workflow.models import (
    Approval,
    ApprovalLink,
    MailChoice,
    PieceVersion,
    Policy,
    Signer,
    State,
)
from pregon_web.workflow.notices import leave_address, leave_headers
from pregon_web.workflow.piece_rows import gate_of, policy_of, signers_of, standing_of
from pregon_web.workflow.pieces import close_links, is_whole, require_latest
from pregon_web.workflow.reminding import Notice

LinkTo = Callable[[str], str]
"""The whole address of a link, out of its token."""


def hash_token(token: str) -> str:
    """What is kept of a link's token."""
    return hashlib.sha256(token.encode()).hexdigest()


# --- the rules --------------------------------------------------------------------------------------------------------


@transaction.atomic
def change_policy(*, access: Access, fields: Mapping[str, Any], version: int | None = None) -> Policy:
    """Change the institution's rules of approval. What is on its way follows the new ones. Raises Conflict."""
    hold_institution(access.institution)
    row = Policy.objects.of(access.institution).first()
    if row is None:
        return add_record(access=access, row=Policy(**fields))
    return change_record(access=access, row=row, fields=fields, version=version)


# --- sending ----------------------------------------------------------------------------------------------------------


@transaction.atomic
def send_version(*, access: Access, version: PieceVersion, link_to: LinkTo) -> list[ApprovalLink]:
    """Ask for the approval of a version: a link for whoever decides first. Raises BadRecord where it may not be."""
    hold_institution(access.institution)
    require_latest(version)
    if version.piece.request.state == State.CANCELLED:
        raise BadRecord("La solicitud está cancelada. Vuelva a abrirla antes de pedir aprobación.")
    standing = standing_of(version)
    if standing.is_returned:
        raise BadRecord("Esta versión se devolvió con cambios. Suba otra versión y envíela.")
    if standing.is_approved:
        raise BadRecord("Esta versión ya está aprobada.")
    if standing.pending is not None:
        raise BadRecord("Esta versión ya está en aprobación. Si no llegó el correo, envíelo otra vez.")
    waiting = gate_of(version).waiting
    if waiting:
        raise BadRecord(
            "Falta una cosa de lo que se comprueba: respóndala o suba otra versión."
            if len(waiting) == 1
            else f"Faltan {len(waiting)} cosas de lo que se comprueba: respóndalas o suba otra versión."
        )
    order = read_order(policy_of(access.institution).order)
    for signer in order:
        _require_signers(version, signer)
    links = _ask(access, version, order[0], link_to)
    note = f"Se envió a aprobar «{version.piece.title}», versión {version.number}."
    carry_request(access=access, request=version.piece.request, to=State.IN_REVIEW, note=note)
    return links


@transaction.atomic
def ask_again(*, access: Access, version: PieceVersion, link_to: LinkTo) -> list[ApprovalLink]:
    """Send the links of the step that is waited for again; those before no longer serve. Raises BadRecord."""
    hold_institution(access.institution)
    require_latest(version)
    pending = standing_of(version).pending
    if pending is None:
        raise BadRecord("Nadie tiene que decidir ahora sobre esta versión.")
    close_links(access, version.piece)
    return _ask(access, version, pending, link_to)


def _require_signers(version: PieceVersion, signer: Signer) -> list[int]:
    """Who may decide as this. Raises BadRecord where nobody may."""
    people = signers_of(version, signer)
    if people:
        return people
    office = Office.objects.of(version.institution_id).filter(pk=version.piece.request.office_id or 0).first()
    if signer is Signer.APPROVER:
        raise BadRecord(
            "Nadie más que quien hizo la pieza aprueba por la entidad. Quien administra puede darle ese papel a otra "
            "persona."
        )
    if office is None:
        raise BadRecord("La solicitud no tiene dependencia: nadie puede dar su visto bueno. Anótela en la solicitud.")
    raise BadRecord(f"«{office.name}» no tiene un líder que pueda entrar. Quien administra lo pone en Dependencias.")


def _ask(access: Access, version: PieceVersion, signer: Signer, link_to: LinkTo) -> list[ApprovalLink]:
    """A link for each of those who may decide, and their e-mail once the transaction is kept."""
    people = Person.objects.in_bulk(_require_signers(version, signer))
    expires = timezone.now() + timedelta(hours=policy_of(access.institution).link_hours)
    quiet = MailChoice.objects.of(access.institution).filter(person__in=people, wants_approvals=False)
    silent = set(quiet.values_list("person_id", flat=True))
    links = []
    for key, person in sorted(people.items()):
        token = secrets.token_urlsafe(32)
        links.append(
            ApprovalLink.objects.create(
                institution=access.institution,
                version=version,
                person=person,
                signer=signer.value,
                token_sha256=hash_token(token),
                expires_at=expires,
            )
        )
        if key not in silent:
            _mail_request(version, person, signer, link_to(token), links[-1])
    told = {
        "people": sorted(people),
        "signer": signer.value,
        "expires_at": expires.isoformat(),
        "sha256": version.sha256,
    }
    _note(access, "send", version, told)
    return links


# --- deciding ---------------------------------------------------------------------------------------------------------


def require_seat(link: ApprovalLink, *, by_link: bool = False) -> None:
    """Raise BadRecord, with the sentence for the person, where a link no longer lets them decide.

    `by_link` is for who came by the link itself, which expires; from their own list they decide as long as it waits.
    """
    version = link.version
    if link.used_at is not None:
        raise BadRecord(f"Usted ya decidió sobre esta versión, el {instant(link.used_at)}")
    require_latest(version)
    if link.closed_at is not None:
        raise BadRecord(_tell_closed(link))
    if by_link and link.expires_at <= timezone.now():
        raise BadRecord(
            f"Este enlace venció el {instant(link.expires_at)} La pieza sigue en su lista, «Por aprobar»: decida ahí."
        )
    if link.person_id not in signers_of(version, Signer(link.signer)):
        raise BadRecord("Usted ya no decide sobre esta pieza: cambió quién aprueba en su entidad.")


def _tell_closed(link: ApprovalLink) -> str:
    rows = Approval.objects.of(link.institution_id).filter(version=link.version_id, signer=link.signer)
    decided = rows.select_related("person").order_by("-pk").first()
    if decided is not None:
        return f"{decided.person.name} ya decidió sobre esta versión, el {instant(decided.at)}"
    return "Se envió un enlace más nuevo. Use el último correo, o la lista «Por aprobar»."


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person decides: on the version of this hash, which is the one they saw, and with what note."""

    decision: Approval.Decision
    sha256: str
    comment: str = ""
    with_second_factor: bool = False

    @property
    def is_return(self) -> bool:
        """Whether they ask for changes."""
        return self.decision is Approval.Decision.RETURNED


@transaction.atomic
def decide(*, access: Access, link: ApprovalLink, choice: Choice, link_to: LinkTo, by_link: bool = False) -> Approval:
    """Keep what a person decided on the version that they saw, named by its hash; then the next step is asked.

    Raises BadRecord where they may not decide any more, saw another version, or return it without saying why.
    """
    hold_institution(access.institution)
    current = (
        ApprovalLink.objects.of(access.institution).select_related("version__piece__request__office").get(pk=link.pk)
    )
    version = current.version
    if current.person_id != access.person.pk:
        raise BadRecord("Este enlace es de otra persona. Abra el que le llegó a usted.")
    require_seat(current, by_link=by_link)
    if standing_of(version).pending != current.signer:
        raise BadRecord("Esta versión ya no espera su decisión.")
    if choice.sha256 != version.sha256 or not is_whole(version):
        raise BadRecord("La pieza no es la que usted vio. Ábrala otra vez y decida sobre la que ve.")
    if choice.is_return and not choice.comment.strip():
        raise BadRecord("Escriba qué hay que cambiar y dónde: es lo que le llega al equipo.")
    row = Approval.objects.create(
        institution=access.institution,
        version=version,
        sha256=version.sha256,
        signer=current.signer,
        decision=choice.decision.value,
        comment=choice.comment.strip(),
        person=access.person,
        with_second_factor=choice.with_second_factor,
    )
    _note(access, "return" if choice.is_return else "approve", row, snapshot(row))
    now = timezone.now()
    ApprovalLink.objects.of(access.institution).filter(pk=current.pk).update(used_at=now)
    close_links(access, version.piece)
    _go_on(access, version, row, link_to)
    return row


def _go_on(access: Access, version: PieceVersion, decided: Approval, link_to: LinkTo) -> None:
    """What follows a decision: the next step is asked, or the request moves; whoever made the piece is told."""
    request = version.piece.request
    if decided.decision == Approval.Decision.RETURNED:
        carry_request(access=access, request=request, to=State.RETURNED, note=decided.comment)
    elif (pending := standing_of(version).pending) is not None:
        _ask(access, version, pending, link_to)
        return
    elif are_all_approved(request):
        carry_request(access=access, request=request, to=State.APPROVED)
    _mail_decision(version, decided)


# --- mail -------------------------------------------------------------------------------------------------------------


def _mail_request(version: PieceVersion, person: Person, signer: Signer, link: str, row: ApprovalLink) -> None:
    piece = version.piece
    leave = leave_address(version.institution, person, Notice.APPROVAL)
    context = {
        "person": person,
        "piece": piece,
        "request": piece.request,
        "version": version,
        "signed": _approved_before(version),
        "until": row.expires_at,
        "link": link,
        "is_owner": signer is Signer.OWNER,
        "leave": leave,
    }
    subject = f"Aprobar antes del {instant(row.expires_at)}: {piece.title}"
    _send(subject, "workflow/email/approve.txt", context, person, leave_headers(leave))


def _mail_decision(version: PieceVersion, decided: Approval) -> None:
    if version.made_by is None or version.made_by_id == decided.person_id:
        return
    is_return = decided.decision == Approval.Decision.RETURNED
    context = {"version": version, "piece": version.piece, "decided": decided, "is_return": is_return}
    word = "Pidieron cambios" if is_return else "Aprobada"
    _send(f"{word}: {version.piece.title}", "workflow/email/decided.txt", context, version.made_by)


def _approved_before(version: PieceVersion) -> list[str]:
    rows = Approval.objects.of(version.institution_id).filter(version=version, decision=Approval.Decision.APPROVED)
    return list(rows.order_by("pk").values_list("person__name", flat=True))


def _send(
    subject: str, template: str, context: dict[str, Any], to: Person, headers: dict[str, str] | None = None
) -> None:
    """An e-mail once the transaction is kept. One that does not go out is noted by Django, and undoes nothing: what was
    decided was decided, and what waits is in the person's list.
    """
    mail = EmailMessage(" ".join(subject.split()), render_to_string(template, context), to=[to.email], headers=headers)
    transaction.on_commit(mail.send, robust=True)


def _note(access: Access, action: str, row: Any, after: dict[str, Any]) -> None:  # noqa: ANN401 - a row of this app
    record_change(
        institution=access.institution, person=access.person, action=action, subject=name_subject(row), after=after
    )
