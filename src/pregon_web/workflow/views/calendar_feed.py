"""The dates of the requests for a phone's or Outlook's calendar: a file, and an address to subscribe to."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from pregon_web.accounts.rules import EVERYONE, OfficeRequest, public, requires
from pregon_web.accounts.selectors import Access
from pregon_web.accounts.services import end_sessions
from pregon_web.icalendar import CONTENT_TYPE
from pregon_web.wall import inside
from pregon_web.workflow.due_calendar import access_by_feed, sign_feed, write_due_dates


@requires(*EVERYONE)
@require_GET
def show_feed(request: OfficeRequest) -> HttpResponse:
    """How the dates are taken to a calendar, with the person's own address."""
    own = "" if request.access.body else reverse("due_dates_feed", args=[sign_feed(request.access)])
    address = request.build_absolute_uri(own) if own else ""
    return render(request, "workflow/due_dates.html", {"place": "requests", "address": address})


@requires(*EVERYONE)
@require_POST
def change_feed(request: OfficeRequest) -> HttpResponse:
    """Another address: the one before serves no more, and every other session of the person ends."""
    person = request.access.person
    end_sessions(person=person)
    update_session_auth_hash(request, person)
    messages.success(request, "La dirección anterior ya no sirve. En los demás equipos hay que entrar de nuevo.")
    return redirect("due_dates")


@requires(*EVERYONE)
@require_GET
def download_due_dates(request: OfficeRequest) -> HttpResponse:
    """The dates as they are now, as a file."""
    response = _calendar(request, request.access)
    response.headers["Content-Disposition"] = 'attachment; filename="vencimientos.ics"'
    return response


@public
@require_GET
def subscribe(request: HttpRequest, signed: str) -> HttpResponse:
    """The dates for the calendar of whoever the address is of: the address itself is the right."""
    access = access_by_feed(signed)
    if access is None:
        raise Http404
    with inside(access.institution.pk):
        return _calendar(request, access)


def _calendar(request: HttpRequest, access: Access) -> HttpResponse:
    content = write_due_dates(access, lambda row: request.build_absolute_uri(reverse("request", args=[row.pk])))
    return HttpResponse(content, content_type=CONTENT_TYPE)
