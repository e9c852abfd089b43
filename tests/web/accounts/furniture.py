"""What the access tests put in the accounts."""

from __future__ import annotations

from django.utils import timezone

from pregon_web.accounts.invitation_links import LinkedInvitation, sign_link
from pregon_web.accounts.models import Institution, Invitation, Membership, Office, Person, Role, Supervision
from tests.web.towns import Town

BODY = "Ente de control"
OTHER_BODY = "Ente de los vecinos"
FIRST = "penaclara"


def furnish(town: Town, canary: str) -> dict[str, object]:
    """An office, somebody who no longer enters, somebody asked in, and the body that supervises all three."""
    institution = town.institution
    office = Office.objects.create(institution=institution, name=f"Dependencia {canary}")
    closed = Office.objects.create(institution=institution, name=f"Cerrada {canary}", closed_at=timezone.now())
    gone = Person.objects.create_user(f"retirada@{town.slug}.example", None, name=f"Retirada {canary}")
    Membership.objects.create(institution=institution, person=gone, role=Role.EDITOR, suspended_at=timezone.now())
    asked = Person.objects.create_user(f"invitada@{town.slug}.example", None, name=f"Invitada {canary}")
    invitation = Invitation.objects.create(
        institution=institution,
        person=asked,
        roles=[Role.EDITOR],
        office=office,
        invited_by=town.people[Role.ADMINISTRATOR],
        sent_at=timezone.now(),
    )
    body, _ = Institution.objects.get_or_create(name=BODY)
    supervision = Supervision.objects.create(institution=institution, body=body)
    if town.slug != FIRST:
        Supervision.objects.create(institution=institution, body=Institution.objects.get_or_create(name=OTHER_BODY)[0])
    return {
        "institution": institution.pk,
        "uidb36": "zz",
        "key": "set-password",
        "provider_id": "google",
        "person.pk": town.people[Role.REVIEWER].pk,
        "person:roles": "requester",
        "person:office": office.pk,
        "disable_person.pk": town.people[Role.EDITOR].pk,
        "enable_person.pk": gone.pk,
        "invite_person:email": f"nueva@{town.slug}.example",
        "invite_person:name": "Persona nueva",
        "invite_person:roles": "requester",
        "invite_person:office": office.pk,
        "resend_invitation.pk": invitation.pk,
        "withdraw_invitation.pk": invitation.pk,
        "accept_invitation.token": sign_link(LinkedInvitation(institution.pk, invitation.pk, 1)),
        "offices:name": "Dependencia nueva",
        "office.pk": office.pk,
        "office:name": f"Cerrada {canary}",
        "close_office.pk": office.pk,
        "reopen_office.pk": closed.pk,
        "grant_supervision:body_name": BODY,
        "withdraw_supervision.pk": supervision.pk,
        "account_login:login": f"editor@{town.slug}.example",
        "account_login:password": "no-es-la-suya-y-es-larga",
    }
