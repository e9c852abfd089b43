"""What the access tests put at the public door: links, what waits to be confirmed, what a person wants to be sent."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone

from pregon_web.accounts.models import Office, Role
from pregon_web.public_links import hash_token, make_token
from pregon_web.workflow.due_calendar import sign_feed
from pregon_web.workflow.intake import confirm_request, open_link
from pregon_web.workflow.models import Kind, MailChoice, RequestLink, UnconfirmedRequest
from pregon_web.workflow.notices import leave_address
from pregon_web.workflow.reminding import Notice
from tests.web.towns import Town


def furnish_door(town: Town, canary: str) -> dict[str, object]:
    """Fill the institution, and answer the arguments of each address of the door."""
    institution = town.institution
    offices = [
        Office.objects.create(institution=institution, name=f"Dependencia {word} {canary}")
        for word in ("con formulario", "sin formulario")
    ]
    link = open_link(access=town.access(), office=offices[0])
    kind = Kind.objects.of(institution).order_by("position")[0]
    waiting, confirmed = (_keep(link, kind, canary) for _ in range(2))
    confirm_request(row=UnconfirmedRequest.objects.of(institution).get(token_sha256=hash_token(confirmed)))
    editor = town.people[Role.EDITOR]
    MailChoice.objects.create(institution=institution, person=editor, wants_digest=False)
    address = leave_address(institution, editor, Notice.REMINDER)
    return {
        "ask.token": link.token,
        "asked.token": link.token,
        "ask:kind": kind.pk,
        "ask:title": "Afiche de la feria",
        "ask:purpose": "Para que el barrio sepa",
        "ask:name": "Diana Marín",
        "ask:email": "diana@barrio.example",
        "confirm_request.token": waiting,
        "request_status.token": confirmed,
        "make_request_link.pk": offices[1].pk,
        "change_request_link.pk": link.pk,
        "close_request_link.pk": link.pk,
        "due_dates_feed.signed": sign_feed(town.access()),
        "unsubscribe.signed": address.rstrip("/").rpartition("/")[2],
        "mail_choices:wants_digest": "on",
    }


def _keep(link: RequestLink, kind: Kind, canary: str) -> str:
    """Somebody filled the form; answers the token of their e-mail."""
    token = make_token(link.institution_id)
    UnconfirmedRequest.objects.create(
        institution=link.institution,
        link=link,
        token_sha256=hash_token(token),
        kind=kind,
        name=f"Vecina {canary}",
        email="vecina@barrio.example",
        title=f"Afiche {canary}",
        purpose=f"Para {canary}",
        brief=f"Debe llevar {canary}",
        wished_on=date(2099, 1, 1),
        expires_at=timezone.now() + timedelta(days=30),
    )
    return token
