"""The public door of an office: its link, what somebody wrote in the form, and how their e-mail makes it a request.

What is written stays apart until whoever owns the address confirms it: no record of the institution and no entry of its
journal comes of a form that anybody can send. What nobody confirms is deleted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any, Final

from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Count, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils import timezone

from pregon.figures.spanish import print_date
from pregon_web.accounts.models import Institution, Office
from pregon_web.accounts.selectors import Access
from pregon_web.ledger.services import BadRecord, add_record, change_record, hold_institution
from pregon_web.public_links import hash_token, make_token
from pregon_web.workflow.models import Kind, Origin, RequestLink, ServiceRequest, UnconfirmedRequest
from pregon_web.workflow.services import ensure_defaults, receive_request

CONFIRM_WITHIN: Final = timedelta(hours=48)
FORGET_AFTER: Final = timedelta(days=7)
"""How long what nobody confirmed is kept, so that its link can still say that it expired."""

LinkTo = Callable[[str], str]
"""From a token to its whole address."""


class LinkExpired(Exception):  # noqa: N818 - what happened, not a suffix
    """Nobody confirmed in time."""


@dataclass(frozen=True, slots=True)
class OfficeDoor:
    """An office with its open link, where it has one, and how many requests came by links of it."""

    office: Office
    link: RequestLink | None
    requests: int


# --- the links, by who works the requests ---------------------------------------------------------------------------


def doors_for(access: Access) -> list[OfficeDoor]:
    """Every office of the institution that takes something new, by name, with its link."""
    offices = Office.objects.of(access.institution).filter(closed_at=None).order_by("name")
    links = {link.office_id: link for link in RequestLink.objects.of(access.institution).filter(withdrawn_at=None)}
    confirmed = UnconfirmedRequest.objects.of(access.institution).exclude(request=None).order_by()
    counts = dict(confirmed.values_list("link__office").annotate(Count("pk")))
    return [OfficeDoor(office, links.get(office.pk), counts.get(office.pk, 0)) for office in offices]


def link_for(access: Access, pk: int) -> RequestLink:
    """An open link of the person's institution. Raises Http404."""
    rows = RequestLink.objects.of(access.institution).filter(withdrawn_at=None).select_related("office")
    return get_object_or_404(rows, pk=pk)


@transaction.atomic
def open_link(*, access: Access, office: Office) -> RequestLink:
    """Give an office its public form. Raises BadRecord where it has one, or takes nothing new."""
    hold_institution(access.institution)
    if office.closed_at is not None:
        raise BadRecord(f"«{office.name}» está cerrada y no recibe solicitudes. Ábrala primero en Dependencias.")
    if RequestLink.objects.of(access.institution).filter(office=office, withdrawn_at=None).exists():
        raise BadRecord(f"«{office.name}» ya tiene su formulario abierto.")
    ensure_defaults(access.institution)  # the form offers the institution's kinds
    row = RequestLink(office=office, token=make_token(access.institution.pk), made_by=access.person)
    return add_record(access=access, row=row)


@transaction.atomic
def withdraw_link(*, access: Access, link: RequestLink) -> None:
    """Close the form of a link for good. What was already written by it can still be confirmed."""
    change_record(access=access, row=link, fields={"withdrawn_at": timezone.now()}, action="withdraw")


@transaction.atomic
def renew_link(*, access: Access, link: RequestLink) -> RequestLink:
    """Another address for the same office; the one before answers that it is closed."""
    withdraw_link(access=access, link=link)
    return open_link(access=access, office=link.office)


# --- the form -------------------------------------------------------------------------------------------------------


def link_by_token(institution_id: int, token: str) -> RequestLink:
    """The link of an address, also one that was withdrawn. Raises Http404."""
    rows = RequestLink.objects.of(institution_id).select_related("institution", "office")
    return get_object_or_404(rows, token=token)


def is_link_open(link: RequestLink) -> bool:
    """Whether its form takes requests."""
    return link.withdrawn_at is None and link.office.closed_at is None


def kinds_offered(institution_id: int) -> QuerySet[Kind]:
    """What can be asked for, in the institution's order."""
    return Kind.objects.of(institution_id).filter(is_active=True).order_by("position", "pk")


@transaction.atomic
def keep_unconfirmed(*, link: RequestLink, fields: Mapping[str, Any], confirm_at: LinkTo) -> UnconfirmedRequest:
    """Keep what somebody wrote, and send the link that confirms it to the address they gave.

    The e-mail repeats nothing of what was typed: the form would otherwise carry anybody's words to anybody's mailbox.
    """
    token = make_token(link.institution_id)
    row = UnconfirmedRequest(
        institution=link.institution,
        link=link,
        token_sha256=hash_token(token),
        expires_at=timezone.now() + CONFIRM_WITHIN,
        **fields,
    )
    row.save()
    told = {"row": row, "institution": link.institution, "office": link.office, "link": confirm_at(token)}
    subject = f"Confirme su solicitud a {link.institution.name}: el enlace sirve 48 horas"
    body = render_to_string("workflow/email/confirm_request.txt", told).strip() + "\n"
    transaction.on_commit(partial(send_mail, subject, body, None, [row.email]))
    return row


# --- its confirmation -----------------------------------------------------------------------------------------------


def unconfirmed_by_token(institution_id: int, token: str) -> UnconfirmedRequest:
    """What a confirmation's address is of, confirmed or not. Raises Http404."""
    rows = UnconfirmedRequest.objects.of(institution_id).filter(token_sha256=hash_token(token))
    row = rows.select_related("institution", "kind", "link__office", "request").first()
    if row is None:
        raise Http404
    return row


@transaction.atomic
def confirm_request(*, row: UnconfirmedRequest, now: datetime | None = None) -> ServiceRequest:
    """Make it a request; confirmed again it is the same one.

    Raises:
        LinkExpired: nobody confirmed it in time.
        ClosedPeriod: the quarter of today is closed.
    """
    now = now or timezone.now()
    day = timezone.localdate(now)
    hold_institution(row.institution)
    rows = UnconfirmedRequest.objects.of(row.institution).select_related("kind", "link__office")
    current = rows.select_for_update(of=("self",)).get(pk=row.pk)
    if current.request_id is not None:
        return ServiceRequest.objects.of(row.institution).get(pk=current.request_id)
    if current.expires_at <= now:
        raise LinkExpired
    request = receive_request(
        access=None,
        institution=row.institution,
        kind=current.kind,
        title=current.title,
        office=current.link.office,
        on=day,
        fields=_fields_of(current, day),
    )
    current.confirmed_at, current.request = now, request
    current.save(update_fields=["confirmed_at", "request"])
    return request


def _fields_of(row: UnconfirmedRequest, day: date) -> dict[str, Any]:
    """What was written, as a request's own fields. A wished day that passed meanwhile is told in words."""
    wished, brief = row.wished_on, row.brief
    if wished is not None and wished < day:
        brief = f"{brief}\n\nLa querían para el {print_date(wished)}, y se confirmó después.".strip()
        wished = None
    return {
        "origin": Origin.FORM,
        "purpose": row.purpose,
        "brief": brief,
        "wished_on": wished,
        "requester_name": row.name,
        "requester_email": row.email,
    }


def forget_unconfirmed(now: datetime) -> int:
    """Delete what nobody confirmed and expired some days ago, in every institution. Answers how many."""
    gone = 0
    for institution in Institution.objects.all():
        stale = UnconfirmedRequest.objects.of(institution).filter(request=None, expires_at__lt=now - FORGET_AFTER)
        gone += stale.delete()[0]
    return gone
