"""Writes about people and institutions. Keyword-only, atomic, each with its entry in the journal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from django.core.mail import send_mail
from django.db import transaction
from django.db.models import F
from django.template.loader import render_to_string
from django.utils import timezone

from pregon_web.accounts.changes import Change, announce_change
from pregon_web.accounts.invitation_links import LASTS, LinkedInvitation, sign_link
from pregon_web.accounts.models import Institution, Invitation, Membership, Office, Person, Role, Supervision
from pregon_web.accounts.selectors import (
    Access,
    Member,
    access_for,
    administrators_of,
    belongs_elsewhere,
    choosable_leaders_of,
    is_same_name,
)

LinkTo = Callable[[str], str]
"""From the last part of an invitation's link to its whole address."""


class NotAMember(Exception):  # noqa: N818 - what happened, not a suffix
    """The person does not belong to that institution."""


class RefusedChange(Exception):  # noqa: N818 - what happened, not a suffix
    """The change is understood and not made; the message is one Spanish sentence that says why and what to do."""


def _note(access: Access, action: str, subject: str, **states: dict[str, object]) -> None:
    announce_change(Change(access.institution, access.person, action, subject, **states))


# --- institutions ---------------------------------------------------------------------------------------------------


@transaction.atomic
def add_institution(*, name: str, unit: str = "", by: Person | None = None) -> Institution:
    """A new institution, empty."""
    institution = Institution.objects.create(name=name, unit=unit)
    announce_change(
        Change(institution, by, "create", f"accounts.institution:{institution.pk}", after={"name": name, "unit": unit})
    )
    return institution


@transaction.atomic
def choose_institution(*, person: Person, institution: Institution) -> None:
    """Work in this institution from now on, also after signing in again. Raises NotAMember.

    A convenience of the person, not a record of the institution: it has no entry in the journal. Coming in from a
    supervising body is one: whoever is looked at can see when, and by whom.
    """
    access = access_for(person, institution)
    if access is None:
        raise NotAMember(f"person {person.pk} is not of institution {institution.pk}")
    person.chosen_institution = institution
    person.save(update_fields=["chosen_institution"])
    if access.body is not None:
        _note(access, "visit", f"accounts.institution:{institution.pk}", after={"body": access.body.pk})


def leave_supervised_institution(*, person: Person, own: Sequence[Institution]) -> None:
    """Forget the choice of an institution that is not the person's own: each visit from a body is chosen, and noted."""
    if person.chosen_institution_id not in {None, *(institution.pk for institution in own)}:
        person.chosen_institution = None
        person.save(update_fields=["chosen_institution"])


@transaction.atomic
def require_second_factor(*, access: Access, is_required: bool) -> None:
    """Ask everybody of the institution for a code of their phone as well, or no longer."""
    institution = access.institution
    before = institution.requires_second_factor
    if before == is_required:
        return
    institution.requires_second_factor = is_required
    institution.save(update_fields=["requires_second_factor"])
    key = "requires_second_factor"
    _note(access, "update", f"accounts.institution:{institution.pk}", before={key: before}, after={key: is_required})


@transaction.atomic
def grant_supervision(*, access: Access, body_name: str) -> Supervision:
    """Let the reviewers of another institution read what this one has. Raises RefusedChange."""
    body = next((each for each in Institution.objects.all() if is_same_name(each.name, body_name)), None)
    if body is None or body == access.institution:
        raise RefusedChange("Ninguna otra entidad de este servidor se llama así. Escriba el nombre completo.")
    if Supervision.objects.of(access.institution).filter(body=body).exists():
        raise RefusedChange("Ese ente ya puede leer lo de su entidad.")
    supervision = Supervision.objects.create(institution=access.institution, body=body)
    _note(access, "create", f"accounts.supervision:{supervision.pk}", after={"body": body.pk})
    return supervision


@transaction.atomic
def withdraw_supervision(*, access: Access, supervision: Supervision) -> None:
    """The body no longer reads; at once."""
    key, body = supervision.pk, supervision.body_id
    supervision.delete()
    _note(access, "delete", f"accounts.supervision:{key}", before={"body": body})


# --- offices --------------------------------------------------------------------------------------------------------


@transaction.atomic
def add_office(*, institution: Institution, name: str, by: Person | None = None) -> Office:
    """A new office of the institution."""
    office = Office.objects.create(institution=institution, name=name)
    announce_change(Change(institution, by, "create", f"accounts.office:{office.pk}", after={"name": name}))
    return office


@transaction.atomic
def rename_office(*, access: Access, office: Office, name: str) -> None:
    """Call an office otherwise; what it had stays its own."""
    before = office.name
    if name == before:
        return
    office.name = name
    office.save(update_fields=["name"])
    _note(access, "update", f"accounts.office:{office.pk}", before={"name": before}, after={"name": name})


@transaction.atomic
def appoint_leader(*, access: Access, office: Office, leader: Person | None) -> None:
    """Say who answers for what is published in an office's name. Raises RefusedChange for who is not of the house."""
    if leader == office.leader:
        return
    if leader is not None and leader not in choosable_leaders_of(access):
        raise RefusedChange(f"{leader.name} no está en la entidad, o está desactivada.")
    before = office.leader_id
    office.leader = leader
    office.save(update_fields=["leader"])
    after = leader.pk if leader else None
    _note(access, "update", f"accounts.office:{office.pk}", before={"leader": before}, after={"leader": after})


@transaction.atomic
def close_office(*, access: Access, office: Office) -> None:
    """It takes nothing new from now on."""
    if office.closed_at is None:
        office.closed_at = timezone.now()
        office.save(update_fields=["closed_at"])
        _note(access, "close", f"accounts.office:{office.pk}")


@transaction.atomic
def reopen_office(*, access: Access, office: Office) -> None:
    """It takes new things again."""
    if office.closed_at is not None:
        office.closed_at = None
        office.save(update_fields=["closed_at"])
        _note(access, "reopen", f"accounts.office:{office.pk}")


# --- people ---------------------------------------------------------------------------------------------------------


@transaction.atomic
def add_membership(
    *, person: Person, institution: Institution, role: Role, office: Office | None = None, by: Person | None = None
) -> Membership:
    """Make the person this in the institution. The office must be of the same institution."""
    if office is not None and office.institution_id != institution.pk:
        raise NotAMember(f"office {office.pk} is not of institution {institution.pk}")
    membership = Membership.objects.create(person=person, institution=institution, role=role, office=office)
    after = {"person": person.pk, "role": str(role), "office": office.pk if office else None}
    announce_change(Change(institution, by, "create", f"accounts.membership:{membership.pk}", after=after))
    return membership


@transaction.atomic
def change_roles(*, access: Access, member: Member, roles: Sequence[Role], office: Office | None) -> None:
    """Make somebody these and nothing else; the office is that of whoever asks for pieces. Raises RefusedChange."""
    if Role.ADMINISTRATOR not in roles:
        _require_another_administrator(access, member.person)
    asks = office if Role.REQUESTER in roles else None
    if set(roles) == set(member.roles) and asks == member.office:
        return
    own = Membership.objects.of(access.institution).filter(person=member.person)
    own.exclude(role__in=[*roles]).delete()
    own.update(office=None)
    for role in roles:
        row, _ = own.get_or_create(
            role=role, defaults={"institution": access.institution, "person": member.person, "office": None}
        )
        if role is Role.REQUESTER and asks is not None:
            row.office = asks
            row.save(update_fields=["office"])
    _note(
        access,
        "update",
        f"accounts.person:{member.person.pk}",
        before=_roles_noted(member.roles, member.office),
        after=_roles_noted(roles, asks),
    )


def _roles_noted(roles: Sequence[Role], office: Office | None) -> dict[str, object]:
    return {"roles": [str(role) for role in roles], "office": office.pk if office else None}


@transaction.atomic
def disable_person(*, access: Access, member: Member) -> None:
    """They no longer enter the institution and every session of theirs ends now. Raises RefusedChange.

    Somebody who belongs to another institution still signs in, for that one.
    """
    person = member.person
    if person == access.person:
        raise RefusedChange("Usted no puede desactivarse. Pídalo a otra persona que administre.")
    _require_another_administrator(access, person)
    Membership.objects.of(access.institution).filter(person=person).update(suspended_at=timezone.now())
    Person.objects.filter(pk=person.pk).update(session_generation=F("session_generation") + 1)
    if not belongs_elsewhere(access, person):
        Person.objects.filter(pk=person.pk).update(is_active=False)
    _note(access, "disable", f"accounts.person:{person.pk}")


@transaction.atomic
def enable_person(*, access: Access, member: Member) -> None:
    """They enter again, with the roles they had."""
    Membership.objects.of(access.institution).filter(person=member.person).update(suspended_at=None)
    Person.objects.filter(pk=member.person.pk).update(is_active=True)
    _note(access, "enable", f"accounts.person:{member.person.pk}")


def end_sessions(*, person: Person) -> None:
    """Every session of the person ends, and with them what was signed by their generation. `person` is brought up to
    date, so that whoever asks for it can go on in theirs.
    """
    Person.objects.filter(pk=person.pk).update(session_generation=F("session_generation") + 1)
    person.refresh_from_db(fields=["session_generation"])


def _require_another_administrator(access: Access, person: Person) -> None:
    administrators = administrators_of(access)
    if person in administrators and len(administrators) == 1:
        raise RefusedChange(f"{person.name} es la única persona que administra. Dé ese papel a otra primero.")


# --- invitations ----------------------------------------------------------------------------------------------------


@transaction.atomic
def invite_person(
    *, access: Access, email: str, name: str, roles: Sequence[Role], office: Office | None, link_to: LinkTo
) -> Invitation:
    """Ask somebody in by e-mail. Raises RefusedChange where they are in already.

    Somebody new exists from now on, without a password and without any right: those come with the link.
    """
    address = email.strip().lower()
    person = Person.objects.filter(email__iexact=address).first()
    if person is None:
        person = Person.objects.create_user(address, None, name=name)
    elif Membership.objects.of(access.institution).filter(person=person).exists():
        raise RefusedChange("Esa persona ya está en la lista. Cambie ahí sus papeles, o actívela.")
    open_ones = Invitation.objects.of(access.institution).filter(person=person, accepted_at=None, withdrawn_at=None)
    open_ones.update(withdrawn_at=timezone.now())
    invitation = Invitation.objects.create(
        institution=access.institution,
        person=person,
        roles=[str(role) for role in roles],
        office=office if Role.REQUESTER in roles else None,
        invited_by=access.person,
        sent_at=timezone.now(),
    )
    after = {"person": person.pk, **_roles_noted(roles, invitation.office)}
    _note(access, "invite", f"accounts.invitation:{invitation.pk}", after=after)
    _send_when_kept(invitation, link_to)
    return invitation


@transaction.atomic
def resend_invitation(*, access: Access, invitation: Invitation, link_to: LinkTo) -> None:
    """Send another link; the ones before no longer serve."""
    invitation.sending += 1
    invitation.sent_at = timezone.now()
    invitation.save(update_fields=["sending", "sent_at"])
    _note(access, "invite", f"accounts.invitation:{invitation.pk}", after={"sending": invitation.sending})
    _send_when_kept(invitation, link_to)


@transaction.atomic
def withdraw_invitation(*, access: Access, invitation: Invitation) -> None:
    """The link no longer serves."""
    invitation.withdrawn_at = timezone.now()
    invitation.save(update_fields=["withdrawn_at"])
    _note(access, "withdraw", f"accounts.invitation:{invitation.pk}")


@transaction.atomic
def accept_invitation(*, invitation: Invitation, password: str | None = None) -> None:
    """Come in: the person sets their password, where they had none, and has their roles. Raises RefusedChange.

    Of two that come with the same link at the same time, one does.
    """
    now = timezone.now()
    unused = Invitation.objects.of(invitation.institution).filter(
        pk=invitation.pk, sending=invitation.sending, accepted_at=None, withdrawn_at=None
    )
    if unused.update(accepted_at=now) != 1:
        raise RefusedChange("Este enlace ya se usó. Entre con su contraseña.")
    person = invitation.person
    if password is not None:
        person.set_password(password)
    person.is_active = True
    person.save(update_fields=["password", "is_active"])
    institution = invitation.institution
    announce_change(Change(institution, person, "accept", f"accounts.invitation:{invitation.pk}"))
    for role in map(Role, invitation.roles):
        office = invitation.office if role is Role.REQUESTER else None
        add_membership(person=person, institution=institution, role=role, office=office, by=invitation.invited_by)


def _send_when_kept(invitation: Invitation, link_to: LinkTo) -> None:
    linked = LinkedInvitation(invitation.institution_id, invitation.pk, invitation.sending)
    context = {
        "invitation": invitation,
        "institution": invitation.institution,
        "link": link_to(sign_link(linked)),
        "until": timezone.localtime(invitation.sent_at + LASTS),
    }
    subject = f"Pregón: {invitation.institution.name} lo espera; el enlace sirve 7 días"
    body = render_to_string("accounts/email/invitation.txt", context)
    transaction.on_commit(partial(send_mail, subject, body, None, [invitation.person.email]))
