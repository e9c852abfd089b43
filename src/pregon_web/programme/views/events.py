"""Events: in a list, and one by one with who was called, who came and how they were counted."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pregon.figures.period import Period
from pregon.figures.spanish import count_of, print_date, print_number
from pregon_web.accounts.models import Office, Role
from pregon_web.accounts.rules import READERS, OfficeRequest, requires
from pregon_web.accounts.selectors import Access
from pregon_web.ledger.selectors import is_closed
from pregon_web.ledger.services import BadRecord, ClosedPeriod, change_record
from pregon_web.listing import Column, Filter, ListShape, export_listing, make_listing
from pregon_web.programme import attendance
from pregon_web.programme.forms import AttendanceForm, EventForm
from pregon_web.programme.models import Event
from pregon_web.programme.selectors import attendance_of, event_for, events_for
from pregon_web.programme.services import add_event as keep_event
from pregon_web.recording import history_of, show_form, take_form

COLUMNS = (
    Column("evento", "Evento", lambda row: row.title, "title"),
    Column("fecha", "Fecha", lambda row: row.day, "day"),
    Column("convocados", "Convocados", lambda row: row.called, "called"),
    Column("asistentes", "Asistentes", lambda row: row.attended, "attended"),
    Column("dependencia", "Dependencia", lambda row: row.office.name if row.office else "", "office__name"),
)
MORE_COLUMNS = (
    Column("como", "Cómo se contó", lambda row: row.method),
    Column("menores", "Menores de edad", lambda row: "Sí" if row.has_minors else "No"),
    Column("autorizacion", "Autorización de imagen", lambda row: row.consent),
    Column("debe", "Quién debe la cifra", lambda row: row.owed_by),
    Column("llega", "Llega el", lambda row: row.due),
    Column("referencia", "Referencia", lambda row: row.reference),
)
SEARCHED = ("title", "reference", "method", "owed_by")
READS_LISTS = (Role.EDITOR, Role.REVIEWER)
"""Who may see a list of who came."""
FIELDS = (
    "title",
    "day",
    "office",
    "called",
    "attended",
    "method",
    "evidence",
    "has_minors",
    "consent",
    "owed_by",
    "due",
    "version",
)


def list_shape(access: Access, period: str, columns: tuple[Column, ...]) -> ListShape:
    """The list of a quarter's events: by month, by office, and by what is known of them."""
    offices = [(str(office.pk), office.name) for office in Office.objects.of(access.institution)]
    months = [(str(month), month.title.split(" de ")[0].capitalize()) for month in Period.parse(period).months]

    def in_month(value: str) -> Q:
        month = Period.parse(value)
        return Q(day__range=(month.start, month.end))

    lacks = {
        "cifras": Q(called=None) | Q(attended=None),
        "autorizacion": Q(has_minors=True, consent=""),
    }
    return ListShape(
        columns,
        SEARCHED,
        (
            Filter("mes", "Mes", months, in_month),
            Filter("dependencia", "Dependencia", offices, lambda value: Q(office_id=int(value))),
            Filter(
                "falta",
                "Falta",
                [("cifras", "Una cifra"), ("autorizacion", "La autorización de imagen")],
                lacks.__getitem__,
            ),
        ),
        "fecha",
    )


@requires(*READERS)
@require_GET
def show_events(request: OfficeRequest, period: str) -> HttpResponse:
    """The events of a quarter."""
    shape, rows = list_shape(request.access, period, COLUMNS), events_for(request.access, period)
    listing = make_listing(shape, rows, request.GET)
    context = {
        "place": "events",
        "period": period,
        "over": Period.parse(period).title.capitalize(),
        "listing": listing,
        "cells": [_cells(row) for row in listing.rows],
        "what": "Eventos",
        "count_words": count_of(listing.total, "evento", "eventos"),
        "search_hint": "Evento, referencia o quién debe",
        "export_csv": reverse("export_events", args=[period, "csv"]),
        "export_xlsx": reverse("export_events", args=[period, "xlsx"]),
        "may_change": request.access.has_any(Role.EDITOR) and not is_closed(request.access.institution, period),
    }
    return render(request, "programme/events.html", context)


@requires(*READERS)
@require_GET
def export_events(request: OfficeRequest, period: str, suffix: str) -> HttpResponse:
    """What the list finds, with all that is recorded of each, as CSV or Excel."""
    shape = list_shape(request.access, period, (*COLUMNS, *MORE_COLUMNS))
    return export_listing(shape, events_for(request.access, period), request.GET, suffix, f"eventos-{period}")


@requires(Role.EDITOR)
@require_http_methods(["GET", "HEAD", "POST"])
def add_event(request: OfficeRequest, period: str) -> HttpResponse:
    """Record an event."""
    form = EventForm(request.POST or None, access=request.access, period=period)
    if request.method == "POST" and form.is_valid():
        take_form(form, lambda: keep_event(access=request.access, period=period, fields=form.record))
        if not form.errors:
            messages.success(request, f"Se anotó «{form.cleaned_data['title']}».")
            return redirect("events", period=period)
    context = _form_context(period, "Anotar un evento", reverse("add_event", args=[period]))
    return show_form(request, form, {**context, "button": "Anotar el evento", "may_change": True})


@requires(*READERS)
@require_http_methods(["GET", "HEAD"])
def show_event(request: OfficeRequest, period: str, pk: int) -> HttpResponse:
    """An event with its history; whoever writes may change it here."""
    row = event_for(request.access, period, pk)
    initial = {name: getattr(row, name) for name in FIELDS}
    return render_event(request, row, EventForm(access=request.access, period=period, initial=initial))


@requires(Role.EDITOR)
@require_POST
def change_event(request: OfficeRequest, period: str, pk: int) -> HttpResponse:
    """Change an event."""
    row = event_for(request.access, period, pk)
    form = EventForm(request.POST, access=request.access, period=period)
    collision = None
    if form.is_valid():
        version = form.cleaned_data["version"]
        collision = take_form(
            form, lambda: change_record(access=request.access, row=row, fields=form.record, version=version)
        )
        if not form.errors:
            messages.success(request, "Se guardaron los cambios.")
            return redirect("event", period=period, pk=pk)
    return render_event(request, row, form, collision=collision)


@requires(Role.EDITOR)
@require_POST
def remove_event(request: OfficeRequest, period: str, pk: int) -> HttpResponse:
    """Remove an event that never was, with the reason."""
    row = event_for(request.access, period, pk)
    try:
        attendance.remove_event(access=request.access, event=row, reason=request.POST.get("reason", "")[:300])
    except (BadRecord, ClosedPeriod) as error:
        messages.error(request, str(error))
        return redirect("event", period=period, pk=pk)
    messages.success(request, f"Se borró «{row.title}».")
    return redirect("events", period=period)


def render_event(
    request: OfficeRequest, row: Event, form: EventForm, list_form: AttendanceForm | None = None, **context: Any
) -> HttpResponse:
    """The page of an event; `list_form` is a list of who came that could not be taken."""
    closed = is_closed(request.access.institution, row.period)
    kept = attendance_of(request.access, row)
    until = attendance.keep_until_of(row, timezone.localdate())
    base = _form_context(row.period, row.title, reverse("change_event", args=[row.period, row.pk]))
    told = {
        "row": row,
        "counts": [("Convocados", _tell_count(row.called)), ("Asistentes", _tell_count(row.attended))],
        "lacks_count": row.called is None or row.attended is None,
        "lacks_consent": row.has_minors and not row.consent,
        "kept": kept,
        "reads_lists": request.access.has_any(*READS_LISTS),
        "list_form": list_form
        or AttendanceForm(access=request.access, period=row.period, initial={"keep_until": until}, auto_id="lista_%s"),
        "writes": request.access.has_any(Role.EDITOR),
        "thing": "el evento",
        "button": "Guardar los cambios",
        "history": history_of(row),
        "removal": reverse("remove_event", args=[row.period, row.pk]),
        "may_change": request.access.has_any(Role.EDITOR) and not closed,
        "closed": "Sus registros no cambian hasta que se reabra." if closed else "",
    }
    answer = show_form(request, form, {**base, **told, **context}, template="programme/event.html")
    answer.status_code = 422 if list_form is not None else answer.status_code
    return answer


def _form_context(period: str, title: str, action: str) -> dict[str, Any]:
    return {
        "place": "events",
        "period": period,
        "over": "Eventos",
        "title": title,
        "action": action,
        "back": reverse("events", args=[period]),
    }


def _cells(row: Event) -> list[dict[str, str]]:
    return [
        {"text": row.title, "href": reverse("event", args=[row.period, row.pk])},
        {"text": print_date(row.day, short=True), "css": "nowrap"},
        _count_cell(row.called),
        _count_cell(row.attended),
        {"text": row.office.name if row.office else "Sin dependencia"},
    ]


def _count_cell(figure: int | None) -> dict[str, str]:
    if figure is None:
        return {"text": "sin dato", "tag": "no-data", "css": "num"}
    return {"text": print_number(figure), "css": "num"}


def _tell_count(figure: int | None) -> str:
    """The figure as it is printed; nothing where it is not known."""
    return "" if figure is None else print_number(figure)
