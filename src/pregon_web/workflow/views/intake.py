"""The public form of an office, its confirmation and how a request goes; and the page where links are opened."""

from __future__ import annotations

from typing import Any

from allauth.core.ratelimit import consume
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pregon_web.accounts.models import Role
from pregon_web.accounts.rules import OfficeRequest, requires
from pregon_web.accounts.selectors import office_of
from pregon_web.errors import too_many
from pregon_web.ledger.services import BadRecord, ClosedPeriod, Conflict
from pregon_web.public_links import through_token
from pregon_web.workflow.forms_intake import TRAP, PublicRequestForm
from pregon_web.workflow.intake import (
    LinkExpired,
    confirm_request,
    doors_for,
    is_link_open,
    keep_unconfirmed,
    link_by_token,
    link_for,
    open_link,
    renew_link,
    unconfirmed_by_token,
    withdraw_link,
)
from pregon_web.workflow.selectors import CLOSED, date_of

KEEPERS = (Role.EDITOR, Role.ADMINISTRATOR)
"""Who opens and closes the public forms."""


# --- without a session ----------------------------------------------------------------------------------------------


@through_token
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, institution_id: int, token: str) -> HttpResponse:
    """The form of an office. What is sent waits until its e-mail is confirmed."""
    link = link_by_token(institution_id, token)
    context: dict[str, Any] = {"institution": link.institution, "office": link.office, "token": token, "trap": TRAP}
    if not is_link_open(link):
        return render(request, "workflow/ask_closed.html", context, status=410)
    form = PublicRequestForm(request.POST or None, institution_id=institution_id)
    if request.method != "POST":
        return render(request, "workflow/ask.html", {**context, "form": form})
    if not consume(request, action="ask", key=token):
        return too_many(request)
    if form.is_caught:  # told the same as anybody: what fills traps learns nothing
        return redirect("asked", token=token)
    if not form.is_valid():
        return render(request, "workflow/ask.html", {**context, "form": form}, status=422)
    if not consume(request, action="ask_email", key=form.cleaned_data["email"].casefold()):
        return too_many(request)
    keep_unconfirmed(
        link=link,
        fields=form.cleaned_data,
        confirm_at=lambda told: request.build_absolute_uri(reverse("confirm_request", args=[told])),
    )
    return redirect("asked", token=token)


@through_token
@require_GET
def asked(request: HttpRequest, institution_id: int, token: str) -> HttpResponse:
    """What happens now: an e-mail is on its way."""
    link = link_by_token(institution_id, token)
    return render(request, "workflow/asked.html", {"institution": link.institution, "token": token})


@through_token
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, institution_id: int, token: str) -> HttpResponse:
    """The link of the e-mail: a page with a button, because programs that look at mail open every link."""
    row = unconfirmed_by_token(institution_id, token)
    if row.request is not None:
        return redirect("request_status", token=token)
    context: dict[str, Any] = {"institution": row.institution, "row": row, "token": token}
    if request.method == "POST":
        try:
            confirm_request(row=row)
        except LinkExpired:
            return render(request, "workflow/confirm_expired.html", context, status=410)
        except (ClosedPeriod, BadRecord) as error:
            return render(request, "workflow/confirm.html", {**context, "refused": str(error)}, status=409)
        return redirect("request_status", token=token)
    if row.is_expired:
        return render(request, "workflow/confirm_expired.html", context, status=410)
    return render(request, "workflow/confirm.html", context)


@through_token
@require_GET
def show_status(request: HttpRequest, institution_id: int, token: str) -> HttpResponse:
    """How the person's own request goes: its number, its state and its date. Nothing of anybody else's."""
    row = unconfirmed_by_token(institution_id, token)
    if row.request is None:
        return redirect("confirm_request", token=token)
    asked_for = row.request
    context = {
        "institution": row.institution,
        "reference": asked_for.reference,
        "title": row.title,
        "asked_on": asked_for.asked_on,
        "state": asked_for.get_state_display(),
        "state_on": asked_for.state_on,
        "due": date_of(asked_for),
        "is_over": asked_for.state in CLOSED,
    }
    return render(request, "workflow/request_status.html", context)


# --- the links ------------------------------------------------------------------------------------------------------


@requires(*KEEPERS)
@require_GET
def show_links(request: OfficeRequest) -> HttpResponse:
    """Every office with the address of its public form."""
    doors = [(door, _address(request, door.link.token) if door.link else "") for door in doors_for(request.access)]
    return render(request, "workflow/request_links.html", {"place": "requests", "doors": doors})


@requires(*KEEPERS)
@require_POST
def make_link(request: OfficeRequest, pk: int) -> HttpResponse:
    """Open the form of an office."""
    office = office_of(request.access, pk)
    try:
        open_link(access=request.access, office=office)
    except BadRecord as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"El formulario de «{office.name}» está abierto. Copie su enlace y compártalo.")
    return redirect("request_links")


@requires(*KEEPERS)
@require_POST
def change_link(request: OfficeRequest, pk: int) -> HttpResponse:
    """Another address for the form of an office."""
    link = link_for(request.access, pk)
    try:
        renew_link(access=request.access, link=link)
    except (BadRecord, Conflict) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"El formulario de «{link.office.name}» tiene otro enlace. El anterior ya no sirve.")
    return redirect("request_links")


@requires(*KEEPERS)
@require_POST
def close_link(request: OfficeRequest, pk: int) -> HttpResponse:
    """Close the form of an office."""
    link = link_for(request.access, pk)
    withdraw_link(access=request.access, link=link)
    messages.success(request, f"El formulario de «{link.office.name}» quedó cerrado. Lo que llegó por él sigue aquí.")
    return redirect("request_links")


def _address(request: HttpRequest, token: str) -> str:
    return request.build_absolute_uri(reverse("ask", args=[token]))
